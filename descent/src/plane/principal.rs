//! The two principal directions of points.

use super::{dot, norm, orthonormalize, sum_of, take_away, turn_towards};
use crate::linalg::eigen::Eigen;

/// With more parameters than this the eigenvectors are looked for among the points; of
/// larger matrices only the largest two are looked for.
const FEW: usize = 32;

/// The search for the two eigenvectors of the largest eigenvalues of Σ rowᵀ·row, the rows
/// being what the points are away from the origin; of the matrix of products of the rows
/// where there are fewer rows than parameters (Sirovich 1987).
pub(super) struct Principal {
    /// The product of every row with itself and those before it, one after the other.
    products: Vec<f64>,
    /// How many rows are in the sums that the directions are, and with which weights.
    summed: usize,
    weights: Option<[Vec<f64>; 2]>,
    axes: [Vec<f64>; 2],
}

impl Principal {
    pub(super) fn new() -> Self {
        let [products, u, v] = [const { Vec::new() }; 3];
        Self { products, summed: 0, weights: None, axes: [u, v] }
    }

    pub(super) fn advance(
        &mut self,
        origin: &[f64],
        points: &[&[f64]],
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> Option<[Vec<f64>; 2]> {
        let n = origin.len();
        if n <= FEW.max(points.len()) {
            let mut axes = largest_two(squares(origin, points), n);
            finish(&mut axes, origin, points);
            return Some(axes);
        }
        if self.weights.is_none() {
            if !self.multiply(origin, points, is_time_up) {
                return None;
            }
            self.weights = Some(largest_two(self.symmetric(points.len()), points.len()));
            self.axes = [vec![0.0; n], vec![0.0; n]];
        }
        let weights = self.weights.as_ref()?;
        while let Some(point) = points.get(self.summed) {
            for (axis, weights) in self.axes.iter_mut().zip(weights) {
                let weight = weights[self.summed];
                for (axis, (point, origin)) in axis.iter_mut().zip(point.iter().zip(origin)) {
                    *axis += weight * (point - origin);
                }
            }
            self.summed += 1;
            if is_time_up() {
                return None;
            }
        }
        let mut axes = core::mem::take(&mut self.axes);
        finish(&mut axes, origin, points);
        Some(axes)
    }

    /// Goes on with the products; says whether all are there.
    fn multiply(
        &mut self,
        origin: &[f64],
        points: &[&[f64]],
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let of = |i: usize, j: usize| {
            sum_of(points[i], [points[j], origin], |a, b, origin| (a - origin) * (b - origin))
        };
        let pairs = (0..points.len()).flat_map(|i| (0..=i).map(move |j| (i, j)));
        for (i, j) in pairs.skip(self.products.len()) {
            self.products.push(of(i, j));
            if is_time_up() {
                return false;
            }
        }
        true
    }

    /// The products as a matrix.
    fn symmetric(&self, n: usize) -> Vec<f64> {
        let at = |i: usize, j: usize| self.products[i * (i + 1) / 2 + j];
        let entry = |place: usize| {
            let (i, j) = (place / n, place % n);
            at(i.max(j), i.min(j))
        };
        (0..n * n).map(entry).collect()
    }
}

/// Makes the directions unit vectors at right angles on the side of the first point.
fn finish(axes: &mut [Vec<f64>; 2], origin: &[f64], points: &[&[f64]]) {
    orthonormalize(axes);
    let Some(first) = points.first() else { return };
    let first: Vec<f64> = first.iter().zip(origin).map(|(p, o)| p - o).collect();
    for axis in axes {
        turn_towards(&first, axis);
    }
}

/// Σ rowᵀ·row of few parameters.
fn squares(origin: &[f64], points: &[&[f64]]) -> Vec<f64> {
    let n = origin.len();
    let mut squares = vec![0.0; n * n];
    for point in points {
        let row: Vec<f64> = point.iter().zip(origin).map(|(p, o)| p - o).collect();
        for (out, a) in squares.chunks_exact_mut(n).zip(&row) {
            out.iter_mut().zip(&row).for_each(|(out, b)| *out += a * b);
        }
    }
    squares
}

/// The eigenvectors of the two largest eigenvalues of a symmetric matrix none of whose
/// eigenvalues is negative.
fn largest_two(mut matrix: Vec<f64>, n: usize) -> [Vec<f64>; 2] {
    let largest = matrix.iter().fold(0.0_f64, |most, entry| most.max(entry.abs()));
    let scale = if largest > 0.0 { 1.0 / largest } else { 1.0 };
    for entry in &mut matrix {
        *entry *= scale;
    }
    if n > FEW {
        return iterated(&matrix, n);
    }
    two_of(&Eigen::of_symmetric(matrix, n), n)
}

fn two_of(eigen: &Eigen, n: usize) -> [Vec<f64>; 2] {
    let mut found = [const { Vec::new() }; 2];
    let mut values = [f64::NEG_INFINITY; 2];
    for (axis, value) in eigen.axes() {
        if value > values[0] {
            (values, found) = ([value, values[0]], [axis, core::mem::take(&mut found[0])]);
        } else if value > values[1] {
            (values[1], found[1]) = (value, axis);
        }
    }
    found.map(|axis| if axis.is_empty() { vec![0.0; n] } else { axis })
}

/// So many vectors are multiplied by the matrix together. Each time they lose what is
/// not of the largest two by the ratio of the ninth eigenvalue to the second; those of
/// trajectories fall as the square of their number or faster (Antognini and
/// Sohl-Dickstein 2018).
const BLOCK: usize = 8;
const ROUNDS: usize = 24;

/// The same by subspace iteration, which does a small part of the work of finding them
/// all. Source: Golub and Van Loan, *Matrix Computations* (2013), section 8.2.4.
fn iterated(matrix: &[f64], n: usize) -> [Vec<f64>; 2] {
    let mut block: Vec<Vec<f64>> = (0..BLOCK).map(|wave| cosine(wave, n)).collect();
    let multiplied = |vector: &Vec<f64>| -> Vec<f64> {
        matrix.chunks_exact(n).map(|row| dot(row, vector)).collect()
    };
    for _ in 0..ROUNDS {
        block = block.iter().map(multiplied).collect();
        for at in 0..BLOCK {
            let (before, rest) = block.split_at_mut(at);
            let vector = &mut rest[0];
            let size = norm(vector);
            // Twice, or rounding leaves something.
            for other in before.iter().chain(before.iter()) {
                take_away(vector, other);
            }
            let left = norm(vector);
            // What is not independent of those before has nothing to say.
            let factor = if left > 1e-12 * size { 1.0 / left } else { 0.0 };
            for component in vector {
                *component *= factor;
            }
        }
    }
    let images: Vec<Vec<f64>> = block.iter().map(multiplied).collect();
    let within = block.iter().flat_map(|a| images.iter().map(move |b| dot(a, b))).collect();
    two_of(&Eigen::of_symmetric(within, BLOCK), BLOCK).map(|weights| {
        let mut axis = vec![0.0; n];
        for (vector, weight) in block.iter().zip(weights) {
            axis.iter_mut().zip(vector).for_each(|(axis, v)| *axis += weight * v);
        }
        axis
    })
}

/// A cosine of so many half waves: about what the principal components of a trajectory
/// are, so that the iteration begins near its end.
#[expect(clippy::cast_precision_loss, reason = "a few points")]
fn cosine(waves: usize, n: usize) -> Vec<f64> {
    let angle = core::f64::consts::PI * waves as f64 / n as f64;
    (0..n).map(|at| libm::cos(angle * (at as f64 + 0.5))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The directions of rows that count from the origin.
    fn principal(rows: &[Vec<f64>], n: usize) -> [Vec<f64>; 2] {
        let views: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
        Principal::new().advance(&vec![0.0; n], &views, &mut || false).expect("time enough")
    }

    /// The product of every row with every other.
    fn products(rows: &[Vec<f64>]) -> Vec<f64> {
        rows.iter().flat_map(|a| rows.iter().map(|b| dot(a, b))).collect()
    }

    /// Steps in many directions, fewer and fewer in each.
    fn rows(count: usize, n: usize) -> Vec<Vec<f64>> {
        let of = |at: usize| f64::from(u32::try_from(at).unwrap());
        let row = |t: usize| -> Vec<f64> {
            let part = |at: usize, wave: usize| {
                let direction = libm::sin(of(3 * at + 1) * of(wave * wave + 1));
                direction * libm::cos(of(t * wave) * 0.05) / of(wave * wave)
            };
            (0..n).map(|at| (1..12).map(|wave| part(at, wave)).sum()).collect()
        };
        (0..count).map(row).collect()
    }

    #[test]
    fn iterating_finds_the_directions_that_rotating_finds() {
        for count in [40, 64, 100] {
            let rows = rows(count, 300);
            let matrix = products(&rows);
            let all = two_of(&Eigen::of_symmetric(matrix.clone(), count), count);
            let two = iterated(&matrix, count);
            for (a, b) in all.iter().zip(&two) {
                assert!((dot(a, b).abs() - 1.0).abs() < 1e-10, "{count}: {}", dot(a, b));
            }
        }
    }

    #[test]
    fn points_of_fewer_directions_than_are_looked_for_have_two() {
        for waves in 1..5 {
            let of = |at: usize| f64::from(u32::try_from(at).unwrap());
            let row = |t: usize| -> Vec<f64> {
                let part = |wave: usize| libm::cos(of(t * wave) * 0.07);
                (0..500).map(|at| (1..=waves).map(|w| part(w) * of(at % (w + 2))).sum()).collect()
            };
            let rows: Vec<Vec<f64>> = (0..50).map(row).collect();
            let [x, y] = principal(&rows, 500);
            assert!((norm(&x) - 1.0).abs() < 1e-12 && (norm(&y) - 1.0).abs() < 1e-12);
            assert!(dot(&x, &y).abs() < 1e-12, "{waves}");
            assert!(rows.iter().all(|row| waves > 2 || {
                let mut left = row.clone();
                take_away(&mut left, &x);
                take_away(&mut left, &y);
                norm(&left) < 1e-9 * norm(row)
            }));
        }
    }
}
