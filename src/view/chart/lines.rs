//! The lines of the chart with their markers.

use super::super::marker::draw_on_page;
use super::super::painter::{Color, Outline, Painter, Stroke};
use super::super::series::{Point, Series, log10};
use super::axes::Axes;
use super::{ChartLine, ChartScene};

const GHOST_DASH: &[f64] = &[1.0, 3.5];
const EDGE_DASH: &[f64] = &[6.0, 4.0];
const HELD_OUT_DASH: &[f64] = &[4.0, 3.0];
/// The radius of the marker at the playhead.
const MARKER: f64 = 4.5;

impl Axes {
    /// Draws the line under the previous rate, dotted, below everything.
    pub(super) fn draw_ghost(&self, painter: &mut dyn Painter, scene: &ChartScene<'_>) {
        let Some((ghost, _)) = scene.ghost else { return };
        let stroke = Stroke { color: scene.palette.ink_3, width: 1.4, dash: GHOST_DASH };
        painter.stroke(&self.outline(ghost.points()), &[stroke]);
    }

    /// Draws the edge of stability, dashed, and the selected run's λ_max, dotted.
    pub(super) fn draw_edge(&self, painter: &mut dyn Painter, scene: &ChartScene<'_>) {
        let Some((lines, _)) = scene.edge else { return };
        let selected = scene.lines.get(scene.selected);
        if let Some((line, largest)) = selected.zip(lines.largest.as_ref()) {
            let stroke = Stroke { color: line.look.line, width: 1.4, dash: GHOST_DASH };
            painter.stroke(&self.outline(largest.points()), &[stroke]);
        }
        if let Some((edge, _)) = &lines.edge {
            let stroke = Stroke { color: scene.palette.danger, width: 1.4, dash: EDGE_DASH };
            painter.stroke(&self.outline(edge.points()), &[stroke]);
        }
    }

    /// Draws the selected run's loss over held-out samples, dashed and fainter than its
    /// own.
    pub(super) fn draw_held_out(&self, painter: &mut dyn Painter, scene: &ChartScene<'_>) {
        let selected = scene.lines.get(scene.selected);
        let Some(((series, _), line)) = scene.held_out.zip(selected) else { return };
        let stroke = Stroke { color: line.look.line, width: 1.5, dash: HELD_OUT_DASH };
        painter.stroke(&self.outline(series.points()), &[stroke]);
    }

    /// Draws every run's line, what is to come faintly, with its marker at the
    /// playhead; the selected run's over the others.
    pub(super) fn draw_lines(&self, painter: &mut dyn Painter, scene: &ChartScene<'_>) {
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let now = scene.step as f64;
        let mut lines: Vec<&ChartLine<'_>> = scene.lines.iter().collect();
        if scene.selected < lines.len() {
            let selected = lines.remove(scene.selected);
            lines.push(selected);
        }
        let mut draw = |line: &ChartLine<'_>, points: &[Point], alpha: f64, width: f64| {
            let color = Color { alpha, ..line.look.line };
            let stroke = Stroke { color, width, dash: line.look.dash };
            painter.stroke(&self.outline(points), &[stroke]);
        };
        for line in &lines {
            draw(line, line.series.split(now).1, 0.45, 1.5);
        }
        for line in &lines {
            draw(line, line.series.split(now).0, 1.0, 2.2);
        }
        for (line, average) in lines.iter().filter_map(|line| Some((line, line.average?))) {
            let stroke = Stroke { color: line.look.line, width: 1.8, dash: GHOST_DASH };
            painter.stroke(&self.outline(average.points()), &[stroke]);
        }
        self.draw_rule(painter, now, scene.palette.ink_2);
        for line in &lines {
            if let Some(value) = line.value.filter(|value| self.has_place(*value)) {
                let at = [self.x(now), self.y(log10(value))];
                draw_on_page(painter, line.look, &[at], MARKER, scene.palette.background);
            }
        }
    }

    /// Draws an upright line at a step.
    pub(super) fn draw_rule(&self, painter: &mut dyn Painter, step: f64, color: Color) {
        let x = self.x(step);
        let rule = Outline::line(&[[x, self.plot.top], [x, self.plot.bottom()]]);
        painter.stroke(&rule, &[Stroke::solid(color, 1.0)]);
    }

    /// The pixel at which a line ends: at its last step, or where it sinks under
    /// the floor for good.
    pub(super) fn end_of(&self, series: &Series) -> [f64; 2] {
        let last_above = series.points().iter().rev().find(|(_, log)| *log >= self.low);
        let Some(&(step, log)) = last_above else { return [self.plot.left, self.plot.bottom()] };
        [self.x(step.min(self.last)), self.y(log)]
    }

    /// The stretches of a line that lie on the chart, each ending where it crosses
    /// the floor or the ceiling.
    fn outline(&self, points: &[Point]) -> Outline {
        let mut outline = Outline::default();
        let mut is_open = false;
        for (index, &point) in points.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| points[before]);
            let is_inside = self.is_inside(point);
            let was_inside = before.is_some_and(|before| self.is_inside(before));
            let crossing = before
                .filter(|_| was_inside != is_inside)
                .and_then(|before| self.crossing(before, point));
            for (step, log) in crossing.into_iter().chain(is_inside.then_some(point)) {
                let pixel = [self.x(step), self.y(log)];
                if is_open {
                    outline.line_to(pixel);
                } else {
                    outline.move_to(pixel);
                }
                is_open = true;
            }
            is_open &= is_inside;
        }
        outline
    }

    /// Whether a value has a place on the axis, be it at its end.
    pub(super) fn has_place(&self, value: f64) -> bool {
        value.is_finite() && (value > 0.0 || !self.leaves_gaps)
    }

    fn is_inside(&self, (step, log): Point) -> bool {
        log >= self.low && log <= self.high && step <= self.last
    }

    /// Where the line from `a` to `b`, one of them on the chart, crosses its edge:
    /// floor, ceiling or, for a line that outlasts the axis, the last step.
    fn crossing(&self, a: Point, b: Point) -> Option<Point> {
        let (inside, outside) = if self.is_inside(a) { (a, b) } else { (b, a) };
        if outside.1 == f64::NEG_INFINITY {
            if self.leaves_gaps {
                return None;
            }
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
}
