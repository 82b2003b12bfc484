//! Half the square of the difference.

use super::{ErrorRule, Words};

pub(super) static RULE: ErrorRule = ErrorRule {
    key: "squared",
    name: Words { en: "Squared", zh: "平方误差" },
    formula: "½(z − y)²",
    source: "0.5 · torch.nn.MSELoss",
    needs_classes: false,
    python: ["(z - {y}) ** 2 / 2", "z - {y}"],
    value: |z, y| 0.5 * ((z - y) * (z - y)),
    slope: |z, y, slopes| {
        for ((slope, z), y) in slopes.iter_mut().zip(z).zip(y) {
            *slope = z - y;
        }
    },
    bend: |_, _, bends| bends.fill(1.0),
    predict: |_| {},
};
