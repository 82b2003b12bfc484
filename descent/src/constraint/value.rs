//! A box: every parameter bounded by itself.

use super::{BOUND, Constraint, ConstraintRule, Region, Words};

pub(super) struct ByValue {
    pub(super) bound: f64,
}

pub(super) static RULE: ConstraintRule = ConstraintRule {
    key: "value",
    name: Words { en: "Each within ±c (box)", zh: "每个参数不超过 ±c（方框）" },
    formula: "θᵢ ← max(−c, min(c, θᵢ))",
    source: "Arjovsky, Chintala and Bottou, Wasserstein GAN (2017), algorithm 1; torch.Tensor.clamp_",
    knobs: &[BOUND],
    python: "W = np.clip(W, -{constrain_at}, {constrain_at})",
    build: |knobs| Box::new(ByValue { bound: knobs[0] }),
};

impl Constraint for ByValue {
    fn project(&self, block: &mut [f64]) {
        for parameter in block {
            *parameter = parameter.clamp(-self.bound, self.bound);
        }
    }

    fn project_gradient(&self, block: &[f64], slack: f64, gradient: &mut [f64]) {
        let edge = self.bound * (1.0 - slack);
        for (parameter, slope) in block.iter().zip(gradient) {
            // Descent goes along −g.
            if parameter.abs() >= edge && *slope * parameter < 0.0 {
                *slope = 0.0;
            }
        }
    }

    fn region(&self) -> Region {
        Region::Box(self.bound)
    }
}
