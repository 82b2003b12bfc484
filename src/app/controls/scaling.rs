//! What standardizing does to a loss, in words beside its switch.

use web_sys::HtmlElement;

use super::super::dom;
use super::super::page::Page;
use crate::text::mark;

impl Page {
    /// Says what standardizing does to the loss; what is in force stands out.
    pub(super) fn sync_scaling(&self) {
        let line: HtmlElement = dom::element("scaling");
        // The limits say which rates diverge.
        let is_shown = !self.hides_outcomes();
        let scaling = self.derived.loss.get().scaling.as_ref().filter(|_| is_shown);
        line.set_hidden(scaling.is_none());
        let Some(scaling) = scaling else { return };
        let parts = line.children();
        for (place, condition) in (0..).zip(scaling.conditions) {
            let Some(part) = parts.item(place) else { return };
            let number = condition.number.map(mark);
            let limit = mark(condition.limit);
            let words = (self.text().scaling)(place == 1, number.as_deref(), &limit);
            dom::set_text(&part, &words);
            let is_so = scaling.is_standardized == (place == 1);
            dom::set_attribute(&part, "aria-current", if is_so { "true" } else { "false" });
        }
    }
}
