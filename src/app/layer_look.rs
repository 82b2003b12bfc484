//! The layer that is looked at.

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
