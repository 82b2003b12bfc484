//! Plain gradient descent.

use super::{
    Curvature, Edge, Inlined, OptimizerRule, Precision, Python, RateRole, Rounding, Stability,
    Update, Words, build,
};

/// θ ← θ − η·g. Without state.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sgd;

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "sgd",
    name: Words { en: "Gradient descent", zh: "梯度下降" },
    formula: "θ ← θ − η ∇J(θ)",
    source: "Cauchy, Méthode générale pour la résolution des systèmes d'équations simultanées (1847); torch.optim.SGD",
    knobs: &[],
    rate: RateRole::EveryStep,
    rates: |rates| rates,
    // Polyak, Introduction to Optimization (1987), section 1.4.
    stability: Some(Stability {
        limit: |_| 2.0,
        growth: |_, product| (1.0 - product).abs(),
        limit_formula: &[("2 / λ", false), ("max", true)],
        best: Some(|_, curvature| Curvature::best(curvature)),
        best_formula: &[
            ("2 / (λ", false),
            ("min", true),
            (" + λ", false),
            ("max", true),
            (")", false),
        ],
        band: None,
        band_formula: &[],
    }),
    edge: Edge::Plain,
    python: Python { torch: "SGD(lr=lr)", state: "", step: "theta = theta - lr * g" },
    build: |_, _, precision| match precision {
        Precision::F64 => Box::new(Inlined::Sgd(Sgd)),
        other => build(Sgd, other),
    },
};

impl Update for Sgd {
    #[inline]
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    ) {
        for (parameter, slope) in theta.iter_mut().zip(gradient) {
            *parameter = round.round(*parameter - round.round(learning_rate * slope));
        }
    }
}
