//! The same rate at every step.

use super::{Schedule, ScheduleRule, Words};

struct Constant;

pub(super) static RULE: ScheduleRule = ScheduleRule {
    key: "constant",
    name: Words { en: "Constant", zh: "恒定" },
    formula: "η(t) = η",
    source: "the fixed step of Cauchy (1847)",
    knobs: &[],
    fitted: |_| Vec::new(),
    python: "lr",
    following: None,
    build: |_| Box::new(Constant),
};

impl Schedule for Constant {
    fn rate(&self, learning_rate: f64, _step: usize) -> f64 {
        learning_rate
    }
}
