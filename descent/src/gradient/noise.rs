//! Gaussian noise on the gradient: what sampling does to it, in its simplest form.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// Independent N(0, σ²) noise for each component of each gradient.
///
/// The generator is xoshiro256++ (Blackman and Vigna 2019), seeded through
/// SplitMix64 as its authors advise; normal numbers come in pairs by Box and
/// Muller (1958) through `libm`, so that the same seed gives the same bits
/// everywhere.
#[derive(Clone, Debug)]
pub struct Noise {
    sigma: f64,
    generator: Xoshiro256PlusPlus,
    /// The second number of the last pair.
    spare: Option<f64>,
}

impl Noise {
    /// Noise of standard deviation `sigma`.
    #[must_use]
    pub fn new(sigma: f64, seed: u64) -> Self {
        Self { sigma, generator: Xoshiro256PlusPlus::seed_from_u64(seed), spare: None }
    }

    /// Adds noise to each component.
    pub fn add_to(&mut self, gradient: &mut [f64]) {
        for slope in gradient {
            *slope += self.sigma * self.normal();
        }
    }

    fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        // Above 0, for the logarithm's sake.
        let radius = (-2.0 * libm::log(1.0 - uniform(&mut self.generator))).sqrt();
        let angle = core::f64::consts::TAU * uniform(&mut self.generator);
        self.spare = Some(radius * libm::sin(angle));
        radius * libm::cos(angle)
    }
}

/// From 0, included, to 1, excluded: the upper 53 bits.
#[expect(clippy::cast_precision_loss, reason = "53 bits")]
pub(crate) fn uniform(generator: &mut Xoshiro256PlusPlus) -> f64 {
    (generator.next_u64() >> 11) as f64 * (0.5 * f64::EPSILON)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The reference implementation's first numbers from the state that
    /// SplitMix64 makes of 0.
    #[test]
    fn the_generator_is_pinned() {
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(0);
        let first: Vec<u64> = (0..3).map(|_| generator.next_u64()).collect();
        assert_eq!(first, [0x5317_5d61_490b_23df, 0x61da_6f3d_c380_d507, 0x5c0f_df91_ec9a_7bfc]);
    }

    #[test]
    fn numbers_are_normal() {
        let mut noise = Noise::new(2.0, 7);
        let mut drawn = vec![0.0; 100_000];
        noise.add_to(&mut drawn);
        let mean = drawn.iter().sum::<f64>() / 1e5;
        let moment =
            |k: i32| drawn.iter().map(|z| libm::pow(z / 2.0, f64::from(k))).sum::<f64>() / 1e5;
        assert!(mean.abs() < 0.02, "{mean}");
        assert!((moment(2) - 1.0).abs() < 0.015, "{}", moment(2));
        assert!((moment(4) - 3.0).abs() < 0.1, "{}", moment(4));
        let beyond = drawn.iter().filter(|z| z.abs() > 4.0).count();
        assert!((4_300..4_800).contains(&beyond), "4.55 % lie beyond two σ, not {beyond}");
    }

    #[test]
    fn a_seed_gives_the_same_numbers_again_and_another_gives_others() {
        let draw = |seed| {
            let mut drawn = [0.0; 5];
            Noise::new(1.0, seed).add_to(&mut drawn);
            drawn
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
    }
}
