//! What kind of text a file is, by its first lines.

use super::TableRefusal;
use super::record::Records;

/// So much of a file is looked at before it is read.
pub(super) const LOOKED_AT: usize = 1 << 16;
/// So many lines of that.
const LINES: usize = 20;

/// The byte-order mark of UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The separator of `start`, the first bytes of a file, and how many of them are a
/// byte-order mark.
pub(super) fn of(start: &[u8]) -> Result<(u8, usize), TableRefusal> {
    if start.starts_with(b"\xff\xfe") || start.starts_with(b"\xfe\xff") {
        return Err(TableRefusal::Utf16);
    }
    let mark = if start.starts_with(MARK) { MARK.len() } else { 0 };
    let start = &start[mark..];
    let is_strange = |byte: &u8| *byte < 9 || (14..32).contains(byte) || *byte == 127;
    if let Some(at) = start.iter().position(is_strange) {
        let line = start[..at].split(|byte| *byte == b'\n').count();
        return Err(TableRefusal::Binary { line });
    }
    let text = start.trim_ascii_start();
    if text.is_empty() {
        return Err(TableRefusal::Empty);
    }
    if text[0] == b'<' {
        return Err(TableRefusal::WebPage);
    }
    // Of equally good ones the first: a comma may also be a decimal sign, and a
    // semicolon or a comma may stand in a text.
    let mut best = (0, b',');
    for separator in *b"\t;," {
        let rows = alike(start, separator);
        if rows > best.0 {
            best = (rows, separator);
        }
    }
    Ok((best.1, mark))
}

/// How many of the first lines have as many cells as most of them, two or more.
fn alike(start: &[u8], separator: u8) -> usize {
    let mut records = Records::separated_by(separator);
    let mut counts = Vec::with_capacity(LINES);
    let mut rest = start;
    while counts.len() < LINES && !rest.is_empty() {
        let (used, is_complete) = records.read(rest);
        rest = &rest[used..];
        // A line that is cut off here says nothing, unless it is the only one.
        if is_complete || counts.is_empty() {
            if !records.record.is_blank() {
                counts.push(records.record.len() + usize::from(!is_complete));
            }
            records.next();
        }
    }
    let same = |count: &usize| counts.iter().filter(|other| *other == count).count();
    counts.iter().filter(|count| **count > 1).map(same).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_separator_is_what_cuts_lines_alike() {
        let separator =
            |text: &str| of(text.as_bytes()).map(|(separator, _)| char::from(separator));
        for (text, expected) in [
            ("x,y\n1,2\n", ','),
            ("x;y\n1;2\n", ';'),
            ("x\ty\n1\t2\n", '\t'),
            ("1,5;2,5\n3,5;4,5\n", ';'),
            ("1,5\t2,5\n3\t4,5\n", '\t'),
            ("name,x\n\"a;b\",1\n\"c;d;e\",2\n", ','),
            ("x;y", ';'),
            ("1\n2\n3\n", ','),
            ("Our data; autumn\nx,y\n1,2\n3,4\n", ','),
        ] {
            assert_eq!(separator(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_no_table_is_said_to_be_none() {
        assert_eq!(of(b"\n<!doctype html>"), Err(TableRefusal::WebPage));
        assert_eq!(of(b"PK\x03\x04"), Err(TableRefusal::Binary { line: 1 }));
        assert_eq!(of(b"1,2\n3,\x00"), Err(TableRefusal::Binary { line: 2 }));
        assert_eq!(of(b"\xff\xfe1\0"), Err(TableRefusal::Utf16));
        assert_eq!(of(b" \r\n\t"), Err(TableRefusal::Empty));
        assert_eq!(of(b"\xef\xbb\xbfx,y"), Ok((b',', 3)));
    }
}
