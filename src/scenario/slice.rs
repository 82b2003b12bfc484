//! Which plane of more than two parameters the map shows.

use super::Scenario;
use crate::descent::loss::Loss;
use crate::descent::{Plane, PlaneMaking, Trajectory, Way};

/// What spans the plane.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Directions {
    /// The two principal directions of the selected run.
    #[default]
    Principal,
    /// Two parameters, the first to the right, by their numbers.
    Parameters([usize; 2]),
    /// From its start to its end, and to the point that is farthest from the line between
    /// them.
    Ends,
    /// Two random directions, drawn from this seed.
    Random(u64),
}

/// The plane through a run that the map shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// The plane.
    pub plane: Plane,
    /// The step whose point lies in it.
    pub anchor: usize,
    /// The step up to which the run counts: a run that explodes would hide all else.
    pub last: usize,
    /// Which share of the length of the way up to there lies in the plane, 0 to 1; none
    /// of a run that does not move.
    pub share: Option<f64>,
    /// The points kept of the run up to there as they lie on the plane, each with its step.
    pub way: Vec<(usize, [f64; 2])>,
}

/// Principal directions are taken from at most so many points of a run, and of many
/// parameters from fewer: so many products of two numbers.
const POINTS: usize = 512;
const PRODUCTS: usize = 1 << 23;
/// The fewest and the most points of a run with many parameters.
const FEWEST: usize = 12;
const MANY: usize = 64;
/// More parameters than this are many.
const PARAMETERS: usize = 32;

/// A slice that is made part by part: of many parameters it takes longer than a frame.
pub struct SliceMaking {
    anchor: usize,
    last: usize,
    stage: Stage,
}

enum Stage {
    /// The plane, from the points of these steps.
    Spanning(PlaneMaking, Vec<usize>),
    Walking(Plane, Way),
    HandedOver,
}

impl Slice {
    /// Through the end of a run with more than two parameters; where that is no lower
    /// than the start, through its lowest point.
    #[must_use]
    pub fn of(directions: Directions, trajectory: &Trajectory, loss: &dyn Loss) -> Self {
        let mut making = SliceMaking::begin(directions, trajectory, loss);
        loop {
            if let Some(slice) = making.advance(trajectory, &mut || false) {
                return slice;
            }
        }
    }
}

impl SliceMaking {
    /// Chooses the points that count; [`Slice::of`] says which.
    #[must_use]
    pub fn begin(directions: Directions, trajectory: &Trajectory, loss: &dyn Loss) -> Self {
        let losses = trajectory.losses();
        let is_finite = |t: usize| trajectory.point(t).iter().all(|v| v.is_finite());
        let near = trajectory.tame_points();
        // One step at least, where it leads anywhere.
        let first = trajectory.kept_after(0);
        let least = if first > 0 && is_finite(first) { first } else { 0 };
        let last = near.saturating_sub(1).max(least);
        let kept = trajectory.kept_steps(near.saturating_sub(1));
        let lowest = kept.fold(0, |low, t| if losses[t] < losses[low] { t } else { low });
        let is_lower = last == trajectory.steps() && losses[last] <= losses[0];
        let anchor = if is_lower { last } else { lowest };
        let origin = trajectory.point(anchor);
        let steps = |most: usize| -> Vec<usize> {
            let apart = (last / trajectory.stride()).div_ceil(most).max(1);
            trajectory.kept_steps(last).step_by(apart).collect()
        };
        let (plane, steps) = match directions {
            Directions::Parameters(parameters) => {
                (PlaneMaking::of_parameters(origin, parameters), Vec::new())
            }
            Directions::Principal | Directions::Ends if last == 0 => {
                (PlaneMaking::at(origin), Vec::new())
            }
            Directions::Principal => {
                (PlaneMaking::of_principal_directions(origin), steps(affordable(origin.len())))
            }
            Directions::Ends => {
                (PlaneMaking::through(trajectory.point(0), origin), steps(usize::MAX))
            }
            Directions::Random(seed) => {
                let layers = loss.layered().map_or(&[][..], |layered| layered.layers());
                (PlaneMaking::of_random_directions(origin, layers, seed), Vec::new())
            }
        };
        Self { anchor, last, stage: Stage::Spanning(plane, steps) }
    }

    /// Goes on until time is up, and hands over the slice when it is there; the run must be
    /// the same in every call.
    pub fn advance(
        &mut self,
        trajectory: &Trajectory,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> Option<Slice> {
        let (plane, mut way) = match core::mem::replace(&mut self.stage, Stage::HandedOver) {
            Stage::Spanning(mut making, steps) => {
                let points: Vec<&[f64]> = steps.iter().map(|t| trajectory.point(*t)).collect();
                if !making.advance(&points, is_time_up) {
                    self.stage = Stage::Spanning(making, steps);
                    return None;
                }
                (making.finish(), Way::default())
            }
            Stage::Walking(plane, way) => (plane, way),
            Stage::HandedOver => return None,
        };
        let Self { anchor, last, .. } = *self;
        if !way.advance(&plane, trajectory, last, is_time_up) {
            self.stage = Stage::Walking(plane, way);
            return None;
        }
        let share = way.share();
        Some(Slice { plane, anchor, last, share, way: way.into_points() })
    }
}

/// From how many points of a run with so many parameters its directions are taken.
fn affordable(parameters: usize) -> usize {
    if parameters <= PARAMETERS {
        return POINTS;
    }
    (PRODUCTS / parameters).isqrt().clamp(FEWEST, MANY)
}

impl Scenario {
    /// The plane that the map shows of a run; none where all parameters are on the map.
    #[must_use]
    pub fn slice(&self, trajectory: &Trajectory, loss: &dyn Loss) -> Option<Slice> {
        (trajectory.dimension() > 2).then(|| Slice::of(self.page.plane, trajectory, loss))
    }
}
