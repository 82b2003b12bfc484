//! Adam: momentum, each component measured by its own recent size.

use super::moments::{BETA1, BETA2, Moments, edge_of_mean};
use super::{
    Edge, Inlined, Optimizer, OptimizerRule, Precision, Python, RateRole, Rounding, Update, Words,
};
use super::{build, epsilon, rates_of_normalised_steps};

/// Adam and, as in PyTorch, the two rules that differ from it by one line.
pub struct Adam {
    moments: Moments,
    eps: f64,
    /// What each step divides by: v, or the largest v so far.
    sizes: Vec<f64>,
    keeps_largest: bool,
    weight_decay: f64,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "adam",
    name: Words { en: "Adam", zh: "Adam" },
    formula: "m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²,  θ ← θ − η m̂ / (√v̂ + ε)",
    source: "Kingma and Ba, Adam: A Method for Stochastic Optimization (2015); torch.optim.Adam",
    knobs: &[BETA1, BETA2, epsilon(1e-8)],
    rate: RateRole::EveryStep,
    rates: rates_of_normalised_steps,
    stability: None,
    edge: Edge::Preconditioned(|knobs, _, _| edge_of_mean(knobs[0])),
    python: Python {
        torch: "Adam(lr=lr, betas=({beta1}, {beta2}), eps={eps})",
        state: "m = np.zeros_like(theta)\nv = np.zeros_like(theta)",
        step: "m = {beta1} * m + (1 - {beta1}) * g
v = {beta2} * v + (1 - {beta2}) * (g * g)
correction = math.sqrt(1 - {beta2} ** (t + 1))
rate = lr / (1 - {beta1} ** (t + 1)) * correction
theta = theta - rate * m / (np.sqrt(v) + {eps} * correction)",
    },
    build: |knobs, dimension, precision| Adam::new(knobs, dimension).boxed(precision),
};

impl Adam {
    /// Adam itself, from β₁, β₂ and ε.
    pub(super) fn new(knobs: &[f64], dimension: usize) -> Self {
        Self {
            moments: Moments::new([knobs[0], knobs[1]], dimension),
            eps: knobs[2],
            sizes: vec![0.0; dimension],
            keeps_largest: false,
            weight_decay: 0.0,
        }
    }

    /// The same, dividing by the largest v so far.
    pub(super) fn keeping_largest(self) -> Self {
        Self { keeps_largest: true, ..self }
    }

    /// The same, with the parameters shrunk before each step.
    pub(super) fn shrinking(self, weight_decay: f64) -> Self {
        Self { weight_decay, ..self }
    }

    pub(super) fn boxed(self, precision: Precision) -> Box<dyn Optimizer> {
        match precision {
            Precision::F64 => Box::new(Inlined::Adam(self)),
            other => build(self, other),
        }
    }
}

impl Update for Adam {
    #[expect(clippy::inline_always, reason = "into each loss's loop")]
    #[inline(always)]
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        let [share1, share2] = self.moments.take_in(round, gradient);
        // η m̂ / (√v̂ + ε) in the order that Kingma and Ba advise at the end of their
        // section 2: with one division less for each component.
        let correction = share2.sqrt();
        let (rate, eps) = (learning_rate / share1 * correction, self.eps * correction);
        // Exactly 1, which changes no bit, unless there is a decay.
        let kept = 1.0 - learning_rate * self.weight_decay;
        // Of one length, so that the loop is unrolled where it is known.
        let count = theta.len();
        let (first, second) = (&self.moments.first[..count], &self.moments.second[..count]);
        let state = first.iter().zip(second).zip(&mut self.sizes[..count]);
        for (parameter, ((m, v), size)) in theta.iter_mut().zip(state) {
            *size = if self.keeps_largest { size.max(*v) } else { *v };
            let root = r(r(size.sqrt()) + eps);
            *parameter = r(r(*parameter * kept) - r(r(rate * m) / root));
        }
    }

    fn momentum(&self) -> Option<&[f64]> {
        Some(&self.moments.first)
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        let [share1, share2] = self.moments.shares();
        for (p, size) in out.iter_mut().zip(&self.sizes) {
            *p = share1 * ((size / share2).sqrt() + self.eps);
        }
        true
    }
}
