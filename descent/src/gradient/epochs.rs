//! How often a run has seen all samples.

use super::Sampling;

/// Counts the samples that a run has drawn by each step, in epochs: as many samples as
/// there are. A batch ends with its epoch.
#[derive(Clone, Debug, PartialEq)]
pub struct Epochs {
    sampling: Sampling,
    /// The samples drawn before each step where the size of a batch changes; empty where
    /// it does not.
    drawn: Vec<u64>,
}

impl Epochs {
    /// Of a run whose samples are drawn so.
    #[must_use]
    pub fn of(sampling: Sampling) -> Self {
        let mut drawn = Vec::new();
        if sampling.plan.grows() {
            drawn.reserve_exact(sampling.steps + 1);
            let samples = sampling.samples.max(1);
            let (mut sum, mut left) = (0, samples);
            for step in 0..=sampling.steps {
                drawn.push(sum);
                let taken = sampling.taken_at(step, left);
                (sum, left) = (sum + taken as u64, left - taken);
                if left == 0 {
                    left = samples;
                }
            }
        }
        Self { sampling, drawn }
    }

    /// Whether epochs become shorter, or longer, over the run.
    #[must_use]
    pub fn grow(&self) -> bool {
        self.sampling.plan.grows()
    }

    /// The size of a batch that stays the same, and how many make an epoch.
    fn constant(&self) -> (u64, u64) {
        let size = (self.sampling.size_at(0) as u64).clamp(1, self.samples());
        (size, self.samples().div_ceil(size))
    }

    /// How many samples were drawn by the time that the run is at `step`.
    fn drawn(&self, step: usize) -> u64 {
        let step = step.min(self.sampling.steps);
        let constant = || {
            let (size, steps) = self.constant();
            let (complete, more) = (step as u64 / steps, step as u64 % steps);
            complete * self.samples() + more * size
        };
        self.drawn.get(step).copied().unwrap_or_else(constant)
    }

    /// How many tenths of an epoch are complete when the run is at `step`.
    #[must_use]
    pub fn tenths_at(&self, step: usize) -> u64 {
        10 * self.drawn(step) / self.samples()
    }

    /// How many epochs are complete when the run is at `step`.
    #[must_use]
    pub fn complete_at(&self, step: usize) -> u64 {
        self.drawn(step) / self.samples()
    }

    /// The step by which so many epochs are complete, if the run gets so far.
    #[must_use]
    pub fn step_of(&self, epoch: u64) -> Option<usize> {
        let step = if self.drawn.is_empty() {
            let (_, steps) = self.constant();
            usize::try_from(epoch.checked_mul(steps)?).ok()?
        } else {
            let needed = epoch * self.samples();
            self.drawn.partition_point(|drawn| *drawn < needed)
        };
        (step <= self.sampling.steps).then_some(step)
    }

    fn samples(&self) -> u64 {
        self.sampling.samples.max(1) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BatchPlan, Order};
    use super::*;

    fn epochs(first: Option<usize>, last: Option<usize>, steps: usize) -> Epochs {
        let (plan, order) = (BatchPlan { first, last }, Order::Shuffled);
        Epochs::of(Sampling { plan, steps, samples: 40, order, seed: 0 })
    }

    #[test]
    fn an_epoch_is_complete_when_every_sample_was_drawn() {
        let epochs = epochs(Some(8), Some(8), 47);
        assert_eq!([0, 4, 5, 9, 10, 47].map(|step| epochs.complete_at(step)), [0, 0, 1, 1, 2, 9]);
        assert_eq!(epochs.tenths_at(47), 94);
        assert_eq!(
            [1, 2, 9, 10].map(|epoch| epochs.step_of(epoch)),
            [Some(5), Some(10), Some(45), None]
        );
    }

    #[test]
    fn an_epoch_ends_with_a_short_batch() {
        let epochs = epochs(Some(7), Some(7), 100);
        // Five batches of 7 and one of 5.
        assert_eq!(
            [5, 6, 7, 12].map(|step| (epochs.complete_at(step), epochs.tenths_at(step))),
            [(0, 8), (1, 10), (1, 11), (2, 20)]
        );
        assert_eq!(
            [1, 2, 7, 16, 17].map(|epoch| epochs.step_of(epoch)),
            [Some(6), Some(12), Some(42), Some(96), None]
        );
    }

    /// Constant sizes by their formula, growing ones by their sums: both are what is drawn.
    #[test]
    fn epochs_count_the_samples_that_are_drawn() {
        for (first, last) in [
            (Some(1), Some(1)),
            (Some(7), Some(7)),
            (Some(39), Some(39)),
            (Some(1), None),
            (Some(30), Some(2)),
            (None, Some(7)),
        ] {
            let epochs = epochs(first, last, 300);
            let mut batches = super::super::Batches::new(epochs.sampling);
            let mut drawn = 0;
            for step in 0..=300 {
                assert_eq!(epochs.tenths_at(step), drawn / 4, "step {step}");
                assert_eq!(epochs.complete_at(step), drawn / 40, "step {step}");
                if drawn > 0 && drawn.is_multiple_of(40) {
                    assert_eq!(epochs.step_of(drawn / 40), Some(step), "{first:?} {last:?}");
                }
                drawn += batches.next_batch().map_or(40, |batch| batch.len() as u64);
            }
            assert_eq!(epochs.step_of(drawn / 40 + 1), None);
        }
    }
}
