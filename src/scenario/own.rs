//! A person's own samples in a link: the numbers themselves where they are few, their
//! fingerprint where they stay in the browser.

use super::{LARGEST_PARAMETER, Scenario, number_text};
use crate::descent::Language;
use crate::descent::data::{Column, ColumnName, DataSet, Samples, Task};

/// Samples whose numbers take more characters are no longer written into a link: what
/// people send each other is cut off beyond a few thousand.
pub const MOST_POINT_TEXT: usize = 4_000;
/// The name of a column may be this long.
pub(super) const LONGEST_NAME: usize = 60;

/// The names that columns have where nobody named them; with no task known, those of the
/// usual task of so many columns.
pub(super) fn usual_names(columns: usize, task: Option<Task>) -> &'static [&'static str] {
    match (columns, task) {
        (2, Some(Task::Classification)) => &["x", "class"],
        (2, _) => &["x", "y"],
        (_, Some(Task::Regression)) => &["x1", "x2", "y"],
        _ => &["x1", "x2", "class"],
    }
}

/// A person's own samples, from columns with their names.
#[must_use]
pub fn own_samples(columns: impl IntoIterator<Item = (String, Vec<f64>)>) -> Samples {
    let column = |(name, numbers)| Column { name: ColumnName::Own(name), numbers };
    Samples::new(columns.into_iter().map(column).collect())
}

/// What a link calls a column.
pub(super) fn name_of(column: &Column) -> &str {
    match &column.name {
        ColumnName::Known(words) => words.en,
        ColumnName::Own(name) => name,
    }
}

/// Adds the numbers of a row with commas between them; 0 for −0, as a number is read.
fn write_row(text: &mut String, samples: &Samples, row: usize) {
    for (place, column) in samples.columns().iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(&number_text(column.numbers[row] + 0.0));
    }
}

/// `1,2;3,4` for two rows; none where that is longer than a link should be.
pub(super) fn points_text(samples: &Samples) -> Option<String> {
    let mut text = String::new();
    for row in 0..samples.len() {
        if row > 0 {
            text.push(';');
        }
        write_row(&mut text, samples, row);
        if text.len() > MOST_POINT_TEXT {
            return None;
        }
    }
    Some(text)
}

/// The names of the columns; none where they are the usual ones.
///
/// A link is decoded as a whole before its commas are looked at, so that those of a
/// name are encoded once more.
pub(super) fn names_text(samples: &Samples, task: Option<Task>) -> Option<String> {
    let names = || samples.columns().iter().map(name_of);
    if names().eq(usual_names(samples.columns().len(), task).iter().copied()) {
        return None;
    }
    let mut text = String::new();
    for (place, name) in names().enumerate() {
        if place > 0 {
            text.push(',');
        }
        for byte in name.bytes() {
            match byte {
                b',' => text.push_str("%252C"),
                b'%' => text.push_str("%2525"),
                b'-' | b'_' | b'.' | b'(' | b')' | b'/' => text.push(char::from(byte)),
                _ if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
                _ => {
                    text.push('%');
                    for digit in [byte >> 4, byte & 15] {
                        let digit = char::from_digit(u32::from(digit), 16).unwrap_or('0');
                        text.push(digit.to_ascii_uppercase());
                    }
                }
            }
        }
    }
    Some(text)
}

impl Scenario {
    /// What the loss learns from as comma-separated text (RFC 4180) under the names of the
    /// columns; none where it does not learn from samples.
    #[must_use]
    pub fn samples_csv(&self, language: Language) -> Option<String> {
        let samples = self.samples()?;
        let mut text = String::new();
        for (place, column) in samples.columns().iter().enumerate() {
            let name = match &column.name {
                ColumnName::Known(words) => words.in_language(language),
                ColumnName::Own(name) => name,
            };
            if place > 0 {
                text.push(',');
            }
            if name.contains([',', ';', '"', '\t', '\n', '\r']) {
                text.push('"');
                text.push_str(&name.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(name);
            }
        }
        for row in 0..samples.len() {
            text.push('\n');
            write_row(&mut text, &samples, row);
        }
        text.push('\n');
        Some(text)
    }

    /// Whether the loss is to learn from a person's own samples.
    #[must_use]
    pub fn wants_own(&self) -> bool {
        self.loss.rule.data_set(&self.setting()).is_some_and(DataSet::is_own)
    }

    /// Whether it does: it has such as it can learn from.
    #[must_use]
    pub fn uses_own(&self) -> bool {
        self.wants_own() && self.fits_own()
    }

    /// Whether there are samples of a person's own that the loss could learn from.
    #[must_use]
    pub fn fits_own(&self) -> bool {
        let own = self.own.as_ref();
        own.is_some_and(|own| self.loss.rule.own_task(&self.setting(), own).is_some())
    }

    /// Whether a link holds them, and not their fingerprint alone.
    #[must_use]
    pub fn carries_own(&self) -> bool {
        self.own.as_ref().is_some_and(|own| points_text(own).is_some())
    }

    /// What a link says of a person's own samples: its keys with their values.
    pub(super) fn own_texts(&self) -> [(&'static str, Option<String>); 3] {
        let own = self.own.as_ref().filter(|_| self.uses_own());
        let points = own.and_then(points_text);
        let names = own
            .filter(|_| points.is_some())
            .and_then(|own| names_text(own, self.loss.rule.own_task(&self.setting(), own)));
        let print = match own {
            Some(own) => points.is_none().then(|| own.fingerprint()),
            None => self.stored.filter(|_| self.wants_own()),
        };
        let stored = print.map(|print| format!("{print:016x}"));
        [("points", points), ("columns", names), ("stored", stored)]
    }
}

/// Whether a number may stand in a sample.
pub(super) fn is_sample(number: f64) -> bool {
    number.abs() <= LARGEST_PARAMETER
}
