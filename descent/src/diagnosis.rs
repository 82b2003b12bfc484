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
/// The spread of what passes forwards may grow by so much: what is learnt stretches it
/// some tenfold.
const GROWN: f64 = 50.0;
/// At the output it may be smaller by so much than behind the first layer.
const FADED: f64 = 1000.0;
/// A gradient that has fallen to this share has all but gone.
const SETTLED: f64 = 0.01;
/// A layer with this share of idle units counts: of narrow layers of ReLUs, some have as
/// many from the start and learn all the same.
const MOSTLY: f64 = 0.5;
/// One with this share of dead units lets hardly anything through.
const BLOCKED: f64 = 0.9;

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
    /// All but a few units of a layer are dead, or most of those of half of the layers.
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
        if idle == Idle::Dead && (share >= BLOCKED || (layers > 0 && 2 * layers >= hidden.len())) {
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
    if total(spread, figures) >= GROWN {
        return Some(Diagnosis::Growing { factor: spread, times: last.spread / first.spread });
    }
    // What still tells samples apart is seen at the output alone: the units of a hidden
    // layer differ from each other, whatever comes in.
    let times = first.spread / last.spread;
    if times >= FADED {
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
mod tests;
