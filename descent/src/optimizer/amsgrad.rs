//! Adam whose steps cannot grow again.

use super::adam::Adam;
use super::moments::{BETA1, BETA2, edge_of_mean};
use super::{Edge, OptimizerRule, Python, RateRole, Words};
use super::{epsilon, rates_of_normalised_steps};

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "amsgrad",
    name: Words { en: "AMSGrad", zh: "AMSGrad" },
    formula: "m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  s ← max(s, v),  θ ← θ − η m̂ / (√ŝ + ε)",
    source: "Reddi, Kale and Kumar, On the Convergence of Adam and Beyond (2018); torch.optim.Adam with amsgrad",
    knobs: &[BETA1, BETA2, epsilon(1e-8)],
    rate: RateRole::EveryStep,
    rates: rates_of_normalised_steps,
    stability: None,
    edge: Edge::Preconditioned(|knobs, _, _| edge_of_mean(knobs[0])),
    python: Python {
        torch: "Adam(lr=lr, betas=({beta1}, {beta2}), eps={eps}, amsgrad=True)",
        state: "m = np.zeros_like(theta)\nv = np.zeros_like(theta)\ns = np.zeros_like(theta)",
        step: "m = {beta1} * m + (1 - {beta1}) * g
v = {beta2} * v + (1 - {beta2}) * (g * g)
s = np.maximum(s, v)
correction = math.sqrt(1 - {beta2} ** (t + 1))
rate = lr / (1 - {beta1} ** (t + 1)) * correction
theta = theta - rate * m / (np.sqrt(s) + {eps} * correction)",
    },
    build: |knobs, dimension, precision| {
        Adam::new(knobs, dimension).keeping_largest().boxed(precision)
    },
};
