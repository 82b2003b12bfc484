//! The stop rules: a switch and a field each.

use web_sys::HtmlInputElement;

use super::super::message::StopRule;
use super::super::page::Page;
use super::super::{dom, values};
use super::number::NumberField;

/// The controls of both rules, in the order of [`StopRule::ALL`].
pub(in super::super) struct StopControls {
    rows: [(HtmlInputElement, NumberField); 2],
}

impl StopControls {
    pub(super) fn find() -> Self {
        let row = |(_, id): (StopRule, &str)| {
            (dom::element(&format!("{id}-on")), NumberField::of(dom::element(id)))
        };
        Self { rows: StopRule::ALL.map(row) }
    }

    pub(super) fn field(&mut self, rule: StopRule) -> &mut NumberField {
        &mut self.rows[rule as usize].1
    }

    pub(super) fn shown_field(&self, rule: StopRule) -> &NumberField {
        &self.rows[rule as usize].1
    }
}

impl Page {
    pub(super) fn sync_stops(&mut self) {
        for (rule, _) in StopRule::ALL {
            let limit = self.stop(rule);
            let (switch, field) = &mut self.controls.stops.rows[rule as usize];
            if switch.checked() != limit.is_some() {
                switch.set_checked(limit.is_some());
            }
            field.write(limit.map_or_else(String::new, values::shown));
        }
    }
}
