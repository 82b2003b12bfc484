//! What is fitted, and what goes wrong with it.

use descent_lab::descent::HeldOut;
use descent_lab::descent::data::Samples;

use descent_lab::scenario::{Scaling, Scenario};

use super::shown::{Shown, minimum, preset, ratios};

#[test]
fn millimetres_settle_the_slope_and_leave_the_intercept_at_nought() {
    let shown = Shown::preset("unscaled_features");
    let best = minimum("unscaled_features");
    let curvature =
        preset("unscaled_features").scenario().build_loss().curvature(&[0.0; 2]).expect("known");
    assert!((best[1] + 5781.0).abs() < 1.0, "{best:?}");
    assert!(shown.end()[1].abs() < 0.1, "hardly left 0");
    assert!(2.0 / curvature.max < 1e-4, "{curvature:?}");
    // Along the slope it curves by the mean of x², along the intercept by 1.
    let samples = preset("unscaled_features").scenario().samples().expect("penguins");
    let sum = |of: &dyn Fn(f64, f64) -> f64| -> f64 {
        let [x, y] = [0, 1].map(|column| samples.column(column));
        (0..samples.len()).map(|at| of(x[at], y[at])).sum()
    };
    let (squares, count) = (sum(&|x, _| x * x), sum(&|_, _| 1.0));
    assert!((squares / count - 40_564.0).abs() < 0.5, "{}", squares / count);
    // What suits an intercept of 0 is the slope through the origin.
    let suits = sum(&|x, y| x * y) / squares;
    let slopes = shown.component(0);
    assert!((slopes[30] - suits).abs() < 1e-3 * suits, "at once: {} and {suits}", slopes[30]);
    assert!(best[0] > 2.0 * suits, "and not the minimum's");
}

#[test]
fn standardized_penguins_live_in_a_round_bowl() {
    let shown = Shown::preset("scaled_features");
    let curvature =
        preset("scaled_features").scenario().build_loss().curvature(&[0.0; 2]).expect("known");
    assert!((curvature.max / curvature.min - 1.0).abs() < 1e-9);
    assert!((2.0 / curvature.max - 2.0).abs() < 1e-9);
    let best = minimum("scaled_features");
    let left: Vec<f64> = shown.component(0)[..10].iter().map(|w| w - best[0]).collect();
    assert!(left.windows(2).all(|pair| (pair[1] / pair[0] - 0.5).abs() < 1e-9));
}

/// The six that lie highest above the line that the others are scattered about.
fn outliers(key: &str) -> (Vec<[f64; 2]>, Vec<[f64; 2]>) {
    let samples = preset(key).scenario().samples().expect("it learns from samples");
    let rows = (0..samples.len()).map(|at| [samples.column(0)[at], samples.column(1)[at]]);
    rows.partition(|[x, y]| y - (2.0 * x + 1.0) > 3.0)
}

#[test]
fn squares_follow_the_outliers_and_sizes_do_not() {
    let (far, near) = outliers("outliers_squared");
    assert_eq!((far.len(), near.len()), (6, 34));
    let error =
        |[w, b]: [f64; 2]| near.iter().map(|[x, y]| (w * x + b - y).abs()).sum::<f64>() / 34.0;
    let ends = ["outliers_squared", "outliers_absolute"].map(|key| {
        let [w, b] = Shown::preset(key).end()[..] else { panic!("a line") };
        error([w, b])
    });
    let [w, b] = Shown::preset("outliers_squared").end()[..] else { panic!("a line") };
    assert_eq!(near.iter().filter(|[x, y]| *y < w * x + b).count(), 32, "below the fit");
    let truth = error([2.0, 1.0]);
    assert!(ends[0] > 2.0 * truth && ends[1] < 1.2 * truth, "{ends:?} and {truth}");
}

#[test]
fn an_absolute_error_needs_a_rate_that_decays() {
    let mut constant = preset("outliers_absolute").scenario();
    let plain = descent_lab::scenario::Run { learning_rate: 0.2, ..Default::default() };
    constant.runs = vec![plain];
    let moved = |shown: &Shown| {
        let losses = &shown.run.losses()[250..];
        losses.windows(2).map(|pair| (pair[1] - pair[0]).abs()).sum::<f64>()
    };
    let (decaying, constant) = (Shown::preset("outliers_absolute"), Shown::of(&constant));
    assert!(moved(&decaying) < 0.5 * moved(&constant));
    let best = minimum("outliers_absolute");
    let far =
        |shown: &Shown, from: usize| shown.distances(&best)[from..from + 50].iter().sum::<f64>();
    assert!([100, 150, 200, 250].is_sorted_by(|a, b| far(&decaying, *a) > far(&decaying, *b)));
    assert!(far(&constant, 250) > 0.9 * far(&constant, 150), "no closer at a constant rate");
}

#[test]
fn l1_ends_at_nought_and_l2_half_way() {
    let l1 = Shown::preset("l1_to_zero");
    assert_eq!(minimum("l1_to_zero")[0], 0.0);
    let slopes = l1.component(0);
    let last = &slopes[250..];
    assert!(last.iter().all(|w| w.abs() < 0.1), "near 0");
    assert!(last.iter().any(|w| *w > 0.0) && last.iter().any(|w| *w < 0.0), "to and fro");
    let l2 = Shown::preset("l2_shrinks");
    let free = minimum("scaled_features")[0];
    assert!((l2.end()[0] / free - 0.5).abs() < 1e-6);
    let curvature =
        preset("l2_shrinks").scenario().build_loss().curvature(&[0.0; 2]).expect("known");
    assert!((2.0 / curvature.max - 1.0).abs() < 1e-9, "the limit has fallen to 1");
}

#[test]
fn separable_blobs_have_no_minimum_and_a_boundary_that_stands_still() {
    let shown = Shown::preset("separable");
    let scenario = preset("separable").scenario();
    assert!((scenario.loss.rule.minima)(&scenario.setting()).is_empty());
    let length = |t: usize| shown.run.point(t).iter().map(|w| w * w).sum::<f64>().sqrt();
    let angle = |t: usize| libm::atan2(shown.run.point(t)[1], shown.run.point(t)[0]);
    assert!(length(500) > 1.2 * length(100), "it walks on");
    assert!((angle(500) - angle(100)).abs() < 0.02, "the boundary stands still");
    let strides = shown.strides();
    assert!(strides[10..].windows(2).all(|pair| pair[1] < pair[0]), "ever more slowly");
    assert!(shown.run.losses().windows(2).all(|pair| pair[1] < pair[0]), "a little better");
}

#[test]
fn moons_converge_and_an_eighth_stays_wrong() {
    let shown = Shown::preset("moons");
    let scenario = preset("moons").scenario();
    let (loss, end) = (scenario.build_loss(), shown.end());
    let data = loss.data().expect("it learns from samples");
    let wrong = (0..data.len()).filter(|at| {
        let row = data.row(*at);
        (loss.predict(&end, &row[..2]) > 0.5) != (row[2] > 0.5)
    });
    let share = wrong.count();
    assert!((8..=17).contains(&share), "{share} of 100");
}

/// The losses over the samples learnt from and over those held out, along a run.
fn losses(key: &str) -> [Vec<f64>; 2] {
    let scenario = preset(key).scenario();
    let (loss, shown) = (scenario.build_loss(), Shown::preset(key));
    let steps = 0..=shown.run.steps();
    let held_out = steps.map(|t| loss.held_out_loss(shown.run.point(t)).expect("held out"));
    [shown.run.losses().to_vec(), held_out.collect()]
}

#[test]
fn too_many_parameters_learn_the_noise() {
    let [trained, held_out] = losses("overfitting");
    let last = trained.len() - 1;
    assert!(trained[last] < 0.05 * trained[0] && held_out[last] > 10.0 * held_out[0]);
    assert!([100, 300, 1000, 3000].is_sorted_by(|a, b| held_out[*a] < held_out[*b]));
    let scenario = preset("overfitting").scenario();
    let loss = scenario.build_loss();
    // It misses the points by about a third of what the noise moved them from the wave.
    let (raw, scaled) = (scenario.samples().expect("made up"), loss.data().expect("scaled"));
    let y = |samples: &Samples, at: usize| samples.column(1)[at];
    let unit = (y(&raw, 1) - y(&raw, 0)) / (y(scaled, 1) - y(scaled, 0));
    let noise = (0..raw.len())
        .map(|at| y(&raw, at) - libm::sin(core::f64::consts::TAU * raw.column(0)[at]));
    #[expect(clippy::cast_precision_loss, reason = "20 samples")]
    let noise = (noise.map(|off| off * off).sum::<f64>() / raw.len() as f64).sqrt();
    let missed = (2.0 * trained[last]).sqrt() * unit.abs();
    assert!((0.25..0.45).contains(&(missed / noise)), "{missed} of {noise}");
    assert_eq!((loss.samples(), loss.data().map(Samples::len)), (Some(14), Some(20)));
    assert_eq!(loss.dimension(), 13);
}

/// Whether the verdict says of a preset's run that it overfits.
fn overfits(key: &str) -> bool {
    let loss = preset(key).scenario().build_loss();
    let found = HeldOut::along(loss.as_ref(), &Shown::preset(key).run);
    found.expect("some are held out").overfits
}

#[test]
fn three_remedies_against_overfitting() {
    let end = |key: &str| losses(key).map(|losses| losses[losses.len() - 1]);
    let [_, without] = end("overfitting");
    assert!(overfits("overfitting"));
    for key in ["lower_degree", "penalized", "more_data"] {
        let [trained, held_out] = end(key);
        assert!(held_out < 0.05 * without, "{key}: {held_out} of {without}");
        assert!(held_out < losses(key)[1][0], "{key}: it has learnt something");
        assert!(!overfits(key), "{key}: its title would be contradicted");
        assert!(trained > end("overfitting")[0], "{key}: and has not learnt the noise");
    }
    let [_, held_out] = losses("lower_degree");
    let last = held_out[held_out.len() - 1];
    assert!(held_out[1000..].iter().all(|loss| (loss / last - 1.0).abs() < 0.1), "stays there");
    // Wild bends take large weights of both signs.
    let largest = |key: &str| {
        let end = Shown::preset(key).end();
        [end.iter().copied().fold(0.0, f64::max), -end.iter().copied().fold(0.0, f64::min)]
    };
    let [free, held] = ["overfitting", "penalized"].map(largest);
    assert!(free.iter().zip(&held).all(|(free, held)| *free > 1.2 * held), "{free:?} {held:?}");
    // The noise has half its scatter of ½ for a standard deviation; y is standardized.
    let [trained, held_out] = end("more_data");
    assert!((trained / held_out - 1.0).abs() < 0.1, "close together: {trained}, {held_out}");
}

#[test]
fn rooms_lower_the_price_at_equal_size_and_the_intercept_is_the_mean() {
    let scenario = preset("house_prices").scenario();
    let best = minimum("house_prices");
    assert!((best[2] - 242.0).abs() < 1e-9 && best[0] > 0.0 && best[1] < 0.0, "{best:?}");
    let shown = Shown::of(&scenario);
    assert!((shown.end()[2] - 242.0).abs() < 1e-6, "{:?}", shown.end());
    assert!(shown.end()[1] < 0.0, "{:?}", shown.end());
    let scaling = Scaling::of(&scenario, scenario.build_loss().as_ref()).expect("a scaling");
    let [raw, scaled] = scaling.conditions.map(|condition| condition.number.expect("known"));
    assert!((raw - 70_000.0).abs() < 500.0 && (scaled - 13.0).abs() < 0.5, "{raw} {scaled}");
}

/// How many samples of two classes a run ends on the wrong side of.
fn wrong(scenario: &Scenario) -> usize {
    let loss = scenario.build_loss();
    let end = Shown::of(scenario).end();
    let data = loss.data().expect("samples");
    let is_wrong = |sample: &usize| {
        let row = data.row(*sample);
        (loss.predict(&end, &row[..2]) > 0.5) != (row[2] > 0.5)
    };
    (0..data.len()).filter(is_wrong).count()
}

#[test]
fn an_intercept_moves_the_boundary_of_admission() {
    let scenario = preset("admission").scenario();
    assert_eq!((scenario.samples().map(|samples| samples.len()), wrong(&scenario)), (Some(24), 2));
    let with = |knob: &str| {
        let mut changed = scenario.clone();
        let mut loss = changed.loss.clone();
        let place = loss.rule.knobs.iter().position(|known| known.key == knob);
        loss.knobs[place.expect("a knob")] = 0.0;
        changed.replace_loss(loss);
        changed
    };
    let without = with("intercept");
    assert_eq!((without.start.len(), wrong(&without)), (2, 4));
    // In standardized units the mean of both exams is the origin.
    let chance = without.build_loss().predict(&Shown::of(&without).end(), &[0.0; 2]);
    assert!((chance - 0.5).abs() < 1e-15, "{chance}");
    let raw = Shown::of(&with("standardize"));
    let rises = ratios(&raw.run.losses()[300..]).iter().filter(|ratio| **ratio > 1.0).count();
    assert!(rises > 75, "jumps: {rises} of 300 steps go up");
    let first = raw.run.losses()[0];
    assert!(raw.run.losses()[300..].iter().any(|loss| *loss > 10.0 * first), "far up");
}
