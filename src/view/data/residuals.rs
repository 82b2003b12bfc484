//! Two features and a number: level lines of ŷ over the plane of the features, and how far
//! each sample lies above or below.

use super::super::marker::Marker;
use super::super::painter::{Align, Outline, Painter, Rect, Stroke, TextStyle};
use super::super::palette::Palette;
use super::super::ticks::linear_ticks;
use super::boundary::level_line;
use super::fit::{FitLine, FitScene};
use super::{DataStage, Samples, is_drawable, place};
use crate::descent::data::mean;
use crate::text::tick;

/// About so many level lines lie within the numbers of the samples.
const LEVELS: usize = 6;
/// The radius in pixels of a residual as large as the numbers' standard deviation; the
/// area is what counts.
const RADIUS: f64 = 13.0;
/// No disc is larger, nor is one drawn that is smaller.
const LARGEST: f64 = 20.0;
const SMALLEST: f64 = 0.8;
/// Residuals of more samples than this would hide each other.
const MOST: usize = 600;

/// The number whose level line stands for a whole plane: in the middle of the samples.
pub(super) fn middle(samples: &Samples) -> f64 {
    mean(samples.target())
}

/// The level lines of a run with their numbers, and what it leaves of each sample.
pub(super) fn draw_plane(painter: &mut dyn Painter, scene: &FitScene<'_>, line: &FitLine<'_>) {
    draw_discs(painter, scene, line);
    let DataStage { viewport, palette, samples } = scene.stage;
    let y = samples.target();
    let low = y.iter().copied().fold(f64::INFINITY, f64::min);
    let high = y.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let color = line.look.line;
    let style = TextStyle {
        middle: true,
        halo: Some((palette.background, 3.0)),
        ..TextStyle::plain(11.0, palette.ink_2).aligned(Align::Center)
    };
    let mut labels: Vec<(Rect, String)> = Vec::new();
    for level in linear_ticks(low, high, LEVELS) {
        let outline = level_line(&viewport, &line.theta, scene.predict, level);
        if outline.points.is_empty() {
            continue;
        }
        painter.stroke(&outline, &[Stroke::solid(color.with_alpha(0.75), 1.3)]);
        let label = tick(level);
        let width = painter.text_width(&label, &style);
        if let Some(place) = label_place(&outline, width, viewport.plot)
            && labels.iter().all(|(taken, _)| !overlap(taken, &place))
        {
            labels.push((place, label));
        }
    }
    for (place, label) in labels {
        let at = [place.left + 0.5 * place.width, place.top + 0.5 * place.height];
        painter.text(&label, at, &style);
    }
}

/// The place along a line where its number stands: two thirds of the way to the right,
/// of what is well within the plot.
fn label_place(outline: &Outline, width: f64, plot: Rect) -> Option<Rect> {
    let (width, height) = (width + 8.0, 18.0);
    let around = |at: &[f64; 2]| Rect {
        left: at[0] - 0.5 * width,
        top: at[1] - 0.5 * height,
        width,
        height,
    };
    let is_within = |place: &Rect| {
        let is_across = place.left >= plot.left && place.right() <= plot.right();
        is_across && place.top >= plot.top && place.bottom() <= plot.bottom()
    };
    let mut points = outline.points.clone();
    points.sort_by(|a, b| a[0].total_cmp(&b[0]).then(b[1].total_cmp(&a[1])));
    let places: Vec<Rect> = points.iter().map(around).filter(is_within).collect();
    places.get(places.len() * 2 / 3).copied()
}

fn overlap(a: &Rect, b: &Rect) -> bool {
    a.left < b.right() && b.left < a.right() && a.top < b.bottom() && b.top < a.bottom()
}

/// A disc for what lies above the plane, a ring for what lies below.
fn draw_discs(painter: &mut dyn Painter, scene: &FitScene<'_>, line: &FitLine<'_>) {
    let DataStage { viewport, palette, samples } = scene.stage;
    let y = samples.target();
    if samples.len() > MOST {
        return;
    }
    let middle = middle(samples);
    let squares: Vec<f64> = y.iter().map(|y| (y - middle) * (y - middle)).collect();
    let deviation = mean(&squares).sqrt();
    let scale = if deviation > 0.0 { deviation } else { 1.0 };
    for (sample, y) in y.iter().enumerate() {
        let features = place(samples, sample);
        let at = viewport.to_pixel(features);
        let residual = y - (scene.predict)(&line.theta, &features);
        let radius = (RADIUS * (residual.abs() / scale).sqrt()).min(LARGEST);
        if residual.is_finite() && is_drawable(at, viewport.plot) && radius > SMALLEST {
            draw_residual(painter, palette, at, radius, residual > 0.0);
        }
    }
}

/// The mark of a residual.
pub(super) fn draw_residual(
    painter: &mut dyn Painter,
    palette: &Palette,
    at: [f64; 2],
    radius: f64,
    is_above: bool,
) {
    let color = palette.classes[usize::from(is_above)];
    if is_above {
        Marker::Circle.fill(painter, &[at], radius, 0.0, color.with_alpha(0.5));
    } else {
        painter.ring(at, radius, &Stroke::solid(color, 2.0));
    }
}
