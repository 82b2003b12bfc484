//! A long diagonal trough.

use super::{Formula, LossRule, Minima, Python, Words, build};

struct Matyas;

pub(super) static RULE: LossRule = LossRule {
    key: "matyas",
    name: Words { en: "Matyas trough", zh: "Matyas 槽形函数" },
    formula: |_| "J(x, y) = 0.26(x² + y²) − 0.48xy".to_owned(),
    source: "Matyas, Automation and Remote Control 26 (1965) 246",
    knobs: &[],
    start: |_| vec![-8.0, 5.0],
    window: |_| [-10.0, 10.0, -8.6, 8.6],
    rates: |_| [0.05, 5.0],
    has_constant_hessian: |_| true,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| vec![vec![0.0, 0.0]],
    python: Python::Formula {
        parts: &[("d", "x - y"), ("s", "x + y")],
        value: "0.25 * (d * d) + 0.01 * (s * s)",
        gradient: &["0.52 * x - 0.48 * y", "0.52 * y - 0.48 * x"],
        hessian: &["0.52", "-0.48", "0.52"],
    },
    build: |_| build(Matyas),
};

impl Formula<2> for Matyas {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        // 0.26(x² + y²) − 0.48xy without the cancellation along x = y.
        let (d, s) = (x - y, x + y);
        0.25 * (d * d) + 0.01 * (s * s)
    }

    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x]
    }

    fn hessian(&self, _: [f64; 2]) -> [[f64; 2]; 2] {
        [[0.52, -0.48], [-0.48, 0.52]]
    }

    fn minima(&self) -> Minima {
        Minima::One(vec![0.0, 0.0])
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}
