//! A schedule in a box as large as a word.

use super::painter::{Color, Outline, Painter, Stroke};

/// What is kept free around the line.
const MARGIN: f64 = 2.0;

/// Draws `rates`, one a step, in a box of `size` pixels: linear from 0 to the
/// largest of them.
pub fn draw_sparkline(painter: &mut dyn Painter, size: [f64; 2], color: Color, rates: &[f64]) {
    let most = rates.iter().copied().filter(|rate| rate.is_finite()).fold(0.0, f64::max);
    let [width, height] = size.map(|side| side - 2.0 * MARGIN);
    if rates.is_empty() || width <= 0.0 || height <= 0.0 {
        return;
    }
    #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
    let last = rates.len().saturating_sub(1).max(1) as f64;
    let mut outline = Outline::default();
    let mut x = MARGIN;
    let mut place = |share: f64, x: f64| {
        let point = [x, MARGIN + (1.0 - share) * height];
        if outline.points.is_empty() { outline.move_to(point) } else { outline.line_to(point) }
    };
    for rate in rates {
        let share = if most > 0.0 { rate / most } else { 0.0 };
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        place(share, x);
        // One rate alone is a level line.
        if rates.len() == 1 {
            place(share, x + width);
        }
        x += width / last;
    }
    painter.stroke(&outline, &[Stroke::solid(color, 1.5)]);
}
