//! What happens to a gradient on its way from the loss to the optimizer: a batch
//! of samples makes it, then its sign, rounding, noise, clipping, in this order.

mod batch;
mod cursor;
mod epochs;
mod noise;
mod plan;
mod together;

pub(super) use batch::permute;
pub use batch::{Batches, Order, Sampling};
pub use cursor::BatchCursor;
pub use epochs::Epochs;
pub use noise::Noise;
pub(super) use noise::uniform;
pub use plan::BatchPlan;
pub(super) use together::PreparedTogether;

use super::clip::Clip;
use super::constraint::{Constraint, FeasibleSet};
use super::optimizer::{Optimizer, Place};
use super::precision::{Precision, Rounding};
use super::run::Descent;

/// What is drawn for the steps of a run, and the gradient that comes of it.
#[derive(Default)]
pub(super) struct Draws {
    batches: Option<Batches>,
    noise: Option<Noise>,
    gradient: Vec<f64>,
    /// Whether that is the gradient of the step to come.
    is_made: bool,
}

impl Draws {
    /// Before the first step.
    pub(super) fn of(descent: &Descent<'_>) -> Self {
        let (batches, noise) = (descent.sampling.map(Batches::new), descent.noise.clone());
        Self { batches, noise, ..Self::default() }
    }
}

/// An optimizer that is given a gradient prepared in this way, and whose parameters are
/// kept within their constraint.
pub(super) struct Prepared<'a> {
    draws: Draws,
    ascends: bool,
    clip: Option<&'a dyn Clip>,
    constraint: Option<&'a dyn Constraint>,
    precision: Precision,
    optimizer: &'a mut dyn Optimizer,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(
        descent: &Descent<'a>,
        draws: Draws,
        optimizer: &'a mut dyn Optimizer,
    ) -> Self {
        let Descent { ascends, clip, constraint, precision, .. } = *descent;
        Self { draws, ascends, clip, constraint, precision, optimizer }
    }

    pub(super) fn into_draws(self) -> Draws {
        self.draws
    }

    /// Makes the gradient that the optimizer is given, unless it is made.
    fn make(&mut self, theta: &[f64], place: &Place<'_>) {
        let Draws { batches, noise, gradient, is_made } = &mut self.draws;
        if core::mem::replace(is_made, true) {
            return;
        }
        gradient.clear();
        gradient.extend_from_slice(place.gradient);
        if let Some(batch) = batches.as_mut().and_then(Batches::next_batch) {
            place.loss.batch_gradient(theta, batch, gradient);
        }
        if self.ascends {
            negate(gradient);
        }
        round(self.precision, gradient);
        if let Some(noise) = noise {
            noise.add_to(gradient);
            round(self.precision, gradient);
        }
        if let Some(clip) = self.clip {
            clip.clip(gradient);
            round(self.precision, gradient);
        }
    }
}

impl Optimizer for Prepared<'_> {
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        self.make(theta, place);
        self.draws.is_made = false;
        let rate = self.optimizer.step(theta, &Place { gradient: &self.draws.gradient, ..*place });
        if let Some(constraint) = self.constraint {
            FeasibleSet::new(constraint, place.loss, self.precision).project(theta);
        }
        rate
    }

    fn prepare(&mut self, theta: &[f64], place: &Place<'_>, effort: usize) -> bool {
        if !self.draws.is_made {
            let batch = self.draws.batches.as_mut().and_then(Batches::draw_ahead);
            if batch.is_some_and(|batch| !place.loss.prepare_batch(theta, batch, effort)) {
                return false;
            }
            self.make(theta, place);
        }
        self.optimizer.prepare(theta, &Place { gradient: &self.draws.gradient, ..*place }, effort)
    }

    fn momentum(&self) -> Option<&[f64]> {
        self.optimizer.momentum()
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        self.optimizer.preconditioner(out)
    }
}

fn negate(gradient: &mut [f64]) {
    for slope in gradient {
        *slope = -*slope;
    }
}

fn round(precision: Precision, gradient: &mut [f64]) {
    if precision != Precision::F64 {
        for slope in gradient {
            *slope = precision.round(*slope);
        }
    }
}
