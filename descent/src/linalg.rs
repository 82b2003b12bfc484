//! Linear algebra of small and of long vectors; every sum in one fixed order.

pub(crate) mod cholesky;
pub(crate) mod eigen;
pub(crate) mod lanes;
pub(crate) mod triangle;

/// aᵀb, summed in order.
#[inline]
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// ‖a‖, summed in order.
#[inline]
pub(crate) fn norm(a: &[f64]) -> f64 {
    a.iter().map(|v| v * v).sum::<f64>().sqrt()
}
