//! What a network is to learn.

use super::activation::ActivationRule;
use super::error::ErrorRule;
use super::kernel::BLOCK;
use super::plan::Plan;
use super::walk::{Source, Walk};

/// Everything about a network but its parameters.
pub(super) struct Task {
    pub(super) plan: Plan,
    pub(super) activation: &'static ActivationRule,
    pub(super) error: &'static ErrorRule,
    pub(super) features: Vec<Vec<f64>>,
    pub(super) targets: Vec<f64>,
    pub(super) l1: f64,
    pub(super) l2: f64,
}

impl Task {
    /// The activation after a layer; the last has none.
    pub(super) fn activation_after(&self, layer: usize) -> Option<&'static ActivationRule> {
        (layer + 1 < self.plan.places.len()).then_some(self.activation)
    }

    /// Takes a block through all layers.
    pub(super) fn forward(
        &self,
        walk: &mut Walk,
        theta: &[f64],
        source: Source<'_>,
        first: usize,
        count: usize,
    ) {
        for (layer, place) in self.plan.places.iter().enumerate() {
            if layer == 0 {
                walk.load(place, source, first, count);
            }
            walk.forward(place, self.activation_after(layer), theta);
        }
    }

    /// Adds the errors of a block, one after the other.
    pub(super) fn add_errors(&self, total: &mut f64, found: &[f64], targets: &[f64]) {
        for (z, y) in found.iter().zip(targets) {
            *total += (self.error.value)(*z, *y);
        }
    }

    /// λ₂/2 ‖W‖² + λ₁ Σ|w|.
    pub(super) fn penalty(&self, theta: &[f64]) -> f64 {
        let mut sum = 0.0;
        if self.l1 > 0.0 || self.l2 > 0.0 {
            for place in &self.plan.places {
                for w in &theta[place.layer.weights.clone()] {
                    sum += 0.5 * self.l2 * (w * w) + self.l1 * w.abs();
                }
            }
        }
        sum
    }

    /// Adds the penalty's gradient; of |w| at 0 it is called 0.
    pub(super) fn add_penalty_slopes(&self, theta: &[f64], gradient: &mut [f64]) {
        if self.l1 > 0.0 || self.l2 > 0.0 {
            for place in &self.plan.places {
                let weights = place.layer.weights.clone();
                for (slope, w) in gradient[weights.clone()].iter_mut().zip(&theta[weights]) {
                    let sign = if *w == 0.0 { 0.0 } else { w.signum() };
                    *slope += self.l2 * w + self.l1 * sign;
                }
            }
        }
    }

    /// One sample's share of a mean over so many.
    #[expect(clippy::cast_precision_loss, reason = "a number of samples")]
    pub(super) fn share(samples: usize) -> f64 {
        1.0 / samples.max(1) as f64
    }
}

/// The first samples of the blocks that so many make, with their numbers.
pub(super) fn blocks(samples: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..samples).step_by(BLOCK).map(move |first| (first, BLOCK.min(samples - first)))
}
