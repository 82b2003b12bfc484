//! Curvature: the Hessian's eigenvalues at a point, and what they allow.

use crate::linalg::eigen::Eigen;

/// The eigenvalues of a Hessian and the direction of the largest.
///
/// With a fixed learning rate η plain gradient descent multiplies the error
/// along an eigenvector with eigenvalue λ by 1 − ηλ each step, hence the limit
/// 2/λ_max and the best fixed rate 2/(λ_min + λ_max). Source: Polyak,
/// *Introduction to Optimization* (1987), section 1.4.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curvature {
    /// λ_min, the smallest eigenvalue.
    pub min: f64,
    /// λ_max, the largest eigenvalue: the sharpness.
    pub max: f64,
    /// Unit eigenvector of λ_max; the second component is 0 in one dimension. With
    /// more than two both are: nothing that is said of such a run names a direction.
    pub direction: [f64; 2],
}

impl Curvature {
    /// From the second derivative of a loss with one parameter.
    #[must_use]
    pub fn of_second_derivative(h: f64) -> Self {
        Self { min: h, max: h, direction: [1.0, 0.0] }
    }

    /// From a symmetric 2×2 Hessian `[[a, b], [b, c]]`.
    ///
    /// The smaller eigenvalue comes from the determinant where that is the more
    /// exact way (Vieta), so that badly conditioned Hessians keep their λ_min.
    #[must_use]
    pub fn of_hessian([[a, b], [_, c]]: [[f64; 2]; 2]) -> Self {
        // Far out on a plateau, and on a run that has left all bounds, squares
        // of the entries leave the range of numbers. A power of two is exact.
        let size = a.abs().max(b.abs()).max(c.abs());
        let scale = match size {
            _ if size < 1e-120 => libm::scalbn(1.0, 600),
            _ if size > 1e120 => libm::scalbn(1.0, -600),
            _ => 1.0,
        };
        let (a, b, c) = (a * scale, b * scale, c * scale);
        let mean = 0.5 * (a + c);
        let half = 0.5 * (a - c);
        let radius = (half * half + b * b).sqrt();
        let (mut min, mut max) = (mean - radius, mean + radius);
        let determinant = a * c - b * b;
        if b == 0.0 {
            (min, max) = (a.min(c), a.max(c));
        } else if mean > 0.0 {
            // Where both are nearly the same, rounding must not swap them.
            min = f64::min(determinant / max, max);
        } else if mean < 0.0 {
            max = f64::max(determinant / min, min);
        }
        // (H − λ_min) maps every vector onto the top eigenvector; its larger
        // column has no cancellation: half ± radius with equal signs.
        let (x, y) = if b == 0.0 {
            if a >= c { (1.0, 0.0) } else { (0.0, 1.0) }
        } else if half >= 0.0 {
            (half + radius, b)
        } else {
            (b, radius - half)
        };
        // The columns may be tiny beside the entries: their squares leave the range.
        let largest = x.abs().max(y.abs());
        let (x, y) = (x / largest, y / largest);
        let length = (x * x + y * y).sqrt();
        let direction = if largest > 0.0 { [x / length, y / length] } else { [1.0, 0.0] };
        Self { min: min / scale, max: max / scale, direction }
    }

    /// From a symmetric Hessian of any size, row by row.
    #[must_use]
    pub fn of_symmetric(hessian: &[f64]) -> Self {
        match *hessian {
            [h] => Self::of_second_derivative(h),
            [a, b, c, d] => Self::of_hessian([[a, b], [c, d]]),
            _ => {
                let n = hessian.len().isqrt();
                let values = Eigen::of_symmetric(hessian.to_vec(), n).values;
                let min = values.iter().copied().fold(f64::INFINITY, f64::min);
                let max = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                Self { min, max, direction: [0.0; 2] }
            }
        }
    }

    /// The learning rate above which plain descent is locally unstable, 2/λ_max;
    /// none where no direction curves upwards.
    #[must_use]
    pub fn limit(&self) -> Option<f64> {
        finite_positive(2.0 / self.max)
    }

    /// The fixed learning rate that is fastest in the long run,
    /// 2/(λ_min + λ_max); none unless every direction curves upwards.
    #[must_use]
    pub fn best(&self) -> Option<f64> {
        if self.min > 0.0 { finite_positive(2.0 / (self.min + self.max)) } else { None }
    }
}

fn finite_positive(rate: f64) -> Option<f64> {
    (rate.is_finite() && rate > 0.0).then_some(rate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eigenvalues_of_a_rotated_ravine() {
        let (sin, cos) = (libm::sin(0.4), libm::cos(0.4));
        let [one, kappa] = [1.0, 1e6];
        let h = [
            [one * cos * cos + kappa * sin * sin, (one - kappa) * sin * cos],
            [(one - kappa) * sin * cos, one * sin * sin + kappa * cos * cos],
        ];
        let curvature = Curvature::of_hessian(h);
        assert!((curvature.max / kappa - 1.0).abs() < 1e-12);
        assert!((curvature.min - one).abs() < 1e-3);
        let [x, y] = curvature.direction;
        assert!((x * x + y * y - 1.0).abs() < 1e-15);
        assert!((x * cos + y * sin).abs() < 1e-12, "at right angles to the valley");
    }

    #[test]
    fn squares_of_tiny_and_huge_entries_stay_in_range() {
        let ordinary = Curvature::of_hessian([[2.0, -1.0], [-1.0, 3.0]]);
        for exponent in [-1050, -420, 420, 1000] {
            let unit = libm::scalbn(1.0, exponent);
            let scaled = Curvature::of_hessian([[2.0 * unit, -unit], [-unit, 3.0 * unit]]);
            assert_eq!(scaled.direction, ordinary.direction);
            assert_eq!(scaled.max, ordinary.max * unit);
            assert_eq!(scaled.min, ordinary.min * unit);
        }
    }

    #[test]
    fn a_direction_is_a_unit_vector_however_round_the_bowl() {
        for tiny in [1e-20, 1e-160, 1e-300] {
            let [x, y] = Curvature::of_hessian([[0.01, tiny], [tiny, 0.01]]).direction;
            assert!((x * x + y * y - 1.0).abs() < 1e-14, "{tiny:e}: {x} {y}");
        }
    }

    #[test]
    fn the_eigenvalues_of_one_two_and_three_parameters() {
        let ends = |hessian: &[f64]| {
            let curvature = Curvature::of_symmetric(hessian);
            [curvature.min, curvature.max]
        };
        assert_eq!(ends(&[-2.5]), [-2.5; 2]);
        assert_eq!(ends(&[3.0, 4.0, 4.0, -3.0]), [-5.0, 5.0]);
        // Block by block: 7, and 5 and −5.
        let [min, max] = ends(&[3.0, 0.0, 4.0, 0.0, 7.0, 0.0, 4.0, 0.0, -3.0]);
        assert!((min + 5.0).abs() < 1e-14 && (max - 7.0).abs() < 1e-14, "{min} {max}");
    }

    #[test]
    fn limit_and_best_speak_only_where_theory_does() {
        let saddle = Curvature::of_hessian([[1.0, 0.0], [0.0, -1.0]]);
        assert_eq!((saddle.limit(), saddle.best()), (Some(2.0), None));
        let hilltop = Curvature::of_hessian([[-1.0, 0.5], [0.5, -2.0]]);
        assert_eq!((hilltop.limit(), hilltop.best()), (None, None));
        let bowl = Curvature::of_second_derivative(2.0);
        assert_eq!((bowl.limit(), bowl.best()), (Some(1.0), Some(0.5)));
        let flat = Curvature::of_hessian([[0.0; 2]; 2]);
        assert_eq!((flat.limit(), flat.best()), (None, None));
    }
}
