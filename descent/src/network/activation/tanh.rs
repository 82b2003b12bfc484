//! The hyperbolic tangent.

use super::super::super::exponential::exp_minus_one_of_negative;
use super::{ActivationRule, Idle, Words};

pub(super) static RULE: ActivationRule = ActivationRule {
    key: "tanh",
    name: Words { en: "Tanh", zh: "Tanh" },
    formula: "φ(z) = tanh z",
    source: "torch.nn.Tanh; LeCun, Bottou, Orr and Müller, Efficient BackProp (1998), section 4.4",
    // 5 % of the largest, which is 1.
    idle: Idle::Below(0.05),
    python: ["np.tanh(z)", "1 - np.tanh(z) ** 2"],
    start: "xavier",
    instead: &["relu"],
    value: |z, values| {
        for (value, z) in values.iter_mut().zip(z) {
            // exp − 1 and not exp, since small signals are what vanishes in deep networks.
            let t = exp_minus_one_of_negative(-2.0 * z.abs());
            *value = (-t / (2.0 + t)).copysign(*z);
        }
    },
    slope: |_, values, slopes| {
        for (slope, a) in slopes.iter_mut().zip(values) {
            *slope = 1.0 - a * a;
        }
    },
    bend: |_, values, bends| {
        for (bend, a) in bends.iter_mut().zip(values) {
            *bend = -2.0 * a * (1.0 - a * a);
        }
    },
};
