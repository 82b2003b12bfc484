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

/// The parameters before the first step, with what another depth can take over.
#[derive(Clone)]
pub struct InitialParameters {
    theta: Vec<f64>,
    layers: Vec<Layer>,
    /// What the numbers of a layer depend on besides those before it.
    of: (&'static str, [u64; 3]),
    /// The generator behind each layer.
    behind: Vec<Noise>,
}

impl InitialParameters {
    /// What [`initial_parameters`] draws. Layers that are the same in `known` are taken
    /// from there: to make those of a deep network orthogonal takes longer than a frame.
    #[must_use]
    pub fn draw(
        shape: &Shape,
        rule: &InitialisationRule,
        [sigma, gain]: [f64; 2],
        seed: u64,
        known: Option<&Self>,
    ) -> Self {
        let (mut theta, layers) = (vec![0.0; shape.dimension()], shape.layers());
        let of = (rule.key, [sigma.to_bits(), gain.to_bits(), seed]);
        let mut normal = Noise::new(1.0, seed);
        let mut behind = Vec::with_capacity(layers.len());
        let mut known = known.filter(|known| known.of == of);
        for (place, layer) in layers.iter().enumerate() {
            known = known.filter(|known| known.layers.get(place) == Some(layer));
            let weights = &mut theta[layer.weights.clone()];
            if let Some(known) = known {
                weights.copy_from_slice(&known.theta[layer.weights.clone()]);
                normal = known.behind[place].clone();
            } else {
                normal.add_to(weights);
                (rule.shape)(layer, &Scaling { sigma, gain }, weights);
            }
            behind.push(normal.clone());
        }
        Self { theta, layers, of, behind }
    }

    /// The parameters.
    #[must_use]
    pub fn theta(&self) -> &[f64] {
        &self.theta
    }
}

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
    InitialParameters::draw(shape, rule, [sigma, gain], seed, None).theta
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
