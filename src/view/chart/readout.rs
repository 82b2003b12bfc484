//! What the chart says of the step under the pointer.

use super::super::marker::draw_on_page;
use super::super::painter::{Align, Outline, Painter, Rect, Stroke, TextStyle};
use super::super::palette::{Palette, RunLook};
use super::super::series::log10;
use super::axes::Axes;
use super::labels::{label_width, write_label};
use super::{ChartScene, Label};
use crate::text::{count, figure, tenths};

/// The radius of the markers on the rule and in the box.
const MARKER: f64 = 3.5;
/// What the box keeps free inside.
const INSET: f64 = 8.0;
/// From the rule to the box.
const GAP: f64 = 10.0;
/// The height of a row, in a low chart less.
const ROWS: [f64; 2] = [16.0, 12.0];
/// From the left of a row to its label.
const LABEL: f64 = 14.0;
/// From a label to its value.
const COLUMN: f64 = 14.0;
/// Labels are cut to this width.
const LONGEST: f64 = 136.0;

/// What is said of a line.
pub(super) struct Row<'a> {
    pub(super) look: &'a RunLook,
    pub(super) label: Label<'a>,
    pub(super) value: String,
    /// Where its marker stands on the rule; none where it has no place on the axis.
    pub(super) marker: Option<[f64; 2]>,
}

/// The box with the values at a step, laid out.
pub(super) struct Readout<'a> {
    /// What it covers.
    pub(super) place: Rect,
    row: f64,
    title: String,
    rows: Vec<Row<'a>>,
    /// The room for a label.
    label: f64,
    /// From the top of the rule to its foot.
    rule: [[f64; 2]; 2],
}

fn plain(palette: &Palette) -> TextStyle {
    TextStyle { middle: true, ..TextStyle::plain(12.0, palette.ink_2) }
}

fn bold(palette: &Palette) -> TextStyle {
    let style = TextStyle { bold: true, color: palette.ink, ..plain(palette) };
    style.aligned(Align::Right)
}

impl Axes {
    /// What is said of the step under the pointer; none without one.
    pub(super) fn readout<'a>(
        &self,
        painter: &mut dyn Painter,
        scene: &ChartScene<'a>,
    ) -> Option<Readout<'a>> {
        let step = scene.pointed.filter(|step| *step <= scene.steps)?;
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let x = self.x(step as f64);
        // What has no place on the axis is said without a marker.
        let row = |line: &super::ChartLine<'a>| {
            let value = line.pointed.filter(|value| value.is_finite())?;
            let marker = self.has_place(value).then(|| [x, self.y(log10(value))]);
            Some(Row { look: line.look, label: line.label, value: figure(value, 3), marker })
        };
        let rows = scene.lines.iter().filter_map(row).collect();
        let epoch = scene
            .epochs
            .map(|(epochs, word)| format!(" · {word} {}", tenths(epochs.tenths_at(step))));
        let title = format!("{} {}{}", scene.step_word, count(step), epoch.unwrap_or_default());
        let rule = [[x, self.plot.top], [x, self.plot.bottom()]];
        self.readout_of(painter, scene.palette, rule, title, rows)
    }

    /// A box beside `rule` with a title and rows; none where it has no room.
    pub(super) fn readout_of<'a>(
        &self,
        painter: &mut dyn Painter,
        palette: &Palette,
        rule: [[f64; 2]; 2],
        title: String,
        rows: Vec<Row<'a>>,
    ) -> Option<Readout<'a>> {
        let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
        let (plain, bold) = (plain(palette), bold(palette));
        let label = widest(&mut rows.iter().map(|row| label_width(painter, row.label)));
        let value = widest(&mut rows.iter().map(|row| painter.text_width(&row.value, &bold)));
        let most = self.plot.width - 2.0 * INSET - LABEL - COLUMN - value;
        let label = label.min(LONGEST).min(most.max(40.0));
        let row = if rows.is_empty() { 0.0 } else { LABEL + label + COLUMN + value };
        let width = row.max(painter.text_width(&title, &plain)) + 2.0 * INSET;
        let (place, row) = self.place(rule[0][0], width, rows.len())?;
        Some(Readout { place, row, title, rows, label, rule })
    }

    /// The box beside the rule, on the side with room, and the height of its rows.
    fn place(&self, x: f64, width: f64, lines: usize) -> Option<(Rect, f64)> {
        let (top, bottom) = (2.0, self.size[1] - 2.0);
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let rows = (lines + 1) as f64;
        let row = ((bottom - top - INSET) / rows).clamp(ROWS[1], ROWS[0]);
        let height = (rows * row + INSET).min(bottom - top);
        let edge = self.keep_clear.map_or(self.size[0], |clear| clear.left);
        let [most_left, most_right] = [2.0, edge - 2.0];
        if width > most_right - most_left {
            return None;
        }
        let right = x + GAP;
        let left = x - GAP - width;
        // Over the lines rather than over their names, over names rather than numbers.
        let left = if right + width <= self.plot.right() {
            right
        } else if left >= self.plot.left {
            left
        } else if right + width <= most_right {
            right
        } else if left >= most_left {
            left
        } else if most_right - x > x - most_left {
            most_right - width
        } else {
            most_left
        };
        let top = (self.plot.top + 4.0).min(bottom - height).max(top);
        Some((Rect { left, top, width, height }, row))
    }
}

impl Readout<'_> {
    /// Draws the rule, the markers on it and the box.
    pub(super) fn draw(&self, painter: &mut dyn Painter, palette: &Palette) {
        painter.stroke(&Outline::line(&self.rule), &[Stroke::solid(palette.ink_3, 1.0)]);
        for Row { look, marker, .. } in &self.rows {
            draw_on_page(painter, look, marker.as_slice(), MARKER, palette.background);
        }
        let Rect { left, top, .. } = self.place;
        let (right, bottom) = (self.place.right(), self.place.bottom());
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
        let outline = Outline::line(&corners);
        painter.fill(&outline, palette.surface.with_alpha(0.94));
        painter.stroke(&outline, &[Stroke::solid(palette.line, 1.0)]);
        let (left, right) = (left + INSET, right - INSET);
        let mut y = top + 0.5 * (INSET + self.row);
        painter.text(&self.title, [left, y], &plain(palette));
        for Row { look, label, value, .. } in &self.rows {
            y += self.row;
            // What has no room in a low chart is left out.
            if y + 0.5 * self.row > bottom {
                break;
            }
            draw_on_page(painter, look, &[[left + 4.0, y]], MARKER, palette.surface);
            let at = [left + LABEL, y];
            write_label(painter, *label, palette.ink, at, self.label);
            painter.text(value, [right, y], &bold(palette));
        }
    }
}
