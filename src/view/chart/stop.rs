//! Stop rules on the chart: their threshold, and the steps at which they ended runs.

use super::super::painter::{Outline, Painter, Rect, Stroke, TextStyle};
use super::super::series::log10;
use super::ChartScene;
use super::axes::Axes;

const DASH: &[f64] = &[7.0, 3.0, 1.5, 3.0];
/// The radius of the ring around the last point of a run that was stopped.
const RING: f64 = 7.0;
/// The height of the threshold's name.
const LINE: f64 = 14.0;

impl Axes {
    /// The y of the threshold; `None` without one and where it lies beyond the axis.
    fn y_of_stop(&self, scene: &ChartScene<'_>) -> Option<f64> {
        let log = log10(scene.stop?.0);
        (self.low..=self.high).contains(&log).then(|| self.y(log))
    }

    /// Draws the threshold as a level line over the whole axis.
    pub(super) fn draw_stop(&self, painter: &mut dyn Painter, scene: &ChartScene<'_>) {
        let Some(y) = self.y_of_stop(scene) else { return };
        let line = Outline::line(&[[self.plot.left, y], [self.plot.right(), y]]);
        let stroke = Stroke { color: scene.palette.ink_2, width: 1.4, dash: DASH };
        painter.stroke(&line, &[stroke]);
    }

    /// Marks the last step of each run that a stop rule ended: a ring around its point, and
    /// an upright line from there to the axis of the steps.
    pub(super) fn draw_stopped(&self, painter: &mut dyn Painter, scene: &ChartScene<'_>) {
        for line in scene.lines {
            let Some(value) = line.stopped.filter(|value| value.is_finite()) else { continue };
            let Some(&(step, _)) = line.series.points().last() else { continue };
            if step > self.last {
                continue;
            }
            let at = [self.x(step), self.y(log10(value))];
            let color = line.look.line;
            let down = Outline::line(&[[at[0], at[1] + RING], [at[0], self.plot.bottom()]]);
            if at[1] + RING < self.plot.bottom() {
                painter.stroke(&down, &[Stroke { color, width: 1.2, dash: &[2.0, 3.0] }]);
            }
            painter.ring(at, RING, &Stroke::solid(color, 1.6));
        }
    }

    /// Writes what the threshold is called above its line, below it near the top, at
    /// whichever end nothing else stands; takes note of the place.
    pub(super) fn name_stop(
        &self,
        painter: &mut dyn Painter,
        scene: &ChartScene<'_>,
        taken: &mut Vec<Rect>,
    ) {
        let Some((y, (_, name))) = self.y_of_stop(scene).zip(scene.stop) else { return };
        let style = TextStyle {
            middle: true,
            halo: Some((scene.palette.background, 3.0)),
            ..TextStyle::plain(11.0, scene.palette.ink_2)
        };
        let width = painter.text_width(name, &style);
        let (left, right) = (self.plot.left + 4.0, self.plot.right() - width - 4.0);
        let (above, below) = (y - LINE - 1.0, y + 1.0);
        let places = [[right, above], [left, above], [right, below], [left, below]];
        let place = places.into_iter().map(|[left, top]| Rect { left, top, width, height: LINE });
        let is_free = |place: &Rect| {
            let meets = |other: &Rect| {
                place.left < other.right()
                    && other.left < place.right()
                    && place.top < other.bottom()
                    && other.top < place.bottom()
            };
            place.left >= self.plot.left
                && place.right() <= self.plot.right()
                && place.top >= self.plot.top
                && place.bottom() <= self.plot.bottom()
                && !taken.iter().any(meets)
        };
        if let Some(place) = place.into_iter().find(is_free) {
            painter.text(name, [place.left, place.top + 0.5 * LINE], &style);
            taken.push(place);
        }
    }
}
