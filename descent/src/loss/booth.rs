//! A mildly tilted bowl.

use super::{Formula, LossRule, Minima, Python, Words, build};

struct Booth;

pub(super) static RULE: LossRule = LossRule {
    key: "booth",
    name: Words { en: "Booth bowl", zh: "Booth 碗形函数" },
    formula: |_| "J(x, y) = (x + 2y − 7)² + (2x + y − 5)²".to_owned(),
    source: "Jamil and Yang, A literature survey of benchmark functions (2013), no. 17",
    knobs: &[],
    start: |_| vec![-6.0, 4.0],
    window: |_| [-9.0, 9.0, -6.0, 9.4],
    rates: |_| [2.5e-3, 0.25],
    has_constant_hessian: |_| true,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| vec![vec![1.0, 3.0]],
    python: Python::Formula {
        parts: &[("p", "x + 2 * y - 7"), ("q", "2 * x + y - 5")],
        value: "p * p + q * q",
        gradient: &["2 * p + 4 * q", "4 * p + 2 * q"],
        hessian: &["10", "8", "10"],
    },
    build: |_| build(Booth),
};

impl Formula<2> for Booth {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let p = x + 2.0 * y - 7.0;
        let q = 2.0 * x + y - 5.0;
        p * p + q * q
    }

    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let p = x + 2.0 * y - 7.0;
        let q = 2.0 * x + y - 5.0;
        [2.0 * p + 4.0 * q, 4.0 * p + 2.0 * q]
    }

    fn hessian(&self, _: [f64; 2]) -> [[f64; 2]; 2] {
        [[10.0, 8.0], [8.0, 10.0]]
    }

    fn minima(&self) -> Minima {
        Minima::One(vec![1.0, 3.0])
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}
