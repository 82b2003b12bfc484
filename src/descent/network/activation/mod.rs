//! Activations: what a unit makes of the sum that comes in. One file each, one line
//! each in [`ACTIVATIONS`].

mod gelu;
mod leaky_relu;
mod linear;
mod relu;
mod sigmoid;
mod tanh;

use super::super::{Named, Words};

/// What counts as a unit that does nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Idle {
    /// Nothing does.
    Never,
    /// An output that is saturated: where the slope is below this.
    Below(f64),
    /// A unit that is dead: whose slope is 0 for every sample.
    Dead,
}

/// An activation as menus, links and tests see it. Its functions work on as many
/// numbers as their slices have, which are equally long.
#[derive(Debug)]
pub struct ActivationRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// φ(z) as a formula.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// What counts as idle.
    pub idle: Idle,
    /// φ(z) and φ′(z) of an array `z` in NumPy.
    pub python: [&'static str; 2],
    /// The key of the initialisation with which signals stay as spread out as they are from
    /// layer to layer (Glorot and Bengio 2010; He et al. 2015).
    pub start: &'static str,
    /// The keys of activations that are idle less often, where this one is too often.
    pub instead: &'static [&'static str],
    /// Writes φ(z) of the first to the second.
    pub value: fn(&[f64], &mut [f64]),
    /// Writes φ′(z) to the last; z comes first, then φ(z).
    pub slope: fn(&[f64], &[f64], &mut [f64]),
    /// Writes φ″(z) to the last; z comes first, then φ(z).
    pub bend: fn(&[f64], &[f64], &mut [f64]),
}

impl PartialEq for ActivationRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every activation, in the order of the menu.
pub static ACTIVATIONS: [&ActivationRule; 6] =
    [&linear::RULE, &sigmoid::RULE, &tanh::RULE, &relu::RULE, &leaky_relu::RULE, &gelu::RULE];

/// Their names, for a knob that chooses one of them.
pub static ACTIVATION_NAMES: [Named; ACTIVATIONS.len()] = {
    let mut names = [Named { key: "", name: Words { en: "", zh: "" } }; ACTIVATIONS.len()];
    let mut place = 0;
    while place < names.len() {
        names[place] = Named { key: ACTIVATIONS[place].key, name: ACTIVATIONS[place].name };
        place += 1;
    }
    names
};

/// A bend of 0 everywhere.
fn straight(_: &[f64], _: &[f64], bends: &mut [f64]) {
    bends.fill(0.0);
}
