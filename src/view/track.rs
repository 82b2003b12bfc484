//! A run as it lies on the map.

use crate::descent::{Plane, Trajectory};

/// A run on the map. Of more than two parameters it lies on a plane, and so many numbers
/// are behind each of its points that those are worked out once.
#[derive(Clone, Copy)]
pub struct Track<'a> {
    /// The run.
    pub trajectory: &'a Trajectory,
    plane: Option<&'a Plane>,
    points: Option<&'a [(usize, [f64; 2])]>,
}

impl<'a> Track<'a> {
    /// Of a run; of one with more than two parameters on this plane.
    #[must_use]
    pub fn new(plane: Option<&'a Plane>, trajectory: &'a Trajectory) -> Self {
        Self { trajectory, plane, points: None }
    }

    /// The same where the points that are kept are known, each with its step, rising.
    #[must_use]
    pub fn with_points(self, points: Option<&'a [(usize, [f64; 2])]>) -> Self {
        Self { points, ..self }
    }

    /// The point of step `t` on the map: the parameters, with one parameter the parameter
    /// and its loss, with more than two the coordinates on the plane. Of a run that keeps
    /// only some of its points it lies on the straight way from one to the next.
    #[must_use]
    pub fn at(&self, t: usize) -> [f64; 2] {
        let kept = self.trajectory.kept_step(t);
        let here = self.kept(kept);
        if kept == t {
            return here;
        }
        let after = self.trajectory.kept_after(t);
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let part = (t - kept) as f64 / (after - kept) as f64;
        let next = self.kept(after);
        [here[0] + part * (next[0] - here[0]), here[1] + part * (next[1] - here[1])]
    }

    fn kept(&self, t: usize) -> [f64; 2] {
        let known = |points: &[(usize, [f64; 2])]| {
            let place = points.binary_search_by_key(&t, |(step, _)| *step).ok()?;
            Some(points[place].1)
        };
        let known = self.points.and_then(known);
        known.unwrap_or_else(|| kept_point(self.plane, self.trajectory, t))
    }
}

/// The point of step `t` on the map; [`Track::at`] says which.
#[must_use]
pub fn map_point(plane: Option<&Plane>, trajectory: &Trajectory, t: usize) -> [f64; 2] {
    Track::new(plane, trajectory).at(t)
}

fn kept_point(plane: Option<&Plane>, trajectory: &Trajectory, t: usize) -> [f64; 2] {
    if let Some(plane) = plane {
        return plane.coordinates(trajectory.point(t));
    }
    match *trajectory.point(t) {
        [x] => [x, trajectory.losses()[t]],
        [x, y, ..] => [x, y],
        [] => [0.0, 0.0],
    }
}

/// Every point of the run that is kept on the map, with its step, up to `until`.
pub fn map_points<'a>(
    plane: Option<&'a Plane>,
    trajectory: &'a Trajectory,
    until: usize,
) -> impl Iterator<Item = (usize, [f64; 2])> + 'a {
    trajectory.kept_steps(until).map(move |t| (t, kept_point(plane, trajectory, t)))
}

/// Adds to the points of a run those that it has gone on to since, and leaves out those
/// that it keeps no longer.
pub fn add_points(points: &mut Vec<(usize, [f64; 2])>, plane: &Plane, trajectory: &Trajectory) {
    points.retain(|(t, _)| trajectory.kept_step(*t) == *t);
    let next = points.last().map_or(0, |(t, _)| t + 1);
    let new = trajectory.kept_steps(usize::MAX).filter(|t| *t >= next);
    points.extend(new.map(|t| (t, kept_point(Some(plane), trajectory, t))));
}
