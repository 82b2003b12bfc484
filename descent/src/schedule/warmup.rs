//! A gentle beginning before any schedule.

use super::follower::AfterWarmup;
use super::{Follower, Schedule};

/// η·(t + 1)/n for the first n steps, then another schedule from its beginning.
/// Source: Goyal et al., *Accurate, Large Minibatch SGD* (2017), section 2.2.
pub struct Warmup<'a> {
    /// n, how many steps it takes; 0 for none.
    pub steps: usize,
    /// What comes after.
    pub then: &'a dyn Schedule,
}

impl Schedule for Warmup<'_> {
    fn rate(&self, learning_rate: f64, step: usize) -> f64 {
        if step < self.steps {
            rising(learning_rate, step, self.steps)
        } else {
            self.then.rate(learning_rate, step - self.steps)
        }
    }

    fn fill(&self, learning_rate: f64, first: usize, rates: &mut [f64]) {
        let gentle = self.steps.saturating_sub(first).min(rates.len());
        let (before, after) = rates.split_at_mut(gentle);
        for (step, rate) in (first..).zip(before) {
            *rate = self.rate(learning_rate, step);
        }
        self.then.fill(learning_rate, (first + gentle).saturating_sub(self.steps), after);
    }

    fn follower(&self, learning_rate: f64) -> Option<Box<dyn Follower>> {
        let then = self.then.follower(learning_rate)?;
        if self.steps == 0 {
            return Some(then);
        }
        Some(Box::new(AfterWarmup { steps: self.steps, learning_rate, then }))
    }
}

/// η·(t + 1)/n.
#[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
pub(super) fn rising(learning_rate: f64, step: usize, steps: usize) -> f64 {
    let risen = learning_rate * (step + 1) as f64 / steps as f64;
    // The product overflows at rates that the quotient brings back into the range.
    if risen.is_finite() { risen } else { learning_rate * ((step + 1) as f64 / steps as f64) }
}
