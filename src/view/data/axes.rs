//! The axes of the samples.

use super::super::axes::crisp;
use super::super::painter::{Align, Outline, Painter, Rect, Stroke, TextStyle};
use super::super::palette::Palette;
use super::super::ticks::linear_ticks;
use super::super::viewport::Viewport;
use crate::text::tick;

/// Room for numbers and titles, as beside a map with titles.
const GUTTER: f64 = 46.0;
/// On a phone the titles stand within the plot.
const COMPACT_GUTTERS: [f64; 2] = [34.0, 24.0];
/// There buttons lie over the top of the canvas, a thumb high.
const BUTTONS: f64 = 48.0;
/// A title's own part of the gutter, and the gap between numbers and plot.
const TITLE: f64 = 20.0;
const GAP: f64 = 9.0;

/// The sizes of numbers.
fn size(is_compact: bool) -> f64 {
    if is_compact { 11.0 } else { 12.0 }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few ticks")]
fn ticks(low: f64, high: f64, length: f64, each: f64) -> Vec<f64> {
    linear_ticks(low, high, (length / each).max(2.0) as usize)
}

/// The part of a canvas of this size that shows `window`; the rest is for axes.
/// Its left gutter is as wide as its numbers are long.
#[must_use]
pub fn data_plot([width, height]: [f64; 2], window: [f64; 4], is_compact: bool) -> Rect {
    let [left, bottom] = if is_compact { COMPACT_GUTTERS } else { [GUTTER; 2] };
    let top = if is_compact { BUTTONS } else { 0.0 };
    let plot_height = (height - bottom - top).max(0.0);
    let labels = ticks(window[2], window[3], plot_height, if is_compact { 56.0 } else { 90.0 });
    let longest = labels.into_iter().map(|value| tick(value).chars().count()).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "a few characters")]
    let numbers = 0.58 * size(is_compact) * longest as f64 + GAP;
    let left = left.max(numbers + if is_compact { 0.0 } else { TITLE });
    Rect { left, top, width: (width - left - 1.0).max(0.0), height: plot_height }
}

/// Draws grid, numbers and titles on a canvas whose plot is [`data_plot`].
pub fn draw_data_axes(
    painter: &mut dyn Painter,
    viewport: &Viewport,
    palette: &Palette,
    titles: [&str; 2],
    is_compact: bool,
) {
    let plot = viewport.plot;
    let [x0, x1, y0, y1] = viewport.window;
    let style = TextStyle::plain(size(is_compact), palette.ink_3);
    let (mut grid, mut marks) = (Outline::default(), Outline::default());
    let bottom = crisp(plot.bottom());
    let mut taken = 0.0;
    marks.move_to([plot.left, bottom]);
    marks.line_to([plot.right(), bottom]);
    for value in ticks(x0, x1, plot.width, if is_compact { 64.0 } else { 80.0 }) {
        let x = crisp(viewport.to_pixel([value, y0])[0]);
        let label = tick(value);
        let half = 0.5 * painter.text_width(&label, &style);
        if x - half < taken || x + half > plot.right() + 1.0 {
            continue;
        }
        taken = x + half + 6.0;
        marks.move_to([x, plot.bottom()]);
        marks.line_to([x, plot.bottom() + 4.0]);
        let at = [x, plot.bottom() + if is_compact { 16.0 } else { 18.0 }];
        painter.text(&label, at, &style.aligned(Align::Center));
    }
    let at_left = TextStyle { middle: true, ..style.aligned(Align::Right) };
    for value in ticks(y0, y1, plot.height, if is_compact { 56.0 } else { 90.0 }) {
        let y = crisp(viewport.to_pixel([x0, value])[1]);
        if y < bottom - 1.0 {
            grid.move_to([plot.left, y]);
            grid.line_to([plot.right(), y]);
        }
        let label = tick(value);
        let fits = painter.text_width(&label, &at_left) <= plot.left - 5.0;
        if fits && y >= plot.top + 6.0 && y <= plot.bottom() + 2.0 {
            painter.text(&label, [plot.left - GAP, y.min(plot.bottom() - 5.0)], &at_left);
        }
    }
    if !grid.points.is_empty() {
        painter.stroke(&grid, &[Stroke::solid(palette.line, 1.0)]);
    }
    painter.stroke(&marks, &[Stroke::solid(palette.line_2, 1.0)]);
    draw_titles(painter, plot, palette, titles, is_compact);
}

fn draw_titles(
    painter: &mut dyn Painter,
    plot: Rect,
    palette: &Palette,
    titles: [&str; 2],
    is_compact: bool,
) {
    let [x_title, y_title] = titles;
    let style = TextStyle::plain(size(is_compact), palette.ink_2);
    let middle = [plot.left + 0.5 * plot.width, plot.top + 0.5 * plot.height];
    let [wide, high] = titles.map(|title| painter.text_width(title, &style));
    if is_compact {
        let style = TextStyle { halo: Some((palette.background, 3.0)), ..style };
        if !x_title.is_empty() && wide < plot.width - 8.0 {
            let at = [plot.right() - 4.0, plot.bottom() - 6.0];
            painter.text(x_title, at, &style.aligned(Align::Right));
        }
        if !y_title.is_empty() && high < plot.width - 8.0 && plot.height > 60.0 {
            painter.text(y_title, [plot.left + 4.0, plot.top + 13.0], &style);
        }
        return;
    }
    let style = style.aligned(Align::Center);
    if !x_title.is_empty() && wide < plot.width {
        painter.text(x_title, [middle[0], plot.bottom() + 38.0], &style);
    }
    if !y_title.is_empty() && high < plot.height {
        let turned = TextStyle { middle: true, angle: -core::f64::consts::FRAC_PI_2, ..style };
        painter.text(y_title, [10.0, middle[1]], &turned);
    }
}
