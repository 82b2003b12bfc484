//! The dialog for a person's own data; what is dropped or pasted on the page.

use wasm_bindgen::JsCast;
use web_sys::{
    Blob, ClipboardEvent, DataTransfer, DragEvent, Element, Event, HtmlDialogElement,
    HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
};

use super::super::dom;
use super::super::message::Message;
use super::super::own_data::{LONGEST_SHOWN, OwnAction, ROLES};
use super::super::page::send;
use super::{on, on_click};

fn tell(action: OwnAction) {
    send(Message::OwnData(action));
}

/// Installs the listeners.
pub(super) fn listen() {
    for (id, action) in [
        ("own-data", OwnAction::Open),
        ("data-use", OwnAction::Use),
        ("data-stop", OwnAction::Stop),
        ("save-data", OwnAction::Save),
    ] {
        on_click(id, move || tell(action.clone()));
    }
    let dialog: HtmlDialogElement = dom::element("data-dialog");
    on(&dialog, "close", |_: Event| tell(OwnAction::Closed));
    for id in ["data-close", "data-cancel"] {
        let dialog = dialog.clone();
        on_click(id, move || dialog.close());
    }
    let text: HtmlTextAreaElement = dom::element("data-text");
    let typed = text.clone();
    on(&text, "input", move |_: Event| tell(OwnAction::Text(typed.value())));
    let file: HtmlInputElement = dom::element("data-file");
    let opened = file.clone();
    on_click("data-choose", move || opened.click());
    let chosen = file.clone();
    on(&file, "change", move |_: Event| {
        if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
            tell(OwnAction::File(file.clone().into(), file.name()));
        }
        // The same file may be chosen again after it was changed.
        chosen.set_value("");
    });
    let header: HtmlInputElement = dom::element("data-header");
    let ticked = header.clone();
    on(&header, "change", move |_: Event| tell(OwnAction::Header(ticked.checked())));
    listen_to_roles();
    listen_to_page();
}

fn listen_to_roles() {
    let pick = |id: &str, action: Box<dyn Fn(String) -> OwnAction>| {
        let picker: HtmlSelectElement = dom::element(id);
        let picked = picker.clone();
        on(&picker, "change", move |_: Event| tell(action(picked.value())));
    };
    pick("data-loss", Box::new(OwnAction::Loss));
    for (role, id) in ROLES.into_iter().enumerate() {
        pick(
            id,
            Box::new(move |value| match role {
                0..=2 => OwnAction::Column(role, value),
                _ => OwnAction::Class(role - 3, value),
            }),
        );
    }
}

/// Drops anywhere on the page, and pastes outside fields.
fn listen_to_page() {
    let document = dom::document();
    for kind in ["dragover", "dragleave", "drop"] {
        on(&document, kind, move |event: Event| {
            let data = event.unchecked_ref::<DragEvent>().data_transfer();
            let Some(data) = data.filter(is_table) else { return };
            if is_field(&event) && data.files().is_none_or(|files| files.length() == 0) {
                return;
            }
            event.prevent_default();
            if let Some(root) = document_root() {
                let is_over = if kind == "dragover" { "true" } else { "false" };
                dom::set_attribute(&root, "data-dropping", is_over);
            }
            if kind == "drop" {
                take(&data);
            }
        });
    }
    on(&document, "paste", |event: Event| {
        let data = event.unchecked_ref::<ClipboardEvent>().clipboard_data();
        let Some(data) = data else { return };
        let is_long = data.get_data("text/plain").is_ok_and(|text| text.len() > LONGEST_SHOWN);
        if is_field(&event) && !is_long {
            return;
        }
        if take(&data) {
            event.prevent_default();
        }
    });
}

fn document_root() -> Option<Element> {
    dom::document().document_element()
}

/// Whether what is dragged may be a table: files, or text that is no link.
fn is_table(data: &DataTransfer) -> bool {
    let types = data.types();
    let has = |kind: &str| types.includes(&kind.into(), 0);
    has("Files") || has("text/plain") && !has("text/uri-list")
}

/// Whether an event happened in a field for text.
fn is_field(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let selector = "textarea, input[type=text]";
    target.is_some_and(|target| target.closest(selector).ok().flatten().is_some())
}

/// Takes the file, or else the lines, that were dropped or pasted; a single line is no
/// table.
fn take(data: &DataTransfer) -> bool {
    if let Some(file) = data.files().and_then(|files| files.get(0)) {
        let name = file.name();
        tell(OwnAction::File(Blob::from(file), name));
        return true;
    }
    let text = data.get_data("text/plain").unwrap_or_default();
    let is_table = text.trim().contains(['\n', '\r']);
    if is_table {
        tell(OwnAction::Lines(text));
    }
    is_table
}
