//! How long a run that has not settled would still take.

use super::fate::SETTLED;
use super::tally::dot;
use crate::descent::Curvature;
use crate::descent::eigen::Eigen;
use crate::descent::loss::Loss;
use crate::descent::trajectory::Trajectory;

/// What the run did and what theory says may differ by this share.
const STEADY: f64 = 0.05;
/// A run needs so many steps for its last quarter to say something.
const LEAST_STEPS: usize = 16;
/// A component that is smaller than this share of what counts as settled does not
/// matter, whatever its pace.
const NEGLIGIBLE: f64 = 0.1;
/// Nobody waits longer.
const MOST: f64 = 1e9;

/// How many more steps the gradient needs to settle; none where that is not clear.
///
/// Near a minimum each step shrinks the gradient's component along an eigenvector of
/// the Hessian by the same factor, `growth` of η·λ, each eigenvector's by its own, so
/// that the pace of the whole changes where the slower one takes over. It is clear
/// where that is what both halves of the last quarter of the run did.
pub(super) fn steps_left(
    loss: &dyn Loss,
    trajectory: &Trajectory,
    growth: impl Fn(f64) -> f64,
) -> Option<f64> {
    let last = trajectory.steps();
    if last < LEAST_STEPS {
        return None;
    }
    let norms = (0..=last).map(|t| trajectory.gradient_norm(t));
    let settled = SETTLED * norms.fold(0.0, f64::max);
    let curvature = loss.curvature(trajectory.point(last))?;
    let axes = axes(loss, trajectory.point(last), curvature)?;
    let mut parts = Vec::with_capacity(axes.len());
    for (direction, lambda) in &axes {
        let size = |t: usize| trajectory.gradient(t).map_or(0.0, |g| dot(g, direction).abs());
        let (half, now) = (last / 8, size(last));
        let expected = -libm::log(growth(trajectory.learning_rates()[last] * lambda));
        let is_as_expected = |from: usize| {
            #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
            let pace = libm::log(size(from) / size(from + half)) / half as f64;
            (pace - expected).abs() <= STEADY * expected
        };
        // A swing that comes back may have the same size at three points.
        let mut steps = last - 2 * half..last;
        if is_as_expected(last - 2 * half)
            && is_as_expected(last - half)
            && steps.all(|t| size(t + 1) <= size(t))
        {
            parts.push((now, expected));
        } else if now >= NEGLIGIBLE * settled {
            return None;
        }
    }
    let left_after = |steps: f64| {
        let sizes = parts.iter().map(|(now, pace)| now * libm::exp(-pace * steps));
        sizes.map(|size| size * size).sum::<f64>().sqrt()
    };
    // The answer lies between steps that are too few and steps that are enough.
    let [mut few, mut enough] = [0.0, MOST];
    if left_after(enough) > settled {
        return None;
    }
    // Where the ground curves otherwise on the way, the pace will hardly stay as it is
    // for longer than it has been so far.
    let start = loss.curvature(trajectory.point(0))?;
    let is_alike = |a: f64, b: f64| (a - b).abs() <= 1e-6 * curvature.max;
    let is_even = is_alike(start.max, curvature.max) && is_alike(start.min, curvature.min);
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    if !is_even && left_after(last as f64) > settled {
        return None;
    }
    while enough - few > 0.5 {
        let middle = 0.5 * (few + enough);
        if left_after(middle) > settled { few = middle } else { enough = middle }
    }
    Some(enough)
}

/// The eigenvectors of the Hessian with their eigenvalues.
fn axes(loss: &dyn Loss, theta: &[f64], curvature: Curvature) -> Option<Vec<(Vec<f64>, f64)>> {
    let (n, Curvature { min, max, direction: [x, y] }) = (theta.len(), curvature);
    if n <= 2 {
        let axes = [(vec![x, y], max), (vec![-y, x], min)];
        return Some(axes.into_iter().take(n).collect());
    }
    let mut hessian = vec![0.0; n * n];
    loss.hessian(theta, &mut hessian).then(|| Eigen::of_symmetric(hessian, n).axes().collect())
}
