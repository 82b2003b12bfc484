//! What runs on a loss with layers have learned at the playhead: asked for at many places
//! and so over frames, where one place is dear.

use super::Derived;
use crate::view::{Sketch, Sketching, is_plane};

impl Derived {
    /// Brings what a run has learned by `step` up to date, or as far as that can be done
    /// until time is up; it is no finer than can be made within a frame unless
    /// `is_at_rest`. Nothing where the model is asked for at once.
    pub(in super::super) fn refresh_learned(&mut self, index: usize, step: usize) {
        let loss = self.loss.get().loss.as_ref();
        let cache = &mut self.runs[index];
        let samples = loss.data().filter(|_| loss.layered().is_some());
        let Some(samples) = samples else {
            cache.learned = None;
            return;
        };
        let viewport = &self.data_viewport;
        let made = self.loss.generation();
        let is_same = |(of, learned): &(u64, Sketching)| *of == made && learned.is_over(viewport);
        let before = cache.learned.take().filter(is_same);
        let new = || (made, Sketching::new(*viewport, is_plane(samples), loss));
        let (_, learned) = cache.learned.insert(before.unwrap_or_else(new));
        let trajectory = cache.run.get().trajectory();
        let step = trajectory.kept_step(step);
        learned.turn_to(step, trajectory.point(step));
    }

    /// Goes on with what runs have learned; while it changes with every frame, or
    /// something is in hand, no finer than can be made within one. Says whether that is
    /// done.
    pub(in super::super) fn advance_learned(
        &mut self,
        runs: &[usize],
        is_at_rest: bool,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let loss = self.loss.get().loss.as_ref();
        let is_at_rest = is_at_rest && !self.is_held;
        runs.iter().all(|run| {
            let learned = self.runs.get_mut(*run).and_then(|cache| cache.learned.as_mut());
            learned.is_none_or(|(_, learned)| {
                let levels = if is_at_rest { usize::MAX } else { learned.cheap_levels() };
                learned.advance(loss, levels, is_time_up)
            })
        })
    }

    /// What a run has learned, as far as it is made, and how often it was made.
    pub(in super::super) fn learned(&self, index: usize) -> Option<(&Sketch, u64)> {
        let (_, learned) = self.runs.get(index)?.learned.as_ref()?;
        Some((learned.shown()?, learned.made()))
    }
}
