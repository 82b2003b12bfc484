//! A rate that is reduced when the loss stops improving.

use super::{Follower, Following, Knob, Scale, Schedule, ScheduleRule, Words};

/// A change of the rate smaller than this is not made, as in PyTorch.
const EPSILON: f64 = 1e-8;

#[derive(Clone, Copy)]
struct ReduceOnPlateau {
    factor: f64,
    patience: f64,
    threshold: f64,
    cooldown: f64,
    min_lr: f64,
}

pub(super) static RULE: ScheduleRule = ScheduleRule {
    key: "reduce_on_plateau",
    name: Words { en: "Reduce on plateau", zh: "平台期衰减" },
    formula: "n = #{t: J(t) ≥ (1 − τ) min J} > p ⇒ η ← max(γ η, η_min)",
    source: "torch.optim.lr_scheduler.ReduceLROnPlateau (PyTorch, 2017) with mode='min', threshold_mode='rel', eps=1e-8; by hand in Krizhevsky, Sutskever and Hinton, ImageNet Classification with Deep Convolutional Neural Networks (2012), section 5",
    knobs: &[
        Knob {
            key: "factor",
            name: Words { en: "Factor γ", zh: "衰减系数 γ" },
            default: 0.1,
            min: 1e-3,
            max: 0.999,
            scale: Scale::Log,
        },
        Knob {
            key: "patience",
            name: Words { en: "Patience p (steps)", zh: "容忍步数 p" },
            default: 10.0,
            min: 0.0,
            max: 1000.0,
            scale: Scale::Integer,
        },
        Knob {
            key: "threshold",
            name: Words { en: "Threshold τ", zh: "改善阈值 τ" },
            default: 1e-4,
            min: 0.0,
            max: 1.0,
            scale: Scale::FromZero,
        },
        Knob {
            key: "cooldown",
            name: Words { en: "Cooldown (steps)", zh: "冷却步数" },
            default: 0.0,
            min: 0.0,
            max: 1000.0,
            scale: Scale::Integer,
        },
        Knob {
            key: "min_lr",
            name: Words { en: "Lowest rate", zh: "最低学习率" },
            default: 0.0,
            min: 0.0,
            max: 1.0,
            scale: Scale::Linear,
        },
    ],
    fitted: |_| super::super::defaults(RULE.knobs),
    python: "lr",
    following: Some(Following {
        class: include_str!("reduce_on_plateau.py"),
        torch: "ReduceLROnPlateau(\n    optimizer,\n    factor={factor},\n    patience={patience},\n    threshold={threshold},\n    cooldown={cooldown},\n    min_lr={min_lr},\n)",
    }),
    build: |knobs| {
        Box::new(ReduceOnPlateau {
            factor: knobs[0],
            patience: knobs[1],
            threshold: knobs[2],
            cooldown: knobs[3],
            min_lr: knobs[4],
        })
    },
};

impl Schedule for ReduceOnPlateau {
    /// The rate of a run whose loss never stops falling.
    fn rate(&self, learning_rate: f64, _step: usize) -> f64 {
        learning_rate
    }

    fn follower(&self, learning_rate: f64) -> Option<Box<dyn Follower>> {
        Some(Box::new(Plateau {
            rule: *self,
            rate: learning_rate,
            best: f64::INFINITY,
            bad_steps: 0.0,
            cooldown_left: 0.0,
        }))
    }
}

/// The state of one run.
struct Plateau {
    rule: ReduceOnPlateau,
    rate: f64,
    /// The least loss that counted as an improvement.
    best: f64,
    /// Steps since then, or since the rate was reduced.
    bad_steps: f64,
    cooldown_left: f64,
}

impl Follower for Plateau {
    fn rate(&mut self, step: usize, loss: f64) -> f64 {
        // The loss of the start is no result of a step.
        if step > 0 {
            self.observe(loss);
        }
        self.rate
    }
}

impl Plateau {
    fn observe(&mut self, loss: f64) {
        if loss < self.best * (1.0 - self.rule.threshold) {
            self.best = loss;
            self.bad_steps = 0.0;
        } else {
            self.bad_steps += 1.0;
        }
        if self.cooldown_left > 0.0 {
            self.cooldown_left -= 1.0;
            self.bad_steps = 0.0;
        }
        if self.bad_steps > self.rule.patience {
            let reduced = (self.rate * self.rule.factor).max(self.rule.min_lr);
            if self.rate - reduced > EPSILON {
                self.rate = reduced;
            }
            self.cooldown_left = self.rule.cooldown;
            self.bad_steps = 0.0;
        }
    }
}
