//! Handing a link over.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlDialogElement, HtmlInputElement};

use super::{dom, notices};

/// Copies a link and says so with `done`; where a page may not write to the
/// clipboard, shows the link to be copied by hand.
pub(super) fn copy_link(link: &str, done: &'static str) {
    copy(link, done, show);
}

/// Copies a text and says so with `done`; where that fails calls `failed`.
pub(super) fn copy(text: &str, done: &'static str, failed: fn(&str)) {
    let navigator = dom::window().navigator();
    if !dom::has(navigator.as_ref(), "clipboard") {
        failed(text);
        return;
    }
    let promise = navigator.clipboard().write_text(text);
    let kept = text.to_owned();
    dom::once_settled(&promise, move |error: JsValue| {
        // A text that was written has no value; whatever went wrong is an object.
        if error.is_undefined() { notices::toast(done) } else { failed(&kept) }
    });
}

fn show(link: &str) {
    let field: HtmlInputElement = dom::element("share-link");
    field.set_value(link);
    let dialog: HtmlDialogElement = dom::element("share-dialog");
    if !dialog.open() && dialog.show_modal().is_ok() {
        field.select();
        let _ = field.unchecked_ref::<web_sys::HtmlElement>().focus();
    }
}
