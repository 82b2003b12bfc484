//! Newton's method, made to descend.

use super::super::loss::MOST_DENSE;
use super::backtracking::{Backtracking, search_in_python};
use super::{Edge, Optimizer, OptimizerRule, Place, Precision, Python, RateRole, Rounding, Words};
use crate::linalg::cholesky::solve_definite;
use crate::linalg::eigen::Eigen;

struct Newton {
    precision: Precision,
    backtracking: Backtracking,
    direction: Vec<f64>,
}

/// Where the Hessian is not positive definite, eigenvalues smaller than this share of the
/// largest are taken for it, so that a step along a direction without curvature stays
/// finite. Where it is, the step is Newton's own, however badly it is conditioned.
const FLATTEST: f64 = 1e-8;

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
d = -g
d = np.asarray(d)
try:
    pivots = np.diag(np.linalg.cholesky(H)) ** 2
    is_definite = (pivots > 1e-14 * np.diag(H)).all()
except np.linalg.LinAlgError:
    is_definite = False
if is_definite:
    d = np.linalg.solve(H, d)
else:
    sizes, axes = np.linalg.eigh(H)
    sizes = np.abs(sizes)
    if sizes.max() > 0:
        sizes = np.maximum(sizes, 1e-8 * sizes.max())
        d = axes @ ((axes.T @ d) / sizes)
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

    /// −H⁻¹ g where H is positive definite. Elsewhere −|H|⁻¹ g: down along every
    /// eigenvector, also where the loss curves downwards and Newton's own step would climb
    /// to the saddle. Without a Hessian, of a loss with too many parameters
    /// ([`super::Loss::has_hessian`]), −g: plain descent by the same search.
    fn direction(&self, theta: &[f64], place: &Place<'_>) -> Vec<f64> {
        let downhill = || place.gradient.iter().map(|slope| -slope).collect();
        let n = theta.len();
        let Some(mut hessian) = place.loss.dense_hessian(theta, MOST_DENSE) else {
            return downhill();
        };
        for entry in &mut hessian {
            *entry = self.precision.round(*entry);
        }
        if let Some(solution) = solve_definite(&hessian, place.gradient) {
            return solution.iter().map(|component| self.precision.round(-component)).collect();
        }
        let eigen = Eigen::of_symmetric(hessian, n);
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
    fn needs_hessian(&self) -> bool {
        true
    }

    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        self.turn(theta, place);
        self.backtracking.go(theta, place, &self.direction, 1.0)
    }

    fn prepare(&mut self, theta: &[f64], place: &Place<'_>, effort: usize) -> bool {
        self.turn(theta, place);
        self.backtracking.advance(theta, place, &self.direction, 1.0, effort)
    }
}
