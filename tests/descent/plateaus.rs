//! A rate that follows the loss: when it is reduced, however the run is cut. The numbers of
//! PyTorch's ReduceLROnPlateau are in `tests/descent/golden.rs`.

use descent_lab::descent::Storage;
use descent_lab::descent::schedule;
use descent_lab::scenario::{RunProgress, Scenario, decode};

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(&format!("#v=1&{link}"));
    assert_eq!(refused, [], "{link}");
    scenario
}

fn rates(link: &str) -> Vec<f64> {
    let scenario = scenario(link);
    let loss = scenario.build_loss();
    scenario.descend(&scenario.runs[0], loss.as_ref()).learning_rates().to_vec()
}

/// On a ravine at its limit the loss stops falling: with patience p each reduction comes
/// p + 1 steps after the last improvement or reduction, a cooldown later with one.
#[test]
fn the_rate_is_reduced_after_as_many_steps_as_patience_says() {
    let rule = schedule::find("reduce_on_plateau").expect("listed");
    for (patience, cooldown) in [(0.0, 0.0), (3.0, 0.0), (4.0, 6.0)] {
        let schedule = (rule.build)(&[0.5, patience, 0.0, cooldown, 0.01]);
        let mut follower = schedule.follower(0.1).expect("it follows the loss");
        // The start, one step that improves, then a loss that rests.
        let found: Vec<f64> =
            (0..60).map(|step| follower.rate(step, if step == 0 { 9.0 } else { 2.0 })).collect();
        let changes: Vec<usize> = (1..60).filter(|t| found[*t] != found[t - 1]).collect();
        let first = 2.0 + patience;
        let distance = patience + 1.0 + cooldown;
        let expected: Vec<f64> = vec![first, first + distance, first + 2.0 * distance];
        let changes: Vec<f64> =
            changes.into_iter().map(|t| t.to_string().parse().expect("a number")).collect();
        // 0.1, 0.05, 0.025, 0.0125, then the lowest rate of all.
        assert_eq!(changes[..3], expected, "{patience}, {cooldown}");
        assert_eq!(found[59].max(0.01), found[59]);
    }
}

#[test]
fn a_loss_that_is_no_number_never_counts_as_better() {
    let rule = schedule::find("reduce_on_plateau").expect("listed");
    let schedule = (rule.build)(&[0.1, 2.0, 1e-4, 0.0, 0.0]);
    let mut follower = schedule.follower(1.0).expect("it follows the loss");
    let found: Vec<f64> = (0..5).map(|step| follower.rate(step, f64::NAN)).collect();
    assert_eq!(found, [1.0, 1.0, 1.0, 0.1, 0.1]);
}

/// The start is no result of a step, and while the warm-up lasts nothing is observed.
#[test]
fn the_warm_up_stands_before_it() {
    let link = "loss=saddle&start=1.5,0&steps=40&run=sgd,lr=1e-9,schedule=reduce_on_plateau,factor=0.5,patience=4";
    let [bare, warm] = ["", ",warmup=10"].map(|warmup| rates(&format!("{link}{warmup}")));
    // Nothing improves by a ten-thousandth: the first step does, compared with nothing.
    let first = |rates: &[f64], from: usize| {
        (from + 1..rates.len()).find(|t| rates[*t] != rates[t - 1]).expect("it is reduced")
    };
    assert_eq!(bare[0].to_bits(), 1e-9_f64.to_bits());
    // A change of less than 1e-8 is not made.
    assert!(bare.iter().all(|rate| *rate == bare[0]));
    assert!(warm[..10].windows(2).all(|pair| pair[0] < pair[1]));
    let link = link.replace("1e-9", "1e-6");
    let [bare, warm] = ["", ",warmup=10"].map(|warmup| rates(&format!("{link}{warmup}")));
    assert_eq!((first(&bare, 0), first(&warm, 10)), (6, 16));
    assert_eq!([bare[6], warm[16]], [5e-7; 2]);
}

/// Rows of runs of all kinds: two parameters, many, layers; inlined rules and others.
#[test]
fn a_run_made_part_by_part_has_the_same_rates() {
    let plateau = "schedule=reduce_on_plateau,factor=0.7,patience=2";
    for start in [
        "loss=quadratic,kappa=20&steps=600&run=adam,lr=0.5",
        "loss=himmelblau&steps=600&noise=0.5&run=sgd,lr=0.02,constrain=norm,constrain_at=4",
        "loss=parabola&start=2&steps=300&run=sgd,lr=1",
        "loss=polynomial_regression,degree=4&steps=300&run=momentum,lr=0.1",
        "loss=network,count=30&steps=80&run=adam,lr=2,warmup=5",
        "loss=rosenbrock&steps=200&run=line_search,lr=0.01",
    ] {
        let scenario = scenario(&format!("{start},{plateau}"));
        let (run, loss) = (&scenario.runs[0], scenario.build_loss());
        let whole = scenario.descend(run, loss.as_ref());
        if !start.contains("line_search") {
            let last = whole.learning_rates()[whole.steps()];
            assert!(last < run.learning_rate, "{start}: {last}");
        }
        for (part, effort) in [(1, usize::MAX), (7, 500), (256, usize::MAX), (999, 3_000)] {
            let mut progress =
                RunProgress::begin(Storage::default(), &scenario, run, loss.as_ref());
            progress.limit(effort);
            while !progress.is_done() {
                let until = progress.recorded() + part;
                progress.advance(&scenario, run, loss.as_ref(), until);
            }
            let made = progress.finish();
            assert_eq!(made.learning_rates(), whole.learning_rates(), "{start} by {part}");
            assert_eq!(made.losses(), whole.losses(), "{start} by {part}");
        }
    }
}

/// The curve beside the schedule's name is what the run recorded, not a plan.
#[test]
fn the_drawing_of_the_schedule_is_what_the_run_recorded() {
    let plateau = "schedule=reduce_on_plateau,factor=0.5,patience=3";
    for (rule, follows) in [("adam,lr=0.5", true), ("line_search,lr=0.5", false)] {
        let scenario = scenario(&format!("loss=quadratic,kappa=20&steps=96&run={rule},{plateau}"));
        let run = &scenario.runs[0];
        let made = scenario.descend(run, scenario.build_loss().as_ref());
        let planned = scenario.planned_rates(run, 33);
        assert_eq!(scenario.sketched_rates(run, None, 33), planned);
        let sketched = scenario.sketched_rates(run, Some(&made), 33);
        let recorded: Vec<f64> = made.learning_rates().iter().copied().step_by(3).collect();
        assert_eq!(sketched, if follows { recorded } else { planned }, "{rule}");
    }
}

/// Reduced soon, a rate that bounces arrives; reduced too soon, the run crawls.
#[test]
fn a_rate_above_the_limit_is_reduced_until_the_loss_falls() {
    let link = "loss=quadratic,kappa=10&start=-8,2.5&steps=300&run=sgd,lr=0.21,schedule=reduce_on_plateau,factor=0.5,patience=5";
    let scenario = scenario(link);
    let loss = scenario.build_loss();
    let trajectory = scenario.descend(&scenario.runs[0], loss.as_ref());
    let rates = trajectory.learning_rates();
    assert_eq!(rates[0].to_bits(), 0.21_f64.to_bits());
    let losses = trajectory.losses();
    assert!(losses[losses.len() - 1] < 1e-10 * losses[0], "{losses:?}");
}
