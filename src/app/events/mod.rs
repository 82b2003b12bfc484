//! Listeners: each turns an event into a message and does nothing else.

mod batch;
mod keys;
mod layers;
mod own_data;
mod runs;
mod samples;
mod scales;
pub(super) mod typing;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, convert::FromWasmAbi};
use web_sys::{
    AddEventListenerOptions, Element, Event, EventTarget, HtmlDialogElement, HtmlElement,
    HtmlInputElement, HtmlSelectElement, KeyboardEvent, PointerEvent, ResizeObserver,
};

use super::controls::{PLANE_NUMBERS, PLANE_PICKERS, TABS, outcome_of};
use super::message::{Field, Message, Phase, RunAction, StopRule};
use super::page::{self, send, with};
use super::{crash, data_pointer, dom, map_pointer, script};
use crate::descent::Language;

/// A twentieth of a decade: one press of an arrow key or button.
const NUDGE: f64 = 0.05;
/// A hundredth of a decade, with Shift.
const FINE: f64 = 0.01;
/// A quarter of a decade: one press of a page key.
const COARSE: f64 = 0.25;
/// The zoom of a button or key.
const ZOOM: f64 = 1.5;

/// Calls `react` for every event of a kind, for as long as the page lives.
pub(super) fn on<E: FromWasmAbi + 'static>(
    target: &EventTarget,
    kind: &str,
    react: impl FnMut(E) + 'static,
) {
    install(target, kind, Box::new(react), false);
}

/// The same, before those that listen on what is within `target`.
fn on_way_down<E: FromWasmAbi + 'static>(
    target: &EventTarget,
    kind: &str,
    react: impl FnMut(E) + 'static,
) {
    install(target, kind, Box::new(react), true);
}

/// Apart, so that it is compiled for each kind of event and not for each listener.
#[inline(never)]
fn install<E: FromWasmAbi + 'static>(
    target: &EventTarget,
    kind: &str,
    mut react: Box<dyn FnMut(E)>,
    on_way_down: bool,
) {
    let listener = Closure::<dyn FnMut(E)>::new(move |event| {
        if !crash::has_crashed() {
            react(event);
        }
    });
    // Not passive: the wheel and the arrow keys must not scroll the page as well.
    let options = AddEventListenerOptions::new();
    options.set_passive(false);
    options.set_capture(on_way_down);
    let _ = target.add_event_listener_with_callback_and_add_event_listener_options(
        kind,
        listener.as_ref().unchecked_ref(),
        &options,
    );
    listener.forget();
}

fn on_click(id: &str, react: impl Fn() + 'static) {
    on(&dom::element::<HtmlElement>(id), "click", move |_: Event| react());
}

fn click_sends(id: &str, message: Message) {
    on_click(id, move || send(message.clone()));
}

/// Installs every listener.
pub(super) fn listen() {
    typing::listen();
    listen_to_buttons();
    listen_to_rate();
    listen_to_sliders();
    listen_to_fields();
    listen_to_pickers();
    listen_to_dialogs();
    listen_to_sheet();
    listen_to_surroundings();
    batch::listen();
    own_data::listen();
    runs::listen();
    scales::listen();
    listen_to_chart();
    map_pointer::listen();
    samples::listen();
    layers::listen();
    data_pointer::listen();
    keys::listen();
}

fn power(exponent: f64) -> f64 {
    libm::pow(10.0, exponent)
}

fn listen_to_buttons() {
    for (id, message) in [
        ("previous-scenario", Message::PresetBy(-1)),
        ("next-scenario", Message::PresetBy(1)),
        ("share", Message::Share),
        ("lang-en", Message::Language(Language::English)),
        ("lang-zh", Message::Language(Language::Chinese)),
        ("theme", Message::ToggleTheme),
        ("predict", Message::TogglePredict),
        ("fewer", Message::TakeFewer),
        ("zoom-in", Message::Zoom(ZOOM, None)),
        ("zoom-out", Message::Zoom(1.0 / ZOOM, None)),
        ("fit", Message::Fit),
        ("starts", Message::ToggleStarts),
        ("fit-path", Message::FitPath),
        ("puck", Message::Pin),
        ("add-run", Message::AddRun),
        ("keep", Message::KeepGhost),
        ("fold-loss", Message::FoldLoss),
        ("copy-script", Message::CopyScript),
        ("save-sweep", Message::SaveSweep),
        ("restart", Message::Restart),
        ("step-back", Message::StepBy(-1)),
        ("step-forward", Message::StepBy(1)),
        ("play", Message::TogglePlay),
        ("rate-down", Message::RateTimes(power(-NUDGE), Phase::Released)),
        ("rate-up", Message::RateTimes(power(NUDGE), Phase::Released)),
    ] {
        click_sends(id, message);
    }
    for (kind, inspects) in [("focus", true), ("blur", false)] {
        on(&dom::element::<HtmlElement>("puck"), kind, move |_: Event| {
            send(Message::Inspect(inspects));
        });
    }
    for button in dom::all("#guesses button") {
        if let Some(outcome) = outcome_of(&button) {
            on(&button, "click", move |_: Event| {
                send(Message::Guess(outcome));
                // The run plays now, and the keys of the transport are wanted.
                let _ = dom::element::<HtmlElement>("play").focus();
            });
        }
    }
    listen_to_menu();
}

/// The phone's menu opens with its button and closes with it, with Escape and
/// with a press anywhere else.
fn listen_to_menu() {
    let more: HtmlElement = dom::element("more");
    let close = more.clone();
    on_click("more", move || {
        toggle_expanded(&more);
    });
    let closed = close.clone();
    on(&dom::document(), "pointerdown", move |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let is_menu = |t: &Element| t.closest("#menu, #more").ok().flatten().is_some();
        if !target.as_ref().is_some_and(is_menu) {
            dom::set_attribute(&closed, "aria-expanded", "false");
        }
    });
    on(&dom::document(), "keydown", move |event: KeyboardEvent| {
        let is_open = close.get_attribute("aria-expanded").as_deref() == Some("true");
        if event.key() == "Escape" && is_open {
            dom::set_attribute(&close, "aria-expanded", "false");
            // What had the focus is hidden now.
            let _ = close.focus();
        }
    });
}

fn toggle_expanded(button: &Element) -> bool {
    let opens = button.get_attribute("aria-expanded").as_deref() != Some("true");
    dom::set_attribute(button, "aria-expanded", if opens { "true" } else { "false" });
    opens
}

fn listen_to_rate() {
    let slider: HtmlInputElement = dom::element("rate");
    let moved = slider.clone();
    on(&slider, "input", move |_: Event| {
        send(Message::Rate(power(moved.value_as_number()), Phase::Held));
    });
    on(&slider, "change", |_: Event| send(Message::Released));
    on(&slider, "keydown", |event: KeyboardEvent| {
        let fine = if event.shift_key() { FINE } else { NUDGE };
        let message = match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => Message::RateTimes(power(fine), Phase::Held),
            "ArrowLeft" | "ArrowDown" => Message::RateTimes(power(-fine), Phase::Held),
            "PageUp" => Message::RateTimes(power(COARSE), Phase::Held),
            "PageDown" => Message::RateTimes(power(-COARSE), Phase::Held),
            "Home" => end_of_rates(0),
            "End" => end_of_rates(1),
            _ => return,
        };
        event.prevent_default();
        send(message);
    });
    on(&slider, "keyup", |event: KeyboardEvent| {
        if event.key().starts_with("Arrow") || event.key().starts_with("Page") {
            send(Message::Released);
        }
    });
    let field: HtmlInputElement = dom::element("rate-value");
    let typed = field.clone();
    on(&field, "change", move |_: Event| send(Message::RateTyped(typed.value())));
}

/// The slider's end `index` as a message.
fn end_of_rates(index: usize) -> Message {
    let rate = with(|page| page.rates[index]).unwrap_or(0.1);
    Message::Rate(rate, Phase::Released)
}

fn listen_to_sliders() {
    let slider: HtmlInputElement = dom::element("step");
    for (kind, phase) in [("input", Phase::Held), ("change", Phase::Released)] {
        let moved = slider.clone();
        on(&slider, kind, move |_: Event| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a whole number from 0 to 1,000,000"
            )]
            send(Message::Step(moved.value_as_number() as usize, phase));
        });
    }
}

fn listen_to_fields() {
    for (id, field) in [
        ("start-x", Field::StartX),
        ("start-y", Field::StartY),
        ("steps", Field::Steps),
        ("noise", Field::Noise),
        ("seed", Field::Seed),
        ("stop-loss", Field::Stop(StopRule::Loss)),
        ("stop-gradient", Field::Stop(StopRule::Gradient)),
        ("warmup", Field::Warmup),
        ("average", Field::Average),
    ] {
        let input: HtmlInputElement = dom::element(id);
        let typed = input.clone();
        on(&input, "change", move |_: Event| send(Message::Typed(field, typed.value())));
    }
    for (rule, id) in StopRule::ALL {
        let switch: HtmlInputElement = dom::element(&format!("{id}-on"));
        let switched = switch.clone();
        on(&switch, "change", move |_: Event| send(Message::StopAt(rule, switched.checked())));
    }
}

/// The tabs of the chart, and the pointer over it.
fn listen_to_chart() {
    for (place, id) in TABS.into_iter().enumerate() {
        click_sends(id, Message::Tab(place));
    }
    on(&dom::element::<HtmlElement>("chart-tabs"), "keydown", |event: KeyboardEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let id = target.map(|target| target.id()).unwrap_or_default();
        let Some(place) = TABS.iter().position(|tab| *tab == id) else { return };
        let next = match event.key().as_str() {
            "ArrowRight" => (place + 1) % TABS.len(),
            "ArrowLeft" => (place + TABS.len() - 1) % TABS.len(),
            "Home" => 0,
            "End" => TABS.len() - 1,
            _ => return,
        };
        event.prevent_default();
        let _ = dom::element::<HtmlElement>(TABS[next]).focus();
        send(Message::Tab(next));
    });
    let chart: HtmlElement = dom::element("chart");
    for kind in ["pointermove", "pointerdown"] {
        let pointed = chart.clone();
        on(&chart, kind, move |event: PointerEvent| {
            let [x, _] = dom::place_of(&event, &pointed);
            send(Message::ChartPointer(Some(x)));
        });
    }
    on(&chart, "pointerleave", |_: Event| send(Message::ChartPointer(None)));
}

fn listen_to_pickers() {
    let pick = |id: &str, message: fn(String) -> Option<Message>| {
        let picker: HtmlSelectElement = dom::element(id);
        let picked = picker.clone();
        on(&picker, "change", move |_: Event| {
            if let Some(message) = message(picked.value()) {
                send(message);
            }
        });
    };
    pick("scenario", |key| Some(Message::Preset(key)));
    pick("loss", |key| Some(Message::Loss(key)));
    pick("precision", |key| Some(Message::Precision(key)));
    pick("order", |key| Some(Message::Order(key)));
    pick("clip", |key| Some(Message::Clip(key)));
    pick("constraint", |key| Some(Message::Constrain(key)));
    pick("selected-run", |run| {
        let run = run.parse().ok()?;
        Some(Message::Run(run, RunAction::Select))
    });
    pick(PLANE_PICKERS[0], |picked| Some(Message::Plane(0, picked)));
    pick(PLANE_PICKERS[1], |picked| Some(Message::Plane(1, picked)));
    for (axis, id) in PLANE_NUMBERS.into_iter().enumerate() {
        let input: HtmlInputElement = dom::element(id);
        let typed = input.clone();
        on(&input, "change", move |_: Event| send(Message::PlaneNumber(axis, typed.value())));
    }
    pick("speed", |speed| speed.parse().ok().map(Message::Speed));
}

fn listen_to_dialogs() {
    on_click("help", show_help);
    on_click("export", script::open);
    script::listen();
    for (button, dialog) in [
        ("help-close", "help-dialog"),
        ("share-close", "share-dialog"),
        ("export-close", "export-dialog"),
        ("table-close", "table-dialog"),
    ] {
        let dialog: HtmlDialogElement = dom::element(dialog);
        on_click(button, move || dialog.close());
    }
}

fn show_help() {
    let dialog: HtmlDialogElement = dom::element("help-dialog");
    if !dialog.open() {
        // Fails only if the dialog is not in the document.
        let _ = dialog.show_modal();
    }
}

fn listen_to_sheet() {
    let handle: HtmlElement = dom::element("sheet-handle");
    on_click("sheet-handle", move || {
        if !toggle_expanded(&handle) {
            dom::element::<HtmlElement>("sheet-body").set_scroll_top(0);
        }
    });
    // Links within the page must not replace the fragment, which is the scenario.
    on(&dom::document(), "click", |event: Event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(link) = target.and_then(|t| t.closest("a[data-jump]").ok().flatten()) else {
            return;
        };
        event.prevent_default();
        let id = link.get_attribute("href").unwrap_or_default();
        let Some(goal) = dom::find(id.trim_start_matches('#')) else { return };
        if link.closest(".sheet-tabs").ok().flatten().is_some() {
            let handle: HtmlElement = dom::element("sheet-handle");
            dom::set_attribute(&handle, "aria-expanded", "true");
            for tab in dom::all(".sheet-tabs a") {
                let _ = tab.remove_attribute("aria-current");
            }
            dom::set_attribute(&link, "aria-current", "true");
        }
        goal.scroll_into_view();
        if let Ok(goal) = goal.dyn_into::<HtmlElement>() {
            if !goal.has_attribute("tabindex") {
                // A section takes the focus only if it is told to.
                goal.set_tab_index(-1);
            }
            let _ = goal.focus();
        }
    });
}

/// Waits for another number of device pixels a pixel, by zoom or on another screen: each
/// has a query of its own.
fn watch_ratio() {
    let window = dom::window();
    let query = format!("(resolution: {}dppx)", window.device_pixel_ratio());
    let Ok(Some(list)) = window.match_media(&query) else { return };
    let changed = Closure::once_into_js(|| {
        if !crash::has_crashed() {
            send(Message::Surroundings);
            watch_ratio();
        }
    });
    let options = AddEventListenerOptions::new();
    options.set_once(true);
    let _ = list.add_event_listener_with_callback_and_add_event_listener_options(
        "change",
        changed.unchecked_ref(),
        &options,
    );
}

/// What ends a drag that its own control will not hear the end of: another window or tab
/// comes to the front, or the browser takes a pointer to scroll with.
fn listen_to_losses() {
    let window = dom::window();
    for kind in ["blur", "pagehide"] {
        on(&window, kind, |_: Event| let_go());
    }
    on(&dom::document(), "visibilitychange", |_: Event| {
        if dom::document().hidden() {
            let_go();
        }
    });
    on(&dom::document(), "pointercancel", |_: Event| send(Message::LetGo));
}

fn let_go() {
    map_pointer::let_go();
    data_pointer::let_go();
    send(Message::LetGo);
    if dom::document().hidden() {
        // No frame comes until the page is seen again, if it is.
        page::settle();
    }
}

fn listen_to_surroundings() {
    let window = dom::window();
    on(&window, "popstate", |_: Event| send(Message::Address));
    on(&window, "hashchange", |_: Event| send(Message::Address));
    if let Ok(Some(list)) = window.match_media("(prefers-color-scheme: dark)") {
        on(&list, "change", |_: Event| send(Message::Surroundings));
    }
    watch_ratio();
    listen_to_losses();
    on(&window, "resize", |_: Event| send(Message::Surroundings));
    let observe = Closure::<dyn FnMut()>::new(|| send(Message::Surroundings));
    if let Ok(observer) = ResizeObserver::new(observe.as_ref().unchecked_ref()) {
        for id in ["map", "data", "chart", "rate-scale"] {
            observer.observe(&dom::element::<Element>(id));
        }
        // Both live as long as the page.
        std::mem::forget(observer);
    }
    observe.forget();
}
