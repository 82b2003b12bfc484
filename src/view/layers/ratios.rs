//! The update of each layer as a share of its weights: in the band, above it, below it.

use super::super::axes::crisp;
use super::super::marker::Marker;
use super::super::painter::{Align, Outline, Painter, Rect, Stroke, TextStyle};
use super::panels::{LogAxis, Panels, draw_caption, font};
use super::{LayersScene, around};
use crate::descent::{HEALTHY_RATIOS, Outcome, update_ratio};

/// The decades shown; what lies beyond is at their ends.
const DECADES: [i32; 2] = [-6, 0];

/// Draws the strip.
pub(super) fn draw(painter: &mut dyn Painter, scene: &LayersScene<'_>, panels: &Panels) {
    let (plot, palette) = (panels.ratios, scene.palette);
    let axis = LogAxis::of(plot, DECADES);
    draw_caption(painter, scene, plot, scene.words.ratio);
    let [low, high] = HEALTHY_RATIOS;
    let (top, bottom) = (axis.y(high), axis.y(low));
    let healthy = palette.outcome(Outcome::Converges);
    let band = Rect { top, height: bottom - top, ..plot };
    painter.fill(&around(band), healthy.fill.with_alpha(0.22));
    let style = TextStyle {
        middle: true,
        ..TextStyle::plain(font(scene.is_compact), palette.ink_3).aligned(Align::Right)
    };
    // The rule of thumb is the middle of the band.
    let middle = axis.y(1e-3);
    let mut rims = Outline::default();
    let (is_high, is_low) = (plot.height >= 40.0, plot.height < 70.0);
    for (y, label, is_told) in [
        (plot.top, "1", is_high),
        (top, "10⁻²", !is_low),
        (middle, "10⁻³", is_low),
        (bottom, "10⁻⁴", !is_low),
        (plot.bottom(), "10⁻⁶", is_high),
    ] {
        rims.move_to([plot.left, crisp(y)]);
        rims.line_to([plot.right(), crisp(y)]);
        if is_told {
            painter.text(label, [plot.left - 8.0, y], &style);
        }
    }
    painter.stroke(&rims, &[Stroke::solid(palette.line, 1.0)]);
    if !scene.has_step {
        let style = TextStyle { color: palette.ink_2, ..style.aligned(Align::Center) };
        let at = [plot.left + 0.5 * plot.width, plot.top + 0.5 * plot.height];
        painter.text(scene.words.no_step, at, &style);
        return;
    }
    let thumb = Outline::line(&[[plot.left, crisp(middle)], [plot.right(), crisp(middle)]]);
    let dashed = Stroke { color: healthy.text.with_alpha(0.6), width: 1.0, dash: &[2.0, 4.0] };
    painter.stroke(&thumb, &[dashed]);
    draw_marks(painter, scene, panels, &axis);
}

/// A disc in the band, a triangle that points away from it outside; where there is nothing
/// to compare a ring at the bottom, where it has left all bounds a disc at the top.
fn draw_marks(painter: &mut dyn Painter, scene: &LayersScene<'_>, panels: &Panels, axis: &LogAxis) {
    let palette = scene.palette;
    let [low, high] = HEALTHY_RATIOS;
    let (mut inside, mut above, mut below) = (Vec::new(), Vec::new(), Vec::new());
    let (mut still, mut lost) = (Vec::new(), Vec::new());
    for (layer, figures) in scene.figures.iter().enumerate() {
        let x = panels.x(layer);
        match update_ratio(figures) {
            Some(ratio) if ratio > high => above.push([x, axis.y(ratio)]),
            Some(ratio) if ratio >= low => inside.push([x, axis.y(ratio)]),
            Some(ratio) if ratio > 0.0 => below.push([x, axis.y(ratio)]),
            Some(_) => below.push([x, axis.plot.bottom()]),
            None if figures.update == 0.0 => still.push([x, axis.plot.bottom()]),
            None => lost.push([x, axis.plot.top + 3.0]),
        }
    }
    let radius = panels.radius();
    let stems = above.iter().map(|at| (*at, axis.y(high)));
    let stems = stems.chain(below.iter().map(|at| (*at, axis.y(low))));
    let mut outline = Outline::default();
    for ([x, y], edge) in stems {
        outline.move_to([x, y]);
        outline.line_to([x, edge]);
    }
    if !outline.points.is_empty() {
        painter.stroke(&outline, &[Stroke::solid(palette.line_2, 1.0)]);
    }
    let long = palette.outcome(Outcome::Diverges).text;
    let short = palette.outcome(Outcome::Crawls).text;
    let healthy = palette.outcome(Outcome::Converges).text;
    Marker::Circle.fill(painter, &inside, radius, 0.0, healthy);
    Marker::TriangleUp.fill(painter, &above, radius, 0.0, long);
    Marker::TriangleDown.fill(painter, &below, radius, 0.0, short);
    painter.rings(&still, radius, &Stroke::solid(palette.line_2, 1.2));
    painter.discs(&lost, radius, palette.danger);
}
