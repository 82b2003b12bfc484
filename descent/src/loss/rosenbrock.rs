//! The banana valley: easy to find, hard to follow.

use super::{Formula, Knob, LossRule, Python, Scale, Words, build};

struct Rosenbrock {
    a: f64,
    b: f64,
}

pub(super) static RULE: LossRule = LossRule {
    key: "rosenbrock",
    name: Words { en: "Rosenbrock valley", zh: "Rosenbrock 香蕉谷" },
    formula: |_| "J(x, y) = (a − x)² + b(y − x²)²".to_owned(),
    source: "Rosenbrock, The Computer Journal 3 (1960) 175",
    knobs: &[
        Knob {
            key: "a",
            name: Words { en: "Minimum at x = a", zh: "极小点位置 a" },
            default: 1.0,
            min: 0.0,
            max: 1.5,
            scale: Scale::Linear,
        },
        Knob {
            key: "b",
            name: Words { en: "Valley walls b", zh: "谷壁陡度 b" },
            default: 100.0,
            min: 1.0,
            max: 1000.0,
            scale: Scale::Log,
        },
    ],
    start: |_| vec![-1.2, 1.0],
    window: |_| [-2.0, 2.0, -0.9, 2.5],
    rates: |knobs| [0.001 / knobs[1], 1.0 / knobs[1]],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |knobs| vec![vec![knobs[0], knobs[0] * knobs[0]]],
    python: Python::Formula {
        parts: &[("p", "{a} - x"), ("q", "y - x * x")],
        value: "p * p + {b} * (q * q)",
        gradient: &["-2 * p - 4 * ({b} * q * x)", "2 * ({b} * q)"],
        hessian: &["2 - 4 * {b} * (y - 3 * x * x)", "-4 * {b} * x", "2 * {b}"],
    },
    build: |knobs| build(Rosenbrock { a: knobs[0], b: knobs[1] }),
};

impl Formula<2> for Rosenbrock {
    #[inline]
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let p = self.a - x;
        let q = y - x * x;
        p * p + self.b * (q * q)
    }

    #[inline]
    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let p = self.a - x;
        let bq = self.b * (y - x * x);
        [-2.0 * p - 4.0 * (bq * x), 2.0 * bq]
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        let mixed = -4.0 * self.b * x;
        [[2.0 - 4.0 * self.b * (y - 3.0 * x * x), mixed], [mixed, 2.0 * self.b]]
    }
}
