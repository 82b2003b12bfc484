//! The logistic function: at most a quarter of a slope comes through each layer.

use super::super::super::exponential::exp_of_negative;
use super::{ActivationRule, Idle, Words};

pub(super) static RULE: ActivationRule = ActivationRule {
    key: "sigmoid",
    name: Words { en: "Sigmoid", zh: "Sigmoid" },
    formula: "φ(z) = 1 / (1 + exp(−z))",
    source: "torch.nn.Sigmoid; Rumelhart, Hinton and Williams, Learning representations by back-propagating errors (1986)",
    // 5 % of the largest, which is 1/4.
    idle: Idle::Below(0.0125),
    python: ["(1 + np.tanh(z / 2)) / 2", "phi(z) * (1 - phi(z))"],
    start: "xavier",
    instead: &["tanh", "relu"],
    value: |z, values| {
        for (value, z) in values.iter_mut().zip(z) {
            let small = exp_of_negative(-z.abs());
            *value = (if *z < 0.0 { small } else { 1.0 }) / (1.0 + small);
        }
    },
    slope: |_, values, slopes| {
        for (slope, a) in slopes.iter_mut().zip(values) {
            *slope = a * (1.0 - a);
        }
    },
    bend: |_, values, bends| {
        for (bend, a) in bends.iter_mut().zip(values) {
            *bend = a * (1.0 - a) * (1.0 - 2.0 * a);
        }
    },
};
