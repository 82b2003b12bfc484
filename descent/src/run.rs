//! The run: from a start, step by step, everything recorded.

mod many;
mod rates;

use core::ops::Range;

use super::clip::Clip;
use super::constraint::Constraint;
use super::gradient::{Draws, Noise, Prepared, Sampling};
use super::loss::Loss;
use super::optimizer::{Optimizer, Place};
use super::precision::{Precision, Rounding};
use super::schedule::{Follower, Schedule};
use super::trajectory::{End, Storage, Trajectory, bound};
use crate::linalg::norm;
pub(super) use many::advance_many;
use rates::{Planned, Rates};

/// When a run may end before its steps are used up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stop {
    /// As soon as the loss is at or below this.
    pub loss: Option<f64>,
    /// As soon as ‖∇J‖ is at or below this.
    pub gradient: Option<f64>,
}

impl Stop {
    #[inline]
    pub(super) fn is_met(&self, loss: f64, gradient: &[f64]) -> bool {
        self.loss.is_some_and(|limit| loss <= limit)
            || self.gradient.is_some_and(|limit| norm(gradient) <= limit)
    }
}

/// What a run needs besides its loss.
#[derive(Clone)]
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
    /// The samples that make the gradient of each step; the record keeps the whole
    /// one. None takes them all, and so does a loss without samples.
    pub sampling: Option<Sampling>,
    /// Noise on each gradient; the record keeps the gradient without it.
    pub noise: Option<Noise>,
    /// Whether the optimizer is given the gradient with the wrong sign; the record keeps
    /// the right one.
    pub ascends: bool,
    /// What is done to a gradient that is too large; the record keeps it whole.
    pub clip: Option<&'a dyn Clip>,
    /// Where the parameters have to be after each step.
    pub constraint: Option<&'a dyn Constraint>,
    /// What parameters, gradient and state are rounded to. The optimizer has to
    /// be built for the same.
    pub precision: Precision,
    /// The share of the run's last points that [`super::Average`] is asked for, from 0
    /// to 1; 0 for none.
    pub average: f64,
}

impl<'a> Descent<'a> {
    /// The bare descent: no stop rule, all samples, no noise, no clipping, no constraint,
    /// double precision.
    #[must_use]
    pub fn new(
        start: &'a [f64],
        steps: usize,
        learning_rate: f64,
        schedule: &'a dyn Schedule,
    ) -> Self {
        let precision = Precision::F64;
        let stop = Stop::default();
        Self {
            start,
            steps,
            stop,
            learning_rate,
            schedule,
            sampling: None,
            noise: None,
            ascends: false,
            clip: None,
            constraint: None,
            precision,
            average: 0.0,
        }
    }

    /// Whether the optimizer sees the loss's own gradient and its step stands as it is.
    pub(super) fn is_bare(&self) -> bool {
        self.sampling.is_none()
            && self.noise.is_none()
            && !self.ascends
            && self.clip.is_none()
            && self.constraint.is_none()
            && self.precision == Precision::F64
    }
}

/// A run that is made part by part: what stands between two calls of
/// [`Loss::advance`].
pub struct Progress {
    trajectory: Trajectory,
    theta: Vec<f64>,
    /// How many rows hold by now; row t is the point at step t.
    taken: usize,
    rows: usize,
    /// At most so much of a step's work is done ahead before looking at the clock.
    effort: usize,
    /// ∇J at the last point of a loss with layers.
    gradient: Vec<f64>,
    draws: Draws,
    /// What sets the rates, where they follow the loss.
    follower: Option<Box<dyn Follower>>,
}

impl Progress {
    /// Stands at the start of `descent` and will record into the memory that an
    /// earlier run has left.
    #[must_use]
    pub fn begin(storage: Storage, descent: &Descent<'_>) -> Self {
        let rows = descent.steps + 1;
        let precision = descent.precision;
        let mut trajectory = Trajectory::begin(storage, descent.start.len(), precision, rows);
        trajectory.region = descent.constraint.map(Constraint::region);
        trajectory.is_stochastic = descent.sampling.is_some() || descent.noise.is_some();
        Self {
            trajectory,
            theta: descent.start.iter().map(|start| precision.round(*start)).collect(),
            taken: 0,
            rows,
            effort: usize::MAX,
            gradient: Vec::new(),
            draws: Draws::of(descent),
            follower: descent.schedule.follower(descent.learning_rate),
        }
    }

    /// From here on [`Loss::advance`] may return within a step, where one is dear: after
    /// about so much [`Loss::cost`].
    pub fn limit(&mut self, effort: usize) {
        self.effort = effort;
    }

    /// Gives up what was made ready for steps to come, so that what is recorded so far
    /// can be looked at.
    pub fn trim(&mut self) {
        self.trajectory.truncate(self.taken);
    }

    /// What is recorded so far, as a run that ends here; [`Progress::trim`] comes before,
    /// and at least one row must be.
    #[must_use]
    pub fn trajectory(&self) -> &Trajectory {
        &self.trajectory
    }

    /// Takes over the sums for the average from a run that is the same up to the end of
    /// this one, and ends there as planned.
    pub fn take_sums(&mut self, mut same: Self) {
        self.trajectory.take_sums(&mut same.trajectory);
    }

    /// How many rows are recorded: one more than steps were taken.
    #[must_use]
    pub fn recorded(&self) -> usize {
        self.taken
    }

    /// Whether no step is left to take.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.taken == self.rows || self.trajectory.end() != End::StepsDone
    }

    /// What was recorded so far, as a run that ends here; at least one row must be.
    #[must_use]
    pub fn finish(mut self) -> Trajectory {
        self.trim();
        self.trajectory
    }
}

/// Steps recorded at a time. Memory is asked for block by block, while it is in
/// the fastest cache: a run that diverges early touches no more than it needs,
/// a long one does not go through its memory twice.
const BLOCK: usize = 256;

/// J and ∇J at a point with `D` parameters.
pub(super) trait Slope<const D: usize>: Fn([f64; D]) -> (f64, [f64; D]) {}
impl<const D: usize, F: Fn([f64; D]) -> (f64, [f64; D]) + ?Sized> Slope<D> for F {}

/// A loss as the loop of a run sees it.
struct Ground<'a, S: ?Sized> {
    /// J and ∇J, with the number of parameters known.
    slope: &'a S,
    /// The same loss, for rules that ask for more.
    loss: &'a dyn Loss,
}

/// Goes on with `progress` down `slope` until so many rows are recorded or the run
/// ends. Generic so that for inlined rules each loss's formula is compiled into the
/// loop; a call through a pointer each step would cost as much as the formula itself.
pub(super) fn advance<const D: usize, S: Slope<D>>(
    slope: &S,
    loss: &dyn Loss,
    progress: &mut Progress,
    optimizer: &mut dyn Optimizer,
    descent: &Descent<'_>,
    until: usize,
) {
    if descent.is_bare()
        && progress.follower.is_none()
        && let Some(inlined) = optimizer.inlined()
    {
        run(&Ground { slope, loss }, progress, (inlined, &mut Planned), descent, until);
        return;
    }
    // One loop for all formulas and rules: compiled for each pair it would be
    // larger than the rest of the page.
    let slope: &dyn Fn([f64; D]) -> (f64, [f64; D]) = slope;
    let ground = &Ground { slope, loss };
    let mut follower = progress.follower.take();
    if descent.is_bare() {
        run(ground, progress, (optimizer, &mut follower), descent, until);
    } else {
        let draws = core::mem::take(&mut progress.draws);
        let mut prepared = Prepared::new(descent, draws, optimizer);
        let prepared_optimizer: &mut dyn Optimizer = &mut prepared;
        run(ground, progress, (prepared_optimizer, &mut follower), descent, until);
        progress.draws = prepared.into_draws();
    }
    progress.follower = follower;
}

fn run<const D: usize, S: Slope<D> + ?Sized, O: Optimizer + ?Sized, R: Rates>(
    ground: &Ground<'_, S>,
    progress: &mut Progress,
    (optimizer, rates): (&mut O, &mut R),
    descent: &Descent<'_>,
    until: usize,
) {
    let rows = progress.rows.min(until);
    let mut theta = [0.0; D];
    theta.copy_from_slice(&progress.theta);
    let trajectory = &mut progress.trajectory;
    if progress.taken == 0 {
        let (value, gradient) = (ground.slope)(theta);
        trajectory.bound = bound(&theta, value, &gradient);
    }
    while progress.taken < rows && trajectory.end() == End::StepsDone {
        let block = progress.taken..rows.min(progress.taken + BLOCK);
        trajectory.extend_to(block.end);
        let mover = (&mut *optimizer, &mut *rates);
        progress.taken = record(ground, mover, descent, &mut theta, trajectory, block);
    }
    progress.theta.copy_from_slice(&theta);
}

/// Records the steps `block` from `theta` onwards, or fewer where the run ends
/// among them. Returns how many steps of the run hold by now.
fn record<const D: usize, S: Slope<D> + ?Sized, O: Optimizer + ?Sized, R: Rates>(
    ground: &Ground<'_, S>,
    (optimizer, rates): (&mut O, &mut R),
    descent: &Descent<'_>,
    theta: &mut [f64; D],
    trajectory: &mut Trajectory,
    block: Range<usize>,
) -> usize {
    let learning_rates = &mut trajectory.learning_rates[block.clone()];
    descent.schedule.fill(descent.learning_rate, block.start, learning_rates);
    let bound = trajectory.bound;
    let numbers = block.start * D..block.end * D;
    let (points, _) = trajectory.parameters[numbers.clone()].as_chunks_mut::<D>();
    let (gradients, _) = trajectory.gradients[numbers].as_chunks_mut::<D>();
    let losses = &mut trajectory.losses[block.clone()];
    let records = points.iter_mut().zip(gradients).zip(losses).zip(learning_rates);
    let mut here = *theta;
    for (step, (((point, gradient), loss), rate)) in block.clone().zip(records) {
        // What the next step needs stays in registers; read back from the
        // records it would have to wait for them to be written.
        let (value, steepest) = (ground.slope)(here);
        (*point, *loss, *gradient) = (here, value, steepest);
        rates.follow(step, value, rate);
        if has_diverged(bound, &here, value, &steepest) {
            trajectory.end = End::Diverged;
            return step + 1;
        }
        if descent.stop.is_met(value, &steepest) {
            trajectory.end = End::StopRuleMet;
            return step + 1;
        }
        if step < descent.steps {
            let learning_rate = *rate;
            let place = Place { loss: ground.loss, value, gradient: &steepest, learning_rate };
            *rate = optimizer.step(&mut here, &place);
        }
    }
    *theta = here;
    block.end
}

/// Whether a number has left the range in which a run goes on. Comparisons with
/// NaN are false, so `<=` refuses it too.
#[inline]
fn has_diverged(bound: f64, theta: &[f64], loss: f64, gradient: &[f64]) -> bool {
    let within = |v: &f64| v.abs() <= bound;
    !(within(&loss) && theta.iter().all(within) && gradient.iter().all(within))
}
