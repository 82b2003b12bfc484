//! On which side of a line a point lies, without rounding.

/// Beyond this share of its terms a determinant has the sign that was computed: Shewchuk's
/// bound for the plain formula (Discrete & Computational Geometry 18 (1997) 305, section
/// 4.1).
const SURE: f64 = (3.0 + 16.0 * HALF_UNIT) * HALF_UNIT;
/// Half the distance from 1 to the next number.
const HALF_UNIT: f64 = 0.5 * f64::EPSILON;
/// 2²⁷ + 1 splits a number into halves of 26 digits (Dekker, Numerische Mathematik 18
/// (1971) 224).
const SPLITTER: f64 = 134_217_729.0;

/// The sign of (q − p) × (r − p): 1 where p, q, r turn to the left, −1 to the right, 0 on
/// one line. Exact as long as no product of coordinates leaves the range of numbers: for
/// coordinates up to 10¹⁵⁰, none but 0 nearer to it than 10⁻¹⁴⁰.
pub(super) fn orientation(p: [f64; 2], q: [f64; 2], r: [f64; 2]) -> i8 {
    let left = (q[0] - p[0]) * (r[1] - p[1]);
    let right = (q[1] - p[1]) * (r[0] - p[0]);
    let determinant = left - right;
    if determinant.abs() > SURE * (left.abs() + right.abs()) {
        return sign(determinant);
    }
    // With p₀p₁ gone six products are left, each exact as a sum of two numbers.
    let products =
        [(q[0], r[1]), (-q[0], p[1]), (-p[0], r[1]), (-q[1], r[0]), (q[1], p[0]), (p[1], r[0])];
    let mut sum = Expansion::default();
    for (a, b) in products {
        let (product, error) = two_product(a, b);
        sum.add(error);
        sum.add(product);
    }
    sum.sign()
}

fn sign(number: f64) -> i8 {
    i8::from(number > 0.0) - i8::from(number < 0.0)
}

/// a + b and its rounding error (Knuth, *The Art of Computer Programming* 2, section
/// 4.2.2).
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    let of_a = sum - of_b;
    (sum, (a - of_a) + (b - of_b))
}

/// a·b and its rounding error.
fn two_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let ((a_high, a_low), (b_high, b_low)) = (split(a), split(b));
    let error = ((a_high * b_high - product) + a_high * b_low + a_low * b_high) + a_low * b_low;
    (product, error)
}

fn split(number: f64) -> (f64, f64) {
    let far = SPLITTER * number;
    let high = far - (far - number);
    (high, number - high)
}

/// A sum without rounding: numbers that do not overlap, the smallest first (Shewchuk,
/// section 2.3).
#[derive(Default)]
struct Expansion {
    parts: [f64; 12],
    count: usize,
}

impl Expansion {
    /// Adds a number; there is room for twelve.
    fn add(&mut self, number: f64) {
        let mut carried = number;
        let mut kept = 0;
        for at in 0..self.count {
            let (sum, error) = two_sum(carried, self.parts[at]);
            carried = sum;
            if error != 0.0 {
                self.parts[kept] = error;
                kept += 1;
            }
        }
        if carried != 0.0 {
            self.parts[kept] = carried;
            kept += 1;
        }
        self.count = kept;
    }

    /// That of the largest part: the others are smaller than its last digit.
    fn sign(&self) -> i8 {
        self.parts[..self.count].last().map_or(0, |largest| sign(*largest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_last_digit_decides() {
        let unit = f64::EPSILON;
        for (up, expected) in [(-1.0, -1), (0.0, 0), (1.0, 1)] {
            let r = [24.0, 24.0 + 16.0 * up * unit];
            assert_eq!(orientation([12.0, 12.0], [0.5, 0.5], r), -expected);
            assert_eq!(orientation([0.5, 0.5], [12.0, 12.0], r), expected);
        }
        // Thirds of a line: 0.1 + 0.2 is not 0.3.
        assert_eq!(orientation([0.1, 0.1], [0.2, 0.2], [0.1 + 0.2, 0.3]), -1);
    }

    proptest! {
        #[test]
        fn whole_numbers_agree_with_whole_arithmetic(
            points in proptest::array::uniform3((-50_i64..50, -50_i64..50)),
            (far, scale) in (0_i64..1 << 40, -60_i32..60),
        ) {
            let [p, q, r] = points.map(|(x, y)| (i128::from(x + far), i128::from(y - far)));
            let exact = (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
            let unit = libm::scalbn(1.0, scale);
            #[expect(clippy::cast_precision_loss, reason = "below 2⁴¹")]
            let [p, q, r] = points.map(|(x, y)| [(x + far) as f64 * unit, (y - far) as f64 * unit]);
            prop_assert_eq!(i128::from(orientation(p, q, r)), exact.signum());
        }
    }
}
