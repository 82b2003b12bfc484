//! Numbers within their range, and the text they stand in.

use super::super::{Reason, parse_number};
use super::Reader;

impl Reader {
    pub(super) fn number(&mut self, key: &str, value: &str, (min, max): (f64, f64)) -> Option<f64> {
        let number = parse_number(value).filter(|number| (min..=max).contains(number));
        if number.is_none() {
            self.refuse(key, value, Reason::NotInRange { min, max, whole: false });
        }
        number
    }

    #[expect(clippy::cast_precision_loss, reason = "whole numbers up to 1,000,000")]
    pub(super) fn whole(
        &mut self,
        key: &str,
        value: &str,
        min: usize,
        max: usize,
    ) -> Option<usize> {
        let number = whole_number(value, min, max);
        if number.is_none() {
            let (min, max) = (min as f64, max as f64);
            self.refuse(key, value, Reason::NotInRange { min, max, whole: true });
        }
        number
    }

    pub(super) fn numbers(
        &mut self,
        key: &str,
        value: &str,
        count: usize,
        allowed: (f64, f64),
    ) -> Option<Vec<f64>> {
        if value.split(',').count() != count {
            self.refuse(key, value, Reason::WrongCount(count));
            return None;
        }
        value.split(',').map(|part| self.number(key, part, allowed)).collect()
    }
}

/// A whole number within its range.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole numbers up to 1,000,000"
)]
pub(super) fn whole_number(text: &str, min: usize, max: usize) -> Option<usize> {
    parse_number(text)
        .filter(|number| (min as f64..=max as f64).contains(number) && number.trunc() == *number)
        .map(|number| number as usize)
}

/// The text with `%XX` replaced by its bytes; none if that is no UTF-8.
pub(super) fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
