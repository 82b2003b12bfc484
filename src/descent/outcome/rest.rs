//! The ground on which a run ends.

use super::tally::{LAST_BITS, gradient_noise};
use crate::descent::loss::Loss;

/// A rest with λ_min below −1/100 of λ_max is a saddle.
const SADDLE: f64 = 0.01;

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
    /// At the point `theta`.
    pub(in crate::descent) fn at(loss: &dyn Loss, theta: &[f64]) -> Self {
        let curvature = loss.curvature(theta);
        Self {
            noise: gradient_noise(curvature, theta, LAST_BITS),
            is_minimum: curvature.max > 0.0 && curvature.min >= -SADDLE * curvature.max,
        }
    }
}
