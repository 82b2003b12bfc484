//! Sums over the samples of two classes.

use super::super::super::exponential::exp_of_negative;

/// Sums are taken in so many columns side by side, sample i into column i mod 4,
/// and these added up in the end: an order that leaves room for instructions that
/// take two or four numbers, and is the same everywhere.
const COLUMNS: usize = 4;

/// As many factors from 1 to 2 can be multiplied without leaving the range.
const FACTORS: usize = 512 * COLUMNS;

/// The features of all samples, their signs turned for the class 0: a sample is on
/// its side where its product with w is positive, and softplus(z) − yz is
/// softplus(−product). As many as a multiple of four: the last are zeros, which add
/// nothing but ln 2 to J.
pub(super) struct Signed {
    first: Vec<[f64; COLUMNS]>,
    second: Vec<[f64; COLUMNS]>,
    /// How many zeros stand at the end.
    padding: usize,
}

/// What one walk through the samples finds, each by columns.
struct Walk {
    /// Σ max(−z, 0).
    losses: [f64; COLUMNS],
    /// Σ of the chance of being wrong times each feature.
    slopes: [[f64; COLUMNS]; 2],
}

impl Signed {
    pub(super) fn new(first: &[f64], second: &[f64], classes: &[f64]) -> Self {
        let signed = |feature: &[f64]| {
            let turned = feature.iter().zip(classes);
            let turned: Vec<f64> =
                turned.map(|(x, class)| if *class > 0.0 { *x } else { -x }).collect();
            let mut columns = vec![[0.0; COLUMNS]; turned.len().div_ceil(COLUMNS)];
            columns.as_flattened_mut()[..turned.len()].copy_from_slice(&turned);
            columns
        };
        let padding = classes.len().next_multiple_of(COLUMNS) - classes.len();
        Self { first: signed(first), second: signed(second), padding }
    }

    /// A sample.
    pub(super) fn of(&self, sample: usize) -> [f64; 2] {
        [self.first.as_flattened()[sample], self.second.as_flattened()[sample]]
    }

    /// Whether w tells the classes apart without a mistake.
    pub(super) fn are_told_apart_by(&self, [w1, w2]: [f64; 2]) -> bool {
        let samples = self.first.len() * COLUMNS - self.padding;
        let is_right = |(v1, v2): (&f64, &f64)| w1 * v1 + w2 * v2 > 0.0;
        let (first, second) = (self.first.as_flattened(), self.second.as_flattened());
        first[..samples].iter().zip(&second[..samples]).all(is_right)
    }

    /// Σ ln(1 + exp(−z)).
    pub(super) fn loss(&self, w: [f64; 2]) -> f64 {
        self.walk::<false>(w).0
    }

    /// The same, with its slopes by w₁ and w₂.
    pub(super) fn loss_and_slopes(&self, w: [f64; 2]) -> (f64, [f64; 2]) {
        self.walk::<true>(w)
    }

    fn walk<const WITH_SLOPES: bool>(&self, [w1, w2]: [f64; 2]) -> (f64, [f64; 2]) {
        let mut walk = Walk { losses: [0.0; COLUMNS], slopes: [[0.0; COLUMNS]; 2] };
        let mut logarithms = 0.0;
        let blocks = FACTORS / COLUMNS;
        for (first, second) in self.first.chunks(blocks).zip(self.second.chunks(blocks)) {
            // The logarithm of a product, not a sum of logarithms: they cost more
            // than all the rest.
            let mut products = [1.0; COLUMNS];
            for (v1, v2) in first.iter().zip(second) {
                for column in 0..COLUMNS {
                    let z = w1 * v1[column] + w2 * v2[column];
                    let small = exp_of_negative(-z.abs());
                    walk.losses[column] += if z < 0.0 { -z } else { 0.0 };
                    products[column] *= 1.0 + small;
                    if WITH_SLOPES {
                        let wrong = (if z < 0.0 { 1.0 } else { small }) / (1.0 + small);
                        walk.slopes[0][column] -= wrong * v1[column];
                        walk.slopes[1][column] -= wrong * v2[column];
                    }
                }
            }
            for product in products {
                logarithms += libm::log(product);
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "at most three")]
        let padding = self.padding as f64 * core::f64::consts::LN_2;
        (total(walk.losses) + logarithms - padding, walk.slopes.map(total))
    }

    /// The second derivatives of the same: by w₁ twice, by both, by w₂ twice.
    pub(super) fn bends(&self, [w1, w2]: [f64; 2]) -> [f64; 3] {
        let mut sums = [[0.0; COLUMNS]; 3];
        for (v1, v2) in self.first.iter().zip(&self.second) {
            for column in 0..COLUMNS {
                let (v1, v2) = (v1[column], v2[column]);
                let small = exp_of_negative(-(w1 * v1 + w2 * v2).abs());
                let weight = small / ((1.0 + small) * (1.0 + small));
                sums[0][column] += weight * v1 * v1;
                sums[1][column] += weight * v1 * v2;
                sums[2][column] += weight * v2 * v2;
            }
        }
        sums.map(total)
    }
}

fn total([a, b, c, d]: [f64; COLUMNS]) -> f64 {
    (a + b) + (c + d)
}

/// 1/(1 + exp(−z)), without leaving the range on either side.
pub(super) fn chance(z: f64) -> f64 {
    let small = exp_of_negative(-z.abs());
    (if z < 0.0 { small } else { 1.0 }) / (1.0 + small)
}
