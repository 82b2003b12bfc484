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
///
/// There are as many features as parameters; that of an intercept is 1 everywhere.
pub(super) struct Signed<const D: usize> {
    features: [Vec<[f64; COLUMNS]>; D],
    /// How many zeros stand at the end.
    padding: usize,
}

/// What one walk through the samples finds, each by columns.
struct Walk<const D: usize> {
    /// Σ max(−z, 0).
    losses: [f64; COLUMNS],
    /// Σ of the chance of being wrong times each feature.
    slopes: [[f64; COLUMNS]; D],
}

impl<const D: usize> Signed<D> {
    /// From the features of the samples and their classes; `feature` gives those of each
    /// parameter, sample by sample.
    pub(super) fn new(feature: impl Fn(usize, usize) -> f64, classes: &[f64]) -> Self {
        let signed = |parameter: usize| {
            let mut columns = vec![[0.0; COLUMNS]; classes.len().div_ceil(COLUMNS)];
            let entries = columns.as_flattened_mut().iter_mut().zip(classes);
            for (sample, (entry, class)) in entries.enumerate() {
                let x = feature(parameter, sample);
                *entry = if *class > 0.0 { x } else { -x };
            }
            columns
        };
        let padding = classes.len().next_multiple_of(COLUMNS) - classes.len();
        Self { features: core::array::from_fn(signed), padding }
    }

    /// A sample.
    pub(super) fn of(&self, sample: usize) -> [f64; D] {
        core::array::from_fn(|parameter| self.features[parameter].as_flattened()[sample])
    }

    /// Σ ln(1 + exp(−z)).
    pub(super) fn loss(&self, w: [f64; D]) -> f64 {
        self.walk::<false>(w).0
    }

    /// The same, with its slopes by each parameter.
    pub(super) fn loss_and_slopes(&self, w: [f64; D]) -> (f64, [f64; D]) {
        self.walk::<true>(w)
    }

    /// How many groups of [`COLUMNS`] samples there are.
    fn groups(&self) -> usize {
        self.features.first().map_or(0, Vec::len)
    }

    /// The features of a group of samples.
    #[inline]
    fn group(&self, at: usize) -> [[f64; COLUMNS]; D] {
        core::array::from_fn(|parameter| self.features[parameter][at])
    }

    fn walk<const WITH_SLOPES: bool>(&self, w: [f64; D]) -> (f64, [f64; D]) {
        let mut walk = Walk { losses: [0.0; COLUMNS], slopes: [[0.0; COLUMNS]; D] };
        let mut logarithms = 0.0;
        let groups = self.groups();
        for from in (0..groups).step_by(FACTORS / COLUMNS) {
            // The logarithm of a product, not a sum of logarithms: they cost more
            // than all the rest.
            let mut products = [1.0; COLUMNS];
            for at in from..groups.min(from + FACTORS / COLUMNS) {
                let v = self.group(at);
                let mut wrong = [0.0; COLUMNS];
                for column in 0..COLUMNS {
                    let z = product(w, &v, column);
                    let small = exp_of_negative(-z.abs());
                    walk.losses[column] += if z < 0.0 { -z } else { 0.0 };
                    products[column] *= 1.0 + small;
                    if WITH_SLOPES {
                        wrong[column] = (if z < 0.0 { 1.0 } else { small }) / (1.0 + small);
                    }
                }
                if WITH_SLOPES {
                    for (slopes, v) in walk.slopes.iter_mut().zip(&v) {
                        for column in 0..COLUMNS {
                            slopes[column] -= wrong[column] * v[column];
                        }
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

    /// The matrix of second derivatives of the same.
    pub(super) fn bends(&self, w: [f64; D]) -> [[f64; D]; D] {
        let mut sums = [[[0.0; COLUMNS]; D]; D];
        for at in 0..self.groups() {
            let v = self.group(at);
            let weight: [f64; COLUMNS] = core::array::from_fn(|column| {
                let small = exp_of_negative(-product(w, &v, column).abs());
                small / ((1.0 + small) * (1.0 + small))
            });
            for row in 0..D {
                for other in row..D {
                    for column in 0..COLUMNS {
                        sums[row][other][column] +=
                            weight[column] * v[row][column] * v[other][column];
                    }
                }
            }
        }
        let upper = sums.map(|row| row.map(total));
        core::array::from_fn(|row| {
            core::array::from_fn(|column| upper[row.min(column)][row.max(column)])
        })
    }
}

/// z of a sample of a group, the products in the order of the parameters.
#[inline]
fn product<const D: usize>(w: [f64; D], v: &[[f64; COLUMNS]; D], column: usize) -> f64 {
    let mut z = w[0] * v[0][column];
    for parameter in 1..D {
        z += w[parameter] * v[parameter][column];
    }
    z
}

fn total([a, b, c, d]: [f64; COLUMNS]) -> f64 {
    (a + b) + (c + d)
}

/// 1/(1 + exp(−z)), without leaving the range on either side.
pub(super) fn chance(z: f64) -> f64 {
    let small = exp_of_negative(-z.abs());
    (if z < 0.0 { small } else { 1.0 }) / (1.0 + small)
}
