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
    (label, keep_clear, dots): (&str, &[Rect], &[[f64; 2]]),
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
    if !label.is_empty() {
        write_label(painter, viewport.plot, palette, bounds, (label, keep_clear, dots));
    }
}

/// Writes what the ellipse is called where it covers the fewest dots of the path, and
/// neither legend nor puck.
fn write_label(
    painter: &mut dyn Painter,
    plot: Rect,
    palette: &Palette,
    [left, top, right, bottom]: [f64; 4],
    (label, keep_clear, dots): (&str, &[Rect], &[[f64; 2]]),
) {
    let style = TextStyle {
        halo: Some((palette.map_halo, 3.0)),
        ..TextStyle::plain(12.0, palette.map_ink).aligned(Align::Center)
    };
    // Beside a plot that shows but a part of the ellipse no word is about it.
    if left >= plot.right() || right <= plot.left {
        return;
    }
    let width = painter.text_width(label, &style) + 6.0;
    let (middle, height) = ([0.5 * (left + right), 0.5 * (top + bottom)], 18.0);
    let [centred, beside] = [middle[0] - 0.5 * width, middle[1] - 0.5 * height];
    let places = [
        [centred, bottom + 4.0],
        [centred, top - 4.0 - height],
        [right + 6.0, beside],
        [left - 6.0 - width, beside],
        [right - 0.5 * width, bottom + 4.0 + height],
        [left - 0.5 * width, top - 4.0 - 2.0 * height],
    ];
    let covered = |[x, y]: [f64; 2]| {
        let (right, bottom) = (x + width, y + height);
        let is_inside =
            x > plot.left && y > plot.top && right < plot.right() && bottom < plot.bottom();
        let is_free = !keep_clear.iter().any(|other| {
            x < other.right() && other.left < right && y < other.bottom() && other.top < bottom
        });
        let dots = dots.iter().filter(|[at, line]| {
            *at > x - 4.0 && *at < right + 4.0 && *line > y - 4.0 && *line < bottom + 4.0
        });
        (is_inside && is_free).then(|| dots.count())
    };
    let places = places.into_iter().filter_map(|place| Some((covered(place)?, place)));
    if let Some((_, [x, y])) = places.min_by_key(|(covered, _)| *covered) {
        painter.text(label, [x + 0.5 * width, y + 13.0], &style);
    }
}
