//! Half a wave down to the lowest rate.

use super::{Knob, Scale, Schedule, ScheduleRule, Words};

struct Cosine {
    t_max: f64,
    eta_min: f64,
}

/// Where the wave ends.
pub(super) const ETA_MIN: Knob = Knob {
    key: "eta_min",
    name: Words { en: "Lowest rate", zh: "最低学习率" },
    default: 0.0,
    min: 0.0,
    max: 1.0,
    scale: Scale::Linear,
};

pub(super) static RULE: ScheduleRule = ScheduleRule {
    key: "cosine",
    name: Words { en: "Cosine", zh: "余弦退火" },
    formula: "η(t) = η_min + (η − η_min) (1 + cos(π min(t, T) / T)) / 2",
    source: "Loshchilov and Hutter, SGDR: Stochastic Gradient Descent with Warm Restarts (2017); torch.optim.lr_scheduler.CosineAnnealingLR, resting at its end",
    knobs: &[
        super::count("t_max", Words { en: "Steps to the lowest T", zh: "退火步数 T" }, 200.0),
        ETA_MIN,
    ],
    fitted: |steps| vec![super::part(steps, 1), 0.0],
    python: "{eta_min} + (lr - {eta_min}) * ((1 + math.cos(math.pi * (min(t, {t_max}) / {t_max}))) / 2)",
    following: None,
    build: |knobs| Box::new(Cosine { t_max: knobs[0], eta_min: knobs[1] }),
};

/// From `highest` at phase 0 to `lowest` at 1. The half is taken of the wave and not of
/// the product, which would overflow at rates above 9·10³⁰⁷.
pub(super) fn half_wave(highest: f64, lowest: f64, phase: f64) -> f64 {
    let wave = libm::cos(core::f64::consts::PI * phase);
    lowest + (highest - lowest) * (0.5 * (1.0 + wave))
}

impl Schedule for Cosine {
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn rate(&self, learning_rate: f64, step: usize) -> f64 {
        half_wave(learning_rate, self.eta_min, (step as f64).min(self.t_max) / self.t_max)
    }
}
