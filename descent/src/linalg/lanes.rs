//! Sums over many numbers in eight lanes, whose order is fixed: vectors on every machine,
//! the same bits everywhere.

/// Σ f(a, b, c) over three rows of the same length.
pub(crate) fn sum_of(a: &[f64], [b, c]: [&[f64]; 2], f: impl Fn(f64, f64, f64) -> f64) -> f64 {
    let mut sums = [0.0; 8];
    let ((a, rest_a), (b, rest_b), (c, rest_c)) =
        (a.as_chunks::<8>(), b.as_chunks::<8>(), c.as_chunks::<8>());
    for ((a, b), c) in a.iter().zip(b).zip(c) {
        for lane in 0..8 {
            sums[lane] += f(a[lane], b[lane], c[lane]);
        }
    }
    let rest = rest_a.iter().zip(rest_b).zip(rest_c);
    let rest: f64 = rest.map(|((a, b), c)| f(*a, *b, *c)).sum();
    sums.iter().sum::<f64>() + rest
}

/// aᵀb.
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    sum_of(a, [b, b], |a, b, _| a * b)
}

/// ‖a‖.
pub(crate) fn norm(a: &[f64]) -> f64 {
    dot(a, a).sqrt()
}

/// ‖a − b‖.
pub(crate) fn distance(a: &[f64], b: &[f64]) -> f64 {
    sum_of(a, [b, b], |a, b, _| (a - b) * (a - b)).sqrt()
}

/// Adds so much of `other`.
pub(crate) fn add(to: &mut [f64], share: f64, other: &[f64]) {
    for (to, other) in to.iter_mut().zip(other) {
        *to += share * other;
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "whole numbers")]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_in_order_whatever_the_length() {
        for n in 0..40 {
            let a: Vec<f64> = (0..n).map(f64::from).collect();
            let b: Vec<f64> = (0..n).map(|at| f64::from(7 - at % 5)).collect();
            let in_order: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
            assert_eq!(dot(&a, &b), in_order, "{n}");
            let square: f64 = a.iter().zip(&b).map(|(a, b)| (a - b) * (a - b)).sum();
            assert_eq!(distance(&a, &b), square.sqrt(), "{n}");
            assert_eq!(norm(&a), dot(&a, &a).sqrt(), "{n}");
            let mut moved = a.clone();
            add(&mut moved, -2.0, &b);
            assert!(moved.iter().zip(&a).zip(&b).all(|((m, a), b)| *m == a - 2.0 * b));
        }
    }
}
