//! The functions of x whose weighted sum is the curve.

use super::super::super::Named;
use super::super::{Knob, Words};

/// The most functions.
pub(super) const MOST: usize = 13;

/// The names of the bases.
static NAMES: [Named; 2] = [
    Named { key: "powers", name: Words { en: "Powers 1, x, x² …", zh: "幂 1、x、x² …" } },
    Named {
        key: "chebyshev", name: Words { en: "Chebyshev T₀, T₁ …", zh: "切比雪夫 T₀、T₁ …" }
    },
];

/// The choice between them.
pub(super) const BASIS: Knob = Knob::choice("basis", Words { en: "Basis", zh: "基函数" }, &NAMES);

/// The functions up to a degree.
#[derive(Clone, Copy, Debug)]
pub(super) enum Basis {
    /// 1, x, x², …: the textbook's, and the worse conditioned the higher the degree.
    Powers,
    /// Chebyshev's polynomials of (x − middle)/half, which is from −1 to 1 on the samples
    /// learnt from: of about the same size everywhere, and nearly at right angles.
    Chebyshev {
        /// The middle of the samples.
        middle: f64,
        /// Half their width.
        half: f64,
    },
}

impl Basis {
    /// From the value of [`BASIS`] and the samples learnt from.
    pub(super) fn of(knob: f64, x: &[f64]) -> Self {
        if knob == 0.0 {
            return Self::Powers;
        }
        let low = x.iter().copied().fold(f64::INFINITY, f64::min);
        let half = Self::half_width(x);
        Self::Chebyshev { middle: low + half, half: if half > 0.0 { half } else { 1.0 } }
    }

    /// Half the width of some samples; 0 where they are all in one place.
    pub(super) fn half_width(x: &[f64]) -> f64 {
        let low = x.iter().copied().fold(f64::INFINITY, f64::min);
        let high = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        0.5 * (high - low)
    }

    /// Writes as many functions of `x` as there is room for to `out`.
    pub(super) fn write(self, x: f64, out: &mut [f64]) {
        let (t, twice) = match self {
            Self::Powers => (x, 0.0),
            Self::Chebyshev { middle, half } => ((x - middle) / half, 1.0),
        };
        // Each from the two before: xᵏ = x·xᵏ⁻¹, Tₖ = t·Tₖ₋₁ + (t·Tₖ₋₁ − Tₖ₋₂).
        let (mut before, mut last) = (t, 1.0);
        for out in out {
            *out = last;
            let ahead = t * last;
            (before, last) = (last, ahead + twice * (ahead - before));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::float_cmp, reason = "small whole numbers and halves")]
    fn powers_and_chebyshevs_polynomials() {
        let mut found = [0.0; 5];
        Basis::Powers.write(-2.0, &mut found);
        assert_eq!(found, [1.0, -2.0, 4.0, -8.0, 16.0]);
        let basis = Basis::of(1.0, &[3.0, 7.0, 4.0]);
        basis.write(6.0, &mut found);
        // At t = ½ the cosines of multiples of 60°.
        assert_eq!(found, [1.0, 0.5, -0.5, -1.0, -0.5]);
        basis.write(3.0, &mut found);
        assert_eq!(found, [1.0, -1.0, 1.0, -1.0, 1.0]);
        Basis::of(1.0, &[2.0; 3]).write(2.0, &mut found);
        assert_eq!(found, [1.0, 0.0, -1.0, 0.0, 1.0]);
    }
}
