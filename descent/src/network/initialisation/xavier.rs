//! As much variance as keeps both signals and gradients where the activation is linear.

use super::{InitialisationRule, Words, scale, units};

pub(super) static RULE: InitialisationRule = InitialisationRule {
    key: "xavier",
    name: Words { en: "Xavier (Glorot)", zh: "Xavier 初始化" },
    formula: "w ~ N(0, gain² 2/(n + k))",
    source: "torch.nn.init.xavier_normal_; Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks (2010)",
    has_sigma: false,
    python: "W = {gain} * (2 / (inputs + outputs)) ** 0.5 * W",
    shape: |layer, scaling, weights| {
        scale(weights, scaling.gain * (2.0 / units(layer.inputs + layer.outputs)).sqrt());
    },
};
