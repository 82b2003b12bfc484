//! Gradients of a constrained run, without what leads out of the allowed set.

use super::super::constraint::FeasibleSet;
use super::super::loss::Loss;
use super::super::trajectory::Trajectory;
use super::end_state::Record;
use crate::linalg::dot;
use crate::linalg::norm;

/// The gradients of a run as its outcome sees them: those of a free run are ∇J, those of a
/// constrained one the projected gradients, which are 0 at a constrained minimum.
pub(super) struct Walls<'a> {
    set: Option<FeasibleSet<'a>>,
}

impl<'a> Walls<'a> {
    /// Of a run on `loss`.
    pub(super) fn of(loss: &'a dyn Loss, run: &'a impl Record) -> Self {
        Self { set: run.feasible_set(loss) }
    }

    /// The length of the gradient at a step.
    pub(super) fn gradient_norm(&self, run: &impl Record, step: usize) -> f64 {
        if self.set.is_none() {
            return run.gradient_norm(step);
        }
        if let Some(known) = run.projected_norm(step) {
            return known;
        }
        match run.point_and_gradient(step) {
            Some((point, gradient)) => norm(&self.projected(&point, gradient)),
            None => run.gradient_norm(step),
        }
    }

    /// The gradient at a step, where it is kept.
    pub(super) fn gradient(&self, run: &Trajectory, step: usize) -> Option<Vec<f64>> {
        let gradient = run.gradient(step)?.to_vec();
        Some(self.projected(run.point(step), gradient))
    }

    /// The product of the gradient at a step with that at the next.
    pub(super) fn gradient_product(&self, run: &Trajectory, step: usize) -> f64 {
        if self.set.is_none() {
            return run.gradient_product(step);
        }
        if let Some(known) = run.projected_product(step) {
            return known;
        }
        match (self.gradient(run, step), self.gradient(run, step + 1)) {
            (Some(here), Some(next)) => dot(&here, &next),
            _ => run.gradient_product(step),
        }
    }

    /// Whether the run is constrained at all.
    pub(super) fn are_there(&self) -> bool {
        self.set.is_some()
    }

    fn projected(&self, point: &[f64], mut gradient: Vec<f64>) -> Vec<f64> {
        if let Some(set) = &self.set {
            set.project_gradient(point, &mut gradient);
        }
        gradient
    }
}
