//! A curve through points: a polynomial, and samples held out to see whether it has
//! learnt what lies behind the points or the points themselves.

mod basis;
mod curve;
mod python;
mod split;

use super::super::data::{self, REGRESSION, recipe};
use super::super::{Named, Scale};
use super::linear_regression::{STANDARDIZE, penalty};
use super::residual::{self, DELTA, ERROR, REDUCTION, place};
use super::{Knob, LossRule, Python, Setting, Words};
use basis::BASIS;
use curve::Curve;

/// The names of the data sets.
static DATA: [Named; REGRESSION_COUNT] = data::names(&REGRESSION);
const REGRESSION_COUNT: usize = REGRESSION.len();

pub(super) static RULE: LossRule = LossRule {
    key: "polynomial_regression",
    name: Words { en: "Polynomial regression", zh: "多项式回归" },
    formula,
    source: "Gergonne, Application de la méthode des moindres quarrés à l'interpolation des suites (1815)",
    knobs: &[
        Knob { default: WAVE, ..Knob::choice("data", Words { en: "Data", zh: "数据" }, &DATA) },
        Knob {
            key: "degree",
            name: Words { en: "Degree", zh: "次数" },
            default: 3.0,
            min: 1.0,
            max: 12.0,
            scale: Scale::Integer,
        },
        BASIS,
        REDUCTION,
        penalty("l1", Words { en: "L1 penalty λ₁", zh: "L1 正则化 λ₁" }),
        penalty("l2", Words { en: "L2 penalty λ₂", zh: "L2 正则化 λ₂" }),
        // High powers of millimetres would leave every bound.
        Knob { default: 1.0, ..STANDARDIZE },
        ERROR,
        DELTA,
        Knob {
            key: "held_out",
            name: Words { en: "Share held out", zh: "留出比例" },
            default: 0.3,
            min: 0.0,
            max: 0.5,
            scale: Scale::Linear,
        },
        Knob {
            key: "split",
            name: Words { en: "Seed of the split", zh: "划分种子" },
            default: 0.0,
            min: 0.0,
            max: 999.0,
            scale: Scale::Integer,
        },
        // So few that a curve of a high degree can learn them by heart.
        Knob { default: 30.0, ..recipe::COUNT },
        recipe::NOISE,
        recipe::OUTLIERS,
        recipe::DATA_SEED,
    ],
    start: |setting| vec![0.0; place(setting[DEGREE_PLACE]) + 1],
    window: |setting| Curve::new(setting).window(),
    rates: |setting| Curve::new(setting).rates(),
    has_constant_hessian: |setting| setting[ERROR_PLACE] == 0.0 && setting[L1_PLACE] == 0.0,
    sets: &REGRESSION,
    applies: |knobs, knob| match knob {
        DELTA_PLACE => place(knobs[ERROR_PLACE]) == 2,
        SPLIT_PLACE => knobs[HELD_OUT_PLACE] > 0.0,
        COUNT_PLACE.. => REGRESSION[place(knobs[0])].is_made_up(),
        _ => true,
    },
    lowest: |setting| Curve::new(setting).lowest(),
    minima: |setting| Curve::new(setting).minimum().into_iter().collect(),
    python: Python::OnData(python::lines),
    build: |setting| Box::new(Curve::new(setting)),
};

fn formula(setting: &Setting) -> String {
    let is_powers = setting[BASIS_PLACE] == 0.0;
    let degree = place(setting[DEGREE_PLACE]);
    let raised = |marks: &str| -> String {
        let digit = |c: char| marks.chars().nth(c.to_digit(10).unwrap_or(0) as usize);
        degree.to_string().chars().filter_map(digit).collect()
    };
    let (above, below) = (raised("⁰¹²³⁴⁵⁶⁷⁸⁹"), raised("₀₁₂₃₄₅₆₇₈₉"));
    let last = match (degree, is_powers) {
        (1, _) => String::new(),
        (_, true) => format!(" + … + w{below}xᵢ{above}"),
        (_, false) => format!(" + … + w{below}T{below}(xᵢ)"),
    };
    let first = if is_powers { "w₁xᵢ" } else { "w₁T₁(xᵢ)" };
    let curve = format!("w₀ + {first}{last} − yᵢ");
    let residuals = residual::formula(setting[REDUCTION_PLACE], setting[ERROR_PLACE], &curve);
    let penalty = |weight: f64, text: &'static str| if weight > 0.0 { text } else { "" };
    let l1 = penalty(setting[L1_PLACE], " + λ₁Σ|wₖ|");
    let l2 = penalty(setting[L2_PLACE], " + λ₂/2 Σwₖ²");
    format!("J(w) = {residuals}{l2}{l1}")
}

/// The place of the sine wave among the sets.
const WAVE: f64 = 6.0;

const DEGREE_PLACE: usize = 1;
const BASIS_PLACE: usize = 2;
const REDUCTION_PLACE: usize = 3;
const L1_PLACE: usize = 4;
const L2_PLACE: usize = 5;
const STANDARDIZE_PLACE: usize = 6;
const ERROR_PLACE: usize = 7;
const DELTA_PLACE: usize = 8;
const HELD_OUT_PLACE: usize = 9;
const SPLIT_PLACE: usize = 10;
const COUNT_PLACE: usize = 11;
