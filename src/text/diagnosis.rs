//! What ails a network, in words and numbers.

use super::{count, figure, percent, raised};
use crate::descent::{Diagnosis, LayerFigures, update_ratio};

/// What the sentence of a diagnosis is made from: the figures formatted.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What is the matter.
    pub diagnosis: Diagnosis,
    /// How many layers there are.
    pub layers: String,
    /// Whether there is but one.
    pub is_single: bool,
    /// How many of the hidden layers it concerns, and how many of those there are.
    pub concerned: [String; 2],
    /// The layer it concerns most, counted from 1.
    pub layer: String,
    /// The share of its units, in percent.
    pub share: String,
    /// The factor from layer to layer.
    pub factor: String,
    /// What that comes to over all layers: a power of ten where it is large; none where
    /// it is beyond all bounds.
    pub times: Option<String>,
    /// Whether the steps are about as long in the first layer as in the last.
    pub is_even: bool,
    /// The updates as shares of the weights in percent: one of all, or the smallest and the
    /// largest; none where no step is taken.
    pub ratios: Option<[String; 2]>,
}

impl Finding {
    /// The updates as a share of the weights in percent, where it is one of all.
    pub(super) fn mean_ratio(&self) -> &str {
        self.ratios.as_ref().map_or("0", |[mean, _]| mean)
    }

    /// Of a network with so many layers.
    #[must_use]
    pub fn of(diagnosis: Diagnosis, layers: usize) -> Self {
        use Diagnosis as D;
        let (factor, total) = match diagnosis {
            D::Vanishing { factor, slower } => (factor, slower),
            D::Exploding { factor, times }
            | D::Fading { factor, times }
            | D::Growing { factor, times } => (factor, times),
            _ => (1.0, 1.0),
        };
        let (concerned, layer, share) = match diagnosis {
            D::Dead { layers, worst, share } | D::Saturated { layers, worst, share } => {
                (layers, worst, share)
            }
            D::NotFinite { layer } => (0, layer, 0.0),
            _ => (0, 0, 0.0),
        };
        let ratios = match diagnosis {
            D::TooLong { ratio, .. } | D::TooShort { ratio, .. } => Some([ratio; 2]),
            D::Healthy { ratios } => ratios,
            _ => None,
        };
        Self {
            diagnosis,
            layers: count(layers),
            is_single: layers == 1,
            concerned: [concerned, layers.saturating_sub(1)].map(count),
            layer: count(layer + 1),
            share: percent(share),
            factor: figure(factor, 2),
            times: total.is_finite().then(|| times(total)),
            is_even: total < 10.0,
            ratios: ratios.map(|ratios| ratios.map(percent)),
        }
    }
}

/// How many times: two figures, or the nearest power of ten.
fn times(number: f64) -> String {
    if number < 1000.0 {
        return figure(number, 2);
    }
    #[expect(clippy::cast_possible_truncation, reason = "exponents of doubles are small")]
    let exponent = libm::round(libm::log10(number)) as i32;
    format!("10{}", raised(exponent))
}

/// The figures of a layer in words.
pub struct LayerWords {
    /// Its number, counted from 1.
    pub number: String,
    /// ‖∂J/∂W‖, ‖W‖, and ‖ΔW‖ where a step is taken; none where it has left all bounds.
    pub norms: [Option<String>; 3],
    /// Whether a step is taken.
    pub has_step: bool,
    /// ‖ΔW‖ over ‖W‖ in percent, and how it lies to the band: −1, 0 or 1.
    pub ratio: Option<(String, i8)>,
    /// The spread of what it hands on.
    pub spread: Option<String>,
    /// The share of idle units in percent.
    pub idle: String,
}

impl LayerWords {
    /// Of the layer with this place, counted from 0.
    #[must_use]
    pub fn of(layer: usize, figures: &LayerFigures, has_step: bool) -> Self {
        let number = |value: f64| value.is_finite().then(|| figure(value, 2));
        let [low, high] = crate::descent::HEALTHY_RATIOS;
        let ratio = update_ratio(figures).map(|ratio| {
            let side = i8::from(ratio > high) - i8::from(ratio < low);
            (percent(ratio), side)
        });
        Self {
            number: count(layer + 1),
            norms: [figures.gradient, figures.weights, figures.update].map(number),
            has_step,
            ratio,
            spread: number(figures.spread),
            idle: percent(figures.idle),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::of;
    use super::*;
    use crate::descent::network::{ACTIVATIONS, INITIALISATIONS};
    use crate::descent::{Language, Remedy};

    fn said(diagnosis: Diagnosis, layers: usize) -> [String; 2] {
        let finding = Finding::of(diagnosis, layers);
        Language::ALL
            .map(|language| super::super::sentence_of(&(of(language).layers.diagnosis)(&finding)))
    }

    #[test]
    fn the_sentence_says_by_how_much_and_what_it_comes_to() {
        let vanishing = Diagnosis::Vanishing { factor: 4.02, slower: 1.1e7 };
        let [english, _] = said(vanishing, 12);
        let expected = "Vanishing gradient: on its way back it shrinks by 4.0 from layer to layer: layer 1 learns 10⁷ times slower than layer 12.";
        assert_eq!(english, expected);
        let [english, _] = said(Diagnosis::Vanishing { factor: 4.0, slower: 1.2 }, 12);
        assert!(english.ends_with("its steps are about as long in layer 1 as in layer 12."));
        let [english, _] = said(Diagnosis::Vanishing { factor: 4.0, slower: f64::INFINITY }, 12);
        assert!(english.ends_with("nothing of it reaches layer 1."), "{english}");
    }

    #[test]
    fn every_diagnosis_is_a_sentence_in_both_languages() {
        use Diagnosis as D;
        let (factor, times, share) = (3.0, 250.0, 0.97);
        let all = [
            D::NotFinite { layer: 2 },
            D::Alike,
            D::Dead { layers: 3, worst: 4, share },
            D::Dead { layers: 1, worst: 4, share: 1.0 },
            D::Exploding { factor, times },
            D::Exploding { factor, times: f64::INFINITY },
            D::Fading { factor, times },
            D::Fading { factor: f64::INFINITY, times: f64::INFINITY },
            D::Growing { factor, times },
            D::Saturated { layers: 6, worst: 4, share },
            D::TooLong { ratio: 0.034, rises: true },
            D::TooLong { ratio: 0.034, rises: false },
            D::TooShort { ratio: 2e-7, is_settled: false },
            D::TooShort { ratio: 0.0, is_settled: true },
            D::Healthy { ratios: Some([5e-4, 8e-3]) },
            D::Healthy { ratios: None },
        ];
        for diagnosis in all {
            for layers in [1, 12] {
                for sentence in said(diagnosis, layers) {
                    let ends = sentence.ends_with(['.', '\u{3002}']);
                    assert!(ends && !sentence.contains("NaN"), "{sentence}");
                    assert!(sentence.chars().count() < 190, "{sentence}");
                }
            }
        }
    }

    #[test]
    fn remedies_are_named_in_both_languages() {
        let scale = |is_sigma, is_larger| Remedy::Scale { is_sigma, is_larger };
        let remedies = [
            Remedy::Activation(ACTIVATIONS[1].instead),
            Remedy::Start(INITIALISATIONS[2]),
            scale(true, true),
            scale(false, true),
            scale(false, false),
            Remedy::Clip,
            Remedy::SmallerRate,
            Remedy::LargerRate,
            Remedy::FewerLayers,
            Remedy::OwnSteps,
        ];
        let english = (of(Language::English).layers.remedies)(&remedies[..2]);
        assert_eq!(english, " What would help: Tanh or ReLU; initial weights by He (Kaiming).");
        for language in Language::ALL {
            assert_eq!((of(language).layers.remedies)(&[]), "");
            let all = (of(language).layers.remedies)(&remedies);
            assert_eq!(all.matches([';', '\u{ff1b}']).count(), remedies.len() - 1, "{all}");
        }
    }

    #[test]
    fn the_figures_of_a_layer_are_read_out() {
        let figures = LayerFigures {
            gradient: 1.2e-5,
            weights: 3.4,
            update: 0.068,
            spread: 0.21,
            idle: 0.12,
        };
        let words = LayerWords::of(2, &figures, true);
        let said = (of(Language::English).layers.figures)(&words, Some("saturated"));
        assert_eq!(
            said,
            "Layer 3: gradient 1.2×10⁻⁵, weights 3.4, update 0.068: 2.0 % of the weights, above the band; spread 0.21, 12 % saturated"
        );
        let lost = LayerFigures { gradient: f64::NAN, update: f64::NAN, ..figures };
        let words = LayerWords::of(2, &lost, false);
        let said = (of(Language::English).layers.figures)(&words, None);
        assert_eq!(said, "Layer 3: gradient overflow, weights 3.4; spread 0.21");
    }
}
