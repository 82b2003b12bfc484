//! Plain descent with a rate measured on the step before.

use super::{Edge, Optimizer, OptimizerRule, Place, Precision, Python, RateRole, Rounding, Words};
use crate::linalg::dot;

struct BarzilaiBorwein {
    precision: Precision,
    /// θ and g of the step before; empty at first.
    before: [Vec<f64>; 2],
}

/// Rates outside this range are not used. Source: Raydan, *The Barzilai and
/// Borwein gradient method for the large scale unconstrained minimization
/// problem* (1997), where the bounds are ε = 10⁻¹⁰ and 1/ε.
const ALLOWED: core::ops::RangeInclusive<f64> = 1e-10..=1e10;

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "barzilai_borwein",
    name: Words { en: "Barzilai–Borwein", zh: "BB 步长法" },
    formula: "s = θ − θ₋₁,  y = g − g₋₁,  t = sᵀs / sᵀy  (sᵀy ≤ 0: t = η),  θ ← θ − t g",
    source: "Barzilai and Borwein, Two-Point Step Size Gradient Methods (1988); bounds of t from Raydan (1997)",
    knobs: &[],
    rate: RateRole::FirstStep,
    rates: |rates| rates,
    stability: None,
    edge: Edge::None(Words {
        en: "it takes its rate from the curvature along the step before; a step may be too long and the run still converge",
        zh: "它按上一步测得的曲率决定步长，个别步子过长也不妨碍收敛",
    }),
    python: Python {
        torch: "",
        state: "before = None",
        step: "if before is not None:
    s, y = theta - before[0], g - before[1]
    curved = np.dot(s, y)
    t_long = np.dot(s, s) / curved if curved > 0 else 0.0
    if 1e-10 <= t_long <= 1e10:
        lr = t_long
before = theta, g
theta = theta - lr * g",
    },
    build: |_, _, precision| {
        Box::new(BarzilaiBorwein { precision, before: [Vec::new(), Vec::new()] })
    },
};

impl BarzilaiBorwein {
    /// sᵀs / sᵀy, the longer of the two rates with which g/t looks most like the
    /// step before; none at the first step and where the loss did not curve
    /// upwards along that step.
    fn measured(&self, theta: &[f64], gradient: &[f64]) -> Option<f64> {
        let change = |now: &[f64], before: &[f64]| -> Vec<f64> {
            now.iter().zip(before).map(|(now, before)| self.precision.round(now - before)).collect()
        };
        let s = change(theta, &self.before[0]);
        let y = change(gradient, &self.before[1]);
        let curved = dot(&s, &y);
        let rate = dot(&s, &s) / curved;
        (curved > 0.0 && ALLOWED.contains(&rate)).then_some(rate)
    }
}

impl Optimizer for BarzilaiBorwein {
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        let rate = self.measured(theta, place.gradient).unwrap_or(place.learning_rate);
        self.before = [theta.to_vec(), place.gradient.to_vec()];
        let r = |x| self.precision.round(x);
        for (parameter, slope) in theta.iter_mut().zip(place.gradient) {
            *parameter = r(*parameter - r(rate * slope));
        }
        rate
    }
}
