//! A line through points, with or without an intercept.

mod line;
mod moments;
mod python;
mod robust;
mod squared;

use super::super::Named;
use super::super::Scale;
use super::super::data::{self, REGRESSION, recipe};
use super::residual::{self, DELTA, ERROR, REDUCTION, place};
use super::{Curvature, Formula, Knob, LossRule, Minima, Python, Setting, Words, build};
use line::Line;
use robust::Robust;
use squared::Squared;

/// The names of the data sets.
static DATA: [Named; REGRESSION_COUNT] = data::names(&REGRESSION);
const REGRESSION_COUNT: usize = REGRESSION.len();

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
        STANDARDIZE,
        ERROR,
        DELTA,
        recipe::COUNT,
        recipe::NOISE,
        recipe::OUTLIERS,
        recipe::DATA_SEED,
    ],
    // Where most programs begin.
    start: |knobs| vec![0.0; if knobs[1] > 0.0 { 2 } else { 1 }],
    window: |knobs| Line::new(knobs).window(),
    rates: |knobs| Line::new(knobs).rates(),
    has_constant_hessian: |knobs| knobs[ERROR_PLACE] == 0.0 && knobs[3] == 0.0,
    sets: &REGRESSION,
    applies: |knobs, knob| match knob {
        7 => place(knobs[ERROR_PLACE]) == 2,
        8.. => REGRESSION[place(knobs[0])].is_made_up(),
        _ => true,
    },
    lowest: |knobs| {
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
        let line = Line::new(knobs);
        vec![line.minimum()[..if line.has_intercept { 2 } else { 1 }].to_vec()]
    },
    python: Python::OnData(python::lines),
    build: |knobs| {
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
    let [parameters, line] =
        if setting[1] > 0.0 { ["w, b", "w xᵢ + b − yᵢ"] } else { ["w", "w xᵢ − yᵢ"] };
    let residuals = residual::formula(setting[2], setting[ERROR_PLACE], line);
    let penalty = |weight: f64, text: &'static str| if weight > 0.0 { text } else { "" };
    let (l1, l2) = (penalty(setting[3], " + λ₁|w|"), penalty(setting[4], " + λ₂/2 w²"));
    format!("J({parameters}) = {residuals}{l2}{l1}")
}

/// The place of [`ERROR`] among the knobs.
const ERROR_PLACE: usize = 6;

/// A weight of a penalty.
pub(super) const fn penalty(key: &'static str, name: Words) -> Knob {
    Knob { key, name, default: 0.0, min: 0.0, max: 100.0, scale: Scale::FromZero }
}

/// Whether columns are brought to mean 0 and standard deviation 1.
pub(super) const STANDARDIZE: Knob =
    Knob::switch("standardize", Words { en: "Standardize", zh: "标准化" }, false);
