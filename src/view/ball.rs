//! The ellipse in which a run strays.

use super::painter::{Align, Painter, Rect, Stroke, TextStyle};
use super::palette::{Palette, RunLook};
use super::path::cut_line;
use super::viewport::Viewport;
use crate::descent::Spread;

/// How many standard deviations from the mean: about 86 % of normal points of the plane
/// lie within.
const DEVIATIONS: f64 = 2.0;
const CORNERS: u32 = 64;
/// A smaller ellipse would hide the very points that it is about.
const LEAST: f64 = 3.0;

/// Draws it, with `label` above it where that is not empty and has room, else below.
pub(super) fn draw_ball(
    painter: &mut dyn Painter,
    viewport: &Viewport,
    (palette, look): (&Palette, &RunLook),
    spread: &Spread,
    label: &str,
) {
    let [[ax, ay], [bx, by]] = spread.axes;
    let corner = |index: u32| {
        let angle = core::f64::consts::TAU * f64::from(index) / f64::from(CORNERS);
        let (sin, cos) = (DEVIATIONS * libm::sin(angle), DEVIATIONS * libm::cos(angle));
        let [x, y] = spread.mean;
        viewport.to_pixel([x + cos * ax + sin * bx, y + cos * ay + sin * by])
    };
    let corners: Vec<[f64; 2]> = (0..=CORNERS).map(corner).collect();
    let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for [x, y] in &corners {
        let [left, top, right, bottom] = bounds;
        bounds = [left.min(*x), top.min(*y), right.max(*x), bottom.max(*y)];
    }
    let [left, top, right, bottom] = bounds;
    let is_seen = bounds.iter().all(|side| side.is_finite())
        && (right - left).max(bottom - top) >= 2.0 * LEAST;
    if !is_seen {
        return;
    }
    // Its path is all over it: only what is darker and wider shows there.
    let strokes = [
        Stroke::solid(palette.map_halo, 7.0),
        Stroke::solid(palette.map_ink, 4.6),
        Stroke::solid(look.map, 2.0),
    ];
    painter.stroke(&cut_line(&corners), &strokes);
    if label.is_empty() {
        return;
    }
    let style = TextStyle {
        halo: Some((palette.map_halo, 3.0)),
        ..TextStyle::plain(12.0, palette.map_ink).aligned(Align::Center)
    };
    let plot: Rect = viewport.plot;
    let half = 0.5 * painter.text_width(label, &style) + 3.0;
    let x = (0.5 * (left + right)).max(plot.left + half).min(plot.right() - half);
    let lines = [top - 7.0, bottom + 16.0];
    let has_room = |y: &f64| *y > plot.top + 14.0 && *y < plot.bottom() - 6.0;
    // Beside a plot that shows but a part of the ellipse no word is about it.
    let is_there = left < plot.right() && right > plot.left;
    if let Some(y) = lines.into_iter().find(has_room).filter(|_| is_there) {
        painter.text(label, [x, y], &style);
    }
}
