//! No activation at all: layers of which one would do.

use super::{ActivationRule, Idle, Words, straight};

pub(super) static RULE: ActivationRule = ActivationRule {
    key: "linear",
    name: Words { en: "Linear (none)", zh: "线性（无激活）" },
    formula: "φ(z) = z",
    source: "torch.nn.Identity; Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks (2014)",
    idle: Idle::Never,
    python: ["z", "np.ones_like(z)"],
    start: "xavier",
    instead: &[],
    value: |z, values| values.copy_from_slice(z),
    slope: |_, _, slopes| slopes.fill(1.0),
    bend: straight,
};
