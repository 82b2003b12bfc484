//! The samples of a step.

use super::super::controls::size_at;
use super::super::message::{BatchEnd, Phase};
use super::super::page::Page;
use crate::descent::{BatchPlan, Order};

impl Page {
    /// The place of a batch's slider.
    pub(super) fn slide_batch(&mut self, end: BatchEnd, position: usize, phase: Phase) {
        if let Some(samples) = self.samples() {
            self.set_batch(end, size_at(position, samples));
            self.finish(phase);
        }
    }

    /// The first or the last batch of the run; without growing they are one. None
    /// takes all samples.
    pub(super) fn set_batch(&mut self, end: BatchEnd, size: Option<usize>) {
        let plan = &mut self.scenario.batch;
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

    /// Whether the batch grows: to all samples, until another size is chosen.
    pub(super) fn grow_batch(&mut self, grows: bool) {
        let plan = &mut self.scenario.batch;
        *plan = match (grows, plan.first) {
            (true, None) => BatchPlan { first: Some(1), last: None },
            (true, first) => BatchPlan { first, last: None },
            (false, first) => BatchPlan { first, last: first },
        };
        self.leave_preset();
        self.release();
    }

    pub(super) fn choose_order(&mut self, key: &str) {
        if let Some(order) = Order::named(key) {
            self.scenario.order = order;
            self.leave_preset();
            self.release();
        }
    }
}
