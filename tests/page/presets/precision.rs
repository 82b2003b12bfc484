//! What the numbers themselves do to a run.

use std::collections::BTreeSet;

use descent_lab::descent::{Precision, Rounding};
use descent_lab::scenario::Scenario;

use super::shown::{Shown, distance, is_near, preset};

/// The distance from `x` to the next larger number of a format, for `x` of it.
fn gap(precision: Precision, x: f64) -> f64 {
    let wider = |exponent: &i32| precision.round(x + libm::scalbn(1.0, *exponent)) > x;
    let exponent = (-60..10).find(wider).expect("some number is larger");
    precision.round(x + libm::scalbn(1.0, exponent)) - x
}

#[test]
fn every_format_has_a_preset() {
    let shown: BTreeSet<&str> = ["bf16_stalls", "f32_goes_on", "f16_overflows", "f64_holds"]
        .map(|key| preset(key).scenario().precision.key())
        .into();
    assert_eq!(shown, Precision::ALL.map(Precision::key).into());
}

#[test]
fn bf16_stops_at_2_59_because_its_numbers_are_1_64_apart() {
    let shown = Shown::preset("bf16_stalls");
    let end = shown.end();
    assert!((end[0] - 2.59).abs() < 0.005, "{end:?}");
    assert!(shown.verdict.facts.is_stuck && shown.outcome() == "stalls");
    let stuck = shown.run.component(0).position(|x| x == end[0]).expect("it stops");
    assert!(stuck < 150, "{stuck}");
    let mut longer = preset("bf16_stalls").scenario();
    longer.steps = 10_000;
    assert_eq!(Shown::of(&longer).end(), end, "for good");
    // The slope goes on, but a step is less than half of what lies between two numbers.
    assert!(shown.run.gradient_norm(300) > 1e-3);
    for x in [2.0, 2.59, 3.9] {
        let x = Precision::Bf16.round(x);
        assert_eq!(gap(Precision::Bf16, x), 1.0 / 64.0);
    }
    let rate = shown.run.learning_rates()[300];
    for (axis, slope) in shown.run.gradient(300).unwrap().iter().enumerate() {
        assert!((rate * slope).abs() < 0.5 * gap(Precision::Bf16, end[axis]), "axis {axis}");
    }
    let minimum = {
        let scenario = preset("bf16_stalls").scenario();
        (scenario.loss.rule.minima)(&scenario.setting())
    };
    assert_eq!(minimum, [vec![3.0, 0.5]]);
}

#[test]
fn f32_goes_on_where_bf16_stops() {
    let [coarse, fine] = ["bf16_stalls", "f32_goes_on"].map(|key| preset(key).scenario());
    let same = Scenario { precision: coarse.precision, preset: coarse.preset, ..fine };
    assert_eq!(same, coarse, "only the precision differs");
    let shown = Shown::preset("f32_goes_on");
    let left = distance(&shown.end(), &[3.0, 0.5]);
    assert!(shown.component(0).iter().any(|x| *x > 2.6) && left < 0.03, "{left}");
    let [coarse, fine] = [Precision::Bf16, Precision::F32].map(|precision| gap(precision, 2.5));
    assert_eq!(coarse / fine, 65_536.0);
}

#[test]
fn f16_makes_infinity_of_388_squared_and_adam_never_moves() {
    let [plain, adam] = Shown::side_by_side("f16_overflows");
    let minimum = [3.0, 2.0];
    assert!(plain.settles() && is_near(&plain.end(), &minimum, 0.01), "{:?}", plain.end());
    assert!(adam.strides().iter().all(|stride| *stride == 0.0));
    assert_eq!(adam.run.gradient(0).unwrap(), [388.0, 260.0]);
    assert_eq!(Precision::F16.round(65_504.0), 65_504.0);
    for slope in [388.0, 260.0] {
        assert!(Precision::F16.round(slope * slope) == f64::INFINITY);
    }
    // It is the squares: from where the slope is gentler Adam does move.
    let mut gentler = preset("f16_overflows").scenario();
    gentler.start = vec![4.0, 3.0];
    assert!(Shown::all_of(&gentler)[1].strides()[0] > 0.2);
}

#[test]
fn f64_lets_adam_arrive_as_well() {
    let [coarse, fine] = ["f16_overflows", "f64_holds"].map(|key| preset(key).scenario());
    let same = Scenario { precision: coarse.precision, preset: coarse.preset, ..fine };
    assert_eq!(same, coarse, "only the precision differs");
    let shown: [Shown; 2] = Shown::side_by_side("f64_holds");
    for run in &shown {
        assert!(run.settles() && is_near(&run.end(), &[3.0, 2.0], 0.01), "{:?}", run.end());
    }
    let largest = libm::log10(f64::MAX);
    assert!((308.0..309.0).contains(&largest));
}
