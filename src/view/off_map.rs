//! Runs that have left the map: where they went.

use super::marker::{PUCK_RADIUS, draw_lettered_puck};
use super::painter::{Outline, Painter, Stroke};
use super::palette::{CASING, RunLook, WHITE};
use super::run::standing_step;
use super::track::Track;
use super::viewport::Viewport;
use crate::text::Side;

/// Where a run stands that has left the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OffMap {
    /// The place on the edge of the map.
    pub at: [f64; 2],
    /// Beyond which edge.
    pub side: Side,
    /// How far beyond, in the units of that axis.
    pub distance: f64,
}

/// Where the run is off the map at the playhead; none while it is on it.
#[must_use]
pub fn off_map(viewport: &Viewport, track: &Track<'_>, playhead: f64) -> Option<OffMap> {
    let point = track.at(standing_step(track.trajectory, playhead));
    let [x, y] = viewport.to_pixel(point);
    let plot = viewport.plot;
    // A finite point may lie beyond all pixels; that is off the map, too.
    if plot.contains([x, y]) || x.is_nan() || y.is_nan() {
        return None;
    }
    let sides = [
        (plot.top - y, Side::Above, point[1] - viewport.window[3]),
        (y - plot.bottom(), Side::Below, viewport.window[2] - point[1]),
        (plot.left - x, Side::Left, viewport.window[0] - point[0]),
        (x - plot.right(), Side::Right, point[0] - viewport.window[1]),
    ];
    let (_, side, distance) =
        sides.into_iter().fold(sides[0], |most, next| if next.0 > most.0 { next } else { most });
    let at = [x.clamp(plot.left, plot.right()), y.clamp(plot.top, plot.bottom())];
    Some(OffMap { at, side, distance })
}

/// Half the width of the arrow.
const HALF: f64 = 13.0;

/// Draws the arrow at the edge of the map behind which the run is; among several
/// it carries the run's letter.
pub(super) fn draw_edge_arrow(
    painter: &mut dyn Painter,
    viewport: &Viewport,
    look: &RunLook,
    off: &OffMap,
    has_letter: bool,
) {
    let plot = viewport.plot;
    let [ox, oy] = match off.side {
        Side::Above => [0.0, -1.0],
        Side::Below => [0.0, 1.0],
        Side::Left => [-1.0, 0.0],
        Side::Right => [1.0, 0.0],
    };
    // Whole, also in a corner.
    let within = |v: f64, low: f64, high: f64| v.min(high - HALF - 1.0).max(low + HALF + 1.0);
    let [x, y] = match off.side {
        Side::Above | Side::Below => [within(off.at[0], plot.left, plot.right()), off.at[1]],
        Side::Left | Side::Right => [off.at[0], within(off.at[1], plot.top, plot.bottom())],
    };
    let place =
        |along: f64, across: f64| [x - ox * along - oy * across, y - oy * along + ox * across];
    let corners =
        [place(5.0, 0.0), place(25.0, HALF), place(19.4, 0.0), place(25.0, -HALF), place(5.0, 0.0)];
    let outline = Outline::line(&corners);
    let rims = [Stroke::solid(CASING.with_alpha(0.8), 5.0), Stroke::solid(WHITE, 2.6)];
    painter.stroke(&outline, &rims);
    painter.fill(&outline, look.map);
    if has_letter {
        // Behind the arrow, in the run's own shape: the arrow itself is too small.
        let radius = PUCK_RADIUS * look.marker.puck_scale();
        draw_lettered_puck(painter, look, place(26.0 + radius, 0.0), radius);
    }
}
