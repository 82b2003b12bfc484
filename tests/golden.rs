//! Trajectories that PyTorch computed, reproduced from their links.

use std::collections::BTreeSet;

use descent_lab::descent::Trajectory;
use descent_lab::descent::loss::LOSSES;
use descent_lab::scenario::{Refusal, decode};
use serde_json::Value;

/// In size 1 and below this much, beyond it this share.
const TOLERANCE: f64 = 1e-9;

/// What stands in a link that this version has no rule for yet, with the refusal
/// it must earn. A later version that learns a rule takes its lines away.
const NOT_YET: &[(&str, &str, &str)] = &[
    ("run=momentum", "run", "momentum"),
    ("run=nesterov", "run", "nesterov"),
    ("run=adagrad", "run", "adagrad"),
    ("run=adadelta", "run", "adadelta"),
    ("run=rmsprop", "run", "rmsprop"),
    ("run=adam,", "run", "adam"),
    ("run=amsgrad", "run", "amsgrad"),
    ("run=adamax", "run", "adamax"),
    ("run=nadam", "run", "nadam"),
    ("run=radam", "run", "radam"),
    ("run=adamw", "run", "adamw"),
    ("run=lion", "run", "lion"),
    ("schedule=step,", "run.schedule", "step"),
    ("schedule=exponential", "run.schedule", "exponential"),
    ("schedule=inverse_time", "run.schedule", "inverse_time"),
    ("schedule=polynomial", "run.schedule", "polynomial"),
    ("schedule=cosine", "run.schedule", "cosine"),
    ("schedule=warm_restarts", "run.schedule", "warm_restarts"),
    ("warmup=20", "run.warmup", "20"),
    ("clip=norm", "run.clip", "norm"),
    ("clip=value", "run.clip", "value"),
    ("clip=unit", "run.clip", "unit"),
    ("loss=linear_regression", "loss", "linear_regression"),
    ("loss=logistic_regression", "loss", "logistic_regression"),
    ("batch=1&", "batch", "1"),
    ("batch=16&", "batch", "16"),
    ("order=sequential", "order", "sequential"),
];

/// Every trajectory that has to be reproduced, so that none drops out unseen.
const REPRODUCED: [&str; 15] = [
    "quadratic-kappa20-angle30-sgd-lr0.01",
    "rosenbrock-sgd-lr0.0005",
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
        let file = include_str!("golden/trajectories.json");
        let entries: Value = serde_json::from_str(file).expect("the file is JSON");
        entries.as_array().expect("a list").iter().map(Self::of).collect()
    }

    /// What this version has to refuse of the link.
    fn beyond(&self) -> Vec<(&'static str, &'static str)> {
        let stands_in_it = |(part, ..): &&(&str, _, _)| self.link.contains(part);
        NOT_YET.iter().filter(stands_in_it).map(|&(_, key, value)| (key, value)).collect()
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
        _ => panic!("no column {column}"),
    }
}

fn assert_reproduced(golden: &Golden) {
    let (scenario, refused) = decode(&golden.link);
    assert_eq!(refused, [], "{}", golden.link);
    let trajectory = scenario.descend(scenario.build_loss().as_ref());
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
fn every_trajectory_this_version_knows_is_reproduced() {
    let mut reproduced = BTreeSet::new();
    for golden in Golden::all().iter().filter(|golden| golden.beyond().is_empty()) {
        assert_reproduced(golden);
        reproduced.insert(golden.name.clone());
    }
    assert_eq!(reproduced, REPRODUCED.map(str::to_owned).into());
}

#[test]
fn a_trajectory_exists_for_every_loss() {
    let mut covered: Vec<&str> = Golden::all()
        .iter()
        .filter(|golden| golden.beyond().is_empty())
        .map(|golden| decode(&golden.link).0.loss.rule.key)
        .collect();
    covered.sort_unstable();
    covered.dedup();
    let mut listed: Vec<&str> = LOSSES.iter().map(|rule| rule.key).collect();
    listed.sort_unstable();
    assert_eq!(covered, listed);
    assert_eq!(listed.len(), 15);
}

#[test]
fn what_this_version_cannot_run_is_refused_by_name() {
    let all = Golden::all();
    let beyond: Vec<&Golden> = all.iter().filter(|golden| !golden.beyond().is_empty()).collect();
    assert_eq!((all.len(), beyond.len()), (59, 44));
    for golden in beyond {
        let (_, refused) = decode(&golden.link);
        for (key, value) in golden.beyond() {
            let names = |refusal: &Refusal| refusal.key == key && refusal.value == value;
            assert!(refused.iter().any(names), "{}: {key} = {value} in {refused:?}", golden.link);
        }
    }
}

#[test]
fn no_line_of_the_table_is_idle() {
    let all = Golden::all();
    for (part, ..) in NOT_YET {
        assert!(all.iter().any(|golden| golden.link.contains(part)), "{part} is in no link");
    }
}
