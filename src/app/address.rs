//! The address bar.

use wasm_bindgen::JsValue;

use super::{background, crash, dom};

/// How a change enters the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// As an entry to go back to.
    New,
    /// In place of the present entry: what one would not want to step through.
    Same,
}

/// What changes one by one, as a view that is dragged, is written once it has rested for
/// so many milliseconds: browsers refuse more than a hundred writes in half a minute.
pub(super) const REST: f64 = 250.0;

/// A change of the address that is still to be written.
pub(super) struct Pending {
    entry: Option<Entry>,
    /// When the last change came.
    changed: f64,
    /// Whether more of the same is likely to come.
    is_moving: bool,
}

impl Pending {
    /// Nothing to write.
    pub(super) fn nothing() -> Self {
        Self { entry: None, changed: f64::NEG_INFINITY, is_moving: false }
    }

    /// Notes a change at the time `now`, on the clock of frames; while something moves it
    /// waits until that rests.
    pub(super) fn note(&mut self, entry: Entry, now: f64, is_moving: bool) {
        // What comes soon after another is likely to be followed by a third.
        self.is_moving = is_moving || now - self.changed < REST;
        self.changed = now;
        if self.entry != Some(Entry::New) {
            self.entry = Some(entry);
        }
    }

    /// What moved was let go.
    pub(super) fn come_to_rest(&mut self) {
        self.is_moving = false;
    }

    /// What is to be written now. What has to wait asks for a frame after its rest.
    pub(super) fn take_due(&mut self, now: f64, at_once: bool) -> Option<Entry> {
        let waits = self.entry == Some(Entry::Same) && self.is_moving && !at_once;
        let left = self.changed + REST - now;
        if waits && left > 0.0 {
            background::ask_for_frame_in(left);
            return None;
        }
        self.is_moving = false;
        self.entry.take()
    }
}

/// The fragment, with its `#`; empty if there is none.
pub(super) fn fragment() -> String {
    dom::window().location().hash().unwrap_or_default()
}

/// Writes `fragment` into the address bar, unless it is there.
pub(super) fn write(fragment: &str, entry: Entry) {
    if self::fragment() == fragment {
        return;
    }
    let Ok(history) = dom::window().history() else { return };
    // Browsers refuse more than a hundred writes in half a minute; the page goes
    // on without, and the next release of a control catches up.
    let _ = match entry {
        Entry::New => history.push_state_with_url(&JsValue::NULL, "", Some(fragment)),
        Entry::Same => history.replace_state_with_url(&JsValue::NULL, "", Some(fragment)),
    };
}

/// The whole link that shows `fragment`.
pub(super) fn link(fragment: &str) -> String {
    let address = dom::window().location().href().unwrap_or_default();
    let page = address.split('#').next().unwrap_or_default();
    // The mark of a recovered crash is nobody else's business.
    let (page, _) = crash::without_mark(page);
    format!("{page}{fragment}")
}
