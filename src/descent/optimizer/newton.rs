//! Newton's method, made to descend.

use super::super::eigen::Eigen;
use super::backtracking::{Backtracking, search_in_python};
use super::{Edge, Optimizer, OptimizerRule, Place, Precision, Python, RateRole, Rounding, Words};

struct Newton {
    precision: Precision,
    backtracking: Backtracking,
    direction: Vec<f64>,
}

/// Eigenvalues smaller than this share of the largest are taken for it, so that a
/// step along a direction without curvature stays finite.
const FLATTEST: f64 = 1e-8;

/// Of more parameters there is no room for the matrix.
const MOST: usize = 256;

pub(super) static RULE: OptimizerRule = OptimizerRule {
    key: "newton",
    name: Words { en: "Damped Newton", zh: "阻尼牛顿法" },
    formula: "p = −|H|⁻¹ ∇J(θ),  θ ← θ + t p,  t ∈ {1, ½, ¼, …}:  J(θ + t p) ≤ J(θ) + 10⁻⁴ t pᵀ∇J(θ)",
    source: "Nocedal and Wright, Numerical Optimization (2006), section 3.4; absolute values from Dauphin et al., Identifying and attacking the saddle point problem (2014)",
    knobs: &[],
    rate: RateRole::Unused,
    rates: |rates| rates,
    stability: None,
    edge: Edge::None(Words {
        en: "its step is divided by the curvature itself, so all directions are equally steep to it",
        zh: "它的每一步都除以曲率本身，各个方向在它看来一样陡",
    }),
    python: Python {
        torch: "",
        state: "",
        step: concat!(
            "H = hessian(theta)
H = np.asarray(rounded(H))
sizes, axes = np.linalg.eigh(H)
sizes = np.abs(sizes)
d = -g
d = np.asarray(d)
if sizes.max() > 0:
    d = axes @ ((axes.T @ d) / np.maximum(sizes, 1e-8 * sizes.max()))
d = rounded(d)
lr = 1.0
",
            search_in_python!("1e-4", "0.5")
        ),
    },
    build: |_, _, precision| {
        let backtracking = Backtracking::usual(precision);
        Box::new(Newton { precision, backtracking, direction: Vec::new() })
    },
};

impl Newton {
    /// Finds the direction of a step, unless that is done.
    fn turn(&mut self, theta: &[f64], place: &Place<'_>) {
        if self.backtracking.is_idle() {
            self.direction = self.direction(theta, place);
        }
    }

    /// −|H|⁻¹ g: down along every eigenvector, also where the loss curves
    /// downwards and Newton's own step would climb to the saddle.
    fn direction(&self, theta: &[f64], place: &Place<'_>) -> Vec<f64> {
        let downhill = || place.gradient.iter().map(|slope| -slope).collect();
        // Too many parameters: what is left is the gradient and the search along it.
        let most = if theta.len() > MOST { 0 } else { theta.len() };
        let mut hessian = vec![0.0; most * most];
        if most == 0 || !place.loss.hessian(theta, &mut hessian) {
            return downhill();
        }
        for entry in &mut hessian {
            *entry = self.precision.round(*entry);
        }
        let eigen = Eigen::of_symmetric(hessian, theta.len());
        let largest = eigen.values.iter().fold(0.0, |largest: f64, value| largest.max(value.abs()));
        if largest == 0.0 {
            return downhill();
        }
        eigen
            .map(place.gradient, |value| -1.0 / value.abs().max(FLATTEST * largest))
            .into_iter()
            .map(|component| self.precision.round(component))
            .collect()
    }
}

impl Optimizer for Newton {
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        self.turn(theta, place);
        self.backtracking.go(theta, place, &self.direction, 1.0)
    }

    fn prepare(&mut self, theta: &[f64], place: &Place<'_>, effort: usize) -> bool {
        self.turn(theta, place);
        self.backtracking.advance(theta, place, &self.direction, 1.0, effort)
    }
}
