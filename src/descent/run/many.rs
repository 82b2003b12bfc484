//! The loop for any number of parameters.

use super::super::gradient::Prepared;
use super::super::loss::Loss;
use super::super::optimizer::{Optimizer, Place};
use super::super::trajectory::End;
use super::{BLOCK, Descent, Progress, has_diverged};

/// Goes on with `progress` down `loss`, which may have any number of parameters, until
/// so many rows are recorded or the run ends. Compiled once for all of them: a step
/// costs far more than the calls through pointers.
pub(in crate::descent) fn advance_many(
    loss: &dyn Loss,
    progress: &mut Progress,
    optimizer: &mut dyn Optimizer,
    descent: &Descent<'_>,
    until: usize,
) {
    if descent.is_bare() {
        run(loss, progress, optimizer, descent, until);
        return;
    }
    let (batches, noise) = (progress.batches.take(), progress.noise.take());
    let mut prepared = Prepared::new(descent, batches, noise, optimizer);
    run(loss, progress, &mut prepared, descent, until);
    (progress.batches, progress.noise) = prepared.into_draws();
}

fn run(
    loss: &dyn Loss,
    progress: &mut Progress,
    optimizer: &mut dyn Optimizer,
    descent: &Descent<'_>,
    until: usize,
) {
    let rows = progress.rows.min(until);
    let Progress { trajectory, theta, taken, .. } = progress;
    let d = theta.len();
    while *taken < rows && trajectory.end == End::StepsDone {
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
            *taken = step + 1;
            if has_diverged(theta, value, gradient) {
                trajectory.end = End::Diverged;
            } else if descent.stop.is_met(value, gradient) {
                trajectory.end = End::StopRuleMet;
            }
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
