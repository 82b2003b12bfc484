//! What is told of the runs besides their points.

use super::Derived;
use super::slice::SliceParts;
use crate::descent::{Average, Epochs};
use crate::scenario::Scenario;
use crate::view::feasible_boundary;

impl Derived {
    /// Brings averages, noise balls, boundaries and epochs up to date.
    pub(super) fn refresh_told(&mut self, scenario: &Scenario, selected: usize) {
        let loss = self.loss.get().loss.as_ref();
        let sampling = scenario.sampling(&scenario.runs[selected], loss);
        self.epochs.refresh(sampling, |sampling, _| sampling.map(Epochs::of));
        let plane = self.slice.get().as_ref().map(SliceParts::plane);
        let turned = self.slice.generation();
        let viewport = self.viewport;
        for (cache, run) in self.runs.iter_mut().zip(&scenario.runs) {
            let generation = cache.run.generation();
            let parts = cache.run.get();
            cache.average.refresh((generation, run.average.to_bits()), |_, _| {
                Average::of(loss, parts.trajectory(), run.average)
            });
            cache.spread.refresh((generation, turned), |_, _| {
                let verdict = parts.verdict.as_ref()?;
                scenario.noise_ball(run, parts.trajectory(), verdict, plane)
            });
            cache.bounds.refresh((generation, turned, viewport), |_, _| {
                let trajectory = parts.trajectory();
                let end = trajectory.point(trajectory.steps());
                run.with_feasible_set(loss, scenario.precision, |set| {
                    feasible_boundary(set, plane, end, viewport.window)
                })
                .unwrap_or_default()
            });
        }
    }
}
