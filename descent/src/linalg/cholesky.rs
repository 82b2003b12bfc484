//! Linear equations with a small symmetric positive definite matrix.

use crate::linalg::dot;

/// A pivot that is no larger than this share of its diagonal entry is rounding: the column
/// is a sum of those before it. No share of the largest eigenvalue: that would depend on the
/// units of the parameters, which the solution does not.
const LEAST_PIVOT: f64 = 1e-14;

/// x with A·x = `right`, by A = L·D·Lᵀ without roots; `matrix` has n rows of n numbers. None
/// where A is not positive definite, or not beyond rounding. The error depends on the
/// condition number that A has when it is scaled to a unit diagonal, whatever its own is.
/// Source: Golub and Van Loan, *Matrix Computations* (2013), section 4.1; on scaling Higham,
/// *Accuracy and Stability of Numerical Algorithms* (2002), theorem 10.6.
pub(crate) fn solve_definite(matrix: &[f64], right: &[f64]) -> Option<Vec<f64>> {
    let n = right.len();
    // L below the diagonal, D on it.
    let mut factor = vec![0.0; n * n];
    let mut scaled = vec![0.0; n];
    for row in 0..n {
        for column in 0..row {
            let known = dot(&scaled[..column], &factor[column * n..][..column]);
            scaled[column] = matrix[row * n + column] - known;
            factor[row * n + column] = scaled[column] / factor[column * n + column];
        }
        let entry = matrix[row * n + row];
        let pivot = entry - dot(&scaled[..row], &factor[row * n..][..row]);
        if !(pivot > LEAST_PIVOT * entry && pivot.is_finite()) {
            return None;
        }
        factor[row * n + row] = pivot;
    }
    let mut x = right.to_vec();
    for row in 0..n {
        let known = dot(&factor[row * n..][..row], &x[..row]);
        x[row] -= known;
    }
    for row in (0..n).rev() {
        let known: f64 = (row + 1..n).map(|below| factor[below * n + row] * x[below]).sum();
        x[row] = x[row] / factor[row * n + row] - known;
    }
    x.iter().all(|component| component.is_finite()).then_some(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_solution_solves_its_equations_in_any_units() {
        // x² and x of years, then of milliseconds since 1970, beside the intercept.
        for (mean, spread) in [(0.0, 1.0), (2000.0, 12.0), (1e6, 3e4), (1.7e12, 1e9)] {
            let h = [mean * mean + spread * spread, mean, mean, 1.0];
            let expected = [0.5 / spread, -3.0];
            let right = [h[0] * expected[0] + h[1] * expected[1], h[2] * expected[0] + expected[1]];
            let x = solve_definite(&h, &right).expect("it is definite");
            let share = (mean / spread) * (mean / spread) + 1.0;
            for (found, expected) in x.iter().zip(expected) {
                let error = (found - expected).abs() / expected.abs();
                let scale = if spread > 1.0 { mean.max(1.0) / spread } else { 1.0 };
                assert!(error <= 1e-15 * share * scale.max(1.0), "{mean}: {found} {expected}");
            }
        }
        let h = [4.0, 2.0, 0.6, 2.0, 5.0, 3.0, 0.6, 3.0, 9.0];
        let x = solve_definite(&h, &[1.0, -2.0, 3.0]).expect("it is definite");
        for (row, right) in h.chunks(3).zip([1.0, -2.0, 3.0]) {
            assert!((dot(row, &x) - right).abs() < 1e-14);
        }
        assert_eq!(solve_definite(&[2.0], &[5.0]), Some(vec![2.5]));
    }

    #[test]
    fn what_is_not_definite_has_no_solution() {
        for matrix in [
            [1.0, 2.0, 2.0, 1.0],
            [0.0, 0.0, 0.0, 1.0],
            [-1.0, 0.0, 0.0, 1.0],
            // Of rank 1, with the pivot that rounding leaves of 0.1·0.3.
            [0.01, 0.03, 0.03, 0.09],
            [1e24, 1e12, 1e12, 1.0],
            [f64::NAN, 0.0, 0.0, 1.0],
            [f64::INFINITY, 0.0, 0.0, 1.0],
        ] {
            assert_eq!(solve_definite(&matrix, &[1.0, 1.0]), None, "{matrix:?}");
        }
    }
}
