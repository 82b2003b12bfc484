//! An outcome with the numbers that explain it.

use super::fate::{deciding, is_stuck};
use super::tally::Tally;
use super::{Fate, Outcome};
use crate::descent::loss::Loss;
use crate::descent::precision::Precision;
use crate::descent::trajectory::{End, Trajectory};

/// What theory has to say of a run, for the sentence that explains its outcome;
/// the outcome itself is computed without it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Theory {
    /// c: the rule is stable while η·λ_max < c. None where theory is silent.
    pub limit: Option<f64>,
    /// Whether each step is the rule's own: no clipping, noise or coarse rounding
    /// comes between.
    pub is_undisturbed: bool,
}

/// The numbers that explain an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// η·λ_max at the start.
    pub product_at_start: f64,
    /// η·λ_max at the step where the run settled, otherwise at its last (where it
    /// is finite).
    pub product_at_end: f64,
    /// c: η·λ_max has to stay below it; none where theory is silent.
    pub limit: Option<f64>,
    /// Whether the rate is the same at every step and nothing disturbs the steps.
    pub is_steady: bool,
    /// The first step at which η·λ_max is above the limit.
    pub first_beyond_limit: Option<usize>,
    /// ‖∇J‖ at the last step (where it is finite) over the largest of the run.
    pub gradient_left: f64,
    /// The share of counting steps that overshoot, in the part of the run that
    /// decides the outcome.
    pub overshooting: f64,
    /// The share of steps on which the loss rose, in the same part.
    pub rising: f64,
    /// Whether a number left the range at the last step; a run may also diverge
    /// by climbing slowly.
    pub left_all_bounds: bool,
    /// Whether the last step changed nothing although the gradient is not small.
    pub is_stuck: bool,
    /// The rate at the last step taken.
    pub last_rate: f64,
    /// The largest number of the run's format, if the run passed it.
    pub overflowed: Option<f64>,
}

/// An outcome, the step it belongs to and the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Which of the six.
    pub outcome: Outcome,
    /// The step at which the run settled or diverged, otherwise its last.
    pub step: usize,
    /// The numbers behind it.
    pub facts: Facts,
}

impl Verdict {
    /// Judges `trajectory`, a run on `loss`, as [`Fate::of`] does, and says why.
    #[must_use]
    pub fn of(loss: &dyn Loss, trajectory: &Trajectory, theory: Theory) -> Self {
        let last = trajectory.steps();
        let Fate { outcome, step, settles, .. } = Fate::of(loss, trajectory);
        let products = Products::along(loss, trajectory, theory.limit);
        let mut tally = Tally::default();
        tally.add(loss, trajectory, deciding(trajectory, settles));
        let at_rest = settles.map(|step| product_at(loss, trajectory, step));
        Self {
            outcome,
            step,
            facts: Facts {
                product_at_start: products.at_start,
                product_at_end: at_rest
                    .filter(|product| product.is_finite())
                    .unwrap_or(products.at_end),
                limit: theory.limit,
                is_steady: theory.is_undisturbed && is_constant(trajectory.learning_rates()),
                first_beyond_limit: products.first_beyond_limit,
                gradient_left: gradient_left(trajectory),
                overshooting: tally.overshooting(),
                rising: tally.rising(),
                left_all_bounds: trajectory.end() == End::Diverged,
                is_stuck: settles.is_none() && is_stuck(trajectory),
                last_rate: trajectory.learning_rates()[last.saturating_sub(1)],
                overflowed: overflowed(trajectory),
            },
        }
    }
}

/// η·λ_max along a run.
#[derive(Default)]
struct Products {
    at_start: f64,
    at_end: f64,
    first_beyond_limit: Option<usize>,
}

impl Products {
    fn along(loss: &dyn Loss, trajectory: &Trajectory, limit: Option<f64>) -> Self {
        let mut products = Self::default();
        for t in 0..=trajectory.steps() {
            let product = product_at(loss, trajectory, t);
            // A schedule that has come to rate 0 says nothing of the ground.
            if product.is_finite() && trajectory.learning_rates()[t] > 0.0 {
                products.at_end = product;
                if t == 0 {
                    products.at_start = product;
                }
            }
            let is_beyond = limit.is_some_and(|limit| product > limit);
            if is_beyond && products.first_beyond_limit.is_none() {
                products.first_beyond_limit = Some(t);
            }
        }
        products
    }
}

/// η·λ_max at a step.
fn product_at(loss: &dyn Loss, trajectory: &Trajectory, step: usize) -> f64 {
    trajectory.learning_rates()[step] * loss.curvature(trajectory.point(step)).max
}

/// The largest number of a coarse format that a run has left for infinity.
fn overflowed(trajectory: &Trajectory) -> Option<f64> {
    let is_infinite = trajectory.point(trajectory.steps()).iter().any(|v| !v.is_finite());
    let precision = trajectory.precision();
    (is_infinite && precision != Precision::F64).then(|| precision.largest())
}

fn is_constant(rates: &[f64]) -> bool {
    rates.iter().all(|rate| *rate == rates[0])
}

/// ‖∇J‖ at the last step where it is finite over the largest of the run.
fn gradient_left(trajectory: &Trajectory) -> f64 {
    let norms = (0..=trajectory.steps()).map(|t| trajectory.gradient_norm(t));
    let (mut largest, mut last) = (0.0_f64, 0.0);
    for norm in norms.filter(|norm| norm.is_finite()) {
        largest = largest.max(norm);
        last = norm;
    }
    if largest > 0.0 { last / largest } else { 0.0 }
}
