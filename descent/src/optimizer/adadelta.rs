//! Each step measured by the steps before it: of the parameter's own unit.

use super::{Edge, OptimizerRule, Python, RateRole, Rounding, Update, Words};
use super::{build, decay_rate, epsilon};

struct Adadelta {
    rho: f64,
    eps: f64,
    /// The mean of squared gradients.
    squares: Vec<f64>,
    /// The mean of squared steps.
    steps: Vec<f64>,
    /// What the last step multiplied the gradient by: the mean of squared steps that
    /// it was made with is gone.
    factors: Vec<f64>,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "adadelta",
    name: Words { en: "Adadelta", zh: "Adadelta" },
    formula: "v ← ρ v + (1 − ρ) g²,  d = g √(u + ε) / √(v + ε),  u ← ρ u + (1 − ρ) d²,  θ ← θ − η d",
    source: "Zeiler, ADADELTA: An Adaptive Learning Rate Method (2012); torch.optim.Adadelta",
    knobs: &[
        decay_rate("rho", Words { en: "ρ, of both means", zh: "ρ（两个均值的衰减率）" }, 0.9),
        epsilon(1e-6),
    ],
    rate: RateRole::EveryStep,
    // The rule finds the length itself; its rate is a factor of about 1.
    rates: |_| [0.05, 20.0],
    stability: None,
    edge: Edge::Preconditioned(|_, _, _| 2.0),
    python: Python {
        torch: "Adadelta(lr=lr, rho={rho}, eps={eps})",
        state: "v = np.zeros_like(theta)\nu = np.zeros_like(theta)",
        step: "v = {rho} * v + (1 - {rho}) * (g * g)
d = np.sqrt(u + {eps}) / np.sqrt(v + {eps}) * g
u = {rho} * u + (1 - {rho}) * (d * d)
theta = theta - lr * d",
    },
    build: |knobs, dimension, precision| {
        let adadelta = Adadelta {
            rho: knobs[0],
            eps: knobs[1],
            squares: vec![0.0; dimension],
            steps: vec![0.0; dimension],
            factors: vec![0.0; dimension],
        };
        build(adadelta, precision)
    },
};

impl Update for Adadelta {
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        let root = |mean: f64| r(r(mean + self.eps).sqrt());
        let average = |mean: f64, x: f64| r(r(self.rho * mean) + r((1.0 - self.rho) * r(x * x)));
        let state = self.squares.iter_mut().zip(&mut self.steps).zip(&mut self.factors);
        for ((parameter, g), ((v, u), factor)) in theta.iter_mut().zip(gradient).zip(state) {
            *v = average(*v, *g);
            *factor = r(root(*u) / root(*v));
            let step = r(*factor * g);
            *u = average(*u, step);
            *parameter = r(*parameter - r(learning_rate * step));
        }
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        for (p, factor) in out.iter_mut().zip(&self.factors) {
            *p = 1.0 / factor;
        }
        true
    }
}
