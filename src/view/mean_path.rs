//! The average of a run on the map: where it goes while the run itself bounces.

use super::painter::{Painter, Stroke};
use super::palette::{Palette, RunLook};
use super::path::cut_line;
use super::viewport::Viewport;
use crate::descent::{Average, Plane};

/// The radius of the hollow marker where it stands.
const RADIUS: f64 = 5.0;

/// Draws the average up to `step`; nothing before it begins.
pub(super) fn draw_mean_path(
    painter: &mut dyn Painter,
    viewport: &Viewport,
    (palette, look): (&Palette, &RunLook),
    plane: Option<&Plane>,
    (average, step): (&Average, usize),
) {
    let Some(last) = average.place_at(step) else { return };
    let pixel = |place: usize| {
        let point = average.point(place);
        if let Some(plane) = plane {
            return viewport.to_pixel(plane.coordinates(point));
        }
        let y = point.get(1).copied().unwrap_or(average.losses()[place]);
        viewport.to_pixel([point[0], y])
    };
    let pixels: Vec<[f64; 2]> = (0..=last).map(pixel).collect();
    if !pixels.as_flattened().iter().all(|side| side.is_finite()) {
        return;
    }
    // In ink: in the run's own colour it would be lost among its bounces.
    let strokes = [Stroke::solid(palette.map_halo, 4.0), Stroke::solid(palette.map_ink, 1.6)];
    painter.stroke(&cut_line(&pixels), &strokes);
    let at = pixels[last];
    if !viewport.plot.contains(at) {
        return;
    }
    for (color, width) in [(palette.map_halo, 6.4), (palette.map_ink, 4.6), (look.map, 2.2)] {
        painter.ring(at, RADIUS, &Stroke::solid(color, width));
    }
}
