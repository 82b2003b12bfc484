//! The numbers behind a verdict's sentence, where schedules, clipping and coarse
//! precision come in.

use descent_lab::descent::{Facts, Outcome};
use descent_lab::scenario::decode;

fn facts(link: &str) -> Facts {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, []);
    let loss = scenario.build_loss();
    let run = &scenario.runs[0];
    let trajectory = scenario.descend(run, loss.as_ref());
    scenario.judge(run, loss.as_ref(), &trajectory).facts
}

/// The sentence has to name the rate that the run settled at, not the last one.
#[test]
fn a_schedule_is_judged_where_the_run_settles() {
    let (scenario, _) = decode("#run=sgd,lr=0.15,schedule=cosine,t_max=200");
    let loss = scenario.build_loss();
    let run = &scenario.runs[0];
    let trajectory = scenario.descend(run, loss.as_ref());
    let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
    let expected = 10.0 * trajectory.learning_rates()[verdict.step];
    assert!((verdict.facts.product_at_end / expected - 1.0).abs() < 1e-12);
    assert!(verdict.facts.product_at_end > 1.0, "{:?}", verdict.facts);
}

#[test]
fn a_run_that_no_longer_moves_says_why() {
    let ended = facts("#run=sgd,lr=0.001,schedule=polynomial,total=20");
    assert!(ended.is_stuck && ended.last_rate == 0.0);
    let rounded = facts("#preset=bf16_stalls");
    assert!(rounded.is_stuck && rounded.last_rate > 0.0);
}

#[test]
fn a_coarse_format_that_is_left_for_infinity_is_named_by_its_largest_number() {
    assert_eq!(facts("#precision=f16&run=sgd,lr=0.25").overflowed, Some(65_504.0));
    assert_eq!(facts("#run=sgd,lr=0.25").overflowed, None);
}

#[test]
fn a_clipped_or_noisy_step_is_not_as_long_as_theory_has_it() {
    assert_eq!(facts("#run=sgd,lr=0.3").limit, Some(2.0));
    assert_eq!(facts("#run=sgd,lr=0.3,clip=norm").limit, None);
    assert_eq!(facts("#noise=1&run=sgd,lr=0.1").limit, None);
}

#[test]
fn outcomes_have_keys_too() {
    let keys = Outcome::ALL.map(Outcome::key);
    assert_eq!(keys, ["crawls", "converges", "oscillates", "bounces", "stalls", "diverges"]);
}
