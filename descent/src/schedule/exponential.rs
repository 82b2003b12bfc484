//! The same share off at every step.

use super::{Knob, Scale, Schedule, ScheduleRule, Words};

struct Exponential {
    gamma: f64,
}

const GAMMA: Knob = Knob {
    key: "gamma",
    name: Words { en: "Factor γ", zh: "衰减系数 γ" },
    default: 0.95,
    min: 1e-3,
    // Enough for a million steps: it ends at nine tenths.
    max: 0.999_999_9,
    scale: Scale::Complement,
};

pub(super) static RULE: ScheduleRule = ScheduleRule {
    key: "exponential",
    name: Words { en: "Exponential decay", zh: "指数衰减" },
    formula: "η(t) = η γᵗ",
    source: "Senior et al., An Empirical Study of Learning Rates in Deep Neural Networks for Speech Recognition (2013); torch.optim.lr_scheduler.ExponentialLR",
    knobs: &[GAMMA],
    fitted: |steps| {
        // A hundredth of the rate is left at the end.
        let gamma = libm::pow(0.01, 1.0 / super::part(steps, 1));
        vec![GAMMA.value_at(GAMMA.position(gamma))]
    },
    python: "lr * {gamma} ** t",
    following: None,
    build: |knobs| Box::new(Exponential { gamma: knobs[0] }),
};

impl Schedule for Exponential {
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn rate(&self, learning_rate: f64, step: usize) -> f64 {
        learning_rate * libm::pow(self.gamma, step as f64)
    }
}
