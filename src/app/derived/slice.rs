//! The plane of more than two parameters that the map shows.

use super::{Derived, LossParts, RunCache};
use crate::descent::Plane;
use crate::scenario::{Directions, Scenario, Slice};
use crate::view::SliceView;

/// What a plane depends on: generation of the loss, how often the selected run was begun,
/// how much of it there is, its place, what spans the plane.
pub(super) type SliceKey = (u64, (u64, u32), usize, Directions);

/// While a run is being made its plane is renewed when there is twice as much of it; the
/// first time when there is this part of it. Until there is the larger part the plane of
/// the run before stands still.
const FIRST_PART: usize = 64;
const WORTH_A_PLANE: usize = 16;

/// The plane, and what the map shows of it.
pub(in super::super) struct SliceParts {
    slice: Slice,
    view: SliceView,
}

impl SliceParts {
    pub(super) fn plane(&self) -> &Plane {
        &self.slice.plane
    }
}

impl Derived {
    /// Brings the plane up to date, but not while something is held: it would turn away
    /// under the hand that moves the start or the rate.
    pub(super) fn refresh_slice(&mut self, scenario: &Scenario, selected: usize) {
        let RunCache { run, .. } = &self.runs[selected];
        let directions = scenario.page.plane;
        let dimension = self.loss.get().loss.dimension();
        // Of two parameters there is no plane that another run could turn: the map of
        // them and all paths would be made anew with every rate.
        let (recorded, all) = (run.get().trajectory().steps(), scenario.steps.max(1));
        let is_making = run.get().is_making();
        let doubled = (1 + FIRST_PART * recorded / all).ilog2();
        let key = if dimension > 2 {
            let of_run = (run.made(), if is_making { doubled } else { u32::MAX });
            (self.loss.generation(), of_run, selected, directions)
        } else {
            (0, (0, 0), 0, directions)
        };
        let is_early = is_making && WORTH_A_PLANE * recorded < all;
        let fits = |parts: &SliceParts| parts.slice.plane.origin().len() == dimension;
        let is_same = |before: &SliceKey| {
            before.3 == key.3 && (self.is_held || (before.0 == key.0 && before.2 == key.2))
        };
        let is_kept = (self.is_held || is_early)
            && self.slice.key().is_some_and(is_same)
            && self.slice.peek().and_then(Option::as_ref).is_some_and(fits);
        if is_kept {
            return;
        }
        let LossParts { loss, minima, .. } = self.loss.get();
        let (trajectory, loss) = (run.get().trajectory(), loss.as_ref());
        self.slice.refresh(key, |_, _| {
            let slice = scenario.slice(trajectory, loss)?;
            let view = SliceView::of(&slice, trajectory, minima)?;
            Some(SliceParts { slice, view })
        });
    }

    /// What the map shows of more than two parameters.
    pub(in super::super) fn slice(&self) -> Option<&Slice> {
        self.slice.peek().and_then(Option::as_ref).map(|parts| &parts.slice)
    }

    /// Its plane.
    pub(in super::super) fn plane(&self) -> Option<&Plane> {
        self.slice().map(|slice| &slice.plane)
    }

    /// Counts the planes so far.
    pub(super) fn turned(&self) -> u64 {
        self.slice.generation()
    }

    /// The minima on the map.
    pub(in super::super) fn marks(&self) -> &[[f64; 2]] {
        let parts = self.slice.peek().and_then(Option::as_ref);
        parts.map_or(&self.loss.get().marks, |parts| &parts.view.marks)
    }

    /// What is shown where the scenario says nothing.
    pub(in super::super) fn own_window(&self) -> [f64; 4] {
        let parts = self.slice.peek().and_then(Option::as_ref);
        parts.map_or(self.loss.get().window, |parts| parts.view.window)
    }
}
