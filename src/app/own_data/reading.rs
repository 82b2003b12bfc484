//! Bytes of a file or text, piece by piece between frames.

use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::Blob;

use super::super::page::{self, Page};
use super::super::{background, crash, dom};
use crate::scenario::table::{MOST_BYTES, TableReader, TableRefusal};

/// A piece is read in a few slices.
const PIECE: f64 = 524_288.0;

/// A table that is being read.
pub(super) struct Reading {
    /// Which reading of this page it is: a piece may come after the next has begun.
    number: u32,
    reader: TableReader,
    blob: Blob,
    /// Bytes asked for so far.
    at: f64,
    size: f64,
    is_waiting: bool,
    has_ended: bool,
    /// The browser could not read it, or it is too large to try.
    failed: Option<TableRefusal>,
}

impl Reading {
    #[expect(clippy::cast_precision_loss, reason = "50 MB")]
    pub(super) fn begin(number: u32, blob: &Blob, header: Option<bool>) -> Self {
        let size = blob.size();
        let mut reading = Self {
            number,
            reader: TableReader::new(header),
            blob: blob.clone(),
            at: 0.0,
            size,
            is_waiting: false,
            has_ended: false,
            failed: (size > MOST_BYTES as f64).then_some(TableRefusal::TooLarge),
        };
        if reading.failed.is_none() {
            reading.ask();
        }
        background::ask();
        reading
    }

    /// How much was read, from 0 to 1, and how many rows.
    pub(super) fn progress(&self) -> (f64, usize) {
        (self.at / self.size.max(1.0), self.reader.rows())
    }

    /// Asks for the next piece, if there is one.
    fn ask(&mut self) {
        if self.at >= self.size {
            self.reader.end();
            self.has_ended = true;
            return;
        }
        let end = (self.at + PIECE).min(self.size);
        let Ok(piece) = self.blob.slice_with_f64_and_f64(self.at, end) else {
            self.failed = Some(TableRefusal::Unreadable);
            return;
        };
        (self.at, self.is_waiting) = (end, true);
        let number = self.number;
        dom::once_settled(&piece.array_buffer(), move |piece: JsValue| {
            // What could not be read is an error instead.
            take_piece(number, piece.dyn_ref::<ArrayBuffer>());
        });
    }

    /// Whether everything has been read, or nothing more will be.
    fn is_done(&self) -> bool {
        self.has_ended || self.failed.is_some() || self.reader.refusal().is_some()
    }
}

/// A piece has come; none could be read where there is no buffer.
fn take_piece(number: u32, buffer: Option<&ArrayBuffer>) {
    if crash::has_crashed() {
        return;
    }
    page::change(|page| {
        let reading = page.own_data.reading.as_mut();
        let Some(reading) = reading.filter(|reading| reading.number == number) else { return };
        reading.is_waiting = false;
        match buffer {
            Some(buffer) => reading.reader.feed(&Uint8Array::new(buffer).to_vec()),
            None => reading.failed = Some(TableRefusal::Unreadable),
        }
    });
    background::ask();
}

/// A text as bytes that are read like a file.
pub(in super::super) fn blob_of(text: &str) -> Option<Blob> {
    Blob::new_with_str_sequence(&Array::of1(&text.into())).ok()
}

impl Page {
    /// Goes on with reading a table; says whether something is left to do now.
    pub(in super::super) fn advance_own_data(
        &mut self,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let own = &mut self.own_data;
        let Some(reading) = own.reading.as_mut().filter(|reading| !reading.is_waiting) else {
            return false;
        };
        if !reading.reader.advance(is_time_up) {
            return true;
        }
        own.changes += 1;
        if !reading.is_done() {
            reading.ask();
            return !reading.is_waiting;
        }
        if let Some(reading) = own.reading.take() {
            let table = reading.failed.map_or_else(|| reading.reader.finish(), Err);
            own.take_table(table);
        }
        false
    }
}
