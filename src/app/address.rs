//! The address bar.

use wasm_bindgen::JsValue;

use super::{crash, dom};

/// How a change enters the browser's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entry {
    /// As an entry to go back to.
    New,
    /// In place of the present entry: what one would not want to step through.
    Same,
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
    let page = page.split(crash::AGAIN).next().unwrap_or_default();
    format!("{page}{fragment}")
}
