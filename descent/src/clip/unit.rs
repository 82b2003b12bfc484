//! Normalised gradient descent: only the direction is kept.

use super::{Clip, ClipRule, Words};
use crate::linalg::norm;

struct ToUnitLength;

pub(super) static RULE: ClipRule = ClipRule {
    key: "unit",
    name: Words { en: "To unit length", zh: "归一化为单位长度" },
    formula: "g ← g / ‖g‖",
    source: "Nesterov, Introductory Lectures on Convex Optimization (2004), section 3.2.3",
    knobs: &[],
    python: "n = np.sqrt((g * g).sum())\nif n > 0:\n    g = g / n",
    build: |_| Box::new(ToUnitLength),
};

impl Clip for ToUnitLength {
    fn clip(&self, gradient: &mut [f64]) {
        let length = norm(gradient);
        // A gradient of zero has no direction and is left alone.
        if length > 0.0 {
            for slope in gradient {
                *slope /= length;
            }
        }
    }
}
