//! Learning-rate schedules, one file each, one line each in [`SCHEDULES`]. They are pure
//! functions of the step, so that the rate at any step can be asked for and drawn without
//! running anything; but for those whose rate follows the loss of the run ([`Follower`]).

mod constant;
mod cosine;
mod exponential;
mod follower;
mod inverse_time;
mod polynomial;
mod reduce_on_plateau;
mod step;
mod warm_restarts;
mod warmup;

use super::{Knob, Scale, Words};
pub use follower::Follower;
pub use warmup::Warmup;

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

    /// What sets the rates of one run that starts from this base rate, where they follow
    /// its loss; `None` where they are a function of the step alone.
    fn follower(&self, learning_rate: f64) -> Option<Box<dyn Follower>> {
        let _ = learning_rate;
        None
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
    /// Values of the knobs that suit a run of so many steps: what choosing it
    /// from the menu starts with.
    pub fitted: fn(usize) -> Vec<f64>,
    /// η(t) in Python: an expression of `lr`, `t` and `math`, with `{knob}` for a
    /// knob's value; lines that change `t` or name a part may stand before it.
    pub python: &'static str,
    /// The same of a schedule that follows the loss; `None` of any other.
    pub following: Option<Following>,
    /// The schedule with these values of its knobs.
    pub build: fn(&[f64]) -> Box<dyn Schedule>,
}

/// A schedule that follows the loss in Python, with `{knob}` for a knob's value. Either
/// has a method `step`, which takes the loss after each step.
#[derive(Debug)]
pub struct Following {
    /// NumPy: a class whose `lr` is the rate; it is made from the base rate.
    pub class: &'static str,
    /// PyTorch: the call of its class in `torch.optim.lr_scheduler`.
    pub torch: &'static str,
}

impl PartialEq for ScheduleRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every schedule, in the order of the menu.
pub static SCHEDULES: &[&ScheduleRule] = &[
    &constant::RULE,
    &step::RULE,
    &exponential::RULE,
    &inverse_time::RULE,
    &polynomial::RULE,
    &cosine::RULE,
    &warm_restarts::RULE,
    &reduce_on_plateau::RULE,
];

/// The schedule with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static ScheduleRule> {
    SCHEDULES.iter().copied().find(|rule| rule.key == key)
}

/// A number of steps.
const fn count(key: &'static str, name: Words, default: f64) -> Knob {
    Knob { key, name, default, min: 1.0, max: 1e6, scale: Scale::Count }
}

/// The value of such a knob.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, from 1")]
fn whole(knob: f64) -> usize {
    (knob as usize).max(1)
}

/// A run of so many steps cut into `parts`: how many steps one of them has.
#[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
fn part(steps: usize, parts: usize) -> f64 {
    (steps / parts).clamp(1, 1_000_000) as f64
}
