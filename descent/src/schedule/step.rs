//! A staircase.

use super::{Knob, Scale, Schedule, ScheduleRule, Words};

struct Step {
    step_size: usize,
    gamma: f64,
}

pub(super) static RULE: ScheduleRule = ScheduleRule {
    key: "step",
    name: Words { en: "Step decay", zh: "阶梯衰减" },
    formula: "η(t) = η γ^⌊t / s⌋",
    source: "as in He et al., Deep Residual Learning for Image Recognition (2016), section 3.4; torch.optim.lr_scheduler.StepLR",
    knobs: &[
        super::count("step_size", Words { en: "Steps per stage s", zh: "每级步数 s" }, 30.0),
        Knob {
            key: "gamma",
            name: Words { en: "Factor γ", zh: "衰减系数 γ" },
            default: 0.1,
            min: 1e-3,
            max: 1.0,
            scale: Scale::Log,
        },
    ],
    fitted: |steps| vec![super::part(steps, 4), 0.1],
    python: "lr * {gamma} ** (t // {step_size})",
    following: None,
    build: |knobs| Box::new(Step { step_size: super::whole(knobs[0]), gamma: knobs[1] }),
};

impl Step {
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn on_stage(&self, learning_rate: f64, stage: usize) -> f64 {
        learning_rate * libm::pow(self.gamma, stage as f64)
    }
}

impl Schedule for Step {
    fn rate(&self, learning_rate: f64, step: usize) -> f64 {
        self.on_stage(learning_rate, step / self.step_size)
    }

    fn fill(&self, learning_rate: f64, first: usize, rates: &mut [f64]) {
        // One power a stage.
        let mut step = first;
        let mut rest = rates;
        while !rest.is_empty() {
            let stage = step / self.step_size;
            let length = ((stage + 1) * self.step_size - step).min(rest.len());
            let (here, later) = rest.split_at_mut(length);
            here.fill(self.on_stage(learning_rate, stage));
            (step, rest) = (step + length, later);
        }
    }
}
