//! How far a run that has not arrived still has to go.

use super::destination::MOST_PARAMETERS;
use super::end_state::{NEAR, squared_distance};
use crate::Curvature;
use crate::linalg::dot;
use crate::linalg::eigen::Eigen;
use crate::loss::Loss;
use crate::trajectory::Trajectory;

/// What the run did and what theory says may differ by this share.
const STEADY: f64 = 0.05;
/// A run needs so many steps for its last quarter to say something.
const LEAST_STEPS: usize = 16;
/// A component that is smaller than this share of the radius of arrival does not matter,
/// whatever its pace.
const NEGLIGIBLE: f64 = 0.1;
/// Nobody waits longer.
const MOST: f64 = 1e9;

/// The share of the way from the start to the minimum that is left at the end.
pub(super) fn way_left(trajectory: &Trajectory, minimum: &[f64]) -> Option<f64> {
    let distance = |step: usize| squared_distance(trajectory.point(step), minimum).sqrt();
    let share = distance(trajectory.steps()) / distance(0);
    share.is_finite().then_some(share)
}

/// How many more steps the run needs to come within 1 % of its way from the minimum; none
/// where that is not clear.
///
/// Near a minimum each step shrinks the distance along an eigenvector of the Hessian by
/// the same factor, `growth` of η·λ, each eigenvector's by its own, so that the pace of
/// the whole changes where the slower one takes over. It is clear where that is what both
/// halves of the last quarter of the run did.
pub(super) fn steps_left(
    loss: &dyn Loss,
    trajectory: &Trajectory,
    minimum: &[f64],
    growth: impl Fn(f64) -> f64,
) -> Option<f64> {
    let last = trajectory.steps();
    if last < LEAST_STEPS || trajectory.stride() > 1 {
        return None;
    }
    let radius = NEAR * squared_distance(trajectory.point(0), minimum).sqrt();
    let axes = axes(loss, minimum)?;
    let mut parts = Vec::with_capacity(axes.len());
    for (direction, lambda) in &axes {
        let target = dot(minimum, direction);
        let size = |t: usize| (dot(trajectory.point(t), direction) - target).abs();
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
        } else if now >= NEGLIGIBLE * radius {
            return None;
        }
    }
    let left_after = |steps: f64| {
        let sizes = parts.iter().map(|(now, pace)| now * libm::exp(-pace * steps));
        sizes.map(|size| size * size).sum::<f64>().sqrt()
    };
    let enough = fewest_steps(|steps| left_after(steps) <= radius)?;
    // Where the curvature differs on the way, the pace will hardly stay as it is for
    // longer than it has been so far.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    let is_soon = enough <= last as f64;
    (is_soon || is_even(loss, trajectory)).then_some(enough)
}

/// The least number of steps that is enough, to within half a step.
fn fewest_steps(is_enough: impl Fn(f64) -> bool) -> Option<f64> {
    let [mut few, mut enough] = [0.0, MOST];
    if !is_enough(enough) {
        return None;
    }
    while enough - few > 0.5 {
        let middle = 0.5 * (few + enough);
        if is_enough(middle) { enough = middle } else { few = middle }
    }
    Some(enough)
}

/// Whether the loss curves at the start as it does at the end.
fn is_even(loss: &dyn Loss, trajectory: &Trajectory) -> bool {
    let ends = [0, trajectory.steps()].map(|step| loss.curvature(trajectory.point(step)));
    let [Some(start), Some(end)] = ends else { return false };
    let is_alike = |a: f64, b: f64| (a - b).abs() <= 1e-6 * end.max;
    is_alike(start.max, end.max) && is_alike(start.min, end.min)
}

/// How the swings of a run die down that has not arrived.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swings {
    /// The size of a swing over that of the swing before.
    pub factor: f64,
    /// How many more steps the run needs to arrive at this pace.
    pub steps_left: f64,
}

impl Swings {
    /// From the largest distance in the last quarter and its share of that of the quarter
    /// before; `swings` is the share of steps that overshoot.
    pub(super) fn of(
        trajectory: &Trajectory,
        minimum: &[f64],
        [largest, ratio]: [f64; 2],
        swings: f64,
    ) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let quarter = ((trajectory.steps() + 1) as f64 / 4.0).max(1.0);
        let pace = -libm::log(ratio) / quarter;
        let radius = NEAR * squared_distance(trajectory.point(0), minimum).sqrt();
        // The largest of the quarter was a quarter ago, at the most.
        let steps_left = (libm::log(largest / radius) / pace - quarter).max(1.0);
        let steps_a_swing = if swings > 0.0 { 1.0 / swings } else { 1.0 };
        Self { factor: libm::exp(-pace * steps_a_swing), steps_left }
    }
}

/// The eigenvectors of the Hessian with their eigenvalues.
fn axes(loss: &dyn Loss, theta: &[f64]) -> Option<Vec<(Vec<f64>, f64)>> {
    let n = theta.len();
    if n <= 2 {
        let Curvature { min, max, direction: [x, y] } = loss.curvature(theta)?;
        let axes = [(vec![x, y], max), (vec![-y, x], min)];
        return Some(axes.into_iter().take(n).map(|(axis, l)| (axis[..n].to_vec(), l)).collect());
    }
    let hessian = loss.dense_hessian(theta, MOST_PARAMETERS)?;
    Some(Eigen::of_symmetric(hessian, n).axes().collect())
}
