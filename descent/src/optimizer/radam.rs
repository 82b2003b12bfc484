//! Adam that does not divide by a size it has hardly seen yet.

use super::moments::{BETA1, BETA2, Moments, edge_of_mean};
use super::{Edge, OptimizerRule, Python, RateRole, Rounding, Update, Words, build, epsilon};

struct RAdam {
    moments: Moments,
    beta2: f64,
    eps: f64,
    /// How many steps were taken.
    taken: f64,
}

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "radam",
    name: Words { en: "RAdam", zh: "RAdam" },
    formula: "ρ∞ = 2 / (1 − β₂) − 1,  ρₜ = ρ∞ − 2t β₂ᵗ / (1 − β₂ᵗ),  θ ← θ − η m̂ r,  r = √((ρₜ − 4)(ρₜ − 2) ρ∞ / ((ρ∞ − 4)(ρ∞ − 2) ρₜ)) / (√v̂ + ε)  (ρₜ ≤ 5: r = 1)",
    source: "Liu et al., On the Variance of the Adaptive Learning Rate and Beyond (2020); torch.optim.RAdam",
    knobs: &[BETA1, BETA2, epsilon(1e-8)],
    rate: RateRole::EveryStep,
    // Its first steps are as long as plain descent's, all others as Adam's.
    rates: |[low, _]| [low.min(0.01), 4.0],
    stability: None,
    edge: Edge::Preconditioned(|knobs, _, _| edge_of_mean(knobs[0])),
    python: Python {
        torch: "RAdam(lr=lr, betas=({beta1}, {beta2}), eps={eps})",
        state: "m = np.zeros_like(theta)\nv = np.zeros_like(theta)\nlongest = 2 / (1 - {beta2}) - 1",
        step: "m = {beta1} * m + (1 - {beta1}) * g
v = {beta2} * v + (1 - {beta2}) * (g * g)
share = 1 - {beta2} ** (t + 1)
length = longest - 2 * (t + 1) * {beta2} ** (t + 1) / share
update = m / (1 - {beta1} ** (t + 1)) * lr
if length > 5:
    certain = (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)
    update = update * (math.sqrt(share) / (np.sqrt(v) + {eps})) * math.sqrt(certain)
theta = theta - update",
    },
    build: |knobs, dimension, precision| {
        let radam = RAdam {
            moments: Moments::new([knobs[0], knobs[1]], dimension),
            beta2: knobs[1],
            eps: knobs[2],
            taken: 0.0,
        };
        build(radam, precision)
    },
};

impl RAdam {
    /// The factor that makes up for the variance of 1/√v̂ while v is young; none
    /// where v has seen too few gradients for that variance to be finite.
    fn rectification(&self) -> Option<f64> {
        let longest = 2.0 / (1.0 - self.beta2) - 1.0;
        // A small difference of large numbers: the product that the moments keep
        // would be off by too many bits.
        let power = libm::pow(self.beta2, self.taken);
        let length = longest - 2.0 * self.taken * power / (1.0 - power);
        (length > 5.0).then(|| {
            ((length - 4.0) * (length - 2.0) * longest
                / ((longest - 4.0) * (longest - 2.0) * length))
                .sqrt()
        })
    }
}

impl Update for RAdam {
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        let [share1, share2] = self.moments.take_in(round, gradient);
        self.taken += 1.0;
        let rectification = self.rectification();
        let correction = share2.sqrt();
        let Moments { first, second, .. } = &self.moments;
        for (parameter, (m, v)) in theta.iter_mut().zip(first.iter().zip(second)) {
            let mut update = r(r(m / share1) * learning_rate);
            if let Some(factor) = rectification {
                let adapted = r(correction / r(r(v.sqrt()) + self.eps));
                update = r(r(update * adapted) * factor);
            }
            *parameter = r(*parameter - update);
        }
    }

    fn momentum(&self) -> Option<&[f64]> {
        Some(&self.moments.first)
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        let [share1, share2] = self.moments.shares();
        let rectification = self.rectification();
        for (p, v) in out.iter_mut().zip(&self.moments.second) {
            // Without it the step is plain momentum's.
            let size = rectification.map_or(1.0, |r| (v.sqrt() + self.eps) / (share2.sqrt() * r));
            *p = share1 * size;
        }
        true
    }
}
