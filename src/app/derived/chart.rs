//! What the chart is drawn from.

use super::{Derived, RunCache};
use crate::scenario::{Run, Scenario, SharpnessLooks};
use crate::view::{EdgeLines, Quantity, Recorded, Series};

use super::super::side::Side;

/// What the lines beside the sharpness, or the loss, depend on: generation of the run, its place,
/// width of the chart, whether they are shown.
pub(super) type EdgeKey = (u64, usize, usize, bool);

impl RunCache {
    /// Whether the chart of sharpness has a line for it.
    pub(in super::super) fn has_sharpness(&self) -> bool {
        self.sharpness.peek().is_some_and(Option::is_some) || self.looks().is_some()
    }

    /// What is found of its sharpness, where that takes long.
    pub(in super::super) fn looks(&self) -> Option<&SharpnessLooks> {
        self.looks.peek().and_then(Option::as_ref)
    }

    /// What the chart reads of it.
    pub(in super::super) fn recorded(&self, lowest: f64) -> Recorded<'_> {
        let sharpness = self.sharpness.peek().and_then(Option::as_ref);
        Recorded { trajectory: self.trajectory(), lowest, sharpness, looks: self.looks() }
    }
}

impl Derived {
    /// Brings the lines of the chart up to date, `columns` columns wide.
    pub(super) fn refresh_chart(&mut self, scenario: &Scenario, side: &Side, columns: usize) {
        let quantity = scenario.page.chart;
        let shows_sharpness = quantity == Quantity::Sharpness;
        self.refresh_looks(scenario, shows_sharpness);
        let parts = self.loss.get();
        let (loss, lowest) = (parts.loss.as_ref(), parts.charted_from);
        for (cache, run) in self.runs.iter_mut().zip(&scenario.runs) {
            let generation = cache.run.generation();
            // Making it takes as long as the run, keeping it a third of its memory.
            if shows_sharpness {
                let trajectory = cache.run.get().trajectory();
                cache
                    .sharpness
                    .refresh(generation, |_, _| scenario.sharpness(run, loss, trajectory));
            } else {
                cache.sharpness.forget();
            }
            let made = cache.looks().map_or(0, SharpnessLooks::made);
            let key = (generation, columns, quantity, made);
            if cache.series.key() != Some(&key) {
                let series = quantity.series(&cache.recorded(lowest), columns);
                cache.series.refresh(key, |_, _| series);
            }
            let key = (cache.average.generation(), quantity);
            let average = cache.average.get().as_ref().filter(|_| quantity == Quantity::Loss);
            cache
                .average_series
                .refresh(key, |_, _| average.map(|average| Series::of_average(average, lowest)));
        }
        let selected = side.selected;
        let ghost = self.ghost.as_ref();
        self.ghost_series.refresh((self.ghost_generation, columns, quantity, 0), |_, _| {
            let is_too_long = shows_sharpness && loss.layered().is_some();
            ghost.filter(|_| !is_too_long).map(|ghost| {
                let run = Run { learning_rate: ghost.rate, ..scenario.runs[selected].clone() };
                let trajectory = &ghost.trajectory;
                let sharpness =
                    shows_sharpness.then(|| scenario.sharpness(&run, loss, trajectory)).flatten();
                let sharpness = sharpness.as_ref();
                quantity.series(&Recorded { trajectory, lowest, sharpness, looks: None }, columns)
            })
        });
        let cache = &self.runs[selected];
        let key = (cache.run.generation(), selected, columns, shows_sharpness);
        let run = &scenario.runs[selected];
        let shows_loss = (cache.run.generation(), selected, columns, quantity == Quantity::Loss);
        self.held_out.refresh(shows_loss, |&(_, _, _, is_shown), _| {
            let trajectory = cache.trajectory();
            let at = |t| loss.held_out_loss(trajectory.point(t));
            let is_there = is_shown && at(0).is_some();
            let last = trajectory.steps();
            is_there.then(|| Series::sampled(last, columns, |t| at(t).unwrap_or(f64::NAN)))
        });
        self.edge.refresh(key, |_, _| {
            let rule = (run.optimizer.rule, run.optimizer.knobs.as_slice());
            let (trajectory, last) = (cache.trajectory(), scenario.steps);
            let lines = if cache.looks().is_some() {
                EdgeLines::over_rate(rule, trajectory, last, columns)
            } else {
                let sharpness = cache.sharpness.peek()?.as_ref()?;
                EdgeLines::of(rule, (trajectory, sharpness), last, columns)
            };
            // A clipped or projected step is not as long as theory has it, nor is one up the
            // slope.
            let edge = lines.edge.filter(|_| run.takes_whole_steps());
            Some(EdgeLines { edge, ..lines })
        });
    }
}
