//! A fully connected network with one output, on two features or one.

mod adapter;
mod python;

use std::cell::RefCell;

use super::super::data::{self, EITHER, Task, mean, recipe};
use super::super::network::{
    ACTIVATION_NAMES, ACTIVATIONS, ActivationRule, ERROR_NAMES, ERRORS, ErrorRule,
    INITIALISATION_NAMES, INITIALISATIONS, InitialParameters, InitialisationRule, Shape,
};
use super::super::{Making, Named, Scale};
use super::linear_regression::{STANDARDIZE, penalty};
use super::residual::place;
use super::{Knob, LossRule, Python, Setting, Words};
use adapter::OnSamples;

static DATA: [Named; EITHER_COUNT] = data::names(&EITHER);
const EITHER_COUNT: usize = EITHER.len();

pub(super) static RULE: LossRule = LossRule {
    key: "network",
    name: Words { en: "Neural network", zh: "神经网络" },
    formula,
    // Networks in general and the chance of a class, initial weights with and without
    // kinks in the activation, weights that keep lengths, activations.
    source: "Rumelhart, Hinton and Williams, Nature 323 (1986) 533; Glorot and Bengio (2010); He, Zhang, Ren and Sun (2015); Saxe, McClelland and Ganguli (2014); Maas, Hannun and Ng (2013); Hendrycks and Gimpel (2016)",
    knobs: KNOBS,
    start,
    window,
    rates,
    has_constant_hessian: |_| false,
    sets: &EITHER,
    applies,
    lowest: |_| 0.0,
    minima: |_| Vec::new(),
    python: Python::OnData(python::lines),
    build: |setting| Box::new(OnSamples::new(setting)),
};

const KNOBS: &[Knob] = &[
    Knob::choice("data", Words { en: "Data", zh: "数据" }, &DATA),
    Knob {
        key: "depth",
        name: Words { en: "Depth, layers", zh: "深度（层数）" },
        default: 3.0,
        min: 1.0,
        max: 50.0,
        scale: Scale::Integer,
    },
    Knob {
        key: "width",
        name: Words { en: "Width, units", zh: "宽度（单元数）" },
        default: 16.0,
        min: 1.0,
        max: 64.0,
        scale: Scale::Integer,
    },
    Knob {
        default: TANH,
        ..Knob::choice("activation", Words { en: "Activation", zh: "激活函数" }, &ACTIVATION_NAMES)
    },
    Knob {
        default: XAVIER,
        ..Knob::choice(
            "init",
            Words { en: "Initial weights", zh: "权重初始化" },
            &INITIALISATION_NAMES,
        )
    },
    Knob {
        key: "sigma",
        name: Words { en: "σ of the weights", zh: "权重的 σ" },
        default: 0.1,
        min: 0.0,
        max: 10.0,
        scale: Scale::FromZero,
    },
    Knob {
        key: "gain",
        name: Words { en: "Gain", zh: "增益" },
        default: 1.0,
        min: 0.0,
        max: 10.0,
        scale: Scale::FromZero,
    },
    Knob {
        key: "init_seed",
        name: Words { en: "Weight seed", zh: "权重种子" },
        default: 0.0,
        min: 0.0,
        max: 999.0,
        scale: Scale::Integer,
    },
    Knob::switch("bias", Words { en: "Biases b", zh: "偏置 b" }, true),
    Knob::choice("error", Words { en: "Error", zh: "误差" }, &ERROR_NAMES),
    penalty("l1", Words { en: "L1 penalty λ₁", zh: "L1 正则化 λ₁" }),
    penalty("l2", Words { en: "L2 penalty λ₂", zh: "L2 正则化 λ₂" }),
    // Millimetres would saturate every unit.
    Knob { default: 1.0, ..STANDARDIZE },
    recipe::COUNT,
    recipe::NOISE,
    recipe::OUTLIERS,
    recipe::DATA_SEED,
];

const DEPTH_PLACE: usize = 1;
const WIDTH_PLACE: usize = 2;
const ACTIVATION_PLACE: usize = 3;
const INIT_PLACE: usize = 4;
const SIGMA_PLACE: usize = 5;
const GAIN_PLACE: usize = 6;
const SEED_PLACE: usize = 7;
const BIAS_PLACE: usize = 8;
const ERROR_PLACE: usize = 9;
const L1_PLACE: usize = 10;
const L2_PLACE: usize = 11;
const STANDARDIZE_PLACE: usize = 12;
const COUNT_PLACE: usize = 13;

/// The place of tanh among the activations.
const TANH: f64 = 2.0;
/// The place of Glorot and Bengio's weights among the initialisations.
const XAVIER: f64 = 1.0;

fn shape(setting: &Setting) -> Shape {
    Shape {
        inputs: RULE.task(setting).unwrap_or(Task::Classification).features(),
        depth: place(setting[DEPTH_PLACE]),
        width: place(setting[WIDTH_PLACE]),
        bias: setting[BIAS_PLACE] > 0.0,
    }
}

fn activation(setting: &Setting) -> &'static ActivationRule {
    ACTIVATIONS[place(setting[ACTIVATION_PLACE])]
}

fn initialisation(setting: &Setting) -> &'static InitialisationRule {
    INITIALISATIONS[place(setting[INIT_PLACE])]
}

fn making(setting: &Setting) -> Making {
    let start = initialisation(setting);
    let sigma = if start.has_sigma { setting[SIGMA_PLACE] } else { 1.0 };
    Making { activation: activation(setting), start, sigma, gain: setting[GAIN_PLACE] }
}

/// The error chosen; where it needs classes and there are none, the first that does not.
fn error(setting: &Setting) -> &'static ErrorRule {
    let chosen = ERRORS[place(setting[ERROR_PLACE])];
    if !chosen.needs_classes || RULE.task(setting) == Some(Task::Classification) {
        return chosen;
    }
    ERRORS.iter().find(|error| !error.needs_classes).copied().unwrap_or(chosen)
}

/// The choice of an error that needs classes where there are none: its place, and what is
/// taken instead.
pub(super) fn unfit_error(rule: &LossRule, setting: &Setting) -> Option<(usize, &'static str)> {
    let is_taken = *rule != RULE || error(setting) == ERRORS[place(setting[ERROR_PLACE])];
    (!is_taken).then(|| (ERROR_PLACE, error(setting).key))
}

fn applies(knobs: &[f64], knob: usize) -> bool {
    let set = &EITHER[place(knobs[0])];
    match knob {
        // One layer has no hidden units.
        WIDTH_PLACE | ACTIVATION_PLACE => knobs[DEPTH_PLACE] > 1.0,
        SIGMA_PLACE => INITIALISATIONS[place(knobs[INIT_PLACE])].has_sigma,
        // A person's own may have classes.
        ERROR_PLACE => set.task() != Some(Task::Regression),
        COUNT_PLACE.. => set.is_made_up(),
        _ => true,
    }
}

thread_local! {
    /// The latest drawn: they are asked for at every change, and deep networks have
    /// hundreds of thousands.
    static LATEST: RefCell<Option<InitialParameters>> = const { RefCell::new(None) };
}

fn start(setting: &Setting) -> Vec<f64> {
    let shape = shape(setting);
    let scaling = [SIGMA_PLACE, GAIN_PLACE].map(|place| setting[place]);
    let seed = place(setting[SEED_PLACE]) as u64;
    let known = LATEST.take();
    let rule = initialisation(setting);
    let drawn = InitialParameters::draw(&shape, rule, scaling, seed, known.as_ref());
    let theta = drawn.theta().to_vec();
    LATEST.set(Some(drawn));
    theta
}

/// Around the first two parameters: of the few networks that have but two, a line's usual
/// slopes and heights.
fn window(setting: &Setting) -> [f64; 4] {
    let theta = start(setting);
    let around = |axis: usize| {
        let reach = 4.0 + 2.0 * theta.get(axis).map_or(0.0, |parameter| parameter.abs());
        [-reach, reach]
    };
    let [[x0, x1], [y0, y1]] = [around(0), around(1)];
    [x0, x1, y0, y1]
}

/// The same whatever depth and weights, so that a rate stays where it is while they are
/// changed: that the same rate does something else is what is to be seen. Of features
/// that are not standardized the slopes grow with their squares.
fn rates(setting: &Setting) -> [f64; 2] {
    let mut unit = 1.0;
    if setting[STANDARDIZE_PLACE] == 0.0 {
        let samples = RULE.samples(setting);
        let square = |column: usize| {
            let squares: Vec<f64> = samples.column(column).iter().map(|x| x * x).collect();
            mean(&squares)
        };
        unit += (0..samples.features()).map(square).sum::<f64>();
        unit = if unit.is_finite() { unit.min(1e20) } else { 1e20 };
    }
    [1e-4 / unit, 10.0 / unit]
}

fn formula(setting: &Setting) -> String {
    let depth = place(setting[DEPTH_PLACE]);
    let has_bias = setting[BIAS_PLACE] > 0.0;
    let below = |number: usize| -> String {
        let digit = |c: char| "₀₁₂₃₄₅₆₇₈₉".chars().nth(c.to_digit(10).unwrap_or(0) as usize);
        number.to_string().chars().filter_map(digit).collect()
    };
    let layer = |number: usize, of: &str| {
        let number = below(number);
        let bias = if has_bias { format!(" + b{number}") } else { String::new() };
        format!("W{number} {of}{bias}")
    };
    let mut z = layer(1, "x");
    if depth > 3 {
        z = "… ".to_owned() + &z + " …";
    }
    // Of many layers the last two say enough.
    for number in if depth > 3 { depth - 1..=depth } else { 2..=depth } {
        z = layer(number, &format!("φ({z})"));
    }
    let with = |condition: bool, text: &str| (if condition { text } else { "" }).to_owned();
    [
        format!("J(θ) = 1/m Σ({})", error(setting).formula),
        with(setting[L2_PLACE] > 0.0, " + λ₂/2 Σw²"),
        with(setting[L1_PLACE] > 0.0, " + λ₁ Σ|w|"),
        format!(", z = {z}"),
        with(depth > 1, &format!(", {}", activation(setting).formula)),
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(changes: &[(usize, f64)]) -> Setting {
        let mut setting = RULE.defaults();
        for (place, value) in changes {
            setting[*place] = *value;
        }
        setting
    }

    #[test]
    fn the_defaults_are_named() {
        assert_eq!(KNOBS[ACTIVATION_PLACE].key, "activation");
        assert_eq!(activation(&RULE.defaults()).key, "tanh");
        assert_eq!(initialisation(&RULE.defaults()).key, "xavier");
        let keys = ["depth", "width", "activation", "init", "sigma", "gain", "init_seed", "bias"];
        let keys = keys.into_iter().chain(["error", "l1", "l2", "standardize", "count"]);
        for (place, key) in (DEPTH_PLACE..).zip(keys) {
            assert_eq!(KNOBS[place].key, key);
        }
    }

    #[test]
    fn a_formula_shows_the_first_layer_and_the_last() {
        let shallow = formula(&setting(&[(DEPTH_PLACE, 1.0)]));
        assert!(shallow.ends_with(", z = W₁ x + b₁"), "{shallow}");
        let two = formula(&setting(&[(DEPTH_PLACE, 2.0), (BIAS_PLACE, 0.0)]));
        assert!(two.contains(", z = W₂ φ(W₁ x), φ(z) = "), "{two}");
        let deep = formula(&setting(&[(DEPTH_PLACE, 12.0), (L2_PLACE, 1.0)]));
        assert!(deep.contains("z = W₁₂ φ(W₁₁ φ(… W₁ x + b₁ …) + b₁₁) + b₁₂"), "{deep}");
        assert!(deep.contains(" + λ₂/2 Σw²"), "{deep}");
    }

    #[test]
    fn curves_are_learnt_by_squares() {
        for (place, set) in (0_u8..).zip(&EITHER) {
            let setting = setting(&[(0, f64::from(place))]);
            let has_classes = set.task() != Some(Task::Regression);
            assert_eq!(error(&setting).needs_classes, has_classes, "{}", set.named.key);
            assert_eq!(unfit_error(&RULE, &setting).is_none(), has_classes, "{}", set.named.key);
            assert_eq!(start(&setting).len(), shape(&setting).dimension());
        }
    }
}
