//! Which samples made the gradient of any step.

use super::{Batches, Sampling};

/// At most so many states are kept to go back to.
const MOST_KEPT: usize = 32;

/// Finds the samples of any step of a run: going on costs one draw a step, going
/// back a draw for each step since the nearest state that was kept.
pub struct BatchCursor {
    sampling: Sampling,
    /// States before the steps 0, `distance`, 2 · `distance`, …
    kept: Vec<Batches>,
    distance: usize,
    /// What draws the batch of step `next`, and has drawn that of the step before.
    batches: Batches,
    next: usize,
}

impl BatchCursor {
    /// Before the first step.
    #[must_use]
    pub fn new(sampling: Sampling) -> Self {
        let batches = Batches::new(sampling);
        Self { sampling, kept: Vec::new(), distance: 64, batches, next: 0 }
    }

    /// How the samples are drawn.
    #[must_use]
    pub fn sampling(&self) -> &Sampling {
        &self.sampling
    }

    /// The samples of the gradient that leaves `step`; none for all of them.
    pub fn batch_at(&mut self, step: usize) -> Option<&[usize]> {
        if step + 1 < self.next {
            let place = (step / self.distance).min(self.kept.len() - 1);
            self.batches.clone_from(&self.kept[place]);
            self.next = place * self.distance;
        }
        while self.next <= step {
            if self.next == self.kept.len() * self.distance {
                self.keep();
            }
            self.batches.draw();
            self.next += 1;
        }
        self.batches.drawn_batch()
    }

    /// Keeps the present state; of too many, every other one.
    fn keep(&mut self) {
        if self.kept.len() == MOST_KEPT {
            let mut place = 0;
            self.kept.retain(|_| {
                place += 1;
                place % 2 == 1
            });
            self.distance *= 2;
        }
        self.kept.push(self.batches.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::super::{BatchPlan, Order};
    use super::*;

    #[test]
    fn every_step_has_the_samples_of_the_run_wherever_one_comes_from() {
        let growing = BatchPlan { first: Some(1), last: None };
        for plan in [BatchPlan::constant(3), BatchPlan::constant(10), growing] {
            let sampling =
                Sampling { plan, steps: 5000, samples: 10, order: Order::Shuffled, seed: 9 };
            let mut batches = Batches::new(sampling);
            let drawn: Vec<Option<Vec<usize>>> =
                (0..5000).map(|_| batches.next_batch().map(<[usize]>::to_vec)).collect();
            let mut cursor = BatchCursor::new(sampling);
            let tour = (0..5000).chain((0..5000).rev().step_by(7)).chain([0, 0, 1, 4999, 64, 63]);
            for step in tour {
                let found = cursor.batch_at(step);
                assert_eq!(found, drawn[step].as_deref(), "{plan:?}, step {step}");
            }
            assert!(cursor.kept.len() <= MOST_KEPT, "{}", cursor.kept.len());
        }
    }
}
