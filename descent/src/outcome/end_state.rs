//! Where a run ends: beyond every bound, at a minimum, at rest elsewhere, or on its way.

use super::super::constraint::{FeasibleSet, Region};
use super::super::loss::Loss;
use super::super::trajectory::{End, Trajectory};
use super::destination::{Destination, MOST_PARAMETERS, is_minimum};
use super::walls::Walls;
use crate::Curvature;

/// A run arrives when its distance to the minimum has fallen to this share of that at
/// its start.
pub(super) const NEAR: f64 = 0.01;
/// ‖∇J‖ below this share of the run's largest is small: the run rests.
const SMALL: f64 = 1e-3;
/// A network rests when less than this share of its loss's whole fall is still to come.
const LITTLE: f64 = 0.01;
/// A network that rests with this share of the loss of a constant answer has learnt
/// nothing.
const NOTHING_LEARNT: f64 = 0.95;

/// What a judgement reads of a run.
pub(crate) trait Record {
    /// T, the number of steps.
    fn steps(&self) -> usize;
    /// Why the run ended.
    fn end(&self) -> End;
    /// J at a step.
    fn loss(&self, step: usize) -> f64;
    /// ‖∇J‖ at a step.
    fn gradient_norm(&self, step: usize) -> f64;
    /// ‖θ_t − point‖².
    fn distance_squared(&self, step: usize, point: &[f64]) -> f64;
    /// θ_T.
    fn last_point(&self) -> Vec<f64>;
    /// Whether the last step changed no parameter.
    fn is_stuck(&self) -> bool;
    /// Where the parameters had to be after each step, of a run on `loss`.
    fn feasible_set<'a>(&'a self, loss: &'a dyn Loss) -> Option<FeasibleSet<'a>>;
    /// θ and ∇J at a step, where both are kept.
    fn point_and_gradient(&self, step: usize) -> Option<(Vec<f64>, Vec<f64>)>;
    /// The length of the projected gradient at a step, where it was recorded.
    fn projected_norm(&self, _step: usize) -> Option<f64> {
        None
    }
}

impl Record for Trajectory {
    fn steps(&self) -> usize {
        Trajectory::steps(self)
    }

    fn end(&self) -> End {
        Trajectory::end(self)
    }

    fn loss(&self, step: usize) -> f64 {
        self.losses()[step]
    }

    fn gradient_norm(&self, step: usize) -> f64 {
        Trajectory::gradient_norm(self, step)
    }

    fn distance_squared(&self, step: usize, point: &[f64]) -> f64 {
        squared_distance(self.point(step), point)
    }

    fn last_point(&self) -> Vec<f64> {
        self.point(Trajectory::steps(self)).to_vec()
    }

    fn is_stuck(&self) -> bool {
        let last = Trajectory::steps(self);
        last > 0 && self.stands_still(last - 1)
    }

    fn feasible_set<'a>(&'a self, loss: &'a dyn Loss) -> Option<FeasibleSet<'a>> {
        Trajectory::feasible_set(self, loss)
    }

    fn point_and_gradient(&self, step: usize) -> Option<(Vec<f64>, Vec<f64>)> {
        Some((self.point(step).to_vec(), self.gradient(step)?.to_vec()))
    }

    fn projected_norm(&self, step: usize) -> Option<f64> {
        Trajectory::projected_norm(self, step)
    }
}

/// ‖a − b‖².
pub(super) fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// How a run ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    /// A number left every bound, or the loss climbs for good.
    Diverged,
    /// It stays near its minimum, or met a stop rule, from this step on.
    Arrived(usize),
    /// It rests where there is no minimum, or its parameters no longer change.
    Stalled,
    /// It is still on its way.
    Moving,
}

/// How a run ends and where it was going.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EndState {
    pub(crate) ended: Ended,
    /// Not searched for where the run diverged.
    pub(crate) destination: Destination,
}

impl EndState {
    /// Whether the loss has no minimum at all.
    pub(super) fn has_no_minimum(&self) -> bool {
        self.destination == Destination::Nowhere
    }

    /// Of a finished run on `loss`.
    pub(crate) fn of(loss: &dyn Loss, run: &impl Record) -> Self {
        if run.end() == End::Diverged || climbs(run) {
            return Self { ended: Ended::Diverged, destination: Destination::Unknown };
        }
        let end = run.last_point();
        let set = run.feasible_set(loss);
        let destination = Destination::of(loss, &end, set.as_ref());
        let settled = match &destination {
            Destination::At(minimum) => arrival(run, minimum),
            _ if end.len() > MOST_PARAMETERS || has_several_balls(set, &end) => settling(loss, run),
            _ => None,
        };
        let has_learnt = || {
            let guess = loss.constant_guess();
            guess.is_none_or(|guess| run.loss(run.steps()) < NOTHING_LEARNT * guess)
        };
        let ended = match settled {
            _ if run.end() == End::StopRuleMet => Ended::Arrived(run.steps()),
            Some(step) if destination.point().is_some() || has_learnt() => Ended::Arrived(step),
            Some(_) => Ended::Stalled,
            None if run.is_stuck() || rests_elsewhere(loss, run, &end) => Ended::Stalled,
            None => Ended::Moving,
        };
        Self { ended, destination }
    }
}

/// Whether each layer has a ball of its own: no minimum is searched for there.
fn has_several_balls(set: Option<FeasibleSet<'_>>, end: &[f64]) -> bool {
    set.is_some_and(|set| {
        matches!(set.region(), Region::Ball(_)) && set.blocks(end.len()).count() > 1
    })
}

/// The first step from which a run stays within 1 % of its way from the minimum.
fn arrival(run: &impl Record, minimum: &[f64]) -> Option<usize> {
    let way = run.distance_squared(0, minimum).sqrt();
    let largest = minimum.iter().fold(0.0_f64, |largest, number| largest.max(number.abs()));
    // A start on the minimum has no way to go.
    let radius = (NEAR * way).max(1e-9 * (1e-3 + largest));
    let is_near = |step: &usize| run.distance_squared(*step, minimum) <= radius * radius;
    (0..=run.steps()).rev().take_while(is_near).last()
}

/// The step from which ‖∇J‖, or the projected gradient, stays small beside its largest.
pub(super) fn quiet_from(loss: &dyn Loss, run: &impl Record) -> Option<usize> {
    let walls = Walls::of(loss, run);
    let (mut largest, mut quiet) = (0.0_f64, 0);
    // When the largest so far grows, its own step is the last that is not small.
    for step in 0..=run.steps() {
        let norm = walls.gradient_norm(run, step);
        largest = largest.max(norm);
        if norm >= SMALL * largest && norm > 0.0 {
            quiet = step + 1;
        }
    }
    (quiet <= run.steps()).then_some(quiet)
}

/// The step from which a network's gradient stays small and its loss hardly falls.
pub(super) fn settling(loss: &dyn Loss, run: &impl Record) -> Option<usize> {
    let last = run.loss(run.steps());
    let little = LITTLE * (run.loss(0) - last);
    let hardly_falls = |step: &usize| run.loss(*step) - last <= little.max(0.0);
    let level = (0..=run.steps()).rev().take_while(hardly_falls).last()?;
    Some(level.max(quiet_from(loss, run)?))
}

/// Whether a run rests on a plateau or a saddle.
fn rests_elsewhere(loss: &dyn Loss, run: &impl Record, end: &[f64]) -> bool {
    let hessian = loss.dense_hessian(end, MOST_PARAMETERS);
    hessian.is_some_and(|hessian| !is_minimum(&Curvature::of_symmetric(&hessian)))
        && quiet_from(loss, run).is_some()
}

/// Whether the loss climbs for good: from quarter to quarter of the run its least and its
/// largest value rise, and the least of the last quarter is above the start and above the
/// largest of the first.
fn climbs(run: &impl Record) -> bool {
    let (rows, first) = (run.steps() + 1, run.loss(0));
    if rows < 4 || run.loss(run.steps()) <= first {
        return false;
    }
    let quarters = [0, 1, 2, 3].map(|quarter| {
        let steps = quarter * rows / 4..(quarter + 1) * rows / 4;
        steps.fold([f64::INFINITY, f64::NEG_INFINITY], |[low, high], step| {
            let loss = run.loss(step);
            [low.min(loss), high.max(loss)]
        })
    });
    let rises = quarters.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][1] < pair[1][1]);
    rises && quarters[3][0] > first.max(quarters[0][1])
}
