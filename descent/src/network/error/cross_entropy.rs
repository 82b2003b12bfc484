//! The cross-entropy of two classes, of the output before its sigmoid.

use super::super::super::exponential::exp_of_negative;
use super::{ErrorRule, Words};

pub(super) static RULE: ErrorRule = ErrorRule {
    key: "cross_entropy",
    name: Words { en: "Cross-entropy", zh: "交叉熵" },
    formula: "ln(1 + exp(z)) − yz",
    source: "torch.nn.BCEWithLogitsLoss",
    needs_classes: true,
    // exp(−z) would leave the range.
    python: ["np.logaddexp(0 * z, z) - {y} * z", "(1 + np.tanh(z / 2)) / 2 - {y}"],
    value: |z, y| {
        // A sample far on its side keeps what little it still costs.
        let positive = if z <= 0.0 { 0.0 } else { z };
        positive - y * z + libm::log1p(exp_of_negative(-z.abs()))
    },
    slope: |z, y, slopes| {
        for ((slope, z), y) in slopes.iter_mut().zip(z).zip(y) {
            *slope = chance(*z) - y;
        }
    },
    bend: |z, _, bends| {
        for (bend, z) in bends.iter_mut().zip(z) {
            let small = exp_of_negative(-z.abs());
            *bend = small / ((1.0 + small) * (1.0 + small));
        }
    },
    predict: |outputs| {
        for output in outputs {
            *output = chance(*output);
        }
    },
};

/// 1/(1 + exp(−z)).
fn chance(z: f64) -> f64 {
    let small = exp_of_negative(-z.abs());
    (if z < 0.0 { small } else { 1.0 }) / (1.0 + small)
}
