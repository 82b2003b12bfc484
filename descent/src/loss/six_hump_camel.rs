//! Six minima, two of them deepest.

use super::{Formula, LossRule, Python, Words, build, polish};

struct SixHumpCamel;

/// One of each pair of minima; the other is its mirror image in the origin.
const MINIMA: [[f64; 2]; 6] = [
    [0.0898, -0.7127],
    [-0.0898, 0.7127],
    [1.7036, -0.7961],
    [-1.7036, 0.7961],
    [1.6071, 0.5687],
    [-1.6071, -0.5687],
];

pub(super) static RULE: LossRule = LossRule {
    key: "six_hump_camel",
    name: Words { en: "Six-hump camel", zh: "六峰驼函数" },
    formula: |_| "J(x, y) = (4 − 2.1x² + x⁴/3)x² + xy + (−4 + 4y²)y²".to_owned(),
    source: "Dixon and Szegő, Towards Global Optimisation 2 (1978)",
    knobs: &[],
    start: |_| vec![1.5, -0.4],
    window: |_| [-2.1, 2.1, -1.6, 1.6],
    rates: |_| [1e-3, 0.3],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| {
        let deepest = polish(&SixHumpCamel, &MINIMA[..1]);
        SixHumpCamel.value([deepest[0][0], deepest[0][1]])
    },
    minima: |_| polish(&SixHumpCamel, &MINIMA),
    python: Python::Formula {
        parts: &[("x2", "x * x"), ("y2", "y * y")],
        value: "x2 * (4 + x2 * (x2 / 3 - 2.1)) + x * y + y2 * (4 * y2 - 4)",
        gradient: &["x * (8 + x2 * (2 * x2 - 8.4)) + y", "x + y * (16 * y2 - 8)"],
        hessian: &["8 + x2 * (10 * x2 - 25.2)", "1", "48 * y2 - 8"],
    },
    build: |_| build(SixHumpCamel),
};

impl Formula<2> for SixHumpCamel {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let (x2, y2) = (x * x, y * y);
        x2 * (4.0 + x2 * (x2 / 3.0 - 2.1)) + x * y + y2 * (4.0 * y2 - 4.0)
    }

    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let (x2, y2) = (x * x, y * y);
        [x * (8.0 + x2 * (2.0 * x2 - 8.4)) + y, x + y * (16.0 * y2 - 8.0)]
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        let (x2, y2) = (x * x, y * y);
        [[8.0 + x2 * (10.0 * x2 - 25.2), 1.0], [1.0, 48.0 * y2 - 8.0]]
    }
}
