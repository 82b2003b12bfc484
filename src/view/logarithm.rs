//! Decimal logarithms by the million.
//!
//! `libm::log10` gives every bit of a double and costs accordingly; a picture
//! needs the seven digits of an `f32`, and needs them for every sample of a map
//! while a slider moves.

use core::f64::consts::{LOG10_2, LOG10_E};

/// log₁₀ x for every normal positive double: within 2e-9 of the truth before it
/// is rounded to `f32`, relative to the result near x = 1 and absolute elsewhere.
/// So it resolves x = 1 + 1e-12 as well as x = 1e30.
///
/// With x = 2ᵉ m, √½ ≤ m < √2, and s = (m − 1) / (m + 1), log x is
/// e log 2 + 2 artanh s, and |s| ≤ 0.172 makes five terms of the artanh series
/// enough: what is left out is below s¹⁰/11 = 2e-9 of the sum. Only operations
/// that IEEE 754 defines exactly, so the bits are the same everywhere.
///
/// Everything happens in lanes of 64 bits, so that a loop over this can be
/// vectorised.
#[inline]
#[expect(clippy::cast_possible_truncation, reason = "an `f32` is asked for")]
pub(super) fn log10(x: f64) -> f32 {
    /// What takes √½ (the upper half of its bits) to a double whose exponent field
    /// is 1024: added to x, it leaves e + 1024 in that field.
    const OFFSET: u64 = (1024 << 52) - 0x3FE6_A09E_0000_0000;
    /// 2⁵² as bits: a number below it is its last digits.
    const UNIT: u64 = 0x4330_0000_0000_0000;
    let bits = x.to_bits();
    let exponent = bits.wrapping_add(OFFSET) >> 52;
    let mantissa = f64::from_bits(bits.wrapping_sub(exponent << 52).wrapping_add(1024 << 52));
    let exponent = f64::from_bits(exponent | UNIT) - (4_503_599_627_370_496.0 + 1024.0);
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let z = s * s;
    let series = 1.0 + z * (1.0 / 3.0 + z * (1.0 / 5.0 + z * (1.0 / 7.0 + z * (1.0 / 9.0))));
    (exponent * LOG10_2 + (2.0 * LOG10_E) * s * series) as f32
}

#[cfg(test)]
mod tests {
    use super::log10;
    use core::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

    #[test]
    fn agrees_with_libm_over_all_magnitudes() {
        let mut x = 1e-290;
        while x < 1e290 {
            let exact = libm::log10(x);
            let error = (f64::from(log10(x)) - exact).abs();
            // Half a unit in the last place of the f32, and the series.
            assert!(error <= exact.abs() * 6.0e-8 + 2e-9, "{x:e}: off by {error:e}");
            x *= 1.001_37;
        }
    }

    #[test]
    fn keeps_its_relative_precision_near_one() {
        for k in 1..=40 {
            for sign in [-1.0, 1.0] {
                let excess = sign * libm::exp2(-f64::from(k) - 0.3);
                let exact = libm::log1p((1.0 + excess) - 1.0) * core::f64::consts::LOG10_E;
                let error = (f64::from(log10(1.0 + excess)) - exact).abs();
                assert!(error <= 7e-8 * exact.abs(), "1 {excess:+e}: off by {error:e}");
            }
        }
    }

    #[test]
    fn rises_across_the_seams_of_the_reduction() {
        for seam in [0.25, 0.5, FRAC_1_SQRT_2, 1.0, SQRT_2, 2.0, 4.0] {
            let steps: Vec<f32> =
                (-200..=200).map(|k| log10(seam * (1.0 + 1e-6 * f64::from(k)))).collect();
            assert!(steps.windows(2).all(|pair| pair[0] <= pair[1]), "around {seam}");
            assert!(steps[0] < steps[400], "around {seam}");
        }
    }
}
