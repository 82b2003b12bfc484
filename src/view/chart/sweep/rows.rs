//! The rows under the curves: what becomes of each run at every rate.

use super::panel::Panel;
use crate::descent::Outcome;
use crate::view::painter::{Outline, Painter, Rect};
use crate::view::spectrum::{draw_texture, draw_word, rectangle};

/// From a run's marker to the beginning of its row.
const MARKER: f64 = 9.0;

/// Neighbouring places with one outcome.
struct Zone {
    /// The place after its last one.
    to: usize,
    outcome: Outcome,
    rect: Rect,
}

impl Panel<'_> {
    /// Draws each run's row, with its marker before it.
    pub(super) fn draw_rows(&self, painter: &mut dyn Painter) {
        let palette = self.scene.palette;
        for (index, line) in self.scene.lines.iter().enumerate() {
            let zones = self.zones(index);
            for outcome in Outcome::ALL {
                let mut area = Outline::default();
                for zone in zones.iter().filter(|zone| zone.outcome == outcome) {
                    area.starts.push(area.points.len());
                    area.points.extend(rectangle(zone.rect).points);
                }
                if !area.points.is_empty() {
                    painter.fill(&area, palette.outcome(outcome).fill);
                }
            }
            for zone in zones.iter().filter(|zone| zone.rect.width >= 3.0) {
                let faint = palette.on_outcome.with_alpha(0.3);
                draw_texture(painter, zone.outcome, zone.rect, faint);
                draw_word(painter, palette, self.scene.text, zone.outcome, zone.rect);
            }
            let at = [self.axes.plot.left - MARKER, self.row_top(index) + 0.5 * self.row];
            let radius = (0.45 * self.row).min(3.5);
            line.look.marker.fill(painter, &[at], radius, 0.0, line.look.line);
        }
    }

    /// Each place that is known reaches half way to its neighbours; elsewhere there is
    /// nothing to draw yet.
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    fn zones(&self, index: usize) -> Vec<Zone> {
        let spectrum = self.scene.lines[index].spectrum;
        let count = spectrum.places().len();
        let (top, height) = (self.row_top(index), self.row);
        let mut zones: Vec<Zone> = Vec::new();
        for at in 0..count {
            let Some(fate) = spectrum.places()[at].fates.first() else { continue };
            let place = at as f64;
            let [left, right] =
                [place - 0.5, place + 0.5].map(|edge| self.axes.x(edge.clamp(0.0, self.axes.last)));
            match zones.last_mut() {
                Some(zone) if zone.outcome == fate.outcome && zone.to == at => {
                    zone.rect.width = right - zone.rect.left;
                    zone.to = at + 1;
                }
                _ => {
                    let rect = Rect { left, top, width: right - left, height };
                    zones.push(Zone { to: at + 1, outcome: fate.outcome, rect });
                }
            }
        }
        zones
    }
}
