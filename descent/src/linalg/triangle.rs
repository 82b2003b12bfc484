//! What the squared error of a curve needs to know of its samples.

use crate::linalg::dot;

/// The sum of squared residuals of any number of samples as that of a few.
///
/// With the features of the samples as the rows of A, Householder's reflections Q make
/// A = QR, and ‖Aθ − y‖² = ‖Rθ − z‖² + rest, with R a triangle. Sums of products of
/// features, AᵀA, would square the condition number and lose what is small beside it
/// (Golub and Van Loan, *Matrix Computations* (2013), section 5.3).
#[derive(Clone, Debug)]
pub(crate) struct Triangle {
    /// R row by row, zeros below its diagonal; d rows of d numbers.
    r: Vec<f64>,
    /// The upper part of Qᵀy.
    z: Vec<f64>,
    /// ‖y‖² less ‖z‖².
    pub(crate) rest: f64,
}

impl Triangle {
    /// From the columns of A, and y as the last; all of the same length.
    pub(crate) fn of(mut columns: Vec<Vec<f64>>) -> Self {
        let d = columns.len().saturating_sub(1);
        let rows = columns.first().map_or(0, Vec::len);
        let (mut r, mut z) = (vec![0.0; d * d], vec![0.0; d]);
        for k in 0..d.min(rows) {
            let (before, after) = columns.split_at_mut(k + 1);
            let mirror = &mut before[k][k..];
            let length = dot(mirror, mirror).sqrt();
            // Away from 0, so that nothing cancels.
            let edge = if mirror[0] > 0.0 { -length } else { length };
            mirror[0] -= edge;
            let half = 0.5 * dot(mirror, mirror);
            r[k * d + k] = edge;
            for (ahead, column) in after.iter_mut().enumerate() {
                if half > 0.0 {
                    let share = dot(mirror, &column[k..]) / half;
                    for (entry, mirror) in column[k..].iter_mut().zip(mirror.iter()) {
                        *entry -= share * mirror;
                    }
                }
                let column_of_r = k + 1 + ahead;
                if column_of_r < d {
                    r[k * d + column_of_r] = column[k];
                } else {
                    z[k] = column[k];
                }
            }
        }
        let below = columns.last().map_or(&[][..], |y| &y[d.min(rows)..]);
        Self { r, z, rest: dot(below, below) }
    }

    /// d, the number of features.
    pub(crate) fn size(&self) -> usize {
        self.z.len()
    }

    /// Writes R·`theta` to `out`.
    pub(crate) fn image(&self, theta: &[f64], out: &mut [f64]) {
        let d = theta.len();
        for (k, (row, out)) in self.r.chunks_exact(d).zip(out).enumerate() {
            *out = dot(&row[k..], &theta[k..]);
        }
    }

    /// Writes Rθ − z to `out`.
    pub(crate) fn residuals(&self, theta: &[f64], out: &mut [f64]) {
        self.image(theta, out);
        out.iter_mut().zip(&self.z).for_each(|(out, z)| *out -= z);
    }

    /// Writes Rᵀ·`residuals`, half the gradient of the sum of squares, to `out`.
    pub(crate) fn pull_back(&self, residuals: &[f64], out: &mut [f64]) {
        out.fill(0.0);
        let d = residuals.len();
        for (k, (row, residual)) in self.r.chunks_exact(d).zip(residuals).enumerate() {
            for (out, entry) in out[k..].iter_mut().zip(&row[k..]) {
                *out += entry * residual;
            }
        }
    }

    /// RᵀR, row by row.
    pub(crate) fn products(&self) -> Vec<f64> {
        let d = self.size();
        let mut products = vec![0.0; d * d];
        for (row, out) in products.chunks_exact_mut(d).enumerate() {
            for (column, out) in out.iter_mut().enumerate() {
                let both = self.r.chunks_exact(d).take(row.min(column) + 1);
                *out = both.map(|r| r[row] * r[column]).sum();
            }
        }
        products
    }

    /// The singular values of R, each as exact as the largest, by turning its columns
    /// until they stand at right angles (Hestenes 1958): the eigenvalues of RᵀR are their
    /// squares, of which the small ones would drown in the rounding of the products.
    pub(crate) fn stretches(&self) -> Vec<f64> {
        let d = self.size();
        let mut columns: Vec<Vec<f64>> =
            (0..d).map(|column| self.r.iter().skip(column).step_by(d).copied().collect()).collect();
        for _ in 0..MOST_SWEEPS {
            let mut is_done = true;
            for q in 1..d {
                let (before, after) = columns.split_at_mut(q);
                for p in before {
                    is_done &= !turn(p, &mut after[0]);
                }
            }
            if is_done {
                break;
            }
        }
        columns.iter().map(|column| dot(column, column).sqrt()).collect()
    }

    /// The θ of the smallest sum of squares; none where several are equally good.
    pub(crate) fn solution(&self) -> Option<Vec<f64>> {
        let d = self.size();
        let mut theta = self.z.clone();
        let largest = (0..d).map(|k| self.r[k * d + k].abs()).fold(0.0, f64::max);
        for k in (0..d).rev() {
            let edge = self.r[k * d + k];
            if edge.abs().partial_cmp(&(SINGULAR * largest)) != Some(core::cmp::Ordering::Greater) {
                return None;
            }
            let known = dot(&self.r[k * d + k + 1..(k + 1) * d], &theta[k + 1..]);
            theta[k] = (theta[k] - known) / edge;
        }
        Some(theta)
    }

    /// The columns of R and then z: d + 1 columns of d numbers.
    pub(crate) fn columns(&self) -> Vec<Vec<f64>> {
        let d = self.size();
        let column = |at: usize| self.r.iter().skip(at).step_by(d.max(1)).copied().collect();
        (0..d).map(column).chain([self.z.clone()]).collect()
    }

    /// The θ of the smallest sum of squares with 2·`pull`·θ added to it; none where several
    /// are equally good.
    pub(crate) fn pulled_solution(&self, pull: &[f64]) -> Option<Vec<f64>> {
        let d = self.size();
        // ‖Rθ − z‖² + 2 pull·θ = ‖Rθ − (z − q)‖² + …, where Rᵀq = pull.
        let mut moved = self.clone();
        let mut q = pull.to_vec();
        for k in 0..d {
            for before in 0..k {
                q[k] -= self.r[before * d + k] * q[before];
            }
            q[k] /= self.r[k * d + k];
            moved.z[k] -= q[k];
        }
        moved.solution()
    }

    /// The same with a penalty: `weights[k]`²·θ[k]² added to the sum of squares.
    pub(crate) fn penalised(&self, weights: &[f64]) -> Self {
        let d = self.size();
        let columns = (0..=d).map(|column| {
            let row = |r: &[f64]| r[column];
            let mut entries: Vec<f64> =
                if column < d { self.r.chunks_exact(d).map(row).collect() } else { self.z.clone() };
            entries.resize(2 * d, 0.0);
            if let Some(weight) = weights.get(column) {
                entries[d + column] = *weight;
            }
            entries
        });
        let Self { r, z, rest } = Self::of(columns.collect());
        Self { r, z, rest: rest + self.rest }
    }
}

/// Each sweep squares what is left between the columns.
const MOST_SWEEPS: usize = 30;

/// Turns two columns within their plane until they stand at right angles; says whether
/// they did not.
fn turn(p: &mut [f64], q: &mut [f64]) -> bool {
    let (along_p, along_q, both) = (dot(p, p), dot(q, q), dot(p, q));
    if both.abs() <= f64::EPSILON * along_p.sqrt() * along_q.sqrt() {
        return false;
    }
    let half = 0.5 * (along_q - along_p) / both;
    let tangent = 1.0_f64.copysign(half) / (half.abs() + (half * half + 1.0).sqrt());
    let cos = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sin = tangent * cos;
    for (p, q) in p.iter_mut().zip(q) {
        (*p, *q) = (cos * *p - sin * *q, sin * *p + cos * *q);
    }
    true
}

/// A feature that is the sum of others but for this share of the largest says nothing of
/// its own.
const SINGULAR: f64 = 1e-13;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Half the gradient and the sum of squares, sample by sample.
    fn plain(columns: &[Vec<f64>], theta: &[f64]) -> (Vec<f64>, f64) {
        let (y, features) = columns.split_last().unwrap();
        let (mut gradient, mut squares) = (vec![0.0; theta.len()], 0.0);
        for (row, y) in y.iter().enumerate() {
            let fit: f64 = features.iter().zip(theta).map(|(column, w)| column[row] * w).sum();
            let residual = fit - y;
            squares += residual * residual;
            for (slope, column) in gradient.iter_mut().zip(features) {
                *slope += residual * column[row];
            }
        }
        (gradient, squares)
    }

    fn powers(x: &[f64], y: &[f64], degree: usize) -> Vec<Vec<f64>> {
        let mut columns = vec![vec![1.0; x.len()]];
        for k in 0..degree {
            columns.push(columns[k].iter().zip(x).map(|(power, x)| power * x).collect());
        }
        columns.push(y.to_vec());
        columns
    }

    proptest! {
        #[test]
        fn the_sum_of_squares_is_the_plain_sum(
            noise in proptest::collection::vec((-1.0..1.0, -1.0..1.0), 2..40),
            (scale, shift) in (-3.0..3.0, 0.0..2.0),
            degree in 1..13_usize,
            weights in proptest::array::uniform13(-2.0..2.0_f64),
        ) {
            // Columns of any unit and far from 0, with powers of very different size; the
            // weights such that each feature says about as much.
            let unit = libm::pow(10.0, scale);
            let x: Vec<f64> = noise.iter().map(|(x, _)| unit * (libm::pow(10.0, shift) + x)).collect();
            let y: Vec<f64> = noise.iter().map(|(_, y)| 1e3 * y).collect();
            let columns = powers(&x, &y, degree);
            let size = |column: &[f64]| column.iter().fold(0.0_f64, |most, v| most.max(v.abs()));
            let theta: Vec<f64> =
                columns[..=degree].iter().zip(&weights).map(|(column, w)| w / size(column)).collect();
            let (expected, squares) = plain(&columns, &theta);
            let triangle = Triangle::of(columns.clone());
            let mut residuals = vec![0.0; degree + 1];
            triangle.residuals(&theta, &mut residuals);
            let found = dot(&residuals, &residuals) + triangle.rest;
            prop_assert!((found - squares).abs() <= 1e-9 * squares, "{found} is not {squares}");
            let mut gradient = vec![0.0; degree + 1];
            triangle.pull_back(&residuals, &mut gradient);
            for ((found, expected), column) in gradient.iter().zip(&expected).zip(&columns) {
                let terms = dot(column, column).sqrt() * squares.sqrt();
                prop_assert!((found - expected).abs() <= 1e-9 * terms, "{found} is not {expected}");
            }
        }
    }

    #[test]
    fn the_solution_is_the_curve_that_the_samples_lie_on() {
        let x = [-2.0, -1.0, -0.5, 0.0, 0.75, 1.0, 2.0];
        let of = |x: f64| 1.0 - 2.0 * x + 0.5 * x * x * x;
        let y: Vec<f64> = x.iter().map(|x| of(*x)).collect();
        let triangle = Triangle::of(powers(&x, &y, 4));
        let found = triangle.solution().unwrap();
        for (found, expected) in found.iter().zip([1.0, -2.0, 0.0, 0.5, 0.0]) {
            assert!((found - expected).abs() < 1e-13, "{found} is not {expected}");
        }
        assert!(triangle.rest < 1e-26);
        // A heavy penalty on all but the first leaves the mean.
        let penalised = triangle.penalised(&[0.0, 1e9, 1e9, 1e9, 1e9]).solution().unwrap();
        let mean = y.iter().sum::<f64>() / 7.0;
        assert!((penalised[0] - mean).abs() < 1e-9 && penalised[1].abs() < 1e-9);
    }

    #[test]
    fn stretches_are_exact_however_different() {
        // Orthogonal columns of very different lengths, mixed by a rotation from the left,
        // which changes no singular value.
        let columns = vec![vec![3e6, 4e6], vec![-4e-6, 3e-6], vec![0.0, 0.0]];
        let mut found = Triangle::of(columns).stretches();
        found.sort_by(f64::total_cmp);
        assert!((found[0] - 5e-6).abs() < 1e-20 && (found[1] - 5e6).abs() < 1e-8, "{found:?}");
        // The Vandermonde matrix of 1, 2, 3 has the determinant 2, and the squares of its
        // singular values add up to those of its entries.
        let columns = powers(&[1.0, 2.0, 3.0], &[0.0; 3], 2);
        let found = Triangle::of(columns).stretches();
        assert!((found.iter().product::<f64>() - 2.0).abs() < 1e-14);
        assert!((found.iter().map(|s| s * s).sum::<f64>() - 115.0).abs() < 1e-12);
    }

    #[test]
    fn fewer_samples_than_features_have_no_single_solution() {
        let triangle = Triangle::of(powers(&[1.0, 2.0], &[3.0, 5.0], 3));
        assert!(triangle.solution().is_none());
        assert!(triangle.rest.abs() < 1e-28, "but a perfect fit");
        assert!(Triangle::of(powers(&[2.0; 9], &[1.0; 9], 1)).solution().is_none());
        assert!(triangle.penalised(&[0.0, 1.0, 1.0, 1.0]).solution().is_some());
    }
}
