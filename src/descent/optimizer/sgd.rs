//! Plain gradient descent.

use super::{Curvature, Optimizer, OptimizerRule, Words};

/// θ ← θ − η·g. Without state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sgd;

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "sgd",
    name: Words { en: "Gradient descent", zh: "梯度下降" },
    formula: "θ ← θ − η ∇J(θ)",
    source: "Cauchy, Méthode générale pour la résolution des systèmes d’équations simultanées (1847); torch.optim.SGD",
    knobs: &[],
    limit: Curvature::limit,
    best: Curvature::best,
    build: |_, _| Box::new(Sgd),
};

impl Optimizer for Sgd {
    #[inline]
    fn step(&mut self, theta: &mut [f64], gradient: &[f64], learning_rate: f64) {
        for (parameter, slope) in theta.iter_mut().zip(gradient) {
            *parameter -= learning_rate * slope;
        }
    }

    fn is_plain(&self) -> bool {
        true
    }
}
