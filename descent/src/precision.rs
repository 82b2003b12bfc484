//! Floating-point formats: what rounding to one of them does to a number.

/// A format that parameters, gradient and optimizer state are rounded to after
/// every operation of the update. Hyperparameters (rates, betas) stay in double
/// precision, as PyTorch keeps the scalars of an update.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Precision {
    /// IEEE 754 binary64: 53 significant bits.
    #[default]
    F64,
    /// IEEE 754 binary32: 24 significant bits, up to 3.4·10³⁸.
    F32,
    /// bfloat16: 8 significant bits, the range of `F32`. Source: Kalamkar et
    /// al., *A Study of BFLOAT16 for Deep Learning Training* (2019).
    Bf16,
    /// IEEE 754 binary16: 11 significant bits, up to 65504.
    F16,
}

/// What a number becomes when an operation has produced it.
pub trait Rounding: Copy {
    /// `x` as the nearest number of the format, ties to even; beyond the largest
    /// it is infinite.
    fn round(self, x: f64) -> f64;
}

/// Double precision: numbers are what they are. Apart from [`Precision::F64`], so
/// that an update in double precision is compiled without any rounding.
#[derive(Clone, Copy, Debug)]
pub struct Exact;

impl Rounding for Exact {
    #[inline]
    fn round(self, x: f64) -> f64 {
        x
    }
}

impl Precision {
    /// All formats, the finest first.
    pub const ALL: [Self; 4] = [Self::F64, Self::F32, Self::Bf16, Self::F16];

    /// The key in a link.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::F64 => "f64",
            Self::F32 => "f32",
            Self::Bf16 => "bf16",
            Self::F16 => "f16",
        }
    }

    /// ε, the distance from 1 to the next larger number.
    #[must_use]
    pub fn epsilon(self) -> f64 {
        let digits = match self {
            Self::F64 => 53,
            Self::F32 => 24,
            Self::Bf16 => 8,
            Self::F16 => 11,
        };
        libm::scalbn(1.0, 1 - digits)
    }

    /// The largest finite number.
    #[must_use]
    pub fn largest(self) -> f64 {
        match self {
            Self::F64 => f64::MAX,
            Self::F32 => SINGLE.largest,
            Self::Bf16 => BRAIN.largest,
            Self::F16 => HALF.largest,
        }
    }

    /// The format with this key.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|precision| precision.key() == key)
    }
}

impl Rounding for Precision {
    /// ```
    /// use descent::{Precision, Rounding};
    /// // 257 needs nine bits, bfloat16 has eight: a tie, which goes to even.
    /// assert_eq!(Precision::Bf16.round(257.0), 256.0);
    /// assert_eq!(Precision::F16.round(65_520.0), f64::INFINITY);
    /// assert_eq!(Precision::F32.round(0.1), f64::from(0.1_f32));
    /// ```
    fn round(self, x: f64) -> f64 {
        match self {
            Self::F64 => x,
            Self::F32 => SINGLE.round(x),
            Self::Bf16 => BRAIN.round(x),
            Self::F16 => HALF.round(x),
        }
    }
}

/// What rounding to a format needs to know of it, worked out beforehand: it is done
/// a dozen times a step.
struct Format {
    /// How many bits of a double's 53 it has not.
    cut: u32,
    /// Below this numbers are evenly spaced.
    least_normal: f64,
    /// 1.5·2⁵² of that spacing: adding it leaves no room for smaller digits.
    shift: f64,
    /// The largest number.
    largest: f64,
}

const SINGLE: Format = Format::new(24, -126, 3.402_823_466_385_288_6e38);
const BRAIN: Format = Format::new(8, -126, 3.389_531_389_251_535_5e38);
const HALF: Format = Format::new(11, -14, 65_504.0);

impl Format {
    /// `digits` significant bits for numbers from 2^`least` on.
    const fn new(digits: u32, least: i32, largest: f64) -> Self {
        let spacing = least + 1 - digits.cast_signed();
        Self {
            cut: 53 - digits,
            least_normal: power_of_two(least),
            shift: 1.5 * power_of_two(52 + spacing),
            largest,
        }
    }

    fn round(&self, x: f64) -> f64 {
        let size = x.abs();
        let rounded = if size < self.least_normal {
            ((size + self.shift) - self.shift).abs()
        } else if size.is_finite() {
            // On the bits: half a unit of the last kept digit, less one where that
            // digit is even, carries into it where the number has to go up.
            let bits = size.to_bits();
            let half = (1_u64 << (self.cut - 1)) - 1 + ((bits >> self.cut) & 1);
            f64::from_bits((bits + half) & !((1_u64 << self.cut) - 1))
        } else {
            size
        };
        (if rounded > self.largest { f64::INFINITY } else { rounded }).copysign(x)
    }
}

/// 2^`exponent` within the normal numbers.
const fn power_of_two(exponent: i32) -> f64 {
    f64::from_bits(((1023 + exponent).cast_unsigned() as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every finite number of bfloat16 and the middles between neighbours.
    #[test]
    fn bfloat16_is_the_upper_half_of_single_precision() {
        for high in 0..0x7f80_u32 {
            let here = f64::from(f32::from_bits(high << 16));
            let next = if high == 0x7f7f {
                libm::scalbn(1.0, 128)
            } else {
                f64::from(f32::from_bits((high + 1) << 16))
            };
            assert_eq!(Precision::Bf16.round(here), here);
            let middle = 0.5 * (here + next);
            let even = if high % 2 == 0 { here } else { next };
            let even = if even >= libm::scalbn(1.0, 128) { f64::INFINITY } else { even };
            assert_eq!(Precision::Bf16.round(middle), even, "{middle:e}");
            assert_eq!(Precision::Bf16.round(-middle), -even);
            let below = f64::from_bits(middle.to_bits() - 1);
            assert_eq!(Precision::Bf16.round(below), here, "{below:e}");
        }
    }

    #[test]
    fn single_precision_is_the_machine_s_own() {
        let mut bits = 0x0123_4567_89ab_cdef_u64;
        for _ in 0..200_000 {
            bits = bits.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            // Exponents from far below the smallest single to far above the largest.
            let exponent = 1023 - 160 + (bits >> 32) % 320;
            let x = f64::from_bits((bits >> 12) | (exponent << 52) | (bits & (1 << 63)));
            #[expect(clippy::cast_possible_truncation, reason = "rounding is the point")]
            let expected = f64::from(x as f32);
            assert_eq!(Precision::F32.round(x).to_bits(), expected.to_bits(), "{x:e}");
        }
    }

    #[test]
    fn half_precision_at_its_ends() {
        let f16 = |x| Precision::F16.round(x);
        assert_eq!(f16(65_504.0), 65_504.0);
        assert_eq!(f16(65_519.9), 65_504.0);
        assert_eq!(f16(65_520.0), f64::INFINITY);
        assert_eq!(f16(-1e300), f64::NEG_INFINITY);
        let least = libm::scalbn(1.0, -24);
        assert_eq!(f16(least), least);
        assert_eq!(f16(0.5 * least), 0.0, "a tie goes to even");
        assert_eq!(f16(0.75 * least), least);
        assert_eq!(f16(1e-8), 0.0, "Adam's eps is nothing here");
        assert_eq!(f16(-0.0).to_bits(), (-0.0_f64).to_bits());
        assert!(f16(f64::NAN).is_nan());
    }
}
