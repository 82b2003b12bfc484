//! How often a run has seen all samples.

use super::Sampling;

/// Counts the samples that a run has drawn by each step, in epochs: as many samples as
/// there are.
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
            let mut sum = 0;
            for step in 0..=sampling.steps {
                drawn.push(sum);
                sum += sampling.size_at(step) as u64;
            }
        }
        Self { sampling, drawn }
    }

    /// Whether epochs become shorter, or longer, over the run.
    #[must_use]
    pub fn grow(&self) -> bool {
        self.sampling.plan.grows()
    }

    /// How many samples were drawn by the time that the run is at `step`.
    fn drawn(&self, step: usize) -> u64 {
        let step = step.min(self.sampling.steps);
        let constant = || step as u64 * self.sampling.size_at(0) as u64;
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
        let needed = epoch * self.samples();
        let step = if self.drawn.is_empty() {
            usize::try_from(needed.div_ceil(self.sampling.size_at(0).max(1) as u64)).ok()?
        } else {
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
    fn a_batch_across_two_epochs_ends_the_first() {
        let epochs = epochs(Some(7), Some(7), 100);
        // Six batches are 42 samples.
        assert_eq!(
            (epochs.step_of(1), epochs.complete_at(6), epochs.tenths_at(6)),
            (Some(6), 1, 10)
        );
        assert_eq!(epochs.step_of(7), Some(40), "280 samples, not one more");
    }

    #[test]
    fn batches_that_grow_are_counted_one_by_one() {
        for (first, last) in [(Some(1), None), (Some(30), Some(2)), (None, Some(7))] {
            let epochs = epochs(first, last, 300);
            let mut drawn = 0;
            let mut complete = 0;
            for step in 0..=300 {
                assert_eq!(epochs.tenths_at(step), drawn / 4, "step {step}");
                while drawn / 40 > complete {
                    complete += 1;
                    assert_eq!(epochs.step_of(complete), Some(step), "epoch {complete}");
                }
                drawn += epochs.sampling.size_at(step) as u64;
            }
            assert!(complete > 3);
            assert_eq!(epochs.step_of(complete + 1), None);
        }
    }
}
