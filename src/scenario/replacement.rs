//! Another loss, or other samples, in the place of a scenario's.

use super::{Beside, Choice, Directions, MOST_CHOSEN, Scenario};
use crate::descent::data::{DataSet, Samples};
use crate::descent::loss::{FEATURES, LossRule, Setting};
use crate::descent::{BatchPlan, Knob};

impl Scenario {
    /// Makes these the samples that the loss learns from, as a person's own. A loss
    /// that does not learn from samples of their shape stays as it is.
    pub fn replace_samples(&mut self, samples: Samples) {
        let rule = self.loss.rule;
        if rule.task_of(&samples).is_none() {
            return;
        }
        let own = rule.sets.iter().position(DataSet::is_own);
        let data = rule.knobs.iter().position(|knob| knob.key == "data");
        let (Some(own), Some(data)) = (own, data) else { return };
        let mut loss = self.loss.clone();
        #[expect(clippy::cast_precision_loss, reason = "a few names")]
        let own = own as f64;
        loss.knobs[data] = own;
        if let Some(features) = rule.knobs.iter().position(|knob| knob.key == FEATURES) {
            #[expect(clippy::cast_precision_loss, reason = "one or two")]
            let count = samples.features() as f64;
            loss.knobs[features] = count;
        }
        (self.own, self.stored) = (Some(samples), None);
        self.replace_loss(loss);
    }

    /// The same of data that a person has just brought: with an intercept where a loss leaves
    /// it out by itself, since raw exam marks need one, and from the loss's own start, since where the former data had their
    /// minimum says nothing of these.
    pub fn take_samples(&mut self, samples: Samples) {
        let rule = self.loss.rule;
        let is_off = |knob: &Knob| knob.key == "intercept" && knob.default == 0.0;
        if let Some(intercept) = rule.knobs.iter().position(is_off) {
            let mut loss = self.loss.clone();
            loss.knobs[intercept] = 1.0;
            self.replace_loss(loss);
        }
        self.replace_samples(samples);
        self.start = (rule.start)(&self.setting());
        self.page.view = None;
    }

    /// Whether the start may be another than the loss's own.
    #[must_use]
    pub fn may_choose_start(&self) -> bool {
        self.start.len() <= MOST_CHOSEN
    }

    /// Replaces the loss. The start and the view belong to the loss it had and go
    /// with it, unless the new one is the same but for values of its knobs that
    /// leave it its number of parameters; a start that was the loss's own is the new
    /// one's own even then. A batch that is larger than the new data
    /// becomes all of them.
    pub fn replace_loss(&mut self, loss: Choice<LossRule>) {
        let is_other_rule = loss.rule != self.loss.rule;
        let is_own = !is_other_rule && self.start == (loss.rule.start)(&self.setting());
        let own = (loss.rule.start)(&Setting { knobs: loss.knobs.clone(), own: self.own.clone() });
        if is_other_rule {
            self.page.beside = Beside::default();
        }
        let is_other = is_other_rule || own.len() != self.start.len();
        if is_other || is_own {
            self.start = own;
        }
        if is_other {
            self.page.view = None;
            self.page.plane = Directions::default();
        }
        self.loss = loss;
        let own = self.runs.iter_mut().filter_map(|run| run.batch.as_mut());
        let mut plans: Vec<&mut BatchPlan> = own.chain([&mut self.batch]).collect();
        if plans.iter().any(|plan| !plan.is_full()) {
            let setting = Setting { knobs: self.loss.knobs.clone(), own: self.own.clone() };
            let samples = (self.loss.rule.build)(&setting).samples();
            for plan in &mut plans {
                **plan = plan.within(samples);
            }
        }
    }
}
