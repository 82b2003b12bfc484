//! The plane through the ends of a way and the point that is farthest from the line
//! between them.

use super::{dot, orthonormalize, sum_of, take_away, turn_towards};

/// The search for that point.
pub(super) struct Farthest {
    /// A unit vector from the start to the end.
    along: Vec<f64>,
    /// How many points have been looked at.
    looked_at: usize,
    /// The farthest of them, and the square of how far it is.
    found: Option<(usize, f64)>,
}

impl Farthest {
    pub(super) fn new(start: &[f64], end: &[f64]) -> Self {
        let mut axes = [from(start, end), vec![0.0; start.len()]];
        orthonormalize(&mut axes);
        let [along, _] = axes;
        Self { along, looked_at: 0, found: None }
    }

    pub(super) fn advance(
        &mut self,
        start: &[f64],
        points: &[&[f64]],
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> Option<[Vec<f64>; 2]> {
        while let Some(point) = points.get(self.looked_at) {
            let share = sum_of(&self.along, [point, start], |unit, p, s| unit * (p - s));
            let square = sum_of(&self.along, [point, start], |unit, p, s| {
                let aside = (p - s) - share * unit;
                aside * aside
            });
            if square > self.found.map_or(0.0, |(_, most)| most) {
                self.found = Some((self.looked_at, square));
            }
            self.looked_at += 1;
            if is_time_up() {
                return None;
            }
        }
        let third = match self.found {
            Some((at, _)) => {
                let mut aside = from(start, points[at]);
                take_away(&mut aside, &self.along);
                aside
            }
            None => vec![0.0; start.len()],
        };
        let mut axes = [core::mem::take(&mut self.along), third.clone()];
        orthonormalize(&mut axes);
        if dot(&third, &third) > 0.0 {
            turn_towards(&third, &mut axes[1]);
        }
        Some(axes)
    }
}

fn from(start: &[f64], point: &[f64]) -> Vec<f64> {
    point.iter().zip(start).map(|(point, start)| point - start).collect()
}
