//! The rectified linear unit.

use super::{ActivationRule, Idle, Words, straight};

pub(super) static RULE: ActivationRule = ActivationRule {
    key: "relu",
    name: Words { en: "ReLU", zh: "ReLU" },
    formula: "φ(z) = max(0, z)",
    source: "torch.nn.ReLU, with slope 0 at 0; Nair and Hinton, Rectified linear units improve restricted Boltzmann machines (2010)",
    idle: Idle::Dead,
    python: ["np.where(z > 0, z, 0 * z)", "np.where(z > 0, 1.0, 0.0)"],
    start: "he",
    instead: &["leaky_relu", "gelu"],
    // What is not a number stays so, as in PyTorch.
    value: |z, values| {
        for (value, z) in values.iter_mut().zip(z) {
            *value = if *z <= 0.0 { 0.0 } else { *z };
        }
    },
    slope: |z, _, slopes| {
        for (slope, z) in slopes.iter_mut().zip(z) {
            *slope = if *z <= 0.0 { 0.0 } else { 1.0 };
        }
    },
    bend: straight,
};
