//! What a person did.

use crate::descent::Language;

/// Whether a control is still held or was let go: on release the address bar
/// follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// More of the same may come.
    Held,
    /// This was the last.
    Released,
}

/// A number field besides the learning rate's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Field {
    StartX,
    StartY,
    Steps,
    Knob(usize),
}

/// An event in the words of the page.
#[derive(Clone, Debug)]
pub(super) enum Message {
    /// The learning rate was set.
    Rate(f64, Phase),
    /// The learning rate was multiplied.
    RateTimes(f64, Phase),
    /// The learning rate was typed.
    RateTyped(String),
    /// What was held was let go without another value.
    Released,
    /// Go to a step.
    Step(usize, Phase),
    /// Go so many steps on.
    StepBy(i32),
    /// Go to the start of the run.
    Restart,
    /// Play or pause.
    TogglePlay,
    /// Play at so many times the usual pace.
    Speed(f64),
    /// Another loss.
    Loss(String),
    /// A knob of the loss was moved to a place on its slider, 0 to 1.
    Knob(usize, f64, Phase),
    /// A number field was typed into.
    Typed(Field, String),
    /// The start was put on a point of parameter space.
    Start([f64; 2], Phase),
    /// The start was moved by so many pixels.
    StartBy([f64; 2], Phase),
    /// The map was zoomed about a pixel, or about its middle.
    Zoom(f64, Option<[f64; 2]>),
    /// The map was dragged by so many pixels.
    Pan([f64; 2]),
    /// Show loss and path.
    Fit,
    /// Show the path up to the playhead.
    FitPath,
    /// A preset by its key.
    Preset(String),
    /// So many presets on in the list.
    PresetBy(i32),
    /// Another language.
    Language(Language),
    /// The other language.
    ToggleLanguage,
    /// The other theme.
    ToggleTheme,
    /// Copy the link.
    Share,
    /// The fragment was changed from outside: back, forward, typed.
    Address,
    /// Sizes, pixel ratio, theme or motion preferences of the window changed.
    Surroundings,
}
