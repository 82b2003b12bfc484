//! Numbers that are typed or dragged: fields and the knobs of rules.

use super::super::address::Entry;
use super::super::message::{Field, Part, Phase, StopRule};
use super::super::page::Page;
use super::super::values;
use crate::descent::Knob;
use crate::scenario::{Choice, LARGEST_PARAMETER, MOST_NOISE, MOST_STEPS};

impl Page {
    pub(super) fn type_rate(&mut self, typed: &str) {
        match values::typed(typed).filter(|rate| *rate > 0.0) {
            Some(rate) => self.set_rate(rate, Phase::Released),
            None => self.controls.rate.refuse(typed),
        }
    }

    /// The knobs of a rule of this scenario or its selected run.
    pub(in super::super) fn knobs_of(&self, part: Part) -> &'static [Knob] {
        let run = self.selected_run();
        match part {
            Part::Loss => self.scenario.loss.rule.knobs,
            Part::Optimizer => run.optimizer.rule.knobs,
            Part::Schedule => run.schedule.rule.knobs,
            Part::Clip => run.clip.as_ref().map_or(&[], |clip| clip.rule.knobs),
            Part::Constraint => run.constraint.as_ref().map_or(&[], |of| of.rule.knobs),
        }
    }

    /// The values of the same.
    pub(in super::super) fn knob_values(&self, part: Part) -> &[f64] {
        let run = self.selected_run();
        match part {
            Part::Loss => &self.scenario.loss.knobs,
            Part::Optimizer => &run.optimizer.knobs,
            Part::Schedule => &run.schedule.knobs,
            Part::Clip => run.clip.as_ref().map_or(&[], |clip| &clip.knobs),
            Part::Constraint => run.constraint.as_ref().map_or(&[], |of| &of.knobs),
        }
    }

    /// Sets a knob to what a place on its slider is worth.
    pub(super) fn turn_knob(&mut self, part: Part, index: usize, position: f64, phase: Phase) {
        let knob = self.knobs_of(part).get(index);
        if let Some(value) = knob.map(|knob| knob.value_at(position)) {
            self.set_knob(part, index, value, phase);
        }
    }

    pub(super) fn set_knob(&mut self, part: Part, index: usize, value: f64, phase: Phase) {
        let run = &mut self.scenario.runs[self.side.selected];
        let mut loss = self.scenario.loss.clone();
        let knobs = match part {
            Part::Loss => Some(&mut loss.knobs),
            Part::Optimizer => Some(&mut run.optimizer.knobs),
            Part::Schedule => Some(&mut run.schedule.knobs),
            Part::Clip => run.clip.as_mut().map(|clip| &mut clip.knobs),
            Part::Constraint => run.constraint.as_mut().map(|of| &mut of.knobs),
        };
        let place = knobs.and_then(|knobs| knobs.get_mut(index));
        if let Some(knob) = place.filter(|knob| **knob != value) {
            *knob = value;
            if part == Part::Loss && self.asks_for_own(&loss) {
                return;
            }
            if part == Part::Loss {
                // Another value may mean another number of parameters.
                self.scenario.replace_loss(loss);
                self.side.data.let_go();
                // In other units a rate may be off by powers of ten.
                if self.knobs_of(part)[index].key == "standardize" {
                    self.suit_rates();
                }
                self.reset_rates();
            }
        }
        self.finish(phase);
    }

    pub(super) fn type_field(&mut self, field: Field, typed: &str) {
        if self.take_field(field, typed) {
            self.controls.accept(field);
            self.release();
        } else {
            self.controls.refuse(field, typed);
        }
    }

    /// Puts a field's text where it belongs; says whether it was allowed.
    fn take_field(&mut self, field: Field, typed: &str) -> bool {
        if field == Field::Seed {
            // As a whole number: as a floating-point one it would lose digits.
            let seed = typed.trim().parse();
            self.scenario.seed = *seed.as_ref().unwrap_or(&self.scenario.seed);
            return seed.is_ok();
        }
        if let Field::Stop(rule) = field
            && typed.trim().is_empty()
        {
            self.set_stop(rule, None);
            return true;
        }
        let Some((min, max, whole)) = self.allowed(field) else { return false };
        let number = values::typed(typed)
            .filter(|number| *number >= min && *number <= max)
            .filter(|number| !whole || number.trunc() == *number);
        let Some(number) = number else { return false };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "used where a whole number from 0 to 1,000,000 is allowed"
        )]
        let count = number as usize;
        match field {
            Field::StartX => self.scenario.start[0] = number,
            Field::StartY => {
                if let Some(y) = self.scenario.start.get_mut(1) {
                    *y = number;
                }
            }
            Field::Steps => self.set_steps(count),
            Field::Noise => {
                self.scenario.noise = number;
                self.leave_preset();
            }
            Field::Seed => {}
            Field::Stop(rule) => self.set_stop(rule, Some(number + 0.0)),
            Field::Batch(end) => {
                // As many as there are stay all of them with other data, too.
                let size = (Some(count) != self.samples()).then_some(count);
                self.set_batch(end, size);
            }
            Field::Average => self.scenario.runs[self.side.selected].average = number,
            Field::Warmup => self.scenario.runs[self.side.selected].warmup = count,
            Field::Rate(run) => {
                if number <= 0.0 {
                    return false;
                }
                self.set_rate_of(run, number);
            }
            Field::Knob(part, index) => self.set_knob(part, index, number, Phase::Held),
        }
        true
    }

    /// Takes the fewer steps that were offered.
    pub(super) fn take_fewer_steps(&mut self) {
        if let Some(fewer) = self.fewer_steps() {
            self.set_steps(fewer);
            self.remember(Entry::New);
        }
    }

    /// A schedule that was fitted to the steps is fitted to the new ones, and no
    /// warm-up is longer than they.
    fn set_steps(&mut self, steps: usize) {
        let before = std::mem::replace(&mut self.scenario.steps, steps);
        for run in &mut self.scenario.runs {
            run.warmup = run.warmup.min(steps);
            let Choice { rule, knobs } = &mut run.schedule;
            if *knobs == (rule.fitted)(before) {
                *knobs = (rule.fitted)(steps);
            }
        }
    }

    /// The smallest and largest number that a field takes, and whether it has to be
    /// whole; none of a knob that the rule does not have.
    #[expect(clippy::cast_precision_loss, reason = "bounds for words")]
    pub(in super::super) fn allowed(&self, field: Field) -> Option<(f64, f64, bool)> {
        Some(match field {
            Field::StartX | Field::StartY | Field::Stop(StopRule::Loss) => {
                (-LARGEST_PARAMETER, LARGEST_PARAMETER, false)
            }
            Field::Steps => (1.0, MOST_STEPS as f64, true),
            Field::Noise => (0.0, MOST_NOISE, false),
            Field::Seed => (0.0, u64::MAX as f64, true),
            Field::Stop(StopRule::Gradient) => (0.0, LARGEST_PARAMETER, false),
            Field::Batch(_) => (1.0, self.samples().unwrap_or(1) as f64, true),
            Field::Average => (0.0, 1.0, false),
            Field::Warmup => (0.0, self.scenario.steps as f64, true),
            Field::Rate(_) => (0.0, f64::MAX, false),
            Field::Knob(part, index) => {
                let knob = self.knobs_of(part).get(index)?;
                (knob.min, knob.max, knob.scale.is_whole())
            }
        })
    }
}
