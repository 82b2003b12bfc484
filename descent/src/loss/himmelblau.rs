//! Four minima of the same depth: which one is reached hangs on the rate.

use super::{Formula, LossRule, Python, Words, build, polish};

struct Himmelblau;

pub(super) static RULE: LossRule = LossRule {
    key: "himmelblau",
    name: Words { en: "Himmelblau, four minima", zh: "Himmelblau 函数（四个极小点）" },
    formula: |_| "J(x, y) = (x² + y − 11)² + (x + y² − 7)²".to_owned(),
    source: "Himmelblau, Applied Nonlinear Programming (1972)",
    knobs: &[],
    start: |_| vec![0.0, 0.0],
    window: |_| [-6.0, 6.0, -5.2, 5.2],
    rates: |_| [5e-4, 0.1],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| polish(&Himmelblau, &[[3.0, 2.0], [-2.8, 3.13], [-3.78, -3.28], [3.58, -1.85]]),
    python: Python::Formula {
        parts: &[("p", "x * x + y - 11"), ("q", "x + y * y - 7")],
        value: "p * p + q * q",
        gradient: &["4 * x * p + 2 * q", "2 * p + 4 * y * q"],
        hessian: &["8 * x * x + 4 * p + 2", "4 * (x + y)", "8 * y * y + 4 * q + 2"],
    },
    build: |_| build(Himmelblau),
};

impl Formula<2> for Himmelblau {
    #[inline]
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let p = x * x + y - 11.0;
        let q = x + y * y - 7.0;
        p * p + q * q
    }

    #[inline]
    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let p = x * x + y - 11.0;
        let q = x + y * y - 7.0;
        [4.0 * x * p + 2.0 * q, 2.0 * p + 4.0 * y * q]
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        let p = x * x + y - 11.0;
        let q = x + y * y - 7.0;
        let mixed = 4.0 * (x + y);
        [[8.0 * x * x + 4.0 * p + 2.0, mixed], [mixed, 8.0 * y * y + 4.0 * q + 2.0]]
    }
}
