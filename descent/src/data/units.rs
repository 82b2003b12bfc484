//! Back from standardized numbers to those of the table.

use super::mean;

/// The number that stands for `wanted` in a column that is brought to mean 0 and
/// deviation 1 together with it: the others are `others`.
///
/// With M and V the mean and variance of the n − 1 others, a number u above M has the
/// standardized value z = u (n − 1)/n / √((n − 1) V/n + u² (n − 1)/n²), so
/// u² = z² n V / (n − 1 − z²). No number of n can be as far out as z² = n − 1.
#[must_use]
pub fn unstandardized(others: impl Iterator<Item = f64>, wanted: f64) -> f64 {
    /// As near to the end as a sample can be moved.
    const MOST: f64 = 0.9;
    let others: Vec<f64> = others.collect();
    #[expect(clippy::cast_precision_loss, reason = "a number of samples")]
    let count = others.len() as f64;
    if others.is_empty() || !wanted.is_finite() {
        return wanted;
    }
    let middle = mean(&others);
    let variance = others.iter().map(|v| (v - middle) * (v - middle)).sum::<f64>() / count;
    let square = (wanted * wanted).min(MOST * count);
    let above = (square * (count + 1.0) * variance / (count - square)).sqrt();
    middle + above.copysign(wanted)
}

#[cfg(test)]
mod tests {
    use super::super::standardized;
    use super::*;

    #[test]
    fn standardized_again_it_is_what_was_wanted() {
        let others = [3.0, 5.5, -1.0, 12.0, 8.0];
        for wanted in [-1.9, -0.3, 0.0, 0.7, 2.0] {
            let number = unstandardized(others.into_iter(), wanted);
            let again = standardized(&[&others[..], &[number]].concat());
            assert!((again[5] - wanted).abs() < 1e-12, "{wanted}: {}", again[5]);
        }
    }

    #[test]
    fn what_no_number_can_reach_is_as_far_out_as_allowed() {
        let far = unstandardized([1.0, 2.0, 4.0].into_iter(), 50.0);
        assert!(far.is_finite() && far > 9.0, "{far}");
        assert!((unstandardized([2.0, 2.0].into_iter(), 1.0) - 2.0).abs() < 1e-300);
        assert!((unstandardized(core::iter::empty(), 3.0) - 3.0).abs() < 1e-300);
    }
}
