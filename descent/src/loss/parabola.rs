//! One parameter, one valley: where everything about the rate can be computed by hand.

use super::{Formula, Knob, LossRule, Minima, Python, Scale, Words, build};

struct Parabola {
    a: f64,
}

pub(super) static RULE: LossRule = LossRule {
    key: "parabola",
    name: Words { en: "Parabola", zh: "抛物线" },
    formula: |_| "J(x) = a x²".to_owned(),
    source: "the textbook example of descent in one dimension",
    knobs: &[Knob {
        key: "a",
        name: Words { en: "Steepness a", zh: "陡峭程度 a" },
        default: 1.0,
        min: 0.05,
        max: 20.0,
        scale: Scale::Log,
    }],
    start: |_| vec![2.5],
    window: |_| [-3.6, 3.6, 0.0, 0.0],
    // Two decades around the limit 2/λ = 1/a, as on `quadratic`, and one more
    // downwards for the slow rates of the courses.
    rates: |knobs| [0.0025 / knobs[0], 2.5 / knobs[0]],
    has_constant_hessian: |_| true,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| vec![vec![0.0]],
    python: Python::Formula {
        parts: &[],
        value: "{a} * x * x",
        gradient: &["2 * {a} * x"],
        hessian: &["2 * {a}"],
    },
    build: |knobs| build(Parabola { a: knobs[0] }),
};

impl Formula<1> for Parabola {
    fn value(&self, [x]: [f64; 1]) -> f64 {
        self.a * x * x
    }

    fn gradient(&self, [x]: [f64; 1]) -> [f64; 1] {
        [2.0 * self.a * x]
    }

    fn hessian(&self, _: [f64; 1]) -> [[f64; 1]; 1] {
        [[2.0 * self.a]]
    }

    fn minima(&self) -> Minima {
        Minima::One(vec![0.0])
    }

    fn is_quadratic(&self) -> bool {
        true
    }
}
