//! The whole gradient shortened to a largest length.

use super::{BOUND, Clip, ClipRule, Words};
use crate::linalg::norm;

struct ByNorm {
    bound: f64,
}

pub(super) static RULE: ClipRule = ClipRule {
    key: "norm",
    name: Words { en: "By norm", zh: "按范数裁剪" },
    formula: "g ← g · min(1, c / ‖g‖)",
    source: "Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks (2013); torch.nn.utils.clip_grad_norm_ without its epsilon",
    knobs: &[BOUND],
    python: "n = np.sqrt((g * g).sum())\nif n > {clip_at}:\n    g = g * ({clip_at} / n)",
    build: |knobs| Box::new(ByNorm { bound: knobs[0] }),
};

impl Clip for ByNorm {
    fn clip(&self, gradient: &mut [f64]) {
        let length = norm(gradient);
        if length > self.bound {
            let factor = self.bound / length;
            for slope in gradient {
                *slope *= factor;
            }
        }
    }
}
