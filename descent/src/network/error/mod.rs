//! Errors: what is made of the difference between an output and its target. One file
//! each, one line each in [`ERRORS`].

mod cross_entropy;
mod squared;

use super::super::{Named, Words};

/// An error as menus, links and tests see it. Outputs come first, then targets; all
/// slices are equally long.
#[derive(Debug)]
pub struct ErrorRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// The error of a sample as a formula.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Whether its targets are classes, 0 and 1.
    pub needs_classes: bool,
    /// The error of each output in an array `z` and its slope by z in NumPy, with `{y}`
    /// for the targets.
    pub python: [&'static str; 2],
    /// The error of one output and its target.
    pub value: fn(f64, f64) -> f64,
    /// Writes the errors' derivatives by the outputs.
    pub slope: fn(&[f64], &[f64], &mut [f64]),
    /// Writes their second derivatives.
    pub bend: fn(&[f64], &[f64], &mut [f64]),
    /// Makes predictions of outputs, in place.
    pub predict: fn(&mut [f64]),
}

impl PartialEq for ErrorRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every error, in the order of the menu.
pub static ERRORS: [&ErrorRule; 2] = [&cross_entropy::RULE, &squared::RULE];

/// Their names, for a knob that chooses one of them.
pub static ERROR_NAMES: [Named; ERRORS.len()] = {
    let mut names = [Named { key: "", name: Words { en: "", zh: "" } }; ERRORS.len()];
    let mut place = 0;
    while place < names.len() {
        names[place] = Named { key: ERRORS[place].key, name: ERRORS[place].name };
        place += 1;
    }
    names
};
