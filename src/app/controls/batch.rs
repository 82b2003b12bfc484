//! How many samples make the gradient of a step, and in which order they come:
//! shown for losses on data.

use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::super::dom;
use super::super::message::BatchEnd;
use super::super::page::Page;
use super::choose;
use super::number::{NumberField, place};
use crate::descent::Order;
use crate::text::count;

/// The slider and the field of the first or the last batch of a run.
struct Row {
    slider: HtmlInputElement,
    field: NumberField,
    of: Element,
}

impl Row {
    fn find(end: BatchEnd) -> Self {
        let id = end.id();
        Self {
            slider: dom::element(id),
            field: NumberField::of(dom::element(&format!("{id}-value"))),
            of: dom::element(&format!("{id}-of")),
        }
    }

    /// Shows a size out of so many samples; none is all of them.
    #[expect(clippy::cast_precision_loss, reason = "at most some hundred thousand samples")]
    fn show(&mut self, size: Option<usize>, samples: usize, of: &str) {
        let last = places(samples) - 1;
        let at = size.map_or(last, |size| size.ilog2() as usize).min(last);
        dom::set_attribute(&self.slider, "max", &last.to_string());
        let size = size.unwrap_or(samples);
        let spoken = format!("{} {of}", count(size));
        place(&self.slider, at as f64, &spoken, at as f64 / last.max(1) as f64);
        self.field.show(size as f64);
        dom::set_text(&self.of, of);
    }
}

/// The controls of the batch.
pub(in super::super) struct BatchControls {
    rows: [Row; 2],
    grows: HtmlInputElement,
    /// Whether the selected run has sizes of its own.
    own: HtmlInputElement,
    pub(in super::super) order: HtmlSelectElement,
}

impl BatchControls {
    pub(super) fn find() -> Self {
        Self {
            rows: BatchEnd::ALL.map(Row::find),
            grows: dom::element("batch-grows"),
            own: dom::element("batch-own"),
            order: dom::element("order"),
        }
    }

    pub(super) fn field(&mut self, end: BatchEnd) -> &mut NumberField {
        &mut self.rows[end as usize].field
    }

    pub(super) fn shown_field(&self, end: BatchEnd) -> &NumberField {
        &self.rows[end as usize].field
    }
}

/// The seed stands beside what is drawn from it: the order of samples, else noise.
fn place_seed(is_beside_order: bool) {
    let seed: HtmlElement = dom::element("seed-field");
    let home = if is_beside_order { "batch-fields" } else { "numbers-fields" };
    if seed.parent_element().is_none_or(|parent| parent.id() != home) {
        let home: HtmlElement = dom::element(home);
        // Before the precision, or at the end.
        let next = home.children().item(1).filter(|_| !is_beside_order);
        let _ = home.insert_before(&seed, next.as_deref());
    }
}

/// How many places the slider has: the powers of two below so many samples, then
/// all of them.
fn places(samples: usize) -> usize {
    (samples.max(1) - 1).checked_ilog2().map_or(1, |power| power as usize + 2)
}

/// The size at a place of the slider; none for all samples.
pub(in super::super) fn size_at(position: usize, samples: usize) -> Option<usize> {
    (position + 1 < places(samples)).then(|| 1 << position)
}

impl Page {
    /// How many samples the loss has; none without.
    pub(in super::super) fn samples(&self) -> Option<usize> {
        self.derived.loss.peek()?.loss.samples()
    }

    pub(super) fn sync_batch(&mut self) {
        let (samples, text) = (self.samples(), self.text());
        let run = self.selected_run();
        let (plan, order) = (self.scenario.batch_plan(run), self.scenario.order);
        let is_own = run.batch.is_some();
        let has_others = self.scenario.runs.len() > 1;
        let section: HtmlElement = dom::element("batch-controls");
        section.set_hidden(samples.is_none());
        let Some(samples) = samples else {
            place_seed(false);
            return;
        };
        let of = (text.of_samples)(&count(samples));
        let controls = &mut self.controls.batch;
        for (row, size) in controls.rows.iter_mut().zip([plan.first, plan.last]) {
            row.show(size, samples, &of);
        }
        dom::element::<HtmlElement>("batch-last-row").set_hidden(!plan.grows());
        if controls.grows.checked() != plan.grows() {
            controls.grows.set_checked(plan.grows());
        }
        if controls.own.checked() != is_own {
            controls.own.set_checked(is_own);
        }
        dom::element::<HtmlElement>("batch-own-label").set_hidden(!is_own && !has_others);
        // Of all samples the order makes no difference.
        dom::element::<HtmlElement>("order-field").set_hidden(plan.is_full());
        choose(&controls.order, order.key());
        place_seed(!plan.is_full() && order == Order::Shuffled);
    }
}
