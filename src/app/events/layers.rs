//! Keys, pointers and the switch of the layer view.

use web_sys::{Event, HtmlElement, KeyboardEvent, PointerEvent};

use super::super::dom;
use super::super::message::{LayerAct, Message, Space};
use super::super::page::send;
use super::on;

fn act(act: LayerAct) {
    send(Message::Layer(act));
}

/// Installs the listeners.
pub(super) fn listen() {
    for (id, space) in [
        ("show-map", Space::Map),
        ("show-data", Space::Data),
        ("show-layers", Space::Layers),
        ("beside-data", Space::Data),
        ("beside-layers", Space::Layers),
    ] {
        on(&dom::element::<HtmlElement>(id), "click", move |_: Event| send(Message::Show(space)));
    }
    let layers: HtmlElement = dom::element("layers");
    on(&layers, "keydown", |event: KeyboardEvent| key(&event));
    let focused = layers.clone();
    on(&layers, "focus", move |_: Event| {
        if focused.matches(":focus-visible").unwrap_or(true) {
            act(LayerAct::Focus);
        }
    });
    on(&layers, "blur", |_: Event| act(LayerAct::Blur));
    for kind in ["pointerdown", "pointermove"] {
        let pointed = layers.clone();
        on(&layers, kind, move |event: PointerEvent| {
            let [x, _] = dom::place_of(&event, &pointed);
            act(LayerAct::Hover(Some(x)));
        });
    }
    on(&layers, "pointerleave", |event: PointerEvent| {
        // What a finger points at is read when it is lifted.
        if event.pointer_type() != "touch" {
            act(LayerAct::Hover(None));
        }
    });
}

fn key(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let what = match event.key().as_str() {
        "ArrowLeft" | "ArrowDown" => LayerAct::By(-1),
        "ArrowRight" | "ArrowUp" => LayerAct::By(1),
        "Home" => LayerAct::By(i32::MIN),
        "End" => LayerAct::By(i32::MAX),
        "Escape" => LayerAct::Blur,
        _ => return,
    };
    event.prevent_default();
    act(what);
}
