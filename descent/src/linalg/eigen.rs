//! Eigenvalues and eigenvectors of a small symmetric matrix.

/// A symmetric matrix as V·diag(values)·Vᵀ.
pub(crate) struct Eigen {
    pub(crate) values: Vec<f64>,
    /// V row by row; its columns are the eigenvectors.
    vectors: Vec<f64>,
}

/// With two parameters one rotation is enough; with more each sweep squares what
/// is left beside the diagonal.
const MOST_SWEEPS: usize = 20;

impl Eigen {
    /// Of `matrix`, `n` rows of `n` numbers, by Jacobi's rotations. Source: Golub
    /// and Van Loan, *Matrix Computations* (2013), section 8.5.
    pub(crate) fn of_symmetric(mut matrix: Vec<f64>, n: usize) -> Self {
        let mut vectors = vec![0.0; n * n];
        vectors.iter_mut().step_by(n + 1).for_each(|entry| *entry = 1.0);
        for _ in 0..MOST_SWEEPS {
            let mut is_diagonal = true;
            for p in 0..n {
                for q in p + 1..n {
                    let beside = matrix[p * n + q];
                    if beside == 0.0 {
                        continue;
                    }
                    is_diagonal = false;
                    // The tangent of the smaller of the two angles that make this
                    // entry 0.
                    let half = 0.5 * (matrix[q * n + q] - matrix[p * n + p]) / beside;
                    let tangent =
                        1.0_f64.copysign(half) / (half.abs() + (half * half + 1.0).sqrt());
                    let cos = 1.0 / (tangent * tangent + 1.0).sqrt();
                    let turn = [cos, tangent * cos];
                    rotate(&mut matrix, turn, (0..n).map(|i| (i * n + p, i * n + q)));
                    rotate(&mut matrix, turn, (0..n).map(|i| (p * n + i, q * n + i)));
                    rotate(&mut vectors, turn, (0..n).map(|i| (i * n + p, i * n + q)));
                    (matrix[p * n + q], matrix[q * n + p]) = (0.0, 0.0);
                }
            }
            if is_diagonal {
                break;
            }
        }
        Self { values: matrix.into_iter().step_by(n + 1).collect(), vectors }
    }

    /// Every eigenvector with its eigenvalue.
    pub(crate) fn axes(&self) -> impl Iterator<Item = (Vec<f64>, f64)> + '_ {
        let n = self.values.len();
        let column = move |at: usize| self.vectors.iter().skip(at).step_by(n).copied().collect();
        self.values.iter().enumerate().map(move |(at, value)| (column(at), *value))
    }

    /// V·diag(f(values))·Vᵀ·x.
    pub(crate) fn map(&self, x: &[f64], f: impl Fn(f64) -> f64) -> Vec<f64> {
        let n = x.len();
        let mut mapped = vec![0.0; n];
        for (column, &value) in self.values.iter().enumerate() {
            let along: f64 = (0..n).map(|row| self.vectors[row * n + column] * x[row]).sum();
            for (row, out) in mapped.iter_mut().enumerate() {
                *out += self.vectors[row * n + column] * (f(value) * along);
            }
        }
        mapped
    }
}

/// Turns each pair of entries by an angle with this cosine and sine.
fn rotate(entries: &mut [f64], [cos, sin]: [f64; 2], pairs: impl Iterator<Item = (usize, usize)>) {
    for (p, q) in pairs {
        let (x, y) = (entries[p], entries[q]);
        entries[p] = cos * x - sin * y;
        entries[q] = sin * x + cos * y;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_matrix_is_its_eigenvalues_and_eigenvectors() {
        let matrix = [4.0, -2.0, 0.5, -2.0, -1.0, 3.0, 0.5, 3.0, 1e-3];
        let eigen = Eigen::of_symmetric(matrix.to_vec(), 3);
        for (axis, row) in matrix.chunks(3).enumerate() {
            let mut unit = [0.0; 3];
            unit[axis] = 1.0;
            for (found, expected) in eigen.map(&unit, |value| value).iter().zip(row) {
                assert!((found - expected).abs() < 1e-14, "{found} is not {expected}");
            }
            let identity = eigen.map(&unit, |_| 1.0);
            assert!(identity.iter().zip(unit).all(|(found, one)| (found - one).abs() < 1e-15));
        }
        let trace: f64 = eigen.values.iter().sum();
        assert!((trace - 3.001).abs() < 1e-14, "{trace}");
    }

    #[test]
    fn one_rotation_is_enough_for_two() {
        // (2, 1) has 5, (1, −2) has −5.
        let eigen = Eigen::of_symmetric(vec![3.0, 4.0, 4.0, -3.0], 2);
        let size = eigen.map(&[2.0, 1.0], f64::abs);
        assert!((size[0] - 10.0).abs() < 1e-14 && (size[1] - 5.0).abs() < 1e-14, "{size:?}");
        assert_eq!(Eigen::of_symmetric(vec![7.0], 1).values, [7.0]);
        assert_eq!(Eigen::of_symmetric(vec![2.0, 0.0, 0.0, 9.0], 2).values, [2.0, 9.0]);
    }
}
