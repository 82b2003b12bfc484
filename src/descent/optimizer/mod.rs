//! Update rules: one file each, one line each in [`OPTIMIZERS`].

mod sgd;

use super::{Curvature, Knob, Words};
pub use sgd::Sgd;

/// One update rule with the state of one run.
pub trait Optimizer {
    /// Moves `theta` by one step along `gradient` at rate `learning_rate`.
    fn step(&mut self, theta: &mut [f64], gradient: &[f64], learning_rate: f64);

    /// Whether this is plain descent, whose loop is compiled into each loss: its
    /// step is so short that a call through a pointer would double it.
    fn is_plain(&self) -> bool {
        false
    }
}

/// An update rule as menus, links and tests see it.
#[derive(Debug)]
pub struct OptimizerRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// The update as a formula.
    pub formula: &'static str,
    /// Where formula and defaults come from.
    pub source: &'static str,
    /// Its numbers besides the rate.
    pub knobs: &'static [Knob],
    /// The largest locally stable rate at a point, where theory has one.
    pub limit: fn(&Curvature) -> Option<f64>,
    /// The best fixed rate at a point, where theory has one.
    pub best: fn(&Curvature) -> Option<f64>,
    /// The rule with these values of its knobs, ready for step 0 of a run with
    /// so many parameters.
    pub build: fn(&[f64], usize) -> Box<dyn Optimizer>,
}

impl PartialEq for OptimizerRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every update rule, in the order of the menu.
pub static OPTIMIZERS: &[&OptimizerRule] = &[&sgd::RULE];

/// The rule with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static OptimizerRule> {
    OPTIMIZERS.iter().copied().find(|rule| rule.key == key)
}
