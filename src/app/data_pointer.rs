//! Pointers on the data: samples are looked at, dragged, and made.

use std::cell::Cell;

use web_sys::{HtmlElement, MouseEvent, PointerEvent};

use super::dom;
use super::events::on;
use super::message::{Message, SampleAct};
use super::page::send;

/// A sample this near is meant; fingers are thicker.
const GRIP: f64 = 11.0;
const FINGER_GRIP: f64 = 24.0;

thread_local! {
    /// The pointer that is down.
    static HAND: Cell<Option<i32>> = const { Cell::new(None) };
}

fn act(act: SampleAct) {
    send(Message::Sample(act));
}

fn place(event: &MouseEvent) -> [f64; 2] {
    dom::place_of(event, &dom::element("data-overlay"))
}

/// Ends what the pointer is doing, where it is: its own end will not be heard.
pub(super) fn let_go() {
    if HAND.take().is_some() {
        act(SampleAct::Lift);
    }
}

fn reach(event: &PointerEvent) -> f64 {
    if event.pointer_type() == "touch" { FINGER_GRIP } else { GRIP }
}

/// Installs the listeners.
pub(super) fn listen() {
    let canvas: HtmlElement = dom::element("data-overlay");
    let pressed = canvas.clone();
    on(&canvas, "pointerdown", move |event: PointerEvent| {
        // The first finger, or a mouse, though the end of the last was never heard.
        if event.button() == 0 && (HAND.get().is_none() || event.is_primary()) {
            HAND.set(Some(event.pointer_id()));
            // Capture fails only for a pointer that is already gone.
            let _ = pressed.set_pointer_capture(event.pointer_id());
            act(SampleAct::Press(place(&event), reach(&event)));
        }
    });
    on(&canvas, "pointermove", |event: PointerEvent| {
        if HAND.get() == Some(event.pointer_id()) {
            act(SampleAct::Drag(place(&event)));
        } else if event.pointer_type() != "touch" {
            act(SampleAct::Hover(Some((place(&event), reach(&event)))));
        }
    });
    on(&canvas, "pointerleave", |_: PointerEvent| act(SampleAct::Hover(None)));
    for (kind, end) in [
        ("pointerup", SampleAct::Lift),
        ("pointercancel", SampleAct::Back),
        ("lostpointercapture", SampleAct::Lift),
    ] {
        on(&canvas, kind, move |event: PointerEvent| {
            if HAND.get() == Some(event.pointer_id()) {
                HAND.set(None);
                act(end);
            }
        });
    }
    on(&canvas, "dblclick", |event: MouseEvent| act(SampleAct::AddAt(place(&event))));
}
