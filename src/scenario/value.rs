//! Numbers in links, and names that stand for them.

use crate::descent::Knob;

/// The finite number that `text` writes in decimal or scientific notation. Zero
/// has no sign: −0 equals every default of 0, and left out as one it would come
/// back as another number.
///
/// ```
/// use descent_lab::scenario::parse_number;
/// assert_eq!(parse_number("-2.5e-3"), Some(-0.0025));
/// assert_eq!(parse_number("inf"), None);
/// ```
#[must_use]
pub fn parse_number(text: &str) -> Option<f64> {
    let is_plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-');
    if !text.bytes().all(is_plain) {
        return None;
    }
    text.parse().ok().filter(|value: &f64| value.is_finite()).map(|value| value + 0.0)
}

/// The shortest text that reads back as the same bits.
///
/// ```
/// use descent_lab::scenario::number_text;
/// assert_eq!(number_text(0.1), "0.1");
/// assert_eq!(number_text(200.0), "200");
/// assert_eq!(number_text(1e-7), "1e-7");
/// ```
#[must_use]
pub fn number_text(value: f64) -> String {
    // `{:?}` is the shortest round trip and turns scientific where plain digits
    // would be long; the `.0` it keeps for Rust's sake is of no use here.
    let text = format!("{value:?}");
    match text.strip_suffix(".0") {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// The value that `text` gives to `knob`: a number it allows, or one of its names.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a few names")]
pub fn parse_knob(knob: &Knob, text: &str) -> Option<f64> {
    match knob.names() {
        Some(names) => names.iter().position(|name| name.key == text).map(|at| at as f64),
        None => parse_number(text).filter(|value| knob.allows(*value)),
    }
}

/// The text that [`parse_knob`] reads back as `value`, which `knob` allows.
#[must_use]
pub fn knob_text(knob: &Knob, value: f64) -> String {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place")]
    let named = knob.names().and_then(|names| names.get(value as usize));
    // 0 for −0, as a number is read.
    named.map_or_else(|| number_text(value + 0.0), |name| name.key.to_owned())
}
