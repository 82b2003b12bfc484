//! Three minima in a row, the middle one deepest.

use super::{Formula, LossRule, Python, Words, build, polish};

struct ThreeHumpCamel;

pub(super) static RULE: LossRule = LossRule {
    key: "three_hump_camel",
    name: Words { en: "Three-hump camel", zh: "三峰驼函数" },
    formula: |_| "J(x, y) = 2x² − 1.05x⁴ + x⁶/6 + xy + y²".to_owned(),
    source: "Dixon and Szegő, Towards Global Optimisation 2 (1978)",
    knobs: &[],
    start: |_| vec![-1.6, 1.2],
    window: |_| [-2.4, 2.4, -2.05, 2.05],
    rates: |_| [5e-3, 1.0],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| polish(&ThreeHumpCamel, &[[0.0, 0.0], [1.7476, -0.8738], [-1.7476, 0.8738]]),
    python: Python::Formula {
        parts: &[("x2", "x * x")],
        value: "x2 * (2 + x2 * (x2 / 6 - 1.05)) + x * y + y * y",
        gradient: &["x * (4 + x2 * (x2 - 4.2)) + y", "x + 2 * y"],
        hessian: &["4 + x2 * (5 * x2 - 12.6)", "1", "2"],
    },
    build: |_| build(ThreeHumpCamel),
};

impl Formula<2> for ThreeHumpCamel {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let x2 = x * x;
        x2 * (2.0 + x2 * (x2 / 6.0 - 1.05)) + x * y + y * y
    }

    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let x2 = x * x;
        [x * (4.0 + x2 * (x2 - 4.2)) + y, x + 2.0 * y]
    }

    fn hessian(&self, [x, _]: [f64; 2]) -> [[f64; 2]; 2] {
        let x2 = x * x;
        [[4.0 + x2 * (5.0 * x2 - 12.6), 1.0], [1.0, 2.0]]
    }
}
