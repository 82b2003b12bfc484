//! The exponential of many numbers at once.

/// 1.5 · 2⁵²: added to a number that is small beside it, it rounds that number to
/// a whole one, which then stands in its lowest bits.
const SHIFTER: f64 = 6_755_399_441_055_744.0;

/// ln 2 in two parts, the first with 21 zero bits at its end: its product with a
/// small whole number is exact (Cody and Waite, *Software Manual for the Elementary
/// Functions* (1980), chapter 6; the parts are those of FreeBSD's `e_exp.c`).
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];

/// 1/k!, from k = 13 down to 2: on ±½ ln 2 what is left out is below 2⁻⁵⁷.
const FACTORIALS: [f64; 12] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
];

/// exp x for x ≤ 0, within an ulp or two; below −708, where it is no longer a
/// normal number, exp(−708).
///
/// Without a branch or a table, so that a loop over many numbers takes as many of
/// them an instruction as the machine can; `libm::exp` takes one. The operations
/// are the same everywhere, and so are the bits.
#[inline]
#[must_use]
pub fn exp_of_negative(x: f64) -> f64 {
    let (twos, rest) = reduced(x);
    (1.0 + rest) * twos
}

/// exp x − 1 for x ≤ 0, within three ulps, also where x is so small that exp x is 1.
#[inline]
pub(super) fn exp_minus_one_of_negative(x: f64) -> f64 {
    let (twos, rest) = reduced(x);
    rest * twos + (twos - 1.0)
}

/// A power of two, and how much more than 1 it has to be multiplied by.
#[inline]
fn reduced(x: f64) -> (f64, f64) {
    // What is not a number stays so.
    let x = if x < -708.0 { -708.0 } else { x };
    let shifted = x * core::f64::consts::LOG2_E + SHIFTER;
    let twos = shifted - SHIFTER;
    let rest = (x - twos * LN_2[0]) - twos * LN_2[1];
    let mut sum = FACTORIALS[0];
    for factor in &FACTORIALS[1..] {
        sum = sum * rest + factor;
    }
    (f64::from_bits(shifted.to_bits().wrapping_add(1023) << 52), rest + rest * rest * sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_libms_within_two_ulps() {
        let mut worst = 0.0_f64;
        for step in 0..2_000_000_u32 {
            // From 0 to −708, closer together near 0.
            let share = f64::from(step) / 2e6;
            let x = -708.0 * share * share * share;
            let (ours, theirs) = (exp_of_negative(x), libm::exp(x));
            worst = worst.max((ours - theirs).abs() / theirs);
        }
        assert!(worst <= 2.0 * f64::EPSILON, "{worst:e}");
    }

    #[test]
    fn less_one_it_is_libms_within_three_ulps() {
        let mut worst = 0.0_f64;
        for step in 1..2_000_000_u32 {
            // From almost 0 to −50, every size alike.
            let x = -50.0 * libm::exp2(-f64::from(step) / 1e5);
            let (ours, theirs) = (exp_minus_one_of_negative(x), libm::expm1(x));
            worst = worst.max(((ours - theirs) / theirs).abs());
        }
        assert!(worst <= 3.0 * f64::EPSILON, "{worst:e}");
        assert_eq!(exp_minus_one_of_negative(-1e-300), -1e-300);
        assert_eq!(exp_minus_one_of_negative(0.0), 0.0);
        assert_eq!(exp_minus_one_of_negative(f64::NEG_INFINITY), -1.0);
        assert!(exp_minus_one_of_negative(f64::NAN).is_nan());
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "exact")]
    fn its_ends_are_in_range() {
        assert_eq!((exp_of_negative(0.0), exp_of_negative(-0.0)), (1.0, 1.0));
        assert_eq!(exp_of_negative(f64::NEG_INFINITY), exp_of_negative(-708.0));
        assert!(exp_of_negative(-1e9) > 0.0 && exp_of_negative(-1e9) < 1e-300);
        assert!(exp_of_negative(f64::NAN).is_nan());
    }
}
