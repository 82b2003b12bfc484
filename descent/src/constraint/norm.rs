//! A ball: the parameters bounded by their Euclidean length.

use super::{BOUND, Constraint, ConstraintRule, Region, Words};
use crate::linalg::norm;

pub(super) struct ByNorm {
    pub(super) bound: f64,
}

pub(super) static RULE: ConstraintRule = ConstraintRule {
    key: "norm",
    name: Words { en: "Norm at most c (ball)", zh: "范数不超过 c（球）" },
    formula: "θ ← θ · min(1, c / ‖θ‖)",
    source: "Srivastava et al., Dropout: A Simple Way to Prevent Neural Networks from Overfitting (2014), section 5.1 (max-norm regularization)",
    knobs: &[BOUND],
    python: "n = np.sqrt((W * W).sum())\nif n > {constrain_at}:\n    W = W * ({constrain_at} / n)",
    build: |knobs| Box::new(ByNorm { bound: knobs[0] }),
};

impl Constraint for ByNorm {
    fn project(&self, block: &mut [f64]) {
        let length = norm(block);
        if length == f64::INFINITY {
            // The squares overflow before the parameters do: of length 1 to √d first.
            let largest = block.iter().fold(0.0, |largest: f64, v| largest.max(v.abs()));
            scale(block, 1.0 / largest);
            scale(block, self.bound / norm(block));
        } else if length > self.bound {
            scale(block, self.bound / length);
        }
    }

    fn project_gradient(&self, block: &[f64], slack: f64, gradient: &mut [f64]) {
        let square: f64 = block.iter().map(|v| v * v).sum();
        let outwards: f64 = block.iter().zip(&*gradient).map(|(v, slope)| v * slope).sum();
        if square.sqrt() >= self.bound * (1.0 - slack) && outwards < 0.0 {
            for (parameter, slope) in block.iter().zip(gradient) {
                *slope -= outwards / square * parameter;
            }
        }
    }

    fn region(&self) -> Region {
        Region::Ball(self.bound)
    }
}

fn scale(block: &mut [f64], factor: f64) {
    for parameter in block {
        *parameter *= factor;
    }
}
