//! A rectified unit that lets a hundredth through: it cannot die.

use super::{ActivationRule, Idle, Words, straight};

/// PyTorch's default.
const LEAK: f64 = 0.01;

pub(super) static RULE: ActivationRule = ActivationRule {
    key: "leaky_relu",
    name: Words { en: "Leaky ReLU", zh: "带泄漏 ReLU" },
    formula: "φ(z) = max(0.01 z, z)",
    source: "torch.nn.LeakyReLU; Maas, Hannun and Ng, Rectifier nonlinearities improve neural network acoustic models (2013)",
    idle: Idle::Never,
    python: ["np.where(z > 0, z, 0.01 * z)", "np.where(z > 0, 1.0, 0.01)"],
    start: "he",
    instead: &[],
    value: |z, values| {
        for (value, z) in values.iter_mut().zip(z) {
            *value = if *z > 0.0 { *z } else { LEAK * *z };
        }
    },
    slope: |z, _, slopes| {
        for (slope, z) in slopes.iter_mut().zip(z) {
            *slope = if *z > 0.0 { 1.0 } else { LEAK };
        }
    },
    bend: straight,
};
