//! A bowl full of dimples, one minimum near every whole number.

use super::{Formula, LossRule, Python, Words, build, polish};
use core::f64::consts::TAU;

struct Rastrigin;

pub(super) static RULE: LossRule = LossRule {
    key: "rastrigin",
    name: Words { en: "Rastrigin egg box", zh: "Rastrigin 蛋格函数" },
    formula: |_| "J(x, y) = 20 + x² − 10 cos 2πx + y² − 10 cos 2πy".to_owned(),
    source: "Rastrigin, Systems of Extremal Control (1974)",
    knobs: &[],
    start: |_| vec![0.3, -0.2],
    window: |_| [-2.3, 2.3, -1.9, 1.9],
    rates: |_| [1e-4, 0.1],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| {
        let near: Vec<_> =
            (-3..=3).flat_map(|i| (-3..=3).map(move |j| [f64::from(i), f64::from(j)])).collect();
        polish(&Rastrigin, &near)
    },
    python: Python::Formula {
        parts: &[
            ("tau", "2 * math.pi"),
            ("p", "x * x + 10 * (1 - np.cos(tau * x))"),
            ("q", "y * y + 10 * (1 - np.cos(tau * y))"),
        ],
        value: "p + q",
        gradient: &["2 * x + 10 * tau * np.sin(tau * x)", "2 * y + 10 * tau * np.sin(tau * y)"],
        hessian: &[
            "2 + 10 * tau * tau * np.cos(tau * x)",
            "0",
            "2 + 10 * tau * tau * np.cos(tau * y)",
        ],
    },
    build: |_| build(Rastrigin),
};

impl Formula<2> for Rastrigin {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let dimple = |v: f64| v * v + 10.0 * (1.0 - libm::cos(TAU * v));
        dimple(x) + dimple(y)
    }

    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let slope = |v: f64| 2.0 * v + 10.0 * TAU * libm::sin(TAU * v);
        [slope(x), slope(y)]
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        let bend = |v: f64| 2.0 + 10.0 * TAU * TAU * libm::cos(TAU * v);
        [[bend(x), 0.0], [0.0, bend(y)]]
    }
}
