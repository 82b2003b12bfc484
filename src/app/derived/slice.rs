//! The plane of more than two parameters that the map shows.

use super::super::background;
use super::points::{Points, Walked};
use super::{Derived, Ghost, RunCache};
use crate::descent::{Plane, Trajectory, Way};
use crate::scenario::{Directions, Scenario, Slice, SliceMaking};
use crate::view::SliceView;

/// What a plane depends on: generation of the loss, how often the selected run was begun,
/// how much of it there is, its place, what spans the plane.
pub(super) type SliceKey = (u64, (u64, u32), usize, Directions);

/// While a run is being made its plane is renewed when it has moved, when there is this
/// part of it, and then when there is twice as much. Until there is the larger part a plane
/// of the run before stands still.
const FIRST_PART: usize = 64;
const WORTH_A_PLANE: usize = 16;

/// With so many parameters in all points a plane is made within a frame, in about a
/// millisecond.
const FEW: usize = 1 << 17;

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

/// A plane that is made between frames, with all that lies on it: until it is there the
/// one before is shown.
pub(super) struct SliceInMaking {
    key: SliceKey,
    /// Of which runs and how much of each; the ghost comes last.
    of: Vec<(Walked, usize)>,
    stage: Stage,
}

enum Stage {
    Spanning(SliceMaking),
    /// The points of one run after the other.
    Walking(Slice, Vec<Points>, Way),
}

impl SliceInMaking {
    fn is_done(&self) -> bool {
        matches!(&self.stage, Stage::Walking(_, done, _) if done.len() >= self.of.len())
    }

    /// Goes on until time is up or it is done.
    fn advance(self, runs: &[&Trajectory], is_time_up: &mut dyn FnMut() -> bool) -> Self {
        let Self { key, of, stage } = self;
        let (slice, mut done, mut way) = match stage {
            Stage::Spanning(mut making) => match making.advance(runs[key.2], is_time_up) {
                None => return Self { key, of, stage: Stage::Spanning(making) },
                Some(slice) => (slice, Vec::new(), Way::default()),
            },
            Stage::Walking(slice, done, way) => (slice, done, way),
        };
        while let Some(run) = runs.get(done.len()) {
            if done.len() == key.2 && way.is_empty() {
                way = Way::from(slice.way.clone());
            }
            if !way.advance(&slice.plane, run, run.steps(), is_time_up) {
                break;
            }
            done.push(core::mem::take(&mut way).into_points());
        }
        Self { key, of, stage: Stage::Walking(slice, done, way) }
    }
}

impl Derived {
    /// Brings the plane up to date, but not while something is held: it would turn away
    /// under the hand that moves the start or the rate. Of many parameters it is begun,
    /// and made by [`Derived::advance_slice`].
    pub(super) fn refresh_slice(&mut self, scenario: &Scenario, selected: usize) {
        let key = self.slice_key(scenario, selected);
        let is_kept = self.keeps_slice(scenario, &key);
        let making = self.slice_in_making.take();
        if self.slice.key() == Some(&key) || is_kept {
            return;
        }
        if self.loss.get().loss.dimension() <= 2 {
            self.slice.refresh(key, |_, _| None);
            return;
        }
        // It may have been made from a little less of the run.
        let making = making.filter(|making| {
            let ((loss, (run, _), place, directions), now) = (making.key, &key);
            let is_same = (loss, run, place, directions) == (now.0, now.1.0, now.2, now.3);
            is_same && (making.is_done() || making.of == self.walked_on_map())
        });
        let making = match making {
            Some(making) if making.is_done() => {
                self.take_up_slice(making);
                if self.slice.key() == Some(&key) {
                    return;
                }
                self.begin_slice(scenario, key)
            }
            Some(making) => making,
            None => self.begin_slice(scenario, key),
        };
        let runs = self.on_map();
        let numbers = runs.iter().map(|run| run.dimension() * run.steps() / run.stride());
        let is_small = numbers.sum::<usize>() <= FEW;
        if is_small || !self.has_slice() {
            let made = making.advance(&runs, &mut || false);
            self.take_up_slice(made);
        } else {
            self.slice_in_making = Some(making);
            background::ask();
        }
    }

    /// Whether another plane is on its way.
    pub(in super::super) fn has_slice_left(&self) -> bool {
        self.slice_in_making.is_some()
    }

    fn slice_key(&self, scenario: &Scenario, selected: usize) -> SliceKey {
        let RunCache { run, .. } = &self.runs[selected];
        let directions = scenario.page.plane;
        // Of two parameters there is no plane that another run could turn: the map of
        // them and all paths would be made anew with every rate.
        if self.loss.get().loss.dimension() <= 2 {
            return (0, (0, 0), 0, directions);
        }
        let (recorded, all) = (run.get().trajectory().steps(), scenario.steps.max(1));
        let doubled = u32::from(recorded > 0) + (1 + FIRST_PART * recorded / all).ilog2();
        let of_run = (run.made(), if run.get().is_making() { doubled } else { u32::MAX });
        (self.loss.generation(), of_run, selected, directions)
    }

    /// Whether there is a plane of as many parameters.
    fn has_slice(&self) -> bool {
        let dimension = self.loss.get().loss.dimension();
        let parts = self.slice.peek().and_then(Option::as_ref);
        parts.is_some_and(|parts| parts.plane().origin().len() == dimension)
    }

    /// Whether the plane stays as it is although it would be another.
    fn keeps_slice(&self, scenario: &Scenario, key: &SliceKey) -> bool {
        let run = self.runs[key.2].run.get();
        let (recorded, all) = (run.trajectory().steps(), scenario.steps.max(1));
        let is_of_another = self.slice.key().is_some_and(|before| before.1.0 != key.1.0)
            && self.slice().is_some_and(|slice| slice.way.len() > 1);
        let is_early = run.is_making() && is_of_another && WORTH_A_PLANE * recorded < all;
        let is_same = |before: &SliceKey| {
            before.3 == key.3 && (self.is_held || (before.0 == key.0 && before.2 == key.2))
        };
        (self.is_held || is_early) && self.slice.key().is_some_and(is_same) && self.has_slice()
    }

    /// The runs that lie on the map; the ghost comes last.
    fn on_map(&self) -> Vec<&Trajectory> {
        let runs = self.runs.iter().map(RunCache::trajectory);
        let ghost = self.ghost.as_ref().map(|ghost| &*ghost.trajectory);
        runs.chain(ghost).collect()
    }

    /// Which they are, and how much there is of each.
    fn walked_on_map(&self) -> Vec<(Walked, usize)> {
        let runs = self.runs.iter();
        let of_runs = runs.map(|cache| (cache.walked(), cache.trajectory().steps()));
        let of_ghost = |ghost: &Ghost| ((self.ghost_generation, true), ghost.trajectory.steps());
        of_runs.chain(self.ghost.as_ref().map(of_ghost)).collect()
    }

    fn begin_slice(&self, scenario: &Scenario, key: SliceKey) -> SliceInMaking {
        let loss = self.loss.get().loss.as_ref();
        let trajectory = self.runs[key.2].trajectory();
        let making = SliceMaking::begin(scenario.page.plane, trajectory, loss);
        SliceInMaking { key, of: self.walked_on_map(), stage: Stage::Spanning(making) }
    }

    /// Goes on with the plane that is being made; says whether it is done.
    pub(in super::super) fn advance_slice(&mut self, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        if self.slice_in_making.as_ref().is_none_or(SliceInMaking::is_done) {
            return true;
        }
        let Some(making) = self.slice_in_making.take() else { return true };
        // Of runs that are gone nothing is made; the next frame sees to that.
        if making.of != self.walked_on_map() {
            return true;
        }
        let making = making.advance(&self.on_map(), is_time_up);
        let is_done = making.is_done();
        self.slice_in_making = Some(making);
        is_done
    }

    /// The plane that was made becomes the one that is shown.
    fn take_up_slice(&mut self, made: SliceInMaking) {
        let SliceInMaking { key, of, stage: Stage::Walking(slice, done, _) } = made else {
            return;
        };
        let view = SliceView::of(&slice, &self.loss.get().minima);
        self.slice.refresh(key, |_, _| Some(SliceParts { slice, view: view? }));
        let (turned, mut of, mut done) =
            (self.slice.generation(), of.into_iter(), done.into_iter());
        if self.plane().is_none() {
            return;
        }
        for (cache, ((walked, _), points)) in
            self.runs.iter_mut().zip(of.by_ref().zip(done.by_ref()))
        {
            if cache.walked() == walked {
                cache.take_points(turned, points);
            }
        }
        if let Some((((generation, _), _), points)) = of.zip(done).next() {
            self.ghost_points.refresh((generation, turned), |_, _| Some(points));
        }
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
