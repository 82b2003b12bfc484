//! Where the epochs of a run end, on its chart.

use super::super::painter::{Outline, Painter, Rect, Stroke, TextStyle};
use super::ChartScene;
use super::axes::Axes;
use crate::descent::Epochs;
use crate::text::count;

const DASH: &[f64] = &[2.0, 3.0];
/// Marks stand about so far apart at least.
const APART: f64 = 40.0;
/// The height of a label.
const LINE: f64 = 12.0;

impl Axes {
    /// Marks the steps by which epochs are complete, with their numbers at the top, the
    /// first behind its word; takes note of what the numbers cover.
    pub(super) fn draw_epochs(
        &self,
        painter: &mut dyn Painter,
        scene: &ChartScene<'_>,
        taken: &mut Vec<Rect>,
    ) {
        let Some((epochs, word)) = scene.epochs else { return };
        let palette = scene.palette;
        let stroke = Stroke { color: palette.ink_3.with_alpha(0.55), width: 1.0, dash: DASH };
        let style = TextStyle {
            halo: Some((palette.background, 3.0)),
            middle: true,
            ..TextStyle::plain(11.0, palette.ink_3)
        };
        let mut free = self.plot.left;
        for (step, epoch) in self.marked_epochs(epochs, scene.steps) {
            #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
            let x = self.x(step as f64);
            let line = Outline::line(&[[x, self.plot.top], [x, self.plot.bottom()]]);
            painter.stroke(&line, &[stroke]);
            let number = count(usize::try_from(epoch).unwrap_or(usize::MAX));
            let is_first = free == self.plot.left;
            let label = if is_first { format!("{word} {number}") } else { number };
            let width = painter.text_width(&label, &style);
            let place = Rect { left: x + 3.0, top: self.plot.top - 2.0, width, height: LINE };
            let is_free = taken.iter().all(|other| {
                place.left > other.right()
                    || other.left > place.right()
                    || place.top > other.bottom()
                    || other.top > place.bottom()
            });
            if place.left >= free && place.right() <= self.plot.right() + 4.0 && is_free {
                painter.text(&label, [place.left, place.top + 0.5 * LINE], &style);
                free = place.right() + 4.0;
                taken.push(place);
            }
        }
    }

    /// The epochs that are marked and the steps by which they are complete: 1, 2, 3, … or
    /// only every second, fifth, tenth, … where they are many; 1, 2, 5, 10, … of batches
    /// that grow, whose epochs become shorter and shorter.
    fn marked_epochs(&self, epochs: &Epochs, last: usize) -> Vec<(usize, u64)> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some dozens")]
        let most = (self.plot.width / APART).max(1.0) as u64;
        let complete = epochs.complete_at(last);
        let grows = epochs.grow();
        let mut stride = 1;
        while !grows && complete / stride > most {
            stride = rounder(stride);
        }
        let mut marked: Vec<(usize, u64)> = Vec::new();
        let mut epoch = stride;
        while let Some(step) = epochs.step_of(epoch).filter(|step| *step <= last) {
            #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
            let x = |step: usize| self.x(step as f64);
            // Whole batches at the end may be epochs by themselves.
            if marked.last().is_none_or(|(before, _)| x(step) - x(*before) >= 0.5 * APART) {
                marked.push((step, epoch));
            }
            epoch = if grows { rounder(epoch) } else { epoch + stride };
        }
        marked
    }
}

/// The next of 1, 2, 5, 10, 20, 50, …
fn rounder(number: u64) -> u64 {
    let leading = number / 10_u64.pow(number.ilog10());
    if leading == 2 { number / 2 * 5 } else { number * 2 }
}
