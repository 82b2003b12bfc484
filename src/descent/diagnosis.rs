//! What ails a network at a step of its training, told from the figures of its layers.

use super::layers::LayerFigures;
use super::network::Idle;
use super::trajectory::DIVERGED_ABOVE;

/// The updates of a layer that count as healthy, as shares of its weights: about one part
/// in a thousand is the rule of thumb, and this a decade to either side (Karpathy, CS231n,
/// Neural Networks Part 3: 'Ratio of weights:updates').
pub const HEALTHY_RATIOS: [f64; 2] = [1e-4, 1e-2];

/// From the last layer to the first the gradient may change by so much before anything is
/// said of it.
const UNEVEN: f64 = 100.0;
/// The same of the spread of what passes forwards, which wanders more from layer to layer.
const UNEVEN_SIGNAL: f64 = 1000.0;
/// A gradient that has fallen to this share has all but gone.
const SETTLED: f64 = 0.01;
/// A layer with this share of idle units is worth a word.
const MOSTLY: f64 = 0.5;

/// What is the matter, the gravest first. Layers are counted from 0 at the input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Diagnosis {
    /// Numbers have left all bounds, first in this layer: they are not finite, or weights
    /// are beyond [`DIVERGED_ABOVE`].
    NotFinite {
        /// The first on the way of what overflowed.
        layer: usize,
    },
    /// All weights began at zero: the units of a layer are all alike, and before the last
    /// layer nothing learns.
    Alike,
    /// Most units of some layers are dead.
    Dead {
        /// How many layers.
        layers: usize,
        /// The one with most of them.
        worst: usize,
        /// The share of its units.
        share: f64,
    },
    /// The gradient shrinks from layer to layer on its way back.
    Vanishing {
        /// By how much a layer; more than 1.
        factor: f64,
        /// How many times longer the step of the last layer is than that of the first;
        /// infinite where that stands still.
        slower: f64,
    },
    /// The gradient grows on its way back.
    Exploding {
        /// By how much a layer; more than 1.
        factor: f64,
        /// How many times as large as in the last layer it is in the first.
        times: f64,
    },
    /// What the layers hand on shrinks from layer to layer on its way to the output, and
    /// with it the gradient of every layer.
    Fading {
        /// By how much a layer; more than 1.
        factor: f64,
        /// How many times as spread out it is behind the first layer as behind the last.
        times: f64,
    },
    /// The same, but it grows.
    Growing {
        /// By how much a layer; more than 1.
        factor: f64,
        /// How many times as spread out it is behind the last layer as behind the first.
        times: f64,
    },
    /// Most units of half of the layers are saturated.
    Saturated {
        /// How many layers.
        layers: usize,
        /// The one with most of them.
        worst: usize,
        /// The share of its outputs.
        share: f64,
    },
    /// Every layer's update is above the band.
    TooLong {
        /// Update over weights, the geometric mean over the layers.
        ratio: f64,
        /// Whether the loss rises with this step.
        rises: bool,
    },
    /// Every layer's update is below the band.
    TooShort {
        /// The same.
        ratio: f64,
        /// Whether that is because the gradient is all but gone.
        is_settled: bool,
    },
    /// Nothing of all this.
    Healthy {
        /// The smallest and the largest update over weights; none where no step is taken.
        ratios: Option<[f64; 2]>,
    },
}

/// What is known of a run at a step beside the figures of its layers.
#[derive(Clone, Copy, Debug)]
pub struct Circumstances {
    /// What idle units are.
    pub idle: Idle,
    /// Whether all weights began at zero, and nothing has told the units apart since.
    pub are_alike: bool,
    /// Whether the loss rises with this step.
    pub rises: bool,
    /// ‖∇J‖ as a share of what it was at the start.
    pub gradient_left: f64,
}

impl Diagnosis {
    /// Of the layers at a step.
    #[must_use]
    pub fn of(figures: &[LayerFigures], known: &Circumstances) -> Self {
        let Circumstances { idle, are_alike, .. } = *known;
        if let Some(layer) = not_finite(figures) {
            return Self::NotFinite { layer };
        }
        let hidden = figures.split_last().map_or(figures, |(_, hidden)| hidden);
        if are_alike && !hidden.is_empty() {
            return Self::Alike;
        }
        let uneven = uneven(figures);
        if let Some(found @ (Self::Exploding { .. } | Self::Growing { .. })) = uneven {
            return found;
        }
        if let Some(layer) = figures.iter().position(|layer| layer.weights > DIVERGED_ABOVE) {
            return Self::NotFinite { layer };
        }
        let [layers, worst] = idle_layers(hidden);
        let share = hidden.get(worst).map_or(0.0, |layer| layer.idle);
        if idle == Idle::Dead && layers > 0 {
            return Self::Dead { layers, worst, share };
        }
        if let Some(found) = uneven {
            return found;
        }
        if matches!(idle, Idle::Below(_)) && layers > 0 && 2 * layers >= hidden.len() {
            return Self::Saturated { layers, worst, share };
        }
        of_steps(figures, known)
    }
}

/// The update over the weights of a layer; none where either is missing.
#[must_use]
pub fn update_ratio(layer: &LayerFigures) -> Option<f64> {
    let ratio = layer.update / layer.weights;
    (layer.weights > 0.0 && ratio.is_finite()).then_some(ratio)
}

/// The first layer in which something is not finite, on the way of what is.
fn not_finite(figures: &[LayerFigures]) -> Option<usize> {
    let overflows = |layer: &LayerFigures| {
        !(layer.weights.is_finite() && layer.spread.is_finite()) || layer.update.is_infinite()
    };
    // What goes forwards overflows at its first layer; what goes back only if that did not.
    let forwards = figures.iter().position(overflows);
    forwards.or_else(|| figures.iter().rposition(|layer| !layer.gradient.is_finite()))
}

/// How many layers are mostly idle, and which one most.
fn idle_layers(hidden: &[LayerFigures]) -> [usize; 2] {
    let mut worst = 0;
    for (index, layer) in hidden.iter().enumerate() {
        if layer.idle > hidden[worst].idle {
            worst = index;
        }
    }
    [hidden.iter().filter(|layer| layer.idle >= MOSTLY).count(), worst]
}

/// The factor from layer to layer that fits best: e to the slope of the least-squares line
/// through the logarithms. Layers at 0 have none and are left out; none below two others.
fn factor(figures: &[LayerFigures], figure: impl Fn(&LayerFigures) -> f64) -> Option<f64> {
    let (mut count, mut sum_x, mut sum_y, mut sum_xx, mut sum_xy) = (0.0, 0.0, 0.0, 0.0, 0.0);
    for (x, layer) in (0_u32..).map(f64::from).zip(figures) {
        let value = figure(layer);
        if value > 0.0 {
            let y = libm::log(value);
            count += 1.0;
            sum_x += x;
            sum_y += y;
            sum_xx += x * x;
            sum_xy += x * y;
        }
    }
    let spread = count * sum_xx - sum_x * sum_x;
    (spread > 0.0).then(|| libm::exp((count * sum_xy - sum_x * sum_y) / spread))
}

/// What a factor a layer comes to over all of them.
fn total(factor: f64, figures: &[LayerFigures]) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a few layers")]
    let steps = figures.len().saturating_sub(1) as f64;
    libm::pow(factor, steps)
}

/// What is said of gradients and activations that change from layer to layer.
fn uneven(figures: &[LayerFigures]) -> Option<Diagnosis> {
    let [first, .., last] = figures else { return None };
    // Towards the output, so a vanishing gradient rises.
    let gradient = factor(figures, |layer| layer.gradient).unwrap_or(1.0);
    let rise = total(gradient, figures);
    let is_cut = first.gradient == 0.0 && last.gradient > 0.0;
    if rise >= UNEVEN || is_cut {
        let steps = [first.update, last.update];
        let is_known = steps.iter().all(|step| *step > 0.0);
        let [few, many] = if is_known { steps } else { [first.gradient, last.gradient] };
        return Some(Diagnosis::Vanishing { factor: gradient, slower: many / few });
    }
    if rise * UNEVEN <= 1.0 {
        let times = first.gradient / last.gradient;
        return Some(Diagnosis::Exploding { factor: 1.0 / gradient, times });
    }
    let spread = factor(figures, |layer| layer.spread).unwrap_or(1.0);
    if total(spread, figures) >= UNEVEN_SIGNAL {
        return Some(Diagnosis::Growing { factor: spread, times: last.spread / first.spread });
    }
    // What still tells samples apart is seen at the output alone: the units of a hidden
    // layer differ from each other, whatever comes in.
    let times = first.spread / last.spread;
    if times >= UNEVEN_SIGNAL {
        #[expect(clippy::cast_precision_loss, reason = "a few layers")]
        let factor = libm::pow(times, 1.0 / (figures.len() - 1) as f64);
        return Some(Diagnosis::Fading { factor, times });
    }
    None
}

/// What is said of the lengths of steps.
fn of_steps(figures: &[LayerFigures], known: &Circumstances) -> Diagnosis {
    let [low, high] = HEALTHY_RATIOS;
    let mut ratios: Option<[f64; 2]> = None;
    let (mut logs, mut count) = (0.0, 0.0);
    for ratio in figures.iter().filter_map(update_ratio) {
        let [least, most] = ratios.unwrap_or([ratio; 2]);
        ratios = Some([least.min(ratio), most.max(ratio)]);
        logs += libm::log(ratio);
        count += 1.0;
    }
    let ratio = libm::exp(logs / count);
    match ratios {
        Some([least, _]) if least > high => Diagnosis::TooLong { ratio, rises: known.rises },
        Some([_, most]) if most < low => {
            Diagnosis::TooShort { ratio, is_settled: known.gradient_left < SETTLED }
        }
        _ => Diagnosis::Healthy { ratios },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Layers whose gradients and spreads change by these factors towards the output, with
    /// steps of so large a share of the weights.
    fn layers(count: u32, gradient: f64, spread: f64, ratio: f64) -> Vec<LayerFigures> {
        let layer = |index: u32| {
            let power = |factor: f64| libm::pow(factor, f64::from(index));
            LayerFigures {
                gradient: 0.01 * power(gradient),
                weights: 3.0,
                update: 3.0 * ratio * power(gradient),
                spread: power(spread),
                idle: 0.0,
            }
        };
        (0..count).map(layer).collect()
    }

    fn diagnosed(figures: &[LayerFigures], idle: Idle, are_alike: bool) -> Diagnosis {
        let known = Circumstances { idle, are_alike, rises: false, gradient_left: 1.0 };
        Diagnosis::of(figures, &known)
    }

    fn plain(figures: &[LayerFigures]) -> Diagnosis {
        diagnosed(figures, Idle::Never, false)
    }

    #[test]
    fn a_gradient_that_shrinks_backwards_vanishes_by_the_factor_it_shrinks_by() {
        let Diagnosis::Vanishing { factor, slower } = plain(&layers(12, 4.0, 1.0, 1e-3)) else {
            panic!("not vanishing");
        };
        assert!((factor - 4.0).abs() < 1e-9, "{factor}");
        assert!((slower / libm::pow(4.0, 11.0) - 1.0).abs() < 1e-9, "{slower}");
    }

    #[test]
    fn ends_that_differ_do_not_turn_the_fit() {
        let mut figures = layers(20, 2.0, 1.0, 1e-3);
        figures[0].gradient *= 0.2;
        figures[19].gradient *= 3.0;
        let Diagnosis::Vanishing { factor, .. } = plain(&figures) else {
            panic!("not vanishing");
        };
        assert!((factor - 2.0).abs() < 0.2, "{factor}");
    }

    #[test]
    fn an_optimizer_that_evens_the_steps_is_seen_in_how_much_slower_the_first_layer_is() {
        let mut figures = layers(12, 4.0, 1.0, 1e-3);
        for layer in &mut figures {
            layer.update = 3e-3;
        }
        let Diagnosis::Vanishing { slower, .. } = plain(&figures) else {
            panic!("not vanishing");
        };
        assert_eq!(slower, 1.0);
    }

    #[test]
    fn where_no_gradient_arrives_the_first_layer_stands_still() {
        let mut figures = layers(6, 10.0, 1.0, 1e-3);
        (figures[0].gradient, figures[0].update) = (0.0, 0.0);
        let Diagnosis::Vanishing { slower, .. } = plain(&figures) else {
            panic!("not vanishing");
        };
        assert_eq!(slower, f64::INFINITY);
    }

    #[test]
    fn a_gradient_that_grows_backwards_explodes() {
        let Diagnosis::Exploding { factor, times } = plain(&layers(30, 0.5, 1.0, 1e-3)) else {
            panic!("not exploding");
        };
        assert!((factor - 2.0).abs() < 1e-9, "{factor}");
        assert!((times / libm::pow(2.0, 29.0) - 1.0).abs() < 1e-9, "{times}");
    }

    #[test]
    fn what_grows_or_fades_forwards_is_seen_where_the_gradients_of_weights_are_even() {
        // With relu ‖∂J/∂W‖ is a product of what shrinks and of what grows.
        let growing = plain(&layers(30, 1.0, 4.0, 1e-3));
        assert!(
            matches!(growing, Diagnosis::Growing { factor, .. } if (factor - 4.0).abs() < 1e-9)
        );
        let fading = plain(&layers(30, 1.0, 0.7, 1e-3));
        assert!(matches!(fading, Diagnosis::Fading { factor, times }
            if (factor - 1.0 / 0.7).abs() < 1e-9 && times > 1e4));
    }

    #[test]
    fn a_signal_that_fades_shows_at_the_output_though_hidden_units_differ() {
        let mut figures = layers(12, 1.0, 1.0, 1e-6);
        figures[11].spread = libm::pow(4.0, -11.0);
        let fading = plain(&figures);
        assert!(matches!(fading, Diagnosis::Fading { factor, .. } if (factor - 4.0).abs() < 1e-9));
        figures[11].spread = 0.0;
        let gone = plain(&figures);
        assert!(matches!(gone, Diagnosis::Fading { times, .. } if times == f64::INFINITY));
    }

    #[test]
    fn what_explodes_is_graver_than_what_is_dead_and_weights_beyond_bounds_are_overflow() {
        let mut figures = layers(30, 1.0, 2.0, 1e-3);
        figures[3].idle = 1.0;
        assert!(matches!(diagnosed(&figures, Idle::Dead, false), Diagnosis::Growing { .. }));
        let mut figures = layers(4, 1.0, 1.0, 1e-3);
        (figures[2].weights, figures[1].idle) = (1e13, 1.0);
        let found = diagnosed(&figures, Idle::Dead, false);
        assert_eq!(found, Diagnosis::NotFinite { layer: 2 });
    }

    #[test]
    fn two_layers_and_one_are_judged_like_many() {
        assert!(matches!(plain(&layers(2, 5.0, 1.0, 1e-3)), Diagnosis::Healthy { .. }));
        assert!(matches!(plain(&layers(2, 150.0, 1.0, 1e-3)), Diagnosis::Vanishing { .. }));
        assert!(matches!(
            plain(&layers(1, 5.0, 1.0, 1e-3)),
            Diagnosis::Healthy { ratios: Some(_) }
        ));
        assert!(matches!(plain(&[]), Diagnosis::Healthy { ratios: None }));
    }

    #[test]
    fn idle_units_are_dead_or_saturated_as_the_activation_has_it() {
        let mut figures = layers(5, 1.0, 1.0, 1e-3);
        (figures[1].idle, figures[2].idle) = (0.7, 0.9);
        // The last layer has no activation.
        figures[4].idle = 1.0;
        let of = |idle| diagnosed(&figures, idle, false);
        assert_eq!(of(Idle::Dead), Diagnosis::Dead { layers: 2, worst: 2, share: 0.9 });
        assert_eq!(of(Idle::Below(0.05)), Diagnosis::Saturated { layers: 2, worst: 2, share: 0.9 });
        assert!(matches!(of(Idle::Never), Diagnosis::Healthy { .. }));
    }

    #[test]
    fn units_that_began_alike_are_said_to_be_unless_there_is_one_layer() {
        let figures = layers(3, 1.0, 1.0, 0.0);
        assert_eq!(diagnosed(&figures, Idle::Dead, true), Diagnosis::Alike);
        assert_ne!(diagnosed(&figures[..1], Idle::Dead, true), Diagnosis::Alike);
    }

    #[test]
    fn what_is_not_finite_is_found_where_it_began() {
        let mut figures = layers(5, 1.0, 1.0, 1e-3);
        figures[1].gradient = f64::NAN;
        figures[2].gradient = f64::INFINITY;
        assert_eq!(plain(&figures), Diagnosis::NotFinite { layer: 2 });
        figures[3].spread = f64::INFINITY;
        assert_eq!(plain(&figures), Diagnosis::NotFinite { layer: 3 });
        for layer in &mut figures {
            layer.weights = f64::NAN;
        }
        assert_eq!(plain(&figures), Diagnosis::NotFinite { layer: 0 });
    }

    #[test]
    fn steps_are_too_long_or_too_short_only_where_they_are_in_every_layer() {
        let ratio = |figures: &[LayerFigures]| match plain(figures) {
            Diagnosis::TooLong { ratio, .. } => ratio,
            Diagnosis::TooShort { ratio, .. } => -ratio,
            _ => 0.0,
        };
        assert!((ratio(&layers(4, 1.0, 1.0, 0.03)) - 0.03).abs() < 1e-12);
        assert!((ratio(&layers(4, 1.0, 1.0, 3e-6)) + 3e-6).abs() < 1e-12);
        let mut figures = layers(4, 1.0, 1.0, 0.03);
        figures[2].update = 3e-3;
        assert_eq!(plain(&figures), Diagnosis::Healthy { ratios: Some([1e-3, 0.03]) });
        // At the end of a run no step is taken.
        for layer in &mut figures {
            layer.update = f64::NAN;
        }
        assert_eq!(plain(&figures), Diagnosis::Healthy { ratios: None });
    }

    #[test]
    fn long_steps_are_told_from_harmful_ones_and_short_ones_from_rest() {
        let of = |ratio: f64, rises: bool, gradient_left: f64| {
            let known = Circumstances { idle: Idle::Never, are_alike: false, rises, gradient_left };
            Diagnosis::of(&layers(4, 1.0, 1.0, ratio), &known)
        };
        for rises in [false, true] {
            let found = of(0.03, rises, 1.0);
            assert!(matches!(found, Diagnosis::TooLong { rises: told, .. } if told == rises));
        }
        for (left, rests) in [(0.5, false), (1e-4, true)] {
            let found = of(3e-6, false, left);
            assert!(matches!(found, Diagnosis::TooShort { is_settled, .. } if is_settled == rests));
        }
    }
}
