//! Data that are made up: how many, how noisy, from which seed.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

use super::super::gradient::{Noise, permute, uniform};
use super::super::{Knob, Scale};
use super::Words;

/// How many samples.
pub const COUNT: Knob = Knob {
    key: "count",
    name: Words { en: "Number of points", zh: "数据点数" },
    default: 100.0,
    min: 4.0,
    max: 1e5,
    scale: Scale::Count,
};

/// How far they are scattered; each set says what 1 means.
pub const NOISE: Knob = Knob {
    key: "noise",
    name: Words { en: "Scatter", zh: "离散程度" },
    default: 0.5,
    min: 0.0,
    max: 2.0,
    scale: Scale::Linear,
};

/// Which share of them is thrown far off, or into the wrong class.
pub const OUTLIERS: Knob = Knob {
    key: "outliers",
    name: Words { en: "Share of outliers", zh: "离群点比例" },
    default: 0.0,
    min: 0.0,
    max: 0.5,
    scale: Scale::Linear,
};

/// What they are drawn from.
pub const DATA_SEED: Knob = Knob {
    key: "data_seed",
    name: Words { en: "Seed of the data", zh: "数据种子" },
    default: 0.0,
    min: 0.0,
    max: 999.0,
    scale: Scale::Integer,
};

/// What a made-up set is made from: the values of the knobs above.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// m.
    pub count: usize,
    /// In the set's own unit.
    pub noise: f64,
    /// A share of m.
    pub outliers: f64,
    /// Of the generator.
    pub seed: u64,
}

impl Recipe {
    /// From the values of [`COUNT`], [`NOISE`], [`OUTLIERS`] and [`DATA_SEED`].
    #[must_use]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within range")]
    pub fn of([count, noise, outliers, seed]: [f64; 4]) -> Self {
        Self { count: count as usize, noise, outliers, seed: seed as u64 }
    }

    /// Draws the samples one after the other. `draw` makes the columns of a sample
    /// from its number and is told whether it has to be an outlier.
    pub(super) fn draw<const COLUMNS: usize>(
        &self,
        mut draw: impl FnMut(&mut Draws, usize, bool) -> [f64; COLUMNS],
    ) -> Vec<Vec<f64>> {
        let outliers = self.outliers();
        let mut draws = Draws {
            generator: Xoshiro256PlusPlus::seed_from_u64(self.seed),
            // Of the same seed, but not of the same numbers.
            noise: Noise::new(self.noise, !self.seed),
        };
        let mut columns = vec![Vec::with_capacity(self.count); COLUMNS];
        for (sample, is_outlier) in outliers.into_iter().enumerate() {
            let row = draw(&mut draws, sample, is_outlier);
            for (column, number) in columns.iter_mut().zip(row) {
                column.push(number);
            }
        }
        columns
    }

    /// Which samples are outliers. Those of a smaller share are among those of a
    /// larger one, so that a slider adds and takes away.
    #[expect(clippy::cast_precision_loss, reason = "a number of samples")]
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below m")]
    fn outliers(&self) -> Vec<bool> {
        let mut order: Vec<usize> = (0..self.count).collect();
        permute(&mut order, &mut Xoshiro256PlusPlus::seed_from_u64(self.seed ^ 0x0075_7411));
        let share = libm::round(self.outliers * self.count as f64) as usize;
        let mut is_outlier = vec![false; self.count];
        for &sample in &order[..share] {
            is_outlier[sample] = true;
        }
        is_outlier
    }
}

/// Where the numbers of a sample come from.
pub(super) struct Draws {
    generator: Xoshiro256PlusPlus,
    noise: Noise,
}

impl Draws {
    /// From `low`, included, to `high`, excluded.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * uniform(&mut self.generator)
    }

    /// Normal, with the recipe's noise for its standard deviation.
    pub(super) fn noise(&mut self) -> f64 {
        let mut drawn = [0.0];
        self.noise.add_to(&mut drawn);
        drawn[0]
    }
}
