//! What the units of each layer do: how far their outputs spread, and the share of those
//! that are saturated or dead.

use super::super::axes::crisp;
use super::super::painter::{Align, Outline, Painter, Rect, Stroke, TextStyle};
use super::panels::{GAP, LogAxis, Panels, draw_caption, font};
use super::{LayersScene, around, has_place};
use crate::descent::Outcome;

/// Draws the panel.
pub(super) fn draw(painter: &mut dyn Painter, scene: &LayersScene<'_>, panels: &Panels) {
    let (plot, palette) = (panels.units, scene.palette);
    let axis = LogAxis::of(plot, scene.span.spreads);
    draw_caption(painter, scene, plot, scene.words.spread);
    axis.draw_grid(painter, palette, scene.is_compact, 20.0);
    if let Some(idle) = scene.idle {
        draw_idle(painter, scene, panels, idle);
    }
    let bottom = crisp(plot.bottom());
    let floor = Outline::line(&[[plot.left, bottom], [plot.right(), bottom]]);
    painter.stroke(&floor, &[Stroke::solid(palette.line_2, 1.0)]);
    let (mut line, mut all, mut zeros, mut lost) =
        (Outline::default(), Vec::new(), Vec::new(), Vec::new());
    let mut is_joined = false;
    for (layer, figures) in scene.figures.iter().enumerate() {
        let x = panels.x(layer);
        let spread = figures.spread;
        if !has_place(spread) {
            is_joined = false;
            if spread == 0.0 {
                zeros.push([x, bottom]);
            } else {
                lost.push([x, plot.top]);
            }
            continue;
        }
        let at = [x, axis.y(spread)];
        if is_joined {
            line.line_to(at);
        } else {
            line.move_to(at);
        }
        is_joined = true;
        all.push(at);
    }
    if !line.points.is_empty() {
        painter.stroke(&line, &[Stroke::solid(palette.ink_2, 1.5)]);
    }
    let radius = 0.85 * panels.radius();
    painter.discs(&all, radius + 1.0, palette.background);
    painter.discs(&all, radius, palette.ink_2);
    // A spread of 0 lies below every decade, one that has overflowed above.
    painter.rings(&zeros, radius, &Stroke::solid(palette.ink_2, 1.4));
    painter.discs(&lost, radius + 1.0, palette.danger);
}

/// Bars from 0 to 100 %, with their own axis at the right.
fn draw_idle(painter: &mut dyn Painter, scene: &LayersScene<'_>, panels: &Panels, idle: &str) {
    let (plot, palette) = (panels.units, scene.palette);
    let look = palette.outcome(Outcome::Stalls);
    let wide = (0.72 * panels.each()).min(26.0);
    for (layer, figures) in scene.figures.iter().enumerate() {
        let tall = figures.idle.clamp(0.0, 1.0) * plot.height;
        // Neither none at all nor what is no number has a bar.
        if tall > 0.0 {
            let (left, top) = (panels.x(layer) - 0.5 * wide, plot.bottom() - tall);
            let bar = Rect { left, top, width: wide, height: tall };
            painter.fill(&around(bar), look.fill.with_alpha(0.5));
        }
    }
    let style =
        TextStyle { middle: true, ..TextStyle::plain(font(scene.is_compact), palette.ink_3) };
    for (share, label) in [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")] {
        let y = plot.bottom() - share * plot.height;
        // On a phone the axis' name stands where 0 % would.
        if (share == 1.0 || plot.height >= 40.0) && (share > 0.0 || !scene.is_compact) {
            painter.text(label, [plot.right() + GAP, y], &style);
        }
    }
    let style = TextStyle::plain(font(scene.is_compact), look.text).aligned(Align::Right);
    let at = [plot.right(), plot.top - 6.0];
    painter.text(idle, at, &style);
    let wide = painter.text_width(idle, &style);
    let swatch = Rect { left: at[0] - wide - 15.0, top: at[1] - 9.0, width: 9.0, height: 9.0 };
    painter.fill(&around(swatch), look.fill.with_alpha(0.5));
}
