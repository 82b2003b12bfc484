//! What is still being computed: `aria-busy` of the chart and the spectrum, which are one
//! picture each, and `data-busy` of map, data and document. Those hold controls as well,
//! and a screen reader may pass over all that is in a busy element.

use web_sys::Element;

use super::super::background;
use super::super::dom;
use super::super::page::Page;
use super::super::workers;

impl Page {
    /// Says of map, data, chart and spectrum whether more of them is still being computed.
    /// A picture that is kept back until the reader has answered waits for nobody but them.
    pub(super) fn sync_busy(&self) {
        let are_runs_busy = !self.hides_outcomes() && self.are_making();
        let is_data_busy = self.has_data() && (are_runs_busy || self.derived.is_learning);
        let is_sweep_busy = self.is_sweeping() && self.has_sweep_left();
        let is_chart_busy = are_runs_busy || self.are_looks_left() || is_sweep_busy;
        let is_spectrum_busy = !self.derived.spectrum.get().computation.is_done();
        set(&dom::element("map"), "data-busy", are_runs_busy || self.is_map_busy());
        set(&dom::element("data"), "data-busy", is_data_busy);
        set(self.pictures.chart.element(), "aria-busy", is_chart_busy);
        set(&dom::element("spectrum"), "aria-busy", is_spectrum_busy);
    }

    /// Whether the loss, its plane or the starts on the map are still being computed.
    fn is_map_busy(&self) -> bool {
        let has_starts_left = || !self.derived.starts.get().starts.computation.map().is_complete();
        self.derived.map_progress().is_some()
            || !self.hides_outcomes() && self.derived.has_slice_left()
            || self.shows_starts() && has_starts_left()
    }
}

/// Says on the document itself whether anything is left to compute for what the page shows,
/// for those who wait for the page as a whole, as its tests do.
pub(in super::super) fn sync_document() {
    if let Some(root) = dom::document().document_element() {
        set(&root, "data-busy", background::is_asked() || workers::are_busy());
    }
}

fn set(element: &Element, attribute: &str, is_busy: bool) {
    dom::set_attribute(element, attribute, if is_busy { "true" } else { "false" });
}
