//! The runs as they lie on the map. Of more than two parameters there may be millions of
//! numbers behind the points of a run: each is looked at once for each plane.

use super::slice::SliceParts;
use super::{Derived, RunCache};
use crate::descent::{Plane, Trajectory};
use crate::view::{PixelPath, Track, add_points, map_points};

/// Points on the map, each with its step.
pub(super) type Points = Vec<(usize, [f64; 2])>;
/// Which run, or which beginning of one: how often it was begun and whether some of it is
/// recorded.
pub(super) type Walked = (u64, bool);
/// What the points of a run depend on: the run, the plane, how much there is of the run.
pub(super) type PointsKey = ((Walked, u64), u64);
/// The same of the ghost: its generation and that of the plane.
pub(super) type GhostKey = (u64, u64);

impl RunCache {
    /// Which run it holds.
    pub(super) fn walked(&self) -> Walked {
        (self.run.made(), self.run.get().is_begun())
    }

    /// Takes over points that were worked out beforehand; what is missing follows.
    pub(super) fn take_points(&mut self, turned: u64, points: Points) {
        let key = ((self.walked(), turned), u64::MAX);
        self.points.refresh(key, |_, _| Some(points));
    }
}

impl Derived {
    /// Brings the paths up to date, and those of the plane that they lie on.
    pub(super) fn refresh_paths(&mut self) {
        let viewport = self.viewport;
        let plane = self.slice.get().as_ref().map(SliceParts::plane);
        let turned = self.slice.generation();
        for cache in &mut self.runs {
            let of = (cache.walked(), turned);
            let RunCache { run, points, path, .. } = cache;
            let (trajectory, generation) = (run.get().trajectory(), run.generation());
            let is_same = points.key().is_some_and(|(before, _)| *before == of);
            points.refresh((of, generation), |_, before| {
                on_plane(plane, before.flatten().filter(|_| is_same), trajectory)
            });
            path.refresh((generation, turned, viewport), |_, _| match points.get() {
                Some(points) => PixelPath::of_steps(points.iter().copied(), &viewport),
                None => PixelPath::of_steps(map_points(None, trajectory, usize::MAX), &viewport),
            });
        }
        let ghost = self.ghost.as_ref();
        let points = &mut self.ghost_points;
        points.refresh((self.ghost_generation, turned), |_, _| {
            on_plane(plane, None, &ghost?.trajectory)
        });
        self.ghost_path.refresh((self.ghost_generation, turned, viewport), |_, _| {
            let ghost = &ghost?.trajectory;
            Some(match points.get() {
                Some(points) => PixelPath::of_steps(points.iter().copied(), &viewport),
                None => PixelPath::of_steps(map_points(None, ghost, usize::MAX), &viewport),
            })
        });
    }

    /// The ghost is what was run `index` until now: so are its points.
    pub(super) fn hand_points_to_ghost(&mut self, index: usize, walked: Walked) {
        let Some(plane) = self.slice.peek().and_then(Option::as_ref).map(SliceParts::plane) else {
            return;
        };
        let turned = self.slice.generation();
        let points = &self.runs[index].points;
        let is_on_plane = points.key().is_some_and(|(of, _)| *of == (walked, turned));
        let before = points.peek().cloned().flatten().filter(|_| is_on_plane);
        if let (Some(before), Some(ghost)) = (before, &self.ghost) {
            let key = (self.ghost_generation, turned);
            self.ghost_points
                .refresh(key, |_, _| on_plane(Some(plane), Some(before), &ghost.trajectory));
        }
    }

    /// A run as it lies on the map.
    pub(in super::super) fn track(&self, run: usize) -> Track<'_> {
        let RunCache { run, points, .. } = &self.runs[run];
        let turned = self.slice.generation();
        let is_current = points.key().is_some_and(|((_, of), _)| *of == turned);
        let known = points.peek().and_then(Option::as_deref).filter(|_| is_current);
        Track::new(self.plane(), run.get().trajectory()).with_points(known)
    }

    /// The points of a run on the map up to step `last`.
    pub(in super::super) fn points(&self, run: usize, last: usize) -> Points {
        let Some(cache) = self.runs.get(run) else { return Points::new() };
        match cache.points.peek() {
            Some(Some(points)) => points.iter().copied().filter(|(t, _)| *t <= last).collect(),
            _ => map_points(self.plane(), cache.trajectory(), last).collect(),
        }
    }
}

/// Completes the points of a run on a plane; none without a plane, where the points are
/// the parameters themselves.
fn on_plane(
    plane: Option<&Plane>,
    before: Option<Points>,
    trajectory: &Trajectory,
) -> Option<Points> {
    let mut points = before.unwrap_or_default();
    add_points(&mut points, plane?, trajectory);
    Some(points)
}
