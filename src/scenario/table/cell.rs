//! What a cell holds.

use super::LARGEST_NUMBER;

/// A cell's content.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Cell<'a> {
    /// A number that can be used.
    Number(f64),
    /// Nothing, or a word for that.
    Missing,
    /// A number beyond [`LARGEST_NUMBER`], infinite or none at all.
    NotFinite(&'a [u8]),
    /// Anything else.
    Text(&'a [u8]),
}

/// What the first number with a point or a comma has shown: 1.234 and 1,234 in one file
/// would be a guess.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct DecimalSign {
    /// Whether a comma may be one: it is not where commas are between the cells.
    pub(super) may_be_comma: bool,
    sign: Option<u8>,
}

impl DecimalSign {
    /// Whether 1,5 is one and a half.
    pub(super) fn is_comma(self) -> bool {
        self.sign == Some(b',')
    }

    /// Reads a cell.
    pub(super) fn read<'a>(&mut self, bytes: &'a [u8]) -> Cell<'a> {
        let bytes = bytes.trim_ascii();
        match self.number(bytes) {
            Some(number) if number.abs() <= LARGEST_NUMBER => Cell::Number(number + 0.0),
            Some(_) => Cell::NotFinite(bytes),
            None if is_missing(bytes) => Cell::Missing,
            None => Cell::Text(bytes),
        }
    }

    /// The number that `bytes` write, also one that is not finite.
    fn number(&mut self, bytes: &[u8]) -> Option<f64> {
        let is_plain =
            |b: &u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'e' | b'E' | b'+' | b'-');
        if !bytes.iter().all(is_plain) {
            return named_number(bytes);
        }
        let sign = bytes.iter().copied().find(|byte| matches!(byte, b'.' | b','));
        if sign.is_some_and(|sign| self.sign.unwrap_or(sign) != sign) {
            return None;
        }
        let number = if sign == Some(b',') {
            // Longer than any number has to be.
            let mut buffer = [0; 64];
            let copy = buffer.get_mut(..bytes.len()).filter(|_| self.may_be_comma)?;
            copy.copy_from_slice(bytes);
            let comma = copy.iter_mut().find(|byte| **byte == b',')?;
            *comma = b'.';
            std::str::from_utf8(copy).ok()?.parse().ok()
        } else {
            std::str::from_utf8(bytes).ok()?.parse().ok()
        };
        if number.is_some() {
            self.sign = self.sign.or(sign);
        }
        number
    }
}

/// What programs write for a number that is none, or none that is finite.
fn named_number(bytes: &[u8]) -> Option<f64> {
    let name = bytes.strip_prefix(b"-").or(bytes.strip_prefix(b"+")).unwrap_or(bytes);
    let is_named = |known: &[u8]| name.eq_ignore_ascii_case(known);
    let is_number = is_named(b"nan") || is_named(b"inf") || is_named(b"infinity");
    is_number.then_some(f64::NAN)
}

/// What programs and people write for a measurement that is missing.
fn is_missing(bytes: &[u8]) -> bool {
    let names: [&[u8]; 7] = [b"NA", b"N/A", b"null", b"none", b"?", b"-", b"."];
    bytes.is_empty() || names.iter().any(|name| bytes.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(cells: &[&str], may_be_comma: bool) -> Vec<Option<f64>> {
        let mut sign = DecimalSign { may_be_comma, sign: None };
        let number = |cell: &&str| match sign.read(cell.as_bytes()) {
            Cell::Number(number) => Some(number),
            _ => None,
        };
        cells.iter().map(number).collect()
    }

    #[test]
    fn numbers_as_programs_write_them() {
        let cells = ["1", " -2.5 ", "+3e-2", ".5", "6.", "1E3", "-0"];
        let expected = [1.0, -2.5, 0.03, 0.5, 6.0, 1000.0, 0.0].map(Some);
        assert_eq!(read(&cells, true), expected);
        assert_eq!(read(&["e", "+", "1e", "--1", "1 2", "0x10", "1_000"], true), [None; 7]);
    }

    #[test]
    fn the_first_decimal_sign_is_the_only_one() {
        assert_eq!(
            read(&["1", "1,5", "2.5", "3,25"], true),
            [Some(1.0), Some(1.5), None, Some(3.25)]
        );
        assert_eq!(read(&["1.5", "2,5"], true), [Some(1.5), None]);
        assert_eq!(read(&["2,5", "1,5"], false), [None, None]);
        assert_eq!(read(&["1.234,5", "1,234,567"], true), [None, None]);
    }

    #[test]
    fn what_is_missing_and_what_is_too_large() {
        let mut sign = DecimalSign::default();
        for missing in ["", "  ", "NA", "n/a", "NULL", "None", "?", "-", "."] {
            assert_eq!(sign.read(missing.as_bytes()), Cell::Missing, "{missing}");
        }
        for large in ["1e400", "-1e13", "nan", "NaN", "-inf", "Infinity"] {
            assert_eq!(sign.read(large.as_bytes()), Cell::NotFinite(large.as_bytes()));
        }
        assert_eq!(sign.read(b" cat "), Cell::Text(b"cat"));
    }
}
