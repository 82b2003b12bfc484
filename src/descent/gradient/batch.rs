//! Which samples make the gradient of a step.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// The order in which samples are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// A fresh permutation each epoch.
    #[default]
    Shuffled,
    /// As they stand in the data, from the first again after the last.
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

/// Mini-batches: step t takes the next B of an endless row of samples, in which
/// each sample stands once in every m, an epoch. Where B does not divide m, a batch
/// lies across two epochs.
///
/// Permutations are made by Fisher and Yates's method (Durstenfeld 1964) from a
/// xoshiro256++ generator of their own, seeded with the complement of the seed, so
/// that noise of the same seed is not made of the same numbers.
#[derive(Clone, Debug)]
pub struct Batches {
    order: Order,
    generator: Xoshiro256PlusPlus,
    /// The samples of this epoch.
    epoch: Vec<usize>,
    /// How many of them were drawn.
    drawn: usize,
    batch: Vec<usize>,
}

impl Batches {
    /// Batches of `size` out of `samples`, both at least 1.
    #[must_use]
    pub fn new(size: usize, samples: usize, order: Order, seed: u64) -> Self {
        Self {
            order,
            generator: Xoshiro256PlusPlus::seed_from_u64(!seed),
            epoch: (0..samples).collect(),
            drawn: samples,
            batch: vec![0; size],
        }
    }

    /// The samples of the next step.
    pub fn next_batch(&mut self) -> &[usize] {
        for place in 0..self.batch.len() {
            if self.drawn == self.epoch.len() {
                self.begin_epoch();
            }
            self.batch[place] = self.epoch[self.drawn];
            self.drawn += 1;
        }
        &self.batch
    }

    fn begin_epoch(&mut self) {
        self.drawn = 0;
        if self.order == Order::Shuffled {
            permute(&mut self.epoch, &mut self.generator);
        }
    }
}

/// Brings samples into another order, each as likely as any other (Durstenfeld 1964).
pub(in crate::descent) fn permute(samples: &mut [usize], generator: &mut Xoshiro256PlusPlus) {
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

    fn drawn(batches: &mut Batches, count: usize) -> Vec<usize> {
        let mut drawn = Vec::new();
        while drawn.len() < count {
            drawn.extend_from_slice(batches.next_batch());
        }
        drawn
    }

    #[test]
    fn in_sequence_step_t_takes_the_samples_from_t_times_b() {
        let mut batches = Batches::new(3, 7, Order::Sequential, 1);
        for t in 0..20 {
            let expected = [3 * t % 7, (3 * t + 1) % 7, (3 * t + 2) % 7];
            assert_eq!(batches.next_batch(), expected);
        }
    }

    #[test]
    fn each_epoch_visits_each_sample_once_and_in_another_order() {
        for size in [1, 3, 10, 32, 100] {
            let mut batches = Batches::new(size, 100, Order::Shuffled, 7);
            let drawn = drawn(&mut batches, 1000);
            let epochs: Vec<&[usize]> = drawn.chunks_exact(100).collect();
            for (index, epoch) in epochs.iter().enumerate() {
                let mut sorted = epoch.to_vec();
                sorted.sort_unstable();
                assert!(sorted.into_iter().eq(0..100), "{size}: {epoch:?}");
                assert!(!epochs[..index].contains(epoch), "{size}");
            }
        }
    }

    #[test]
    fn the_size_of_a_batch_and_the_noise_leave_the_order_alone() {
        let of = |size, seed| drawn(&mut Batches::new(size, 12, Order::Shuffled, seed), 24);
        assert_eq!(of(1, 5), of(4, 5));
        assert_ne!(of(4, 5), of(4, 6));
    }

    #[test]
    fn every_sample_comes_to_every_place_alike() {
        let mut counts = [[0_u32; 5]; 5];
        let mut batches = Batches::new(5, 5, Order::Shuffled, 0);
        for _ in 0..10_000 {
            for (place, sample) in batches.next_batch().iter().enumerate() {
                counts[place][*sample] += 1;
            }
        }
        // Three and a half deviations of √(10000·⅕·⅘) = 40.
        assert!(counts.as_flattened().iter().all(|n| (1860..2140).contains(n)), "{counts:?}");
    }
}
