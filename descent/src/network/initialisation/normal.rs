//! Normal weights of one standard deviation, whatever the width.

use super::{InitialisationRule, Words, scale};

pub(super) static RULE: InitialisationRule = InitialisationRule {
    key: "normal",
    name: Words { en: "Normal", zh: "正态分布" },
    formula: "w ~ N(0, (gain σ)²)",
    source: "torch.nn.init.normal_",
    has_sigma: true,
    python: "W = {gain} * {sigma} * W",
    shape: |_, scaling, weights| scale(weights, scaling.gain * scaling.sigma),
};
