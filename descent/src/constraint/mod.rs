//! Constraints: where the parameters may be. After each step they are projected onto
//! the nearest allowed point. One file each, one line each in [`CONSTRAINTS`].

mod feasible;
mod norm;
mod value;

use super::{Knob, Scale, Words};
pub use feasible::FeasibleSet;
use norm::ByNorm;
use value::ByValue;

/// The allowed set of one block of parameters, centred at 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Region {
    /// |θᵢ| ≤ this for every parameter.
    Box(f64),
    /// ‖θ‖ ≤ this.
    Ball(f64),
}

impl Constraint for Region {
    fn project(&self, block: &mut [f64]) {
        match *self {
            Self::Box(bound) => ByValue { bound }.project(block),
            Self::Ball(bound) => ByNorm { bound }.project(block),
        }
    }

    fn project_gradient(&self, block: &[f64], slack: f64, gradient: &mut [f64]) {
        match *self {
            Self::Box(bound) => ByValue { bound }.project_gradient(block, slack, gradient),
            Self::Ball(bound) => ByNorm { bound }.project_gradient(block, slack, gradient),
        }
    }

    fn region(&self) -> Region {
        *self
    }
}

/// One constraint with its bound set.
pub trait Constraint {
    /// Moves `block` to the nearest allowed point.
    fn project(&self, block: &mut [f64]);

    /// Makes `gradient` the projected gradient at `block`: minus the projection of −g onto
    /// the tangent cone of the allowed set. A component that leads out of the set is
    /// removed where `block` lies on the boundary, or within the share `slack` of it.
    /// Source: Calamai and Moré, *Projected gradient methods for linearly constrained
    /// problems* (1987).
    fn project_gradient(&self, block: &[f64], slack: f64, gradient: &mut [f64]);

    /// The allowed set.
    fn region(&self) -> Region;
}

/// A constraint as menus, links and tests see it.
#[derive(Debug)]
pub struct ConstraintRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// The projection of θ, as a formula.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Its bound.
    pub knobs: &'static [Knob],
    /// The same in Python: lines that assign to `W`, with `{constrain_at}` for the bound.
    pub python: &'static str,
    /// The rule with these values of its knobs.
    pub build: fn(&[f64]) -> Box<dyn Constraint>,
}

impl PartialEq for ConstraintRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every constraint, in the order of the menu.
pub static CONSTRAINTS: &[&ConstraintRule] = &[&value::RULE, &norm::RULE];

/// The rule with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static ConstraintRule> {
    CONSTRAINTS.iter().copied().find(|rule| rule.key == key)
}

/// The bound c.
const BOUND: Knob = Knob {
    key: "constrain_at",
    name: Words { en: "Bound c", zh: "约束界 c" },
    default: 1.0,
    min: 1e-6,
    max: 1e6,
    scale: Scale::Log,
};
