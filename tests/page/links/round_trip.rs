//! Printing a scenario and reading it back.

use descent_lab::descent::{Stop, Words};
use descent_lab::scenario::{
    MOST_RUNS, PRESETS, Preset, Run, Scenario, decode, encode, number_text, parse_number,
};
use proptest::prelude::*;

use super::validity::{assert_valid, scenarios};

use crate::cases::cases;

/// All of a scenario with every bit of its numbers: `==` takes −0 for 0.
fn bits(scenario: &Scenario) -> String {
    format!(
        "{:?} {} {:?} {:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?}",
        scenario.preset.map(|preset| preset.key),
        scenario.loss.rule.key,
        scenario.loss.knobs,
        (&scenario.own, scenario.stored),
        scenario.start,
        scenario.steps,
        scenario.stop,
        (scenario.noise, scenario.seed),
        (scenario.batch, scenario.order),
        scenario.precision,
        scenario.runs.iter().map(run_bits).collect::<Vec<_>>(),
        scenario.page,
    )
}

fn run_bits(run: &Run) -> String {
    format!(
        "{} {:?} {:?} {} {:?} {} {:?} {:?} {}",
        run.optimizer.rule.key,
        run.optimizer.knobs,
        run.learning_rate,
        run.schedule.rule.key,
        run.schedule.knobs,
        run.warmup,
        run.clip.as_ref().map(|clip| (clip.rule.key, &clip.knobs)),
        (
            run.constraint.as_ref().map(|c| (c.rule.key, &c.knobs)),
            run.batch,
            run.ascent,
            run.average
        ),
        run.is_hidden,
    )
}

fn is_run(part: &str) -> bool {
    part.starts_with("run=")
}

/// Two links that mean the same, and the scenario they mean.
fn assert_canonical(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    assert_eq!(encode(&scenario), link);
    scenario
}

proptest! {
    #![proptest_config(cases(1000))]

    #[test]
    fn a_scenario_is_what_its_link_says(scenario in scenarios()) {
        assert_valid(&scenario);
        let link = encode(&scenario);
        let (read, refused) = decode(&link);
        prop_assert_eq!(refused, vec![], "{}", link);
        prop_assert_eq!(&read, &scenario, "{}", link);
        prop_assert_eq!(encode(&read), &link[..], "printed once more it is the same text");
        prop_assert!(link.is_ascii() && !link.contains(' '), "{}", link);
    }

    #[test]
    fn reading_and_printing_keeps_every_bit(scenario in scenarios()) {
        let (once, _) = decode(&encode(&scenario));
        let (twice, _) = decode(&encode(&once));
        prop_assert_eq!(bits(&once), bits(&twice));
    }

    #[test]
    fn the_order_of_keys_does_not_matter(scenario in scenarios(), turn in 0_usize..20) {
        let link = encode(&scenario);
        let mut parts: Vec<&str> = link.trim_start_matches('#').split('&').collect();
        let turn = turn % parts.len();
        parts.rotate_left(turn);
        parts.reverse();
        // Only among themselves do the runs have an order.
        let mut runs: Vec<&str> = link.split('&').filter(|part| is_run(part)).rev().collect();
        parts.iter_mut().filter(|part| is_run(part)).for_each(|part| *part = runs.pop().expect("as many"));
        let (read, refused) = decode(&parts.join("&"));
        prop_assert_eq!(refused, vec![]);
        prop_assert_eq!(bits(&read), bits(&decode(&link).0));
    }

    #[test]
    fn percent_encoded_links_read_alike(scenario in scenarios(), everything in any::<bool>()) {
        // What chat programs do to a link: to its commas and inner equals signs, or
        // to all there is of a value.
        let link = encode(&scenario);
        let encoded = |c: char| {
            let hides = everything || c == ',' || c == '=';
            if hides { format!("%{:02x}", u32::from(c)) } else { c.to_string() }
        };
        let parts = link[1..].split('&').map(|part| {
            let (key, value) = part.split_once('=').expect("key=value");
            // A name that had to be encoded is so already.
            if value.contains('%') {
                return part.to_owned();
            }
            format!("{key}={}", value.chars().map(encoded).collect::<String>())
        });
        let parts: Vec<String> = parts.collect();
        let (read, refused) = decode(&parts.join("&"));
        prop_assert_eq!(refused, vec![]);
        prop_assert_eq!(bits(&read), bits(&decode(&link).0));
    }

    #[test]
    fn numbers_come_back_to_the_bit(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL) {
        let text = number_text(value);
        prop_assert_eq!(parse_number(&text).map(f64::to_bits), Some(value.to_bits()), "{}", text);
        prop_assert!(text.len() <= 24, "{}", text);
    }
}

#[test]
fn defaults_are_left_out() {
    assert_eq!(encode(&Scenario::default()), "#v=1");
    assert_eq!(decode(""), (Scenario::default(), vec![]));
    assert_eq!(decode("#"), (Scenario::default(), vec![]));
    assert_eq!(decode("#v=1"), (Scenario::default(), vec![]));
    let all_said = "loss=quadratic,kappa=10,angle=0&start=-8,2.5&steps=200&step=0&play=0&predict=0\
                    &run=sgd,lr=0.1,schedule=constant,warmup=0&hide=none&chart=loss&seed=0&noise=0&precision=f64";
    assert_eq!(decode(all_said), (Scenario::default(), vec![]));
}

#[test]
fn zero_has_no_sign_in_a_link() {
    // −0 == 0, so it would be left out as a default and come back with another bit.
    for link in ["loss=himmelblau&start=-0,-0", "loss=quadratic,angle=-0", "stop_loss=-0"] {
        let (scenario, refused) = decode(link);
        assert_eq!(refused, [], "{link}");
        assert_eq!(bits(&scenario), bits(&decode(&encode(&scenario)).0), "{link}");
        assert!(!bits(&scenario).contains("-0.0"), "{link}: {}", bits(&scenario));
    }
    let dragged = Scenario { start: vec![-0.0, 1.0], ..Scenario::default() };
    assert_eq!(encode(&dragged), "#v=1&start=0,1");
}

#[test]
fn a_link_may_stand_behind_an_address() {
    let fragment = "#v=1&loss=saddle&steps=50";
    let expected = decode(fragment).0;
    for before in
        ["https://example.org/lab/", "http://127.0.0.1:8080/?a=b", "file:///page.html", ""]
    {
        assert_eq!(decode(&format!("{before}{fragment}")), (expected.clone(), vec![]));
    }
    assert_eq!(decode(&fragment[1..]), (expected, vec![]));
    assert_eq!(decode("https://example.org/lab/"), (Scenario::default(), vec![]));
}

#[test]
fn a_preset_stands_for_its_link_and_other_keys_replace_its() {
    for preset in PRESETS {
        let scenario = assert_canonical(&format!("#v=1&preset={}", preset.key));
        assert_eq!(scenario, preset.scenario());
    }
    let scenario = assert_canonical("#v=1&preset=saddle&steps=77&run=sgd,lr=2.1");
    assert_eq!(scenario.preset.map(|preset| preset.key), Some("saddle"));
    assert_eq!(scenario.steps, 77);
    assert_eq!(number_text(scenario.runs[0].learning_rate), "2.1");
    assert_eq!(scenario.start, [1.5, 0.001], "the preset's own");
    let moved = assert_canonical("#v=1&preset=saddle&start=1.5,0");
    assert_eq!(moved.start, [1.5, 0.0]);
    // The same whichever comes first.
    assert_eq!(decode("steps=77&run=sgd,lr=2.1&preset=saddle").0, scenario);
}

#[test]
fn a_run_says_only_what_is_not_its_rules_default() {
    for link in [
        "#v=1&run=momentum",
        "#v=1&run=adam,lr=0.02,beta1=0.5,schedule=cosine,eta_min=0.001,warmup=20,clip=norm,clip_at=5",
        "#v=1&run=sgd,schedule=step,step_size=5,gamma=0.5,clip=value",
        "#v=1&run=sgd,clip=unit",
        "#v=1&preset=stop_rule&stop_loss=none",
        "#v=1&preset=stop_rule&stop_loss=none&stop_grad=0.1",
        "#v=1&run=sgd,lr=0.02,clip=norm,constrain=value,constrain_at=0.5",
        "#v=1&run=sgd,schedule=reduce_on_plateau,patience=0,warmup=3,constrain=norm",
        "#v=1&noise=0.5&precision=bf16&run=sgd&run=sgd&run=lbfgs,lr=1,memory=3&hide=0,2",
        "#v=1&seed=18446744073709551615",
        "#v=1&hide=0",
    ] {
        assert_canonical(link);
    }
    let spelled =
        "run=adam,eps=1e-8,clip_at=1,beta2=0.999,clip=norm,lr=0.1,t_max=200,schedule=cosine";
    assert_eq!(encode(&decode(spelled).0), "#v=1&run=adam,schedule=cosine,clip=norm");
}

#[test]
fn the_runs_of_a_link_replace_all_those_of_its_preset() {
    let scenario = assert_canonical("#v=1&preset=saddle&run=adam,lr=0.2&run=sgd&hide=0");
    let rules: Vec<&str> = scenario.runs.iter().map(|run| run.optimizer.rule.key).collect();
    assert_eq!(rules, ["adam", "sgd"]);
    let many = ["run=sgd"; MOST_RUNS].join("&");
    assert_eq!(decode(&format!("preset=saddle&{many}")).0.runs.len(), MOST_RUNS);
    // Hiding alone leaves the preset its runs.
    let hidden = assert_canonical("#v=1&preset=saddle&hide=0");
    assert!(hidden.runs[0].is_hidden);
    assert_eq!(encode(&decode("preset=saddle&hide=none").0), "#v=1&preset=saddle");
}

#[test]
fn another_loss_under_a_preset_brings_its_own_start() {
    let scenario = assert_canonical("#v=1&preset=thrown_out&loss=rosenbrock");
    assert_eq!(scenario.start, [-1.2, 1.0]);
    assert_eq!(scenario.steps, 200, "the preset's");
    assert_eq!(number_text(scenario.runs[0].learning_rate), "10", "the preset's");
    // One parameter instead of two.
    let scenario = assert_canonical("#v=1&preset=thrown_out&loss=parabola");
    assert_eq!(scenario.start, [2.5]);
    // The same loss with another knob keeps the preset's start.
    let scenario = assert_canonical("#v=1&preset=too_small&loss=quadratic,kappa=7");
    assert_eq!(scenario.start, [-8.0, 2.5]);
    assert_eq!(scenario.loss.knobs, [7.0, 0.0]);
}

#[test]
fn another_loss_takes_the_view_along() {
    let mut scenario = Preset::find("saddle").expect("listed").scenario();
    scenario.page.view = Some([-1.0, 1.0, -1.0, 1.0]);
    let other = decode("loss=booth").0.loss;
    scenario.replace_loss(other);
    assert_eq!((scenario.page.view, &scenario.start[..]), (None, &[-6.0, 4.0][..]));
    let mut scenario = decode("loss=quadratic&view=-1,1,-1,1").0;
    scenario.replace_loss(decode("loss=quadratic,kappa=50").0.loss);
    assert_eq!(scenario.page.view, Some([-1.0, 1.0, -1.0, 1.0]), "the loss is the same");
}

/// What a preset sets and a scenario does without is taken back by its link.
#[test]
fn a_link_takes_back_what_its_preset_sets() {
    static PRESET: Preset = Preset {
        key: "of_a_test",
        link: "stop_loss=0.1&stop_grad=0.01&view=-1,1,-2,2&theme=dark&lang=zh&run=sgd,lr=0.2",
        title: Words { en: "", zh: "" },
        caption: Words { en: "", zh: "" },
    };
    let of_preset = PRESET.scenario();
    assert_eq!((of_preset.stop.loss, of_preset.stop.gradient), (Some(0.1), Some(0.01)));
    assert_eq!(encode(&of_preset), "#v=1&preset=of_a_test");
    let mut scenario = of_preset.clone();
    scenario.stop = Stop::default();
    (scenario.page.view, scenario.page.theme, scenario.page.language) = (None, None, None);
    let taken_back = "stop_loss=none&stop_grad=none&lang=none&theme=none&view=none";
    assert_eq!(encode(&scenario), format!("#v=1&preset=of_a_test&{taken_back}"));
    // Without a preset there is nothing to take back.
    let (plain, refused) = decode(&format!("#v=1&{taken_back}"));
    assert_eq!((plain.clone(), refused), (Scenario::default(), vec![]));
    assert_eq!(encode(&plain), "#v=1");
    // Each by itself, over every preset there is.
    for preset in PRESETS {
        for part in taken_back.split('&') {
            let (scenario, refused) = decode(&format!("#preset={}&{part}", preset.key));
            assert_eq!(refused, [], "{}, {part}", preset.key);
            let again = decode(&encode(&scenario));
            assert_eq!(again, (scenario, vec![]), "{}, {part}", preset.key);
        }
    }
}
