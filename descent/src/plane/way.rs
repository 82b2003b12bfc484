//! A run's way on a plane.

use super::super::trajectory::Trajectory;
use super::Plane;
use crate::linalg::lanes::distance;

/// The points of a run on a plane, worked out part by part.
#[derive(Clone, Debug, Default)]
pub struct Way {
    points: Vec<(usize, [f64; 2])>,
    within: f64,
    all: f64,
}

impl Way {
    /// Of which these are known: from the start on, those of every step that is kept.
    #[must_use]
    pub fn from(points: Vec<(usize, [f64; 2])>) -> Self {
        Self { points, within: 0.0, all: 0.0 }
    }

    /// Goes on up to step `last` until time is up; says whether that is reached. Plane and
    /// trajectory must be the same in every call.
    pub fn advance(
        &mut self,
        plane: &Plane,
        trajectory: &Trajectory,
        last: usize,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        for t in trajectory.kept_steps(last).skip(self.points.len()) {
            let point = trajectory.point(t);
            let [c, d] = plane.coordinates(point);
            if let Some((before, [a, b])) = self.points.last() {
                self.within += libm::hypot(c - a, d - b);
                self.all += distance(trajectory.point(*before), point);
            }
            self.points.push((t, [c, d]));
            if is_time_up() {
                return self.points.len() >= trajectory.kept_steps(last).count();
            }
        }
        true
    }

    /// Whether nothing of it is known yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.points.is_empty()
    }

    /// The share of the length of the way that lies in the plane, 0 to 1; none of one that
    /// does not move. Of a run that keeps few of its points the way leads from one to the
    /// next.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let share = (self.within / self.all).min(1.0);
        (self.all > 0.0 && self.all.is_finite()).then_some(share)
    }

    /// The points so far, each with its step.
    #[must_use]
    pub fn into_points(self) -> Vec<(usize, [f64; 2])> {
        self.points
    }
}
