//! Text that was typed and not entered yet belongs to the scenario that it was typed in.
//!
//! Browsers tell of it when the field loses the focus, and be it that the field is taken
//! away because another loss, link or history entry has other fields: the number would
//! land there.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::super::dom;
use super::on_way_down;

thread_local! {
    /// Counts the scenarios.
    static SCENARIO: Cell<u32> = const { Cell::new(0) };
    /// The field that was typed into last, and the scenario it was in.
    static TYPED: RefCell<Option<(Element, u32)>> = const { RefCell::new(None) };
}

/// Another scenario has come: what was typed before is not for it.
pub(in super::super) fn forget() {
    SCENARIO.set(SCENARIO.get().wrapping_add(1));
}

/// Installs the listeners; before any field hears of its own text.
pub(super) fn listen() {
    let document = dom::document();
    on_way_down(&document, "input", |event: Event| {
        if let Some(field) = field_of(&event) {
            TYPED.set(Some((field, SCENARIO.get())));
        }
    });
    on_way_down(&document, "change", |event: Event| {
        let Some(field) = field_of(&event) else { return };
        let typed = TYPED.take().filter(|(other, _)| *other == field);
        if typed.is_some_and(|(_, scenario)| scenario != SCENARIO.get()) {
            event.stop_immediate_propagation();
        }
    });
}

/// The text field that an event is about.
fn field_of(event: &Event) -> Option<Element> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.matches("input[type=text]").unwrap_or(false).then_some(target)
}
