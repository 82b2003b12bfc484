//! The samples under the reader's hands: which one is looked at, which is moved.

use crate::descent::data::Samples;
use crate::scenario::Scenario;
use crate::text::SampleEvent;

/// What is done with the samples of the data view.
#[derive(Clone, Debug, Default)]
pub(super) struct Editing {
    /// The sample that was chosen by a press or a key.
    pub(super) chosen: Option<usize>,
    /// The sample under the pointer.
    pub(super) hovered: Option<usize>,
    /// The sample that is being moved.
    pub(super) held: Option<Held>,
    /// Whether a press on an empty place makes a sample.
    pub(super) adds: bool,
    /// The class of the next sample.
    pub(super) class: f64,
    /// What was done last and is still to be said.
    pub(super) events: Vec<SampleEvent>,
    /// Whether the sample that is looked at is to be said.
    pub(super) is_spoken: bool,
    /// The samples that the last edit made: while they are shown the axes stand still.
    pub(super) made: Option<u64>,
    /// Whether a phone shows the data and not the map.
    pub(super) shows_data: bool,
}

/// A sample that is being moved.
#[derive(Clone, Debug)]
pub(super) struct Held {
    pub(super) sample: usize,
    /// The samples before, in the units of the table; with the new one, if it is new.
    pub(super) before: Samples,
    /// All as it was, to go back to.
    pub(super) scenario: Box<Scenario>,
    /// Where it is drawn, in pixels; between the canvas' own.
    pub(super) at: [f64; 2],
    /// Where a pointer took hold of it; none if keys did.
    pub(super) grip: Option<Grip>,
    /// Whether it is new.
    pub(super) is_new: bool,
}

/// How a pointer holds a sample.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grip {
    /// From the pointer to the middle of the sample.
    pub(super) offset: [f64; 2],
    /// Where it was taken; it follows once the pointer has left there.
    pub(super) from: [f64; 2],
    pub(super) is_moving: bool,
}

impl Editing {
    /// The sample that is looked at.
    pub(super) fn focused(&self) -> Option<usize> {
        self.held.as_ref().map(|held| held.sample).or(self.hovered).or(self.chosen)
    }

    /// Lets go of what is held: the loss has changed under it, and maybe the axes.
    pub(super) fn let_go(&mut self) {
        self.held = None;
        self.made = None;
    }

    /// Lets go of everything: other samples are shown.
    pub(super) fn forget(&mut self) {
        *self = Self { shows_data: self.shows_data, ..Self::default() };
    }
}
