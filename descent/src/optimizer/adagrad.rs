//! Each component measured by all its gradients so far.

use super::{Edge, OptimizerRule, Python, RateRole, Rounding, Update, Words, build, epsilon};

struct AdaGrad {
    eps: f64,
    /// The sum of squared gradients.
    squares: Vec<f64>,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "adagrad",
    name: Words { en: "AdaGrad", zh: "AdaGrad" },
    formula: "s ← s + g²,  θ ← θ − η g / (√s + ε)",
    source: "Duchi, Hazan and Singer, Adaptive Subgradient Methods for Online Learning and Stochastic Optimization (2011); torch.optim.Adagrad",
    knobs: &[epsilon(1e-10)],
    rate: RateRole::EveryStep,
    // The first step is as long as the rate, the t-th about 1/√t of it.
    rates: |_| [0.02, 10.0],
    stability: None,
    edge: Edge::Preconditioned(|_, _, _| 2.0),
    python: Python {
        torch: "Adagrad(lr=lr, eps={eps})",
        state: "s = np.zeros_like(theta)",
        step: "s = s + g * g\ntheta = theta - lr * g / (np.sqrt(s) + {eps})",
    },
    build: |knobs, dimension, precision| {
        build(AdaGrad { eps: knobs[0], squares: vec![0.0; dimension] }, precision)
    },
};

impl Update for AdaGrad {
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        for ((parameter, g), s) in theta.iter_mut().zip(gradient).zip(&mut self.squares) {
            *s = r(*s + r(g * g));
            let root = r(r(s.sqrt()) + self.eps);
            *parameter = r(*parameter - r(r(learning_rate * g) / root));
        }
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        for (p, s) in out.iter_mut().zip(&self.squares) {
            *p = s.sqrt() + self.eps;
        }
        true
    }
}
