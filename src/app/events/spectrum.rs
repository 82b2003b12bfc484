//! The spectrum under the slider: looked at by pointer, focus and keys, taken by a
//! click or Enter.

use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent};

use super::super::dom;
use super::super::message::Message;
use super::super::page::send;
use super::on;

/// So many places a press of a page key.
const PAGE: i32 = 24;

pub(super) fn listen() {
    let spectrum: HtmlElement = dom::element("spectrum");
    for kind in ["pointermove", "pointerdown"] {
        on(&spectrum, kind, |event: PointerEvent| {
            send(Message::SpectrumPointer(Some(f64::from(event.offset_x()))));
        });
    }
    for kind in ["pointerleave", "pointercancel", "blur"] {
        on(&spectrum, kind, |_: Event| send(Message::SpectrumPointer(None)));
    }
    let focused = spectrum.clone();
    on(&spectrum, "focus", move |_: Event| {
        // A press of the pointer brings the focus along: it looks elsewhere.
        if focused.matches(":focus-visible").unwrap_or(false) {
            send(Message::SpectrumFocus);
        }
    });
    // With its place: a finger has left the strip before its touch becomes a click.
    on(&spectrum, "click", |event: PointerEvent| {
        send(Message::TakePlace(Some(f64::from(event.offset_x()))));
    });
    on(&spectrum, "keydown", |event: KeyboardEvent| {
        let far = i32::from(i16::MAX);
        let message = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Message::SpectrumBy(1),
            "ArrowLeft" | "ArrowDown" => Message::SpectrumBy(-1),
            "PageUp" => Message::SpectrumBy(PAGE),
            "PageDown" => Message::SpectrumBy(-PAGE),
            "Home" => Message::SpectrumBy(-far),
            "End" => Message::SpectrumBy(far),
            "Enter" | " " => Message::TakePlace(None),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        send(message);
    });
}
