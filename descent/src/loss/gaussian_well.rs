//! A well in a plain: far from it the gradient vanishes.

use super::{Formula, Knob, LossRule, Python, Scale, Words, build};

struct GaussianWell {
    /// 1/w².
    steepness: f64,
}

pub(super) static RULE: LossRule = LossRule {
    key: "gaussian_well",
    name: Words { en: "Gaussian well", zh: "高斯势阱" },
    formula: |_| "J(x, y) = 1 − exp(−(x² + y²) / 2w²)".to_owned(),
    source: "the plateau of a saturated unit in closed form",
    knobs: &[Knob {
        key: "width",
        name: Words { en: "Width w", zh: "阱宽 w" },
        default: 1.0,
        min: 0.3,
        max: 3.0,
        scale: Scale::Log,
    }],
    start: |_| vec![3.0, 2.0],
    window: |_| [-4.2, 4.2, -3.6, 3.6],
    rates: |knobs| {
        let area = knobs[0] * knobs[0];
        [0.05 * area, 20.0 * area]
    },
    has_constant_hessian: |_| false,
    sets: &[],
    applies: |_, _| true,
    lowest: |_| 0.0,
    minima: |_| vec![vec![0.0, 0.0]],
    python: Python::Formula {
        parts: &[
            ("k", "1 / ({width} * {width})"),
            ("e", "-0.5 * k * (x * x + y * y)"),
            ("pull", "k * np.exp(e)"),
        ],
        // Autograd on expm1 would lose the small gradients far from the well.
        value: "1 - np.exp(e)",
        gradient: &["pull * x", "pull * y"],
        hessian: &["pull * (1 - k * x * x)", "-pull * k * x * y", "pull * (1 - k * y * y)"],
    },
    build: |knobs| build(GaussianWell { steepness: 1.0 / (knobs[0] * knobs[0]) }),
};

impl GaussianWell {
    fn exponent(&self, [x, y]: [f64; 2]) -> f64 {
        -0.5 * self.steepness * (x * x + y * y)
    }

    fn depth(&self, theta: [f64; 2]) -> f64 {
        libm::exp(self.exponent(theta))
    }
}

impl Formula<2> for GaussianWell {
    fn value(&self, theta: [f64; 2]) -> f64 {
        // 1 − exp(e) without cancellation near the minimum.
        -libm::expm1(self.exponent(theta))
    }

    fn gradient(&self, theta: [f64; 2]) -> [f64; 2] {
        let pull = self.steepness * self.depth(theta);
        [pull * theta[0], pull * theta[1]]
    }

    fn hessian(&self, theta: [f64; 2]) -> [[f64; 2]; 2] {
        let [x, y] = theta;
        let (k, depth) = (self.steepness, self.depth(theta));
        let mixed = -k * k * x * y * depth;
        [[k * depth * (1.0 - k * x * x), mixed], [mixed, k * depth * (1.0 - k * y * y)]]
    }
}
