//! Each component of the gradient bounded by itself.

use super::{BOUND, Clip, ClipRule, Words};

struct ByValue {
    bound: f64,
}

pub(super) static RULE: ClipRule = ClipRule {
    key: "value",
    name: Words { en: "By value", zh: "按值裁剪" },
    formula: "gᵢ ← max(−c, min(c, gᵢ))",
    source: "Mikolov, Statistical language models based on neural networks (2012); torch.nn.utils.clip_grad_value_",
    knobs: &[BOUND],
    python: "g = np.clip(g, -{clip_at}, {clip_at})",
    build: |knobs| Box::new(ByValue { bound: knobs[0] }),
};

impl Clip for ByValue {
    fn clip(&self, gradient: &mut [f64]) {
        for slope in gradient {
            *slope = slope.clamp(-self.bound, self.bound);
        }
    }
}
