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

impl Average {
    /// Of the last share of a run on `loss`, from 0 to 1: from step T − ⌊share · T⌋ to
    /// step T. None for a share of 0, and of a run that left all bounds.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to T")]
    pub fn of(loss: &dyn Loss, trajectory: &Trajectory, share: f64) -> Option<Self> {
        if share <= 0.0 || trajectory.end() == End::Diverged {
            return None;
        }
        let last = trajectory.steps();
        let first = last - ((share * last as f64) as usize).min(last);
        let affordable = MOST_WORK / loss.samples().unwrap_or(1).max(loss.cost()).max(1);
        let intervals = (last - first).min(affordable.clamp(8, MOST_MARKS));
        let dimension = trajectory.dimension();
        let mut average =
            Self { dimension, steps: Vec::new(), points: Vec::new(), losses: Vec::new() };
        let mut sum = vec![0.0; dimension];
        let mut mark = first;
        for step in first..=last {
            for (sum, parameter) in sum.iter_mut().zip(trajectory.point(step)) {
                *sum += parameter;
            }
            if step == mark {
                let count = (step - first + 1) as f64;
                let at = average.points.len();
                average.points.extend(sum.iter().map(|sum| sum / count));
                average.losses.push(loss.value(&average.points[at..]));
                average.steps.push(step);
                mark = first + (last - first) * average.steps.len() / intervals.max(1);
            }
        }
        Some(average)
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
