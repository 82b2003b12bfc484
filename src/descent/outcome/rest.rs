//! The ground on which a run ends.

use super::tally::{LAST_BITS, gradient_noise};
use crate::descent::loss::Loss;
use crate::descent::trajectory::Trajectory;

/// A rest with λ_min below −1/100 of λ_max is a saddle.
const SADDLE: f64 = 0.01;
/// With more than two parameters a rest is no minimum where the loss has fallen by less
/// than this share of its value at the start.
const FALLEN: f64 = 0.01;

/// What has to be known of the last point of a run to judge it.
#[derive(Clone, Copy, Debug)]
pub(in crate::descent) struct Rest {
    /// What the rounding of the point itself makes of a gradient.
    pub(in crate::descent) noise: f64,
    /// Whether a run that settles there is in a minimum: not on a plateau, not on
    /// a saddle.
    pub(in crate::descent) is_minimum: bool,
}

impl Rest {
    /// At the point `theta` of a loss with one or two parameters.
    pub(in crate::descent) fn at(loss: &dyn Loss, theta: &[f64]) -> Self {
        let Some(curvature) = loss.curvature(theta) else {
            return Self { noise: 0.0, is_minimum: false };
        };
        Self {
            noise: gradient_noise(curvature.max, theta, LAST_BITS),
            is_minimum: curvature.max > 0.0 && curvature.min >= -SADDLE * curvature.max,
        }
    }

    /// At the last point of a run. With more than two parameters the eigenvalues of a
    /// flat valley are rounding, and with many they are too dear: there the loss says
    /// whether it led anywhere.
    pub(in crate::descent) fn of(loss: &dyn Loss, trajectory: &Trajectory) -> Self {
        let (first, last) = (trajectory.losses()[0], trajectory.steps());
        let rest = Self::at(loss, trajectory.point(last));
        if trajectory.dimension() <= 2 {
            return rest;
        }
        let fallen = first - trajectory.losses()[last];
        Self { is_minimum: fallen >= FALLEN * first.abs(), ..rest }
    }
}
