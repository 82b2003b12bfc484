//! Which samples make the gradient of a step.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use super::BatchPlan;

/// The order in which samples are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// A fresh permutation each epoch.
    #[default]
    Shuffled,
    /// As they stand in the data, from the first again in each epoch.
    Sequential,
}

impl Order {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Shuffled, Self::Sequential];

    /// The key in a link.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Shuffled => "shuffled",
            Self::Sequential => "sequential",
        }
    }

    /// The order with this key.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.key() == key)
    }
}

/// How a run draws the samples of its steps; what draws them is [`Batches`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sampling {
    /// At most how many at each step,
    pub plan: BatchPlan,
    /// of a run of so many steps,
    pub steps: usize,
    /// out of so many samples, at least 1,
    pub samples: usize,
    /// in which order,
    pub order: Order,
    /// by which seed.
    pub seed: u64,
}

impl Sampling {
    /// How many samples the plan asks for at `step`.
    #[must_use]
    pub fn size_at(&self, step: usize) -> usize {
        self.plan.size_at(step, self.steps, self.samples)
    }

    /// How many samples `step` takes of the `left` that its epoch has left, at least 1: no
    /// batch lies across two epochs.
    ///
    /// The last batch of an epoch is the short one. Batches that grow take it along where
    /// it would be shorter than half of theirs: single samples between ever larger batches
    /// would bring back the noise that these are to lose.
    #[must_use]
    pub fn taken_at(&self, step: usize, left: usize) -> usize {
        let size = self.size_at(step).max(1).min(left);
        let is_little = self.plan.grows() && 2 * (left - size) < size;
        if is_little { left } else { size }
    }
}

/// Mini-batches: each step takes the next B samples of the epoch, in which each of the m
/// samples stands once. An epoch ends with a short batch where B does not divide m, as in
/// PyTorch's `DataLoader` with `drop_last=False`, Keras and *Dive into Deep Learning*: no
/// batch lies across two epochs, whether its size stays the same or grows
/// ([`Sampling::taken_at`]). A batch of all samples is the full batch: it takes them as
/// they stand in the data.
///
/// Permutations are made by Fisher and Yates's method (Durstenfeld 1964) from a
/// xoshiro256++ generator of their own, seeded with the complement of the seed, so
/// that noise of the same seed is not made of the same numbers.
#[derive(Clone, Debug)]
pub struct Batches {
    sampling: Sampling,
    /// The step that comes next.
    step: usize,
    generator: Xoshiro256PlusPlus,
    /// The samples of this epoch.
    epoch: Vec<usize>,
    /// How many of them were drawn.
    drawn: usize,
    /// Empty for all samples.
    batch: Vec<usize>,
    /// Whether it is that of the step to come.
    is_ahead: bool,
}

impl Batches {
    /// Before the first step.
    #[must_use]
    pub fn new(sampling: Sampling) -> Self {
        Self {
            sampling,
            step: 0,
            generator: Xoshiro256PlusPlus::seed_from_u64(!sampling.seed),
            epoch: (0..sampling.samples).collect(),
            drawn: sampling.samples,
            batch: Vec::new(),
            is_ahead: false,
        }
    }

    /// The samples of the next step; none for all of them.
    pub fn next_batch(&mut self) -> Option<&[usize]> {
        self.draw_ahead();
        self.is_ahead = false;
        self.drawn_batch()
    }

    /// The samples that [`Batches::next_batch`] will give.
    pub(super) fn draw_ahead(&mut self) -> Option<&[usize]> {
        if !self.is_ahead {
            self.draw();
            self.is_ahead = true;
        }
        self.drawn_batch()
    }

    /// The samples of the step before; none for all of them.
    pub(super) fn drawn_batch(&self) -> Option<&[usize]> {
        (!self.batch.is_empty()).then_some(&self.batch)
    }

    pub(super) fn draw(&mut self) {
        let is_over = self.drawn == self.epoch.len();
        let left = if is_over { self.epoch.len() } else { self.epoch.len() - self.drawn };
        let taken = self.sampling.taken_at(self.step, left);
        self.step += 1;
        self.batch.clear();
        if taken == self.epoch.len() {
            return;
        }
        if is_over {
            self.begin_epoch();
        }
        self.batch.extend_from_slice(&self.epoch[self.drawn..][..taken]);
        self.drawn += taken;
    }

    fn begin_epoch(&mut self) {
        self.drawn = 0;
        if self.sampling.order == Order::Shuffled {
            permute(&mut self.epoch, &mut self.generator);
        }
    }
}

/// Brings samples into another order, each as likely as any other (Durstenfeld 1964).
pub(crate) fn permute(samples: &mut [usize], generator: &mut Xoshiro256PlusPlus) {
    for last in (1..samples.len()).rev() {
        samples.swap(last, below(generator, last + 1));
    }
}

/// A whole number below `bound`: the upper half of a product of 128 bits (Lemire
/// 2019), without his rejection of what is uneven in the last of 2⁶⁴ parts.
#[expect(clippy::cast_possible_truncation, reason = "below a usize")]
fn below(generator: &mut Xoshiro256PlusPlus, bound: usize) -> usize {
    ((u128::from(generator.next_u64()) * bound as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Batches of one size; of the run's steps that does not depend.
    fn batches(size: usize, samples: usize, order: Order, seed: u64) -> Batches {
        let plan = BatchPlan::constant(size);
        Batches::new(Sampling { plan, steps: 1, samples, order, seed })
    }

    fn drawn(batches: &mut Batches, count: usize) -> Vec<usize> {
        let mut drawn = Vec::new();
        while drawn.len() < count {
            drawn.extend_from_slice(batches.next_batch().expect("some of them"));
        }
        drawn
    }

    fn assert_visits_each_once(epoch: &[usize], of: &str) {
        let mut sorted = epoch.to_vec();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..epoch.len()), "{of}: {epoch:?}");
    }

    #[test]
    fn in_sequence_an_epoch_ends_with_the_samples_that_are_left() {
        let mut batches = batches(3, 7, Order::Sequential, 1);
        for _ in 0..20 {
            for expected in [&[0, 1, 2][..], &[3, 4, 5], &[6]] {
                assert_eq!(batches.next_batch(), Some(expected));
            }
        }
    }

    #[test]
    fn each_epoch_visits_each_sample_once_and_in_another_order() {
        for size in [1, 3, 10, 32, 99] {
            let mut batches = batches(size, 100, Order::Shuffled, 7);
            let drawn = drawn(&mut batches, 1000);
            let epochs: Vec<&[usize]> = drawn.chunks_exact(100).collect();
            for (index, epoch) in epochs.iter().enumerate() {
                assert_visits_each_once(epoch, &size.to_string());
                assert!(!epochs[..index].contains(epoch), "{size}");
            }
        }
    }

    #[test]
    fn batches_that_grow_visit_each_sample_once_an_epoch_too() {
        for (first, last) in [(Some(1), None), (Some(2), Some(60)), (None, Some(1))] {
            for order in Order::ALL {
                let plan = BatchPlan { first, last };
                let sampling = Sampling { plan, steps: 300, samples: 60, order, seed: 3 };
                let mut batches = Batches::new(sampling);
                let mut drawn = Vec::new();
                for step in 0..300 {
                    let left = 60 - drawn.len() % 60;
                    let Some(batch) = batches.next_batch() else {
                        assert_eq!(sampling.taken_at(step, left), 60, "step {step}");
                        drawn.extend(0..60);
                        continue;
                    };
                    assert_eq!(batch.len(), sampling.taken_at(step, left), "step {step}");
                    drawn.extend_from_slice(batch);
                }
                assert!(drawn.len() > 600, "{plan:?}");
                for epoch in drawn.chunks_exact(60) {
                    assert_visits_each_once(epoch, &format!("{plan:?} {order:?}"));
                }
            }
        }
    }

    #[test]
    fn a_batch_that_grows_takes_along_what_would_be_less_than_half_of_it() {
        let of = |first, last, samples| {
            let plan = BatchPlan { first, last };
            let order = Order::Shuffled;
            let mut batches = Batches::new(Sampling { plan, steps: 4, samples, order, seed: 0 });
            (0..4).map(|_| batches.next_batch().map(<[usize]>::len)).collect::<Vec<_>>()
        };
        // 7, 10, 14, 20 are asked for. After 17 the 3 that are left are taken along; 14 of
        // 20 would leave 6.
        assert_eq!(of(Some(7), None, 20), [Some(7), Some(13), None, None]);
        // Of 25 they would leave 11, no less than half of 14; then a full epoch begins.
        assert_eq!(of(Some(7), Some(20), 25), [Some(7), Some(10), Some(8), None]);
        // Of one size the last batch is the short one, however short.
        assert_eq!(of(Some(19), Some(19), 20), [Some(19), Some(1), Some(19), Some(1)]);
    }

    #[test]
    fn a_batch_of_all_samples_or_more_is_the_full_batch() {
        for size in [12, 13, 1000] {
            let mut batches = batches(size, 12, Order::Shuffled, 2);
            assert!((0..50).all(|_| batches.next_batch().is_none()), "{size}");
        }
    }

    #[test]
    fn the_size_of_a_batch_and_the_noise_leave_the_order_alone() {
        let of = |size, seed| drawn(&mut batches(size, 12, Order::Shuffled, seed), 24);
        assert_eq!(of(1, 5), of(4, 5));
        assert_ne!(of(4, 5), of(4, 6));
    }

    #[test]
    fn every_sample_comes_to_every_place_alike() {
        let mut counts = [[0_u32; 5]; 5];
        let mut batches = batches(4, 5, Order::Shuffled, 0);
        for _ in 0..10_000 {
            for (place, sample) in drawn(&mut batches, 5).iter().enumerate() {
                counts[place][*sample] += 1;
            }
        }
        // Three and a half deviations of √(10000·⅕·⅘) = 40.
        assert!(counts.as_flattened().iter().all(|n| (1860..2140).contains(n)), "{counts:?}");
    }
}
