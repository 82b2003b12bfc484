//! An outcome with the numbers that explain it.

use super::fate::{deciding, is_stuck};
use super::pace::steps_left;
use super::tally::Tally;
use super::{Fate, Judging, Outcome};
use crate::descent::Curvature;
use crate::descent::loss::Loss;
use crate::descent::optimizer::Stability;
use crate::descent::precision::Precision;
use crate::descent::trajectory::{End, Trajectory};

/// What theory has to say of a run, for the sentence that explains its outcome;
/// the outcome itself is computed without it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Theory<'a> {
    /// Of the run's rule, with its knobs. None where theory is silent.
    pub stability: Option<(&'static Stability, &'a [f64])>,
    /// Whether each step is the rule's own: no clipping, noise or coarse rounding
    /// comes between.
    pub is_undisturbed: bool,
    /// Whether the sign of the gradient is wrong, so that each step climbs.
    pub ascends: bool,
}

impl Theory<'_> {
    /// c: the rule is stable while η·λ_max < c.
    fn limit(&self) -> Option<f64> {
        self.stability.map(|(stability, knobs)| (stability.limit)(knobs))
    }

    /// The factor on the error a step along the steepest direction, in the long run.
    fn growth(&self, product: f64) -> Option<f64> {
        self.stability.map(|(stability, knobs)| (stability.growth)(knobs, product))
    }
}

/// The numbers that explain an outcome.
#[expect(clippy::struct_excessive_bools, reason = "facts, each of its own")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// η·λ_max at the start.
    pub product_at_start: f64,
    /// η·λ_max at the step where the run settled, otherwise at its last (where it
    /// is finite).
    pub product_at_end: f64,
    /// By what a step multiplies the error along the steepest direction in the long
    /// run, were the ground everywhere as at the start, or where `product_at_end` is
    /// from; none where theory is silent.
    pub growth: Option<[f64; 2]>,
    /// A unit vector along the steepest direction where `product_at_end` is from, of a
    /// run that diverged where it first was above the limit. None with one parameter,
    /// and where all directions are about as steep.
    pub steepest: Option<[f64; 2]>,
    /// Whether steps that overshoot do so along the steepest direction.
    pub overshoots_along_steepest: bool,
    /// How many more steps it would take to settle; none where that is not clear.
    pub steps_left: Option<f64>,
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
    /// Whether the sign of the gradient was wrong.
    pub ascends: bool,
    /// Whether a stop rule ended the run.
    pub is_stopped: bool,
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
    /// Whether the run came to rest where there is a minimum.
    #[must_use]
    pub fn settles_in_minimum(&self) -> bool {
        matches!(self.outcome, Outcome::Converges | Outcome::Oscillates)
    }

    /// Judges `trajectory`, a run on `loss`, as [`Fate::of`] does, and says why.
    #[must_use]
    pub fn of(loss: &dyn Loss, trajectory: &Trajectory, theory: Theory<'_>) -> Self {
        Self::explain(loss, trajectory, theory, Fate::with_tally(loss, trajectory))
    }

    /// The same of a run that was judged part by part: `judging` has come to its fate.
    #[must_use]
    pub fn judged(
        loss: &dyn Loss,
        trajectory: &Trajectory,
        theory: Theory<'_>,
        (judging, fate): (&Judging, Fate),
    ) -> Self {
        Self::explain(loss, trajectory, theory, (fate, judging.tally()))
    }

    fn explain(
        loss: &dyn Loss,
        trajectory: &Trajectory,
        theory: Theory<'_>,
        (fate, counted): (Fate, Option<Tally>),
    ) -> Self {
        let last = trajectory.steps();
        let Fate { outcome, step, settles, .. } = fate;
        let products = Products::along(loss, trajectory, theory.limit());
        let tally = counted.unwrap_or_else(|| {
            let mut tally = Tally::default();
            tally.add(loss, trajectory, deciding(trajectory, settles));
            tally
        });
        let at_rest = settles.and_then(|step| product_at(loss, trajectory, step));
        let at_end = at_rest.filter(|product| product.is_finite()).unwrap_or(products.at_end);
        let is_steady = theory.is_undisturbed && is_constant(trajectory.learning_rates());
        let is_on_its_way = matches!(outcome, Outcome::Crawls | Outcome::Bounces) && is_steady;
        let steps_left = theory.stability.filter(|_| is_on_its_way).and_then(|(rule, knobs)| {
            steps_left(loss, trajectory, |product| (rule.growth)(knobs, product))
        });
        let deciding_step = match outcome {
            Outcome::Diverges => products.first_beyond_limit,
            _ => settles,
        };
        let deciding_step = deciding_step.unwrap_or(products.last_finite);
        Self {
            outcome,
            step,
            facts: Facts {
                product_at_start: products.at_start,
                product_at_end: at_end,
                growth: theory
                    .growth(products.at_start)
                    .zip(theory.growth(at_end))
                    .filter(|_| products.are_known)
                    .map(Into::into),
                steepest: steepest(loss, trajectory.point(deciding_step)),
                overshoots_along_steepest: tally.overshoots_along_steepest(),
                steps_left,
                limit: theory.limit().filter(|_| products.are_known),
                is_steady,
                first_beyond_limit: products.first_beyond_limit,
                gradient_left: gradient_left(trajectory),
                overshooting: tally.overshooting(),
                rising: tally.rising(),
                ascends: theory.ascends,
                is_stopped: trajectory.end() == End::StopRuleMet,
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
    /// The last step with such a product.
    last_finite: usize,
    first_beyond_limit: Option<usize>,
    /// Whether the loss says how it curves.
    are_known: bool,
}

impl Products {
    /// Where curvature is dear it is asked for at the ends alone, and the first step
    /// beyond the limit is known only if it is the start.
    fn along(loss: &dyn Loss, trajectory: &Trajectory, limit: Option<f64>) -> Self {
        let mut products = Self::default();
        let last = trajectory.steps();
        let is_dear = loss.has_dear_curvature();
        let looks = if is_dear { last.max(1) } else { 1 };
        for t in (0..=last).step_by(looks) {
            let Some(product) = product_at(loss, trajectory, t) else { break };
            products.are_known = true;
            // A schedule that has come to rate 0 says nothing of the ground.
            if product.is_finite() && trajectory.learning_rates()[t] > 0.0 {
                (products.at_end, products.last_finite) = (product, t);
                if t == 0 {
                    products.at_start = product;
                }
            }
            let is_beyond = limit.is_some_and(|limit| product > limit);
            if is_beyond && products.first_beyond_limit.is_none() && (t == 0 || !is_dear) {
                products.first_beyond_limit = Some(t);
            }
        }
        products
    }
}

/// η·λ_max at a step.
fn product_at(loss: &dyn Loss, trajectory: &Trajectory, step: usize) -> Option<f64> {
    let curvature = loss.curvature(trajectory.point(step))?;
    Some(trajectory.learning_rates()[step] * curvature.max)
}

/// All directions are about as steep where λ_min is this share of λ_max.
const ROUND: f64 = 0.95;

/// The steepest direction at a point, where there is one among two.
fn steepest(loss: &dyn Loss, point: &[f64]) -> Option<[f64; 2]> {
    let Curvature { min, max, direction } = loss.curvature(point)?;
    (point.len() == 2 && max > 0.0 && min < ROUND * max).then_some(direction)
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
