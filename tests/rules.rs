//! A walk along the lists: what menus, sliders, links and help text rely on
//! holds for every loss, optimizer and schedule, the ones yet to come included.

#![expect(clippy::float_cmp, reason = "sliders end on the very bits of their range")]

use std::collections::HashSet;

use descent_lab::descent::loss::{self, LOSSES, LossRule};
use descent_lab::descent::optimizer::{self, OPTIMIZERS};
use descent_lab::descent::schedule::{self, SCHEDULES};
use descent_lab::descent::{Curvature, Knob, Outcome, Scale, Words};

/// Keys of a run in the link; an optimizer's or schedule's knob with such a key
/// could not be told from them.
const RUN_KEYS: [&str; 5] = ["lr", "schedule", "warmup", "clip", "clip_at"];

fn assert_key(key: &str, of: &str) {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    assert!(!key.is_empty() && key.chars().all(is_plain), "{of}: key {key:?}");
}

fn assert_words(words: &Words, of: &str) {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    assert!(!words.en.is_empty() && !words.en.contains(is_chinese), "{of}: {:?}", words.en);
    assert!(words.zh.contains(is_chinese), "{of}: {:?}", words.zh);
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
        assert!(knob.min.is_finite() && knob.max.is_finite() && knob.min < knob.max, "{of}");
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

/// What a rule of any family has.
fn assert_rule(key: &str, name: &Words, formula: &str, source: &str) {
    assert_key(key, key);
    assert_words(name, key);
    for text in [formula, source] {
        assert!(!text.is_empty() && text == text.trim(), "{key}: {text:?}");
    }
}

/// Values of the knobs: all defaults, then each knob's ends with the others at
/// their defaults.
fn corners(rule: &LossRule) -> Vec<Vec<f64>> {
    let mut corners = vec![rule.defaults()];
    for (index, knob) in rule.knobs.iter().enumerate() {
        for end in [knob.min, knob.max] {
            let mut knobs = rule.defaults();
            knobs[index] = end;
            corners.push(knobs);
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
    assert!(loss::find("").is_none() && loss::find("Rosenbrock").is_none());
    assert!(optimizer::find("sgd ").is_none() && schedule::find("none").is_none());
}

#[test]
fn every_rule_has_names_formula_source_and_sound_knobs() {
    for rule in LOSSES {
        assert_rule(rule.key, &rule.name, rule.formula, rule.source);
        assert_knobs(rule.knobs, rule.key, &[]);
    }
    for rule in OPTIMIZERS {
        assert_rule(rule.key, &rule.name, rule.formula, rule.source);
        assert_knobs(rule.knobs, rule.key, &RUN_KEYS);
    }
    for rule in SCHEDULES {
        assert_rule(rule.key, &rule.name, rule.formula, rule.source);
        assert_knobs(rule.knobs, rule.key, &RUN_KEYS);
    }
}

/// An optimizer's and a schedule's knobs stand side by side in one run.
#[test]
fn no_knob_of_a_schedule_is_one_of_an_optimizer() {
    for (optimizer, schedule) in
        OPTIMIZERS.iter().flat_map(|o| SCHEDULES.iter().map(move |s| (o, s)))
    {
        for knob in schedule.knobs {
            let clash = optimizer.knobs.iter().any(|other| other.key == knob.key);
            assert!(!clash, "{} and {}: {}", optimizer.key, schedule.key, knob.key);
        }
    }
}

#[test]
fn a_loss_has_a_place_to_start_and_a_window_to_see_it_in() {
    for rule in LOSSES {
        let [x0, x1, y0, y1] = rule.window;
        let dimension = rule.dimension();
        assert!((1..=2).contains(&dimension), "{}", rule.key);
        assert!(rule.window.iter().all(|v| v.is_finite()) && x0 < x1, "{}", rule.key);
        assert!(x0 < rule.start[0] && rule.start[0] < x1, "{}", rule.key);
        if dimension == 2 {
            assert!(y0 < rule.start[1] && rule.start[1] < y1, "{}", rule.key);
        }
        for knobs in corners(rule) {
            let loss = (rule.build)(&knobs);
            let minima = (rule.minima)(&knobs);
            assert_eq!(loss.dimension(), dimension, "{}", rule.key);
            assert!(loss.value(rule.start).is_finite(), "{} {knobs:?}", rule.key);
            assert!((rule.lowest)(&knobs) < loss.value(rule.start), "{} {knobs:?}", rule.key);
            assert!(minima.iter().all(|minimum| minimum.len() == dimension), "{}", rule.key);
            let is_seen = |minimum: &Vec<f64>| {
                let [x, y] = [minimum[0], minimum.get(1).copied().unwrap_or(y0)];
                (x0..=x1).contains(&x) && (y0..=y1).contains(&y)
            };
            assert!(minima.is_empty() || minima.iter().any(is_seen), "{} {knobs:?}", rule.key);
        }
    }
}

#[test]
fn the_range_of_rates_is_sound_and_holds_best_and_limit_where_they_are_fixed() {
    for rule in LOSSES {
        for knobs in corners(rule) {
            let [low, high] = (rule.rates)(&knobs);
            let of = format!("{} {knobs:?}: {low} to {high}", rule.key);
            assert!(low > 0.0 && low < high && high.is_finite(), "{of}");
            if rule.has_constant_hessian {
                let curvature = (rule.build)(&knobs).curvature(rule.start);
                for mark in [curvature.limit(), curvature.best()] {
                    assert!(mark.is_some_and(|mark| low < mark && mark < high), "{of}: {mark:?}");
                }
            }
        }
    }
}

#[test]
fn a_constant_hessian_is_constant_and_no_other_is_called_so() {
    for rule in LOSSES {
        let loss = (rule.build)(&rule.defaults());
        let [x0, x1, y0, y1] = rule.window;
        let places = [[x0, y0], [x1, y0], [0.5 * (x0 + x1), 0.25 * y0 + 0.75 * y1], [x0, y1]];
        let here = loss.curvature(rule.start);
        let is_same = places.iter().all(|place| loss.curvature(&place[..rule.dimension()]) == here);
        assert_eq!(is_same, rule.has_constant_hessian, "{}", rule.key);
    }
}

#[test]
fn every_optimizer_moves_downhill_and_has_sound_limits() {
    let bowl = Curvature::of_hessian([[4.0, 0.0], [0.0, 1.0]]);
    let flat = Curvature::of_hessian([[0.0, 0.0], [0.0, 0.0]]);
    for rule in OPTIMIZERS {
        let knobs = descent_lab::descent::defaults(rule.knobs);
        let mut optimizer = (rule.build)(&knobs, 2);
        let (mut theta, gradient) = ([1.0, -2.0], [0.5, -4.0]);
        optimizer.step(&mut theta, &gradient, 0.125);
        assert!(theta[0] < 1.0 && theta[1] > -2.0, "{}: {theta:?}", rule.key);
        if optimizer.is_plain() {
            // Its loop is compiled into each loss as θ − η·g.
            assert_eq!(theta, [1.0 - 0.125 * 0.5, -2.0 + 0.125 * 4.0], "{}", rule.key);
        }
        for mark in [rule.limit, rule.best] {
            assert!(mark(&bowl).is_none_or(|rate| rate.is_finite() && rate > 0.0), "{}", rule.key);
            assert_eq!(mark(&flat), None, "{}", rule.key);
        }
    }
}

#[test]
fn every_schedule_is_a_function_of_the_step() {
    for rule in SCHEDULES {
        let schedule = (rule.build)(&descent_lab::descent::defaults(rule.knobs));
        let rates: Vec<f64> = (0..1000).map(|step| schedule.rate(0.25, step)).collect();
        assert!(rates.iter().all(|rate| rate.is_finite() && *rate >= 0.0), "{}", rule.key);
        // In one piece or from the middle, filling is asking step by step.
        for first in [0, 1, 400] {
            let mut filled = vec![f64::NAN; 600];
            schedule.fill(0.25, first, &mut filled);
            assert_eq!(filled, rates[first..first + 600], "{} from {first}", rule.key);
        }
    }
}

#[test]
fn outcomes_have_keys_too() {
    let keys = Outcome::ALL.map(Outcome::key);
    assert_eq!(keys, ["crawls", "converges", "oscillates", "bounces", "stalls", "diverges"]);
}
