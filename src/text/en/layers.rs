//! The layer view: its words, what ails a network, and what would help.

use super::super::{Finding, LayerWords, LayersText};
use crate::descent::network::ACTIVATIONS;
use crate::descent::{Diagnosis, Remedy};

pub(super) static TEXT: LayersText = LayersText {
    weights: "weights",
    limit: "limit",
    gradient: "gradient",
    update: "update",
    norms: "Norms",
    band: "healthy updates",
    ratio: "Update / weights",
    spread: "Spread of activations",
    saturated: "saturated",
    dead: "dead",
    backward: "← backward",
    layer: "layer",
    input: "input",
    output: "output",
    overflow: "overflow",
    no_step: "the run ends here",
    of_step: |step| format!("step {step}"),
    diagnosis: sentence,
    remedies,
    figures,
};

/// The words that lead, and the sentence after them.
fn sentence(found: &Finding) -> [String; 2] {
    let Finding { layers, layer, share, factor, .. } = found;
    let times = found.times.as_deref();
    let [concerned, hidden] = &found.concerned;
    let (lead, rest) = match found.diagnosis {
        Diagnosis::NotFinite { .. } => (
            "Overflow:",
            format!(" numbers have left all bounds, first in layer *{layer}*. What follows is no training any more."),
        ),
        Diagnosis::Alike => (
            "All units alike:",
            " weights that begin at zero give every unit of a layer the same gradient, or none, so that no unit ever becomes another.".to_owned(),
        ),
        Diagnosis::Dead { share: all, .. } if all >= 1.0 => (
            "Dead units:",
            format!(" in layer *{layer}* all of them give 0 for every sample. No gradient passes, so what lies before it learns nothing more."),
        ),
        Diagnosis::Dead { .. } => (
            "Dead units:",
            format!(" most give 0 for every sample in *{concerned}* of {hidden} hidden layers, *{share} %* in layer {layer}. No gradient passes them, so they stay dead."),
        ),
        Diagnosis::Vanishing { .. } => {
            let comes_to = match times {
                None => "nothing of it reaches layer 1".to_owned(),
                Some(_) if found.is_even => format!("this optimizer makes up for it, its steps are about as long in layer 1 as in layer {layers}"),
                Some(times) => format!("layer 1 learns *{times}* times slower than layer {layers}"),
            };
            ("Vanishing gradient:", format!(" on its way back it shrinks by *{factor}* from layer to layer: {comes_to}."))
        }
        Diagnosis::Exploding { .. } => (
            "Exploding gradient:",
            format!(" on its way back it grows by *{factor}* from layer to layer, to *{}* times as much in layer 1 as in layer {layers}. No one rate suits both.", times.unwrap_or("∞")),
        ),
        Diagnosis::Growing { .. } => (
            "Exploding signal:",
            format!(" it grows by *{factor}* from layer to layer, to *{}* times as much at the output, and the gradients of all layers with it.", times.unwrap_or("∞")),
        ),
        Diagnosis::Fading { .. } => (
            "Vanishing signal:",
            match times {
                None => " the output is the same whatever comes in, so that no layer learns anything of the input.".to_owned(),
                Some(times) => format!(" it shrinks by *{factor}* from layer to layer, *{times}* times in all. The output hardly depends on the input, and all gradients are small."),
            },
        ),
        Diagnosis::Saturated { .. } => (
            "Saturated units:",
            format!(" in *{concerned}* of {hidden} hidden layers most outputs lie where the activation is flat, *{share} %* in layer {layer}. Little gradient passes there."),
        ),
        Diagnosis::TooLong { rises, .. } => {
            let harm = if rises { "With this one the loss rises." } else { "As long as the loss falls that does no harm." };
            ("Long steps:", format!(" each changes every layer by more than 1 % of its weights, on average by *{} %*. {harm}", found.mean_ratio()))
        }
        Diagnosis::TooShort { is_settled, .. } => {
            let why = if is_settled { "The gradient is all but gone: the network is at rest." } else { "The network hardly learns." };
            ("Short steps:", format!(" none changes any layer by more than 0.01 % of its weights, on average by *{} %*. {why}", found.mean_ratio()))
        }
        Diagnosis::Healthy { .. } => healthy(found),
    };
    [lead.to_owned(), rest]
}

fn healthy(found: &Finding) -> (&'static str, String) {
    let (lead, rest) = if found.is_single {
        ("One layer:", " the gradient has no way to go on which it could vanish or explode")
    } else {
        ("Healthy:", " the gradient neither vanishes nor explodes on its way back")
    };
    let steps = match &found.ratios {
        Some([low, high]) if low == high => format!("; a step changes the weights by *{low} %*."),
        Some([low, high]) => format!("; a step changes the weights by *{low}* to *{high} %*."),
        None => ".".to_owned(),
    };
    (lead, rest.to_owned() + &steps)
}

/// What would help, as a further sentence; nothing of nothing.
fn remedies(remedies: &[Remedy]) -> String {
    if remedies.is_empty() {
        return String::new();
    }
    let named: Vec<String> = remedies.iter().map(remedy).collect();
    format!(" What would help: {}.", named.join("; "))
}

fn remedy(remedy: &Remedy) -> String {
    match remedy {
        Remedy::Activation(keys) => {
            let named = ACTIVATIONS.iter().filter(|rule| keys.contains(&rule.key));
            named.map(|rule| rule.name.en).collect::<Vec<_>>().join(" or ")
        }
        Remedy::Start(rule) => format!("initial weights by {}", rule.name.en),
        Remedy::Scale { is_sigma, is_larger } => {
            let size = if *is_larger { "larger" } else { "smaller" };
            format!("a {size} {}", if *is_sigma { "σ" } else { "gain" })
        }
        Remedy::Clip => "clipping the gradient".to_owned(),
        Remedy::SmallerRate => "a smaller rate".to_owned(),
        Remedy::LargerRate => "a larger rate".to_owned(),
        Remedy::FewerLayers => "fewer layers".to_owned(),
        Remedy::OwnSteps => "an optimizer such as Adam".to_owned(),
    }
}

/// The figures of a layer; with what idle units are called, if there can be any.
fn figures(words: &LayerWords, idle: Option<&str>) -> String {
    let lost = |figure: &Option<String>| figure.clone().unwrap_or_else(|| "overflow".to_owned());
    let [gradient, weights, update] = words.norms.each_ref().map(lost);
    let mut said = format!("Layer {}: gradient {gradient}, weights {weights}", words.number);
    if words.has_step {
        said.push_str(", update ");
        said.push_str(&update);
    }
    if let Some((ratio, side)) = &words.ratio {
        let place = match side {
            -1 => "below the band",
            1 => "above the band",
            _ => "in the band",
        };
        said.extend([": ", ratio, " % of the weights, ", place]);
    }
    said.push_str("; spread ");
    said.push_str(&lost(&words.spread));
    if let Some(idle) = idle {
        said.extend([", ", &words.idle, " % ", idle]);
    }
    said
}
