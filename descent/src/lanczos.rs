//! The largest eigenvalue of a symmetric matrix that is only known by what it makes of
//! a vector.

mod tridiagonal;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

use crate::linalg::lanes::{add, dot};
use crate::linalg::norm;
use tridiagonal::{largest_of_tridiagonal, size_of_tridiagonal};

/// What became of a product that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Product {
    /// It is there.
    Made,
    /// A part of it is; it is to be asked for again.
    Pending,
    /// There is none.
    Unavailable,
}

/// Makes H·v: takes v and where to write.
pub type Multiply<'a> = dyn FnMut(&[f64], &mut [f64]) -> Product + 'a;

/// How many numbers the directions kept may have together, 32 MB of them; with more
/// the search begins anew from the best that it has.
const MOST_NUMBERS: usize = 1 << 22;
/// As many directions are kept at most, and at least.
const DIRECTIONS: [usize; 2] = [8, 64];
/// The share of the start that points anywhere: from an eigenvector alone no other
/// could be found.
const ANYWHERE: f64 = 0.1;
const SEED: u64 = 6;
/// So many multiplications are made between two looks at the clock, 10 to 50 µs.
const STRETCH: usize = 1 << 16;

/// The search for the largest eigenvalue, counted with its sign, and its eigenvector, by
/// the method of Lanczos with full reorthogonalisation: one product a direction, however
/// the work is cut. Sources: Lanczos, *An iteration method for the solution of the
/// eigenvalue problem of linear differential and integral operators* (1950); Golub and
/// Van Loan, *Matrix Computations* (2013), section 10.1 and algorithm 10.3.4.
#[derive(Clone, Debug)]
pub struct Lanczos {
    dimension: usize,
    /// The residual, in parts of the matrix's size, at which the search ends.
    tolerance: f64,
    /// How many products may still be asked for.
    products_left: usize,
    /// Unit vectors at right angles, one after the other.
    directions: Vec<f64>,
    /// The product of the last of them, less what lies along them.
    rest: Vec<f64>,
    /// The matrix as seen from the directions: its diagonal and what is beside it.
    diagonal: Vec<f64>,
    beside: Vec<f64>,
    stage: Stage,
    largest: f64,
    residual: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    /// The product of the last direction is wanted.
    Multiplying,
    /// So many directions were taken out of it, each twice: once leaves too much of them
    /// (Parlett, *The Symmetric Eigenvalue Problem* (1998), section 6.9).
    Straightening(usize),
    Done,
}

impl Lanczos {
    /// Begins near a direction, if one is known; ends where H·v differs from λ·v by less
    /// than `tolerance` in parts of the matrix's size, and after `most` products.
    #[must_use]
    pub fn begin(dimension: usize, near: Option<&[f64]>, tolerance: f64, most: usize) -> Self {
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(SEED);
        let mut start: Vec<f64> = (0..dimension)
            .map(|_| if generator.next_u64() >> 63 == 0 { 1.0 } else { -1.0 })
            .collect();
        let near = near.filter(|near| near.len() == dimension);
        if let Some((near, length)) = near.map(|near| (near, norm(near)))
            && length > 0.0
            && length.is_finite()
        {
            let share = ANYWHERE / norm(&start);
            for (component, near) in start.iter_mut().zip(near) {
                *component = near / length + share * *component;
            }
        }
        let length = norm(&start);
        for component in &mut start {
            *component /= length;
        }
        let is_empty = dimension == 0 || most == 0;
        Self {
            dimension,
            tolerance,
            products_left: most,
            directions: start,
            rest: vec![0.0; dimension],
            diagonal: Vec::new(),
            beside: Vec::new(),
            stage: if is_empty { Stage::Done } else { Stage::Multiplying },
            largest: f64::NAN,
            residual: f64::NAN,
        }
    }

    /// Goes on until time is up or the search is over; says whether it is.
    pub fn advance(
        &mut self,
        multiply: &mut Multiply<'_>,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        while self.stage != Stage::Done && !is_time_up() {
            match self.stage {
                Stage::Multiplying => self.multiply(multiply),
                Stage::Straightening(taken) => self.straighten(taken),
                Stage::Done => {}
            }
        }
        self.stage == Stage::Done
    }

    /// λ_max as far as it is found: never more than it is. NaN where no product was to
    /// be had, and where one was not finite.
    #[must_use]
    pub fn largest(&self) -> f64 {
        self.largest
    }

    /// ‖H·v − λ·v‖ for the value and the vector found: an eigenvalue is no farther away.
    #[must_use]
    pub fn residual(&self) -> f64 {
        self.residual
    }

    /// The unit vector found.
    #[must_use]
    pub fn vector(&self) -> Vec<f64> {
        let mut vector = vec![0.0; self.dimension];
        if self.diagonal.is_empty() {
            return vector;
        }
        let (_, weights) = largest_of_tridiagonal(&self.diagonal, &self.beside);
        for (weight, direction) in weights.iter().zip(self.directions.chunks(self.dimension)) {
            add(&mut vector, *weight, direction);
        }
        vector
    }

    fn multiply(&mut self, multiply: &mut Multiply<'_>) {
        let last = self.directions.len() - self.dimension;
        match multiply(&self.directions[last..], &mut self.rest) {
            Product::Pending => return,
            Product::Made if self.rest.iter().all(|component| component.is_finite()) => {}
            _ => return self.give_up(),
        }
        self.products_left -= 1;
        self.diagonal.push(0.0);
        self.stage = Stage::Straightening(0);
    }

    /// There are numbers that are none: nothing is known.
    fn give_up(&mut self) {
        (self.largest, self.residual) = (f64::NAN, f64::NAN);
        self.stage = Stage::Done;
    }

    /// Takes some directions out of the product, the last first.
    fn straighten(&mut self, taken: usize) {
        let count = self.diagonal.len();
        let until = (taken + 1 + STRETCH / self.dimension).min(2 * count);
        for at in taken..until {
            let place = count - 1 - at % count;
            let direction = &self.directions[place * self.dimension..][..self.dimension];
            let along = dot(direction, &self.rest);
            add(&mut self.rest, -along, direction);
            if place + 1 == count {
                self.diagonal[place] += along;
            }
        }
        self.stage = Stage::Straightening(until);
        if until == 2 * count {
            self.look();
        }
    }

    /// All directions but the next are known: whether they are enough.
    fn look(&mut self) {
        let beside = norm(&self.rest);
        let (largest, weights) = largest_of_tridiagonal(&self.diagonal, &self.beside);
        let size = size_of_tridiagonal(&self.diagonal, &self.beside).max(beside);
        if !(largest.is_finite() && beside.is_finite()) {
            return self.give_up();
        }
        self.largest = largest;
        self.residual = beside * weights[weights.len() - 1].abs();
        let count = self.diagonal.len();
        // What rounding leaves of a product is no direction.
        #[expect(clippy::cast_precision_loss, reason = "a few hundred thousand")]
        let is_nothing = beside <= f64::EPSILON * size * (self.dimension as f64).sqrt();
        let is_enough = self.residual <= self.tolerance * size;
        if is_enough || is_nothing || count >= self.dimension || self.products_left == 0 {
            self.stage = Stage::Done;
            return;
        }
        let [fewest, most] = DIRECTIONS;
        if count >= (MOST_NUMBERS / self.dimension).clamp(fewest, most) {
            self.directions = self.vector();
            self.diagonal.clear();
            self.beside.clear();
        } else {
            self.directions.extend(self.rest.iter().map(|component| component / beside));
            self.beside.push(beside);
        }
        self.stage = Stage::Multiplying;
    }
}

#[cfg(test)]
mod tests {
    use super::super::gradient::uniform;
    use super::*;
    use crate::linalg::eigen::Eigen;

    /// V·diag(values)·Vᵀ, with V made of a few reflections.
    fn with_values(values: &[f64], seed: u64) -> Vec<f64> {
        let n = values.len();
        let mut generator = Xoshiro256PlusPlus::seed_from_u64(seed);
        let mut matrix = vec![0.0; n * n];
        matrix.iter_mut().step_by(n + 1).zip(values).for_each(|(entry, value)| *entry = *value);
        for _ in 0..3 {
            let axis: Vec<f64> = (0..n).map(|_| uniform(&mut generator) - 0.5).collect();
            let square = dot(&axis, &axis);
            // H − 2a(aᵀH)/a², from both sides.
            for is_row in [true, false] {
                let at = |i: usize, j: usize| if is_row { j * n + i } else { i * n + j };
                for i in 0..n {
                    let along: f64 = (0..n).map(|j| axis[j] * matrix[at(i, j)]).sum();
                    (0..n).for_each(|j| matrix[at(i, j)] -= 2.0 * axis[j] * along / square);
                }
            }
        }
        matrix
    }

    fn multiply(matrix: &[f64]) -> impl FnMut(&[f64], &mut [f64]) -> Product + '_ {
        |v: &[f64], out: &mut [f64]| {
            for (out, row) in out.iter_mut().zip(matrix.chunks(v.len())) {
                *out = row.iter().zip(v).map(|(entry, v)| entry * v).sum();
            }
            Product::Made
        }
    }

    fn search(matrix: &[f64], near: Option<&[f64]>) -> Lanczos {
        let n = matrix.len().isqrt();
        let mut search = Lanczos::begin(n, near, 1e-9, 500);
        assert!(search.advance(&mut multiply(matrix), &mut || false));
        search
    }

    fn spectra() -> Vec<Vec<f64>> {
        let random = |seed, n: usize| {
            let mut generator = Xoshiro256PlusPlus::seed_from_u64(seed);
            (0..n).map(|_| 6.0 * uniform(&mut generator) - 3.0).collect()
        };
        let mut spectra: Vec<Vec<f64>> =
            (0..12_u64).zip((3..).step_by(9)).map(|(seed, n)| random(seed, n)).collect();
        spectra.extend([
            vec![-2.5],
            vec![5.0, -5.0],
            vec![3.0; 7],
            vec![0.0; 4],
            [vec![2.0; 5], vec![-1.0; 30]].concat(),
            [vec![-7.0; 5], vec![-0.25, -1.0, -2.0]].concat(),
            // One outlier above a bulk of nothing, as in a trained network.
            [vec![40.0, 39.0], vec![1e-3; 150], vec![-0.2; 20]].concat(),
            [vec![1e-3, -1e3], vec![0.0; 9]].concat(),
            vec![1e12, -1e12, 3e11, 1.0, 0.0],
            vec![3e-30, -1e-30, 2e-30, 0.0],
        ]);
        spectra
    }

    #[test]
    fn it_is_the_largest_that_the_dense_solver_finds() {
        for (seed, spectrum) in spectra().into_iter().enumerate() {
            let matrix = with_values(&spectrum, seed as u64);
            let n = spectrum.len();
            let dense = Eigen::of_symmetric(matrix.clone(), n).values;
            let expected = dense.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let size = spectrum.iter().fold(0.0, |size: f64, value| size.max(value.abs()));
            let found = search(&matrix, None);
            let error = (found.largest() - expected).abs();
            assert!(error <= 1e-12 * size, "{n}: {} {expected}", found.largest());
            // The vector is what the residual says.
            let (vector, mut product) = (found.vector(), vec![0.0; n]);
            multiply(&matrix)(&vector, &mut product);
            add(&mut product, -found.largest(), &vector);
            assert!((norm(&vector) - 1.0).abs() < 1e-12);
            assert!(norm(&product) <= 3e-9 * size, "{n}: {}", norm(&product));
        }
    }

    #[test]
    fn beside_another_eigenvector_it_still_finds_the_largest_and_beside_its_own_at_once() {
        let spectrum = [vec![9.0, 8.0, 2.0], vec![0.1; 60], vec![-4.0; 3]].concat();
        let matrix = with_values(&spectrum, 3);
        let eigen = Eigen::of_symmetric(matrix.clone(), spectrum.len());
        for (vector, value) in eigen.axes() {
            let found = search(&matrix, Some(&vector));
            assert!((found.largest() - 9.0).abs() < 1e-12, "from {value}: {}", found.largest());
        }
        for useless in [vec![0.0; spectrum.len()], vec![f64::NAN; spectrum.len()], vec![1.0; 2]] {
            assert!((search(&matrix, Some(&useless)).largest() - 9.0).abs() < 1e-12);
        }
    }

    #[test]
    fn however_it_is_cut_the_bits_are_the_same() {
        let matrix = with_values(&spectra()[9], 1);
        let whole = search(&matrix, None);
        let n = matrix.len().isqrt();
        let mut cut = Lanczos::begin(n, None, 1e-9, 500);
        let (mut asked, mut is_pending) = (0, false);
        let mut hesitant = |v: &[f64], out: &mut [f64]| {
            is_pending = !is_pending;
            if is_pending { Product::Pending } else { multiply(&matrix)(v, out) }
        };
        while !cut.advance(&mut hesitant, &mut || {
            asked += 1;
            asked % 2 == 0
        }) {}
        assert!(asked > 40, "{asked}");
        assert_eq!(cut.largest().to_bits(), whole.largest().to_bits());
        assert_eq!(cut.vector(), whole.vector());
    }

    #[test]
    fn few_products_give_a_lower_bound_and_none_give_nothing() {
        let spectrum: Vec<f64> = (0..300).map(f64::from).collect();
        let matrix = with_values(&spectrum, 8);
        let mut brief = Lanczos::begin(300, None, 1e-12, 12);
        assert!(brief.advance(&mut multiply(&matrix), &mut || false));
        assert!(brief.largest() < 299.0 && brief.largest() > 250.0, "{}", brief.largest());
        assert!(brief.residual() > 0.1);
        let mut long = Lanczos::begin(300, None, 1e-9, 2_000);
        assert!(long.advance(&mut multiply(&matrix), &mut || false), "begins anew on the way");
        assert!((long.largest() - 299.0).abs() < 1e-9, "{}", long.largest());
        for bad in [f64::NAN, f64::INFINITY] {
            let mut never = Lanczos::begin(3, None, 1e-9, 500);
            let mut broken = |_: &[f64], out: &mut [f64]| {
                out.fill(bad);
                Product::Made
            };
            assert!(never.advance(&mut broken, &mut || false) && never.largest().is_nan());
        }
        let mut never = Lanczos::begin(3, None, 1e-9, 500);
        assert!(never.advance(&mut |_, _| Product::Unavailable, &mut || false));
        assert!(never.largest().is_nan() && never.vector() == [0.0; 3]);
    }
}
