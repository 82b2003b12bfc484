//! What the page itself remembers in a link.

use super::{Directions, Quantity};
use crate::descent::Language;

/// What a link says of the page rather than of the mathematics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The playhead, 0 to `steps`.
    pub step: usize,
    /// Whether to play on opening.
    pub play: bool,
    /// The language asked for; none leaves it to the reader's browser.
    pub language: Option<Language>,
    /// The theme asked for; none leaves it to the reader's system.
    pub theme: Option<Theme>,
    /// The part of parameter space shown, `[x0, x1, y0, y1]`; none is the loss's own.
    pub view: Option<[f64; 4]>,
    /// Which plane of more than two parameters the map shows; with fewer the default.
    pub plane: Directions,
    /// What the chart shows.
    pub chart: Quantity,
    /// What stands beside the map.
    pub beside: Beside,
    /// Whether to ask for a prediction before a run is shown.
    pub predict: bool,
}

/// What stands beside the map of a loss that learns from samples.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Beside {
    /// The samples, and what is made of them.
    #[default]
    Data,
    /// The layers, of a loss that has some.
    Layers,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on a light page.
    Light,
    /// Light ink on a dark page.
    Dark,
}
