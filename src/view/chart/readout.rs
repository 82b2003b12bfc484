//! What the chart says of the step under the pointer.

use super::super::marker::draw_on_page;
use super::super::painter::{Align, Outline, Painter, Rect, Stroke, TextStyle};
use super::super::series::log10;
use super::axes::Axes;
use super::labels::{label_width, write_label};
use super::{ChartLine, ChartScene};
use crate::text::{count, figure};

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

/// The box with the values at a step, laid out.
pub(super) struct Readout<'a> {
    /// What it covers.
    pub(super) place: Rect,
    row: f64,
    title: String,
    rows: Vec<(&'a ChartLine<'a>, String)>,
    /// The room for a label.
    label: f64,
    /// Where the markers of the runs stand on the rule.
    markers: Vec<Option<[f64; 2]>>,
    /// From the top of the rule to its foot.
    rule: [[f64; 2]; 2],
}

fn plain(scene: &ChartScene<'_>) -> TextStyle {
    TextStyle { middle: true, ..TextStyle::plain(12.0, scene.palette.ink_2) }
}

fn bold(scene: &ChartScene<'_>) -> TextStyle {
    let style = TextStyle { bold: true, color: scene.palette.ink, ..plain(scene) };
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
        let row = |line: &'a ChartLine<'a>| {
            let value = line.pointed.filter(|value| value.is_finite())?;
            Some((line, value))
        };
        let shown: Vec<(&ChartLine<'_>, f64)> = scene.lines.iter().filter_map(row).collect();
        // What has no place on the axis is said without a marker.
        let marker =
            |(_, value): &(_, f64)| self.has_place(*value).then(|| [x, self.y(log10(*value))]);
        let markers = shown.iter().map(marker).collect();
        let rows: Vec<(&ChartLine<'_>, String)> =
            shown.into_iter().map(|(line, value)| (line, figure(value, 3))).collect();
        let title = format!("{} {}", scene.step_word, count(step));
        let widest = |widths: &mut dyn Iterator<Item = f64>| widths.fold(0.0, f64::max);
        let (plain, bold) = (plain(scene), bold(scene));
        let labels = &mut rows.iter().map(|(line, _)| label_width(painter, line.label));
        let label = widest(labels);
        let value = widest(&mut rows.iter().map(|(_, value)| painter.text_width(value, &bold)));
        let most = self.plot.width - 2.0 * INSET - LABEL - COLUMN - value;
        let label = label.min(LONGEST).min(most.max(40.0));
        let row = if rows.is_empty() { 0.0 } else { LABEL + label + COLUMN + value };
        let width = row.max(painter.text_width(&title, &plain)) + 2.0 * INSET;
        let (place, row) = self.place(scene, x, width, rows.len())?;
        let rule = [[x, self.plot.top], [x, self.plot.bottom()]];
        Some(Readout { place, row, title, rows, label, markers, rule })
    }

    /// The box beside the rule, on the side with room, and the height of its rows.
    fn place(
        &self,
        scene: &ChartScene<'_>,
        x: f64,
        width: f64,
        lines: usize,
    ) -> Option<(Rect, f64)> {
        let (top, bottom) = (2.0, scene.size[1] - 2.0);
        #[expect(clippy::cast_precision_loss, reason = "a few")]
        let rows = (lines + 1) as f64;
        let row = ((bottom - top - INSET) / rows).clamp(ROWS[1], ROWS[0]);
        let height = (rows * row + INSET).min(bottom - top);
        let [most_left, most_right] = [2.0, scene.size[0] - 2.0];
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
    pub(super) fn draw(&self, painter: &mut dyn Painter, scene: &ChartScene<'_>) {
        let palette = scene.palette;
        painter.stroke(&Outline::line(&self.rule), &[Stroke::solid(palette.ink_3, 1.0)]);
        for ((line, _), at) in self.rows.iter().zip(&self.markers) {
            draw_on_page(painter, line.look, at.as_slice(), MARKER, palette.background);
        }
        let Rect { left, top, .. } = self.place;
        let (right, bottom) = (self.place.right(), self.place.bottom());
        let corners = [[left, top], [right, top], [right, bottom], [left, bottom], [left, top]];
        let outline = Outline::line(&corners);
        painter.fill(&outline, palette.surface.with_alpha(0.94));
        painter.stroke(&outline, &[Stroke::solid(palette.line, 1.0)]);
        let (left, right) = (left + INSET, right - INSET);
        let mut y = top + 0.5 * (INSET + self.row);
        painter.text(&self.title, [left, y], &plain(scene));
        for (line, value) in &self.rows {
            y += self.row;
            // What has no room in a low chart is left out.
            if y + 0.5 * self.row > bottom {
                break;
            }
            draw_on_page(painter, line.look, &[[left + 4.0, y]], MARKER, palette.surface);
            let at = [left + LABEL, y];
            write_label(painter, line.label, palette.ink, at, self.label);
            painter.text(value, [right, y], &bold(scene));
        }
    }
}
