//! What is done in the list of runs, and to the knobs of any rule. Rows come and
//! go, so the list itself listens.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::super::controls::{KNOB_STEPS, as_input, index_of};
use super::super::dom;
use super::super::message::{Field, Message, Part, Phase, RunAction};
use super::super::page::{send, with};
use super::{on, on_click};

/// Installs the listeners.
pub(super) fn listen() {
    let list: HtmlElement = dom::element("runs");
    on(&list, "click", |event: Event| {
        let Some((target, run)) = run_of(&event) else { return };
        let is_on = |selector: &str| target.closest(selector).ok().flatten().is_some();
        if is_on(".run-select") {
            send(Message::Run(run, RunAction::Select));
        } else if is_on(".run-settings") {
            send(Message::Run(run, RunAction::Settings));
        }
    });
    on(&list, "change", |event: Event| {
        if let Some(message) = change_in_row(&event) {
            send(message);
        }
    });
    for (id, action) in [
        ("run-duplicate", RunAction::Duplicate),
        ("run-hide", RunAction::Hide),
        ("run-up", RunAction::Up),
        ("run-down", RunAction::Down),
        ("run-remove", RunAction::Remove),
    ] {
        on_click(id, move || {
            let selected = with(|page| page.side.selected).unwrap_or(0);
            send(Message::Run(selected, action));
        });
    }
    let tie: HtmlInputElement = dom::element("tie");
    let ticked = tie.clone();
    on(&tie, "change", move |_: Event| send(Message::Tie(ticked.checked())));
    let ascent: HtmlInputElement = dom::element("ascent");
    let wrong = ascent.clone();
    on(&ascent, "change", move |_: Event| send(Message::Ascent(wrong.checked())));
    listen_to_knobs();
}

/// The row in which an event happened, by its place.
fn run_of(event: &Event) -> Option<(Element, usize)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let row = target.closest("[data-run]").ok()??;
    Some((target, index_of(&row, "data-run")?))
}

fn change_in_row(event: &Event) -> Option<Message> {
    let (target, run) = run_of(event)?;
    let classes = target.class_list();
    if classes.contains("run-rate") {
        return Some(Message::Typed(Field::Rate(run), as_input(&target)?.value()));
    }
    let is_optimizer = classes.contains("run-optimizer");
    let is_schedule = classes.contains("run-schedule");
    let picker: HtmlSelectElement = target.dyn_into().ok()?;
    match (is_optimizer, is_schedule) {
        (true, _) => Some(Message::Optimizer(run, picker.value())),
        (_, true) => Some(Message::Schedule(run, picker.value())),
        _ => None,
    }
}

fn listen_to_knobs() {
    for (part, name) in Part::ALL {
        for rows in dom::all(&format!(".knobs[data-part={name}]")) {
            on(&rows, "input", move |event: Event| {
                if let Some((index, input)) = knob_of(&event, "data-knob") {
                    let position = input.value_as_number() / KNOB_STEPS;
                    send(Message::Knob(part, index, position, Phase::Held));
                }
            });
            on(&rows, "change", move |event: Event| {
                if knob_of(&event, "data-knob").is_some() {
                    send(Message::Released);
                }
                if let Some((index, value)) = knob_value_of(&event) {
                    send(Message::Typed(Field::Knob(part, index), value));
                }
            });
        }
    }
}

fn knob_of(event: &Event, attribute: &str) -> Option<(usize, HtmlInputElement)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    Some((index_of(&target, attribute)?, as_input(&target)?))
}

/// The value that was typed into the field of a knob, or chosen from its names.
fn knob_value_of(event: &Event) -> Option<(usize, String)> {
    let target: Element = event.target()?.dyn_into().ok()?;
    let index = index_of(&target, "data-knob-value")?;
    let picker = target.dyn_ref::<HtmlSelectElement>();
    Some((
        index,
        picker.map_or_else(|| as_input(&target).map(|input| input.value()), |p| Some(p.value()))?,
    ))
}
