//! Tables of a person's own data: comma-separated text of any kind to columns of
//! numbers, part by part, with everything that could not be taken named by line and
//! column.
//!
//! RFC 4180 with what spreadsheets make of it: other separators, decimal commas, a
//! byte-order mark, empty lines.

mod cell;
mod choice;
mod column;
mod format;
mod reader;
mod record;
mod refusal;

pub use choice::{Chosen, Roles, guess_roles, guess_shape};
pub use column::{Class, TableColumn};
pub use reader::TableReader;
pub use refusal::{LeftOut, TableRefusal, Why};

/// A longer file is refused.
pub const MOST_BYTES: u64 = 50 * 1024 * 1024;
/// The most rows of a table.
pub const MOST_ROWS: usize = 1_000_000;
/// The most rows that two classes are told apart by: every step goes through all of
/// them, a millisecond for as many, where a line knows all it needs from their moments.
pub const MOST_CLASSIFIED: usize = 100_000;
/// The most columns.
pub const MOST_COLUMNS: usize = 200;
/// The most cells: with [`MOST_BYTES`] this bounds the memory of a reader, eight bytes a
/// cell and twice that while a column grows.
pub const MOST_CELLS: usize = 10_000_000;
/// The most values that a column of classes may tell apart.
pub const MOST_CLASSES: usize = 20;
/// A number may be this large: its square times a million rows is still far from the
/// largest that there is.
pub const LARGEST_NUMBER: f64 = super::LARGEST_PARAMETER;

/// Rows that are kept as text, to be looked at.
const PREVIEWED: usize = 6;
/// Characters of a cell that are kept to be looked at.
const MOST_CHARACTERS: usize = 40;

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The columns, in the order of the file.
    pub columns: Vec<TableColumn>,
    /// Rows with as many cells as there are columns.
    pub rows: usize,
    /// The first of them as they stand there.
    pub preview: Vec<Vec<String>>,
    /// Whether the first line was taken for names.
    pub has_header: bool,
    /// What stands between cells.
    pub separator: u8,
    /// Whether 1,5 is one and a half.
    pub has_decimal_commas: bool,
    /// Rows with another number of cells, all of them and the first few.
    uneven: (usize, Vec<LeftOut>),
}

/// The text of a cell: what is no UTF-8 is read as Latin-1, so that different bytes stay
/// different.
fn text_of(bytes: &[u8]) -> String {
    let whole: String = match std::str::from_utf8(bytes) {
        Ok(text) => text.trim().to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    };
    let visible = |c: char| if c.is_control() { ' ' } else { c };
    match whole.char_indices().nth(MOST_CHARACTERS) {
        None => whole.chars().map(visible).collect(),
        Some((end, _)) => whole[..end].chars().map(visible).chain(['…']).collect(),
    }
}
