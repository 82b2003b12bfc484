//! What single steps did: overshooting, rising.

use core::ops::Range;

use super::super::loss::Loss;
use super::super::precision::Precision;
use super::super::trajectory::Trajectory;
use super::super::trajectory::norm;

/// A step counts if the steepest direction holds this share of its gradient.
const COUNTS: f64 = 1e-3;
/// A projection smaller than this share of the gradient before or after a step
/// has no sign: at exactly the rate 1/λ_max what is left along the steepest
/// direction is rounding noise, whose sign is random and would pass for
/// overshooting.
const ROUNDING: f64 = 1e-10;
/// Rounding alone may change a gradient by this share of λ_max·‖θ‖. On the floor
/// of a narrow valley, where the gradient along it is small, that noise across it
/// outgrows [`ROUNDING`].
pub(super) const LAST_BITS: f64 = 4.0 * f64::EPSILON;

/// Counts over some steps of a run.
///
/// A step *overshoots* if it turns the sign of the gradient's component along the
/// top eigenvector v of the Hessian it left, or if the gradients before and after
/// have a negative product; it *counts* if it overshoots or v holds 1/1000 of the
/// gradient. With more than two parameters, where v is dear, every step counts, and the
/// product alone says whether it overshoots.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tally {
    steps: usize,
    overshoots: usize,
    counting: usize,
    rises: usize,
    turns: usize,
}

impl Tally {
    /// Counts the steps `range`, each below the run's number of steps.
    pub(super) fn add(&mut self, loss: &dyn Loss, trajectory: &Trajectory, range: Range<usize>) {
        // In a coarse format the parameters themselves are rounded at every step.
        let last_bits = match trajectory.precision() {
            Precision::F64 => LAST_BITS,
            coarse => coarse.epsilon(),
        };
        let losses = trajectory.losses();
        let has_direction = trajectory.dimension() <= 2;
        // Otherwise that of the start stands for all: it only bounds what is rounding.
        let at_start = if has_direction { None } else { loss.curvature(trajectory.point(0)) };
        for t in range {
            let norms = [trajectory.gradient_norm(t), trajectory.gradient_norm(t + 1)];
            let point = trajectory.point(t);
            let curvature = if has_direction { loss.curvature(point) } else { at_start };
            let largest = curvature.map_or(0.0, |curvature| curvature.max);
            let noise =
                (ROUNDING * norms[0].max(norms[1])).max(gradient_noise(largest, point, last_bits));
            let along = curvature.filter(|_| has_direction).map(|curvature| {
                let along =
                    |t| trajectory.gradient(t).map_or(0.0, |g| dot(g, &curvature.direction));
                [along(t), along(t + 1)]
            });
            let turns = along.is_some_and(|along| turns(along, noise));
            let overshoots = turns || trajectory.gradient_product(t) < -noise * norms[0];
            let counts =
                along.is_none_or(|[before, _]| overshoots || before.abs() >= COUNTS * norms[0]);
            self.steps += 1;
            self.overshoots += usize::from(overshoots);
            self.counting += usize::from(counts);
            self.rises += usize::from(losses[t + 1] > losses[t]);
            self.turns += usize::from(turns);
        }
    }

    /// More than half of the counting steps overshoot.
    pub(super) fn overshoots_mostly(self) -> bool {
        2 * self.overshoots > self.counting
    }

    /// The loss rose on a quarter of the steps or more.
    pub(super) fn rises_often(self) -> bool {
        self.steps > 0 && 4 * self.rises >= self.steps
    }

    /// The share of counting steps that overshoot.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn overshooting(self) -> f64 {
        self.overshoots as f64 / self.counting.max(1) as f64
    }

    /// Whether nine of ten steps that overshoot do so along v.
    pub(super) fn overshoots_along_steepest(self) -> bool {
        self.turns > 0 && 10 * self.turns >= 9 * self.overshoots
    }

    /// The share of steps on which the loss rose.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn rising(self) -> f64 {
        self.rises as f64 / self.steps.max(1) as f64
    }
}

/// What changing `theta` by this share of itself does to the gradient, where the largest
/// eigenvalue is this.
pub(super) fn gradient_noise(largest: f64, theta: &[f64], share: f64) -> f64 {
    share * largest * norm(theta)
}

/// aᵀb.
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Whether components of the gradients before and after a step have opposite signs, each
/// by more than `noise`. Signs are compared, not multiplied: a product of small numbers
/// underflows.
fn turns([from, to]: [f64; 2], noise: f64) -> bool {
    (from > noise && to < -noise) || (from < -noise && to > noise)
}
