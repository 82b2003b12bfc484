//! Small symmetric tridiagonal matrices.

use crate::linalg::norm;

/// A bound on the size of every eigenvalue, by Gershgorin's circles.
pub(super) fn size_of_tridiagonal(diagonal: &[f64], beside: &[f64]) -> f64 {
    let radius = |at: usize| {
        let before = at.checked_sub(1).map_or(0.0, |before| beside[before]);
        before.abs() + beside.get(at).map_or(0.0, |after| after.abs())
    };
    let sizes = diagonal.iter().enumerate().map(|(at, entry)| entry.abs() + radius(at));
    sizes.fold(0.0, f64::max)
}

/// The largest eigenvalue of a symmetric tridiagonal matrix by bisection, and its unit
/// eigenvector by inverse iteration; what is `beside` the diagonal is positive. Source:
/// Golub and Van Loan, *Matrix Computations* (2013), section 8.4.
pub(super) fn largest_of_tridiagonal(diagonal: &[f64], beside: &[f64]) -> (f64, Vec<f64>) {
    let size = size_of_tridiagonal(diagonal, beside);
    let most = diagonal.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let count = diagonal.len();
    if count == 1 || size == 0.0 || !size.is_finite() {
        let mut first = vec![0.0; count];
        first[0] = 1.0;
        return (if size.is_finite() { most } else { f64::NAN }, first);
    }
    let mut pivots = vec![0.0; count];
    let (mut low, mut high) = (most, size * (1.0 + 8.0 * f64::EPSILON));
    while high - low > 2.0 * f64::EPSILON * size {
        let middle = 0.5 * (low + high);
        if !(low < middle && middle < high) {
            break;
        }
        if is_above(middle, diagonal, beside, &mut pivots) {
            high = middle;
        } else {
            low = middle;
        }
    }
    is_above(high, diagonal, beside, &mut pivots);
    // Of what is solved every entry is a sum of positive numbers: nothing cancels.
    let mut vector = vec![1.0; count];
    for _ in 0..3 {
        for at in 1..count {
            vector[at] += beside[at - 1] / pivots[at - 1] * vector[at - 1];
        }
        vector[count - 1] /= pivots[count - 1];
        for at in (0..count - 1).rev() {
            vector[at] = (vector[at] + beside[at] * vector[at + 1]) / pivots[at];
        }
        let largest = vector.iter().copied().fold(0.0, f64::max);
        for entry in &mut vector {
            *entry /= largest;
        }
    }
    let length = norm(&vector);
    for entry in &mut vector {
        *entry /= length;
    }
    (high, vector)
}

/// Whether every eigenvalue is below `bound`: then all pivots of bound·I − T are
/// positive. Leaves them.
fn is_above(bound: f64, diagonal: &[f64], beside: &[f64], pivots: &mut [f64]) -> bool {
    let mut taken = 0.0;
    for (at, entry) in diagonal.iter().enumerate() {
        pivots[at] = bound - entry - taken;
        if pivots[at] <= 0.0 {
            return false;
        }
        taken = beside.get(at).map_or(0.0, |b| b * b / pivots[at]);
    }
    true
}
