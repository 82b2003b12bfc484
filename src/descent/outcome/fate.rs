//! The outcome of a run without its reasons: what the spectrum asks for at every
//! rate.

use core::ops::Range;

use super::Outcome;
use super::rest::Rest;
use super::tally::Tally;
use crate::descent::loss::Loss;
use crate::descent::trajectory::{End, Trajectory};

/// ‖g‖ below this share of the run's largest counts as settled.
pub(in crate::descent) const SETTLED: f64 = 1e-3;

/// An outcome and the step it belongs to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fate {
    /// Which of the six.
    pub outcome: Outcome,
    /// The step at which the run settled or diverged, otherwise its last.
    pub step: usize,
    /// The first step from which the gradient stays small, unless the run diverged.
    pub settles: Option<usize>,
    /// J at the last step; it may be infinite or not a number where the run diverged.
    pub final_loss: f64,
}

impl Fate {
    /// Judges `trajectory`, a run on `loss`.
    #[must_use]
    pub fn of(loss: &dyn Loss, trajectory: &Trajectory) -> Self {
        Self::with_tally(loss, trajectory).0
    }

    /// The same, with the counts over the steps that decide, where they did.
    pub(super) fn with_tally(loss: &dyn Loss, trajectory: &Trajectory) -> (Self, Option<Tally>) {
        let mut judging = Judging::new();
        loop {
            if let Some(fate) = judging.advance(loss, trajectory, usize::MAX) {
                return (fate, judging.tally());
            }
        }
    }

    /// Whether the run came to rest where there is a minimum.
    #[must_use]
    pub fn settles_in_minimum(&self) -> bool {
        matches!(self.outcome, Outcome::Converges | Outcome::Oscillates)
    }
}

/// The judging of a finished run, part by part: of a million steps it takes longer
/// than a frame.
///
/// The run *settles* at the first step from which ‖g‖ stays below 1/1000 of its
/// largest value, or where a stop rule was met.
#[derive(Clone, Copy, Debug)]
pub struct Judging {
    /// How far the run was looked at in the present stage.
    at: usize,
    largest: f64,
    /// From here on the gradient is small, as far as was seen.
    small_from: usize,
    stage: Stage,
    tally: Tally,
}

#[derive(Clone, Copy, Debug)]
enum Stage {
    /// Looking where the gradient is small.
    Settling,
    /// Counting the steps that decide.
    Counting { settles: Option<usize>, until: usize },
}

impl Default for Judging {
    fn default() -> Self {
        Self::new()
    }
}

impl Judging {
    /// Before the first look.
    #[must_use]
    pub fn new() -> Self {
        let (stage, tally) = (Stage::Settling, Tally::default());
        Self { at: 0, largest: 0.0, small_from: 0, stage, tally }
    }

    /// The counts over the steps that decide, where they did.
    pub(super) fn tally(&self) -> Option<Tally> {
        matches!(self.stage, Stage::Counting { .. }).then_some(self.tally)
    }

    /// Looks at so many more steps of the same run; the fate, once it is clear.
    pub fn advance(
        &mut self,
        loss: &dyn Loss,
        trajectory: &Trajectory,
        steps: usize,
    ) -> Option<Fate> {
        match self.stage {
            Stage::Settling => self.look(loss, trajectory, steps),
            Stage::Counting { settles, until } => {
                let to = until.min(self.at.saturating_add(steps));
                self.tally.add(loss, trajectory, self.at..to);
                self.at = to;
                (to == until).then(|| self.fate(trajectory, settles))
            }
        }
    }

    /// Follows the gradient: when the largest so far grows, its own step is the
    /// last that is not small, so the last such step at the end is the one that
    /// counts for the largest of all.
    fn look(&mut self, loss: &dyn Loss, trajectory: &Trajectory, steps: usize) -> Option<Fate> {
        let rows = trajectory.steps() + 1;
        let to = rows.min(self.at.saturating_add(steps));
        for t in self.at..to {
            let norm = trajectory.gradient_norm(t);
            self.largest = self.largest.max(norm);
            let is_small = norm < SETTLED * self.largest || norm == 0.0;
            if !is_small {
                self.small_from = t + 1;
            }
        }
        self.at = to;
        if to < rows {
            return None;
        }
        let last = trajectory.steps();
        if trajectory.end() == End::Diverged || climbs(trajectory.losses()) {
            return Some(fate(Outcome::Diverges, trajectory, None));
        }
        let rest = Rest::of(loss, trajectory);
        let settles = match trajectory.end() {
            End::StopRuleMet => Some(last),
            // Nothing but the rounding of the point itself.
            _ if self.largest <= rest.noise => Some(0),
            _ => (self.small_from <= last).then_some(self.small_from),
        };
        if (settles.is_some() && !rest.is_minimum) || (settles.is_none() && is_stuck(trajectory)) {
            return Some(fate(Outcome::Stalls, trajectory, settles));
        }
        let Range { start, end: until } = deciding(trajectory, settles);
        self.at = start;
        self.stage = Stage::Counting { settles, until };
        if start == until { Some(self.fate(trajectory, settles)) } else { None }
    }

    /// What the counts say of a run that neither diverges nor stalls.
    fn fate(&self, trajectory: &Trajectory, settles: Option<usize>) -> Fate {
        let (mostly, often) = (self.tally.overshoots_mostly(), self.tally.rises_often());
        let outcome = match settles {
            Some(step) if mostly || (step >= 4 && often) => Outcome::Oscillates,
            Some(_) => Outcome::Converges,
            None if mostly || often => Outcome::Bounces,
            None => Outcome::Crawls,
        };
        fate(outcome, trajectory, settles)
    }
}

fn fate(outcome: Outcome, trajectory: &Trajectory, settles: Option<usize>) -> Fate {
    let last = trajectory.steps();
    let final_loss = trajectory.losses()[last];
    Fate { outcome, step: settles.unwrap_or(last), settles, final_loss }
}

/// The steps that decide: until the run settles, or its second half.
pub(super) fn deciding(trajectory: &Trajectory, settles: Option<usize>) -> Range<usize> {
    let last = trajectory.steps();
    settles.map_or(last / 2..last, |step| 0..step)
}

/// Whether the last step changed nothing.
pub(super) fn is_stuck(trajectory: &Trajectory) -> bool {
    let last = trajectory.steps();
    last > 0 && trajectory.stands_still(last - 1)
}

/// Whether the loss climbs: see [`has_climbed`].
pub(in crate::descent) fn climbs(losses: &[f64]) -> bool {
    let (first, last) = (losses[0], losses[losses.len() - 1]);
    let tenth = tenth_of(losses.len());
    if last <= first || losses.len() < 2 * tenth {
        return false;
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,001 losses")]
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let ending = losses.len() - tenth;
    let range = losses.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        - losses.iter().copied().fold(f64::INFINITY, f64::min);
    has_climbed(
        [first, last],
        [&losses[ending - tenth..ending], &losses[ending..]].map(mean),
        range,
    )
}

/// How many of so many losses are a tenth.
pub(in crate::descent) fn tenth_of(losses: usize) -> usize {
    (losses / 10).max(1)
}

/// Whether the loss ends above where it began and the mean of its last tenth
/// exceeds that of the tenth before by 1/1000 of its range.
pub(in crate::descent) fn has_climbed(
    [first, last]: [f64; 2],
    [before, late]: [f64; 2],
    range: f64,
) -> bool {
    last > first && late - before > 1e-3 * range
}
