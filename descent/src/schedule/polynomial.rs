//! A line, or another power, down to zero.

use super::{Knob, Scale, Schedule, ScheduleRule, Words};

struct Polynomial {
    total: f64,
    power: f64,
}

pub(super) static RULE: ScheduleRule = ScheduleRule {
    key: "polynomial",
    name: Words { en: "Polynomial decay", zh: "多项式衰减" },
    formula: "η(t) = η (1 − min(t, T) / T)ᵖ",
    source: "as in Chen et al., DeepLab (2017), section 4.1; torch.optim.lr_scheduler.PolynomialLR",
    knobs: &[
        super::count("total", Words { en: "Steps to zero T", zh: "降到零的步数 T" }, 200.0),
        Knob {
            key: "power",
            name: Words { en: "Power p", zh: "幂次 p" },
            default: 1.0,
            min: 0.1,
            max: 10.0,
            scale: Scale::Log,
        },
    ],
    fitted: |steps| vec![super::part(steps, 1), 1.0],
    python: "lr * (1 - min(t, {total}) / {total}) ** {power}",
    following: None,
    build: |knobs| Box::new(Polynomial { total: knobs[0], power: knobs[1] }),
};

impl Schedule for Polynomial {
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn rate(&self, learning_rate: f64, step: usize) -> f64 {
        let left = 1.0 - (step as f64).min(self.total) / self.total;
        learning_rate * libm::pow(left, self.power)
    }
}
