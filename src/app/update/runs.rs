//! The runs side by side: their rates, their rules, their order.

use super::super::message::{Phase, RunAction};
use super::super::page::Page;
use super::super::values;
use crate::descent::optimizer::{OPTIMIZERS, OptimizerRule};
use crate::scenario::{Choice, MOST_RUNS, Run, within_a_slider};

impl Page {
    /// The run that the learning rate belongs to.
    pub(in super::super) fn selected_run(&self) -> &Run {
        &self.scenario.runs[self.side.selected]
    }

    pub(super) fn set_rate(&mut self, rate: f64, phase: Phase) {
        self.set_rate_of(self.side.selected, rate);
        self.controls.rate.accept();
        self.finish(phase);
    }

    /// Gives a run its rate, or all of them where they are tied.
    pub(super) fn set_rate_of(&mut self, run: usize, rate: f64) {
        if !(rate.is_finite() && rate > 0.0) {
            return;
        }
        let is_tied = self.side.is_tied;
        for (index, other) in self.scenario.runs.iter_mut().enumerate() {
            if is_tied || index == run {
                other.learning_rate = rate;
            }
        }
        // What suits the loss is on the slider already, and would have to be worked out
        // from all samples with every move of the thumb.
        let rate = within_a_slider(self.selected_run().learning_rate);
        self.rates = [self.rates[0].min(rate), self.rates[1].max(rate)];
    }

    /// The slider's range for the selected run, without what it was widened by.
    pub(in super::super) fn reset_rates(&mut self) {
        self.rates = self.scenario.rates(self.selected_run());
    }

    /// The rate that suited another loss or rule need not be on this one's slider.
    pub(super) fn suit_rate(&mut self, run: usize) {
        let [low, high] = self.scenario.usual_rates(&self.scenario.runs[run]);
        let rate = &mut self.scenario.runs[run].learning_rate;
        if *rate < low || *rate > high {
            *rate = values::rounded((low * high).sqrt(), 1);
        }
    }

    /// The same for all runs.
    pub(super) fn suit_rates(&mut self) {
        if self.side.is_tied {
            self.suit_rate(self.side.selected);
            self.set_rate_of(self.side.selected, self.selected_run().learning_rate);
        } else {
            for run in 0..self.scenario.runs.len() {
                self.suit_rate(run);
            }
        }
    }

    pub(super) fn tie(&mut self, is_tied: bool) {
        self.side.is_tied = is_tied;
        if is_tied {
            self.set_rate_of(self.side.selected, self.selected_run().learning_rate);
            self.release();
        }
    }

    pub(super) fn choose_optimizer(&mut self, run: usize, key: &str) {
        let Some(optimizer) = Choice::named(key) else { return };
        if self.scenario.runs[run].optimizer.rule == optimizer.rule {
            return;
        }
        self.scenario.runs[run].optimizer = optimizer;
        if !self.side.is_tied {
            self.suit_rate(run);
        }
        self.select(run);
        self.leave_preset();
        self.release();
    }

    pub(super) fn choose_schedule(&mut self, run: usize, key: &str) {
        let Some(mut schedule) = Choice::named(key) else { return };
        let chosen = &mut self.scenario.runs[run].schedule;
        if chosen.rule == schedule.rule {
            return;
        }
        schedule.knobs = (schedule.rule.fitted)(self.scenario.steps);
        *chosen = schedule;
        self.select(run);
        self.leave_preset();
        self.release();
    }

    pub(super) fn choose_clip(&mut self, key: &str) {
        self.scenario.runs[self.side.selected].clip = Choice::named(key);
        self.leave_preset();
        self.release();
    }

    pub(super) fn choose_constraint(&mut self, key: &str) {
        self.scenario.runs[self.side.selected].constraint = Choice::named(key);
        self.leave_preset();
        self.release();
    }

    fn select(&mut self, run: usize) {
        if run != self.side.selected {
            self.side.selected = run;
            self.derived.set_ghost(None);
            self.derived.keeps_ghost = true;
        }
        self.reset_rates();
    }

    pub(super) fn change_run(&mut self, run: usize, action: RunAction) {
        let count = self.scenario.runs.len();
        if run >= count {
            return;
        }
        match action {
            RunAction::Select => {
                self.select(run);
                return;
            }
            RunAction::Settings => {
                let closes = self.side.has_open_settings && run == self.side.selected;
                self.side.has_open_settings = !closes;
                self.select(run);
                return;
            }
            RunAction::Duplicate if count < MOST_RUNS => {
                let copy = Run { is_hidden: false, ..self.scenario.runs[run].clone() };
                self.insert_run(run + 1, copy);
            }
            RunAction::Hide => {
                let hidden = &mut self.scenario.runs[run].is_hidden;
                *hidden = !*hidden;
            }
            RunAction::Remove if count > 1 => {
                self.scenario.runs.remove(run);
                self.leave_preset();
                self.rearranged(run.min(count - 2));
            }
            RunAction::Up if run > 0 => {
                self.scenario.runs.swap(run, run - 1);
                self.rearranged(run - 1);
            }
            RunAction::Down if run + 1 < count => {
                self.scenario.runs.swap(run, run + 1);
                self.rearranged(run + 1);
            }
            _ => return,
        }
        self.release();
    }

    /// Another run at the end: the next rule of the list that no run has yet, at
    /// the selected run's rate if that suits it.
    pub(super) fn add_run(&mut self) {
        let count = self.scenario.runs.len();
        if count >= MOST_RUNS {
            return;
        }
        let is_new = |rule: &&'static OptimizerRule| {
            self.scenario.runs.iter().all(|run| run.optimizer.rule != *rule)
        };
        let rule = OPTIMIZERS.iter().copied().find(is_new).unwrap_or(OPTIMIZERS[0]);
        let optimizer = Choice::of(rule);
        let learning_rate = self.selected_run().learning_rate;
        self.insert_run(count, Run { optimizer, learning_rate, ..Run::default() });
        if !self.side.is_tied {
            self.suit_rate(count);
        }
        self.reset_rates();
        self.release();
    }

    /// What was a ghost stands beside the selected run as one of its own: the same
    /// but for its rate.
    pub(super) fn keep_ghost(&mut self) {
        let Some(learning_rate) = self.shown_ghost().map(|ghost| ghost.rate) else { return };
        if self.scenario.runs.len() >= MOST_RUNS {
            return;
        }
        let selected = self.side.selected;
        let kept = Run { learning_rate, ..self.selected_run().clone() };
        // With one rate for all it would not be kept.
        self.side.is_tied = false;
        self.scenario.runs.insert(selected + 1, kept);
        self.rearranged(selected);
        self.release();
    }

    fn insert_run(&mut self, at: usize, run: Run) {
        self.scenario.runs.insert(at, run);
        self.rearranged(at);
    }

    /// What was cached stands in the order of the runs, which is another now.
    fn rearranged(&mut self, selected: usize) {
        self.derived.forget_runs();
        self.side.selected = selected;
        self.reset_rates();
    }
}
