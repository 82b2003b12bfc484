//! The spectrum under the slider and the sweep: looked at by pointer, focus and keys,
//! a rate taken by a click or Enter.

use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent};

use super::super::dom;
use super::super::message::{Look, Message, Scale};
use super::super::page::send;
use super::on;

/// So many places a press of a page key.
const PAGE: i32 = 24;

pub(super) fn listen() {
    listen_to("spectrum", Scale::Spectrum);
    listen_to("sweep", Scale::Sweep);
}

fn listen_to(id: &str, scale: Scale) {
    let element: HtmlElement = dom::element(id);
    for kind in ["pointermove", "pointerdown"] {
        let pointed = element.clone();
        on(&element, kind, move |event: PointerEvent| {
            let [x, _] = dom::place_of(&event, &pointed);
            send(Message::Look(scale, Look::Pointer(Some(x))));
        });
    }
    for kind in ["pointerleave", "pointercancel", "blur"] {
        on(&element, kind, move |_: Event| send(Message::Look(scale, Look::Pointer(None))));
    }
    let focused = element.clone();
    on(&element, "focus", move |_: Event| {
        // A press of the pointer brings the focus along: it looks elsewhere.
        if focused.matches(":focus-visible").unwrap_or(false) {
            send(Message::Look(scale, Look::Focus));
        }
    });
    // With its place: a finger has left the strip before its touch becomes a click.
    let clicked = element.clone();
    on(&element, "click", move |event: PointerEvent| {
        let [x, _] = dom::place_of(&event, &clicked);
        send(Message::Look(scale, Look::Take(Some(x))));
    });
    on(&element, "keydown", move |event: KeyboardEvent| {
        let far = i32::from(i16::MAX);
        let look = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Look::By(1),
            "ArrowLeft" | "ArrowDown" => Look::By(-1),
            "PageUp" => Look::By(PAGE),
            "PageDown" => Look::By(-PAGE),
            "Home" => Look::By(-far),
            "End" => Look::By(far),
            "Enter" | " " => Look::Take(None),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        send(Message::Look(scale, look));
    });
}
