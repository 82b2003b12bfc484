//! How much room a text takes, estimated: no font is at hand, so a little more
//! than the widest of the page's own takes.

use descent_lab::view::{Align, Rect, TextStyle};

/// The width of a text. Digits are 0.56 of the size in the page's fonts, a
/// Chinese character is as wide as it is high.
pub(super) fn width(text: &str, style: &TextStyle) -> f64 {
    let share = |c: char| match c {
        '\u{2e80}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' => 1.0,
        '→' | '←' | '×' | '∇' | 'M' | 'W' | 'm' | 'w' => 0.85,
        ' ' | '.' | ',' | 'i' | 'l' | 'j' | '(' | ')' | '/' | ':' => 0.3,
        '⁰'..='⁹' | '¹' | '²' | '³' | '⁻' => 0.4,
        _ => 0.57,
    };
    let bold = if style.bold { 1.05 } else { 1.0 };
    bold * style.size * text.chars().map(share).sum::<f64>()
}

/// The upright rectangle around a text that stands at a point.
pub(super) fn around(text: &str, [x, y]: [f64; 2], style: &TextStyle) -> Rect {
    let width = width(text, style);
    let left = match style.align {
        Align::Left => 0.0,
        Align::Center => -0.5 * width,
        Align::Right => -width,
    };
    let (top, bottom) = if style.middle { (-0.5, 0.5) } else { (-0.75, 0.25) };
    let (top, bottom) = (top * style.size, bottom * style.size);
    let (sin, cos) = (libm::sin(style.angle), libm::cos(style.angle));
    let corners = [[left, top], [left + width, top], [left + width, bottom], [left, bottom]]
        .map(|[a, b]| [x + a * cos - b * sin, y + a * sin + b * cos]);
    let least = |axis: usize| corners.iter().map(|c| c[axis]).fold(f64::INFINITY, f64::min);
    let most = |axis: usize| corners.iter().map(|c| c[axis]).fold(f64::NEG_INFINITY, f64::max);
    Rect { left: least(0), top: least(1), width: most(0) - least(0), height: most(1) - least(1) }
}

/// Whether two rectangles share more than an edge.
pub(super) fn overlap(one: &Rect, other: &Rect) -> bool {
    let seam = 0.5;
    one.left + seam < other.right()
        && other.left + seam < one.right()
        && one.top + seam < other.bottom()
        && other.top + seam < one.bottom()
}

/// Whether `inner` lies in `outer`, give or take what an estimate may be off.
pub(super) fn is_within(inner: &Rect, outer: &Rect) -> bool {
    let give = 2.0;
    inner.left >= outer.left - give
        && inner.top >= outer.top - give
        && inner.right() <= outer.right() + give
        && inner.bottom() <= outer.bottom() + give
}
