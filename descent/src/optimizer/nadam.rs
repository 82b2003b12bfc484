//! Adam that looks ahead, as Nesterov does.

use super::moments::{BETA1, BETA2, Moments};
use super::{Edge, Knob, OptimizerRule, Python, RateRole, Rounding, Scale, Update, Words};
use super::{build, epsilon, rates_of_normalised_steps};

struct NAdam {
    moments: Moments,
    beta1: f64,
    eps: f64,
    momentum_decay: f64,
    /// μ of the step to come, and how many steps were taken.
    mu: f64,
    taken: f64,
    /// The product of all μ so far.
    product: f64,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "nadam",
    name: Words { en: "NAdam", zh: "NAdam" },
    formula: "μₜ = β₁ (1 − ½ · 0.96^(ψt)),  m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  θ ← θ − η (μₜ₊₁ m / (1 − μ₁⋯μₜ₊₁) + (1 − μₜ) g / (1 − μ₁⋯μₜ)) / (√v̂ + ε)",
    source: "Dozat, Incorporating Nesterov Momentum into Adam (2016); torch.optim.NAdam",
    knobs: &[
        BETA1,
        BETA2,
        epsilon(1e-8),
        Knob {
            key: "momentum_decay",
            name: Words { en: "Momentum decay ψ", zh: "动量衰减 ψ" },
            default: 4e-3,
            min: 0.0,
            max: 0.2,
            scale: Scale::Linear,
        },
    ],
    rate: RateRole::EveryStep,
    rates: rates_of_normalised_steps,
    stability: None,
    edge: Edge::Preconditioned(|knobs, step, _| {
        let beta1 = knobs[0];
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let mu_after = |steps: usize| mu(beta1, knobs[3], (step + steps) as f64);
        // The step is η P⁻¹ (a g + b m) with m ← β₁ m + (1 − β₁) g. Of the roots of
        // r² − (1 + β₁ − (a + b (1 − β₁)) p) r + β₁ (1 − a p) one reaches −1 at p.
        let (a, b) = (1.0 - mu_after(1), mu_after(2));
        2.0 * (1.0 + beta1) / (a * (1.0 + beta1) + b * (1.0 - beta1))
    }),
    python: Python {
        torch: "NAdam(lr=lr, betas=({beta1}, {beta2}), eps={eps}, momentum_decay={momentum_decay})",
        state: "m = np.zeros_like(theta)\nv = np.zeros_like(theta)\nproduct = 1.0",
        step: "mu = {beta1} * (1 - 0.5 * 0.96 ** ((t + 1) * {momentum_decay}))
mu_next = {beta1} * (1 - 0.5 * 0.96 ** ((t + 2) * {momentum_decay}))
product = product * mu
m = {beta1} * m + (1 - {beta1}) * g
v = {beta2} * v + (1 - {beta2}) * (g * g)
root = np.sqrt(v / (1 - {beta2} ** (t + 1))) + {eps}
theta = theta - (lr * (1 - mu) / (1 - product)) * g / root
theta = theta - (lr * mu_next / (1 - product * mu_next)) * m / root",
    },
    build: |knobs, dimension, precision| {
        let nadam = NAdam {
            moments: Moments::new([knobs[0], knobs[1]], dimension),
            beta1: knobs[0],
            eps: knobs[2],
            momentum_decay: knobs[3],
            mu: mu(knobs[0], knobs[3], 1.0),
            taken: 0.0,
            product: 1.0,
        };
        build(nadam, precision)
    },
};

/// μₜ: momentum that rises from β₁/2 to β₁.
fn mu(beta1: f64, momentum_decay: f64, t: f64) -> f64 {
    beta1 * (1.0 - 0.5 * libm::pow(0.96, t * momentum_decay))
}

impl Update for NAdam {
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        let [_, share2] = self.moments.take_in(round, gradient);
        self.taken += 1.0;
        let next = mu(self.beta1, self.momentum_decay, self.taken + 1.0);
        self.product *= self.mu;
        let of_gradient = learning_rate * (1.0 - self.mu) / (1.0 - self.product);
        let of_mean = learning_rate * next / (1.0 - self.product * next);
        self.mu = next;
        let Moments { first, second, .. } = &self.moments;
        let state = first.iter().zip(second);
        for ((parameter, g), (m, v)) in theta.iter_mut().zip(gradient).zip(state) {
            let root = r(r(r(v / share2).sqrt()) + self.eps);
            let here = r(*parameter - r(r(of_gradient * g) / root));
            *parameter = r(here - r(r(of_mean * m) / root));
        }
    }

    fn momentum(&self) -> Option<&[f64]> {
        Some(&self.moments.first)
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        let [_, share2] = self.moments.shares();
        // What the products of μ do to the first few steps: to both parts of the step
        // nearly the same.
        let share1 = 1.0 - self.product;
        for (p, v) in out.iter_mut().zip(&self.moments.second) {
            *p = share1 * ((v / share2).sqrt() + self.eps);
        }
        true
    }
}
