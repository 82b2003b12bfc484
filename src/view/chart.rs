//! The loss chart: loss over steps on a logarithmic axis, drawn with plotters.

use core::convert::Infallible;

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{Circle, PathElement, Text as TextElement};
use plotters::prelude::{Cartesian2d, DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color as _, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle,
};

use super::painter::{Color, Outline, Painter, Rect, Stroke};
use super::palette::Palette;
use super::plot_backend::{GRAIN, MATH_FAMILY, PlotBackend};
use super::series::{Series, log10};
use super::ticks::{decade_ticks, linear_ticks};
use crate::text::{figure, raised, tick};

/// Everything the chart depends on.
pub struct ChartScene<'a> {
    /// The canvas' size in CSS pixels.
    pub size: [f64; 2],
    /// The colours.
    pub palette: &'a Palette,
    /// The run's loss.
    pub loss: &'a Series,
    /// The last step of the axis.
    pub steps: usize,
    /// The playhead.
    pub step: usize,
    /// The loss shown at the playhead.
    pub value: f64,
    /// What stands at the end of the run's line.
    pub label: &'a str,
    /// The loss under the previous rate, and what stands at the end of its line.
    pub ghost: Option<(&'a Series, &'a str)>,
    /// The word at the end of the step axis.
    pub step_word: &'a str,
}

type Area<'a> = DrawingArea<PlotBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;

const LEFT: f64 = 38.0;
const RIGHT: f64 = 68.0;
const TOP: f64 = 10.0;
const BOTTOM: f64 = 24.0;
/// Losses below this are as good as zero and not worth an axis.
const FLOOR: f64 = -6.0;

/// Draws the chart.
pub fn draw_chart(painter: &mut dyn Painter, scene: &ChartScene<'_>) {
    let [width, height] = scene.size;
    if width < LEFT + RIGHT + 40.0 || height < TOP + BOTTOM + 30.0 {
        return;
    }
    let chart = Chart::new(scene);
    chart.draw_ghost(painter);
    let area = Rect { left: 0.0, top: 0.0, width, height };
    let root = PlotBackend { painter, area }.into_drawing_area();
    // The backend cannot fail (its error type has no value), so neither can this.
    let _ = chart.draw(&root);
}

/// The decades of the axis: those of the run and its ghost, to the floor, whole.
fn decades(scene: &ChartScene<'_>) -> (f64, f64) {
    let ghost = scene.ghost.and_then(|(ghost, _)| ghost.range());
    let ranges = [scene.loss.range(), ghost].into_iter().flatten();
    let all = ranges.reduce(|(low, high), (l, h)| (low.min(l), high.max(h)));
    let (low, high) = all.unwrap_or((FLOOR, 0.0));
    let high = libm::ceil(high - 1e-9);
    let low = libm::floor(low.max(FLOOR.min(high - 4.0)) + 1e-9);
    (low.min(high - 1.0), high)
}

struct Chart<'a> {
    scene: &'a ChartScene<'a>,
    low: f64,
    high: f64,
    last: f64,
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of a canvas")]
fn grains(pixels: f64) -> i32 {
    libm::round(pixels * GRAIN) as i32
}

fn rgba(color: Color) -> RGBAColor {
    let [r, g, b] = color.rgb;
    RGBAColor(r, g, b, color.alpha)
}

#[expect(clippy::cast_sign_loss, reason = "widths are positive")]
fn line(color: Color, width: f64) -> ShapeStyle {
    rgba(color).stroke_width(grains(width) as u32)
}

/// A font by its family's name as it stands; `into_font` would fold its case, and
/// the tables for that are larger than this chart.
fn font(family: &'static str, size: f64) -> FontDesc<'static> {
    FontDesc::new(FontFamily::Name(family), size * GRAIN, FontStyle::Normal)
}

fn words(size: f64, color: Color, h: HPos, v: VPos) -> TextStyle<'static> {
    font("page", size).color(&rgba(color)).pos(Pos::new(h, v))
}

impl<'a> Chart<'a> {
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn new(scene: &'a ChartScene<'a>) -> Self {
        let (low, high) = decades(scene);
        Self { scene, low, high, last: scene.steps.max(1) as f64 }
    }

    fn draw(&self, root: &DrawingArea<PlotBackend<'_>, Shift>) -> Drawn {
        let [width, height] = self.scene.size;
        let pixels = (
            grains(LEFT)..grains(width - RIGHT),
            // Upwards: the axis' low end lies at the bottom.
            grains(height - BOTTOM)..grains(TOP),
        );
        let spec = Cartesian2d::new(0.0..self.last, self.low..self.high, pixels);
        let area = root.clone().apply_coord_spec(spec);
        self.draw_grid(&area)?;
        self.draw_lines(&area)?;
        self.draw_labels(&area)
    }

    /// The line under the previous rate, dotted: plotters has no dashes, and a
    /// dot for every fourth pixel of a zigzag would be thousands of circles.
    fn draw_ghost(&self, painter: &mut dyn Painter) {
        let Some((ghost, _)) = self.scene.ghost else { return };
        let mut outline = Outline::default();
        for run in self.runs_above_floor(ghost.points()) {
            for (index, (step, log)) in run.into_iter().enumerate() {
                let point = [self.pixel_x(step), self.pixel_y(log)];
                if index == 0 { outline.move_to(point) } else { outline.line_to(point) }
            }
        }
        let stroke = Stroke { color: self.scene.palette.ink_3, width: 1.4, dash: &[1.0, 3.5] };
        painter.stroke(&outline, &[stroke]);
    }

    fn draw_grid(&self, area: &Area<'_>) -> Drawn {
        let palette = self.scene.palette;
        let [width, height] = self.scene.size;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let most = ((height - TOP - BOTTOM) / 26.0).clamp(2.0, 6.0) as usize;
        for exponent in decade_ticks(self.low, self.high, most) {
            let y = f64::from(exponent);
            area.draw(&PathElement::new([(0.0, y), (self.last, y)], line(palette.line, 1.0)))?;
            let style = words(12.0, palette.ink_3, HPos::Right, VPos::Center);
            let label = format!("10{}", raised(exponent));
            write(area, label, [LEFT - 7.0, self.pixel_y(y)], &style)?;
        }
        let below = height - BOTTOM + 17.0;
        let style = words(12.0, palette.ink_3, HPos::Center, VPos::Bottom);
        for step in linear_ticks(0.0, self.last, 5).into_iter().filter(|step| step.fract() == 0.0) {
            write(area, tick(step), [self.pixel_x(step), below], &style)?;
        }
        let style = words(12.0, palette.ink_3, HPos::Right, VPos::Bottom);
        write(area, self.scene.step_word.to_owned(), [width, below], &style)
    }

    fn draw_lines(&self, area: &Area<'_>) -> Drawn {
        let ChartScene { palette, loss, step, .. } = *self.scene;
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let now = step as f64;
        let (past, future) = loss.split(now);
        let faint = Color { alpha: 0.5, ..palette.run_line };
        for run in self.runs_above_floor(future) {
            area.draw(&PathElement::new(run, line(faint, 1.5)))?;
        }
        let rule = [(now, self.low), (now, self.high)];
        area.draw(&PathElement::new(rule, line(palette.ink_2, 1.0)))?;
        for run in self.runs_above_floor(past) {
            area.draw(&PathElement::new(run, line(palette.run_line, 2.2)))?;
        }
        let level = log10(self.scene.value);
        if level.is_finite() {
            let at = (now, level.clamp(self.low, self.high));
            #[expect(clippy::cast_sign_loss, reason = "positive")]
            let disc = |radius: f64, color: Color| {
                Circle::new(at, grains(radius) as u32, rgba(color).filled())
            };
            area.draw(&disc(6.5, palette.background))?;
            area.draw(&disc(4.5, palette.run_line))?;
        }
        Ok(())
    }

    /// The value beside the current point, and the names at the ends of the lines.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn draw_labels(&self, area: &Area<'_>) -> Drawn {
        let ChartScene { palette, loss, step, value, .. } = *self.scene;
        let run_end = self.end_of(loss);
        let mut names = vec![run_end];
        if let Some((ghost, label)) = self.scene.ghost {
            let end = self.ghost_name(self.end_of(ghost), run_end);
            write_rate(area, label, end, palette.ink_3, false)?;
            names.push(end);
        }
        write_rate(area, self.scene.label, run_end, palette.run_text, true)?;
        let x = self.pixel_x(step as f64);
        let y = self.pixel_y(log10(value).clamp(self.low, self.high));
        let right_edge = self.scene.size[0] - RIGHT;
        let (h, x) =
            if x > right_edge - 60.0 { (HPos::Right, x - 10.0) } else { (HPos::Left, x + 10.0) };
        // On the side that the line leaves free, farther up where a name stands.
        let next = loss.points().iter().find(|(at, _)| *at > step as f64);
        let rises = next.is_some_and(|(_, log)| *log > log10(value));
        let first = if y < TOP + 18.0 || rises { y + 18.0 } else { y - 8.0 };
        let left = if matches!(h, HPos::Right) { x - 66.0 } else { x };
        let is_free = |baseline: &f64| {
            let is_apart = |[_, at]: &[f64; 2]| (baseline - 4.0 - at).abs() >= 15.0;
            let is_beside = |[at, _]: &[f64; 2]| left > at + RIGHT || left + 66.0 < at + 4.0;
            names.iter().all(|name| is_beside(name) || is_apart(name))
        };
        let places = [first, y - 8.0, y + 18.0, y - 23.0, y + 33.0, y - 38.0];
        let is_on_chart = |baseline: &f64| *baseline > 10.0 && *baseline < self.pixel_y(self.low);
        let free = places.into_iter().find(|y| is_on_chart(y) && is_free(y));
        let y = free.unwrap_or(first);
        let style = words(12.0, palette.ink, h, VPos::Bottom);
        let style = TextStyle { font: style.font.style(FontStyle::Bold), ..style };
        write(area, figure(value, 3), [x, y], &style)
    }

    /// The place of the ghost's name: two at the same height would cover each other.
    fn ghost_name(&self, [x, y]: [f64; 2], own: [f64; 2]) -> [f64; 2] {
        let gap = y - own[1];
        if (x - own[0]).abs() >= 60.0 || gap.abs() >= 15.0 {
            return [x, y];
        }
        let (above, below) = (own[1] - 15.0, own[1] + 15.0);
        let is_above = if gap < 0.0 { above > TOP - 3.0 } else { below > self.pixel_y(self.low) };
        [x, if is_above { above } else { below }]
    }

    /// The pixel at which a line ends: the right edge, or where it sinks under
    /// the floor for good.
    fn end_of(&self, series: &Series) -> [f64; 2] {
        let last_above = series.points().iter().rev().find(|(_, log)| *log >= self.low);
        let Some(&(step, log)) = last_above else { return [LEFT, self.pixel_y(self.low)] };
        let y = self.pixel_y(log.min(self.high));
        [self.pixel_x(step.min(self.last)), y.clamp(TOP + 2.0, self.scene.size[1] - BOTTOM - 8.0)]
    }

    /// The stretches of a line that lie on the chart, each ending where it
    /// crosses the floor or the ceiling.
    fn runs_above_floor(&self, points: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let mut runs = Vec::new();
        let mut run: Vec<(f64, f64)> = Vec::new();
        let is_inside = |point| self.is_inside(point);
        for (index, &point) in points.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| points[before]);
            let was_inside = before.is_some_and(is_inside);
            if let Some(before) = before.filter(|_| was_inside != is_inside(point)) {
                run.extend(self.crossing(before, point));
            }
            if is_inside(point) {
                run.push(point);
            } else if !run.is_empty() {
                runs.push(std::mem::take(&mut run));
            }
        }
        if !run.is_empty() {
            runs.push(run);
        }
        runs
    }

    fn is_inside(&self, (step, log): (f64, f64)) -> bool {
        log >= self.low && log <= self.high && step <= self.last
    }

    /// Where the line from `a` to `b`, one of them on the chart, crosses its edge:
    /// floor, ceiling or, for a ghost that outlasts the run, the last step.
    fn crossing(&self, a: (f64, f64), b: (f64, f64)) -> Option<(f64, f64)> {
        let (inside, outside) = if self.is_inside(a) { (a, b) } else { (b, a) };
        if outside.1 == f64::NEG_INFINITY {
            return Some((outside.0.min(self.last), self.low));
        }
        let (dx, dy) = (outside.0 - inside.0, outside.1 - inside.1);
        let across = (outside.1.clamp(self.low, self.high) - inside.1) / dy;
        let along = (outside.0.min(self.last) - inside.0) / dx;
        // One of the two is 1, or 0/0 where there is nothing to cross.
        let part = across.min(along);
        let crossing = (inside.0 + part * dx, inside.1 + part * dy);
        part.is_finite().then_some(crossing)
    }

    fn pixel_x(&self, step: f64) -> f64 {
        LEFT + step / self.last * (self.scene.size[0] - LEFT - RIGHT)
    }

    fn pixel_y(&self, log: f64) -> f64 {
        let height = self.scene.size[1] - TOP - BOTTOM;
        TOP + (self.high - log) / (self.high - self.low) * height
    }
}

/// `η 0.085`, the letter in the italics of mathematics.
fn write_rate(area: &Area<'_>, label: &str, [x, y]: [f64; 2], color: Color, bold: bool) -> Drawn {
    let math = words(14.0, color, HPos::Left, VPos::Center);
    let math = TextStyle { font: font(MATH_FAMILY, 14.0), ..math };
    write(area, "η".to_owned(), [x + 6.0, y], &math)?;
    let style = words(12.0, color, HPos::Left, VPos::Center);
    let style =
        if bold { TextStyle { font: style.font.style(FontStyle::Bold), ..style } } else { style };
    write(area, label.to_owned(), [x + 18.0, y], &style)
}

/// Writes at a pixel; the area's own coordinates are steps and decades.
fn write(area: &Area<'_>, text: String, [x, y]: [f64; 2], style: &TextStyle<'_>) -> Drawn {
    let root = area.strip_coord_spec();
    root.draw(&TextElement::new(text, (grains(x), grains(y)), style))
}
