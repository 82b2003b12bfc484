//! Adam in the limit of the largest norm: each component is measured by its
//! largest recent gradient.

use super::moments::{BETA1, BETA2, edge_of_mean};
use super::{Edge, OptimizerRule, Python, RateRole, Rounding, Update, Words};
use super::{build, epsilon, rates_of_normalised_steps};

struct AdaMax {
    betas: [f64; 2],
    eps: f64,
    mean: Vec<f64>,
    largest: Vec<f64>,
    /// β₁ᵗ.
    power: f64,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "adamax",
    name: Words { en: "AdaMax", zh: "AdaMax" },
    formula: "m ← β₁ m + (1 − β₁) g,  u ← max(β₂ u, |g| + ε),  θ ← θ − η m̂ / u",
    source: "Kingma and Ba, Adam: A Method for Stochastic Optimization (2015), section 7.1; torch.optim.Adamax",
    knobs: &[BETA1, BETA2, epsilon(1e-8)],
    rate: RateRole::EveryStep,
    rates: rates_of_normalised_steps,
    stability: None,
    edge: Edge::Preconditioned(|knobs, _, _| edge_of_mean(knobs[0])),
    python: Python {
        torch: "Adamax(lr=lr, betas=({beta1}, {beta2}), eps={eps})",
        state: "m = np.zeros_like(theta)\nu = np.zeros_like(theta)",
        step: "m = {beta1} * m + (1 - {beta1}) * g
u = np.maximum({beta2} * u, np.abs(g) + {eps})
theta = theta - (lr / (1 - {beta1} ** (t + 1))) * m / u",
    },
    build: |knobs, dimension, precision| {
        let adamax = AdaMax {
            betas: [knobs[0], knobs[1]],
            eps: knobs[2],
            mean: vec![0.0; dimension],
            largest: vec![0.0; dimension],
            power: 1.0,
        };
        build(adamax, precision)
    },
};

impl Update for AdaMax {
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        let [beta1, beta2] = self.betas;
        self.power *= beta1;
        let step = learning_rate / (1.0 - self.power);
        let state = self.mean.iter_mut().zip(&mut self.largest);
        for ((parameter, g), (m, u)) in theta.iter_mut().zip(gradient).zip(state) {
            *m = r(r(beta1 * *m) + r((1.0 - beta1) * g));
            *u = r(beta2 * *u).max(r(g.abs() + self.eps));
            *parameter = r(*parameter - r(r(step * *m) / *u));
        }
    }

    fn momentum(&self) -> Option<&[f64]> {
        Some(&self.mean)
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        for (p, u) in out.iter_mut().zip(&self.largest) {
            *p = (1.0 - self.power) * u;
        }
        true
    }
}
