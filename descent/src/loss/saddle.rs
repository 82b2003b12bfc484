//! A saddle between two minima: how long it holds a run that starts near its ridge.

use super::{Formula, LossRule, Python, Words, build};

struct Saddle;

pub(super) static RULE: LossRule = LossRule {
    key: "saddle",
    name: Words { en: "Saddle", zh: "鞍点" },
    formula: |_| "J(x, y) = ½x² − ½y² + ¼y⁴".to_owned(),
    source: "the pitchfork potential; on saddles in learning see Dauphin et al. (2014)",
    knobs: &[],
    start: |_| vec![1.5, 0.001],
    window: |_| [-2.0, 2.0, -1.7, 1.7],
    rates: |_| [0.02, 4.0],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| -0.25,
    minima: |_| vec![vec![0.0, 1.0], vec![0.0, -1.0]],
    python: Python::Formula {
        parts: &[("y2", "y * y")],
        value: "0.5 * (x * x) + y2 * (0.25 * y2 - 0.5)",
        gradient: &["x", "y * (y2 - 1)"],
        hessian: &["1", "0", "3 * y2 - 1"],
    },
    build: |_| build(Saddle),
};

impl Formula<2> for Saddle {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let y2 = y * y;
        0.5 * (x * x) + y2 * (0.25 * y2 - 0.5)
    }

    fn gradient(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [x, y * (y * y - 1.0)]
    }

    fn hessian(&self, [_, y]: [f64; 2]) -> [[f64; 2]; 2] {
        [[1.0, 0.0], [0.0, 3.0 * (y * y) - 1.0]]
    }
}
