//! The loss map: made within a frame where the loss is cheap, at more and more nodes over
//! frames where it is dear.

use super::super::background;
use super::slice::SliceParts;
use super::{Derived, LossParts};
use crate::descent::Plane;
use crate::descent::loss::{Loss, OnPlane};
use crate::view::{LossMap, Refinement, Viewport};

/// What a map depends on: generations of loss and plane, what is shown, device pixels.
pub(super) type MapKey = (u64, u64, Viewport, u64);

/// A loss whose values cost more exponentials than this has its map made over frames; so
/// has any with layers, which few nodes would show as smooth as they are not.
const DEAR: usize = 3_000;
/// A frame itself works on a new map for so many milliseconds; less while something is in
/// hand.
const FIRST_LOOK: f64 = 1.5;
const IN_HAND: f64 = 0.5;
/// While something is in hand the map is no finer than this.
const COARSEST: usize = 1;
/// The levels that are looked at before all else that is made over frames.
const FIRST_LEVELS: usize = 2;

/// A map that is made over frames.
pub(in super::super) struct MapParts {
    refinement: Refinement,
    /// When it was begun, in milliseconds.
    began: f64,
}

impl Derived {
    /// Brings the map up to date, on a screen of `ratio` device pixels a CSS pixel.
    pub(super) fn refresh_map(&mut self, ratio: f64) {
        let viewport = self.viewport;
        let key = (self.loss.generation(), self.slice.generation(), viewport, ratio.to_bits());
        let is_curve = self.loss.get().loss.dimension() == 1;
        if is_curve || !is_dear(self.loss.get().loss.as_ref()) {
            self.refinement.forget();
            let LossParts { loss, lowest, .. } = self.loss.get();
            let plane = self.slice.get().as_ref().map(SliceParts::plane);
            self.map.refresh((key, 0), |_, _| {
                let of = |shown: &dyn Loss| LossMap::of(shown, *lowest, &viewport, ratio);
                if is_curve { None } else { as_shown(loss.as_ref(), plane, of) }
            });
            return;
        }
        let before = self.refinement.key();
        let is_same_loss = before.is_some_and(|before| (before.0, before.1) == (key.0, key.1));
        let LossParts { loss, lowest, .. } = self.loss.get();
        let of = (*lowest, loss.cost());
        let is_new = self.refinement.refresh(key, |_, before| {
            let before: Option<MapParts> = before.flatten().filter(|_| is_same_loss);
            let before = before.as_ref().map(|before| &before.refinement);
            let refinement = LossMap::begin(of, &viewport, ratio, before)?;
            Some(MapParts { refinement, began: background::now() })
        });
        if is_new {
            let end = background::ahead_until(if self.is_held { IN_HAND } else { FIRST_LOOK });
            self.advance_map(usize::MAX, &mut || background::now() >= end);
        }
        let parts = self.refinement.get().as_ref();
        let complete = parts.map_or(0, |parts| parts.refinement.complete());
        self.map.refresh((key, complete), |_, _| LossMap::of_refinement(&parts?.refinement));
        if parts.is_some_and(|parts| !parts.refinement.is_done()) {
            background::ask();
        }
    }

    /// Goes on with the map up to so many levels; says whether they are made.
    fn advance_map(&mut self, levels: usize, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        let levels = if self.is_held { COARSEST } else { levels };
        let plane = self.slice.peek().and_then(Option::as_ref).map(SliceParts::plane);
        let Some(Some(parts)) = self.refinement.peek_mut() else { return true };
        let loss = self.loss.get().loss.as_ref();
        as_shown(loss, plane, |shown| parts.refinement.advance(shown, levels, is_time_up))
    }

    /// Goes on with its first levels; says whether they are made.
    pub(in super::super) fn sketch_map(&mut self, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        self.advance_map(FIRST_LEVELS, is_time_up)
    }

    /// Goes on with the others; says whether all are made.
    pub(in super::super) fn refine_map(&mut self, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        self.advance_map(usize::MAX, is_time_up)
    }

    /// The share of the map that is made and for how many milliseconds it has been in the
    /// making; none of one that is made.
    pub(in super::super) fn map_progress(&self) -> Option<(f64, f64)> {
        let parts = self.refinement.peek()?.as_ref()?;
        let elapsed = background::now() - parts.began;
        (!parts.refinement.is_done()).then(|| (parts.refinement.progress(), elapsed))
    }
}

fn is_dear(loss: &dyn Loss) -> bool {
    loss.layered().is_some() || loss.cost() > DEAR
}

/// Hands over the loss as the map shows it.
fn as_shown<T>(loss: &dyn Loss, plane: Option<&Plane>, then: impl FnOnce(&dyn Loss) -> T) -> T {
    match plane {
        Some(plane) => then(&OnPlane { loss, plane }),
        None => then(loss),
    }
}
