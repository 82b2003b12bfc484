//! The outcome of a run without its reasons: what the spectrum asks for at every
//! rate.

use core::ops::Range;

use super::Outcome;
use super::destination::{Destination, MOST_PARAMETERS, STEPS};
use super::end_state::{EndState, Ended, squared_distance};
use super::tally::Tally;
use crate::loss::Loss;
use crate::trajectory::Trajectory;

/// What a product with the Hessian and its share of the eigenvectors cost, in gradients.
const PRODUCT: usize = 10;

/// An outcome and the step it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fate {
    /// Which of the six.
    pub outcome: Outcome,
    /// The step at which the run arrived or diverged, otherwise its last.
    pub step: usize,
    /// The steps to settle: the first step from which the run stays within 1 % of its way
    /// from its minimum, or at which a stop rule was met. Only of a run that arrives.
    pub settles: Option<usize>,
    /// J at the last step; it may be infinite or not a number where the run diverged.
    pub final_loss: f64,
    /// The first two parameters of the minimum that the run goes to, where there is one:
    /// enough to tell two minima of a map apart.
    pub destination: Option<[f64; 2]>,
}

impl Fate {
    /// About how many gradients of a network it costs to judge a run of `steps` steps. Up to
    /// 32 parameters it takes Hessians, each of as many products as parameters: one at each
    /// step, for the steepest direction, and one at each step of the search for the minimum.
    #[must_use]
    pub fn cost_in_gradients(loss: &dyn Loss, steps: usize) -> usize {
        let parameters = loss.dimension();
        if loss.layered().is_none() || parameters > MOST_PARAMETERS {
            return 0;
        }
        PRODUCT * parameters * (STEPS + steps)
    }

    /// Judges `trajectory`, a run on `loss`.
    #[must_use]
    pub fn of(loss: &dyn Loss, trajectory: &Trajectory) -> Self {
        let mut judging = Judging::new();
        loop {
            if let Some(fate) = judging.advance(loss, trajectory, usize::MAX) {
                return fate;
            }
        }
    }

    /// Whether the run arrives at its minimum.
    #[must_use]
    pub fn settles_in_minimum(&self) -> bool {
        self.settles.is_some()
    }

    /// Whether the run goes to this minimum, as far as both are known: to within a
    /// thousandth of its distance from the origin.
    #[must_use]
    pub fn goes_to(&self, destination: Option<[f64; 2]>) -> bool {
        let (Some(own), Some(other)) = (self.destination, destination) else { return true };
        let is_near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-3 * (1.0 + b.abs());
        own.iter().zip(&other).all(is_near)
    }
}

/// The judging of a finished run, part by part: the curvature at each of a million steps
/// takes longer than a frame.
#[derive(Clone, Debug, Default)]
pub struct Judging {
    stage: Stage,
    tally: Tally,
}

#[derive(Clone, Debug, Default)]
enum Stage {
    /// Nothing is known yet.
    #[default]
    Begun,
    /// The steps that decide are counted; this one is next.
    Counting { state: EndState, next: usize },
}

impl Judging {
    /// Before the first look.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How the run ends, once that is known.
    pub(super) fn end_state(&self) -> Option<&EndState> {
        match &self.stage {
            Stage::Begun => None,
            Stage::Counting { state, .. } => Some(state),
        }
    }

    /// The counts over the steps that decide.
    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Looks at so many more steps of the same run; the fate, once it is clear.
    pub fn advance(
        &mut self,
        loss: &dyn Loss,
        trajectory: &Trajectory,
        steps: usize,
    ) -> Option<Fate> {
        match &mut self.stage {
            Stage::Begun => {
                let state = EndState::of(loss, trajectory);
                let next = deciding(trajectory, state.ended).start;
                self.stage = Stage::Counting { state, next };
                None
            }
            Stage::Counting { state, next } => {
                let until = deciding(trajectory, state.ended).end;
                let to = until.min(next.saturating_add(steps));
                self.tally.add(loss, trajectory, *next..to);
                *next = to;
                (to == until).then(|| fate(trajectory, state, &self.tally))
            }
        }
    }
}

/// What the counts say of a run that ends so.
fn fate(trajectory: &Trajectory, state: &EndState, tally: &Tally) -> Fate {
    let (mostly, often) = (tally.overshoots_mostly(), tally.rises_often());
    let outcome = match state.ended {
        Ended::Diverged => Outcome::Diverges,
        Ended::Arrived(step) if mostly || (step >= 4 && often) => Outcome::Oscillates,
        Ended::Arrived(_) => Outcome::Converges,
        Ended::Stalled => Outcome::Stalls,
        Ended::Moving if !(mostly || often) => Outcome::Crawls,
        Ended::Moving if swings_die_down(trajectory, &state.destination).is_some() => {
            Outcome::Oscillates
        }
        Ended::Moving => Outcome::Bounces,
    };
    let settles = match state.ended {
        Ended::Arrived(step) => Some(step),
        _ => None,
    };
    let last = trajectory.steps();
    let final_loss = trajectory.losses()[last];
    let destination = state.destination.point();
    let destination = destination.map(|point| [point[0], point.get(1).copied().unwrap_or(0.0)]);
    Fate { outcome, step: settles.unwrap_or(last), settles, final_loss, destination }
}

/// The steps that decide: until the run arrives, its second half, or none.
pub(super) fn deciding(trajectory: &Trajectory, ended: Ended) -> Range<usize> {
    let last = trajectory.steps();
    match ended {
        Ended::Arrived(step) => 0..step,
        Ended::Moving => last / 2..last,
        Ended::Diverged | Ended::Stalled => last..last,
    }
}

/// Swings die down where the largest distance of a quarter is below this share of that of
/// the quarter before.
const DYING: f64 = 0.7;

/// The largest distance from the minimum in the last quarter of an undisturbed run, and
/// its share of that of the quarter before, where the swings die down.
pub(super) fn swings_die_down(
    trajectory: &Trajectory,
    destination: &Destination,
) -> Option<[f64; 2]> {
    let minimum = destination.point().filter(|_| !trajectory.is_stochastic())?;
    let rows = trajectory.steps() + 1;
    let largest = |steps: Range<usize>| {
        let distances = steps.map(|step| squared_distance(trajectory.point(step), minimum));
        distances.fold(0.0, f64::max).sqrt()
    };
    let [before, last] = [largest(rows / 2..3 * rows / 4), largest(3 * rows / 4..rows)];
    (last < DYING * before).then(|| [last, last / before])
}
