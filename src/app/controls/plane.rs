//! The picker of the plane that the map shows of more than two parameters.

use web_sys::{HtmlElement, HtmlSelectElement};

use super::super::address::Entry;
use super::super::dom;
use super::super::page::Page;
use super::choose;
use crate::scenario::Directions;
use crate::text::{count, percent, subscripted};

/// Its lists: what goes to the right, and what upwards unless the first says both.
pub(in super::super) const PLANE_PICKERS: [&str; 2] = ["plane-right", "plane-up"];

impl Page {
    /// Brings picker and words in step with the plane.
    pub(super) fn sync_plane(&mut self) {
        let box_of_it: HtmlElement = dom::element("plane");
        let dimension = self.scenario.start.len();
        let slice = self.derived.slice();
        let is_shown = slice.is_some() && !self.is_asking();
        box_of_it.set_hidden(!is_shown);
        let Some(slice) = slice.filter(|_| is_shown) else { return };
        let text = self.text();
        let share = slice.share.map(percent);
        let is_end = slice.anchor == self.selected_cache().trajectory().steps();
        let words = (text.slice_words)(&count(dimension), share.as_deref(), is_end);
        dom::set_text(&dom::element("plane-words"), &words);
        dom::set_attribute(&dom::element("plane"), "title", &words);
        let key = (dimension, self.language());
        let pickers = PLANE_PICKERS.map(dom::element::<HtmlSelectElement>);
        if self.controls.plane_key.refresh(key, |_, _| ()) {
            for (axis, picker) in pickers.iter().enumerate() {
                picker.set_inner_html("");
                let both = (axis == 0).then(|| ("pca".to_owned(), text.principal.to_owned()));
                let each = (0..dimension).map(|at| (at.to_string(), subscripted("w", at)));
                for (value, name) in both.into_iter().chain(each) {
                    let option: web_sys::HtmlOptionElement = dom::create("option", "");
                    option.set_value(&value);
                    dom::set_text(&option, &name);
                    let _ = picker.append_child(&option);
                }
            }
        }
        let [right, up] = pickers;
        match self.scenario.page.plane {
            Directions::Principal => choose(&right, "pca"),
            Directions::Parameters(parameters) => {
                choose(&right, &parameters[0].to_string());
                choose(&up, &parameters[1].to_string());
            }
        }
        up.set_hidden(self.scenario.page.plane == Directions::Principal);
    }

    /// Takes what was picked for one of the two; the other gives way where it is the
    /// same.
    pub(in super::super) fn choose_plane(&mut self, axis: usize, picked: &str) {
        let dimension = self.scenario.start.len();
        let before = self.scenario.page.plane;
        let plane = match (picked.parse::<usize>(), before) {
            (Ok(picked), _) if picked >= dimension => return,
            (Ok(picked), Directions::Parameters(mut both)) => {
                if both[1 - axis] == picked {
                    both[1 - axis] = both[axis];
                }
                both[axis] = picked;
                Directions::Parameters(both)
            }
            (Ok(picked), Directions::Principal) => {
                Directions::Parameters([picked, (picked + 1) % dimension])
            }
            (Err(_), _) => Directions::Principal,
        };
        if plane != before {
            self.scenario.page.plane = plane;
            // The part that was shown is one of another plane.
            self.scenario.page.view = None;
            self.entry = Some(Entry::New);
        }
    }
}
