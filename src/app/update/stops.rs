//! Stop rules: when a run ends before its steps are used up.

use super::super::message::{Field, StopRule};
use super::super::page::Page;
use super::super::values;

/// A rule that is switched on stops where this share of what is there at the start is left.
const SHARE: f64 = 1e-3;

impl Page {
    /// The threshold of a rule; none while it is off.
    pub(in super::super) fn stop(&self, rule: StopRule) -> Option<f64> {
        match rule {
            StopRule::Loss => self.scenario.stop.loss,
            StopRule::Gradient => self.scenario.stop.gradient,
        }
    }

    pub(super) fn set_stop(&mut self, rule: StopRule, limit: Option<f64>) {
        let stop = &mut self.scenario.stop;
        let place = match rule {
            StopRule::Loss => &mut stop.loss,
            StopRule::Gradient => &mut stop.gradient,
        };
        if *place != limit {
            *place = limit;
            self.leave_preset();
        }
    }

    /// Switches a rule on, at the threshold that it had last, or off.
    pub(super) fn switch_stop(&mut self, rule: StopRule, is_on: bool) {
        if let Some(limit) = self.stop(rule) {
            self.side.stops[rule as usize] = Some(limit);
        }
        let limit = is_on.then(|| self.side.stops[rule as usize].unwrap_or(self.usual_stop(rule)));
        self.set_stop(rule, limit);
        self.controls.accept(Field::Stop(rule));
        self.release();
    }

    /// A threshold that the selected run has not met where it starts.
    fn usual_stop(&self, rule: StopRule) -> f64 {
        let lowest = self.derived.loss.get().charted_from;
        let trajectory = self.selected_cache().trajectory();
        let (above, left) = match rule {
            StopRule::Loss => (lowest, trajectory.losses()[0] - lowest),
            StopRule::Gradient => (0.0, trajectory.gradient_norm(0)),
        };
        let limit = values::rounded(above + SHARE * left, 2);
        if limit.is_finite() && left > 0.0 { limit } else { SHARE }
    }
}
