//! The layer that is looked at, and what it is looked at on.

use super::canvas::Canvas;
use super::memo::Memo;
use super::page::{PictureKey, SampleKey};
use crate::view::LayerPanels;

/// Where pointer and focus are among the layers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct LayerLook {
    /// The layer that the focus is on.
    pub(super) chosen: Option<usize>,
    /// The layer under the pointer.
    pub(super) hovered: Option<usize>,
    /// Whether the one that is looked at is to be said.
    pub(super) is_spoken: bool,
    /// Where they lie.
    pub(super) panels: LayerPanels,
}

impl LayerLook {
    /// The layer that is looked at.
    pub(super) fn focused(&self) -> Option<usize> {
        self.hovered.or(self.chosen)
    }
}

/// The pictures of the layers, each with what it was last drawn from.
pub(super) struct LayersPictures {
    pub(super) base: Canvas,
    pub(super) key: Memo<PictureKey, ()>,
    /// Over it: its generation, and how far the pulse has gone.
    pub(super) pulse: Canvas,
    pub(super) pulse_key: Memo<(u64, Option<f64>), ()>,
    pub(super) words_key: Memo<SampleKey, ()>,
}

impl LayersPictures {
    pub(super) fn find() -> Self {
        Self {
            base: Canvas::of("layers-picture"),
            key: Memo::empty(),
            pulse: Canvas::of("layers-pulse"),
            pulse_key: Memo::empty(),
            words_key: Memo::empty(),
        }
    }
}
