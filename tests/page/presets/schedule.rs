//! Rates that change on the way, noise, clipping, constraints, stop rules.

use descent_lab::descent::End;
use descent_lab::scenario::Scenario;

use super::shown::{Shown, distance, is_near, preset, ratios};

const ORIGIN: [f64; 2] = [0.0, 0.0];

#[test]
fn step_decay_drops_to_the_floor_where_the_constant_rate_goes_on_bouncing() {
    let [constant, decaying] = Shown::side_by_side("step_decay");
    let [walls, across] = [constant.component(1), decaying.component(1)];
    assert!(walls.iter().all(|y| (y.abs() - 2.5).abs() < 1e-9), "from wall to wall");
    assert_eq!(walls[..=40], across[..=40]);
    assert!(across[40].abs() > 2.4 && across[41].abs() < 1e-9, "at once: {}", across[41]);
    let rates = decaying.run.learning_rates();
    assert_eq!([rates[39], rates[40], rates[80]], [0.1, 0.05, 0.025]);
    assert!(decaying.settles() && !constant.settles());
    // The large rate was good for something: with the small one from the start
    // the way along the valley is longer.
    let mut small = preset("step_decay").scenario();
    small.runs.truncate(1);
    small.runs[0].learning_rate = 0.05;
    assert!(Shown::of(&small).verdict.step > decaying.verdict.step + 20);
}

#[test]
fn cosine_decay_settles_once_the_rate_is_below_the_limit() {
    let minimum = [3.0, 2.0];
    let [constant, decaying] = Shown::side_by_side("cosine_decay");
    assert_eq!((constant.outcome(), decaying.settles()), ("bounces", true));
    let late = &constant.distances(&minimum)[60..];
    assert!(late.iter().all(|far| (0.3..1.5).contains(far)), "to and fro across it");
    let swings = constant.component(0)[60..]
        .windows(2)
        .filter(|pair| (pair[0] - 3.0) * (pair[1] - 3.0) < 0.0)
        .count();
    assert!(swings >= 50, "{swings}");
    assert!(is_near(&decaying.end(), &minimum, 1e-6));
    let curvature = preset("cosine_decay").scenario().build_loss().curvature(&minimum);
    let limit = curvature.and_then(|curvature| curvature.limit());
    let limit = limit.expect("a minimum");
    assert!((limit - 0.024).abs() < 0.000_5, "{limit}");
    let below = decaying.run.learning_rates().iter().position(|rate| *rate < limit);
    let below = below.expect("the rate falls");
    let strides = &decaying.strides()[below..below + 20];
    assert!(ratios(strides).iter().all(|ratio| *ratio < 1.0), "{strides:?}");
}

#[test]
fn warm_up_has_grown_to_0_02_when_the_steep_part_is_behind() {
    let [thrown, warmed] = Shown::side_by_side("warm_up");
    let minimum = [3.0, 2.0];
    assert!(thrown.run.point(1)[0] < -2.0 && thrown.strides()[0] > 9.0, "across the map");
    assert!(!thrown.settles() && warmed.settles());
    assert!(is_near(&warmed.end(), &minimum, 1e-9));
    let rates = warmed.run.learning_rates();
    assert!(rates[18] < 0.02 && rates[19] == 0.02 && rates[50] == 0.02);
    let loss = preset("warm_up").scenario().build_loss();
    let limit =
        |point: &[f64]| loss.curvature(point).and_then(|here| here.limit()).expect("a valley");
    assert!(limit(warmed.run.point(0)) < 0.01, "far too much at the start");
    assert!(limit(&minimum) > 0.02 && distance(warmed.run.point(19), &minimum) < 0.01);
}

#[test]
fn a_falling_rate_closes_in_where_a_constant_one_wanders() {
    let far = |shown: &Shown, from: usize| {
        let part = &shown.distances(&ORIGIN)[from..from + 100];
        part.iter().sum::<f64>() / 100.0
    };
    let base = preset("noise_ball").scenario();
    // Not a stroke of luck of one seed.
    let mut strayed = [0.0; 2];
    for seed in [base.seed, 0, 1, 2, 3, 17] {
        let shown = Shown::all_of(&Scenario { seed, ..base.clone() });
        let [constant, falling] = &shown[..] else { panic!("two runs") };
        assert!(far(constant, 200) > 0.6, "{seed}: wanders, {}", far(constant, 200));
        assert!(far(constant, 200) > 0.6 * far(constant, 100), "{seed}: comes no closer");
        assert!(far(falling, 200) < far(constant, 200), "{seed}: closer");
        strayed[0] += far(constant, 200);
        strayed[1] += far(falling, 200);
    }
    assert!(strayed[1] < 0.4 * strayed[0], "{strayed:?}");
    // The preset's own seed shows it most plainly. The same errors: at the same rate the first step is the same.
    let [constant, falling] = Shown::side_by_side("noise_ball");
    assert!(far(&falling, 200) < 0.25 * far(&constant, 200));
    let [wandering, closing] = [&constant, &falling].map(|shown| shown.run.losses()[300]);
    assert!(closing < 0.05 * wandering, "at the last step too");
    assert_eq!(constant.run.point(1), falling.run.point(1));
    let rates = falling.run.learning_rates();
    assert!(ratios(rates).iter().all(|ratio| *ratio < 1.0));
    // A smaller constant rate strays less.
    let mut smaller = base.clone();
    smaller.runs.truncate(1);
    smaller.runs[0].learning_rate = 0.02;
    assert!(far(&Shown::of(&smaller), 200) < 0.6 * far(&constant, 200));
}

#[test]
fn clipping_walks_down_the_cliff_that_throws_the_other_run_out() {
    let [thrown, clipped] = Shown::side_by_side("clipped_cliff");
    let length = thrown.run.gradient_norm(0);
    assert!((length - 181.0).abs() < 0.5, "{length}");
    assert!(thrown.run.point(1)[0] < 0.0, "the first step leaps");
    assert_eq!((thrown.outcome(), thrown.verdict.step), ("diverges", 2));
    assert!(thrown.verdict.facts.left_all_bounds);
    let strides = clipped.strides();
    assert!(strides.iter().all(|stride| *stride <= 0.02 + 1e-12));
    assert_eq!(clipped.outcome(), "converges");
    // Its direction is the gradient's.
    let (gradient, from, to) =
        (clipped.run.gradient(0).unwrap(), clipped.run.point(0), clipped.run.point(1));
    let cosine = (0..2).map(|axis| (from[axis] - to[axis]) * gradient[axis]).sum::<f64>()
        / (strides[0] * length);
    assert!((cosine - 1.0).abs() < 1e-9, "{cosine}");
}

#[test]
fn the_rate_is_halved_when_the_loss_has_not_improved() {
    let [constant, reduced] = Shown::side_by_side("reduce_on_plateau");
    let minimum = [3.0, 2.0];
    let rates = reduced.run.learning_rates();
    assert!(rates[..13].iter().all(|rate| *rate == 0.03), "{rates:?}");
    assert!(rates[13..].iter().all(|rate| *rate == 0.015), "one reduction: {rates:?}");
    // Up to there the runs are one; of the last 9 losses none is the least.
    assert_eq!(constant.run.losses()[..=13], reduced.run.losses()[..=13]);
    let least = reduced.run.losses()[1..5].iter().copied().fold(f64::INFINITY, f64::min);
    assert!(reduced.run.losses()[5..=13].iter().all(|loss| *loss >= least * (1.0 - 1e-4)));
    let curvature = preset("reduce_on_plateau").scenario().build_loss().curvature(&minimum);
    let limit = curvature.and_then(|curvature| curvature.limit()).expect("a minimum");
    assert!((limit - 0.024).abs() < 0.000_5 && limit > 0.015, "{limit}");
    assert!(is_near(&reduced.end(), &minimum, 1e-6), "{:?}", reduced.end());
    let late = &constant.distances(&minimum)[60..];
    assert!(late.iter().all(|far| (0.3..1.5).contains(far)), "to and fro across it");
}

#[test]
fn constrained_runs_end_on_the_boundary_where_the_gradient_has_no_part_along_it() {
    let [free, circle, square] = Shown::side_by_side("constrained");
    assert!(is_near(&free.end(), &[1.0, 3.0], 1e-3));
    assert!(is_near(&circle.end(), &[1.19, 1.60], 5e-3), "{:?}", circle.end());
    assert!(is_near(&square.end(), &[1.8, 2.0], 1e-9), "{:?}", square.end());
    assert!((distance(&circle.end(), &ORIGIN) - 2.0).abs() < 1e-12);
    assert!(circle.distances(&ORIGIN)[1..].iter().all(|far| *far <= 2.0 + 1e-12));
    assert!((1..=100).all(|t| square.run.point(t).iter().all(|v| v.abs() <= 2.0)));
    let last = |shown: &Shown| shown.run.gradient(100).expect("it is kept").to_vec();
    let (of_circle, end, of_square) = (last(&circle), circle.end(), last(&square));
    assert!(distance(&of_circle, &ORIGIN) > 1.0 && distance(&of_square, &ORIGIN) > 1.0);
    let along = of_circle[1] * end[0] - of_circle[0] * end[1];
    assert!(along.abs() < 1e-6, "{along}");
    assert!(of_square[0].abs() < 1e-9 && of_square[1] < -1.0, "{of_square:?}");
}

#[test]
fn both_runs_stop_where_the_loss_is_small_enough() {
    let [fast, slow] = Shown::side_by_side("stop_rule");
    assert_eq!([fast.run.steps(), slow.run.steps()], [43, 200]);
    for shown in [&fast, &slow] {
        assert_eq!(shown.run.end(), End::StopRuleMet);
        let losses = shown.run.losses();
        let (last, before) = (losses[losses.len() - 1], losses[losses.len() - 2]);
        assert!(last <= 0.01 && before > 0.01, "{before} then {last}");
    }
    assert_eq!(preset("stop_rule").scenario().steps, 400);
}
