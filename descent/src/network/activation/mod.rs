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
    /// φ(z) and φ′(z) of an array `z` in NumPy, each an expression after the lines that it
    /// needs.
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

#[cfg(test)]
mod tests {
    use super::*;

    /// φ, φ′ and φ″ at a place.
    fn at(rule: &ActivationRule, z: f64) -> [f64; 3] {
        let [mut value, mut slope, mut bend] = [[0.0]; 3];
        (rule.value)(&[z], &mut value);
        (rule.slope)(&[z], &value, &mut slope);
        (rule.bend)(&[z], &value, &mut bend);
        [value[0], slope[0], bend[0]]
    }

    #[test]
    fn slopes_and_bends_are_those_of_differences() {
        const STEP: f64 = 1e-5;
        for rule in ACTIVATIONS {
            for place in -300..300 {
                // Never 0, where a rectifier bends.
                let z = 0.05 * f64::from(place) + 0.013;
                let ([up, up_slope, _], [down, down_slope, _]) =
                    (at(rule, z + STEP), at(rule, z - STEP));
                let [_, slope, bend] = at(rule, z);
                let found = [(up - down) / (2.0 * STEP), (up_slope - down_slope) / (2.0 * STEP)];
                assert!((found[0] - slope).abs() < 1e-9, "{} {z}: {slope}", rule.key);
                assert!((found[1] - bend).abs() < 1e-9, "{} {z}: {bend}", rule.key);
            }
        }
    }

    /// PyTorch's slopes at the kinks, and its ends.
    #[test]
    fn kinks_and_ends_are_pytorchs() {
        let [relu, leaky] = [at(&relu::RULE, 0.0), at(&leaky_relu::RULE, 0.0)];
        assert_eq!((relu[0], relu[1], leaky[0], leaky[1]), (0.0, 0.0, 0.0, 0.01));
        for (rule, low, high) in [(&tanh::RULE, -1.0, 1.0), (&sigmoid::RULE, 0.0, 1.0)] {
            let ends = [f64::NEG_INFINITY, -1e3, 1e3, f64::INFINITY].map(|z| at(rule, z)[0]);
            assert!(ends[..2].iter().all(|end| (end - low).abs() < 1e-300), "{ends:?}");
            assert_eq!(ends[2..], [high; 2]);
        }
    }

    #[test]
    fn tanh_and_sigmoid_are_within_a_few_ulps() {
        let mut worst = [0.0_f64; 2];
        for step in 0..400_000_u32 {
            // Every size alike, from 1e-13 to 30.
            let size = 30.0 * libm::exp2(-f64::from(step) / 1e4);
            for z in [size, -size] {
                let sigmoid = 1.0 / (1.0 + libm::exp(-z));
                let pairs =
                    [(at(&tanh::RULE, z)[0], libm::tanh(z)), (at(&sigmoid::RULE, z)[0], sigmoid)];
                for (worst, (ours, theirs)) in worst.iter_mut().zip(pairs) {
                    *worst = worst.max((ours / theirs - 1.0).abs());
                }
            }
        }
        assert!(worst.iter().all(|worst| *worst < 4.0 * f64::EPSILON), "{worst:?}");
    }
}
