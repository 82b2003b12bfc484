//! A walk along the lists: what menus, sliders, links and help text rely on
//! holds for every loss, optimizer, schedule and clip, the ones yet to come
//! included.

#![expect(clippy::float_cmp, reason = "sliders end on the very bits of their range")]

use std::collections::HashSet;

use descent_lab::descent::clip::{self, CLIPS};
use descent_lab::descent::constraint::{self, CONSTRAINTS};
use descent_lab::descent::loss::{self, LOSSES, Setting};
use descent_lab::descent::optimizer::{self, OPTIMIZERS, Place, RateRole};
use descent_lab::descent::schedule::{self, Following, SCHEDULES, Schedule, Warmup};
use descent_lab::descent::{Curvature, Knob, Precision, Scale, Words, defaults};
use descent_lab::scenario::{Choice, Scenario, decode, encode, knob_text, parse_knob};

/// Keys of a run in the link; an optimizer's or schedule's knob with such a key
/// could not be told from them.
const RUN_KEYS: [&str; 8] =
    ["lr", "schedule", "warmup", "clip", "constrain", "batch", "ascent", "average"];

fn assert_key(key: &str, of: &str) {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    assert!(!key.is_empty() && key.chars().all(is_plain), "{of}: key {key:?}");
}

/// A proper name is the same in both languages: one word with a capital.
fn is_proper_name(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && !name.contains(' ')
}

fn assert_words(words: &Words, of: &str) {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    assert!(!words.en.is_empty() && !words.en.contains(is_chinese), "{of}: {:?}", words.en);
    let is_same = words.zh == words.en && is_proper_name(words.en);
    assert!(words.zh.contains(is_chinese) || is_same, "{of}: {:?}", words.zh);
    for text in [words.en, words.zh] {
        assert_eq!(text, text.trim(), "{of}");
    }
}

fn assert_knobs(knobs: &[Knob], of: &str, reserved: &[&str]) {
    let mut keys = HashSet::new();
    for knob in knobs {
        let of = format!("{of}, {}", knob.key);
        assert_key(knob.key, &of);
        assert_words(&knob.name, &of);
        assert!(keys.insert(knob.key), "{of} twice");
        assert!(!reserved.contains(&knob.key), "{of} has another meaning in a run");
        assert!(assert_names(knob, &of) == 1 || knob.min < knob.max, "{of}");
        for value in [knob.min, knob.default, knob.max] {
            assert!(knob.allows(value), "{of} = {value}");
        }
        assert!(knob.scale != Scale::Log || knob.min > 0.0, "{of}");
        for i in 0..=1000 {
            let value = knob.value_at(f64::from(i) / 1000.0);
            assert!(knob.allows(value), "{of}: the slider gives {value}");
        }
        assert_eq!([knob.value_at(0.0), knob.value_at(1.0)], [knob.min, knob.max], "{of}");
        let default = knob.value_at(knob.position(knob.default));
        assert_eq!(default, knob.default, "{of}: the slider must be able to go back");
    }
}

/// A choice has words and a text in links for each of its names; returns how many.
fn assert_names(knob: &Knob, of: &str) -> usize {
    let names = knob.names().unwrap_or_default();
    for (place, named) in (0_u8..).zip(names) {
        assert_key(named.key, of);
        assert_words(&named.name, of);
        assert!(knob.allows(f64::from(place)), "{of}");
        assert_eq!(knob_text(knob, f64::from(place)), named.key, "{of}");
        assert_eq!(parse_knob(knob, named.key), Some(f64::from(place)), "{of}");
    }
    names.len()
}

/// What a rule of any family has.
fn assert_rule(key: &str, name: &Words, formula: &str, source: &str) {
    assert_key(key, key);
    assert_words(name, key);
    for text in [formula, source] {
        assert!(!text.is_empty() && text == text.trim(), "{key}: {text:?}");
    }
    // A formula is read in every language: no words but the names of functions.
    let known = ["cos", "sin", "exp", "log", "min", "max", "sign", "tanh"];
    let mut words = formula.split(|c: char| !c.is_ascii_alphabetic());
    assert!(words.all(|word| word.len() < 3 || known.contains(&word)), "{key}: {formula}");
}

/// Somebody proposed it in some year; some losses are too old or too plain.
fn assert_dated(source: &str) {
    let is_year = |word: &str| word.parse().is_ok_and(|year| (1600..2100).contains(&year));
    assert!(source.split(|c: char| !c.is_ascii_digit()).any(is_year), "{source}");
}

/// Lines of Python name every knob and nothing else in braces.
fn assert_python(texts: &[&str], knobs: &[Knob], of: &str) {
    let mut named = HashSet::new();
    for text in texts {
        assert_eq!(*text, text.trim(), "{of}");
        assert!(!text.contains('\t'), "{of}");
        for part in text.split('{').skip(1) {
            named.insert(part.split_once('}').expect("a brace is closed").0);
        }
    }
    assert_eq!(named, knobs.iter().map(|knob| knob.key).collect(), "{of}");
}

/// Values of the knobs: all defaults, then each knob's ends with the others at
/// their defaults.
fn corners(knobs: &[Knob]) -> Vec<Vec<f64>> {
    let mut corners = vec![defaults(knobs)];
    for (index, knob) in knobs.iter().enumerate() {
        for end in [knob.min, knob.max] {
            let mut values = defaults(knobs);
            values[index] = end;
            corners.push(values);
        }
    }
    corners
}

#[test]
fn keys_are_unique_and_find_their_rule() {
    let mut seen = HashSet::new();
    for rule in LOSSES {
        assert!(seen.insert(rule.key), "{} twice", rule.key);
        assert!(std::ptr::eq(loss::find(rule.key).unwrap(), *rule));
    }
    seen.clear();
    for rule in OPTIMIZERS {
        assert!(seen.insert(rule.key), "{} twice", rule.key);
        assert!(std::ptr::eq(optimizer::find(rule.key).unwrap(), *rule));
    }
    seen.clear();
    for rule in SCHEDULES {
        assert!(seen.insert(rule.key), "{} twice", rule.key);
        assert!(std::ptr::eq(schedule::find(rule.key).unwrap(), *rule));
    }
    seen.clear();
    for rule in CLIPS {
        assert!(seen.insert(rule.key), "{} twice", rule.key);
        assert!(std::ptr::eq(clip::find(rule.key).unwrap(), *rule));
    }
    seen.clear();
    for rule in CONSTRAINTS {
        assert!(seen.insert(rule.key), "{} twice", rule.key);
        assert!(std::ptr::eq(constraint::find(rule.key).unwrap(), *rule));
    }
    assert!(loss::find("").is_none() && loss::find("Rosenbrock").is_none());
    assert!(clip::find("none").is_none() && constraint::find("unit").is_none());
    assert!(optimizer::find("sgd ").is_none() && schedule::find("none").is_none());
}

#[test]
fn every_rule_has_names_formula_source_and_sound_knobs() {
    for rule in LOSSES {
        assert_rule(rule.key, &rule.name, &(rule.formula)(&rule.defaults()), rule.source);
        assert_knobs(rule.knobs, rule.key, &[]);
    }
    for rule in OPTIMIZERS {
        assert_rule(rule.key, &rule.name, rule.formula, rule.source);
        assert_dated(rule.source);
        assert_knobs(rule.knobs, rule.key, &RUN_KEYS);
        assert_python(&[rule.python.state, rule.python.step], rule.knobs, rule.key);
        assert!(rule.python.step.contains("theta = "), "{}", rule.key);
    }
    for rule in SCHEDULES {
        assert_rule(rule.key, &rule.name, rule.formula, rule.source);
        assert_dated(rule.source);
        assert_knobs(rule.knobs, rule.key, &RUN_KEYS);
        assert!(rule.python.contains("lr"), "{}", rule.key);
        match &rule.following {
            None => assert_python(&[rule.python], rule.knobs, rule.key),
            Some(Following { class, torch }) => {
                assert_python(&[class.trim_end()], rule.knobs, rule.key);
                assert_python(&[torch], rule.knobs, rule.key);
                assert!(class.starts_with("class ") && torch.contains("(\n    optimizer,"));
            }
        }
    }
    for rule in CLIPS {
        assert_rule(rule.key, &rule.name, rule.formula, rule.source);
        assert_dated(rule.source);
        assert_knobs(rule.knobs, rule.key, &RUN_KEYS);
        assert_python(&[rule.python], rule.knobs, rule.key);
        assert!(rule.python.contains("g = "), "{}", rule.key);
    }
    for rule in CONSTRAINTS {
        assert_rule(rule.key, &rule.name, rule.formula, rule.source);
        assert_dated(rule.source);
        assert_knobs(rule.knobs, rule.key, &RUN_KEYS);
        assert_python(&[rule.python], rule.knobs, rule.key);
        assert!(rule.python.contains("W = "), "{}", rule.key);
    }
}

/// PyTorch's constructor takes every knob; a baseline that chooses its own step
/// has none there.
#[test]
fn rules_of_pytorch_name_their_class() {
    for rule in OPTIMIZERS {
        let torch = rule.python.torch;
        if torch.is_empty() {
            continue;
        }
        assert_eq!(rule.rate, RateRole::EveryStep, "{}", rule.key);
        assert!(torch.starts_with(char::is_uppercase) && torch.contains("(lr=lr"), "{torch}");
        assert!(torch.ends_with(')') && !torch.contains('\n'), "{torch}");
        assert_python(&[torch], rule.knobs, rule.key);
    }
}

/// The knobs of an optimizer, a schedule, a clip and a constraint stand side by side in one run.
#[test]
fn no_two_families_of_a_run_have_a_knob_in_common() {
    let keys = |knobs: &[Knob]| knobs.iter().map(|knob| knob.key).collect::<Vec<_>>();
    let families: [HashSet<&str>; 4] = [
        OPTIMIZERS.iter().flat_map(|rule| keys(rule.knobs)).collect(),
        SCHEDULES.iter().flat_map(|rule| keys(rule.knobs)).collect(),
        CLIPS.iter().flat_map(|rule| keys(rule.knobs)).collect(),
        CONSTRAINTS.iter().flat_map(|rule| keys(rule.knobs)).collect(),
    ];
    for (one, other) in [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)] {
        let common: Vec<_> = families[one].intersection(&families[other]).collect();
        assert!(common.is_empty(), "{common:?}");
    }
}

/// A link carries every rule of a run with every value of its knobs.
#[test]
fn knobs_survive_a_link() {
    let assert_round_trip = |scenario: &Scenario| {
        let link = encode(scenario);
        assert_eq!(decode(&link), (scenario.clone(), Vec::new()), "{link}");
    };
    let mut scenario = Scenario::default();
    for rule in OPTIMIZERS {
        for knobs in corners(rule.knobs) {
            scenario.runs[0].optimizer = Choice { rule, knobs };
            assert_round_trip(&scenario);
        }
    }
    for rule in SCHEDULES {
        for knobs in corners(rule.knobs) {
            scenario.runs[0].schedule = Choice { rule, knobs };
            assert_round_trip(&scenario);
        }
    }
    for rule in CLIPS {
        for knobs in corners(rule.knobs) {
            scenario.runs[0].clip = Some(Choice { rule, knobs });
            assert_round_trip(&scenario);
        }
    }
    for rule in CONSTRAINTS {
        for knobs in corners(rule.knobs) {
            scenario.runs[0].constraint = Some(Choice { rule, knobs });
            assert_round_trip(&scenario);
        }
    }
}

#[test]
fn every_optimizer_moves_downhill_and_knows_which_way_it_went() {
    let loss = (loss::find("quadratic").unwrap().build)(&Setting::of(&[8.0, 0.0]));
    let (start, mut gradient) = ([0.5, -0.5], [0.0; 2]);
    let value = loss.value_and_gradient(&start, &mut gradient);
    let place = Place { loss: loss.as_ref(), value, gradient: &gradient, learning_rate: 0.125 };
    for rule in OPTIMIZERS {
        for knobs in corners(rule.knobs) {
            let mut optimizer = (rule.build)(&knobs, 2, Precision::F64);
            let mut theta = start;
            let used = optimizer.step(&mut theta, &place);
            let of = format!("{} {knobs:?}", rule.key);
            assert!(theta[0] < 0.5 && theta[1] > -0.5, "{of}: {theta:?}");
            assert!(used > 0.0 && (used == 0.125 || rule.rate != RateRole::EveryStep), "{of}");
            if let Some([along, across]) = optimizer.momentum() {
                assert!(*along > 0.0 && *across < 0.0, "{of}: of the gradient's sign");
            }
        }
    }
}

#[test]
fn the_rates_of_an_optimizer_are_sound_on_every_loss() {
    for optimizer in OPTIMIZERS {
        for rule in LOSSES {
            for knobs in corners(rule.knobs) {
                let [low, high] = (optimizer.rates)((rule.rates)(&Setting::of(&knobs)));
                let of = format!("{} on {} {knobs:?}", optimizer.key, rule.key);
                assert!(low > 0.0 && 4.0 * low < high && high.is_finite(), "{of}: {low} to {high}");
            }
        }
    }
}

#[test]
fn theory_is_silent_where_there_is_no_curvature_and_written_out_where_it_speaks() {
    let flat = Curvature::of_hessian([[0.0, 0.0], [0.0, 0.0]]);
    for rule in OPTIMIZERS {
        let knobs = defaults(rule.knobs);
        assert_eq!((rule.limit(&knobs, &flat), rule.best(&knobs, &flat)), (None, None));
        if let Some(stability) = &rule.stability {
            assert!(!stability.limit_formula.is_empty(), "{}", rule.key);
            assert_eq!(
                stability.best.is_some(),
                !stability.best_formula.is_empty(),
                "{}",
                rule.key
            );
        }
    }
}

/// Bits of the rates of a million steps in one piece, after this warm-up.
fn rates(schedule: &dyn Schedule, warmup: usize) -> Vec<f64> {
    let mut rates = vec![f64::NAN; 1_000_000];
    Warmup { steps: warmup, then: schedule }.fill(0.25, 0, &mut rates);
    rates
}

#[test]
fn every_schedule_is_a_function_of_the_step() {
    for rule in SCHEDULES {
        for knobs in corners(rule.knobs) {
            let schedule = (rule.build)(&knobs);
            let of = format!("{} {knobs:?}", rule.key);
            let whole = rates(schedule.as_ref(), 0);
            assert!(whole.iter().all(|rate| rate.is_finite() && *rate >= 0.0), "{of}");
            assert_eq!(whole[0], 0.25, "{of}: it begins with the run's rate");
            // In one piece or from the middle, filling is asking step by step.
            for first in [0, 1, 49, 400, 999_400] {
                let mut filled = vec![f64::NAN; 600];
                schedule.fill(0.25, first, &mut filled);
                assert_eq!(filled, whole[first..first + 600], "{of} from {first}");
                let asked: Vec<f64> =
                    (first..first + 600).map(|step| schedule.rate(0.25, step)).collect();
                assert_eq!(filled, asked, "{of} from {first}");
            }
        }
        let schedule = (rule.build)(&defaults(rule.knobs));
        let (whole, late) = (rates(schedule.as_ref(), 0), rates(schedule.as_ref(), 300));
        assert_eq!([late[0], late[149], late[299]], [0.25 / 300.0, 0.125, 0.25], "{}", rule.key);
        assert_eq!(late[300..], whole[..999_700], "{}", rule.key);
    }
}

#[test]
fn a_schedule_from_the_menu_suits_the_run() {
    for rule in SCHEDULES {
        for steps in [1, 2, 3, 7, 30, 200, 1_000, 54_321, 1_000_000] {
            let fitted = (rule.fitted)(steps);
            let of = format!("{} of {steps} steps: {fitted:?}", rule.key);
            assert_eq!(fitted.len(), rule.knobs.len(), "{of}");
            assert!(rule.knobs.iter().zip(&fitted).all(|(knob, v)| knob.allows(*v)), "{of}");
            let schedule = (rule.build)(&fitted);
            if steps >= 30 && !rule.knobs.is_empty() && rule.following.is_none() {
                let rates: Vec<f64> = (0..30).map(|i| schedule.rate(1.0, i * steps / 30)).collect();
                let lowest = rates.iter().copied().fold(1.0, f64::min);
                let mean = rates.iter().sum::<f64>() / 30.0;
                assert!(lowest < 0.13 && (0.1..0.6).contains(&mean), "{of}: {rates:?}");
            }
        }
    }
}
