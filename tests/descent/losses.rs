//! A walk along the losses: windows, starts, rates and minima that the page relies
//! on, for the ends of every knob.

use descent_lab::descent::loss::{LOSSES, LossRule, Setting};
use descent_lab::descent::{Knob, defaults};

/// The corners of a loss's knobs; of a hundred thousand samples a few are enough.
fn settings(rule: &LossRule) -> impl Iterator<Item = Setting> {
    let place = |key: &str| rule.knobs.iter().position(|knob| knob.key == key);
    let (count, data, error) = (place("count"), place("data"), place("error"));
    let mut all = vec![defaults(rule.knobs)];
    for (index, knob) in rule.knobs.iter().enumerate() {
        for end in [knob.min, knob.max] {
            let mut values = defaults(rule.knobs);
            values[index] = end;
            all.push(values);
        }
    }
    // Every way to count residuals on every set of data.
    for (data, error) in data.into_iter().filter_map(|data| error.map(|error| (data, error))) {
        for set in 0..=max_of(&rule.knobs[data]) {
            for way in 0..=max_of(&rule.knobs[error]) {
                let mut values = defaults(rule.knobs);
                (values[data], values[error]) = (f64::from(set), f64::from(way));
                all.push(values);
            }
        }
    }
    all.into_iter().map(move |mut knobs| {
        if let Some(count) = count {
            knobs[count] = knobs[count].min(300.0);
        }
        Setting::of(&knobs)
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few names")]
fn max_of(knob: &Knob) -> u8 {
    knob.max as u8
}

#[test]
fn a_loss_has_a_place_to_start_and_a_window_to_see_it_in() {
    for rule in LOSSES {
        for knobs in settings(rule) {
            let of = format!("{} {knobs:?}", rule.key);
            let (window, start) = ((rule.window)(&knobs), (rule.start)(&knobs));
            let [x0, x1, y0, y1] = window;
            let dimension = rule.dimension(&knobs);
            assert!(dimension >= 1 && start.len() == dimension, "{of}");
            assert!(window.iter().all(|v| v.is_finite()) && x0 < x1, "{of}");
            assert!(x0 < start[0] && start[0] < x1, "{of}");
            if dimension >= 2 {
                assert!(y0 < start[1] && start[1] < y1, "{of}");
            }
            let loss = (rule.build)(&knobs);
            let minima = (rule.minima)(&knobs);
            assert_eq!(loss.dimension(), dimension, "{of}");
            assert!(loss.value(&start).is_finite(), "{of}");
            assert!((rule.lowest)(&knobs) < loss.value(&start), "{of}");
            assert!(minima.iter().all(|minimum| minimum.len() == dimension), "{of}");
            let is_seen = |minimum: &Vec<f64>| {
                let [x, y] = [minimum[0], minimum.get(1).copied().unwrap_or(y0)];
                (x0..=x1).contains(&x) && (y0..=y1).contains(&y)
            };
            assert!(minima.is_empty() || minima.iter().any(is_seen), "{of}");
        }
    }
}

#[test]
fn the_range_of_rates_is_sound_and_holds_best_and_limit_where_they_are_fixed() {
    for rule in LOSSES {
        for knobs in settings(rule) {
            let [low, high] = (rule.rates)(&knobs);
            let of = format!("{} {knobs:?}: {low} to {high}", rule.key);
            assert!(low > 0.0 && low < high && high.is_finite(), "{of}");
            if (rule.has_constant_hessian)(&knobs) {
                let curvature = (rule.build)(&knobs).curvature(&(rule.start)(&knobs));
                let curvature = curvature.expect("few parameters");
                // Fewer samples than parameters leave a valley without a slope.
                let is_flat = curvature.min <= 1e-15 * curvature.max;
                for mark in
                    [curvature.limit(), curvature.best().or(curvature.limit().filter(|_| is_flat))]
                {
                    assert!(mark.is_some_and(|mark| low < mark && mark < high), "{of}: {mark:?}");
                }
            }
        }
    }
}

#[test]
fn a_constant_hessian_is_constant_and_no_other_is_called_so() {
    for rule in LOSSES {
        let knobs = rule.defaults();
        let (loss, [x0, x1, y0, y1]) = ((rule.build)(&knobs), (rule.window)(&knobs));
        let places = [[x0, y0], [x1, y0], [0.5 * (x0 + x1), 0.25 * y0 + 0.75 * y1], [x0, y1]];
        let Some(here) = loss.curvature(&(rule.start)(&knobs)) else {
            assert!(!(rule.has_constant_hessian)(&knobs), "{}: it is not known", rule.key);
            continue;
        };
        let dimension = rule.dimension(&knobs);
        let is_same = places.iter().all(|place| {
            let whole: Vec<f64> = place.iter().copied().cycle().take(dimension).collect();
            loss.curvature(&whole) == Some(here)
        });
        assert_eq!(is_same, (rule.has_constant_hessian)(&knobs), "{}", rule.key);
    }
}
