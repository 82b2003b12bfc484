//! The textures of the outcomes: colour alone tells them apart for most readers
//! only.

use crate::descent::Outcome;
use crate::view::painter::{Color, Outline, Painter, Rect, Stroke};

/// Draws the texture of an outcome over a part of the picture.
pub(in crate::view) fn draw_texture(
    painter: &mut dyn Painter,
    outcome: Outcome,
    rect: Rect,
    color: Color,
) {
    let lines = match outcome {
        Outcome::Converges => return,
        Outcome::Crawls => level(rect, 6.0),
        Outcome::Oscillates => upright(rect, 7.0),
        Outcome::Bounces => {
            let mut both = slanted(rect, 9.0, 1.0);
            let other = slanted(rect, 9.0, -1.0);
            both.starts.extend(other.starts.iter().map(|start| start + both.points.len()));
            both.points.extend(other.points);
            both
        }
        Outcome::Diverges => slanted(rect, 7.0, 1.0),
        Outcome::Stalls => {
            painter.clip(rect);
            painter.discs(&dots(rect, 6.0), 1.0, color);
            painter.unclip();
            return;
        }
    };
    let width = if outcome == Outcome::Diverges { 2.0 } else { 1.0 };
    painter.clip(rect);
    painter.stroke(&lines, &[Stroke::solid(color, width)]);
    painter.unclip();
}

/// The multiples of `pitch` from `low` to `high`: textures of neighbours join.
fn multiples(low: f64, high: f64, pitch: f64) -> impl Iterator<Item = f64> {
    let mut at = libm::ceil(low / pitch) * pitch;
    core::iter::from_fn(move || {
        let here = at;
        at += pitch;
        (here <= high).then_some(here)
    })
}

fn level(rect: Rect, pitch: f64) -> Outline {
    let mut lines = Outline::default();
    let mut draw = |y: f64| {
        lines.move_to([rect.left, y]);
        lines.line_to([rect.right(), y]);
    };
    if rect.height < 2.0 * pitch {
        // One at least, however low.
        draw(rect.top + 0.5 * rect.height);
    } else {
        multiples(rect.top + 3.0, rect.bottom() - 1.0, pitch).for_each(draw);
    }
    lines
}

fn upright(rect: Rect, pitch: f64) -> Outline {
    let mut lines = Outline::default();
    for x in multiples(rect.left, rect.right(), pitch) {
        lines.move_to([x, rect.top]);
        lines.line_to([x, rect.bottom()]);
    }
    lines
}

/// Lines at 45°, rising to the right for a `rise` of 1, falling for −1.
fn slanted(rect: Rect, pitch: f64, rise: f64) -> Outline {
    let mut lines = Outline::default();
    let (left, right) = (rect.left, rect.right());
    let (first, second) =
        if rise > 0.0 { (rect.bottom(), rect.top) } else { (rect.top, rect.bottom()) };
    // 45° lines are √2 farther apart along the axis.
    for x in multiples(left - rect.height, right, pitch * core::f64::consts::SQRT_2) {
        lines.move_to([x, first]);
        lines.line_to([x + rect.height, second]);
    }
    lines
}

fn dots(rect: Rect, pitch: f64) -> Vec<[f64; 2]> {
    multiples(rect.top, rect.bottom(), pitch)
        .flat_map(|y| multiples(rect.left, rect.right(), pitch).map(move |x| [x, y]))
        .collect()
}
