//! Keys and buttons of the data view.

use web_sys::{Event, HtmlElement, KeyboardEvent, MouseEvent};

use super::super::dom;
use super::super::message::{Message, SampleAct};
use super::super::page::send;
use super::on;

fn act(act: SampleAct) {
    send(Message::Sample(act));
}

/// Installs the listeners.
pub(super) fn listen() {
    let data: HtmlElement = dom::element("data");
    on(&data, "keydown", |event: KeyboardEvent| key(&event));
    on(&data, "keyup", |event: KeyboardEvent| {
        if event.key().starts_with("Arrow") {
            act(SampleAct::KeyUp);
        }
    });
    let focused = data.clone();
    on(&data, "focus", move |_: Event| {
        // Where a press brought the focus it has chosen a sample itself, or none.
        if focused.matches(":focus-visible").unwrap_or(true) {
            act(SampleAct::Focus);
        }
    });
    on(&data, "blur", |_: Event| act(SampleAct::Blur));
    on(&dom::element::<HtmlElement>("add-point"), "click", move |event: MouseEvent| {
        // A key has no place to press on next: it makes the point itself.
        if event.detail() == 0 {
            let _ = data.focus();
            act(SampleAct::Add);
        } else {
            act(SampleAct::ToggleAdd);
        }
    });
    for (id, what) in [
        ("remove-point", SampleAct::Remove),
        ("other-class", SampleAct::OtherClass),
        ("raise-number", SampleAct::Raise(1.0)),
        ("lower-number", SampleAct::Raise(-1.0)),
    ] {
        on(&dom::element::<HtmlElement>(id), "click", move |_: Event| act(what));
    }
    for id in ["open-table", "open-layers-table"] {
        on(&dom::element::<HtmlElement>(id), "click", |_: Event| {
            let dialog: web_sys::HtmlDialogElement = dom::element("table-dialog");
            if !dialog.open() {
                // Fails only if the dialog is not in the document.
                let _ = dialog.show_modal();
                act(SampleAct::Table);
            }
        });
    }
}

fn key(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let (is_far, key) = (event.shift_key(), event.key());
    let what = match key.as_str() {
        "ArrowLeft" => SampleAct::Arrow([-1.0, 0.0], is_far),
        "ArrowRight" => SampleAct::Arrow([1.0, 0.0], is_far),
        "ArrowUp" => SampleAct::Arrow([0.0, -1.0], is_far),
        "ArrowDown" => SampleAct::Arrow([0.0, 1.0], is_far),
        "Enter" | " " if event.repeat() => {
            event.prevent_default();
            return;
        }
        "Enter" | " " => SampleAct::Take,
        "Escape" => SampleAct::Back,
        "Insert" | "a" | "A" => SampleAct::Add,
        "Delete" | "Backspace" => SampleAct::Remove,
        "+" | "=" => SampleAct::Raise(1.0),
        "-" | "−" => SampleAct::Raise(-1.0),
        "0" => SampleAct::Class(0.0),
        "1" => SampleAct::Class(1.0),
        _ => return,
    };
    event.prevent_default();
    act(what);
}
