//! What comes between the gradient and the step: samples, sign, precision; what comes
//! after it: constraints, stop rules.

use super::super::controls::size_at;
use super::super::message::{BatchEnd, Message, Phase};
use super::super::page::Page;
use crate::descent::{BatchPlan, Order, Precision};
use crate::scenario::Scenario;

impl Page {
    pub(super) fn change_gradient(&mut self, message: &Message) {
        match message {
            Message::Batch(end, position, phase) => self.slide_batch(*end, *position, *phase),
            Message::GrowBatch(grows) => self.grow_batch(*grows),
            Message::OwnBatch(is_own) => self.own_batch(*is_own),
            Message::Order(key) => self.choose_order(key),
            Message::Clip(key) => self.choose_clip(key),
            Message::Constrain(key) => self.choose_constraint(key),
            Message::StopAt(rule, is_on) => self.switch_stop(*rule, *is_on),
            Message::Ascent(ascent) => self.set_ascent(*ascent),
            Message::Precision(key) => self.choose_precision(key),
            _ => {}
        }
    }

    /// The place of a batch's slider.
    fn slide_batch(&mut self, end: BatchEnd, position: usize, phase: Phase) {
        if let Some(samples) = self.samples() {
            self.set_batch(end, size_at(position, samples));
            self.finish(phase);
        }
    }

    /// The first or the last batch of the run; without growing they are one. None
    /// takes all samples, and so does a size of as many.
    pub(super) fn set_batch(&mut self, end: BatchEnd, size: Option<usize>) {
        let samples = self.samples();
        let size = size.filter(|size| samples.is_some_and(|samples| *size < samples));
        let plan = self.plan();
        let before = *plan;
        let grows = plan.grows();
        match end {
            BatchEnd::First => plan.first = size,
            BatchEnd::Last => plan.last = size,
        }
        if !grows {
            *plan = BatchPlan { first: size, last: size };
        } else if !plan.grows() {
            // Both at one place for a moment, on the way past each other: the second
            // slider must not go from under the thumb.
            *plan = before;
        }
        self.leave_preset();
    }

    /// The selected run's own plan, or else the one of all runs.
    fn plan(&mut self) -> &mut BatchPlan {
        let Scenario { runs, batch, .. } = &mut self.scenario;
        runs[self.side.selected].batch.as_mut().unwrap_or(batch)
    }

    /// Whether the selected run has a plan of its own, at first the same.
    fn own_batch(&mut self, is_own: bool) {
        let batch = self.scenario.batch;
        self.scenario.runs[self.side.selected].batch = is_own.then_some(batch);
        self.leave_preset();
        self.release();
    }

    /// Whether the batch grows: to all samples, until another size is chosen.
    fn grow_batch(&mut self, grows: bool) {
        let plan = self.plan();
        *plan = match (grows, plan.first) {
            (true, None) => BatchPlan { first: Some(1), last: None },
            (true, first) => BatchPlan { first, last: None },
            (false, first) => BatchPlan { first, last: first },
        };
        self.leave_preset();
        self.release();
    }

    fn choose_order(&mut self, key: &str) {
        if let Some(order) = Order::named(key) {
            self.scenario.order = order;
            self.leave_preset();
            self.release();
        }
    }

    fn set_ascent(&mut self, ascent: bool) {
        self.scenario.runs[self.side.selected].ascent = ascent;
        self.leave_preset();
        self.release();
    }

    fn choose_precision(&mut self, key: &str) {
        if let Some(precision) = Precision::named(key) {
            self.scenario.precision = precision;
            self.leave_preset();
            self.release();
        }
    }
}
