//! Momentum that looks ahead.

use super::momentum::MOMENTUM;
use super::{
    Edge, OptimizerRule, Python, RateRole, Rounding, Stability, Update, Words, build, larger_root,
};

struct Nesterov {
    beta: f64,
    velocity: Vec<f64>,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "nesterov",
    name: Words { en: "Nesterov momentum", zh: "Nesterov 动量" },
    formula: "v ← β v + ∇J(θ),  θ ← θ − η (∇J(θ) + β v)",
    source: "Nesterov, A method of solving a convex programming problem with convergence rate O(1/k²) (1983), as Sutskever et al. (2013) write it; torch.optim.SGD with nesterov",
    knobs: &[MOMENTUM],
    rate: RateRole::EveryStep,
    rates: |rates| rates,
    // Of the roots of r² − (1 + β)(1 − ηλ) r + β(1 − ηλ) one reaches −1 there; the
    // best rate for a given β has no closed form.
    stability: Some(Stability {
        limit: |knobs| 2.0 * (1.0 + knobs[0]) / (1.0 + 2.0 * knobs[0]),
        growth: |knobs, product| {
            let (beta, left) = (knobs[0], 1.0 - product);
            larger_root((1.0 + beta) * left, beta * left)
        },
        limit_formula: &[("2(1 + β) / ((1 + 2β) λ", false), ("max", true), (")", false)],
        best: None,
        best_formula: &[],
        band: None,
        band_formula: &[],
    }),
    edge: Edge::Plain,
    python: Python {
        torch: "SGD(lr=lr, momentum={momentum}, nesterov=True)",
        state: "v = np.zeros_like(theta)",
        step: "v = {momentum} * v + g\ntheta = theta - lr * (g + {momentum} * v)",
    },
    build: |knobs, dimension, precision| {
        build(Nesterov { beta: knobs[0], velocity: vec![0.0; dimension] }, precision)
    },
};

impl Update for Nesterov {
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        for ((parameter, slope), v) in theta.iter_mut().zip(gradient).zip(&mut self.velocity) {
            *v = r(r(self.beta * *v) + slope);
            let ahead = r(slope + r(self.beta * *v));
            *parameter = r(*parameter - r(learning_rate * ahead));
        }
    }

    fn momentum(&self) -> Option<&[f64]> {
        Some(&self.velocity)
    }
}
