//! The rate on one ravine, and one rate on ravines ever steeper.

use super::shown::{Shown, preset, ratios};

#[test]
fn oscillating_below_0_05_not_and_above_0_1_growing() {
    let shown = Shown::preset("oscillating");
    let across = shown.component(1);
    let shrink = ratios(&across[..30]);
    assert!(shrink.iter().all(|ratio| (-1.0..0.0).contains(ratio)), "the other wall, lower");
    // The height on the wall is 10 y².
    assert!(shrink.iter().all(|ratio| (ratio * ratio - 0.5).abs() < 0.02), "half as high");
    let calm = Shown::at_rate("oscillating", 0.0499);
    assert!(calm.component(1).iter().all(|y| *y >= 0.0), "the zigzag is gone");
    assert!(Shown::at_rate("oscillating", 0.0501).component(1)[1] < 0.0);
    let growth = ratios(&Shown::at_rate("oscillating", 0.1001).component(1));
    assert!(growth.iter().all(|ratio| *ratio < -1.0), "above 0.1 it grows");
}

#[test]
fn too_small_covers_half_a_percent_a_step() {
    let shown = Shown::preset("too_small");
    let shares = ratios(&shown.component(0));
    assert!(shares.iter().all(|share| (share - 0.995).abs() < 1e-12));
    let [x, y] = shown.end()[..] else { panic!("two parameters") };
    assert!(y.abs() < 1e-3 * 2.5, "the steep direction is done with");
    assert!(x.abs() > 0.5 * 8.0, "still far");
}

#[test]
fn about_right_never_overshoots_and_the_flat_direction_sets_the_pace() {
    let shown = Shown::preset("about_right");
    assert!(shown.verdict.facts.overshooting == 0.0);
    assert!(shown.verdict.facts.product_at_start < 1.0);
    let [x, y] = shown.run.point(50)[..] else { panic!("two parameters") };
    assert!(y.abs() < 1e-9 && x.abs() > 0.5);
}

#[test]
fn best_shrinks_both_directions_alike_and_no_rate_is_faster_in_the_long_run() {
    let shown = Shown::preset("best");
    let curvature = preset("best").scenario().build_loss().curvature(&[0.0; 2]).expect("known");
    assert!((curvature.min - 1.0).abs() < 1e-12 && (curvature.max - 20.0).abs() < 1e-12);
    assert!((shown.run.learning_rates()[0] - 2.0 / (1.0 + 20.0)).abs() < 1e-4);
    let [along, across] = [0, 1].map(|axis| ratios(&shown.component(axis))[10].abs());
    assert!((along - across).abs() < 0.001, "{along} and {across}");
    assert!(ratios(&shown.component(1))[10] < 0.0, "it zigzags all the same");
    let left = |rate: f64| {
        let mut scenario = preset("best").scenario();
        (scenario.steps, scenario.runs[0].learning_rate) = (2000, rate);
        Shown::of(&scenario).run.gradient_norm(2000)
    };
    let best = left(0.0952);
    assert!((10..100).map(|k| f64::from(k) / 1000.0).all(|rate| left(rate) > best));
    assert_eq!(Shown::at_rate("best", 0.1).outcome(), "bounces", "a hair's breadth above");
}

#[test]
fn at_the_limit_the_walls_throw_it_back_for_ever() {
    let shown = Shown::preset("at_the_limit");
    let across = shown.component(1);
    let sizes: Vec<f64> = across.iter().map(|y| y.abs()).collect();
    assert!(sizes.iter().all(|size| (size - 2.5).abs() < 1e-12), "exactly as far up");
    assert!(ratios(&across).iter().all(|ratio| *ratio < 0.0), "on the other wall");
    assert!(shown.end()[0].abs() < 1e-3, "along the valley it gets there");
}

#[test]
fn too_large_lands_higher_each_time_until_there_are_no_numbers() {
    let shown = Shown::preset("too_large");
    assert!(ratios(&shown.component(1)).iter().all(|ratio| *ratio < -1.0));
    let mut longer = preset("too_large").scenario();
    longer.steps = 10_000;
    let longer = Shown::of(&longer);
    assert!(longer.verdict.facts.left_all_bounds && longer.run.steps() < 1000);
}

#[test]
fn the_condition_numbers_share_one_rate() {
    let keys = ["condition_1", "condition_10", "condition_100"];
    for (key, kappa) in keys.into_iter().zip([1.0, 10.0, 100.0]) {
        let scenario = preset(key).scenario();
        assert!(scenario.runs[0].learning_rate == 0.15 && scenario.loss.knobs[0] == kappa, "{key}");
        assert_eq!(scenario.start, preset(keys[0]).scenario().start);
    }
    let round = Shown::preset("condition_1").run;
    let straight = |t: usize| round.gradient(t).unwrap()[1] / round.gradient(t).unwrap()[0];
    assert!((0..40).all(|t| (straight(t) - straight(0)).abs() < 1e-9), "straight at the minimum");
    let ravine = Shown::preset("condition_10");
    assert!((ravine.verdict.facts.product_at_start - 1.5).abs() < 1e-12);
    assert!(ratios(&ravine.component(1)[..20]).iter().all(|ratio| *ratio < 0.0), "it zigzags");
    assert!(ravine.end().iter().all(|left| left.abs() < 1e-5), "but still arrives");
    let gorge = Shown::preset("condition_100");
    assert!(gorge.run.steps() <= 8, "a few steps, not {}", gorge.run.steps());
}

#[test]
fn condition_100_has_its_limit_at_0_02_and_crawls_below() {
    let limit = 2.0 / 100.0;
    let scenario = preset("condition_100").scenario();
    let curvature = scenario.build_loss().curvature(&scenario.start).expect("two");
    assert!((curvature.limit().expect("a valley") - limit).abs() < 1e-15);
    assert_eq!(Shown::at_rate("condition_100", 0.0201).outcome(), "diverges");
    let safe = Shown::at_rate("condition_100", 0.01);
    assert!(ratios(&safe.component(0)).iter().all(|share| *share > 0.98), "it crawls");
}
