//! The mean of the last iterates of a run.

use super::loss::Loss;
use super::trajectory::{End, Trajectory};

/// At most so many steps of an average are kept: as many as a map or a chart can show.
const MOST_MARKS: usize = 256;
/// At most so many samples are gone through for the losses of an average.
const MOST_WORK: usize = 1 << 22;

/// The running mean of the parameters from a step of a run on, with its loss: Polyak and
/// Juditsky, *Acceleration of stochastic approximation by averaging* (1992). The errors
/// of the single steps cancel in it, while the run itself goes on bouncing.
///
/// Only the last share of the run is averaged: the way from the start would weigh the
/// mean down for long (Rakhlin, Shamir and Sridharan, *Making gradient descent optimal
/// for strongly convex stochastic optimization*, 2012, call it suffix averaging).
#[derive(Clone, Debug, PartialEq)]
pub struct Average {
    dimension: usize,
    /// The steps that are kept, the first and the last among them.
    steps: Vec<usize>,
    points: Vec<f64>,
    losses: Vec<f64>,
}

/// The sum of the last share of a run's points, taken step by step, with the means at the
/// steps that are kept. A network adds up along its run, since it keeps too few of its
/// points to do so afterwards.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sums {
    share: f64,
    /// The first step that is averaged, and the run's last.
    range: [usize; 2],
    /// Into how many parts the kept steps cut these.
    intervals: usize,
    sum: Vec<f64>,
    /// The steps that are kept, as far as they have come.
    steps: Vec<usize>,
    points: Vec<f64>,
}

impl Sums {
    /// Of a run on `loss` with so many steps, before the first; none for a share of 0.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to T")]
    pub(super) fn begin(loss: &dyn Loss, share: f64, last: usize) -> Option<Self> {
        if share <= 0.0 {
            return None;
        }
        let first = last - ((share * last as f64) as usize).min(last);
        let affordable = MOST_WORK / loss.samples().unwrap_or(1).max(loss.cost()).max(1);
        let intervals = (last - first).min(affordable.clamp(8, MOST_MARKS));
        let sum = vec![0.0; loss.dimension()];
        let range = [first, last];
        Some(Self { share, range, intervals, sum, steps: Vec::new(), points: Vec::new() })
    }

    /// Takes in the point of the next step.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn take(&mut self, step: usize, theta: &[f64]) {
        let [first, last] = self.range;
        if !(first..=last).contains(&step) {
            return;
        }
        for (sum, parameter) in self.sum.iter_mut().zip(theta) {
            *sum += parameter;
        }
        let mark = first + (last - first) * self.steps.len() / self.intervals.max(1);
        if step == mark {
            let count = (step - first + 1) as f64;
            self.points.extend(self.sum.iter().map(|sum| sum / count));
            self.steps.push(step);
        }
    }

    /// Whether they are those of this share of all of a run.
    fn are_of(&self, share: f64, last: usize) -> bool {
        self.share == share && self.range[1] == last && self.steps.last() == Some(&last)
    }
}

impl Average {
    /// Of the last share of a run on `loss`, from 0 to 1: from step T − ⌊share · T⌋ to
    /// step T, of every point between them, kept or not. None for a share of 0, of a run
    /// that left all bounds, and of one that did not keep all of its points until it has
    /// ended.
    #[must_use]
    pub fn of(loss: &dyn Loss, trajectory: &Trajectory, share: f64) -> Option<Self> {
        if trajectory.end() == End::Diverged {
            return None;
        }
        let last = trajectory.steps();
        let Sums { steps, points, .. } = match trajectory.sums() {
            Some(sums) if sums.are_of(share, last) => sums.clone(),
            _ if trajectory.stride() > 1 => return None,
            _ => {
                let mut sums = Sums::begin(loss, share, last)?;
                for step in sums.range[0]..=last {
                    sums.take(step, trajectory.point(step));
                }
                sums
            }
        };
        let dimension = trajectory.dimension();
        let losses = points.chunks_exact(dimension).map(|point| loss.value(point)).collect();
        Some(Self { dimension, steps, points, losses })
    }

    /// Whether a run that has ended has to be taken once more, up to its end and no
    /// further, for an average of this share: a stop rule ended it, what is its last share
    /// was not known before, and it did not keep all of its points.
    #[must_use]
    pub fn needs_another_lap(trajectory: &Trajectory, share: f64) -> bool {
        let is_stopped = trajectory.end() == End::StopRuleMet && trajectory.stride() > 1;
        let are_known = |sums: &Sums| sums.are_of(share, trajectory.steps());
        is_stopped && share > 0.0 && !trajectory.sums().is_some_and(are_known)
    }

    /// The steps that are kept, from the first that is averaged to the run's last.
    #[must_use]
    pub fn steps(&self) -> &[usize] {
        &self.steps
    }

    /// The mean of the iterates from the first step averaged to the one in this place.
    #[must_use]
    pub fn point(&self, place: usize) -> &[f64] {
        &self.points[place * self.dimension..(place + 1) * self.dimension]
    }

    /// J at each of these points.
    #[must_use]
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// The last place kept that is not after `step`; none before the average begins.
    #[must_use]
    pub fn place_at(&self, step: usize) -> Option<usize> {
        self.steps.partition_point(|kept| *kept <= step).checked_sub(1)
    }

    /// J at the mean of all that is averaged.
    #[must_use]
    pub fn last_loss(&self) -> f64 {
        self.losses[self.losses.len() - 1]
    }
}
