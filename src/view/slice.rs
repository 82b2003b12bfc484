//! What a map shows of a plane through more than two parameters.

use super::viewport::window_around;
use crate::scenario::Slice;

/// The part of a plane worth a first look, and the minima in it.
#[derive(Clone, Debug, PartialEq)]
pub struct SliceView {
    /// `[x0, x1, y0, y1]` in the plane's coordinates.
    pub window: [f64; 4],
    /// Coordinates of the minima that lie in it.
    pub marks: Vec<[f64; 2]>,
}

/// How far beyond the path the map reaches, as a share of the path's extent.
const MARGIN: f64 = 0.3;
/// So far the map reaches around a run that does not move.
const AROUND: f64 = 1.0;
/// A minimum counts as lying in the plane up to this share of the window's width.
const IN_PLANE: f64 = 0.01;

impl SliceView {
    /// Of the plane through a run, of a loss with these minima; none where the run has no
    /// finite point.
    #[must_use]
    pub fn of(slice: &Slice, minima: &[Vec<f64>]) -> Option<Self> {
        let plane = &slice.plane;
        let way = || slice.way.iter().map(|(_, point)| *point);
        let mut window = window_around(way(), MARGIN)?;
        let first = slice.way[0].1;
        if way().all(|point| point == first) {
            // Where nothing moves, and before it does, a little of the ground.
            window = [first[0] - AROUND, first[0] + AROUND, first[1] - AROUND, first[1] + AROUND];
        }
        let [x0, x1, y0, y1] = window;
        let near = IN_PLANE * (x1 - x0).max(y1 - y0);
        let within = minima.iter().filter(|minimum| plane.distance(minimum) <= near);
        let marks = within.map(|minimum| plane.coordinates(minimum)).collect();
        Some(Self { window, marks })
    }
}
