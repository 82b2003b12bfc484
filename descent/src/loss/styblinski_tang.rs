//! Two wells along each axis.

use super::{Formula, LossRule, Python, Words, build, polish};

struct StyblinskiTang;

/// The deeper and the shallower well of one axis.
const DEEP: f64 = -2.903_534;
const SHALLOW: f64 = 2.746_803;

pub(super) static RULE: LossRule = LossRule {
    key: "styblinski_tang",
    name: Words { en: "Styblinski–Tang", zh: "Styblinski–Tang 函数" },
    formula: |_| "J(x, y) = ½(x⁴ − 16x² + 5x + y⁴ − 16y² + 5y)".to_owned(),
    source: "Styblinski and Tang, Neural Networks 3 (1990) 467",
    knobs: &[],
    start: |_| vec![0.3, -0.5],
    window: |_| [-4.8, 4.8, -4.1, 4.1],
    rates: |_| [1e-3, 0.2],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| {
        let deepest = polish(&StyblinskiTang, &[[DEEP, DEEP]]);
        StyblinskiTang.value([deepest[0][0], deepest[0][1]])
    },
    minima: |_| {
        polish(
            &StyblinskiTang,
            &[[DEEP, DEEP], [DEEP, SHALLOW], [SHALLOW, DEEP], [SHALLOW, SHALLOW]],
        )
    },
    python: Python::Formula {
        parts: &[("x2", "x * x"), ("y2", "y * y")],
        value: "0.5 * (x2 * (x2 - 16) + 5 * x) + 0.5 * (y2 * (y2 - 16) + 5 * y)",
        gradient: &["x * (2 * x2 - 16) + 2.5", "y * (2 * y2 - 16) + 2.5"],
        hessian: &["6 * x2 - 16", "0", "6 * y2 - 16"],
    },
    build: |_| build(StyblinskiTang),
};

fn well(x: f64) -> f64 {
    let x2 = x * x;
    0.5 * (x2 * (x2 - 16.0) + 5.0 * x)
}

fn slope(x: f64) -> f64 {
    x * (2.0 * (x * x) - 16.0) + 2.5
}

impl Formula<2> for StyblinskiTang {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        well(x) + well(y)
    }

    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [slope(x), slope(y)]
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        [[6.0 * (x * x) - 16.0, 0.0], [0.0, 6.0 * (y * y) - 16.0]]
    }
}
