//! One column of a table.

use super::cell::Cell;
use super::{LeftOut, MOST_CLASSES, Why, text_of};

/// Cells of each kind of fault that are remembered.
const REMEMBERED: usize = 3;

/// What stands for a cell that is no number: the bits of numbers that are none, with a
/// place in the low bits.
const NO_NUMBER: u64 = 0x7ff8_0000_0000_0000;
const MISSING: u64 = NO_NUMBER;
const NOT_FINITE: u64 = NO_NUMBER + 1;
/// A text that is not among the remembered ones.
const OTHER_TEXT: u64 = NO_NUMBER + 2;
const FIRST_TEXT: u64 = NO_NUMBER + 3;

/// What tells two classes apart.
#[derive(Clone, Debug, PartialEq)]
pub enum Class {
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
}

/// A column.
#[derive(Clone, Debug, Default)]
pub struct TableColumn {
    /// Its name; where there is none, the letter that a spreadsheet has for it.
    pub name: String,
    /// Bits of numbers, or the above.
    cells: Vec<u64>,
    numbers: usize,
    texts: usize,
    /// The first texts that differ.
    known: Vec<String>,
    faults: Vec<LeftOut>,
}

impl TableColumn {
    pub(super) fn named(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    /// Takes a cell; none where there is no memory for it.
    pub(super) fn push(&mut self, cell: Cell<'_>, line: usize) -> Option<()> {
        if self.cells.len() == self.cells.capacity() {
            // By half, not to twice: a large table is a large part of what there is.
            self.cells.try_reserve_exact(1024 + self.cells.len() / 2).ok()?;
        }
        let bits = match cell {
            Cell::Number(number) => {
                self.numbers += 1;
                number.to_bits()
            }
            Cell::Missing => {
                let column = self.name.clone();
                self.remember(line, Why::Missing { column });
                MISSING
            }
            Cell::NotFinite(bytes) => {
                let (column, text) = (self.name.clone(), text_of(bytes));
                self.remember(line, Why::NotFinite { column, text });
                NOT_FINITE
            }
            Cell::Text(bytes) => {
                self.texts += 1;
                self.take_text(bytes, line)
            }
        };
        self.cells.push(bits);
        Some(())
    }

    /// The bits that stand for a text.
    fn take_text(&mut self, bytes: &[u8], line: usize) -> u64 {
        let is_known = |known: &String| known.as_bytes() == bytes;
        let mut place = self.known.iter().position(is_known);
        if place.is_none() {
            let text = text_of(bytes);
            // Shortened or repaired it is not what stands there.
            place = self.known.iter().position(|known| *known == text);
            if place.is_none() && self.known.len() < MOST_CLASSES {
                self.known.push(text.clone());
                place = Some(self.known.len() - 1);
            }
            let column = self.name.clone();
            self.remember(line, Why::NotANumber { column, text });
        }
        place.map_or(OTHER_TEXT, |place| FIRST_TEXT + place as u64)
    }

    /// Remembers the first few faults of each kind.
    fn remember(&mut self, line: usize, why: Why) {
        let kind = std::mem::discriminant(&why);
        let same = |fault: &&LeftOut| std::mem::discriminant(&fault.why) == kind;
        if self.faults.iter().filter(same).count() < REMEMBERED {
            self.faults.push(LeftOut { line, why });
        }
    }

    /// Whether it is one of numbers, a few cells aside.
    #[must_use]
    pub fn is_numeric(&self) -> bool {
        self.numbers > 0 && self.numbers >= self.texts
    }

    /// The values that rows can be told apart by; none where there are less than two or
    /// more than [`MOST_CLASSES`]. Texts in the order of the file, numbers by size.
    #[must_use]
    pub fn classes(&self) -> Vec<Class> {
        if !self.is_numeric() {
            let is_complete = !self.cells.contains(&OTHER_TEXT);
            let texts = self.known.iter().filter(|_| is_complete && self.known.len() > 1);
            return texts.cloned().map(Class::Text).collect();
        }
        let mut found: Vec<f64> = Vec::new();
        for number in self.cells.iter().filter_map(|bits| number(*bits)) {
            let Err(place) = found.binary_search_by(|other| other.total_cmp(&number)) else {
                continue;
            };
            if found.len() == MOST_CLASSES {
                return Vec::new();
            }
            found.insert(place, number);
        }
        found.truncate(if found.len() < 2 { 0 } else { found.len() });
        found.into_iter().map(Class::Number).collect()
    }

    /// The number in a row.
    pub(super) fn number(&self, row: usize) -> Option<f64> {
        self.cells.get(row).copied().and_then(number)
    }

    /// The bits that stand for a class; none that could stand in a row where there is
    /// no such class.
    pub(super) fn bits_of(&self, class: &Class) -> u64 {
        match class {
            Class::Number(number) => number.to_bits(),
            Class::Text(text) => {
                let place = self.known.iter().position(|known| known == text);
                place.map_or(u64::MAX, |place| FIRST_TEXT + place as u64)
            }
        }
    }

    /// Whether a row has nothing to tell classes by.
    pub(super) fn is_missing(&self, row: usize) -> bool {
        matches!(self.bits(row), MISSING | NOT_FINITE)
    }

    /// The bits in a row.
    pub(super) fn bits(&self, row: usize) -> u64 {
        self.cells.get(row).copied().unwrap_or(MISSING)
    }

    /// The faults that count where numbers are needed; where classes are, a text is none.
    pub(super) fn faults(&self, is_class: bool) -> impl Iterator<Item = &LeftOut> {
        let is_text = |fault: &LeftOut| matches!(fault.why, Why::NotANumber { .. });
        let counts = move |fault: &&LeftOut| !is_class || !is_text(fault);
        self.faults.iter().filter(counts)
    }
}

fn number(bits: u64) -> Option<f64> {
    Some(f64::from_bits(bits)).filter(|number| !number.is_nan())
}

/// The letter of a column in a spreadsheet: A to Z, AA, AB …
pub(super) fn letter(place: usize) -> String {
    let last = char::from(b'A' + u8::try_from(place % 26).unwrap_or(0));
    let mut letters = if place < 26 { String::new() } else { letter(place / 26 - 1) };
    letters.push(last);
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        let letters = [0, 1, 25, 26, 27, 51, 52, 701, 702].map(letter);
        assert_eq!(letters, ["A", "B", "Z", "AA", "AB", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn classes_are_texts_in_their_order_or_numbers_by_size() {
        let mut texts = TableColumn::named("species".to_owned());
        for text in ["b", "a", "b"] {
            texts.push(Cell::Text(text.as_bytes()), 1);
        }
        assert!(!texts.is_numeric());
        assert_eq!(texts.classes(), ["b", "a"].map(|text| Class::Text(text.to_owned())));
        let mut numbers = TableColumn::named("label".to_owned());
        for number in [1.0, -1.0, 1.0] {
            numbers.push(Cell::Number(number), 1);
        }
        assert_eq!(numbers.classes(), [-1.0, 1.0].map(Class::Number));
        for number in 0..30 {
            numbers.push(Cell::Number(f64::from(number)), 1);
            texts.push(Cell::Text(&[b'c' + number]), 1);
        }
        assert_eq!((numbers.classes(), texts.classes()), (vec![], vec![]));
    }
}
