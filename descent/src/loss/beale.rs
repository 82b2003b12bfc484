//! Steep walls around a flat valley.

use super::{Formula, LossRule, Python, Words, build};

struct Beale;

pub(super) static RULE: LossRule = LossRule {
    key: "beale",
    name: Words { en: "Beale", zh: "Beale 函数" },
    formula: |_| "J(x, y) = (1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)²".to_owned(),
    source: "Beale, On an iterative method for finding a local minimum (1958)",
    knobs: &[],
    start: |_| vec![1.0, 1.0],
    window: |_| [-1.0, 4.5, -2.4, 2.2],
    rates: |_| [1e-4, 0.1],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| vec![vec![3.0, 0.5]],
    python: Python::Formula {
        parts: &[
            ("a", "y - 1"),
            ("b", "y * y - 1"),
            ("c", "y * y * y - 1"),
            ("p", "1.5 + x * a"),
            ("q", "2.25 + x * b"),
            ("r", "2.625 + x * c"),
        ],
        value: "p * p + q * q + r * r",
        gradient: &["2 * (p * a + q * b + r * c)", "2 * x * (p + 2 * y * q + 3 * (y * y) * r)"],
        hessian: &[
            "2 * (a * a + b * b + c * c)",
            "2 * (p + x * a + 2 * y * (q + x * b) + 3 * y * y * (r + x * c))",
            "2 * x * (x * (1 + y * y * (4 + 9 * y * y)) + 2 * q + 6 * y * r)",
        ],
    },
    build: |_| build(Beale),
};

/// The three residuals and what each is multiplied by x with: r = c − x·(1 − yⁿ).
fn residuals([x, y]: [f64; 2]) -> [(f64, f64); 3] {
    let y2 = y * y;
    let slopes = [y - 1.0, y2 - 1.0, y2 * y - 1.0];
    [
        (1.5 + x * slopes[0], slopes[0]),
        (2.25 + x * slopes[1], slopes[1]),
        (2.625 + x * slopes[2], slopes[2]),
    ]
}

impl Formula<2> for Beale {
    fn value(&self, theta: [f64; 2]) -> f64 {
        let [(p, _), (q, _), (r, _)] = residuals(theta);
        p * p + q * q + r * r
    }

    fn gradient(&self, theta: [f64; 2]) -> [f64; 2] {
        let [x, y] = theta;
        let [(p, px), (q, qx), (r, rx)] = residuals(theta);
        [2.0 * (p * px + q * qx + r * rx), 2.0 * x * (p + 2.0 * y * q + 3.0 * (y * y) * r)]
    }

    fn hessian(&self, theta: [f64; 2]) -> [[f64; 2]; 2] {
        let [x, y] = theta;
        let [(p, px), (q, qx), (r, rx)] = residuals(theta);
        let (y2, x2) = (y * y, x * x);
        let xx = 2.0 * (px * px + qx * qx + rx * rx);
        let mixed = 2.0 * (p + x * px + 2.0 * y * (q + x * qx) + 3.0 * y2 * (r + x * rx));
        let yy = 2.0 * (x2 + 4.0 * y2 * x2 + 2.0 * x * q + 9.0 * y2 * y2 * x2 + 6.0 * x * y * r);
        [[xx, mixed], [mixed, yy]]
    }
}
