//! Learning-rate schedules: pure functions of the step, one file each, one line
//! each in [`SCHEDULES`]. Pure, so that the rate at any step can be asked for
//! and drawn without running anything.

mod constant;

use super::{Knob, Words};

/// One schedule with its knobs set.
pub trait Schedule {
    /// η(t): the rate that leaves step `step`, from the base rate.
    fn rate(&self, learning_rate: f64, step: usize) -> f64;

    /// η(first), η(first + 1), … into `rates`: one call for many steps.
    fn fill(&self, learning_rate: f64, first: usize, rates: &mut [f64]) {
        for (step, rate) in (first..).zip(rates) {
            *rate = self.rate(learning_rate, step);
        }
    }
}

/// A schedule as menus, links and tests see it.
#[derive(Debug)]
pub struct ScheduleRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// η(t) as a formula.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Its numbers besides the base rate.
    pub knobs: &'static [Knob],
    /// The schedule with these values of its knobs.
    pub build: fn(&[f64]) -> Box<dyn Schedule>,
}

impl PartialEq for ScheduleRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every schedule, in the order of the menu.
pub static SCHEDULES: &[&ScheduleRule] = &[&constant::RULE];

/// The schedule with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static ScheduleRule> {
    SCHEDULES.iter().copied().find(|rule| rule.key == key)
}
