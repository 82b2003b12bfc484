//! How many samples make the gradient of each step.

/// The size of the batch at every step: from the first size to the last over the
/// run, by the same factor each step.
///
/// Between one sample a step, which is cheap and noisy, and all of them, which is
/// exact and dear, lies a batch that grows as the run comes closer: Friedlander and
/// Schmidt, *Hybrid deterministic-stochastic methods for data fitting* (2012), section
/// 3; Smith et al., *Don't decay the learning rate, increase the batch size* (2018).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchPlan {
    /// At the first step; none takes all samples.
    pub first: Option<usize>,
    /// At the last step; none takes all samples.
    pub last: Option<usize>,
}

impl BatchPlan {
    /// All samples at every step.
    pub const FULL: Self = Self { first: None, last: None };

    /// The same size at every step.
    #[must_use]
    pub const fn constant(size: usize) -> Self {
        Self { first: Some(size), last: Some(size) }
    }

    /// Whether every step takes all samples.
    #[must_use]
    pub fn is_full(self) -> bool {
        self == Self::FULL
    }

    /// Whether the size changes over the run.
    #[must_use]
    pub fn grows(self) -> bool {
        self.first != self.last
    }

    /// The nearest plan for so many samples; without samples a step has nothing to
    /// choose among. A size of as many or more becomes all of them: the full batch.
    #[must_use]
    pub fn within(self, samples: Option<usize>) -> Self {
        let within =
            |size: Option<usize>| size.filter(|size| samples.is_some_and(|most| *size < most));
        Self { first: within(self.first), last: within(self.last) }
    }

    /// How many of `samples` are to make the gradient that leaves `step`, in a run of so
    /// many steps; the last batch of an epoch takes what is left of it.
    ///
    /// ```
    /// use descent::BatchPlan;
    /// let plan = BatchPlan { first: Some(1), last: None };
    /// assert_eq!([0, 1, 2, 3, 4].map(|step| plan.size_at(step, 5, 16)), [1, 2, 4, 8, 16]);
    /// ```
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2⁵³ samples and steps")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between sizes")]
    pub fn size_at(self, step: usize, steps: usize, samples: usize) -> usize {
        let [first, last] = [self.first, self.last].map(|size| size.unwrap_or(samples));
        let final_step = steps.saturating_sub(1);
        if first == last || step == 0 {
            return first;
        }
        if step >= final_step {
            return last;
        }
        let (from, share) = (first as f64, step as f64 / final_step as f64);
        // Never halfway between two sizes: a root of a whole number is no odd half.
        let size = libm::round(from * libm::pow(last as f64 / from, share)) as usize;
        size.clamp(first.min(last), first.max(last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_go_from_the_first_to_the_last_by_the_same_factor() {
        let plan = BatchPlan { first: Some(2), last: Some(200) };
        let sizes: Vec<usize> = (0..100).map(|step| plan.size_at(step, 100, 1000)).collect();
        assert_eq!((sizes[0], sizes[99]), (2, 200));
        assert!(sizes.is_sorted(), "{sizes:?}");
        for (step, size) in sizes.iter().enumerate() {
            #[expect(clippy::cast_precision_loss, reason = "small")]
            let exact = 2.0 * libm::pow(100.0, step as f64 / 99.0);
            #[expect(clippy::cast_precision_loss, reason = "small")]
            let off = (*size as f64 - exact).abs();
            assert!(off <= 0.5 + 1e-9, "step {step}: {size} for {exact}");
        }
        let falling = BatchPlan { first: plan.last, last: plan.first };
        for step in 0..100 {
            assert_eq!(falling.size_at(step, 100, 1000), sizes[99 - step]);
        }
    }

    #[test]
    fn the_shortest_runs_have_a_size_at_every_step() {
        let plan = BatchPlan { first: Some(3), last: None };
        assert_eq!(plan.size_at(0, 1, 50), 3);
        assert_eq!([0, 1].map(|step| plan.size_at(step, 2, 50)), [3, 50]);
        // The step that leaves the last point is not taken, but may be asked for.
        assert_eq!(plan.size_at(2, 2, 50), 50);
        assert_eq!([0, 7].map(|step| BatchPlan::FULL.size_at(step, 9, 50)), [50, 50]);
        assert_eq!(BatchPlan::constant(8).size_at(5, 9, 50), 8);
    }

    #[test]
    fn a_size_of_all_samples_or_more_is_the_full_batch() {
        let plan = BatchPlan { first: Some(4), last: Some(9) };
        assert_eq!(plan.within(Some(10)), plan);
        assert_eq!(plan.within(Some(9)), BatchPlan { first: Some(4), last: None });
        assert_eq!(BatchPlan::constant(4).within(Some(4)), BatchPlan::FULL);
        assert_eq!(plan.within(Some(8)), BatchPlan { first: Some(4), last: None });
        assert_eq!(plan.within(Some(3)), BatchPlan::FULL);
        assert_eq!(plan.within(None), BatchPlan::FULL);
    }
}
