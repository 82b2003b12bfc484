//! What would help a network: against what ails it, of what is not set already.

use super::diagnosis::Diagnosis;
use super::layers::{Layer, LayerFigures, Making};
use super::network::{INITIALISATIONS, Idle, InitialisationRule, Scaling};

/// Weights are too large or too small if they are off by more than this.
const OFF: f64 = 1.3;
/// The first layer learns about as fast as the last if that is no more times as fast.
const EVEN: f64 = 10.0;

/// Something to try.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Remedy {
    /// Another activation, by the keys of some.
    Activation(&'static [&'static str]),
    /// Another initialisation.
    Start(&'static InitialisationRule),
    /// Initial weights of another size: of σ, or else of the gain; larger, or else smaller.
    Scale {
        /// Whether σ is what sets it.
        is_sigma: bool,
        /// Whether it should be larger.
        is_larger: bool,
    },
    /// Clipping the gradient.
    Clip,
    /// A smaller rate.
    SmallerRate,
    /// A larger rate.
    LargerRate,
    /// Fewer layers.
    FewerLayers,
    /// An optimizer that gives each parameter a step of its own.
    OwnSteps,
}

/// What is set.
#[derive(Clone, Copy, Debug)]
pub struct Setup {
    /// The network.
    pub making: Making,
    /// How many times as large as they should be its weights were at the start, on the
    /// geometric mean over its layers.
    pub excess: f64,
    /// Whether gradients are clipped.
    pub is_clipped: bool,
}

impl Setup {
    /// Of a network whose layers began with these figures.
    #[must_use]
    pub fn of(making: Making, layers: &[Layer], first: &[LayerFigures], is_clipped: bool) -> Self {
        let (mut logs, mut count) = (0.0, 0.0);
        for (layer, figures) in layers.iter().zip(first) {
            #[expect(clippy::cast_precision_loss, reason = "a few thousand weights")]
            let weights = (layer.inputs * layer.outputs) as f64;
            // What the rule makes of a one is its standard deviation.
            let mut suited = [1.0];
            if let Some(rule) = suited_start(&making) {
                (rule.shape)(layer, &Scaling { sigma: 1.0, gain: 1.0 }, &mut suited);
            }
            logs += libm::log(figures.weights / (suited[0] * weights.sqrt()));
            count += 1.0;
        }
        let excess = libm::exp(logs / count);
        Self { making, excess: if excess.is_finite() { excess } else { 1.0 }, is_clipped }
    }

    /// Another size of the initial weights, where they are not as large as they should be.
    fn scale(&self, is_larger: bool) -> Option<Remedy> {
        let is_off = if is_larger { self.excess * OFF < 1.0 } else { self.excess > OFF };
        let Making { start, gain, .. } = self.making;
        let suited = suited_start(&self.making)?;
        let is_gain = if is_larger { gain < 1.0 } else { gain > 1.0 };
        if !is_off {
            return None;
        }
        let is_other = *start != *suited;
        // A gain would spoil the suited start as well.
        Some(if is_other && !is_gain {
            Remedy::Start(suited)
        } else {
            Remedy::Scale { is_sigma: false, is_larger }
        })
    }

    /// Another activation, where this one lets too little through.
    fn activation(&self) -> Option<Remedy> {
        let instead = self.making.activation.instead;
        (!instead.is_empty()).then_some(Remedy::Activation(instead))
    }

    fn clip(&self) -> Option<Remedy> {
        (!self.is_clipped).then_some(Remedy::Clip)
    }
}

/// The initialisation that suits the activation.
fn suited_start(making: &Making) -> Option<&'static InitialisationRule> {
    INITIALISATIONS.into_iter().find(|rule| rule.key == making.activation.start)
}

impl Remedy {
    /// What would help, the best first.
    #[must_use]
    pub fn against(diagnosis: &Diagnosis, setup: &Setup) -> Vec<Self> {
        use Diagnosis as D;
        let (smaller, larger) = (setup.scale(false), setup.scale(true));
        let (clip, activation) = (setup.clip(), setup.activation());
        let slower = Some(Self::SmallerRate);
        // What dies gains nothing from another activation but where it is dead.
        let dies = setup.making.activation.idle == Idle::Dead;
        let opener = activation.filter(|_| !dies);
        let named = match diagnosis {
            D::NotFinite { .. } | D::Growing { .. } | D::Exploding { .. } => {
                [smaller, clip, slower]
            }
            D::Alike => {
                let is_sigma = setup.making.start.has_sigma && setup.making.sigma == 0.0;
                [Some(Self::Scale { is_sigma, is_larger: true }), None, None]
            }
            D::Dead { .. } => [activation, slower, larger.or(smaller)],
            D::Vanishing { slower, .. } => {
                let own_steps = (*slower >= EVEN).then_some(Self::OwnSteps);
                [larger.or(smaller).or(opener), own_steps, Some(Self::FewerLayers)]
            }
            D::Fading { .. } => [larger.or(opener), Some(Self::FewerLayers), None],
            // Where weights were not too large, steps have made them so.
            D::Saturated { .. } => [smaller.or(slower), activation, None],
            D::TooLong { rises: true, .. } => [slower, clip, None],
            D::TooShort { is_settled: false, .. } => [Some(Self::LargerRate), None, None],
            D::TooLong { .. } | D::TooShort { .. } | D::Healthy { .. } => [None; 3],
        };
        named.into_iter().flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::network::{ACTIVATIONS, Shape};
    use super::*;

    fn making(activation: &str, start: &str, sigma: f64, gain: f64) -> Making {
        let activation = ACTIVATIONS.into_iter().find(|rule| rule.key == activation);
        let start = INITIALISATIONS.into_iter().find(|rule| rule.key == start);
        Making { activation: activation.unwrap(), start: start.unwrap(), sigma, gain }
    }

    fn setup(making: Making, excess: f64) -> Setup {
        Setup { making, excess, is_clipped: false }
    }

    fn start(key: &str) -> Remedy {
        Remedy::Start(INITIALISATIONS.into_iter().find(|rule| rule.key == key).unwrap())
    }

    const VANISHING: Diagnosis = Diagnosis::Vanishing { factor: 4.0, slower: 1e7 };
    const GROWING: Diagnosis = Diagnosis::Growing { factor: 4.0, times: 1e17 };
    const FADING: Diagnosis = Diagnosis::Fading { factor: 1.4, times: 1e4 };
    const DEAD: Diagnosis = Diagnosis::Dead { layers: 2, worst: 1, share: 0.9 };
    const SATURATED: Diagnosis = Diagnosis::Saturated { layers: 2, worst: 1, share: 0.9 };

    #[test]
    fn every_key_that_an_activation_names_is_in_its_list() {
        for rule in ACTIVATIONS {
            assert!(INITIALISATIONS.iter().any(|other| other.key == rule.start), "{}", rule.key);
            for key in rule.instead {
                let other = ACTIVATIONS.iter().find(|other| other.key == *key);
                assert!(other.is_some_and(|other| *other != rule), "{} {key}", rule.key);
            }
            assert_eq!(rule.instead.is_empty(), rule.idle == Idle::Never, "{}", rule.key);
        }
    }

    #[test]
    fn a_sigmoid_is_replaced_and_nothing_that_is_set_is_named() {
        let found = Remedy::against(&VANISHING, &setup(making("sigmoid", "xavier", 1.0, 1.0), 1.0));
        let expected =
            [Remedy::Activation(&["tanh", "relu"]), Remedy::OwnSteps, Remedy::FewerLayers];
        assert_eq!(found, expected);
        let even = Diagnosis::Vanishing { factor: 4.0, slower: 2.0 };
        let found = Remedy::against(&even, &setup(making("sigmoid", "xavier", 1.0, 1.0), 1.0));
        assert!(!found.contains(&Remedy::OwnSteps), "its steps are even already");
    }

    #[test]
    fn weights_that_are_too_large_or_too_small_are_drawn_as_suits_the_activation() {
        let large = setup(making("relu", "normal", 1.0, 1.0), 4.0);
        assert_eq!(
            Remedy::against(&GROWING, &large),
            [start("he"), Remedy::Clip, Remedy::SmallerRate]
        );
        let clipped = Setup { is_clipped: true, ..large };
        assert_eq!(Remedy::against(&GROWING, &clipped), [start("he"), Remedy::SmallerRate]);
        let small = setup(making("relu", "xavier", 1.0, 1.0), 0.71);
        assert_eq!(Remedy::against(&FADING, &small)[0], start("he"));
        let gain = Remedy::Scale { is_sigma: false, is_larger: false };
        let found = Remedy::against(&SATURATED, &setup(making("tanh", "xavier", 1.0, 3.0), 3.0));
        assert_eq!(found, [gain, Remedy::Activation(&["relu"])]);
        let suited = setup(making("relu", "he", 1.0, 1.0), 1.0);
        assert_eq!(Remedy::against(&GROWING, &suited), [Remedy::Clip, Remedy::SmallerRate]);
    }

    #[test]
    fn steps_that_do_no_harm_need_no_help() {
        let of = |diagnosis| {
            Remedy::against(&diagnosis, &setup(making("tanh", "xavier", 1.0, 1.0), 1.0))
        };
        let (ratio, is_settled) = (0.1, true);
        assert_eq!(of(Diagnosis::TooLong { ratio, rises: false }), []);
        let remedies = [Remedy::SmallerRate, Remedy::Clip];
        assert_eq!(of(Diagnosis::TooLong { ratio, rises: true }), remedies);
        assert_eq!(of(Diagnosis::TooShort { ratio, is_settled }), []);
        let short = Diagnosis::TooShort { ratio, is_settled: !is_settled };
        assert_eq!(of(short), [Remedy::LargerRate]);
    }

    #[test]
    fn what_is_dead_is_given_a_leak() {
        let found = Remedy::against(&DEAD, &setup(making("relu", "he", 1.0, 1.0), 1.0));
        assert_eq!(found, [Remedy::Activation(&["leaky_relu", "gelu"]), Remedy::SmallerRate]);
    }

    #[test]
    fn zeros_are_undone_where_they_were_set() {
        let of = |making| Remedy::against(&Diagnosis::Alike, &setup(making, 0.0));
        let scale = |is_sigma| [Remedy::Scale { is_sigma, is_larger: true }];
        assert_eq!(of(making("tanh", "normal", 0.0, 1.0)), scale(true));
        assert_eq!(of(making("tanh", "xavier", 1.0, 0.0)), scale(false));
    }

    #[test]
    fn how_large_the_weights_were_is_measured_against_the_suited_start() {
        let shape = Shape { inputs: 2, depth: 3, width: 8, bias: true };
        let layers = shape.layers();
        let with = |deviation: f64| -> Vec<LayerFigures> {
            let norm = |layer: &Layer| {
                let variance = 2.0 / f64::from(u32::try_from(layer.inputs).unwrap());
                let count = f64::from(u32::try_from(layer.weights.len()).unwrap());
                LayerFigures {
                    weights: deviation * (count * variance).sqrt(),
                    ..LayerFigures::default()
                }
            };
            layers.iter().map(norm).collect()
        };
        let making = making("relu", "normal", 1.0, 1.0);
        for excess in [0.5, 1.0, 3.0] {
            let found = Setup::of(making, &layers, &with(excess), false).excess;
            assert!((found - excess).abs() < 1e-12, "{found}");
        }
    }
}
