//! A network with one unit a layer: gradients vanish below weight 1 and explode
//! above. n linear layers in a row, n − 1 of them sharing the weight x.

use super::{Formula, Knob, LossRule, Python, Scale, Words, build};

struct DeepChain {
    depth: u32,
}

pub(super) static RULE: LossRule = LossRule {
    key: "deep_chain",
    name: Words { en: "Deep linear chain", zh: "深层线性链" },
    formula: |_| "J(x, y) = ½(xⁿ⁻¹ y − 1)²".to_owned(),
    source: "Bengio, Simard and Frasconi, IEEE Transactions on Neural Networks 5 (1994) 157",
    knobs: &[Knob {
        key: "depth",
        name: Words { en: "Layers n", zh: "层数 n" },
        default: 4.0,
        min: 2.0,
        max: 50.0,
        scale: Scale::Integer,
    }],
    start: |_| vec![0.9, 0.6],
    window: |_| [-0.4, 2.0, -0.6, 1.5],
    rates: |_| [1e-3, 1.0],
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    // The minima are a whole curve, xⁿ⁻¹ y = 1; the map shows it as a valley.
    minima: |_| vec![],
    python: Python::Formula {
        parts: &[
            ("n", "{depth}"),
            ("power", "x ** (n - 1)"),
            ("error", "power * y - 1"),
            ("slope", "(n - 1) * x ** (n - 2)"),
            ("bend", "(n - 1) * (n - 2) * x ** max(n - 3, 0)"),
        ],
        value: "0.5 * (error * error)",
        gradient: &["error * slope * y", "error * power"],
        hessian: &[
            "slope * y * slope * y + error * bend * y",
            "slope * y * power + error * slope",
            "power * power",
        ],
    },
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number from 2 to 50"
    )]
    build: |knobs| build(DeepChain { depth: knobs[0] as u32 }),
};

/// The powers xⁿ⁻³, xⁿ⁻², xⁿ⁻¹ (0 for a negative exponent, whose factor is 0),
/// multiplied in one order everywhere.
fn powers(x: f64, depth: u32) -> [f64; 3] {
    let mut powers = [0.0, 0.0, 1.0];
    for _ in 1..depth {
        powers = [powers[1], powers[2], powers[2] * x];
    }
    powers
}

impl Formula<2> for DeepChain {
    fn value(&self, [x, y]: [f64; 2]) -> f64 {
        let [_, _, power] = powers(x, self.depth);
        let error = power * y - 1.0;
        0.5 * (error * error)
    }

    fn gradient(&self, theta: [f64; 2]) -> [f64; 2] {
        self.value_and_gradient(theta).1
    }

    fn value_and_gradient(&self, [x, y]: [f64; 2]) -> (f64, [f64; 2]) {
        let [_, below, power] = powers(x, self.depth);
        let error = power * y - 1.0;
        let layers = f64::from(self.depth - 1);
        (0.5 * (error * error), [error * (layers * below * y), error * power])
    }

    fn hessian(&self, [x, y]: [f64; 2]) -> [[f64; 2]; 2] {
        let [second, below, power] = powers(x, self.depth);
        let error = power * y - 1.0;
        let layers = f64::from(self.depth - 1);
        let slope = layers * below * y;
        let mixed = slope * power + error * (layers * below);
        [
            [slope * slope + error * (layers * (layers - 1.0) * second * y), mixed],
            [mixed, power * power],
        ]
    }
}
