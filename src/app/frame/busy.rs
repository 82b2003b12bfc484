//! Which pictures are still being computed: `aria-busy` of the element that a picture
//! belongs to, and of no other. A screen reader passes over what is busy, so that a run
//! of a minute must not take the rest of the page from it.

use web_sys::Element;

use super::super::background;
use super::super::dom;
use super::super::page::Page;

impl Page {
    /// Says of map, data, chart and spectrum whether more of them is still being computed.
    /// A picture that is kept back until the reader has answered waits for nobody but them.
    pub(super) fn sync_busy(&self) {
        let are_runs_busy = !self.hides_outcomes() && self.are_making();
        let map = dom::element("map");
        set_busy(&map, are_runs_busy || self.is_map_busy());
        let data = dom::element("data");
        set_busy(&data, self.has_data() && (are_runs_busy || self.derived.is_learning));
        let chart = self.pictures.chart.element();
        let is_sweep_busy = self.is_sweeping() && self.has_sweep_left();
        set_busy(chart, are_runs_busy || self.are_looks_left() || is_sweep_busy);
        let spectrum = dom::element("spectrum");
        set_busy(&spectrum, !self.derived.spectrum.get().spectrum.is_done());
    }

    /// Whether the loss, its plane or the starts on the map are still being computed.
    fn is_map_busy(&self) -> bool {
        let has_starts_left = || !self.derived.starts.get().starts.map().is_complete();
        self.derived.map_progress().is_some()
            || !self.hides_outcomes() && self.derived.has_slice_left()
            || self.shows_starts() && has_starts_left()
    }
}

/// Says on the document itself whether anything is left to compute for what the page
/// shows: `data-busy`, for those who wait for the page as a whole, as its tests do.
pub(in super::super) fn sync_document() {
    if let Some(root) = dom::document().document_element() {
        let is_busy = if background::is_asked() { "true" } else { "false" };
        dom::set_attribute(&root, "data-busy", is_busy);
    }
}

fn set_busy(element: &Element, is_busy: bool) {
    dom::set_attribute(element, "aria-busy", if is_busy { "true" } else { "false" });
}
