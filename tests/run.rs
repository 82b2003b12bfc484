//! The run records what the formulas say, step by step, bit for bit, whatever
//! way it takes through memory.

#![expect(clippy::float_cmp, reason = "bit for bit")]

use descent_lab::descent::loss::{self, LOSSES, LossRule};
use descent_lab::descent::optimizer::{Optimizer, Sgd};
use descent_lab::descent::{Descent, End, Stop, Storage, Trajectory, schedule};
use proptest::prelude::*;

/// Plain descent that does not say so, and therefore goes the general way.
struct Incognito;

impl Optimizer for Incognito {
    fn step(&mut self, theta: &mut [f64], gradient: &[f64], learning_rate: f64) {
        Sgd.step(theta, gradient, learning_rate);
    }
}

fn run(
    rule: &LossRule,
    storage: Storage,
    optimizer: &mut dyn Optimizer,
    (steps, learning_rate): (usize, f64),
) -> Trajectory {
    let loss = (rule.build)(&rule.defaults());
    let schedule = (schedule::find("constant").expect("listed").build)(&[]);
    let schedule = schedule.as_ref();
    let stop = Stop::default();
    let descent = Descent { start: rule.start, steps, stop, learning_rate, schedule };
    loss.descend_in(storage, optimizer, &descent)
}

/// θ ← θ − η·∇J(θ), as short as it can be written.
fn points_by_hand(rule: &LossRule, steps: usize, rate: f64) -> Vec<Vec<f64>> {
    let loss = (rule.build)(&rule.defaults());
    let mut theta = rule.start.to_vec();
    let mut points = vec![theta.clone()];
    for _ in 0..steps {
        let mut gradient = vec![0.0; theta.len()];
        loss.value_and_gradient(&theta, &mut gradient);
        theta.iter_mut().zip(&gradient).for_each(|(parameter, slope)| *parameter -= rate * slope);
        points.push(theta.clone());
    }
    points
}

fn assert_records(rule: &LossRule, trajectory: &Trajectory, points: &[Vec<f64>], rate: f64) {
    let loss = (rule.build)(&rule.defaults());
    assert_eq!(trajectory.dimension(), rule.dimension());
    assert_eq!(trajectory.steps() + 1, points.len(), "{}", rule.key);
    assert_eq!(trajectory.losses().len(), points.len());
    assert_eq!(trajectory.learning_rates(), vec![rate; points.len()]);
    for (t, point) in points.iter().enumerate() {
        let mut gradient = vec![0.0; point.len()];
        let value = loss.value_and_gradient(point, &mut gradient);
        assert_eq!(trajectory.point(t), point, "{} at {t}", rule.key);
        assert_eq!(trajectory.gradient(t), gradient, "{} at {t}", rule.key);
        assert_eq!(trajectory.losses()[t], value, "{} at {t}", rule.key);
    }
    for axis in 0..rule.dimension() {
        assert!(trajectory.component(axis).eq(points.iter().map(|point| point[axis])));
    }
}

/// Numbers of steps around every length at which the way through memory may
/// change; the rate is the loss's smallest, at which no run ends early.
#[test]
fn every_loss_is_descended_as_by_hand() {
    for rule in LOSSES {
        let rate = (rule.rates)(&rule.defaults())[0];
        let points = points_by_hand(rule, 1030, rate);
        for steps in [0, 1, 2, 254, 255, 256, 257, 511, 512, 1023, 1024, 1030] {
            let plain = run(rule, Storage::default(), &mut Sgd, (steps, rate));
            assert_eq!(plain.end(), End::StepsDone, "{}", rule.key);
            assert_records(rule, &plain, &points[..=steps], rate);
            let general = run(rule, Storage::default(), &mut Incognito, (steps, rate));
            assert_eq!(plain, general, "{}", rule.key);
        }
    }
}

#[test]
fn a_run_of_a_million_steps_is_recorded_to_its_end() {
    let rule = loss::find("rosenbrock").expect("listed");
    let trajectory = run(rule, Storage::default(), &mut Sgd, (1_000_000, 1e-3));
    assert_eq!((trajectory.steps(), trajectory.end()), (1_000_000, End::StepsDone));
    let [x, y] = [trajectory.point(1_000_000)[0], trajectory.point(1_000_000)[1]];
    assert!((x - 1.0).abs() < 1e-9 && (y - 1.0).abs() < 1e-9, "{x}, {y}");
}

proptest! {
    /// One run after another in the same memory: longer, shorter, in other
    /// dimensions, ended early.
    #[test]
    fn memory_of_earlier_runs_leaves_no_trace(
        runs in proptest::collection::vec((0..LOSSES.len(), 0_usize..1200, 0.0..=1.0), 1..6),
    ) {
        let mut storage = Storage::default();
        for (index, steps, position) in runs {
            let rule = LOSSES[index];
            let [low, high] = (rule.rates)(&rule.defaults());
            let rate = low + position * (high - low);
            let reused = run(rule, storage, &mut Sgd, (steps, rate));
            let fresh = run(rule, Storage::default(), &mut Sgd, (steps, rate));
            // Bits, because what left the range may be NaN.
            let bits = |trajectory: &Trajectory| format!("{trajectory:?}");
            prop_assert_eq!(bits(&reused), bits(&fresh));
            storage = reused.into_storage();
        }
    }

    /// A run ends at the first step that meets a rule or leaves the range, and
    /// up to there it is the run without the rule.
    #[test]
    fn a_stop_rule_only_cuts_the_run_short(
        index in 0..LOSSES.len(),
        position in 0.0..=1.0,
        at in 0_usize..600,
    ) {
        let rule = LOSSES[index];
        let [low, high] = (rule.rates)(&rule.defaults());
        let rate = low + position * (high - low);
        let whole = run(rule, Storage::default(), &mut Sgd, (600, rate));
        let at = at.min(whole.steps());
        let (limit, slope) = (whole.losses()[at], whole.gradient_norm(at));
        for stop in [
            Stop { loss: Some(limit), gradient: None },
            Stop { loss: None, gradient: Some(slope) },
        ] {
            let is_met = |t: usize| {
                stop.loss.is_some_and(|limit| whole.losses()[t] <= limit)
                    || stop.gradient.is_some_and(|limit| whole.gradient_norm(t) <= limit)
            };
            let last = (0..=whole.steps()).find(|&t| is_met(t)).unwrap_or(whole.steps());
            let loss = (rule.build)(&rule.defaults());
            let schedule = (schedule::find("constant").expect("listed").build)(&[]);
            let schedule = schedule.as_ref();
            let descent =
                Descent { start: rule.start, steps: 600, stop, learning_rate: rate, schedule };
            let cut = loss.descend(&mut Sgd, &descent);
            prop_assert_eq!(cut.steps(), last);
            prop_assert_eq!(cut.point(last), whole.point(last));
            // Leaving the range comes first: such a run has not arrived.
            let ends_outside = last == whole.steps() && whole.end() == End::Diverged;
            let expected = match (ends_outside, is_met(last)) {
                (true, _) => End::Diverged,
                (false, true) => End::StopRuleMet,
                (false, false) => End::StepsDone,
            };
            prop_assert_eq!(cut.end(), expected);
        }
    }
}
