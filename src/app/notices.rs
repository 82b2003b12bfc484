//! Notices over the page: what of a link was refused, and short confirmations.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Element, HtmlElement, HtmlTemplateElement};

use super::{crash, dom};
use crate::scenario::Refusal;
use crate::text::Text;

/// Shows what of a link was refused until the reader dismisses it. A former
/// notice is replaced.
pub(super) fn show_refused(refused: &[Refusal], text: &Text) {
    let notices: Element = dom::element("notices");
    notices.set_text_content(None);
    if refused.is_empty() {
        return;
    }
    let notice: HtmlElement = dom::create("div", "notice");
    dom::set_attribute(&notice, "role", "alert");
    let body: HtmlElement = dom::create("div", "notice-body");
    let title: HtmlElement = dom::create("p", "");
    title.set_text_content(Some(text.refused_heading));
    let list: HtmlElement = dom::create("ul", "");
    for refusal in refused {
        let item: HtmlElement = dom::create("li", "");
        item.set_text_content(Some(&(text.refusal)(refusal)));
        let _ = list.append_child(&item);
    }
    let _ = body.append_child(&title);
    let _ = body.append_child(&list);
    let _ = notice.append_child(&body);
    let _ = notice.append_child(&close_button(&notice, text.close));
    let _ = notices.append_child(&notice);
}

/// Says something that went wrong until the reader dismisses it.
pub(super) fn warn(words: &str, text: &Text) {
    let notice: HtmlElement = dom::create("div", "notice error");
    dom::set_attribute(&notice, "role", "alert");
    let body: HtmlElement = dom::create("p", "");
    body.set_text_content(Some(words));
    let _ = notice.append_child(&body);
    let _ = notice.append_child(&close_button(&notice, text.close));
    let _ = dom::element::<Element>("notices").append_child(&notice);
}

/// Says the same in another language, unless it was dismissed.
pub(super) fn reword(refused: &[Refusal], text: &Text) {
    if dom::element::<Element>("notices").has_child_nodes() {
        show_refused(refused, text);
    }
}

fn close_button(notice: &HtmlElement, label: &str) -> HtmlElement {
    let button: HtmlElement = dom::create("button", "notice-close icon-button");
    dom::set_attribute(&button, "type", "button");
    dom::set_attribute(&button, "aria-label", label);
    let icon: HtmlTemplateElement = dom::element("icon-close");
    if let Ok(icon) = icon.content().clone_node_with_deep(true) {
        let _ = button.append_child(&icon);
    }
    let notice = notice.clone();
    // Frees itself with the click.
    let dismiss = Closure::once_into_js(move || {
        if !crash::has_crashed() {
            notice.remove();
        }
    });
    let options = AddEventListenerOptions::new();
    options.set_once(true);
    let _ = button.add_event_listener_with_callback_and_add_event_listener_options(
        "click",
        dismiss.unchecked_ref(),
        &options,
    );
    button
}

thread_local! {
    /// Counts the confirmations, so that one does not take away the next.
    static TOASTS: Cell<u32> = const { Cell::new(0) };
}

/// Shows a short confirmation for three seconds.
pub(super) fn toast(words: &str) {
    let toast: HtmlElement = dom::element("toast");
    toast.set_text_content(Some(words));
    let number = TOASTS.get().wrapping_add(1);
    TOASTS.set(number);
    let hide = Closure::once_into_js(move || {
        if TOASTS.get() == number {
            toast.set_text_content(None);
        }
    });
    let _ = dom::window()
        .set_timeout_with_callback_and_timeout_and_arguments_0(hide.unchecked_ref(), 3000);
}
