//! What stands beside the map, and the layer that is looked at.

use super::super::address::Entry;
use super::super::message::{LayerAct, Space};
use super::super::page::Page;
use crate::scenario::Beside;

impl Page {
    /// Shows a space, on a phone alone.
    pub(super) fn show_space(&mut self, space: Space) {
        self.side.data.shows_data = space != Space::Map;
        let beside = match space {
            Space::Map => return,
            Space::Layers if self.has_layers() => Beside::Layers,
            _ => Beside::Data,
        };
        if self.scenario.page.beside != beside {
            self.scenario.page.beside = beside;
            self.side.layer.hovered = None;
            self.remember(Entry::Same);
        }
    }

    /// Looks at a layer.
    pub(super) fn look_at_layer(&mut self, act: LayerAct) {
        let last = self.side.layer.panels.layers.checked_sub(1);
        let panels = self.side.layer.panels;
        let look = &mut self.side.layer;
        match act {
            LayerAct::Hover(x) => look.hovered = x.and_then(|x| panels.layer_at(x)),
            LayerAct::Focus => look.chosen = look.chosen.or(last.map(|_| 0)),
            LayerAct::Blur => (look.chosen, look.hovered) = (None, None),
            LayerAct::By(by) => {
                let far = by.unsigned_abs() as usize;
                let from = look.focused().unwrap_or(0);
                let to = if by < 0 { from.saturating_sub(far) } else { from.saturating_add(far) };
                look.chosen = last.map(|last| to.min(last));
                look.hovered = None;
            }
        }
        look.is_spoken = matches!(act, LayerAct::Focus | LayerAct::By(_));
    }
}
