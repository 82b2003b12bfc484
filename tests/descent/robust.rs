//! Minima of regressions whose loss has kinks or Huber's bends, where they have no formula.

use descent_lab::descent::loss::{Loss, Minima};
use descent_lab::descent::{Outcome, Storage};
use descent_lab::scenario::{Scenario, decode};
use proptest::prelude::*;

use crate::cases::cases;

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    scenario
}

fn minimum(loss: &dyn Loss, link: &str) -> Vec<f64> {
    match loss.minima() {
        Minima::One(minimum) => minimum,
        other => panic!("{link}: {other:?}"),
    }
}

/// The directions that change a quadratic of the samples by equal amounts, as far as the
/// axes and sums of two of them say: the loss rises along each of them, whatever their length.
fn assert_lowest(loss: &dyn Loss, minimum: &[f64], link: &str) {
    let lowest = loss.value(minimum);
    let d = minimum.len();
    // What the last bits of the parameters make of the loss.
    let rounding: f64 = (0..d)
        .map(|at| {
            let mut beside = minimum.to_vec();
            beside[at] *= 1.0 + 4e-15;
            (loss.value(&beside) - lowest).abs()
        })
        .sum();
    for one in 0..d {
        for other in 0..d {
            for sign in [-1.0, 1.0] {
                for exponent in -9..=1 {
                    let length = libm::pow(10.0, f64::from(exponent));
                    let mut beside = minimum.to_vec();
                    let unit = |at: usize| minimum[at].abs().max(1e-3);
                    beside[one] += length * unit(one);
                    beside[other] += 0.7 * sign * length * unit(other);
                    let value = loss.value(&beside);
                    assert!(
                        lowest <= value + 1e-11 * lowest.abs() + rounding,
                        "{link}: {lowest} at {minimum:?}, {value} at {beside:?}"
                    );
                }
            }
        }
    }
}

const POINTS: [[f64; 2]; 7] =
    [[0.0, 1.0], [1.0, 3.0], [2.0, 2.0], [3.0, 5.0], [4.0, 4.5], [5.0, 12.0], [6.0, 7.0]];

/// θ with `rows`·θ = `y`, by Gauss's elimination.
fn solved(mut rows: Vec<Vec<f64>>, mut y: Vec<f64>) -> Option<Vec<f64>> {
    let n = y.len();
    for k in 0..n {
        let pivot = (k..n).max_by(|a, b| rows[*a][k].abs().total_cmp(&rows[*b][k].abs()))?;
        rows.swap(k, pivot);
        y.swap(k, pivot);
        if rows[k][k].abs() < 1e-12 {
            return None;
        }
        for row in k + 1..n {
            let share = rows[row][k] / rows[k][k];
            let above = rows[k].clone();
            rows[row].iter_mut().zip(above).for_each(|(entry, above)| *entry -= share * above);
            y[row] -= share * y[k];
        }
    }
    for k in (0..n).rev() {
        let known: f64 = (k + 1..n).map(|at| rows[k][at] * y[at]).sum();
        y[k] = (y[k] - known) / rows[k][k];
    }
    Some(y)
}

/// A curve of least absolute error goes through as many samples as it has parameters: the
/// best of all such curves is the minimum.
#[test]
fn the_curve_of_least_absolute_error_is_the_best_through_as_many_samples_as_parameters() {
    let points: Vec<String> = POINTS.iter().map(|[x, y]| format!("{x},{y}")).collect();
    for degree in 1..=3_usize {
        let link = format!(
            "#v=1&loss=polynomial_regression,data=own,degree={degree},error=absolute,\
             standardize=0,held_out=0&points={}",
            points.join(";")
        );
        let loss = scenario(&link).build_loss();
        let d = degree + 1;
        let mut best = f64::INFINITY;
        for chosen in 0..1_u32 << POINTS.len() {
            if chosen.count_ones() as usize != d {
                continue;
            }
            let chosen = POINTS.iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
            let (mut rows, mut y) = (Vec::new(), Vec::new());
            for (_, [x, of_x]) in chosen {
                let powers = core::iter::successors(Some(1.0), |power| Some(power * x));
                rows.push(powers.take(d).collect());
                y.push(*of_x);
            }
            if let Some(theta) = solved(rows, y) {
                best = best.min(loss.value(&theta));
            }
        }
        let found = loss.value(&minimum(loss.as_ref(), &link));
        assert!((found - best).abs() <= 1e-12 * best, "{link}: {found}, the best has {best}");
    }
}

/// With an even number of samples any number between the middle two is a median.
#[test]
fn a_penalty_that_is_large_leaves_the_median() {
    let link = "#v=1&loss=polynomial_regression,data=own,degree=2,error=absolute,l1=100,\
                standardize=0,held_out=0&points=0,1;1,3;2,2;3,5;4,9;5,11";
    let loss = scenario(link).build_loss();
    let theta = minimum(loss.as_ref(), link);
    assert_eq!(theta[1..], [0.0; 2]);
    assert!((3.0..=5.0).contains(&theta[0]), "{theta:?}");
}

#[test]
fn samples_on_a_curve_are_met_exactly() {
    for error in ["absolute", "huber"] {
        let link = format!(
            "#v=1&loss=polynomial_regression,data=own,degree=2,error={error},standardize=0,\
             held_out=0&points=0,1;1,2;2,5;3,10;4,17;5,26"
        );
        let loss = scenario(&link).build_loss();
        let theta = minimum(loss.as_ref(), &link);
        let expected = [1.0, 0.0, 1.0];
        let off = theta.iter().zip(expected).map(|(w, e)| (w - e).abs()).fold(0.0, f64::max);
        assert!(off < 1e-12, "{link}: {theta:?}");
    }
}

/// Runs that end within 1 % of the way arrive; those that do not say how far is left.
#[test]
fn runs_are_measured_by_their_way_to_the_minimum() {
    let link = "#v=1&loss=polynomial_regression,degree=3,error=huber&steps=3000&run=sgd,lr=0.03";
    let scenario = scenario(link);
    let loss = scenario.build_loss();
    let run = &scenario.runs[0];
    let theta = minimum(loss.as_ref(), link);
    let trajectory = scenario.descend_in(Storage::default(), run, loss.as_ref());
    let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
    assert!(
        matches!(verdict.outcome, Outcome::Converges | Outcome::Oscillates),
        "{:?}",
        verdict.outcome
    );
    let distance = |point: &[f64]| {
        point.iter().zip(&theta).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
    };
    let settles = verdict.settles.expect("it arrives");
    let way = distance(trajectory.point(0));
    assert!(distance(trajectory.point(settles)) <= 0.01 * way);
    assert!(distance(trajectory.point(settles - 1)) > 0.01 * way);
}

fn curves() -> impl Strategy<Value = String> {
    let numbers = (1..=9_usize, 0..2_usize, 0..2_usize, 0..4_usize, 0..3_usize, 0..2_usize);
    let penalties = (prop_oneof![Just(0.0), 1e-4..10.0], prop_oneof![Just(0.0), 1e-4..10.0]);
    (numbers, penalties, 5..80_usize, 0..1000_u32).prop_map(
        |((degree, basis, error, reduction, outliers, standardize), (l1, l2), count, seed)| {
            let basis = ["powers", "chebyshev"][basis];
            let error = ["absolute", "huber"][error];
            let reduction = ["half_mean", "mean", "half_sum", "sum"][reduction];
            let outliers = outliers.min(count / 4);
            format!(
                "#v=1&loss=polynomial_regression,data=wave,degree={degree},basis={basis},\
                 error={error},reduction={reduction},l1={l1},l2={l2},standardize={standardize},\
                 count={count},outliers={outliers},sample_seed={seed}"
            )
        },
    )
}

fn planes() -> impl Strategy<Value = String> {
    let samples = prop::collection::vec([-20..20_i32, -20..20_i32, -90..90_i32], 3..40);
    let penalties = (prop_oneof![Just(0.0), 1e-4..10.0], prop_oneof![Just(0.0), 1e-4..10.0]);
    (samples, penalties, 0..2_usize, 0..2_usize, 0..3_usize).prop_map(
        |(samples, (l1, l2), error, intercept, standardize)| {
            let error = ["absolute", "huber"][error];
            let standardize = ["0", "1", "features"][standardize];
            let rows: Vec<String> =
                samples.iter().map(|[a, b, y]| format!("{a},{b},{y}")).collect();
            format!(
                "#v=1&loss=linear_regression,data=own,features=2,error={error},\
                 intercept={intercept},standardize={standardize},l1={l1},l2={l2}&points={}",
                rows.join(";")
            )
        },
    )
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn no_plane_beside_the_minimum_is_better(link in planes()) {
        let (scenario, _) = decode(&link);
        let loss = scenario.build_loss();
        if let Minima::One(minimum) = loss.minima() {
            assert_lowest(loss.as_ref(), &minimum, &link);
        }
    }

    #[test]
    fn no_curve_beside_the_minimum_is_better(link in curves()) {
        let (scenario, _) = decode(&link);
        let loss = scenario.build_loss();
        if let Minima::One(minimum) = loss.minima() {
            assert_lowest(loss.as_ref(), &minimum, &link);
        }
    }
}
