//! The running means that Adam and its kin keep.

use super::{Knob, Rounding, Words, decay_rate};

/// How much the mean of gradients keeps.
pub(super) const BETA1: Knob =
    decay_rate("beta1", Words { en: "β₁, of the mean", zh: "β₁（一阶矩）" }, 0.9);
/// How much the mean of squared gradients keeps.
pub(super) const BETA2: Knob =
    decay_rate("beta2", Words { en: "β₂, of the squares", zh: "β₂（二阶矩）" }, 0.999);

/// The first and second moment of the gradient. Source: Kingma and Ba, *Adam: A
/// Method for Stochastic Optimization* (2015), algorithm 1.
pub(super) struct Moments {
    betas: [f64; 2],
    /// m, the mean of the gradient.
    pub(super) first: Vec<f64>,
    /// v, the mean of its square.
    pub(super) second: Vec<f64>,
    /// β₁ᵗ and β₂ᵗ.
    powers: [f64; 2],
}

/// The edge of stability of a rule that steps along the mean m ← β₁ m + (1 − β₁) g:
/// of the roots of r² − (1 + β₁ − (1 − β₁) ηλ) r + β₁ one reaches −1 there. The share
/// 1 − β₁ᵗ that m is divided by counts as part of P.
pub(super) fn edge_of_mean(beta1: f64) -> f64 {
    2.0 * (1.0 + beta1) / (1.0 - beta1)
}

/// Far below half the distance from 1 to the number before it.
const LEAST_POWER: f64 = f64::EPSILON * f64::EPSILON;

impl Moments {
    pub(super) fn new(betas: [f64; 2], dimension: usize) -> Self {
        let zeros = || vec![0.0; dimension];
        Self { betas, first: zeros(), second: zeros(), powers: [1.0; 2] }
    }

    /// Takes a gradient in. Returns 1 − β₁ᵗ and 1 − β₂ᵗ, the shares of m and v
    /// that are not their beginning at 0; divided by them they are m̂ and v̂.
    #[expect(clippy::inline_always, reason = "into each loss's loop")]
    #[inline(always)]
    pub(super) fn take_in<R: Rounding>(&mut self, round: R, gradient: &[f64]) -> [f64; 2] {
        let r = |x| round.round(x);
        let [beta1, beta2] = self.betas;
        // Of one length, so that the loop is unrolled where it is known.
        let count = gradient.len();
        let state = self.first[..count].iter_mut().zip(&mut self.second[..count]);
        for ((m, v), g) in state.zip(gradient) {
            *m = r(r(beta1 * *m) + r((1.0 - beta1) * g));
            *v = r(r(beta2 * *v) + r((1.0 - beta2) * r(g * g)));
        }
        self.powers = [self.powers[0] * beta1, self.powers[1] * beta2];
        // Long before, 1 − βᵗ is 1; but βᵗ itself would come to rest at a subnormal
        // number, with which processors multiply many times as slowly.
        self.powers = self.powers.map(|power| if power < LEAST_POWER { 0.0 } else { power });
        self.shares()
    }

    /// 1 − β₁ᵗ and 1 − β₂ᵗ.
    #[inline]
    pub(super) fn shares(&self) -> [f64; 2] {
        self.powers.map(|power| 1.0 - power)
    }
}
