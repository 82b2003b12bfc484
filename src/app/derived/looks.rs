//! The sharpness of runs on losses with too many parameters for their Hessians: made
//! between frames, while the chart shows it.

use super::Derived;
use crate::scenario::{Scenario, SharpnessLooks};

impl Derived {
    /// Begins anew what is stale of it, if it is looked at; forgets it otherwise.
    pub(super) fn refresh_looks(&mut self, scenario: &Scenario, is_looked_at: bool) {
        let loss = self.loss.get().loss.as_ref();
        let is_looked_at = is_looked_at && loss.layered().is_some();
        for (cache, run) in self.runs.iter_mut().zip(&scenario.runs) {
            if is_looked_at && !cache.run.get().is_making() {
                let trajectory = cache.run.get().trajectory();
                cache.looks.refresh(cache.run.generation(), |_, _| {
                    SharpnessLooks::begin(scenario, run, loss, trajectory)
                });
            } else {
                cache.looks.forget();
            }
        }
    }

    /// Goes on with it for the runs `shown`, the `selected` first; says whether it is done.
    pub(in super::super) fn advance_looks(
        &mut self,
        scenario: &Scenario,
        (selected, shown): (usize, &[usize]),
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let loss = self.loss.get().loss.as_ref();
        let first = shown.iter().filter(|run| **run == selected);
        for &index in first.chain(shown.iter().filter(|run| **run != selected)) {
            let Some((cache, run)) = self.runs.get_mut(index).zip(scenario.runs.get(index)) else {
                continue;
            };
            let trajectory = cache.run.get().trajectory();
            if let Some(Some(looks)) = cache.looks.peek_mut()
                && !looks.advance((scenario, run), loss, trajectory, is_time_up)
            {
                return false;
            }
        }
        true
    }

    /// The share of it that is made, of the run that is farthest behind; none where all is.
    pub(in super::super) fn looks_progress(&self, shown: &[usize]) -> Option<f64> {
        let looks = shown.iter().filter_map(|run| self.runs.get(*run)?.looks());
        let left = looks.filter(|looks| !looks.is_done()).map(SharpnessLooks::progress);
        left.reduce(f64::min)
    }
}
