//! Trajectories that PyTorch computed, reproduced from their links.

use std::collections::BTreeSet;

use descent_lab::descent::Trajectory;
use descent_lab::descent::clip::CLIPS;
use descent_lab::descent::constraint::CONSTRAINTS;
use descent_lab::descent::loss::LOSSES;
use descent_lab::descent::optimizer::{OPTIMIZERS, OptimizerRule, RateRole};
use descent_lab::descent::schedule::SCHEDULES;
use descent_lab::scenario::{Scenario, decode};
use serde_json::Value;

/// In size 1 and below this much, beyond it this share.
const TOLERANCE: f64 = 1e-9;

/// Every trajectory that has to be reproduced, so that none drops out unseen.
const REPRODUCED: [&str; 74] = [
    "quadratic-kappa20-angle30-sgd-lr0.01",
    "rosenbrock-sgd-lr0.0005",
    "quadratic-kappa20-angle30-momentum-lr0.01",
    "rosenbrock-momentum-lr0.0005",
    "quadratic-kappa20-angle30-nesterov-lr0.01",
    "rosenbrock-nesterov-lr0.0005",
    "quadratic-kappa20-angle30-adagrad-lr0.3",
    "rosenbrock-adagrad-lr0.3",
    "quadratic-kappa20-angle30-adadelta-lr1",
    "rosenbrock-adadelta-lr1",
    "quadratic-kappa20-angle30-rmsprop-lr0.02",
    "rosenbrock-rmsprop-lr0.02",
    "quadratic-kappa20-angle30-adam-lr0.1",
    "rosenbrock-adam-lr0.1",
    "quadratic-kappa20-angle30-amsgrad-lr0.1",
    "rosenbrock-amsgrad-lr0.1",
    "quadratic-kappa20-angle30-adamax-lr0.1",
    "rosenbrock-adamax-lr0.1",
    "quadratic-kappa20-angle30-nadam-lr0.05",
    "rosenbrock-nadam-lr0.05",
    "quadratic-kappa20-angle30-radam-lr0.1",
    "rosenbrock-radam-lr0.002",
    "quadratic-kappa20-angle30-adamw-lr0.1-weight_decay0.05",
    "rosenbrock-adamw-lr0.1-weight_decay0.05",
    "quadratic-kappa20-angle30-lion-lr0.02",
    "rosenbrock-lion-lr0.02",
    "himmelblau-sgd-lr0.01",
    "beale-sgd-lr0.01",
    "booth-sgd-lr0.05",
    "matyas-sgd-lr0.5",
    "three_hump_camel-sgd-lr0.05",
    "six_hump_camel-sgd-lr0.02",
    "styblinski_tang-sgd-lr0.02",
    "ackley-sgd-lr0.02",
    "rastrigin-sgd-lr0.002",
    "saddle-sgd-lr0.1",
    "gaussian_well-sgd-lr0.3",
    "deep_chain-sgd-lr0.1",
    "parabola-a1-sgd-lr0.01",
    "quadratic-kappa20-angle0-sgd-lr0.08-schedulestep-step_size30-gamma0.5",
    "quadratic-kappa20-angle0-sgd-lr0.08-scheduleexponential-gamma0.98",
    "quadratic-kappa20-angle0-sgd-lr0.08-scheduleinverse_time-decay0.05",
    "quadratic-kappa20-angle0-sgd-lr0.08-schedulepolynomial-total150-power2",
    "quadratic-kappa20-angle0-sgd-lr0.08-schedulecosine-t_max120-eta_min0.001",
    "quadratic-kappa20-angle0-sgd-lr0.08-schedulewarm_restarts-t_020-t_mult2-eta_min0.001",
    "quadratic-kappa20-angle0-sgd-lr0.08-schedulecosine-t_max100-eta_min0-warmup20",
    "quadratic-kappa20-angle0-sgd-lr0.08-clipnorm-clip_at1",
    "quadratic-kappa20-angle0-sgd-lr0.08-clipvalue-clip_at0.5",
    "quadratic-kappa20-angle0-sgd-lr0.08-clipunit",
    "linear_regression-datafour_points-intercept0-reductionmean-sgd-lr0.01",
    "linear_regression-dataline_3x2_seed0-intercept0-reductionhalf_mean-sgd-lr0.01",
    "linear_regression-dataline_3x2_seed42-intercept0-reductionhalf_sum-sgd-lr0.01",
    "linear_regression-dataline_2x1_seed0-intercept1-reductionhalf_mean-sgd-lr0.01",
    "linear_regression-datapenguins-intercept1-reductionhalf_mean-standardize1-sgd-lr0.1",
    "linear_regression-dataline_3x2_seed0-intercept1-reductionhalf_mean-l20.1-sgd-lr0.1",
    "logistic_regression-datapenguins-standardize1-sgd-lr0.5",
    "logistic_regression-datapenguins-standardize1-l20.01-adam-lr0.1",
    "linear_regression-dataline_2x1_seed0-intercept1-reductionhalf_mean-sgd-lr0.1-batch1",
    "linear_regression-dataline_2x1_seed0-intercept1-reductionhalf_mean-momentum-lr0.02-batch16",
    "polynomial_regression-penguins-degree3-sgd-lr0.05",
    "polynomial_regression-penguins-degree8-chebyshev-l1-l2-adam-lr0.05",
    "polynomial_regression-line_3x2_seed0-degree2-raw-huber-momentum-lr0.01",
    "polynomial_regression-penguins-degree4-sgd-lr0.002-batch16",
    "network-wave-width4-sgd-lr0.2",
    "network-circles-width3-gelu-he-l2-adam-lr0.02",
    "quadratic-kappa20-adam-lr0.5-plateau-patience3",
    "himmelblau-sgd-lr0.03-plateau-cooldown4-min_lr0.025-warmup10",
    "linear_regression-datafour_points-sgd-lr0.02-plateau-threshold0.1",
    "quadratic-kappa20-momentum-lr0.08-plateau-patience0-threshold0",
    "booth-sgd-lr0.05-constrainvalue-constrain_at2",
    "booth-sgd-lr0.05-constrainnorm-constrain_at2",
    "booth-adam-lr0.3-clipnorm-constrainnorm-constrain_at2.5",
    "rosenbrock-momentum-lr0.0005-constrainvalue-constrain_at0.5",
    "linear_regression-datafour_points-sgd-lr0.05-constrainnorm-constrain_at0.7",
];

/// One trajectory of the file.
struct Golden {
    name: String,
    link: String,
    columns: Vec<String>,
    rows: Vec<Vec<f64>>,
}

impl Golden {
    fn of(entry: &Value) -> Self {
        let list = |value: &Value| value.as_array().expect("a list").clone();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let number = |value: &Value| value.as_f64().expect("a number");
        Self {
            name: text(&entry["name"]),
            link: text(&entry["link"]),
            columns: list(&entry["columns"]).iter().map(text).collect(),
            rows: list(&entry["rows"])
                .iter()
                .map(|row| list(row).iter().map(number).collect())
                .collect(),
        }
    }

    fn all() -> Vec<Self> {
        // How the others were made say the scripts beside them and `pytorch/network.py`.
        let files = [
            include_str!("golden/trajectories.json"),
            include_str!("golden/polynomials.json"),
            include_str!("golden/networks.json"),
            include_str!("golden/plateaus.json"),
        ];
        let entries = files.map(|file| -> Value { serde_json::from_str(file).expect("JSON") });
        entries
            .iter()
            .flat_map(|entries| entries.as_array().expect("a list"))
            .map(Self::of)
            .collect()
    }
}

/// The number that a column's name stands for.
fn number_at(trajectory: &Trajectory, step: usize, column: &str) -> f64 {
    match column {
        "lr" => trajectory.learning_rates()[step],
        "loss" => trajectory.losses()[step],
        "grad_norm" => trajectory.gradient_norm(step),
        "x" => trajectory.point(step)[0],
        "y" => trajectory.point(step)[1],
        weight if weight.starts_with('w') => {
            trajectory.point(step)[weight[1..].parse::<usize>().expect("a number")]
        }
        _ => panic!("no column {column}"),
    }
}

fn assert_reproduced(golden: &Golden) {
    let (scenario, refused) = decode(&golden.link);
    assert_eq!(refused, [], "{}", golden.link);
    let trajectory = scenario.descend(&scenario.runs[0], scenario.build_loss().as_ref());
    assert_eq!(golden.columns[0], "step");
    assert_eq!(golden.columns.len(), 4 + trajectory.dimension(), "{}", golden.name);
    for row in &golden.rows {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step")]
        let step = row[0] as usize;
        assert!(step <= trajectory.steps(), "{}: ended before step {step}", golden.name);
        for (column, expected) in golden.columns.iter().zip(row).skip(1) {
            let found = number_at(&trajectory, step, column);
            let error = (found - expected).abs() / expected.abs().max(1.0);
            assert!(
                error <= TOLERANCE,
                "{}, step {step}, {column}: {found} is not {expected}",
                golden.name
            );
        }
    }
    let last = golden.rows.last().expect("rows")[0];
    #[expect(clippy::cast_precision_loss, reason = "a thousand steps")]
    let steps = trajectory.steps() as f64;
    assert!((steps - last).abs() < 0.5, "{}: {steps} steps, not {last}", golden.name);
}

#[test]
fn every_trajectory_is_reproduced() {
    let mut reproduced = BTreeSet::new();
    for golden in Golden::all() {
        assert_reproduced(&golden);
        reproduced.insert(golden.name);
    }
    assert_eq!(reproduced, REPRODUCED.map(str::to_owned).into());
}

/// The scenarios of all trajectories.
fn scenarios() -> Vec<Scenario> {
    Golden::all().iter().map(|golden| decode(&golden.link).0).collect()
}

#[test]
fn a_trajectory_exists_for_every_loss() {
    let covered: BTreeSet<&str> = scenarios().iter().map(|s| s.loss.rule.key).collect();
    assert_eq!(covered, LOSSES.iter().map(|rule| rule.key).collect());
}

/// A rule that follows the rate it is given is PyTorch's own (or, for Lion, its
/// authors'); a baseline that chooses its own step is held to what defines it, in
/// `tests/descent/baselines.rs`.
#[test]
fn trajectories_exist_for_every_optimizer_that_follows_its_rate() {
    let scenarios = scenarios();
    let on = |loss: &str| -> BTreeSet<&str> {
        let there = scenarios.iter().filter(|s| s.loss.rule.key == loss);
        there.flat_map(|s| &s.runs).map(|run| run.optimizer.rule.key).collect()
    };
    let follows = |rule: &&&OptimizerRule| rule.rate == RateRole::EveryStep;
    let listed: BTreeSet<&str> = OPTIMIZERS.iter().filter(follows).map(|rule| rule.key).collect();
    assert_eq!(listed.len(), 13);
    assert_eq!(on("rosenbrock"), listed);
    assert_eq!(on("quadratic"), listed);
}

#[test]
fn a_trajectory_exists_for_every_schedule_for_warm_up_every_clip_and_every_constraint() {
    let scenarios = scenarios();
    let runs = || scenarios.iter().flat_map(|s| &s.runs);
    let schedules: BTreeSet<&str> = runs().map(|run| run.schedule.rule.key).collect();
    assert_eq!(schedules, SCHEDULES.iter().map(|rule| rule.key).collect());
    let clips: BTreeSet<&str> =
        runs().filter_map(|run| Some(run.clip.as_ref()?.rule.key)).collect();
    assert_eq!(clips, CLIPS.iter().map(|rule| rule.key).collect());
    let constraints: BTreeSet<&str> =
        runs().filter_map(|run| Some(run.constraint.as_ref()?.rule.key)).collect();
    assert_eq!(constraints, CONSTRAINTS.iter().map(|rule| rule.key).collect());
    assert!(runs().any(|run| run.warmup > 0));
}
