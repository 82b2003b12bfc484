//! An outcome with the numbers that explain it.

use super::destination::MOST_PARAMETERS;
use super::end_state::{EndState, Record, quiet_from, settling};
use super::fate::swings_die_down;
use super::pace::{Swings, steps_left, way_left};
use super::walls::Walls;
use super::{Fate, Judging, Outcome};
use crate::Curvature;
use crate::loss::{Loss, Minima};
use crate::optimizer::Stability;
use crate::precision::Precision;
use crate::run::Stop;
use crate::trajectory::{End, Trajectory};

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
    /// The run's stop rules.
    pub stop: Stop,
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
    /// The distance to the minimum at the end over that at the start, of a run that has
    /// not arrived and whose minimum is known.
    pub way_left: Option<f64>,
    /// Whether the loss has no minimum at all.
    pub has_no_minimum: bool,
    /// J at the last step.
    pub final_loss: f64,
    /// How many more steps it would take to arrive; none where that is not clear.
    pub steps_left: Option<f64>,
    /// How the swings die down, of a run that oscillates and has not arrived.
    pub swings: Option<Swings>,
    /// What a run on many parameters has learnt.
    pub learning: Option<Learning>,
    /// Of a run that stalls the step from which its gradient stays below 1/1000 of its
    /// largest, or its parameters no longer change.
    pub rests_from: Option<usize>,
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
    /// The stop rule that ended the run.
    pub stopped_by: Option<StopRule>,
    /// Whether a number left the range at the last step; a run may also diverge
    /// by climbing slowly.
    pub left_all_bounds: bool,
    /// Whether the last step changed nothing although the gradient is not small.
    pub is_stuck: bool,
    /// The rate at the last step taken.
    pub last_rate: f64,
    /// The size beyond which the run's numbers count as diverged.
    pub bound: f64,
    /// The largest number of the run's format, if the run passed it.
    pub overflowed: Option<f64>,
}

/// A stop rule that was met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StopRule {
    /// The loss fell to this limit.
    Loss(f64),
    /// The gradient's length fell to this limit.
    Gradient(f64),
}

impl StopRule {
    /// The rule that was met at the last point of a run.
    fn of(stop: Stop, trajectory: &Trajectory) -> Option<Self> {
        let last = trajectory.steps();
        let by_loss = stop.loss.filter(|limit| trajectory.losses()[last] <= *limit);
        let by_gradient = stop.gradient.filter(|limit| trajectory.gradient_norm(last) <= *limit);
        let rule = by_loss.map(Self::Loss).or(by_gradient.map(Self::Gradient));
        rule.filter(|_| trajectory.end() == End::StopRuleMet)
    }
}

/// What a run on many parameters has learnt: the losses that its sentence compares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Learning {
    /// J at the start.
    pub start: f64,
    /// J at the end.
    pub end: f64,
    /// J of the best answer that is the same for every sample, where the loss is on
    /// samples.
    pub guess: Option<f64>,
    /// Whether the loss fell over the last tenth of the steps, by more than 1/1000 of
    /// what it fell in all.
    pub is_falling: bool,
}

impl Learning {
    fn of(loss: &dyn Loss, trajectory: &Trajectory) -> Option<Self> {
        let losses = trajectory.losses();
        let [first, last] = [losses[0], losses[losses.len() - 1]];
        let tenth = (losses.len() / 10).max(1);
        let before = losses[losses.len().saturating_sub(1 + tenth)];
        let is_falling = before - last > 1e-3 * (first - last).abs();
        let guess = loss.constant_guess();
        let is_large = trajectory.dimension() > MOST_PARAMETERS;
        is_large.then_some(Self { start: first, end: last, guess, is_falling })
    }
}

/// An outcome, the step it belongs to and the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Which of the six.
    pub outcome: Outcome,
    /// The step at which the run arrived or diverged, otherwise its last.
    pub step: usize,
    /// The steps to settle, of a run that arrives: see [`Fate::settles`].
    pub settles: Option<usize>,
    /// The minimum that the run goes to: see [`Fate::destination`].
    pub destination: Option<[f64; 2]>,
    /// The numbers behind it.
    pub facts: Facts,
}

impl Verdict {
    /// Whether the run arrives at its minimum.
    #[must_use]
    pub fn settles_in_minimum(&self) -> bool {
        self.settles.is_some()
    }

    /// How `loss`, the one that was judged, curves at the minimum that the run goes to;
    /// none where there is no minimum, or more than two parameters and no formula for it.
    #[must_use]
    pub fn curvature_at_minimum(&self, loss: &dyn Loss) -> Option<Curvature> {
        match loss.minima() {
            Minima::One(minimum) => loss.curvature(&minimum),
            Minima::None => None,
            Minima::Searched => {
                let dimension = loss.dimension();
                let minimum = self.destination.filter(|_| dimension <= 2)?;
                loss.curvature(&minimum[..dimension])
            }
        }
    }

    /// Judges `trajectory`, a run on `loss`, as [`Fate::of`] does, and says why.
    #[must_use]
    pub fn of(loss: &dyn Loss, trajectory: &Trajectory, theory: Theory<'_>) -> Self {
        let mut judging = Judging::new();
        loop {
            if let Some(fate) = judging.advance(loss, trajectory, usize::MAX) {
                return Self::judged(loss, trajectory, theory, (&judging, fate));
            }
        }
    }

    /// The same of a run that was judged part by part: `judging` has come to its fate.
    #[must_use]
    pub fn judged(
        loss: &dyn Loss,
        trajectory: &Trajectory,
        theory: Theory<'_>,
        (judging, fate): (&Judging, Fate),
    ) -> Self {
        let Fate { outcome, step, settles, destination, .. } = fate;
        let facts = Facts::of(loss, trajectory, theory, (judging, fate));
        Self { outcome, step, settles, destination, facts }
    }
}

impl Facts {
    fn of(
        loss: &dyn Loss,
        trajectory: &Trajectory,
        theory: Theory<'_>,
        (judging, fate): (&Judging, Fate),
    ) -> Self {
        let last = trajectory.steps();
        let Fate { outcome, settles, .. } = fate;
        let products = Products::along(loss, trajectory, theory.limit());
        let tally = judging.tally();
        let at_rest = settles.and_then(|step| product_at(loss, trajectory, step));
        let at_end = at_rest.filter(|product| product.is_finite()).unwrap_or(products.at_end);
        let is_steady = theory.is_undisturbed && is_constant(trajectory.learning_rates());
        let deciding_step = match outcome {
            Outcome::Diverges => products.first_beyond_limit,
            _ => settles,
        };
        let deciding_step = deciding_step.unwrap_or(products.last_finite);
        let way = WayLeft::of(loss, trajectory, theory, (judging, fate), is_steady);
        Self {
            product_at_start: products.at_start,
            product_at_end: at_end,
            growth: theory
                .growth(products.at_start)
                .zip(theory.growth(at_end))
                .filter(|_| products.are_known)
                .map(Into::into),
            steepest: steepest(loss, trajectory.point(deciding_step)),
            overshoots_along_steepest: tally.overshoots_along_steepest(),
            way_left: way.share,
            has_no_minimum: judging.end_state().is_some_and(EndState::has_no_minimum),
            final_loss: fate.final_loss,
            steps_left: way.steps,
            swings: way.swings,
            learning: Learning::of(loss, trajectory),
            rests_from: rests_from(loss, trajectory).filter(|_| outcome == Outcome::Stalls),
            limit: theory.limit().filter(|_| products.are_known),
            is_steady,
            first_beyond_limit: products.first_beyond_limit,
            gradient_left: gradient_left(loss, trajectory),
            overshooting: tally.overshooting(),
            rising: tally.rising(),
            ascends: theory.ascends,
            stopped_by: StopRule::of(theory.stop, trajectory),
            left_all_bounds: trajectory.end() == End::Diverged,
            is_stuck: outcome == Outcome::Stalls
                && Record::is_stuck(trajectory)
                && quiet_from(loss, trajectory).is_none(),
            last_rate: trajectory.learning_rates()[last.saturating_sub(1)],
            bound: trajectory.bound(),
            overflowed: overflowed(trajectory),
        }
    }
}

/// The step from which a run rests.
fn rests_from(loss: &dyn Loss, trajectory: &Trajectory) -> Option<usize> {
    let steps = (0..trajectory.steps()).rev();
    let still = steps.take_while(|step| trajectory.stands_still(*step)).last();
    let is_large = trajectory.dimension() > MOST_PARAMETERS;
    let rests = if is_large { settling(loss, trajectory) } else { quiet_from(loss, trajectory) };
    rests.or(still)
}

/// What a run that has not arrived still has before it.
#[derive(Default)]
struct WayLeft {
    /// The share of the way.
    share: Option<f64>,
    steps: Option<f64>,
    swings: Option<Swings>,
}

impl WayLeft {
    fn of(
        loss: &dyn Loss,
        trajectory: &Trajectory,
        theory: Theory<'_>,
        (judging, fate): (&Judging, Fate),
        is_steady: bool,
    ) -> Self {
        let is_moving = fate.settles.is_none() && fate.outcome != Outcome::Diverges;
        let state = judging.end_state().filter(|_| is_moving);
        let Some(state) = state else { return Self::default() };
        let Some(minimum) = state.destination.point() else { return Self::default() };
        let rule = theory.stability.filter(|_| is_steady && fate.outcome != Outcome::Stalls);
        let steps = rule.and_then(|(rule, knobs)| {
            steps_left(loss, trajectory, minimum, |product| (rule.growth)(knobs, product))
        });
        let is_swinging = fate.outcome == Outcome::Oscillates;
        let dying = swings_die_down(trajectory, &state.destination).filter(|_| is_swinging);
        let share_of_steps = judging.tally().swings();
        let swings = dying.map(|dying| Swings::of(trajectory, minimum, dying, share_of_steps));
        Self { share: way_left(trajectory, minimum), steps, swings }
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

/// ‖∇J‖, or the length of the projected gradient, at the last step where it is finite over the largest of the run.
fn gradient_left(loss: &dyn Loss, trajectory: &Trajectory) -> f64 {
    let walls = Walls::of(loss, trajectory);
    let norms = (0..=trajectory.steps()).map(|t| walls.gradient_norm(trajectory, t));
    let (mut largest, mut last) = (0.0_f64, 0.0);
    for norm in norms.filter(|norm| norm.is_finite()) {
        largest = largest.max(norm);
        last = norm;
    }
    if largest > 0.0 { last / largest } else { 0.0 }
}
