//! Mean and spread of a column.

/// The mean, corrected once by the mean of what is left: large numbers close to
/// each other lose no digit of it.
#[must_use]
pub fn mean(column: &[f64]) -> f64 {
    let first = plain_mean(column.iter().copied());
    first + plain_mean(column.iter().map(|v| v - first))
}

/// Whether a column has a standard deviation above 0 to be divided by.
#[must_use]
pub fn varies(column: &[f64]) -> bool {
    let mean = mean(column);
    plain_mean(column.iter().map(|v| (v - mean) * (v - mean))) > 0.0
}

/// The column with mean 0 and population standard deviation 1; of a constant one
/// the zeros.
#[must_use]
pub fn standardized(column: &[f64]) -> Vec<f64> {
    let mean = mean(column);
    let variance = plain_mean(column.iter().map(|v| (v - mean) * (v - mean)));
    let deviation = if variance > 0.0 { variance.sqrt() } else { 1.0 };
    column.iter().map(|v| (v - mean) / deviation).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a number of samples")]
fn plain_mean(numbers: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = numbers.len() as f64;
    numbers.sum::<f64>() / count
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standardized_column_has_mean_nought_and_deviation_one() {
        let column = [1e9 + 1.0, 1e9 + 2.0, 1e9 + 6.0];
        assert!((mean(&column) - 1e9 - 3.0).abs() < 1e-6);
        let scaled = standardized(&column);
        assert!(mean(&scaled).abs() < 1e-15);
        assert!((plain_mean(scaled.iter().map(|v| v * v)) - 1.0).abs() < 1e-15);
        // Of 0.1 three times the plain sum is off by its last digit.
        for constant in [5.0, 0.1, -1e12, 1e-300] {
            assert!(!varies(&[constant; 3]));
            assert!(standardized(&[constant; 3]).iter().all(|v| v.abs() < 1e-300));
        }
        assert!(varies(&column) && !varies(&[1e-300, 2e-300]));
    }
}
