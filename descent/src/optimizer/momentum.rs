//! The heavy ball.

use super::{
    Curvature, Edge, Knob, OptimizerRule, Python, RateRole, Rounding, Stability, Update, Words,
};
use super::{build, decay_rate, larger_root};

struct Momentum {
    beta: f64,
    velocity: Vec<f64>,
}

/// How much of the velocity a step keeps.
pub(super) const MOMENTUM: Knob =
    decay_rate("momentum", Words { en: "Momentum β", zh: "动量 β" }, 0.9);

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "momentum",
    name: Words { en: "Momentum", zh: "动量法" },
    formula: "v ← β v + ∇J(θ),  θ ← θ − η v",
    source: "Polyak, Some methods of speeding up the convergence of iteration methods (1964); torch.optim.SGD with momentum",
    knobs: &[MOMENTUM],
    rate: RateRole::EveryStep,
    rates: |rates| rates,
    // Of the roots of r² − (1 + β − ηλ) r + β one reaches −1 at ηλ = 2(1 + β). They
    // depend on ηλ only through |1 + β − ηλ|, so the slowest of all eigenvalues is
    // fastest where that is equal at both ends. Where both roots are conjugate for all
    // eigenvalues, their size is √β: every such rate is as fast.
    stability: Some(Stability {
        limit: |knobs| 2.0 * (1.0 + knobs[0]),
        growth: |knobs, product| larger_root(1.0 + knobs[0] - product, knobs[0]),
        limit_formula: &[("2(1 + β) / λ", false), ("max", true)],
        best: Some(|knobs, curvature| match band(knobs, curvature) {
            Some(_) => None,
            None => Some((1.0 + knobs[0]) * curvature.best()?),
        }),
        best_formula: &[
            ("2(1 + β) / (λ", false),
            ("min", true),
            (" + λ", false),
            ("max", true),
            (")", false),
        ],
        band: Some(band),
        band_formula: &[
            ("(1 − √β)² / λ", false),
            ("min", true),
            (" … (1 + √β)² / λ", false),
            ("max", true),
        ],
    }),
    edge: Edge::Plain,
    python: Python {
        torch: "SGD(lr=lr, momentum={momentum})",
        state: "v = np.zeros_like(theta)",
        step: "v = {momentum} * v + g\ntheta = theta - lr * v",
    },
    build: |knobs, dimension, precision| {
        build(Momentum { beta: knobs[0], velocity: vec![0.0; dimension] }, precision)
    },
};

/// The rates at which the error along every eigenvector shrinks by √β a step in the long
/// run: none where β is too small for the spread of the eigenvalues.
fn band(knobs: &[f64], curvature: &Curvature) -> Option<[f64; 2]> {
    let root = knobs[0].sqrt();
    let [low, high] =
        [(1.0 - root) * (1.0 - root) / curvature.min, (1.0 + root) * (1.0 + root) / curvature.max];
    let is_band = curvature.min > 0.0 && low > 0.0 && low < high && high.is_finite();
    is_band.then_some([low, high])
}

impl Update for Momentum {
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        let r = |x| round.round(x);
        for ((parameter, slope), v) in theta.iter_mut().zip(gradient).zip(&mut self.velocity) {
            *v = r(r(self.beta * *v) + slope);
            *parameter = r(*parameter - r(learning_rate * *v));
        }
    }

    fn momentum(&self) -> Option<&[f64]> {
        Some(&self.velocity)
    }
}
