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
use super::optimizer::{Optimizer, Place};
use super::precision::{Precision, Rounding};
use super::run::Descent;

/// An optimizer that is given a gradient prepared in this way.
pub(super) struct Prepared<'a> {
    batches: Option<Batches>,
    noise: Option<Noise>,
    ascends: bool,
    clip: Option<&'a dyn Clip>,
    precision: Precision,
    optimizer: &'a mut dyn Optimizer,
    gradient: Vec<f64>,
}

impl<'a> Prepared<'a> {
    /// As `descent` says, with what its samples and its noise are drawn from.
    pub(super) fn new(
        descent: &Descent<'a>,
        batches: Option<Batches>,
        noise: Option<Noise>,
        optimizer: &'a mut dyn Optimizer,
    ) -> Self {
        let Descent { ascends, clip, precision, .. } = *descent;
        Self { batches, noise, ascends, clip, precision, optimizer, gradient: Vec::new() }
    }

    /// What the next step will draw from.
    pub(super) fn into_draws(self) -> (Option<Batches>, Option<Noise>) {
        (self.batches, self.noise)
    }

    fn round(&mut self) {
        round(self.precision, &mut self.gradient);
    }
}

impl Optimizer for Prepared<'_> {
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        self.gradient.clear();
        self.gradient.extend_from_slice(place.gradient);
        if let Some(batch) = self.batches.as_mut().and_then(Batches::next_batch) {
            place.loss.batch_gradient(theta, batch, &mut self.gradient);
        }
        if self.ascends {
            negate(&mut self.gradient);
        }
        self.round();
        if let Some(noise) = &mut self.noise {
            noise.add_to(&mut self.gradient);
            self.round();
        }
        if let Some(clip) = self.clip {
            clip.clip(&mut self.gradient);
            self.round();
        }
        self.optimizer.step(theta, &Place { gradient: &self.gradient, ..*place })
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
