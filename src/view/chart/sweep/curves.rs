//! The curves of the sweep and what stands on them.

use super::SweepLine;
use super::panel::Panel;
use crate::view::marker::draw_on_page;
use crate::view::painter::{Outline, Painter, Stroke};
use crate::view::series::log10;

/// The radius of the marker of a run's own rate.
const MARKER: f64 = 4.5;
/// How far the arrow at the end of a curve rises, and how far it may leave the plot.
const ARROW: [f64; 2] = [12.0, 8.0];
/// The reach of its head.
const HEAD: f64 = 3.5;
/// The radius of a rate between others that are not known yet.
const ALONE: f64 = 1.6;
/// So many diverging rates in a row tear a curve.
const WIDE: usize = 5;

/// A curve in pixels.
#[derive(Default)]
struct Curve {
    line: Outline,
    /// Where it ends because the run diverges beyond.
    torn: Vec<[f64; 2]>,
    /// Rates both of whose neighbours are not known yet.
    alone: Vec<[f64; 2]>,
    /// Its last point.
    end: Option<[f64; 2]>,
}

impl Panel<'_> {
    /// Draws every run's curve, the selected one's over the others; where each ends.
    pub(super) fn draw_curves(&self, painter: &mut dyn Painter) -> Vec<Option<[f64; 2]>> {
        let lines = self.scene.lines;
        let curves: Vec<Curve> = lines.iter().map(|line| self.curve(line)).collect();
        for index in self.order() {
            let (curve, look) = (&curves[index], lines[index].look);
            let width = if self.scene.selected == Some(index) { 2.4 } else { 1.8 };
            let stroke = Stroke { color: look.line, width, dash: look.dash };
            if !curve.line.points.is_empty() {
                painter.stroke(&curve.line, &[stroke]);
            }
            if !curve.alone.is_empty() {
                painter.discs(&curve.alone, ALONE, look.line);
            }
            self.draw_arrows(painter, &curve.torn, &Stroke::solid(look.line, 1.8));
        }
        curves.into_iter().map(|curve| curve.end).collect()
    }

    /// The runs in the order in which they are drawn.
    fn order(&self) -> impl Iterator<Item = usize> {
        let selected = self.scene.selected;
        let others = (0..self.scene.lines.len()).filter(move |at| selected != Some(*at));
        others.chain(selected)
    }

    /// The stretches between diverging rates. Where those are a few only, the curve has
    /// a gap; where they are many or the last, it is torn. What is not known yet is a gap,
    /// too.
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    fn curve(&self, line: &SweepLine<'_>) -> Curve {
        let mut curve = Curve::default();
        // Since where it diverges.
        let mut gap: Option<usize> = None;
        let places = line.spectrum.places();
        let is_known = |at: usize| places.get(at).is_some_and(|place| !place.fates.is_empty());
        for (index, place) in places.iter().enumerate() {
            if !is_known(index) {
                continue;
            }
            // Before the first and after the last there is nothing to wait for.
            let is_joined = index == 0 || is_known(index - 1);
            let is_followed = index + 1 == places.len() || is_known(index + 1);
            let Some(loss) = SweepLine::loss_at(place, self.scene.lowest) else {
                gap = gap.or(Some(index));
                continue;
            };
            let point = [self.axes.x(index as f64), self.axes.y(log10(loss))];
            if !is_joined && !is_followed {
                curve.alone.push(point);
            }
            if let Some(from) = gap.take() {
                if index - from >= WIDE {
                    curve.torn.extend(curve.end.into_iter().chain([point]));
                }
                curve.line.move_to(point);
            } else if curve.end.is_none() || !is_joined {
                curve.line.move_to(point);
            } else {
                curve.line.line_to(point);
            }
            curve.end = Some(point);
        }
        if gap.is_some() {
            curve.torn.extend(curve.end);
        }
        if !line.spectrum.is_done() {
            // Between two rates there may be one that arrives.
            curve.torn.clear();
        }
        curve
    }

    /// An arrow upwards from each of these points: beyond, there is no value to draw.
    fn draw_arrows(&self, painter: &mut dyn Painter, points: &[[f64; 2]], stroke: &Stroke) {
        let mut arrows = Outline::default();
        for &[x, y] in points {
            let tip = (y - ARROW[0]).max(self.axes.plot.top - ARROW[1]);
            arrows.move_to([x, y]);
            arrows.line_to([x, tip]);
            arrows.move_to([x - HEAD, tip + HEAD]);
            arrows.line_to([x, tip]);
            arrows.line_to([x + HEAD, tip + HEAD]);
        }
        if !arrows.points.is_empty() {
            painter.stroke(&arrows, &[*stroke]);
        }
    }

    /// Draws a line at the selected run's own rate, and each run's marker at its own:
    /// on the curve or, where it diverges there, on its row.
    pub(super) fn draw_own_rates(&self, painter: &mut dyn Painter) {
        let (scene, plot) = (self.scene, self.axes.plot);
        if let Some(x) = scene.selected.and_then(|at| self.x_of(scene.lines[at].rate)) {
            let rule = Outline::line(&[[x, plot.top], [x, self.foot()]]);
            painter.stroke(&rule, &[Stroke::solid(scene.palette.ink_2, 1.0)]);
        }
        for index in self.order() {
            let line = &scene.lines[index];
            let Some(x) = self.x_of(line.rate) else { continue };
            let loss = line.loss.map(|loss| loss - scene.lowest).filter(|loss| loss.is_finite());
            let (y, radius) = match loss {
                Some(loss) => (self.axes.y(log10(loss)), MARKER),
                None => (self.row_top(index) + 0.5 * self.row, MARKER.min(0.5 * self.row)),
            };
            draw_on_page(painter, line.look, &[[x, y]], radius, scene.palette.background);
        }
    }
}
