//! Initialisations: what the weights are before the first step. One file each, one
//! line each in [`INITIALISATIONS`]. Biases begin at 0.

mod he;
mod normal;
mod orthogonal;
mod xavier;

use super::super::gradient::Noise;
use super::super::{Layer, Named, Words};
use super::Shape;

/// What a rule makes normal numbers the weights of a layer with.
pub struct Scaling {
    /// The standard deviation, for a rule that is told it.
    pub sigma: f64,
    /// What all weights are multiplied by.
    pub gain: f64,
}

/// An initialisation as menus, links and tests see it.
#[derive(Debug)]
pub struct InitialisationRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// The weights' distribution as a formula, with n units coming in and k going out.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Whether it is told the standard deviation.
    pub has_sigma: bool,
    /// The same in NumPy: what becomes of an array `W` of normal numbers, with `{gain}` and
    /// `{sigma}`, and of how many `inputs` and `outputs`.
    pub python: &'static str,
    /// Makes the weights of a layer from independent standard normal numbers, in place.
    pub shape: fn(&Layer, &Scaling, &mut [f64]),
}

impl PartialEq for InitialisationRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every initialisation, in the order of the menu.
pub static INITIALISATIONS: [&InitialisationRule; 4] =
    [&normal::RULE, &xavier::RULE, &he::RULE, &orthogonal::RULE];

/// Their names, for a knob that chooses one of them.
pub static INITIALISATION_NAMES: [Named; INITIALISATIONS.len()] = {
    let mut names = [Named { key: "", name: Words { en: "", zh: "" } }; INITIALISATIONS.len()];
    let mut place = 0;
    while place < names.len() {
        names[place] = Named { key: INITIALISATIONS[place].key, name: INITIALISATIONS[place].name };
        place += 1;
    }
    names
};

/// The parameters before the first step. `sigma` is the standard deviation of a rule
/// that is told it, `gain` what the weights are multiplied by; the normal numbers are
/// drawn layer by layer in the order of the weights.
#[must_use]
pub fn initial_parameters(
    shape: &Shape,
    rule: &InitialisationRule,
    sigma: f64,
    gain: f64,
    seed: u64,
) -> Vec<f64> {
    let mut theta = vec![0.0; shape.dimension()];
    let mut normal = Noise::new(1.0, seed);
    let scaling = Scaling { sigma, gain };
    for layer in shape.layers() {
        let weights = &mut theta[layer.weights.clone()];
        normal.add_to(weights);
        (rule.shape)(&layer, &scaling, weights);
    }
    theta
}

/// Multiplies standard normal numbers by their standard deviation.
fn scale(weights: &mut [f64], deviation: f64) {
    for weight in weights {
        *weight *= deviation;
    }
}

/// A number of units.
#[expect(clippy::cast_precision_loss, reason = "a few units")]
fn units(count: usize) -> f64 {
    count as f64
}
