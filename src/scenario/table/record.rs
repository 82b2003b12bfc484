//! Bytes to records: separators, quotes, ends of lines.

use super::{MOST_COLUMNS, TableRefusal};

/// A longer record is none.
const LONGEST: usize = 1 << 20;

/// The cells of one record.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    bytes: Vec<u8>,
    /// Where each cell ends.
    ends: Vec<usize>,
    /// The line on which it begins, counted from 1.
    pub(super) line: usize,
}

impl Record {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(super) fn cells(&self) -> impl Iterator<Item = &[u8]> {
        let begins = std::iter::once(0).chain(self.ends.iter().copied());
        begins.zip(&self.ends).map(|(begin, end)| &self.bytes[begin..*end])
    }

    /// Whether all of its cells are empty.
    pub(super) fn is_blank(&self) -> bool {
        self.bytes.iter().all(u8::is_ascii_whitespace)
    }

    fn clear(&mut self, line: usize) {
        self.bytes.clear();
        self.ends.clear();
        self.line = line;
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Before a cell.
    Begins,
    /// Within a cell that is not quoted, or behind the end of a quoted one.
    Plain,
    Quoted,
    /// Behind a quote within quotes: its end, or the first of two that mean one.
    Closing,
}

/// Cuts bytes into records, however the bytes come in pieces.
#[derive(Clone, Debug)]
pub(super) struct Records {
    separator: u8,
    state: State,
    line: usize,
    /// The line on which the last quoted cell begins.
    opened: usize,
    skips_newline: bool,
    pub(super) record: Record,
}

impl Records {
    pub(super) fn separated_by(separator: u8) -> Self {
        let record = Record { line: 1, ..Record::default() };
        let (state, skips_newline) = (State::Begins, false);
        Self { separator, state, line: 1, opened: 1, skips_newline, record }
    }

    /// Reads until a record is complete or nothing is left: how many bytes were
    /// read, and whether `record` is complete. It has to be looked at and cleared
    /// by [`Records::next`] then.
    pub(super) fn read(&mut self, bytes: &[u8]) -> (usize, bool) {
        for (at, &byte) in bytes.iter().enumerate() {
            if std::mem::take(&mut self.skips_newline) && byte == b'\n' {
                continue;
            }
            match self.state {
                State::Quoted if byte == b'"' => self.state = State::Closing,
                State::Quoted => {
                    self.line += usize::from(byte == b'\n');
                    self.record.bytes.push(byte);
                }
                _ if byte == self.separator => self.end_cell(),
                _ if matches!(byte, b'\n' | b'\r') => {
                    self.skips_newline = byte == b'\r';
                    self.line += 1;
                    self.end_cell();
                    return (at + 1, true);
                }
                State::Begins if byte == b'"' => {
                    self.state = State::Quoted;
                    self.opened = self.line;
                }
                State::Begins if byte == b' ' => {}
                State::Closing if byte == b'"' => {
                    self.record.bytes.push(byte);
                    self.state = State::Quoted;
                }
                _ => {
                    self.record.bytes.push(byte);
                    self.state = State::Plain;
                }
            }
        }
        (bytes.len(), false)
    }

    /// Nothing comes after this: whether a last record without an end of its line is
    /// complete now.
    pub(super) fn end(&mut self) -> Result<bool, TableRefusal> {
        if self.state == State::Quoted {
            return Err(TableRefusal::OpenQuote { line: self.opened });
        }
        let is_begun = self.state != State::Begins || self.record.len() > 0;
        if is_begun {
            self.end_cell();
        }
        Ok(is_begun)
    }

    /// Makes ready for the next record.
    pub(super) fn next(&mut self) {
        self.record.clear(self.line);
    }

    /// What would otherwise take memory without an end.
    pub(super) fn check(&self) -> Result<(), TableRefusal> {
        if self.record.len() > MOST_COLUMNS {
            return Err(TableRefusal::TooManyColumns { line: self.record.line });
        }
        if self.record.bytes.len() > LONGEST {
            let is_open = self.state == State::Quoted;
            let line = if is_open { self.opened } else { self.record.line };
            return Err(if is_open {
                TableRefusal::OpenQuote { line }
            } else {
                TableRefusal::LongLine { line }
            });
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        self.record.ends.push(self.record.bytes.len());
        self.state = State::Begins;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<(usize, Vec<String>)> {
        let mut records = Records::separated_by(b',');
        let mut rest = text.as_bytes();
        let mut found = Vec::new();
        loop {
            let (used, mut is_complete) = records.read(rest);
            rest = &rest[used..];
            if !is_complete && rest.is_empty() {
                is_complete = records.end().expect("quotes are closed");
                if !is_complete {
                    return found;
                }
            }
            let cells = records.record.cells();
            let cells = cells.map(|cell| String::from_utf8_lossy(cell).into_owned()).collect();
            found.push((records.record.line, cells));
            records.next();
        }
    }

    #[test]
    fn quotes_hold_separators_quotes_and_lines() {
        let found = all("a,\"b,c\"\r\n\"say \"\"x\"\"\", \"two\nlines\" \n1,2");
        let cells = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            found,
            [
                (1, cells(&["a", "b,c"])),
                (2, cells(&["say \"x\"", "two\nlines "])),
                (4, cells(&["1", "2"]))
            ]
        );
    }

    #[test]
    fn lines_end_in_every_way() {
        let lines: Vec<usize> = all("1\r2\r\n3\n\n5\n").iter().map(|(line, _)| *line).collect();
        assert_eq!(lines, [1, 2, 3, 4, 5]);
        assert_eq!(all("1,\n,2").iter().map(|(_, cells)| cells.len()).collect::<Vec<_>>(), [2, 2]);
    }

    #[test]
    fn a_quote_that_is_never_closed_names_its_line() {
        let mut records = Records::separated_by(b',');
        records.read(b"1,2\n");
        records.next();
        records.read(b"3,\"4\n5,6\n");
        assert_eq!(records.end(), Err(TableRefusal::OpenQuote { line: 2 }));
    }
}
