//! Why a table, or a row of it, is not taken.

/// Why a table is not taken at all. The words are in `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableRefusal {
    /// Larger than [`super::MOST_BYTES`].
    TooLarge,
    /// The browser could not read the file.
    Unreadable,
    /// Nothing but blanks.
    Empty,
    /// A byte that no text has.
    Binary {
        /// Where.
        line: usize,
    },
    /// Text in UTF-16.
    Utf16,
    /// HTML or XML.
    WebPage,
    /// A quoted cell without an end.
    OpenQuote {
        /// Where it begins.
        line: usize,
    },
    /// A line of more than a million characters.
    LongLine {
        /// Which.
        line: usize,
    },
    /// More than [`super::MOST_COLUMNS`] cells in a line.
    TooManyColumns {
        /// Which.
        line: usize,
    },
    /// More than [`super::MOST_ROWS`] rows.
    TooManyRows,
    /// More than [`super::MOST_CELLS`] cells.
    TooManyCells,
    /// The memory for it could not be had.
    NoMemory,
    /// Only one column: no separator was found.
    OneColumn,
    /// Names, but no rows below them.
    NoRows,
    /// No row has as many cells as the first line; the first that has not.
    Uneven(LeftOut),
    /// Too few columns of numbers for what has to be learnt; so many there are.
    TooFewNumbers(usize),
    /// No column tells two classes apart.
    NoClasses,
    /// One column in two roles.
    SameColumn(String),
    /// One class twice.
    SameClass(String),
    /// Too few rows that can be used; so many there are.
    TooFewRows(usize),
    /// More rows than [`super::MOST_CLASSIFIED`] to tell two classes apart by; so many
    /// there are.
    TooManyToClassify(usize),
    /// A column with one value only.
    Constant(String),
    /// A class of which no row that can be used is one.
    NoneOfClass(String),
}

/// A row that is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// Its line, counted from 1.
    pub line: usize,
    /// What is wrong with it.
    pub why: Why,
}

/// Why a row is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing in a column that is needed.
    Missing {
        /// Its name.
        column: String,
    },
    /// A text where a number is needed.
    NotANumber {
        /// The column's name.
        column: String,
        /// What stands there.
        text: String,
    },
    /// A number that is infinite, none at all or beyond [`super::LARGEST_NUMBER`].
    NotFinite {
        /// The column's name.
        column: String,
        /// What stands there.
        text: String,
    },
    /// Another number of cells than the first line.
    Uneven {
        /// How many it has.
        cells: usize,
        /// How many it should have.
        expected: usize,
    },
}
