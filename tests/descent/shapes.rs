//! Regressions beyond a line and a boundary through the origin: two features, an intercept
//! for two classes, one feature and a class.

#![expect(clippy::float_cmp, reason = "what is exact in floating point is tested as exact")]

use descent_lab::descent::Trajectory;
use descent_lab::descent::data::mean;
use descent_lab::descent::loss::Loss;
use descent_lab::scenario::{Scaling, Scenario, decode};
use proptest::prelude::*;

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    scenario
}

fn run(link: &str) -> (Scenario, Box<dyn Loss>, Trajectory) {
    let scenario = scenario(link);
    let loss = scenario.build_loss();
    let trajectory = scenario.descend(&scenario.runs[0], loss.as_ref());
    (scenario, loss, trajectory)
}

fn minimum(link: &str) -> Option<Vec<f64>> {
    let scenario = scenario(link);
    (scenario.loss.rule.minima)(&scenario.setting()).pop()
}

fn norm(vector: &[f64]) -> f64 {
    vector.iter().map(|v| v * v).sum::<f64>().sqrt()
}

fn gradient(loss: &dyn Loss, theta: &[f64]) -> Vec<f64> {
    let mut gradient = vec![0.0; theta.len()];
    loss.value_and_gradient(theta, &mut gradient);
    gradient
}

fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        let is_near = (found - expected).abs() <= tolerance * expected.abs().max(1.0);
        assert!(is_near, "{found} is not {expected}");
    }
}

/// Size in square feet, number of rooms, price in dollars: 47 houses, the exercise
/// `ex1_multi` of Andrew Ng's course.
const HOUSES: &str = "2104,3,399900;1600,3,329900;2400,3,369000;1416,2,232000;3000,4,539900;\
    1985,4,299900;1534,3,314900;1427,3,198999;1380,3,212000;1494,3,242500;1940,4,239999;\
    2000,3,347000;1890,3,329999;4478,5,699900;1268,3,259900;2300,4,449900;1320,2,299900;\
    1236,3,199900;2609,4,499998;3031,4,599000;1767,3,252900;1888,2,255000;1604,3,242900;\
    1962,4,259900;3890,3,573900;1100,3,249900;1458,3,464500;2526,3,469000;2200,3,475000;\
    2637,3,299900;1839,2,349900;1000,1,169900;2040,4,314900;3137,3,579900;1811,4,285900;\
    1437,3,249900;1239,3,229900;2132,4,345000;4215,4,549000;2162,4,287000;1664,2,368500;\
    2238,3,329900;2567,4,314000;1200,3,299000;852,2,179900;1852,4,299900;1203,3,239500";

/// The published normal equations of the exercise, on raw and on scaled features. There the
/// deviation is that of a sample, √(m/(m − 1)) of the population's, so that the published
/// weights are those here by that factor.
#[test]
fn house_prices_by_size_and_rooms_are_the_published_ones() {
    let raw = format!("#loss=linear_regression,data=own,features=2&points={HOUSES}");
    let found = minimum(&raw).expect("least squares");
    assert_near(&found, &[139.210_674_02, -8_738.019_112_33, 89_597.909_542_8], 1e-10);
    let scaled = raw.replace("own,", "own,standardize=features,");
    let found = minimum(&scaled).expect("least squares");
    let as_a_sample = (47.0_f64 / 46.0).sqrt();
    let published = [110_631.05, -6_649.47, 340_412.66];
    let found = [found[0] * as_a_sample, found[1] * as_a_sample, found[2]];
    for (found, published) in found.iter().zip(published) {
        assert!((found - published).abs() < 0.005_001, "{found} is not {published}");
    }
    let prices = scenario(&scaled).samples().expect("samples");
    assert_near(&[found[2]], &[mean(prices.target())], 1e-14);
    // With the features scaled, and they alone, the intercept goes its own way.
    let (_, _, trajectory) = run(&format!("{scaled}&steps=400&run=sgd,lr=0.01"));
    let expected = (1.0 - libm::pow(0.99, 400.0)) * 340_412.659_574_468;
    assert_near(&trajectory.point(400)[2..], &[expected], 1e-12);
    // Everything scaled, there is no intercept left.
    let all = minimum(&raw.replace("own,", "own,standardize=1,")).expect("least squares");
    assert!(all[2].abs() < 1e-15, "{all:?}");
}

#[test]
fn an_intercept_tells_the_published_exam_apart() {
    let points = "points=1,2,0;2,1,0;2,3,0;6,5,1;7,8,1;8,6,1";
    let link = format!("#loss=logistic_regression,data=own,intercept=1&{points}");
    let (_, loss, trajectory) = run(&format!("{link}&steps=5000&run=sgd,lr=0.1"));
    assert!(loss.lacks_minimum(), "the longer the weights, the lower the loss");
    assert_eq!(minimum(&link), None);
    let theta = trajectory.point(trajectory.steps());
    let data = loss.data().expect("samples");
    for sample in 0..data.len() {
        let row = data.row(sample);
        assert_eq!(loss.predict(theta, &row[..2]) > 0.5, row[2] > 0.5, "{row:?}");
    }
    // Through the origin one of them is on the wrong side, and there is a minimum.
    let without = link.replace(",intercept=1", "");
    let (scenario, loss, _) = run(&without);
    assert!(!loss.lacks_minimum());
    let theta = minimum(&without).expect("a minimum");
    let lowest = loss.value(&theta);
    assert!((lowest - 0.499).abs() < 5e-4, "{lowest}");
    assert_eq!((scenario.loss.rule.lowest)(&scenario.setting()), lowest);
    assert!(loss.predict(&theta, &[2.0, 1.0]) > 0.5);
    // A penalty brings the weights back.
    let held = scenario_with(&link, "intercept=1", "intercept=1,l2=0.01");
    assert!(!held.build_loss().lacks_minimum());
    assert_eq!((held.loss.rule.minima)(&held.setting()).len(), 1);
}

fn scenario_with(link: &str, from: &str, to: &str) -> Scenario {
    scenario(&link.replace(from, to))
}

#[test]
fn where_one_feature_tells_classes_apart() {
    let apart = "#loss=logistic_regression,data=own,intercept=1&points=1,0;2,0;2.5,1;4,1";
    assert!(scenario(apart).build_loss().lacks_minimum());
    assert!(!scenario_with(apart, ",intercept=1", "").build_loss().lacks_minimum());
    let mixed = apart.replace("2.5,1", "1.5,1");
    let loss = scenario(&mixed).build_loss();
    assert!(!loss.lacks_minimum());
    let theta = minimum(&mixed).expect("a minimum");
    assert!(norm(&gradient(loss.as_ref(), &theta)) < 1e-15, "{theta:?}");
    // One class alone: no penalty of the weight holds the intercept.
    let one = scenario("#loss=logistic_regression,data=own,intercept=1,l2=1&points=1,1;2,1");
    assert!(one.build_loss().lacks_minimum());
    assert!((one.loss.rule.minima)(&one.setting()).is_empty());
}

#[test]
fn years_leave_every_digit_of_a_minimum() {
    // The condition number of the raw Hessian is beyond 10¹².
    let rows = |class: bool| -> String {
        let row = |year: u32| {
            let at = f64::from(year);
            let y = 0.018 * (at - 2000.0) + 0.1 * libm::sin(3.0 * at);
            let last = if class { f64::from(u8::from(y > 0.02 * libm::cos(at))) } else { y };
            format!("{year},{},{last}", 1e-3 * libm::sin(at))
        };
        (1980..2020).map(row).collect::<Vec<_>>().join(";")
    };
    let link = format!("#loss=linear_regression,data=own,features=2&points={}", rows(false));
    let loss = scenario(&link).build_loss();
    let theta = minimum(&link).expect("least squares");
    let curvature = loss.curvature(&theta).expect("three parameters");
    assert!(curvature.max / curvature.min > 1e12, "{curvature:?}");
    let data = loss.data().expect("samples");
    let sums = (0..data.len()).fold([0.0; 3], |sums, sample| {
        let row = data.row(sample);
        let residual = loss.predict(&theta, &row[..2]) - row[2];
        [sums[0] + residual * (row[0] - 2000.0), sums[1] + residual * row[1], sums[2] + residual]
    });
    assert!(sums[0].abs() < 1e-9 && sums[1].abs() < 1e-14 && sums[2].abs() < 1e-10, "{sums:?}");
    let link = format!("#loss=logistic_regression,data=own,intercept=1&points={}", rows(true));
    let loss = scenario(&link).build_loss();
    let theta = minimum(&link).expect("a minimum");
    let slope = gradient(loss.as_ref(), &theta);
    assert!(
        slope[0].abs() < 1e-10 && slope[1].abs() < 1e-15 && slope[2].abs() < 1e-13,
        "{slope:?}"
    );
}

#[test]
fn scaling_the_features_is_said_to_help() {
    let link = format!("#loss=linear_regression,data=own,features=2&points={HOUSES}");
    let of = |link: &str| {
        let scenario = scenario(link);
        Scaling::of(&scenario, scenario.build_loss().as_ref()).expect("a scaling")
    };
    let found = of(&link);
    assert!(!found.is_standardized);
    let [raw, scaled] = found.conditions;
    assert!(raw.number.expect("known") > 1e7, "{raw:?}");
    assert!((scaled.number.expect("known") - 3.545).abs() < 0.05, "{scaled:?}");
    let features = of(&link.replace("own,", "own,standardize=features,"));
    assert!(features.is_standardized);
    assert_eq!(features.conditions, found.conditions, "the unit of y does not matter");
    let exam = "#loss=logistic_regression,data=own,intercept=1&points=34,78,0;30,43,0;60,86,1;79,75,1;45,56,0;61,96,1;75,46,1;70,40,0;52,60,1;65,50,0";
    let [raw, scaled] = of(exam).conditions;
    assert!(scaled.number.expect("known") < 0.01 * raw.number.expect("known"));
}

#[test]
fn a_formula_names_what_there_is() {
    for (link, parts) in [
        ("#loss=logistic_regression", ["J(w)", "z = w₁x₁ + w₂x₂"]),
        ("#loss=logistic_regression,intercept=1", ["J(w, b)", "z = w₁x₁ + w₂x₂ + b"]),
        ("#loss=logistic_regression,data=own&points=1,0;2,1", ["J(w)", "z = w xᵢ"]),
        (
            "#loss=linear_regression,data=own,features=2&points=1,2,3;4,5,7",
            ["J(w, b)", "w₂xᵢ₂ + b − yᵢ"],
        ),
        (
            "#loss=linear_regression,data=own,features=2,intercept=0,l1=1&points=1,2,3;4,5,7",
            ["J(w)", "λ₁(|w₁| + |w₂|)"],
        ),
    ] {
        let scenario = scenario(link);
        let formula = (scenario.loss.rule.formula)(&scenario.setting());
        assert!(parts.iter().all(|part| formula.contains(part)), "{link}: {formula}");
    }
}

/// Rows of two features and a number, as a link writes them.
fn points(rows: &[[f64; 3]]) -> String {
    rows.iter().map(|[a, b, y]| format!("{a},{b},{y}")).collect::<Vec<_>>().join(";")
}

proptest! {
    #[test]
    fn nothing_near_least_squares_with_penalties_is_lower(
        rows in proptest::collection::vec([-9.0..9.0, -9.0..9.0, -9.0..9.0_f64], 4..20),
        (l1, l2) in (prop_oneof![Just(0.0), 0.0..60.0_f64], prop_oneof![Just(0.0), 0.0..9.0_f64]),
        (intercept, standardize) in (0_u8..2, proptest::sample::select(vec!["0", "1", "features"])),
        direction in proptest::array::uniform3(-1.0..1.0_f64),
        far in -6.0..1.0_f64,
    ) {
        let link = format!(
            "#loss=linear_regression,data=own,features=2,intercept={intercept},\
             standardize={standardize},l1={l1},l2={l2}&points={}",
            points(&rows)
        );
        let loss = scenario(&link).build_loss();
        let theta = minimum(&link).expect("four rows in general position");
        let lowest = loss.value(&theta);
        let step = libm::pow(10.0, far);
        for axis in 0..=theta.len() {
            for sign in [-1.0, 1.0] {
                let aside: Vec<f64> = theta
                    .iter()
                    .enumerate()
                    .map(|(at, w)| {
                        let along = if axis == theta.len() { direction[at] } else { f64::from(u8::from(at == axis)) };
                        w + sign * step * along
                    })
                    .collect();
                prop_assert!(loss.value(&aside) >= lowest - 1e-12 * lowest.abs().max(1e-3), "{link}");
            }
        }
    }

    #[test]
    fn a_minimum_of_two_classes_is_there_unless_they_are_separable(
        rows in proptest::collection::vec([-3_i32..4, -3..4, 0..2], 2..12),
        intercept in 0_u8..2,
    ) {
        let rows: Vec<[f64; 3]> = rows.iter().map(|row| row.map(f64::from)).collect();
        let link = format!(
            "#loss=logistic_regression,data=own,intercept={intercept}&points={}",
            points(&rows)
        );
        let (scenario, loss, trajectory) = run(&format!("{link}&steps=300&run=newton"));
        let lowest = (scenario.loss.rule.lowest)(&scenario.setting());
        let last = trajectory.losses()[trajectory.steps()];
        prop_assert!(lowest <= last + 1e-12, "{link}: {lowest} is above {last}");
        if let Some(theta) = minimum(&link) {
            prop_assert!(!loss.lacks_minimum());
            prop_assert!(norm(&gradient(loss.as_ref(), &theta)) < 1e-9, "{link}: {theta:?}");
        }
    }
}
