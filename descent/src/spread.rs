//! How far a run strays about the place where it has come to.

use super::Curvature;
use super::trajectory::Trajectory;

/// Mean and covariance of points in the plane.
///
/// A run whose gradients carry noise does not come to rest: near a minimum it wanders in
/// a ball about it, the larger the higher its rate (Robbins and Monro 1951; its
/// stationary covariance: Mandt, Hoffman and Blei, *Stochastic gradient descent as
/// approximate Bayesian inference*, 2017).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// The mean of the points.
    pub mean: [f64; 2],
    /// The two halves of the principal axes of the ellipse one standard deviation away,
    /// the longer first.
    pub axes: [[f64; 2]; 2],
}

impl Spread {
    /// Of the second half of a run, where `place` puts a point of it on the plane. None
    /// where that is hardly more than one place.
    #[must_use]
    pub fn of_second_half(
        trajectory: &Trajectory,
        place: &dyn Fn(usize) -> [f64; 2],
    ) -> Option<Self> {
        let last = trajectory.steps();
        let first = last.div_ceil(2);
        let origin = place(first);
        let (mut sum, mut squares, mut product) = ([0.0; 2], [0.0; 2], 0.0);
        let mut count = 0.0;
        for step in trajectory.kept_steps(last).filter(|step| *step >= first) {
            // From a point nearby, lest the squares lose what tells them apart.
            let [x, y] = place(step);
            let (x, y) = (x - origin[0], y - origin[1]);
            sum = [sum[0] + x, sum[1] + y];
            squares = [squares[0] + x * x, squares[1] + y * y];
            product += x * y;
            count += 1.0;
        }
        let [x, y] = sum.map(|sum| sum / count);
        let [xx, yy] = [squares[0] / count - x * x, squares[1] / count - y * y];
        let xy = product / count - x * y;
        let Curvature { min, max, direction } = Curvature::of_hessian([[xx, xy], [xy, yy]]);
        let is_spread = max.is_finite() && max > 0.0;
        is_spread.then(|| {
            let [long, short] = [max, min.max(0.0)].map(f64::sqrt);
            let [u, v] = direction;
            Self {
                mean: [origin[0] + x, origin[1] + y],
                axes: [[long * u, long * v], [-short * v, short * u]],
            }
        })
    }
}
