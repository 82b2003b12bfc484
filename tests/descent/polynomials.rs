//! Curves through points: many parameters, samples held out, and what becomes of runs.

#![expect(clippy::float_cmp, reason = "what is exact in floating point is tested as exact")]

use descent_lab::descent::loss::Loss;
use descent_lab::descent::{End, HeldOut, Outcome, Plane, Trajectory, Verdict};
use descent_lab::scenario::{Directions, Scenario, Slice, SliceMaking, decode};
use proptest::prelude::*;

use crate::cases::cases;

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    scenario
}

fn run(link: &str) -> (Scenario, Box<dyn Loss>, Trajectory, Verdict) {
    let scenario = scenario(link);
    let loss = scenario.build_loss();
    let trajectory = scenario.descend(&scenario.runs[0], loss.as_ref());
    let verdict = scenario.judge(&scenario.runs[0], loss.as_ref(), &trajectory);
    (scenario, loss, trajectory, verdict)
}

/// The mean of squares over the samples with these numbers, plainly.
#[expect(clippy::cast_precision_loss, reason = "a few hundred")]
fn plain(loss: &dyn Loss, theta: &[f64], samples: &[usize]) -> f64 {
    let data = loss.data().expect("it learns from samples");
    let squares = samples.iter().map(|sample| {
        let row = data.row(*sample);
        let residual = loss.predict(theta, &row[..1]) - row[1];
        residual * residual
    });
    squares.sum::<f64>() / samples.len() as f64
}

#[test]
fn samples_are_learnt_from_or_held_out_and_each_seed_holds_out_others() {
    let held_out = |link: &str| {
        let loss = scenario(link).build_loss();
        let trained = loss.trained().expect("some are held out").to_vec();
        assert!(trained.is_sorted(), "as they stand in the data");
        let all = loss.data().expect("samples").len();
        assert_eq!(loss.samples(), Some(trained.len()));
        (0..all).filter(|sample| !trained.contains(sample)).collect::<Vec<usize>>()
    };
    let base = "#loss=polynomial_regression,data=penguins";
    assert_eq!(held_out(base).len(), 103, "three tenths of 342");
    assert_eq!(held_out(&format!("{base},held_out=0.5")).len(), 171);
    assert!(held_out(&format!("{base},held_out=0")).is_empty());
    assert_ne!(held_out(base), held_out(&format!("{base},split=1")));
    // A larger share takes more, and leaves none of those that were out.
    let more = held_out(&format!("{base},held_out=0.4"));
    assert!(held_out(base).iter().all(|sample| more.contains(sample)));
}

#[test]
fn the_loss_is_about_the_one_part_and_the_held_out_loss_about_the_other() {
    for basis in ["powers", "chebyshev"] {
        let link = format!("#loss=polynomial_regression,degree=5,reduction=mean,basis={basis}");
        let loss = scenario(&link).build_loss();
        let trained = loss.trained().expect("a part").to_vec();
        let rest: Vec<usize> = (0..30).filter(|sample| !trained.contains(sample)).collect();
        for theta in [[0.0; 6], [0.3, -1.0, 0.2, 0.5, -0.1, 0.05]] {
            let found = [Some(loss.value(&theta)), loss.held_out_loss(&theta)];
            let expected = [&trained, &rest].map(|part| plain(loss.as_ref(), &theta, part));
            for (found, expected) in found.into_iter().zip(expected) {
                let found = found.expect("both parts have samples");
                assert!((found - expected).abs() < 1e-13 * expected, "{found} is not {expected}");
            }
        }
    }
    let none = scenario("#loss=polynomial_regression,held_out=0").build_loss();
    assert_eq!(none.held_out_loss(&[0.0; 4]), None);
    // Summed errors of nine samples count as those of the twenty-one.
    let mean = scenario("#loss=polynomial_regression,reduction=mean").build_loss();
    let sum = scenario("#loss=polynomial_regression,reduction=sum").build_loss();
    let [mean, sum] = [mean, sum].map(|loss| loss.held_out_loss(&[0.5; 4]).expect("held out"));
    assert!((sum / mean - 21.0).abs() < 1e-12, "{sum} and {mean}");
}

/// What is held out has no part in how the columns are scaled: otherwise it would leak
/// into the training.
#[test]
fn columns_are_scaled_by_what_is_learnt_from() {
    let loss = scenario("#loss=polynomial_regression,data=penguins").build_loss();
    let (data, trained) = (loss.data().expect("samples"), loss.trained().expect("a part"));
    for place in 0..2 {
        let column = data.column(place);
        let learnt: Vec<f64> = trained.iter().map(|sample| column[*sample]).collect();
        #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
        let count = learnt.len() as f64;
        assert!((learnt.iter().sum::<f64>() / count).abs() < 1e-13);
        assert!((learnt.iter().map(|v| v * v).sum::<f64>() / count - 1.0).abs() < 1e-13);
    }
}

#[test]
fn chebyshevs_basis_is_far_better_conditioned() {
    let condition = |basis: &str| {
        let link = format!("#loss=polynomial_regression,degree=10,basis={basis}");
        let curvature = scenario(&link).build_loss().curvature(&[0.0; 11]).expect("eleven");
        curvature.max / curvature.min
    };
    assert!(condition("powers") > 1e4 * condition("chebyshev"));
}

#[test]
fn plain_descent_has_its_borders_with_many_parameters_too() {
    let base = "#loss=polynomial_regression,degree=4,basis=chebyshev&steps=4000&run=sgd,lr=";
    let curvature = scenario(base.trim_end_matches("&run=sgd,lr=")).build_loss();
    let curvature = curvature.curvature(&[0.0; 5]).expect("five parameters");
    let outcome = |share: f64| {
        let (.., trajectory, verdict) = run(&format!("{base}{}", share / curvature.max));
        assert_eq!(verdict.facts.limit, Some(2.0));
        assert!((verdict.facts.product_at_start - share).abs() < 1e-9);
        assert_eq!(verdict.facts.steepest, None);
        (verdict.outcome, trajectory.end())
    };
    assert_eq!(outcome(1e-4).0, Outcome::Crawls);
    assert_eq!(outcome(0.9), (Outcome::Converges, End::StepsDone));
    assert_eq!(outcome(2.01), (Outcome::Diverges, End::Diverged));
    // The swings shrink by 0.999 a step: they die down, but not in these steps.
    assert_eq!(outcome(1.9995).0, Outcome::Oscillates);
}

#[test]
fn a_run_that_stays_where_it_starts_stalls_unless_it_is_the_minimum() {
    let (.., verdict) =
        run("#loss=polynomial_regression,error=absolute&start=1,1,1,1&steps=50&run=sgd,lr=1e-300");
    assert_eq!(verdict.outcome, Outcome::Stalls);
    let (scenario, ..) = run("#loss=polynomial_regression&run=sgd,lr=0.01");
    let minimum = (scenario.loss.rule.minima)(&scenario.setting()).remove(0);
    let mut there = scenario;
    there.start = minimum;
    let loss = there.build_loss();
    let trajectory = there.descend(&there.runs[0], loss.as_ref());
    let verdict = there.judge(&there.runs[0], loss.as_ref(), &trajectory);
    assert_eq!((verdict.outcome, verdict.step), (Outcome::Converges, 0));
}

#[test]
fn baselines_find_the_bottom_of_many_parameters() {
    let rules = ["newton", "lbfgs", "barzilai_borwein,lr=0.01", "line_search,lr=1"];
    for (place, rule) in rules.into_iter().enumerate() {
        let link = format!("#loss=polynomial_regression,degree=4&steps=400&run={rule}");
        let (scenario, loss, trajectory, verdict) = run(&link);
        let minimum = (scenario.loss.rule.minima)(&scenario.setting()).remove(0);
        let left = trajectory.losses()[trajectory.steps()] - loss.value(&minimum);
        assert!((0.0..1e-3).contains(&(left + 1e-15)), "{rule}: {left}");
        // Steepest descent goes from wall to wall in a narrow valley, however far it goes.
        assert!(place == 3 || verdict.settles_in_minimum(), "{rule}: {verdict:?}");
    }
    let (.., newton, _) =
        run("#loss=polynomial_regression,degree=9,basis=chebyshev&steps=2&run=newton");
    assert!(newton.gradient_norm(1) < 1e-9, "a parabola in one step");
}

/// How many steps are left is read off each eigenvector's own pace.
#[test]
fn the_steps_to_go_are_told() {
    let link = "#loss=polynomial_regression,degree=3,basis=chebyshev&run=sgd,lr=0.3&steps=";
    let (.., long) = run(&format!("{link}5000"));
    assert_eq!(long.outcome, Outcome::Converges);
    let early = 3 * long.step / 4;
    let (.., short) = run(&format!("{link}{early}"));
    assert_eq!(short.outcome, Outcome::Crawls);
    let left = short.facts.steps_left.expect("it is on its way");
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let expected = (long.step - early) as f64;
    assert!((left - expected).abs() <= 0.02 * expected + 1.0, "{left}, not {expected}");
}

#[test]
fn the_sharpness_of_many_parameters_is_that_of_their_hessian() {
    for rule in ["sgd,lr=0.01", "adam,lr=0.01"] {
        let (scenario, loss, trajectory, _) =
            run(&format!("#loss=polynomial_regression,degree=6&steps=20&run={rule}"));
        let found = scenario.sharpness(&scenario.runs[0], loss.as_ref(), &trajectory);
        let found = found.expect("few enough parameters");
        let largest = loss.curvature(&scenario.start).expect("few").max;
        assert!(found.largest.iter().all(|here| *here == largest), "the same everywhere");
        assert!(found.products.iter().all(|product| product.is_finite() && *product > 0.0));
    }
}

#[test]
fn a_curve_that_learns_its_points_by_heart_overfits_and_remedies_help() {
    let held_out = |knobs: &str, rule: &str| {
        let link = format!(
            "#loss=polynomial_regression,count=20,data_seed=1,{knobs}&steps=3000&run={rule}"
        );
        let (_, loss, trajectory, _) = run(&link);
        HeldOut::along(loss.as_ref(), &trajectory).expect("some are held out")
    };
    let far = held_out("degree=12,basis=chebyshev", "adam,lr=0.05");
    assert!(far.overfits && far.last > 1.5 * far.least, "{far:?}");
    assert!(0 < far.step && far.step < 3000);
    for remedy in ["degree=3,basis=chebyshev", "degree=12,basis=chebyshev,l2=0.1"] {
        let tamed = held_out(remedy, "adam,lr=0.05");
        assert!(tamed.last < 0.7 * far.last, "{remedy}: {tamed:?} after {far:?}");
    }
    let (_, loss, trajectory, _) = run("#loss=polynomial_regression&run=sgd,lr=10");
    assert_eq!(trajectory.end(), End::Diverged);
    assert_eq!(HeldOut::along(loss.as_ref(), &trajectory), None, "nothing to compare");
}

proptest! {
    #![proptest_config(cases(60))]

    /// Runs of any rate have a plane through their lowest point or their end, whose
    /// numbers are all finite.
    #[test]
    fn every_run_has_a_plane(rate in -6.0..3.0, degree in 2..13_usize, pair in (0..13_usize, 1..12_usize)) {
        let rate = libm::pow(10.0, rate);
        let link = format!("#loss=polynomial_regression,degree={degree}&steps=60&run=sgd,lr={rate}");
        let (scenario, loss, trajectory, _) = run(&link);
        let n = degree + 1;
        let [right, up] = [pair.0 % n, (pair.0 + 1 + pair.1 % (n - 1)) % n];
        let of = |directions| Slice::of(directions, &trajectory, loss.as_ref());
        let two = Directions::Parameters([right, up]);
        for directions in [Directions::Principal, two, Directions::Ends, Directions::Random(7)] {
            let Slice { plane, anchor, last, share, way } = of(directions);
            prop_assert!(anchor <= last && last <= trajectory.steps());
            prop_assert!(share.is_none_or(|share| (0.0..=1.0).contains(&share)));
            prop_assert!(plane.distance(trajectory.point(anchor)) <= 1e-12 * (1.0 + rate));
            prop_assert_eq!(way.len(), last + 1);
            for (t, known) in way.iter().enumerate() {
                let at = plane.coordinates(trajectory.point(t));
                prop_assert!(at.iter().all(|v| v.is_finite()), "{at:?}");
                prop_assert_eq!(*known, (t, at));
            }
        }
        let directions = [Directions::Principal, Directions::Ends, Directions::Random(3)];
        for directions in directions {
            let mut making = SliceMaking::begin(directions, &trajectory, loss.as_ref());
            let cut = loop {
                if let Some(slice) = making.advance(&trajectory, &mut || true) {
                    break slice;
                }
            };
            prop_assert_eq!(cut, of(directions));
        }
        let principal = of(Directions::Principal);
        prop_assert_eq!(scenario.slice(&trajectory, loss.as_ref()), Some(principal));
    }
}

#[test]
fn the_principal_plane_holds_more_of_the_path_than_any_two_parameters() {
    let link = "#loss=polynomial_regression,degree=4&steps=400&run=sgd,lr=0.02";
    let (_, loss, trajectory, _) = run(link);
    let of = |directions| Slice::of(directions, &trajectory, loss.as_ref());
    let share = |directions| of(directions).share.expect("it moves");
    let principal = share(Directions::Principal);
    assert!(principal > 0.9, "{principal}");
    for (right, up) in (0..5).flat_map(|a| (0..a).map(move |b| (a, b))) {
        let of_two = share(Directions::Parameters([right, up]));
        assert!(of_two < principal, "w{right}, w{up}: {of_two}");
    }
    let end = trajectory.point(400);
    let plane = of(Directions::Parameters([3, 1])).plane;
    assert_eq!(plane, Plane::of_parameters(end, [3, 1]));
    assert_eq!(plane.coordinates(end), [end[3], end[1]], "the parameters themselves");
}

#[test]
fn a_link_names_the_plane() {
    let named = |link: &str| scenario(link).page.plane;
    let base = "#v=1&loss=polynomial_regression,degree=4";
    assert_eq!(named(base), Directions::Principal);
    assert_eq!(named(&format!("{base}&plane=pca")), Directions::Principal);
    assert_eq!(named(&format!("{base}&plane=4,0")), Directions::Parameters([4, 0]));
    assert_eq!(named(&format!("{base}&plane=ends")), Directions::Ends);
    assert_eq!(named(&format!("{base}&plane=random")), Directions::Random(0));
    assert_eq!(named(&format!("{base}&plane=random,{}", u64::MAX)), Directions::Random(u64::MAX));
    // It goes with the parameters it names.
    let mut with = scenario(&format!("{base}&plane=4,0"));
    with.replace_loss(scenario("#loss=polynomial_regression,degree=4,l2=1").loss);
    assert_eq!(with.page.plane, Directions::Parameters([4, 0]));
    with.replace_loss(scenario("#loss=polynomial_regression,degree=2").loss);
    assert_eq!(with.page.plane, Directions::Principal);
}
