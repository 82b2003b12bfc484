//! Work that is longer than a frame, in slices between frames.
//!
//! A slice is a task of its own, so that frames and events come between; a task
//! posted through a channel comes at once, where a timer would wait.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, MessageChannel};

use super::page::{self, Page};
use super::{crash, dom};

/// A slice ends after so many milliseconds, or when the step of work is done that
/// was begun by then: a frame never waits for 6 ms.
const SLICE: f64 = 4.0;
/// What is half made is shown so many milliseconds apart: a frame costs more than
/// several slices.
const SHOWN_EVERY: f64 = 60.0;
/// So long may a frame itself work ahead, to show something of what is new.
const AHEAD: f64 = 2.0;
/// The same while something is in hand that may change all there is with every frame.
const AHEAD_IN_HAND: f64 = 0.5;

/// Runs come first, but one of so many slices is for what is seen of them beside: the map
/// coarsely, and what they have learned.
const SKETCHES: usize = 4;
/// Nothing is worked ahead any more when a frame has taken so many milliseconds: drawing
/// is still to come.
const ENOUGH: f64 = 3.0;

thread_local! {
    static FRAME: Cell<f64> = const { Cell::new(0.0) };
    static IS_ASKED: Cell<bool> = const { Cell::new(false) };
    /// Whether a slice gave way to events: its work is still to be done.
    static IS_PUT_OFF: Cell<bool> = const { Cell::new(false) };
    static SHOWN: Cell<f64> = const { Cell::new(0.0) };
    static CHANNEL: MessageChannel = channel();
}

fn channel() -> MessageChannel {
    let channel = MessageChannel::new().expect("a browser has message channels");
    let slice = Closure::<dyn FnMut(Event)>::new(|_: Event| {
        IS_ASKED.set(false);
        if !crash::has_crashed() {
            run_slice();
        }
    });
    channel.port1().set_onmessage(Some(slice.as_ref().unchecked_ref()));
    slice.forget();
    channel
}

/// Asks for a slice after what the browser is doing now.
pub(super) fn ask() {
    if !IS_ASKED.replace(true) {
        // Fails only for messages that cannot be copied.
        CHANNEL.with(|channel| {
            let _ = channel.port2().post_message(&wasm_bindgen::JsValue::NULL);
        });
    }
}

/// Whether a slice has been asked for: something is left to compute.
pub(super) fn is_asked() -> bool {
    IS_ASKED.get()
}

/// Milliseconds on the clock of frames.
pub(super) fn now() -> f64 {
    dom::window().performance().map_or(0.0, |clock| clock.now())
}

/// Asks for a frame in so many milliseconds, unless one is asked for already.
pub(super) fn ask_for_frame_in(milliseconds: f64) {
    thread_local! {
        static IS_ASKED: Cell<bool> = const { Cell::new(false) };
        static TIMER: Closure<dyn FnMut()> = Closure::new(|| {
            IS_ASKED.set(false);
            if !crash::has_crashed() {
                page::ask_for_frame();
            }
        });
    }
    if IS_ASKED.replace(true) {
        return;
    }
    #[expect(clippy::cast_possible_truncation, reason = "some hundreds")]
    let after = milliseconds.max(0.0).ceil() as i32;
    TIMER.with(|timer| {
        let _ = dom::window().set_timeout_with_callback_and_timeout_and_arguments_0(
            timer.as_ref().unchecked_ref(),
            after,
        );
    });
}

/// A frame begins.
pub(super) fn begin_frame() {
    FRAME.set(now());
}

/// A frame has ended: the slice that gave way to it goes on, whatever work it was.
pub(super) fn end_frame() {
    if IS_PUT_OFF.take() {
        ask();
    }
}

/// Until when a frame may work ahead that wants to for so many milliseconds.
pub(super) fn ahead_until(milliseconds: f64) -> f64 {
    (now() + milliseconds).min(FRAME.get() + ENOUGH)
}

fn run_slice() {
    // Events first: what they change is perhaps what would be worked on.
    if page::has_messages() {
        IS_PUT_OFF.set(true);
        return;
    }
    let begin = now();
    let mut goes_on = false;
    page::change(|page| goes_on = page.work(&mut || now() >= begin + SLICE));
    if goes_on {
        ask();
    }
    if !goes_on || begin - SHOWN.get() > SHOWN_EVERY {
        SHOWN.set(begin);
        page::ask_for_frame();
    }
}

impl Page {
    /// Works until time is up or all is done; says whether something is left.
    /// What is nearest to the eye comes first.
    pub(super) fn work(&mut self, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        if self.advance_own_data(is_time_up) {
            return true;
        }
        self.give_work();
        // Before the runs that it is made from go on.
        if !self.derived.advance_slice(is_time_up) {
            return true;
        }
        self.derived.slices = self.derived.slices.wrapping_add(1);
        let slices = self.derived.slices;
        let is_for_sketches = slices.is_multiple_of(SKETCHES);
        if !is_for_sketches && !self.derived.advance_runs(&self.scenario, is_time_up) {
            return true;
        }
        if !self.derived.sketch_map(is_time_up) {
            return true;
        }
        let (learning, is_at_rest) = (self.learning_runs(), !self.playback.is_playing);
        if !self.derived.advance_learned(&learning, is_at_rest, is_time_up) {
            return true;
        }
        if !self.derived.advance_runs(&self.scenario, is_time_up) {
            return true;
        }
        // Map and chart become finer in turn.
        let is_charts_turn = slices.is_multiple_of(2);
        for is_chart in [is_charts_turn, !is_charts_turn] {
            let is_done = if is_chart {
                self.advance_looks(is_time_up)
            } else {
                self.derived.refine_map(is_time_up)
            };
            if !is_done {
                return true;
            }
        }
        if !self.derived.advance_spectrum(is_time_up) {
            return true;
        }
        if self.is_sweeping() && !self.derived.advance_sweep(&self.shown_runs(), is_time_up) {
            return true;
        }
        self.shows_starts() && !self.derived.advance_starts(is_time_up)
    }

    /// Gives to workers what is long: what a reader would notice, once it has gone on for
    /// a moment.
    fn give_work(&mut self) {
        let swept = if self.is_sweeping() { self.shown_runs() } else { Vec::new() };
        let (selected, shows_starts) = (self.side.selected, self.shows_starts());
        self.derived.give_work(&self.scenario, selected, &swept, shows_starts);
    }

    fn advance_looks(&mut self, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        let shown = self.shown_runs();
        let looked_at = (self.side.selected, shown.as_slice());
        self.hides_outcomes() || self.derived.advance_looks(&self.scenario, looked_at, is_time_up)
    }

    /// Within a frame: works ahead a little, and asks for slices if that is not all.
    pub(super) fn work_ahead(&mut self) {
        let is_sample_held = self.side.data.held.as_ref().is_some_and(|held| held.grip.is_some());
        let is_held = self.derived.is_held || is_sample_held;
        let end = ahead_until(if is_held { AHEAD_IN_HAND } else { AHEAD });
        SHOWN.set(now());
        if self.work(&mut || now() >= end) {
            ask();
        }
    }
}
