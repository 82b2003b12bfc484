//! A line through points, or a plane over two features, with or without an intercept.

mod line;
mod moments;
mod python;
mod robust;
mod squared;
mod two_features;

use super::super::Named;
use super::super::Scale;
use super::super::data::{self, LINEAR, recipe};
use super::residual::{self, DELTA, ERROR, REDUCTION, place};
use super::{Curvature, FEATURES, Formula, Knob, LossRule, Minima, Python, Setting, Words, build};
use line::Line;
use robust::Robust;
use squared::Squared;
use two_features::TwoFeatures;

/// The names of the data sets.
static DATA: [Named; LINEAR_COUNT] = data::names(&LINEAR);
const LINEAR_COUNT: usize = LINEAR.len();

pub(super) static RULE: LossRule = LossRule {
    key: "linear_regression",
    name: Words { en: "Linear regression", zh: "线性回归" },
    formula,
    source: "Legendre, Nouvelles méthodes pour la détermination des orbites des comètes (1805)",
    knobs: &[
        Knob::choice("data", Words { en: "Data", zh: "数据" }, &DATA),
        Knob::switch("intercept", Words { en: "Intercept b", zh: "截距 b" }, true),
        REDUCTION,
        penalty("l1", Words { en: "L1 penalty λ₁", zh: "L1 正则化 λ₁" }),
        penalty("l2", Words { en: "L2 penalty λ₂", zh: "L2 正则化 λ₂" }),
        Knob { max: 2.0, scale: Scale::Named(&STANDARDIZED), ..STANDARDIZE },
        ERROR,
        DELTA,
        recipe::COUNT,
        recipe::NOISE,
        recipe::OUTLIERS,
        recipe::DATA_SEED,
        Knob {
            key: FEATURES,
            name: Words { en: "Features", zh: "特征数" },
            default: 1.0,
            min: 1.0,
            max: 2.0,
            scale: Scale::Integer,
        },
    ],
    // Where most programs begin.
    start: |knobs| vec![0.0; RULE.features(knobs) + usize::from(knobs[1] > 0.0)],
    window: |knobs| match TwoFeatures::of(knobs) {
        Some(plane) => plane.window(),
        None => Line::new(knobs).window(),
    },
    rates: |knobs| match TwoFeatures::of(knobs) {
        Some(plane) => plane.rates(),
        None => Line::new(knobs).rates(),
    },
    has_constant_hessian: |knobs| knobs[ERROR_PLACE] == 0.0 && knobs[3] == 0.0,
    sets: &LINEAR,
    applies: |knobs, knob| match knob {
        7 => place(knobs[ERROR_PLACE]) == 2,
        // The samples say it; a choice of its own could only disagree with them.
        FEATURES_PLACE => false,
        8.. => LINEAR[place(knobs[0])].is_made_up(),
        _ => true,
    },
    lowest: |knobs| {
        if let Some(plane) = TwoFeatures::of(knobs) {
            return plane.lowest();
        }
        let line = Line::new(knobs);
        let [w, b] = line.minimum();
        match (line.is_squared(), line.has_intercept) {
            (true, true) => Squared::new(line).value([w, b]),
            (true, false) => Squared::new(line).value([w]),
            (false, true) => Robust::new(line).value([w, b]),
            (false, false) => Robust::new(line).value([w]),
        }
    },
    minima: |knobs| {
        if let Some(plane) = TwoFeatures::of(knobs) {
            return plane.minimum().into_iter().collect();
        }
        let line = Line::new(knobs);
        vec![line.minimum()[..if line.has_intercept { 2 } else { 1 }].to_vec()]
    },
    python: Python::OnData(python::lines),
    build: |knobs| {
        if let Some(plane) = TwoFeatures::of(knobs) {
            let has_intercept = knobs[1] > 0.0;
            return if has_intercept { build::<3, _>(plane) } else { build::<2, _>(plane) };
        }
        let line = Line::new(knobs);
        match (line.is_squared(), line.has_intercept) {
            (true, true) => build::<2, _>(Squared::new(line)),
            (true, false) => build::<1, _>(Squared::new(line)),
            (false, true) => build::<2, _>(Robust::new(line)),
            (false, false) => build::<1, _>(Robust::new(line)),
        }
    },
};

fn formula(setting: &Setting) -> String {
    let is_plane = RULE.features(setting) > 1;
    let [parameters, line] = match (is_plane, setting[1] > 0.0) {
        (false, true) => ["w, b", "w xᵢ + b − yᵢ"],
        (false, false) => ["w", "w xᵢ − yᵢ"],
        (true, true) => ["w, b", "w₁xᵢ₁ + w₂xᵢ₂ + b − yᵢ"],
        (true, false) => ["w", "w₁xᵢ₁ + w₂xᵢ₂ − yᵢ"],
    };
    let residuals = residual::formula(setting[2], setting[ERROR_PLACE], line);
    let penalty = |weight: f64, text: &'static str| if weight > 0.0 { text } else { "" };
    let texts = if is_plane {
        [" + λ₁(|w₁| + |w₂|)", " + λ₂/2 (w₁² + w₂²)"]
    } else {
        [" + λ₁|w|", " + λ₂/2 w²"]
    };
    let (l1, l2) = (penalty(setting[3], texts[0]), penalty(setting[4], texts[1]));
    format!("J({parameters}) = {residuals}{l2}{l1}")
}

/// The place of [`ERROR`] among the knobs.
const ERROR_PLACE: usize = 6;

/// The place of the number of features among the knobs.
const FEATURES_PLACE: usize = 12;

/// Which columns are brought to mean 0 and standard deviation 1; the first two as in
/// [`STANDARDIZE`].
static STANDARDIZED: [Named; 3] = [
    Named { key: "0", name: Words { en: "No", zh: "否" } },
    Named { key: "1", name: Words { en: "All columns", zh: "所有列" } },
    Named { key: "features", name: Words { en: "Features only", zh: "只对特征" } },
];

/// A weight of a penalty.
pub(super) const fn penalty(key: &'static str, name: Words) -> Knob {
    Knob { key, name, default: 0.0, min: 0.0, max: 100.0, scale: Scale::FromZero }
}

/// Whether columns are brought to mean 0 and standard deviation 1.
pub(super) const STANDARDIZE: Knob =
    Knob::switch("standardize", Words { en: "Standardize", zh: "标准化" }, false);
