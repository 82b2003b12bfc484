//! What a person sees if this program breaks: a notice with the link that caused
//! it and a way on, made in the panic hook because nothing runs after it.

use std::cell::Cell;
use std::panic::PanicHookInfo;

use wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::dom;

thread_local! {
    static CRASHED: Cell<bool> = const { Cell::new(false) };
}

/// Whether the program has broken: events are then ignored.
pub(super) fn has_crashed() -> bool {
    CRASHED.get()
}

/// Sets the hook.
pub(super) fn watch() {
    std::panic::set_hook(Box::new(|info| {
        console_error_panic_hook::hook(info);
        if !CRASHED.replace(true) {
            // The page may be in any state: whatever part of the notice can be
            // shown is shown.
            let _ = show(info);
        }
    }));
}

fn show(info: &PanicHookInfo<'_>) -> Option<()> {
    let location = web_sys::window()?.location();
    let address = location.href().ok()?;
    let base = address.split('#').next().unwrap_or("./").to_owned();
    dom::find("crash-link")?.dyn_into::<HtmlInputElement>().ok()?.set_value(&address);
    dom::find("crash-detail")?.set_text_content(Some(&info.to_string()));
    // A link to the same page with another fragment would not load it anew, so
    // both differ from the address before the fragment.
    let anchor = |id| dom::find(id)?.dyn_into::<HtmlAnchorElement>().ok();
    let fragment = location.hash().unwrap_or_default();
    let query = if base.contains('?') { "" } else { "?again" };
    anchor("crash-recover")?.set_href(&format!("{base}{query}{fragment}"));
    anchor("crash-start-over")?.set_href(base.split('?').next().unwrap_or("./"));
    dom::document().document_element()?.set_attribute("data-ready", "").ok()?;
    let dialog = dom::find("crash")?.dyn_into::<HtmlDialogElement>().ok()?;
    if dialog.show_modal().is_err() {
        dialog.unchecked_ref::<HtmlElement>().set_attribute("open", "").ok()?;
    }
    Some(())
}
