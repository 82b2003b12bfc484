//! Which steps overshoot, and on which the loss rises.

use crate::linalg::dot;
use core::ops::Range;

use super::super::loss::Loss;
use super::super::trajectory::Trajectory;
use crate::Precision;
use crate::linalg::eigen::Eigen;
use crate::linalg::norm;

use super::destination::MOST_PARAMETERS;
use super::walls::Walls;

/// A step is steep where the gradient's component along the top eigenvector is at least
/// this share of its length.
const STEEP: f64 = 1e-3;
/// Below this share of the gradient's length a component is rounding: its sign is random
/// and would pass for overshooting.
const ROUNDING: f64 = 1e-10;
/// Rounding of θ alone may change a gradient by this share of λ_max·‖θ‖. On the floor of
/// a narrow valley, where the gradient along it is small, that noise across it outgrows
/// [`ROUNDING`].
const LAST_BITS: f64 = 4.0 * f64::EPSILON;

/// Counts over some steps of a run.
///
/// With g the gradient of all samples and v the top eigenvector of the Hessian at the
/// point that a step leaves: the step is *steep* if |g·v| ≥ ‖g‖/1000. It *turns* if it is
/// steep and g·v has another sign after it; it *turns back* if the gradients before and
/// after it have a negative product. It counts if it is steep or turns back, and
/// overshoots if it turns or turns back. Of more than 32 parameters v is not computed:
/// every step counts, and those that turn back overshoot.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    steps: usize,
    overshoots: usize,
    counting: usize,
    rises: usize,
    turns: usize,
    /// The top eigenvector and eigenvalue, where they are the same everywhere.
    fixed: Option<Steepest>,
}

/// λ_max with its eigenvector.
#[derive(Clone, Debug)]
struct Steepest {
    lambda: f64,
    direction: Vec<f64>,
}

impl Steepest {
    fn at(loss: &dyn Loss, theta: &[f64]) -> Option<Self> {
        let n = theta.len();
        if n <= 2 {
            let curvature = loss.curvature(theta)?;
            let direction = curvature.direction[..n].to_vec();
            return Some(Self { lambda: curvature.max, direction });
        }
        let eigen = Eigen::of_symmetric(loss.dense_hessian(theta, MOST_PARAMETERS)?, n);
        let top = eigen.axes().max_by(|a, b| a.1.total_cmp(&b.1));
        top.map(|(direction, lambda)| Self { lambda, direction })
    }
}

/// What a step does.
struct Move {
    is_steep: bool,
    turns: bool,
    turns_back: bool,
}

impl Tally {
    /// Counts the steps `range`, each below the run's number of steps.
    pub(super) fn add(&mut self, loss: &dyn Loss, run: &Trajectory, range: Range<usize>) {
        if loss.is_quadratic() && self.fixed.is_none() {
            self.fixed = Steepest::at(loss, run.point(0));
        }
        let losses = run.losses();
        let walls = &Walls::of(loss, run);
        for t in range {
            let Move { is_steep, turns, turns_back } = match (&self.fixed, run.dimension()) {
                (Some(top), _) => step((run, walls), t, Some((top.lambda, &top.direction))),
                (None, n) if n <= 2 => {
                    let top = loss.curvature(run.point(t));
                    step((run, walls), t, top.as_ref().map(|top| (top.max, &top.direction[..n])))
                }
                (None, _) => {
                    let top = Steepest::at(loss, run.point(t));
                    step(
                        (run, walls),
                        t,
                        top.as_ref().map(|top| (top.lambda, top.direction.as_slice())),
                    )
                }
            };
            self.steps += 1;
            self.overshoots += usize::from(turns || turns_back);
            self.counting += usize::from(is_steep || turns_back);
            self.rises += usize::from(losses[t + 1] > losses[t]);
            self.turns += usize::from(turns);
        }
    }

    /// More than half of the counting steps overshoot.
    pub(super) fn overshoots_mostly(&self) -> bool {
        2 * self.overshoots > self.counting
    }

    /// The loss rose on a quarter of the steps or more.
    pub(super) fn rises_often(&self) -> bool {
        self.steps > 0 && 4 * self.rises >= self.steps
    }

    /// The share of counting steps that overshoot.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn overshooting(&self) -> f64 {
        self.overshoots as f64 / self.counting.max(1) as f64
    }

    /// The share of all steps that overshoot.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn swings(&self) -> f64 {
        self.overshoots as f64 / self.steps.max(1) as f64
    }

    /// Whether nine of ten steps that overshoot do so along v.
    pub(super) fn overshoots_along_steepest(&self) -> bool {
        self.turns > 0 && 10 * self.turns >= 9 * self.overshoots
    }

    /// The share of steps on which the loss rose.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn rising(&self) -> f64 {
        self.rises as f64 / self.steps.max(1) as f64
    }
}

/// What the step that leaves `t` does, from λ_max and its eigenvector there, if they are
/// known.
fn step((run, walls): (&Trajectory, &Walls<'_>), t: usize, top: Option<(f64, &[f64])>) -> Move {
    // In a coarse format the parameters themselves are rounded at every step.
    let last_bits = match run.precision() {
        Precision::F64 => LAST_BITS,
        coarse => coarse.epsilon(),
    };
    let norms = [t, t + 1].map(|t| walls.gradient_norm(run, t));
    let lambda = top.map_or(0.0, |(lambda, _)| lambda);
    let noise = (ROUNDING * norms[0].max(norms[1])).max(last_bits * lambda * norm(run.point(t)));
    let turns_back = walls.gradient_product(run, t) < -noise * norms[0];
    let along = |(_, direction): (f64, &[f64])| {
        if walls.are_there() {
            let [here, next] = [t, t + 1].map(|t| walls.gradient(run, t));
            return Some([dot(&here?, direction), dot(&next?, direction)]);
        }
        Some([dot(run.gradient(t)?, direction), dot(run.gradient(t + 1)?, direction)])
    };
    match top.and_then(along) {
        None => Move { is_steep: true, turns: false, turns_back },
        Some(along) => {
            let is_steep = along[0].abs() >= STEEP * norms[0];
            Move { is_steep, turns: is_steep && has_turned(along, noise), turns_back }
        }
    }
}

/// Whether components of the gradients before and after a step have opposite signs, each
/// by more than `noise`. Signs are compared, not multiplied: a product of small numbers
/// underflows.
fn has_turned([from, to]: [f64; 2], noise: f64) -> bool {
    (from > noise && to < -noise) || (from < -noise && to > noise)
}
