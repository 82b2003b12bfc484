//! The Gaussian error linear unit, with the exact distribution function.

use core::f64::consts::FRAC_1_SQRT_2;

use super::super::super::exponential::exp_of_negative;
use super::{ActivationRule, Idle, Words};

/// 1/√(2π).
const PEAK: f64 = 0.398_942_280_401_432_7;

pub(super) static RULE: ActivationRule = ActivationRule {
    key: "gelu",
    name: Words { en: "GELU", zh: "GELU" },
    formula: "φ(z) = z Φ(z)",
    source: "torch.nn.GELU with approximate='none'; Hendrycks and Gimpel, Gaussian error linear units (2016)",
    idle: Idle::Never,
    python: [
        "below = (1 + np.erf(z / 2**0.5)) / 2
z * below",
        "below = (1 + np.erf(z / 2**0.5)) / 2
below + z * np.exp(-z * z / 2) / (2 * np.pi) ** 0.5",
    ],
    start: "he",
    instead: &[],
    value: |z, values| {
        for (value, z) in values.iter_mut().zip(z) {
            *value = z * below(*z);
        }
    },
    slope: |z, _, slopes| {
        for (slope, z) in slopes.iter_mut().zip(z) {
            *slope = below(*z) + z * density(*z);
        }
    },
    bend: |z, _, bends| {
        for (bend, z) in bends.iter_mut().zip(z) {
            *bend = (2.0 - z * z) * density(*z);
        }
    },
};

/// Φ(z), the chance that a standard normal number is below z.
fn below(z: f64) -> f64 {
    0.5 * (1.0 + libm::erf(z * FRAC_1_SQRT_2))
}

/// The density of a standard normal number.
fn density(z: f64) -> f64 {
    PEAK * exp_of_negative(-0.5 * z * z)
}
