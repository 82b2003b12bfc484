//! Bytes to a table, part by part.

use super::cell::{Cell, DecimalSign};
use super::column::{TableColumn, letter};
use super::record::{Record, Records};
use super::{
    LeftOut, MOST_BYTES, MOST_CELLS, MOST_ROWS, PREVIEWED, Table, TableRefusal, Why, format,
    text_of,
};

/// So many bytes are read between two looks at the clock, a fraction of a millisecond.
const PART: usize = 1 << 13;
/// So many rows that are left out are named.
const NAMED: usize = 3;

/// Reads a table. It knows no clock: [`TableReader::advance`] goes on where it stopped.
///
/// ```
/// use descent_lab::scenario::table::TableReader;
/// let mut reader = TableReader::new(None);
/// reader.feed(b"height;mass\n1,5;");
/// reader.feed(b"60\n");
/// reader.end();
/// assert!(reader.advance(&mut || false));
/// let table = reader.finish().expect("a table");
/// assert_eq!(table.columns[1].name, "mass");
/// assert!(table.has_header && table.has_decimal_commas);
/// ```
#[derive(Clone, Debug)]
pub struct TableReader {
    /// Whether the first line holds names, if that is known.
    header: Option<bool>,
    /// What was fed and not yet read, from `at` on.
    fed: Vec<u8>,
    at: usize,
    /// Bytes fed in all.
    size: u64,
    has_ended: bool,
    is_done: bool,
    records: Option<Records>,
    decimal: DecimalSign,
    first: Option<Record>,
    table: Table,
    refusal: Option<TableRefusal>,
}

impl TableReader {
    /// A reader of a file whose first line holds names or does not; without a word it
    /// does where there is no number in it, but one in the next.
    #[must_use]
    pub fn new(header: Option<bool>) -> Self {
        Self {
            header,
            fed: Vec::new(),
            at: 0,
            size: 0,
            has_ended: false,
            is_done: false,
            records: None,
            decimal: DecimalSign::default(),
            first: None,
            table: Table::default(),
            refusal: None,
        }
    }

    /// More bytes.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.fed.drain(..self.at);
        self.at = 0;
        self.size += bytes.len() as u64;
        if self.size > MOST_BYTES {
            self.refuse(TableRefusal::TooLarge);
        }
        if self.refusal.is_none() {
            self.fed.extend_from_slice(bytes);
        }
    }

    /// There are no more.
    pub fn end(&mut self) {
        self.has_ended = true;
    }

    /// Reads what was fed until time is up; says whether nothing of it is left.
    pub fn advance(&mut self, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        if self.records.is_none() && self.refusal.is_none() {
            if self.fed.len() < format::LOOKED_AT && !self.has_ended {
                return true;
            }
            match format::of(&self.fed[..self.fed.len().min(format::LOOKED_AT)]) {
                Ok((separator, mark)) => {
                    self.at = mark;
                    self.table.separator = separator;
                    self.decimal.may_be_comma = separator != b',';
                    self.records = Some(Records::separated_by(separator));
                }
                Err(refusal) => self.refuse(refusal),
            }
        }
        while self.refusal.is_none() && self.at < self.fed.len() {
            let end = (self.at + PART).min(self.fed.len());
            if let Err(refusal) = self.read(end) {
                self.refuse(refusal);
            }
            if is_time_up() {
                return false;
            }
        }
        if self.has_ended && !self.is_done {
            self.is_done = true;
            if self.refusal.is_none()
                && let Err(refusal) = self.close()
            {
                self.refuse(refusal);
            }
        }
        true
    }

    /// Why the file is no table, as soon as that is known: the rest need not be fed.
    #[must_use]
    pub fn refusal(&self) -> Option<&TableRefusal> {
        self.refusal.as_ref()
    }

    /// Rows read so far.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.table.rows
    }

    /// The table, after everything was fed and read.
    ///
    /// # Errors
    ///
    /// Why there is none.
    pub fn finish(self) -> Result<Table, TableRefusal> {
        self.refusal.map_or(Ok(self.table), Err)
    }

    fn refuse(&mut self, refusal: TableRefusal) {
        self.refusal.get_or_insert(refusal);
        // Neither what was fed nor what was read is needed any more.
        (self.fed, self.at, self.table) = (Vec::new(), 0, Table::default());
    }

    fn read(&mut self, end: usize) -> Result<(), TableRefusal> {
        let Some(mut records) = self.records.take() else { return Ok(()) };
        while self.at < end {
            let (used, is_complete) = records.read(&self.fed[self.at..end]);
            if self.fed[self.at..self.at + used].contains(&0) {
                return Err(TableRefusal::Binary { line: records.record.line });
            }
            self.at += used;
            records.check()?;
            if is_complete {
                self.take(&records.record)?;
                records.next();
            }
        }
        self.records = Some(records);
        Ok(())
    }

    /// Takes what stands behind the last end of a line, and looks at the whole.
    fn close(&mut self) -> Result<(), TableRefusal> {
        if let Some(mut records) = self.records.take()
            && records.end()?
        {
            records.check()?;
            self.take(&records.record)?;
        }
        if let Some(first) = self.first.take() {
            self.begin(&first, None)?;
        }
        self.table.has_decimal_commas = self.decimal.is_comma();
        if self.table.columns.len() < 2 {
            return Err(TableRefusal::OneColumn);
        }
        if self.table.rows > 0 {
            return Ok(());
        }
        let uneven = self.table.uneven.1.first().cloned();
        Err(uneven.map_or(TableRefusal::NoRows, TableRefusal::Uneven))
    }

    fn take(&mut self, record: &Record) -> Result<(), TableRefusal> {
        if record.is_blank() {
            return Ok(());
        }
        if self.table.columns.is_empty() {
            // Whether the first line holds names is seen by the second.
            let Some(first) = self.first.take() else {
                self.first = Some(record.clone());
                return Ok(());
            };
            self.begin(&first, Some(record))?;
        }
        self.take_row(record)
    }

    /// Names the columns.
    fn begin(&mut self, first: &Record, second: Option<&Record>) -> Result<(), TableRefusal> {
        let has_number = |record: &Record| {
            let mut decimal = self.decimal;
            record.cells().any(|cell| matches!(decimal.read(cell), Cell::Number(_)))
        };
        let guessed = !has_number(first) && second.is_none_or(has_number);
        let has_header = self.header.unwrap_or(guessed);
        let name = |(place, cell): (usize, &[u8])| {
            let name = if has_header { text_of(cell) } else { String::new() };
            TableColumn::named(if name.is_empty() { letter(place) } else { name })
        };
        self.table.columns = first.cells().enumerate().map(name).collect();
        self.table.has_header = has_header;
        if has_header { Ok(()) } else { self.take_row(first) }
    }

    fn take_row(&mut self, record: &Record) -> Result<(), TableRefusal> {
        let table = &mut self.table;
        let expected = table.columns.len();
        if record.len() != expected {
            table.uneven.0 += 1;
            if table.uneven.1.len() < NAMED {
                let why = Why::Uneven { cells: record.len(), expected };
                table.uneven.1.push(LeftOut { line: record.line, why });
            }
            return Ok(());
        }
        if table.rows == MOST_ROWS {
            return Err(TableRefusal::TooManyRows);
        }
        if (table.rows + 1) * expected > MOST_CELLS {
            return Err(TableRefusal::TooManyCells);
        }
        for (column, cell) in table.columns.iter_mut().zip(record.cells()) {
            let cell = self.decimal.read(cell);
            column.push(cell, record.line).ok_or(TableRefusal::NoMemory)?;
        }
        if table.rows < PREVIEWED {
            table.preview.push(record.cells().map(text_of).collect());
        }
        table.rows += 1;
        Ok(())
    }
}
