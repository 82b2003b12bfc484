//! Twice the variance, since a rectifier takes half of it away.

use super::{InitialisationRule, Words, scale, units};

pub(super) static RULE: InitialisationRule = InitialisationRule {
    key: "he",
    name: Words { en: "He (Kaiming)", zh: "He 初始化（Kaiming）" },
    formula: "w ~ N(0, gain² 2/n)",
    source: "torch.nn.init.kaiming_normal_; He, Zhang, Ren and Sun, Delving deep into rectifiers (2015)",
    has_sigma: false,
    python: "W = {gain} * (2 / inputs) ** 0.5 * W",
    shape: |layer, scaling, weights| {
        scale(weights, scaling.gain * (2.0 / units(layer.inputs)).sqrt());
    },
};
