//! Keys, on the map and everywhere.

use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement, KeyboardEvent};

use super::super::controls::as_input;
use super::super::dom;
use super::super::message::{Message, Phase, RunAction};
use super::super::page::send;
use super::{ZOOM, on, show_help};

/// Pixels that an arrow key moves the start.
const STRIDE: f64 = 10.0;

/// Installs the listeners.
pub(super) fn listen() {
    on(&dom::element::<HtmlElement>("map"), "keydown", |event| map_key(&event));
    on(&dom::element::<HtmlElement>("map"), "keyup", |event: KeyboardEvent| {
        if event.key().starts_with("Arrow") {
            send(Message::Released);
        }
    });
    on(&dom::document(), "keydown", |event| page_key(&event));
}

fn map_key(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let is_map = event.target() == Some(dom::element::<EventTarget>("map"));
    let stride = if event.shift_key() { 0.1 * STRIDE } else { STRIDE };
    let message = match event.key().as_str() {
        "ArrowLeft" if is_map => Message::StartBy([-stride, 0.0], Phase::Held),
        "ArrowRight" if is_map => Message::StartBy([stride, 0.0], Phase::Held),
        "ArrowUp" if is_map => Message::StartBy([0.0, -stride], Phase::Held),
        "ArrowDown" if is_map => Message::StartBy([0.0, stride], Phase::Held),
        "+" | "=" => Message::Zoom(ZOOM, None),
        "-" | "−" => Message::Zoom(1.0 / ZOOM, None),
        "0" => Message::Fit,
        _ => return,
    };
    event.prevent_default();
    send(message);
}

/// Keys that work everywhere but in fields and open dialogs.
fn page_key(event: &KeyboardEvent) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let is_on = |selector: &str| {
        target.as_ref().is_some_and(|target| target.closest(selector).ok().flatten().is_some())
    };
    // By the property: an attribute at its default may be left out of a page.
    let is_field = target.as_ref().and_then(as_input).is_some_and(|input| input.type_() == "text");
    if is_field || is_on("select, textarea, dialog") {
        return;
    }
    let message = match event.key().as_str() {
        // Where Space works a control of its own it plays nothing.
        " " if !is_on("button, a, summary, input[type=checkbox]") => Message::TogglePlay,
        "Home" if !is_on("input") => Message::Restart,
        "," => Message::StepBy(-1),
        "." => Message::StepBy(1),
        digit @ ("1" | "2" | "3" | "4" | "5" | "6" | "7" | "8") if !is_on("input") => {
            let run = digit.parse::<usize>().unwrap_or(1) - 1;
            Message::Run(run, RunAction::Select)
        }
        "[" => Message::PresetBy(-1),
        "]" => Message::PresetBy(1),
        "k" | "K" => Message::KeepGhost,
        "p" | "P" => Message::TogglePredict,
        "l" | "L" => Message::ToggleLanguage,
        "t" | "T" => Message::ToggleTheme,
        "?" => {
            event.prevent_default();
            show_help();
            return;
        }
        _ => return,
    };
    event.prevent_default();
    send(message);
}
