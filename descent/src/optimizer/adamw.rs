//! Adam with decoupled weight decay: the parameters shrink by themselves, not
//! through the gradient, where Adam would divide the decay away.

use super::adam::Adam;
use super::moments::{BETA1, BETA2, edge_of_mean};
use super::{Edge, OptimizerRule, Python, RateRole, Words};
use super::{epsilon, rates_of_normalised_steps, weight_decay};

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "adamw",
    name: Words { en: "AdamW", zh: "AdamW" },
    formula: "m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  θ ← (1 − ηλ) θ − η m̂ / (√v̂ + ε)",
    source: "Loshchilov and Hutter, Decoupled Weight Decay Regularization (2019); torch.optim.AdamW",
    knobs: &[BETA1, BETA2, epsilon(1e-8), weight_decay(0.01)],
    rate: RateRole::EveryStep,
    rates: rates_of_normalised_steps,
    stability: None,
    edge: Edge::Preconditioned(|knobs, _, rate| {
        // Of the roots of r² − (1 − ηλ + β₁ − (1 − β₁) p) r + β₁ (1 − ηλ) one reaches −1
        // there: the decay makes each step longer.
        (1.0 - 0.5 * rate * knobs[3]) * edge_of_mean(knobs[0])
    }),
    python: Python {
        torch: "AdamW(lr=lr, betas=({beta1}, {beta2}), eps={eps}, weight_decay={weight_decay})",
        state: "m = np.zeros_like(theta)\nv = np.zeros_like(theta)",
        step: "m = {beta1} * m + (1 - {beta1}) * g
v = {beta2} * v + (1 - {beta2}) * (g * g)
theta = theta * (1 - lr * {weight_decay})
correction = math.sqrt(1 - {beta2} ** (t + 1))
rate = lr / (1 - {beta1} ** (t + 1)) * correction
theta = theta - rate * m / (np.sqrt(v) + {eps} * correction)",
    },
    build: |knobs, dimension, precision| {
        Adam::new(knobs, dimension).shrinking(knobs[3]).boxed(precision)
    },
};
