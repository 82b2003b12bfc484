//! Pointers on the map: the start is dragged or placed, the map dragged, pinched
//! and turned by the wheel.

use std::cell::{Cell, RefCell};

use web_sys::{HtmlElement, MouseEvent, PointerEvent, WheelEvent};

use super::events::on;
use super::message::{Message, Phase};
use super::page::{Page, send, with};
use super::{dom, frame};

/// A press this near the start's handle takes it; fingers are thicker.
const GRIP: f64 = 16.0;
const FINGER_GRIP: f64 = 28.0;
/// A press that moves less than this is a click.
const CLICK: f64 = 4.0;
/// One notch of a wheel is about a hundred units.
const WHEEL: f64 = 0.002;
/// Units of a wheel that tells lines or pages.
const LINE: f64 = 33.0;
const PAGE: f64 = 500.0;
/// How much farther a pinch on a touchpad zooms than a wheel of the same units.
const PINCH: f64 = 8.0;

/// What the pointers that are down are doing.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Grab {
    Nothing,
    /// The start follows; the handle was taken so far from its middle.
    Start {
        offset: [f64; 2],
    },
    /// The map follows, once the pointer has moved enough not to be a click.
    Map {
        from: [f64; 2],
        is_moving: bool,
    },
    /// Two fingers.
    Pinch,
}

struct Hands {
    /// Pointers that are down, with their places on the map.
    pointers: Vec<(i32, [f64; 2])>,
    grab: Grab,
}

thread_local! {
    static HANDS: RefCell<Hands> =
        const { RefCell::new(Hands { pointers: Vec::new(), grab: Grab::Nothing }) };
    static IS_INSPECTING: Cell<bool> = const { Cell::new(false) };
}

/// Installs the listeners.
pub(super) fn listen() {
    let canvas: HtmlElement = dom::element("map-overlay");
    let map: HtmlElement = dom::element("map");
    let (pressed, cursor) = (canvas.clone(), map.clone());
    on(&canvas, "pointerdown", move |event: PointerEvent| {
        if event.button() == 0 {
            // Capture fails only for a pointer that is already gone.
            let _ = pressed.set_pointer_capture(event.pointer_id());
            HANDS.with_borrow_mut(|hands| hands.press(&event));
            show_cursor(&cursor, &event);
        }
    });
    let cursor = map.clone();
    on(&canvas, "pointermove", move |event: PointerEvent| {
        HANDS.with_borrow_mut(|hands| hands.move_to(&event));
        show_cursor(&cursor, &event);
        inspect(&event);
        point(Some(place(&event)));
    });
    on(&canvas, "pointerleave", |_: PointerEvent| {
        stop_inspecting();
        point(None);
    });
    for (kind, is_click) in
        [("pointerup", true), ("pointercancel", false), ("lostpointercapture", false)]
    {
        let cursor = map.clone();
        on(&canvas, kind, move |event: PointerEvent| {
            HANDS.with_borrow_mut(|hands| hands.lift(&event, is_click));
            show_cursor(&cursor, &event);
        });
    }
    on(&canvas, "wheel", |event: WheelEvent| {
        event.prevent_default();
        let unit = match event.delta_mode() {
            WheelEvent::DOM_DELTA_LINE => LINE,
            WheelEvent::DOM_DELTA_PAGE => PAGE,
            _ => 1.0,
        };
        // Two fingers on a touchpad come as a wheel with Ctrl, in much smaller parts.
        let gain = if event.ctrl_key() { PINCH } else { 1.0 };
        let delta = (event.delta_y() * unit * gain).clamp(-600.0, 600.0);
        let at = place(&event);
        send(Message::Zoom(libm::exp(-WHEEL * delta), Some(at)));
    });
}

fn place(event: &MouseEvent) -> [f64; 2] {
    dom::place_of(event, &dom::element("map-overlay"))
}

/// Ends whatever the pointers are doing: their own end will not be heard.
pub(super) fn let_go() {
    HANDS.with_borrow_mut(|hands| {
        hands.pointers.clear();
        hands.end();
    });
}

/// How far the start's handle is from a pointer that would take it.
fn reach(event: &PointerEvent) -> Option<[f64; 2]> {
    let [x, y] = place(event);
    if with(Page::has_made_start)? {
        return None;
    }
    let [a, b] = with(frame::start_pixel)?;
    let offset = [a - x, b - y];
    let grip = if event.pointer_type() == "touch" { FINGER_GRIP } else { GRIP };
    (libm::hypot(offset[0], offset[1]) <= grip).then_some(offset)
}

/// Whether a pointer is on the selected run's current point.
fn is_on_puck(event: &PointerEvent) -> bool {
    let [x, y] = place(event);
    let grip = if event.pointer_type() == "touch" { FINGER_GRIP } else { GRIP };
    let puck = with(Page::puck_pixel).flatten();
    puck.is_some_and(|[a, b]| libm::hypot(a - x, b - y) <= grip)
}

/// The arrows at the current point come and go with the pointer.
fn inspect(event: &PointerEvent) {
    let is_free = HANDS.with_borrow(|hands| hands.grab == Grab::Nothing);
    let inspects = is_free && event.pointer_type() != "touch" && is_on_puck(event);
    if IS_INSPECTING.replace(inspects) != inspects {
        send(Message::Inspect(inspects));
    }
}

/// What happens from under the pointer is said while the map of starts is shown.
fn point(at: Option<[f64; 2]>) {
    if with(Page::shows_starts) == Some(true) {
        send(Message::MapPointer(at));
    }
}

fn stop_inspecting() {
    if IS_INSPECTING.replace(false) {
        send(Message::Inspect(false));
    }
}

fn point_at(page: &Page, [x, y]: [f64; 2]) -> [f64; 2] {
    page.derived.viewport.to_point([x, y])
}

fn show_cursor(map: &HtmlElement, event: &PointerEvent) {
    let cursor = HANDS.with_borrow(|hands| match hands.grab {
        Grab::Start { .. } => "move",
        Grab::Map { is_moving: true, .. } | Grab::Pinch => "grabbing",
        _ if reach(event).is_some() => "move",
        _ => "grab",
    });
    dom::set_attribute(map, "data-cursor", cursor);
}

fn distance_and_middle(pointers: &[(i32, [f64; 2])]) -> (f64, [f64; 2]) {
    let [(_, a), (_, b), ..] = pointers else {
        return (1.0, [0.0; 2]);
    };
    (libm::hypot(a[0] - b[0], a[1] - b[1]), [0.5 * (a[0] + b[0]), 0.5 * (a[1] + b[1])])
}

impl Hands {
    fn press(&mut self, event: &PointerEvent) {
        let at = place(event);
        if event.is_primary() {
            // The first finger, or a mouse: what is still down here was lost.
            self.pointers.clear();
        }
        self.pointers.retain(|(id, _)| *id != event.pointer_id());
        self.pointers.push((event.pointer_id(), at));
        // A second finger takes the start out of the first one's hand.
        self.end();
        self.grab = match (self.pointers.len(), reach(event)) {
            (1, Some(offset)) => Grab::Start { offset },
            (1, None) => Grab::Map { from: at, is_moving: false },
            (2, _) => Grab::Pinch,
            _ => Grab::Nothing,
        };
    }

    fn move_to(&mut self, event: &PointerEvent) {
        let at = place(event);
        let before = distance_and_middle(&self.pointers);
        let pointer = self.pointers.iter_mut().find(|(id, _)| *id == event.pointer_id());
        let Some((_, last)) = pointer else { return };
        let moved = [at[0] - last[0], at[1] - last[1]];
        *last = at;
        match &mut self.grab {
            Grab::Start { offset } => {
                let target = [at[0] + offset[0], at[1] + offset[1]];
                if let Some(point) = with(|page| point_at(page, target)) {
                    send(Message::Start(point, Phase::Held));
                }
            }
            Grab::Map { is_moving: true, .. } => send(Message::Pan(moved)),
            Grab::Map { from, is_moving } => {
                let way = [at[0] - from[0], at[1] - from[1]];
                if libm::hypot(way[0], way[1]) > CLICK {
                    *is_moving = true;
                    send(Message::Pan(way));
                }
            }
            Grab::Pinch => {
                let after = distance_and_middle(&self.pointers);
                let shift = [after.1[0] - before.1[0], after.1[1] - before.1[1]];
                send(Message::Pan(shift));
                if before.0 > 1.0 && after.0 > 1.0 {
                    send(Message::Zoom(after.0 / before.0, Some(after.1)));
                }
            }
            Grab::Nothing => {}
        }
    }

    /// What was being done has ended where it is.
    fn end(&mut self) {
        match std::mem::replace(&mut self.grab, Grab::Nothing) {
            Grab::Start { .. } => send(Message::Released),
            Grab::Map { is_moving: true, .. } | Grab::Pinch => send(Message::Rest),
            Grab::Map { .. } | Grab::Nothing => {}
        }
    }

    fn lift(&mut self, event: &PointerEvent, is_click: bool) {
        let at = place(event);
        let before = self.pointers.len();
        self.pointers.retain(|(id, _)| *id != event.pointer_id());
        if self.pointers.len() == before {
            // It was lifted before: its capture ends afterwards.
            return;
        }
        match self.grab {
            Grab::Map { is_moving: false, .. } if is_click && is_on_puck(event) => {
                send(Message::Pin);
            }
            Grab::Map { is_moving: false, .. } if is_click => {
                if let Some(point) = with(|page| point_at(page, at)) {
                    send(Message::Start(point, Phase::Released));
                }
            }
            // The finger that stays goes on dragging the map.
            Grab::Pinch if self.pointers.len() == 1 => {
                self.grab = Grab::Map { from: self.pointers[0].1, is_moving: true };
                return;
            }
            _ => {}
        }
        self.end();
    }
}
