//! Each component measured by its recent gradients.

use super::{Edge, OptimizerRule, Python, RateRole, Rounding, Update, Words};
use super::{build, decay_rate, epsilon};

struct RmsProp {
    alpha: f64,
    eps: f64,
    /// The mean of squared gradients.
    squares: Vec<f64>,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "rmsprop",
    name: Words { en: "RMSprop", zh: "RMSprop" },
    formula: "v ← α v + (1 − α) g²,  θ ← θ − η g / (√v + ε)",
    source: "Tieleman and Hinton, Neural Networks for Machine Learning, lecture 6.5 (2012); torch.optim.RMSprop",
    knobs: &[
        decay_rate("alpha", Words { en: "α, of the squares", zh: "α（平方均值的衰减率）" }, 0.99),
        epsilon(1e-8),
    ],
    rate: RateRole::EveryStep,
    // v begins at 0 and is not corrected for it: the first step is 1/√(1 − α)
    // times the rate, ten times with the default.
    rates: |_| [1e-3, 1.0],
    stability: None,
    edge: Edge::Preconditioned(|_, _, _| 2.0),
    python: Python {
        torch: "RMSprop(lr=lr, alpha={alpha}, eps={eps})",
        state: "v = np.zeros_like(theta)",
        step: "v = {alpha} * v + (1 - {alpha}) * (g * g)
theta = theta - lr * g / (np.sqrt(v) + {eps})",
    },
    build: |knobs, dimension, precision| {
        let squares = vec![0.0; dimension];
        build(RmsProp { alpha: knobs[0], eps: knobs[1], squares }, precision)
    },
};

impl Update for RmsProp {
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        for ((parameter, g), v) in theta.iter_mut().zip(gradient).zip(&mut self.squares) {
            *v = r(r(self.alpha * *v) + r((1.0 - self.alpha) * r(g * g)));
            let root = r(r(v.sqrt()) + self.eps);
            *parameter = r(*parameter - r(r(learning_rate * g) / root));
        }
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        for (p, v) in out.iter_mut().zip(&self.squares) {
            *p = v.sqrt() + self.eps;
        }
        true
    }
}
