//! Down as one over the time.

use super::{Knob, Scale, Schedule, ScheduleRule, Words};

struct InverseTime {
    decay: f64,
}

const DECAY: Knob = Knob {
    key: "decay",
    name: Words { en: "Decay k", zh: "衰减率 k" },
    default: 0.05,
    min: 1e-6,
    max: 10.0,
    scale: Scale::Log,
};

pub(super) static RULE: ScheduleRule = ScheduleRule {
    key: "inverse_time",
    name: Words { en: "Inverse time", zh: "逆时间衰减" },
    formula: "η(t) = η / (1 + kt)",
    source: "Robbins and Monro, A Stochastic Approximation Method (1951), in the form of Bottou, Stochastic Gradient Descent Tricks (2012)",
    knobs: &[DECAY],
    // A tenth of the rate is left at the end, as with the default after 180 steps.
    fitted: |steps| vec![DECAY.value_at(DECAY.position(9.0 / super::part(steps, 1)))],
    python: "lr / (1 + {decay} * t)",
    following: None,
    build: |knobs| Box::new(InverseTime { decay: knobs[0] }),
};

impl Schedule for InverseTime {
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn rate(&self, learning_rate: f64, step: usize) -> f64 {
        learning_rate / (1.0 + self.decay * step as f64)
    }
}
