//! Numbers on their way between a person and the scenario.

use crate::scenario::{number_text, parse_number};

/// `value` with so many significant digits: what the page shows is then the
/// whole truth, and links stay short.
pub(super) fn rounded(value: f64, digits: usize) -> f64 {
    format!("{value:.*e}", digits.saturating_sub(1)).parse().unwrap_or(value)
}

/// The number that a person typed; a decimal comma and a true minus sign are
/// taken as well.
pub(super) fn typed(text: &str) -> Option<f64> {
    parse_number(&text.trim().replace('−', "-").replace(',', ".").replace('×', "e"))
}

/// A number as a field shows it.
pub(super) fn shown(value: f64) -> String {
    number_text(value).replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_can_be_typed_again() {
        for value in [0.085, -1.2, 1e-7, 2500.0, -3e-12] {
            assert_eq!(typed(&shown(value)), Some(value));
        }
        assert_eq!(typed(" 0,05 "), Some(0.05));
        assert_eq!(typed("abc"), None);
        assert_eq!(rounded(0.123_456, 3), 0.123);
    }
}
