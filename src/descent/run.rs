//! The run: from a start, step by step, everything recorded.

use core::ops::Range;

use super::optimizer::Optimizer;
use super::schedule::Schedule;
use super::trajectory::{DIVERGED_ABOVE, End, Storage, Trajectory, norm};

/// When a run may end before its steps are used up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stop {
    /// As soon as the loss is at or below this.
    pub loss: Option<f64>,
    /// As soon as ‖∇J‖ is at or below this.
    pub gradient: Option<f64>,
}

impl Stop {
    fn is_met(&self, loss: f64, gradient: &[f64]) -> bool {
        self.loss.is_some_and(|limit| loss <= limit)
            || self.gradient.is_some_and(|limit| norm(gradient) <= limit)
    }
}

/// What a run needs besides its loss.
pub struct Descent<'a> {
    /// θ at step 0, as many numbers as the loss has parameters.
    pub start: &'a [f64],
    /// The most steps to take.
    pub steps: usize,
    /// When to end sooner.
    pub stop: Stop,
    /// η, the base rate that the schedule starts from.
    pub learning_rate: f64,
    /// The rate as a function of the step.
    pub schedule: &'a dyn Schedule,
}

/// Steps recorded at a time. Memory is asked for block by block, while it is in
/// the fastest cache: a run that diverges early touches no more than it needs,
/// a long one does not go through its memory twice.
const BLOCK: usize = 256;

/// J and ∇J at a point with `D` parameters.
pub(super) trait Slope<const D: usize>: Fn([f64; D]) -> (f64, [f64; D]) {}
impl<const D: usize, F: Fn([f64; D]) -> (f64, [f64; D]) + ?Sized> Slope<D> for F {}

/// Runs `descent` down `slope` and records everything in `storage`. Generic so
/// that for plain descent each loss's formula is compiled into the loop; a call
/// through a pointer each step would cost as much as the formula itself.
pub(super) fn descend<const D: usize, S: Slope<D> + ?Sized, O: Optimizer + ?Sized>(
    slope: &S,
    storage: Storage,
    optimizer: &mut O,
    descent: &Descent<'_>,
) -> Trajectory {
    let rows = descent.steps + 1;
    let mut trajectory = Trajectory::begin(storage, D, rows);
    let mut theta = [0.0; D];
    theta.copy_from_slice(descent.start);
    let mut taken = 0;
    while taken < rows && trajectory.end() == End::StepsDone {
        let block = taken..rows.min(taken + BLOCK);
        trajectory.extend_to(block.end);
        taken = record(slope, optimizer, descent, &mut theta, &mut trajectory, block);
    }
    trajectory.truncate(taken);
    trajectory
}

/// Records the steps `block` from `theta` onwards, or fewer where the run ends
/// among them. Returns how many steps of the run hold by now.
fn record<const D: usize, S: Slope<D> + ?Sized, O: Optimizer + ?Sized>(
    slope: &S,
    optimizer: &mut O,
    descent: &Descent<'_>,
    theta: &mut [f64; D],
    trajectory: &mut Trajectory,
    block: Range<usize>,
) -> usize {
    let learning_rates = &mut trajectory.learning_rates[block.clone()];
    descent.schedule.fill(descent.learning_rate, block.start, learning_rates);
    let numbers = block.start * D..block.end * D;
    let (points, _) = trajectory.parameters[numbers.clone()].as_chunks_mut::<D>();
    let (gradients, _) = trajectory.gradients[numbers].as_chunks_mut::<D>();
    let losses = &mut trajectory.losses[block.clone()];
    let records = points.iter_mut().zip(gradients).zip(losses).zip(learning_rates);
    let mut here = *theta;
    for (step, (((point, gradient), loss), learning_rate)) in block.clone().zip(records) {
        // What the next step needs stays in registers; read back from the
        // records it would have to wait for them to be written.
        let (value, steepest) = slope(here);
        (*point, *loss, *gradient) = (here, value, steepest);
        if has_diverged(&here, value, &steepest) {
            trajectory.end = End::Diverged;
            return step + 1;
        }
        if descent.stop.is_met(value, &steepest) {
            trajectory.end = End::StopRuleMet;
            return step + 1;
        }
        optimizer.step(&mut here, &steepest, *learning_rate);
    }
    *theta = here;
    block.end
}

/// Whether a number has left the range in which a run goes on. Comparisons with
/// NaN are false, so `<=` refuses it too.
fn has_diverged(theta: &[f64], loss: f64, gradient: &[f64]) -> bool {
    let within = |v: &f64| v.abs() <= DIVERGED_ABOVE;
    !(within(&loss) && theta.iter().all(within) && gradient.iter().all(within))
}
