//! Of the momentum only the signs: every step is equally long in every component.

use super::moments::BETA1;
use super::{Edge, OptimizerRule, Python, RateRole, Rounding, Update, Words};
use super::{build, decay_rate, weight_decay};

struct Lion {
    betas: [f64; 2],
    weight_decay: f64,
    mean: Vec<f64>,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "lion",
    name: Words { en: "Lion", zh: "Lion" },
    formula: "θ ← (1 − ηλ) θ − η sign(β₁ m + (1 − β₁) g),  m ← β₂ m + (1 − β₂) g",
    source: "Chen et al., Symbolic Discovery of Optimization Algorithms (2023), algorithm 2",
    knobs: &[
        BETA1,
        decay_rate("beta2", Words { en: "β₂, of the momentum", zh: "β₂（动量）" }, 0.99),
        weight_decay(0.0),
    ],
    rate: RateRole::EveryStep,
    // Steps never shorten, so that the rate is also how near the end comes.
    rates: |_| [1e-3, 1.0],
    stability: None,
    edge: Edge::None(Words {
        en: "only the signs of its momentum count, so a step is as long on flat ground as on steep",
        zh: "它只取动量的符号，坡陡坡缓，每一步都一样长",
    }),
    python: Python {
        torch: "",
        state: "m = np.zeros_like(theta)",
        step: "u = np.sign({beta1} * m + (1 - {beta1}) * g)
theta = theta * (1 - lr * {weight_decay})
theta = theta - lr * u
m = {beta2} * m + (1 - {beta2}) * g",
    },
    build: |knobs, dimension, precision| {
        let mean = vec![0.0; dimension];
        build(Lion { betas: [knobs[0], knobs[1]], weight_decay: knobs[2], mean }, precision)
    },
};

impl Update for Lion {
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        let kept = 1.0 - learning_rate * self.weight_decay;
        for ((parameter, g), m) in theta.iter_mut().zip(gradient).zip(&mut self.mean) {
            let mixed = |beta: f64| r(r(beta * *m) + r((1.0 - beta) * g));
            let direction = mixed(self.betas[0]);
            // The sign of 0 is 0 here, unlike `signum`'s.
            let sign = if direction == 0.0 { 0.0 } else { direction.signum() };
            *parameter = r(r(*parameter * kept) - r(learning_rate * sign));
            *m = mixed(self.betas[1]);
        }
    }

    fn momentum(&self) -> Option<&[f64]> {
        Some(&self.mean)
    }
}
