//! The plane of more than two parameters that the map shows.

use super::{Derived, LossParts, RunCache};
use crate::descent::Plane;
use crate::descent::loss::{Loss, OnPlane};
use crate::scenario::{Directions, Scenario, Slice};
use crate::view::{LossMap, SliceView, Viewport};

/// What a plane depends on: generations of loss and selected run, that run's place, what
/// spans the plane.
pub(super) type SliceKey = (u64, u64, usize, Directions);

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
        let key = if dimension > 2 {
            (self.loss.generation(), run.generation(), selected, directions)
        } else {
            (0, 0, 0, directions)
        };
        let fits = |parts: &SliceParts| parts.slice.plane.origin().len() == dimension;
        let is_kept = self.is_held
            && self.slice.key().is_some_and(|(_, _, _, before)| *before == directions)
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

/// The map of a loss, or of a plane through it.
pub(super) fn map_of(
    loss: &dyn Loss,
    plane: Option<&Plane>,
    lowest: f64,
    viewport: &Viewport,
    ratio: f64,
) -> Option<LossMap> {
    match plane {
        Some(plane) => LossMap::of(&OnPlane { loss, plane }, lowest, viewport, ratio),
        None => LossMap::of(loss, lowest, viewport, ratio),
    }
}
