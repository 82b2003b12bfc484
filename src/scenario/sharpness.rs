//! The sharpness along a run of a scenario.

use super::{Run, Scenario};
use crate::descent::loss::Loss;
use crate::descent::optimizer::Edge;
use crate::descent::{Sharpness, Trajectory};

impl Scenario {
    /// λ_max and its product with the rate along a run that [`Scenario::descend`]
    /// made; none where no such product belongs to the run's rule, and where the loss has
    /// too many parameters for its curvature: see [`super::SharpnessLooks`].
    #[must_use]
    pub fn sharpness(
        &self,
        run: &Run,
        loss: &dyn Loss,
        trajectory: &Trajectory,
    ) -> Option<Sharpness> {
        if loss.layered().is_some() {
            return None;
        }
        match run.optimizer.rule.edge {
            Edge::Plain => Sharpness::of(loss, trajectory),
            Edge::Preconditioned(_) => self.with_descent(run, loss, |descent| {
                let mut optimizer = run.build_optimizer(loss.dimension(), self.precision);
                Sharpness::preconditioned(loss, trajectory, optimizer.as_mut(), descent)
            }),
            Edge::None(_) => None,
        }
    }
}
