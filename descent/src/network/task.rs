//! What a network is to learn.

use super::activation::ActivationRule;
use super::error::ErrorRule;
use super::plan::Plan;

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

    /// Adds the penalty's Hessian times a vector.
    pub(super) fn add_penalty_curvature(&self, vector: &[f64], product: &mut [f64]) {
        if self.l2 > 0.0 {
            for place in &self.plan.places {
                let weights = place.layer.weights.clone();
                for (out, v) in product[weights.clone()].iter_mut().zip(&vector[weights]) {
                    *out += self.l2 * v;
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
