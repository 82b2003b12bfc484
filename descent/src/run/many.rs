//! The loop for any number of parameters.

use super::super::average::Sums;
use super::super::constraint::FeasibleSet;
use super::super::gradient::Prepared;
use super::super::layers::{Activity, LayerFigures, Layered};
use super::super::loss::Loss;
use super::super::optimizer::{Optimizer, Place};
use super::super::trajectory::{End, bound};
use super::rates::Rates as _;
use super::{BLOCK, Descent, Progress, has_diverged};
use crate::linalg::lanes::norm;

/// Goes on with `progress` down `loss`, which may have any number of parameters, until
/// so many rows are recorded or the run ends. Compiled once for all of them: a step
/// costs far more than the calls through pointers. Where [`Progress::limit`] says so,
/// it stops within a step as well.
pub(crate) fn advance_many(
    loss: &dyn Loss,
    progress: &mut Progress,
    optimizer: &mut dyn Optimizer,
    descent: &Descent<'_>,
    until: usize,
) {
    let run = if loss.layered().is_some() { run_layered } else { run };
    if descent.is_bare() {
        run(loss, progress, optimizer, descent, until);
        return;
    }
    let draws = core::mem::take(&mut progress.draws);
    let mut prepared = Prepared::new(descent, draws, optimizer);
    run(loss, progress, &mut prepared, descent, until);
    progress.draws = prepared.into_draws();
}

/// How a run with this bound ends at a point.
fn end_at(
    descent: &Descent<'_>,
    bound: f64,
    theta: &[f64],
    (value, gradient): (f64, &[f64]),
) -> End {
    if has_diverged(bound, theta, value, gradient) {
        End::Diverged
    } else if descent.stop.is_met(value, gradient) {
        End::StopRuleMet
    } else {
        End::StepsDone
    }
}

fn run(
    loss: &dyn Loss,
    progress: &mut Progress,
    optimizer: &mut dyn Optimizer,
    descent: &Descent<'_>,
    until: usize,
) {
    let rows = progress.rows.min(until);
    let Progress { trajectory, theta, taken, follower, .. } = progress;
    let d = theta.len();
    while *taken < rows && trajectory.end() == End::StepsDone {
        let block = *taken..rows.min(*taken + BLOCK);
        trajectory.extend_to(block.end);
        let rates = &mut trajectory.learning_rates[block.clone()];
        descent.schedule.fill(descent.learning_rate, block.start, rates);
        for step in block {
            let here = step * d..(step + 1) * d;
            trajectory.parameters[here.clone()].copy_from_slice(theta);
            let gradient = &mut trajectory.gradients[here];
            let value = loss.value_and_gradient(theta, gradient);
            trajectory.losses[step] = value;
            follower.follow(step, value, &mut trajectory.learning_rates[step]);
            *taken = step + 1;
            if step == 0 {
                trajectory.bound = bound(theta, value, gradient);
            }
            trajectory.end = end_at(descent, trajectory.bound, theta, (value, gradient));
            if trajectory.end != End::StepsDone {
                return;
            }
            if step < descent.steps {
                let learning_rate = trajectory.learning_rates[step];
                let place = Place { loss, value, gradient, learning_rate };
                trajectory.learning_rates[step] = optimizer.step(theta, &place);
            }
        }
    }
}

/// The same for a loss with layers, whose parameters are too many to keep all points.
fn run_layered(
    loss: &dyn Loss,
    progress: &mut Progress,
    optimizer: &mut dyn Optimizer,
    descent: &Descent<'_>,
    until: usize,
) {
    let Some(layered) = loss.layered() else { return };
    let layers = layered.layers();
    if !progress.trajectory.is_thinned_out() {
        progress.trajectory.thin_out(layers.len());
        progress.trajectory.add_up(Sums::begin(loss, descent.average, descent.steps));
    }
    let rows = progress.rows.min(until);
    while progress.taken < rows && progress.trajectory.end() == End::StepsDone {
        // A point that has arrived counts as taken when it is left.
        let has_arrived = progress.trajectory.losses.len() > progress.taken;
        if !has_arrived {
            let is_much = progress.theta.len() > progress.effort;
            if !arrive(loss, layered, progress, descent) || is_much {
                return;
            }
        }
        let goes_on = progress.trajectory.end() == End::StepsDone && progress.taken < descent.steps;
        if goes_on && !leave(loss, layered, progress, optimizer) {
            return;
        }
        progress.taken += 1;
    }
}

/// Records the point that is next, or does a part of it; says whether it is recorded.
fn arrive(
    loss: &dyn Loss,
    layered: &dyn Layered,
    progress: &mut Progress,
    descent: &Descent<'_>,
) -> bool {
    let Progress { trajectory, theta, taken, effort, gradient, follower, .. } = progress;
    if *effort < usize::MAX && !loss.prepare(theta, *effort) {
        return false;
    }
    gradient.resize(theta.len(), 0.0);
    let value = loss.value_and_gradient(theta, gradient);
    let mut rate = [0.0];
    descent.schedule.fill(descent.learning_rate, *taken, &mut rate);
    follower.follow(*taken, value, &mut rate[0]);
    let figures = figures(layered, theta, gradient);
    trajectory.arrive(theta, (value, gradient), rate[0], &figures);
    if let Some(constraint) = descent.constraint {
        let mut projected = gradient.clone();
        let set = FeasibleSet::new(constraint, loss, descent.precision);
        set.project_gradient(theta, &mut projected);
        trajectory.push_projected(&projected);
    }
    if *taken == 0 {
        trajectory.bound = bound(theta, value, gradient);
    }
    trajectory.end = end_at(descent, trajectory.bound, theta, (value, gradient));
    true
}

/// Takes the step from the point that has arrived, or a part of it; says whether it is
/// taken.
fn leave(
    loss: &dyn Loss,
    layered: &dyn Layered,
    progress: &mut Progress,
    optimizer: &mut dyn Optimizer,
) -> bool {
    let Progress { trajectory, theta, taken, effort, gradient, .. } = progress;
    let (value, learning_rate) = (trajectory.losses[*taken], trajectory.learning_rates[*taken]);
    let place = Place { loss, value, gradient, learning_rate };
    if *effort < usize::MAX && !optimizer.prepare(theta, &place, *effort) {
        return false;
    }
    let rate = optimizer.step(theta, &place);
    trajectory.leave(layered.layers(), theta, rate);
    true
}

/// What each layer does at `theta`, where the loss was last worked out.
fn figures(layered: &dyn Layered, theta: &[f64], gradient: &[f64]) -> Vec<LayerFigures> {
    let layers = layered.layers();
    let mut activities = vec![Activity::default(); layers.len()];
    layered.activity(&mut activities);
    let figures = layers.iter().zip(activities).map(|(layer, activity)| LayerFigures {
        gradient: norm(&gradient[layer.weights.clone()]),
        weights: norm(&theta[layer.weights.clone()]),
        update: f64::NAN,
        spread: activity.spread,
        idle: activity.idle,
    });
    figures.collect()
}
