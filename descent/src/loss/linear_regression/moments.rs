//! What a line's squared error needs to know of its samples.

use super::super::super::data::mean;

/// The mean of squared residuals as a completed square.
///
/// With the intercept, Σ(w xᵢ + b − yᵢ)²/m = s(w − ŵ)² + (w x̄ + b − ȳ)² + e, where
/// s is the variance of x, ŵ the slope of least squares and e what that leaves;
/// without, x̄, ȳ and the middle term are left out and s is the mean of x². No
/// term is negative, so nothing cancels but what cancels in the residuals too:
/// sums of x², xy and y² would lose what is small beside the square of the means
/// (Chan, Golub and LeVeque, The American Statistician 37 (1983) 242).
pub(super) struct Moments {
    pub(super) spread: f64,
    pub(super) slope: f64,
    pub(super) mean_x: f64,
    mean_y: f64,
    rest: f64,
}

impl Moments {
    pub(super) fn of(x: &[f64], y: &[f64], has_intercept: bool) -> Self {
        let [mean_x, mean_y] = if has_intercept { [mean(x), mean(y)] } else { [0.0; 2] };
        let [x, y] = [(x, mean_x), (y, mean_y)]
            .map(|(column, mean)| column.iter().map(|v| v - mean).collect::<Vec<f64>>());
        let products =
            |a: &[f64], b: &[f64]| mean(&a.iter().zip(b).map(|(a, b)| a * b).collect::<Vec<f64>>());
        let spread = products(&x, &x);
        let slope = if spread > 0.0 { products(&x, &y) / spread } else { 0.0 };
        let left: Vec<f64> = x.iter().zip(&y).map(|(x, y)| y - slope * x).collect();
        Self { spread, slope, mean_x, mean_y, rest: products(&left, &left) }
    }

    /// The mean of squared residuals, but for the square of their mean.
    #[inline]
    pub(super) fn mean_square(&self, w: f64) -> f64 {
        let aside = w - self.slope;
        self.spread * (aside * aside) + self.rest
    }

    /// Half the derivative of [`Self::mean_square`].
    #[inline]
    pub(super) fn half_slope(&self, w: f64) -> f64 {
        self.spread * (w - self.slope)
    }

    /// The mean of the residuals.
    #[inline]
    pub(super) fn offset(&self, w: f64, b: f64) -> f64 {
        w * self.mean_x + b - self.mean_y
    }

    /// The b with which the residuals' mean is 0.
    pub(super) fn intercept(&self, w: f64) -> f64 {
        self.mean_y - w * self.mean_x
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// (Σr²/m, Σrx/m, Σr/m), sample by sample.
    #[expect(clippy::cast_precision_loss, reason = "fifty samples")]
    fn plain(x: &[f64], y: &[f64], w: f64, b: f64) -> [f64; 3] {
        let sums = x.iter().zip(y).fold([0.0; 3], |[square, by_w, by_b], (x, y)| {
            let residual = w * x + b - y;
            [square + residual * residual, by_w + residual * x, by_b + residual]
        });
        sums.map(|sum| sum / x.len() as f64)
    }

    fn assert_same(x: &[f64], y: &[f64], w: f64, b: f64) {
        for has_intercept in [false, true] {
            let b = if has_intercept { b } else { 0.0 };
            let moments = Moments::of(x, y, has_intercept);
            let offset = if has_intercept { moments.offset(w, b) } else { 0.0 };
            let [square, by_w, by_b] = plain(x, y, w, b);
            let found = moments.mean_square(w) + offset * offset;
            assert!((found - square).abs() <= 1e-9 * square, "{found} is not {square}");
            // Where residuals cancel in its sum, a gradient is right as a share of
            // its terms.
            let size = square.sqrt();
            let widest = x.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
            let found = moments.half_slope(w) + moments.mean_x * offset;
            assert!((found - by_w).abs() <= 1e-9 * size * widest, "{found} is not {by_w}");
            assert!(!has_intercept || (offset - by_b).abs() <= 1e-9 * size, "{offset}, {by_b}");
        }
    }

    proptest! {
        #[test]
        fn the_quadratic_form_is_the_plain_sum(
            noise in proptest::collection::vec((-1.0..1.0, -1.0..1.0), 3..50),
            (scale, shift) in (-6.0..6.0, 0.0..4.0),
            (slope, level) in (-5.0..5.0, -1e3..1e3),
            (w, b) in (-5.0..5.0, -1e3..1e3),
        ) {
            // Columns of any unit, far from 0 beside their own width.
            let unit = libm::pow(10.0, scale);
            let far = unit * libm::pow(10.0, shift);
            let x: Vec<f64> = noise.iter().map(|(x, _)| far + unit * x).collect();
            let y: Vec<f64> =
                x.iter().zip(&noise).map(|(x, (_, y))| slope * x / unit + level + y).collect();
            assert_same(&x, &y, w / unit, b);
        }
    }

    #[test]
    fn years_and_milligrams_keep_their_digits() {
        let x: Vec<f64> = (0..40).map(|year| 1980.0 + f64::from(year)).collect();
        let wobble = |x: &f64| 1e-3 * libm::sin(7.0 * x);
        let y: Vec<f64> = x.iter().map(|x| 4e6 + 12.5 * (x - 2000.0) + wobble(x)).collect();
        let moments = Moments::of(&x, &y, true);
        assert!((moments.slope - 12.5).abs() < 1e-4);
        for (w, b) in [(0.0, 0.0), (12.5, 3_975_000.5), (12.6, 3_975_000.0)] {
            assert_same(&x, &y, w, b);
        }
    }
}
