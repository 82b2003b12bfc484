//! The small signs of the outcomes, for where a word has no room. The page's
//! skeleton has the same as drawings beside the verdict.

use super::painter::{Color, Outline, Painter, Stroke};
use crate::descent::Outcome;

/// The side of the square that the points below lie in.
const BOX: f64 = 18.0;

/// Draws the sign of an outcome, `size` wide, around `center`.
pub(super) fn draw_glyph(
    painter: &mut dyn Painter,
    outcome: Outcome,
    center: [f64; 2],
    size: f64,
    color: Color,
) {
    let scale = size / BOX;
    let at = |[x, y]: [f64; 2]| {
        [center[0] + (x - 0.5 * BOX) * scale, center[1] + (y - 0.5 * BOX) * scale]
    };
    let mut outline = Outline::default();
    for line in lines(outcome) {
        for (index, point) in line.iter().enumerate() {
            if index == 0 { outline.move_to(at(*point)) } else { outline.line_to(at(*point)) }
        }
    }
    painter.stroke(&outline, &[Stroke::solid(color, 1.6)]);
    if outcome == Outcome::Stalls {
        painter.discs(&[at([13.4, 9.0])], 2.2 * scale, color);
    }
}

fn lines(outcome: Outcome) -> &'static [&'static [[f64; 2]]] {
    match outcome {
        Outcome::Crawls => &[&[[2.5, 7.0], [15.5, 9.2]]],
        Outcome::Converges => {
            &[&[[2.5, 4.0], [4.2, 8.0], [6.4, 10.8], [9.0, 12.7], [12.0, 13.7], [15.5, 14.0]]]
        }
        Outcome::Oscillates => &[&[
            [2.0, 14.0],
            [5.0, 4.0],
            [8.0, 13.0],
            [10.5, 7.0],
            [12.5, 11.0],
            [14.0, 9.0],
            [16.0, 10.0],
        ]],
        Outcome::Bounces => {
            &[&[[2.0, 9.0], [4.0, 4.5], [7.5, 13.5], [11.0, 4.5], [14.5, 13.5], [16.3, 9.0]]]
        }
        Outcome::Stalls => &[&[[2.5, 9.0], [11.2, 9.0]]],
        Outcome::Diverges => &[
            &[[2.0, 10.0], [4.0, 11.6], [6.4, 8.0], [9.4, 13.2], [15.0, 3.5]],
            &[[11.4, 4.0], [15.0, 3.5], [15.4, 7.1]],
        ],
    }
}
