//! What is chosen beside the scenario: it changes what is looked at, not what is
//! computed, and a link does not carry it.

use super::editing::Editing;
use super::layer_look::LayerLook;

/// What the panel looks at.
#[expect(clippy::struct_excessive_bools, reason = "the switches of a panel")]
#[derive(Clone, Debug)]
pub(super) struct Side {
    /// The run that the learning rate belongs to.
    pub(super) selected: usize,
    /// Whether the selected run's settings are open.
    pub(super) has_open_settings: bool,
    /// Whether all runs have one rate.
    pub(super) is_tied: bool,
    /// Whether the sweep over rates stands in the chart's place.
    pub(super) shows_sweep: bool,
    /// Whether the table of results stands in the chart's place.
    pub(super) shows_results: bool,
    /// Whether the map of starts lies over the loss map.
    pub(super) shows_starts: bool,
    /// Where the pointer is over the map of starts, in pixels from its corner.
    pub(super) map_pointer: Option<[f64; 2]>,
    /// Where the pointer is over the chart, in pixels from its left edge.
    pub(super) chart_pointer: Option<f64>,
    /// The place of the spectrum that the pointer or the focus is on.
    pub(super) pointed_place: Option<usize>,
    /// The place of the sweep that the pointer or the focus is on.
    pub(super) swept_place: Option<usize>,
    /// Whether the pointer or the focus is on the current point.
    pub(super) is_inspecting: bool,
    /// Whether its arrows stay after that.
    pub(super) is_pinned: bool,
    /// Whether the loss's settings are folded away, if that was chosen by hand.
    pub(super) is_loss_folded: Option<bool>,
    /// The threshold that each stop rule had when it was switched off.
    pub(super) stops: [Option<f64>; 2],
    /// What is done with the samples.
    pub(super) data: Editing,
    /// Which of the layers is looked at.
    pub(super) layer: LayerLook,
}

impl Side {
    /// What a page begins with.
    pub(super) fn new() -> Self {
        Self {
            selected: 0,
            has_open_settings: false,
            is_tied: false,
            shows_sweep: false,
            shows_results: false,
            shows_starts: false,
            map_pointer: None,
            chart_pointer: None,
            pointed_place: None,
            swept_place: None,
            is_inspecting: false,
            is_pinned: false,
            is_loss_folded: None,
            stops: [None; 2],
            data: Editing::default(),
            layer: LayerLook::default(),
        }
    }
}
