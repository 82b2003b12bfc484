//! Damped Newton where the loss is badly conditioned, and where it has too many parameters
//! for its Hessian.

use descent_lab::descent::Trajectory;
use descent_lab::descent::loss::{Loss, Whole};
use descent_lab::scenario::{PythonFlavour, Scenario, decode, python_script};
use descent_lab::text;
use proptest::prelude::*;

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    scenario
}

fn run(scenario: &Scenario, loss: &dyn Loss) -> Trajectory {
    scenario.descend(&scenario.runs[0], loss)
}

/// Temperature anomalies by year: κ = 1.1·10¹¹.
const YEARS: [f64; 41] = [
    -0.5, -0.38, -0.26, -0.4, -0.28, -0.41, -0.29, -0.17, -0.31, -0.19, -0.32, -0.2, -0.08, -0.22,
    -0.1, -0.23, -0.11, 0.01, -0.13, -0.01, -0.14, -0.02, 0.1, -0.04, 0.08, -0.05, 0.07, 0.19,
    0.05, 0.17, 0.04, 0.16, 0.28, 0.14, 0.26, 0.13, 0.25, 0.37, 0.23, 0.35, 0.22,
];

/// Prices of cars by mileage: κ = 7.7·10¹⁰.
const CARS: &str = "238000,3700;141500,3850;184000,4450;178000,4650;176300,4700;115000,4850;\
    167000,4900;76500,5300;144000,5300;84000,5450;63500,5600;74500,5800;66000,6000;54000,6350;\
    48500,6900;21500,8000";

fn years() -> String {
    let rows = (1980..).zip(YEARS).map(|(year, anomaly)| format!("{year},{anomaly}"));
    rows.collect::<Vec<_>>().join(";")
}

/// w and b of least squares, by deviations from the means.
#[expect(clippy::cast_precision_loss, reason = "some dozens")]
fn least_squares(points: &[(f64, f64)]) -> [f64; 2] {
    let count = points.len() as f64;
    let [x, y] = points.iter().fold([0.0; 2], |[x, y], point| [x + point.0, y + point.1]);
    let [x, y] = [x / count, y / count];
    let products = points.iter().fold([0.0; 2], |[xx, xy], point| {
        [xx + (point.0 - x) * (point.0 - x), xy + (point.0 - x) * (point.1 - y)]
    });
    let w = products[1] / products[0];
    [w, y - w * x]
}

fn points(text: &str) -> Vec<(f64, f64)> {
    let number = |text: &str| text.trim().parse().expect("a number");
    let pair = |row: &str| row.split_once(',').map(|(x, y)| (number(x), number(y)));
    text.split(';').map(|row| pair(row).expect("two numbers")).collect()
}

/// How far the first step ends from least squares, as a share of it.
fn error_of_one_step(rows: &str, start: [f64; 2], reduction: &str) -> f64 {
    let loss = format!("linear_regression,data=own,reduction={reduction}");
    let [w, b] = start;
    let scenario = scenario(&format!("loss={loss}&points={rows}&start={w},{b}&steps=1&run=newton"));
    let trajectory = run(&scenario, scenario.build_loss().as_ref());
    assert_eq!(trajectory.learning_rates()[0], 1.0, "the whole step");
    let best = least_squares(&points(rows));
    let errors = trajectory
        .point(1)
        .iter()
        .zip(best)
        .map(|(found, best)| (found - best).abs() / best.abs().max(1e-9));
    errors.fold(0.0, f64::max)
}

#[test]
fn least_squares_takes_one_step_at_any_condition_number() {
    for (rows, best) in [(years(), [0.017_986, -36.0146]), (CARS.to_owned(), [-0.015_367, 7122.3])]
    {
        let found = least_squares(&points(&rows));
        assert!(found.iter().zip(best).all(|(a, b)| (a / b - 1.0).abs() < 1e-4), "{found:?}");
        for reduction in ["half_mean", "mean", "half_sum", "sum"] {
            for start in [[0.0, 0.0], [1.0, -3.0], [-0.5, 4000.0]] {
                let error = error_of_one_step(&rows, start, reduction);
                assert!(error < 1e-6, "{best:?} from {start:?}: {error}");
            }
        }
    }
}

/// The same run stands there from the first step on, in the page's words as in its numbers.
#[test]
fn what_one_step_has_reached_is_the_minimum() {
    let scenario = scenario(&format!(
        "loss=linear_regression,data=own&points={}&steps=200&run=newton",
        years()
    ));
    let loss = scenario.build_loss();
    let trajectory = run(&scenario, loss.as_ref());
    let lowest = (scenario.loss.rule.lowest)(&scenario.setting());
    for t in 1..=trajectory.steps() {
        let above = trajectory.losses()[t] / lowest - 1.0;
        assert!(above < 1e-9, "step {t}: {above}");
    }
}

proptest! {
    /// Columns in any unit, far from 0 beside their own width.
    #[test]
    fn units_and_origins_do_not_matter(
        noise in proptest::collection::vec((-1.0..1.0, -1.0..1.0), 4..20),
        (scale, shift, height) in (-3.0..5.0, 0.0..3.5, -3.0..1.0),
        slope in -5.0..5.0,
    ) {
        let unit = libm::pow(10.0, scale);
        let far = unit * libm::pow(10.0, shift);
        let height = libm::pow(10.0, height);
        let rows: Vec<String> = noise
            .iter()
            .enumerate()
            .map(|(at, (x, y))| {
                let x = x + 0.5 * [-1.0, 1.0][at % 2];
                format!("{},{}", far + unit * x, height * (slope * x + y + 7.0))
            })
            .collect();
        let rows = rows.join(";");
        let best = least_squares(&points(&rows));
        let loss = "linear_regression,data=own";
        let scenario = scenario(&format!("loss={loss}&points={rows}&start=0,0&steps=3&run=newton"));
        let built = scenario.build_loss();
        let trajectory = run(&scenario, built.as_ref());
        let lowest = built.value(&best);
        // What rounding leaves of a gradient is a share of the loss it came from.
        let rest = 1e-9 * lowest + 1e-13 * trajectory.losses()[0] * libm::pow(10.0, shift);
        prop_assert!(trajectory.losses()[1] - lowest <= rest, "{:?}", trajectory.losses());
    }
}

#[test]
fn beyond_its_hessian_newton_is_descent_by_line_search_and_says_so() {
    for net in ["", ",width=15,depth=2", ",depth=8,width=32", ",data=wave,width=11"] {
        let link = |run: &str| format!("loss=network{net}&steps=12&run={run}");
        let newton = scenario(&link("newton"));
        let loss = newton.build_loss();
        assert!(loss.dimension() > 32, "{net}");
        assert!(newton.does_without_hessian(&newton.runs[0], loss.as_ref()), "{net}");
        let search = scenario(&link("line_search,lr=1"));
        assert!(!search.does_without_hessian(&search.runs[0], loss.as_ref()));
        let [found, expected] = [&newton, &search].map(|scenario| run(scenario, loss.as_ref()));
        assert_eq!(found.losses(), expected.losses(), "{net}");
        for flavour in PythonFlavour::ALL {
            let script = python_script(&newton, &newton.runs[0], flavour);
            assert!(script.contains("too many parameters: the step is along -g"), "{script}");
        }
    }
    for language in
        [descent_lab::descent::Language::English, descent_lab::descent::Language::Chinese]
    {
        assert!(text::of(language).without_hessian.contains("−∇J"));
    }
}

#[test]
fn below_that_it_is_newton_and_of_no_other_rule_or_loss_is_it_said() {
    for net in [
        "width=2,depth=2",
        "data=wave,depth=3,width=3",
        "data=line,depth=1,standardize=0",
        "data=wave,depth=2,width=10",
    ] {
        let of = |run: &str| scenario(&format!("loss=network,{net}&steps=12&run={run}"));
        let (newton, search) = (of("newton"), of("line_search,lr=1"));
        let loss = newton.build_loss();
        let of = format!("{net}: {}", loss.dimension());
        assert!(loss.has_hessian() && Whole(loss.as_ref()).has_hessian(), "{of}");
        assert!(!newton.does_without_hessian(&newton.runs[0], loss.as_ref()), "{net}");
        let [newton, search] = [&newton, &search].map(|scenario| run(scenario, loss.as_ref()));
        assert_ne!(newton.losses(), search.losses(), "{net}");
        assert!(newton.losses()[12] < search.losses()[12], "{net}");
    }
    for (loss, rule) in descent_lab::descent::loss::LOSSES.iter().flat_map(|loss| {
        descent_lab::descent::optimizer::OPTIMIZERS.iter().map(move |rule| (loss, rule))
    }) {
        let scenario = scenario(&format!("loss={}&run={}", loss.key, rule.key));
        let is_said =
            scenario.does_without_hessian(&scenario.runs[0], scenario.build_loss().as_ref());
        assert_eq!(is_said, loss.key == "network" && rule.key == "newton");
    }
}
