//! One of the runs side by side.

use super::choice::Choice;
use crate::descent::clip::ClipRule;
use crate::descent::constraint::{Constraint, ConstraintRule, FeasibleSet};
use crate::descent::loss::Loss;
use crate::descent::optimizer::{OPTIMIZERS, Optimizer, OptimizerRule};
use crate::descent::schedule::{SCHEDULES, Schedule, ScheduleRule, Warmup};
use crate::descent::{BatchPlan, Precision};

/// One descent: an update rule, its rate, its schedule, its clipping,
/// its constraint.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The update rule and its knobs.
    pub optimizer: Choice<OptimizerRule>,
    /// η, a positive finite number.
    pub learning_rate: f64,
    /// The schedule and its knobs.
    pub schedule: Choice<ScheduleRule>,
    /// How many steps the rate takes to rise to η before the schedule begins; at
    /// most the scenario's steps.
    pub warmup: usize,
    /// What is done to a gradient that is too large.
    pub clip: Option<Choice<ClipRule>>,
    /// Where the parameters have to be after each step.
    pub constraint: Option<Choice<ConstraintRule>>,
    /// How many samples make the gradient of each step; none leaves it to the scenario.
    pub batch: Option<BatchPlan>,
    /// Whether the sign of the gradient is wrong, so that the run climbs: a mistake
    /// that is worth seeing once.
    pub ascent: bool,
    /// The share of its steps, counted from the last, whose iterates are averaged beside
    /// the run; 0 for none.
    pub average: f64,
    /// Whether it is left out of map and charts for now.
    pub is_hidden: bool,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            optimizer: Choice::of(OPTIMIZERS[0]),
            learning_rate: 0.1,
            schedule: Choice::of(SCHEDULES[0]),
            warmup: 0,
            clip: None,
            constraint: None,
            batch: None,
            ascent: false,
            average: 0.0,
            is_hidden: false,
        }
    }
}

impl Run {
    /// Its constraint, ready to project; `None` where its parameters are free.
    #[must_use]
    pub fn build_constraint(&self) -> Option<Box<dyn Constraint>> {
        self.constraint.as_ref().map(|constraint| (constraint.rule.build)(&constraint.knobs))
    }

    /// Hands the set of its allowed parameters on `loss`, rounded to `precision`, to
    /// `use_it`; `None` where its parameters are free.
    pub fn with_feasible_set<T>(
        &self,
        loss: &dyn Loss,
        precision: Precision,
        use_it: impl FnOnce(&FeasibleSet<'_>) -> T,
    ) -> Option<T> {
        let constraint = self.build_constraint()?;
        Some(use_it(&FeasibleSet::new(constraint.as_ref(), loss, precision)))
    }

    /// Whether each step is the rule's own: nothing shortens its gradient, turns its sign
    /// or moves its end.
    #[must_use]
    pub fn takes_whole_steps(&self) -> bool {
        self.clip.is_none() && self.constraint.is_none() && !self.ascent
    }

    /// The rule, ready for step 0.
    pub(super) fn build_optimizer(
        &self,
        dimension: usize,
        precision: Precision,
    ) -> Box<dyn Optimizer> {
        (self.optimizer.rule.build)(&self.optimizer.knobs, dimension, precision)
    }

    /// Hands its schedule, warm-up included, to `use_it`.
    pub(super) fn with_schedule<T>(&self, use_it: impl FnOnce(&dyn Schedule) -> T) -> T {
        let after = (self.schedule.rule.build)(&self.schedule.knobs);
        if self.warmup == 0 {
            return use_it(after.as_ref());
        }
        use_it(&Warmup { steps: self.warmup, then: after.as_ref() })
    }
}
