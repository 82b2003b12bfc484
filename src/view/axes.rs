//! The axes of the map, and the curve of a loss with one parameter.

use super::painter::{Align, Color, Outline, Painter, Rect, Stroke, TextStyle};
use super::palette::{CASING, Palette, WHITE};
use super::ticks::linear_ticks;
use super::viewport::Viewport;
use crate::descent::loss::Loss;
use crate::text::tick;

/// A line on whole pixels is one pixel wide and not two faint ones.
pub(super) fn crisp(v: f64) -> f64 {
    libm::round(v - 0.5) + 0.5
}

/// What stands at the axes of the map.
#[derive(Clone, Copy, Debug)]
pub enum AxisNames<'a> {
    /// Nothing: on a phone there is no room.
    None,
    /// A symbol each at the end of its row of numbers.
    Symbols([&'a str; 2]),
    /// A word and a symbol each, along the axis in a gutter of its own.
    Titles([[&'a str; 2]; 2]),
}

/// Draws both axes with their ticks and the names of what they carry.
pub fn draw_axes(
    painter: &mut dyn Painter,
    viewport: &Viewport,
    palette: &Palette,
    names: AxisNames<'_>,
) {
    let plot = viewport.plot;
    let [x0, x1, y0, y1] = viewport.window;
    let is_compact = matches!(names, AxisNames::None);
    let has_titles = matches!(names, AxisNames::Titles(_));
    let size = if is_compact { 11.0 } else { 12.0 };
    let (bottom, left) = (crisp(plot.bottom()), crisp(plot.left - 1.0));
    let mut lines = Outline::default();
    lines.move_to([plot.left, bottom]);
    lines.line_to([plot.right(), bottom]);
    lines.move_to([left, plot.top]);
    lines.line_to([left, plot.bottom()]);
    let style = TextStyle::plain(size, palette.ink_3);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few dozen")]
    let most = |length: f64, each: f64| (length / each).max(2.0) as usize;
    // Where no names stand there, numbers may stand up to the ends.
    let (name_x, room_y) = if is_compact || has_titles { (0.0, 6.0) } else { (14.0, 28.0) };
    let (each_x, each_y) = match names {
        AxisNames::None => (64.0, 56.0),
        AxisNames::Symbols(_) => (110.0, 90.0),
        AxisNames::Titles(_) => (80.0, 90.0),
    };
    // The turned title takes its part of the gutter.
    let room_left = plot.left - if has_titles { 25.0 } else { 7.0 };
    for value in linear_ticks(x0, x1, most(plot.width, each_x)) {
        let x = crisp(viewport.to_pixel([value, y0])[0]);
        let label = tick(value);
        let half = 0.5 * painter.text_width(&label, &style);
        if x < plot.left + 6.0 || x + half > plot.right() - name_x {
            continue;
        }
        lines.move_to([x, plot.bottom()]);
        lines.line_to([x, plot.bottom() + 4.0]);
        let at = [x, plot.bottom() + if is_compact { 16.0 } else { 18.0 }];
        painter.text(&label, at, &style.aligned(Align::Center));
    }
    let at_left = TextStyle { middle: true, ..style.aligned(Align::Right) };
    let on_map = TextStyle {
        middle: true,
        halo: Some((palette.map_halo, 3.0)),
        ..TextStyle::plain(size, palette.map_ink)
    };
    for value in linear_ticks(y0, y1, most(plot.height, each_y)) {
        let y = crisp(viewport.to_pixel([x0, value])[1]);
        if y < plot.top + room_y || y > plot.bottom() - 6.0 {
            continue;
        }
        lines.move_to([plot.left - 5.0, y]);
        lines.line_to([plot.left - 1.0, y]);
        // Far in and far out numbers get longer than the gutter is wide.
        let label = tick(value);
        if painter.text_width(&label, &at_left) <= room_left {
            painter.text(&label, [plot.left - 8.0, y], &at_left);
        } else {
            painter.text(&label, [plot.left + 5.0, y], &on_map);
        }
    }
    painter.stroke(&lines, &[Stroke::solid(palette.line_2, 1.0)]);
    write_names(painter, plot, palette, names);
}

fn write_names(painter: &mut dyn Painter, plot: Rect, palette: &Palette, names: AxisNames<'_>) {
    let symbol = TextStyle { math: true, ..TextStyle::plain(15.0, palette.ink_2) };
    match names {
        AxisNames::None => {}
        AxisNames::Symbols([x, y]) => {
            let symbol = symbol.aligned(Align::Right);
            painter.text(x, [plot.right(), plot.bottom() + 19.0], &symbol);
            painter.text(y, [plot.left - 9.0, plot.top + 13.0], &symbol);
        }
        AxisNames::Titles([x, y]) => {
            let word = TextStyle::plain(12.0, palette.ink_2);
            let middle = [plot.left + 0.5 * plot.width, plot.top + 0.5 * plot.height];
            let mut widths = |name: [&str; 2]| {
                [painter.text_width(name[0], &word) + 8.0, painter.text_width(name[1], &symbol)]
            };
            let ([wide, narrow], [long, short]) = (widths(x), widths(y));
            let left = middle[0] - 0.5 * (wide + narrow);
            if wide + narrow < plot.width {
                painter.text(x[0], [left, plot.bottom() + 38.0], &word);
                painter.text(x[1], [left + wide, plot.bottom() + 38.0], &symbol);
            }
            // A turned text has its parts one above the other.
            let angle = -core::f64::consts::FRAC_PI_2;
            let (word, symbol) = (TextStyle { angle, ..word }, TextStyle { angle, ..symbol });
            let bottom = middle[1] + 0.5 * (long + short);
            if long + short < plot.height {
                painter.text(y[0], [13.0, bottom], &word);
                painter.text(y[1], [13.0, bottom - long], &symbol);
            }
        }
    }
}

/// Draws a cross at each minimum.
pub fn draw_minima(painter: &mut dyn Painter, viewport: &Viewport, minima: &[[f64; 2]]) {
    let mut crosses = Outline::default();
    for minimum in minima {
        let [x, y] = viewport.to_pixel(*minimum);
        if viewport.plot.contains([x, y]) {
            crosses.move_to([x - 6.0, y]);
            crosses.line_to([x + 6.0, y]);
            crosses.move_to([x, y - 6.0]);
            crosses.line_to([x, y + 6.0]);
        }
    }
    let strokes = [Stroke::solid(CASING.with_alpha(0.75), 3.6), Stroke::solid(WHITE, 1.6)];
    painter.stroke(&crosses, &strokes);
}

/// Draws where a map will stand of which nothing is known yet.
pub fn draw_ground(painter: &mut dyn Painter, viewport: &Viewport, palette: &Palette) {
    let Rect { left, top, .. } = viewport.plot;
    let (right, bottom) = (viewport.plot.right(), viewport.plot.bottom());
    let corners = [[left, top], [right, top], [right, bottom], [left, bottom]];
    painter.fill(&Outline::line(&corners), palette.ground);
}

/// Draws J(θ) for a loss with one parameter: a grid, the curve and the ground
/// under it in `ground`.
pub fn draw_curve(
    painter: &mut dyn Painter,
    viewport: &Viewport,
    palette: &Palette,
    ground: Color,
    loss: &dyn Loss,
) {
    let plot = viewport.plot;
    let [x0, x1, y0, y1] = viewport.window;
    let mut grid = Outline::default();
    for value in linear_ticks(y0, y1, 8) {
        let y = crisp(viewport.to_pixel([x0, value])[1]);
        grid.move_to([plot.left, y]);
        grid.line_to([plot.right(), y]);
    }
    painter.clip(plot);
    painter.stroke(&grid, &[Stroke::solid(palette.line, 1.0)]);
    let mut curve = Outline::default();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
    let columns = plot.width.max(2.0) as u32;
    let beyond = 4.0 * plot.height;
    for column in 0..=columns {
        let x = x0 + (x1 - x0) * f64::from(column) / f64::from(columns);
        let [px, py] = viewport.to_pixel([x, loss.value(&[x])]);
        // What lies far outside is cut off by the clip anyway.
        let point = [px, py.clamp(plot.top - beyond, plot.bottom() + beyond)];
        if column == 0 {
            curve.move_to(point);
        } else {
            curve.line_to(point);
        }
    }
    let mut area = curve.clone();
    area.line_to([plot.right(), plot.bottom() + beyond]);
    area.line_to([plot.left, plot.bottom() + beyond]);
    painter.fill(&area, ground);
    painter.stroke(&curve, &[Stroke::solid(palette.ink_2, 2.0)]);
    painter.unclip();
}

/// The window that shows a loss with one parameter between `x0` and `x1`: its
/// values there, with some air above and below.
#[must_use]
pub fn curve_window(loss: &dyn Loss, x0: f64, x1: f64) -> [f64; 4] {
    let samples = 257_u32;
    let values = (0..samples)
        .map(|i| loss.value(&[x0 + (x1 - x0) * f64::from(i) / f64::from(samples - 1)]))
        .filter(|value| value.is_finite());
    let (low, high) =
        values.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), v| (l.min(v), h.max(v)));
    // Nothing finite, or a constant: some window around it.
    if low >= high {
        let level = if low.is_finite() { low } else { 0.0 };
        return [x0, x1, level - 1.0, level + 1.0];
    }
    let span = high - low;
    [x0, x1, low - 0.06 * span, high + 0.02 * span]
}
