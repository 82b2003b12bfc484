//! What a person sees if this program breaks: a notice with the link that caused
//! it and a way on, made in the panic hook because nothing runs after it.

use std::cell::{Cell, RefCell};
use std::panic::PanicHookInfo;

use wasm_bindgen::JsCast;
use web_sys::{HtmlAnchorElement, HtmlDialogElement, HtmlElement, HtmlInputElement};

use super::dom;

thread_local! {
    static CRASHED: Cell<bool> = const { Cell::new(false) };
    static FRAGMENT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// The key in the query that tells a page opened again from the one that broke: a link
/// that differs in its fragment only would not load the page anew.
const AGAIN: &str = "again=";

/// The address of a page without that key, which stands last, and how often it was opened
/// again.
pub(super) fn without_mark(page: &str) -> (&str, u32) {
    let marked = ["?", "&"].into_iter().find_map(|before| {
        let (rest, times) = page.rsplit_once(&format!("{before}{AGAIN}"))?;
        Some((rest, times.parse().ok()?))
    });
    marked.unwrap_or((page, 0))
}

/// Notes what is about to be shown: if that breaks, it is the link that did.
pub(super) fn remember(fragment: String) {
    FRAGMENT.set(Some(fragment));
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
    let page = address.split('#').next().unwrap_or("./");
    let (page, times) = without_mark(page);
    let fragment = FRAGMENT.take().unwrap_or_else(|| location.hash().unwrap_or_default());
    let link = format!("{page}{fragment}");
    dom::find("crash-link")?.dyn_into::<HtmlInputElement>().ok()?.set_value(&link);
    dom::find("crash-detail")?.set_text_content(Some(&info.to_string()));
    let anchor = |id| dom::find(id)?.dyn_into::<HtmlAnchorElement>().ok();
    let (next, mark) = (times.wrapping_add(1), if page.contains('?') { '&' } else { '?' });
    anchor("crash-recover")?.set_href(&format!("{page}{mark}{AGAIN}{next}{fragment}"));
    anchor("crash-start-over")?.set_href(page);
    dom::document().document_element()?.set_attribute("data-ready", "").ok()?;
    let dialog = dom::find("crash")?.dyn_into::<HtmlDialogElement>().ok()?;
    if dialog.show_modal().is_err() {
        dialog.unchecked_ref::<HtmlElement>().set_attribute("open", "").ok()?;
    }
    Some(())
}
