//! A run and what became of it, made within a frame where it is short and over many
//! where it is long.

use std::rc::Rc;

use super::super::background;
use super::{Derived, Ghost, RunKey};
use crate::descent::loss::Loss;
use crate::descent::{Curvature, HeldOut, Judging, Storage, Trajectory, Verdict};
use crate::scenario::{Run, RunProgress, Scenario};

/// A frame itself works on long runs for so many milliseconds.
const FIRST_LOOK: f64 = 2.0;
/// What a run looks at between two looks at the clock, in exponentials.
const EFFORT: usize = 65_536;

/// A run and what became of it.
pub(in super::super) struct RunParts {
    /// As far as it is finished; the one before while nothing of it is recorded.
    trajectory: Rc<Trajectory>,
    /// None while it is being made.
    pub(in super::super) verdict: Option<Verdict>,
    /// How the loss curves at the minimum that the run goes to, where that is known.
    pub(in super::super) at_minimum: Option<Curvature>,
    /// The smallest loss of the run, for those who hear the chart.
    pub(in super::super) least: f64,
    /// What became of the loss over held-out samples, if there are any.
    pub(in super::super) held_out: Option<HeldOut>,
    making: Option<Making>,
}

/// A run that is being made.
struct Making {
    stage: Stage,
    /// When it was begun, in milliseconds.
    began: f64,
}

enum Stage {
    Running(Box<RunProgress>),
    Judging(Judging),
}

impl RunParts {
    /// The run, or what is recorded of it so far.
    pub(in super::super) fn trajectory(&self) -> &Trajectory {
        match &self.making {
            Some(Making { stage: Stage::Running(progress), .. }) if progress.recorded() > 0 => {
                progress.trajectory()
            }
            _ => &self.trajectory,
        }
    }

    /// The same for good.
    fn into_trajectory(self) -> Rc<Trajectory> {
        match self.making {
            Some(Making { stage: Stage::Running(progress), .. }) if progress.recorded() > 0 => {
                Rc::new(progress.finish())
            }
            _ => self.trajectory,
        }
    }

    /// Whether it is made and its end is worth a number.
    pub(in super::super) fn has_good_end(&self) -> bool {
        self.verdict.is_some_and(|verdict| !verdict.outcome.diverges())
    }

    /// Whether what is shown is it, and not what was there before.
    pub(in super::super) fn is_begun(&self) -> bool {
        self.progress().is_none_or(|(_, rows)| rows > 0)
    }

    /// Whether it is still being made.
    pub(in super::super) fn is_making(&self) -> bool {
        self.making.is_some()
    }

    /// How many milliseconds its making has taken, and the points recorded; none of a
    /// run that is made.
    pub(in super::super) fn progress(&self) -> Option<(f64, usize)> {
        let making = self.making.as_ref()?;
        let recorded = match &making.stage {
            Stage::Running(progress) => progress.recorded(),
            Stage::Judging(_) => self.trajectory.steps() + 1,
        };
        Some((background::now() - making.began, recorded))
    }

    /// At once.
    fn made(scenario: &Scenario, run: &Run, loss: &dyn Loss, storage: Storage) -> Self {
        let trajectory = scenario.descend_in(storage, run, loss);
        let verdict = scenario.judge(run, loss, &trajectory);
        let mut parts = Self::unknown(Rc::new(trajectory), None);
        parts.know(loss, &verdict);
        parts
    }

    fn unknown(trajectory: Rc<Trajectory>, making: Option<Making>) -> Self {
        Self {
            trajectory,
            verdict: None,
            at_minimum: None,
            least: f64::NAN,
            held_out: None,
            making,
        }
    }

    /// Everything is recorded, and this became of it.
    fn know(&mut self, loss: &dyn Loss, verdict: &Verdict) {
        let losses = self.trajectory.losses().iter().copied();
        self.least = losses.fold(f64::INFINITY, f64::min);
        self.held_out = HeldOut::along(loss, &self.trajectory);
        self.at_minimum = verdict.curvature_at_minimum(loss);
        self.verdict = Some(*verdict);
    }

    /// Of which nothing is recorded yet; `before` is shown until something is.
    fn begun(
        scenario: &Scenario,
        run: &Run,
        loss: &dyn Loss,
        before: Option<Rc<Trajectory>>,
    ) -> Self {
        let mut progress = RunProgress::begin(Storage::default(), scenario, run, loss);
        let trajectory = before.unwrap_or_else(|| {
            // There is nothing else to show: its start has to be there.
            if loss.layered().is_some() && loss.cost() > EFFORT {
                return Rc::new(scenario.standing(loss));
            }
            progress.advance(scenario, run, loss, 1);
            Rc::new(progress.trajectory().clone())
        });
        progress.limit(EFFORT);
        let stage = Stage::Running(Box::new(progress));
        Self::unknown(trajectory, Some(Making { stage, began: background::now() }))
    }

    /// A little more of it.
    fn work(&mut self, scenario: &Scenario, run: &Run, loss: &dyn Loss) {
        let Some(Making { stage, began }) = self.making.take() else { return };
        let stage = match stage {
            Stage::Running(mut progress) => {
                let until = progress.recorded() + Scenario::stretch(loss);
                progress.advance(scenario, run, loss, until);
                if progress.is_done() {
                    self.trajectory = Rc::new(progress.finish());
                    Stage::Judging(Judging::new())
                } else {
                    Stage::Running(progress)
                }
            }
            Stage::Judging(mut judging) => {
                let steps = Scenario::stretch(loss);
                if let Some(fate) = judging.advance(loss, &self.trajectory, steps) {
                    let judged = (&judging, fate);
                    let verdict = scenario.judged(run, loss, &self.trajectory, judged);
                    self.know(loss, &verdict);
                    return;
                }
                Stage::Judging(judging)
            }
        };
        self.making = Some(Making { stage, began });
    }
}

impl Derived {
    /// Brings a run up to date; a long one is begun, and made by [`Derived::advance_runs`].
    pub(super) fn refresh_run(&mut self, scenario: &Scenario, index: usize, is_selected: bool) {
        let run = &scenario.runs[index];
        let key = RunKey::of(scenario, run);
        let walked = self.runs[index].run.peek().map(|_| self.runs[index].walked());
        let cache = &mut self.runs[index].run;
        let before = cache.key();
        let is_same_loss = before.is_some_and(|before| before.loss == key.loss);
        let rate_before = before
            .filter(|before| before.differs_in_rate_only(&key))
            .map(|before| before.run.learning_rate);
        let loss = self.loss.get().loss.as_ref();
        // What the rate was dragged away from becomes the ghost; any other run's
        // memory serves the next one.
        let becomes_ghost = is_selected && rate_before.is_some() && self.keeps_ghost;
        let mut replaced = None;
        let has_changed = cache.refresh(key, |_, old| {
            if scenario.is_long(loss) {
                let old = old.map(RunParts::into_trajectory);
                replaced = old.clone().filter(|_| becomes_ghost);
                return RunParts::begun(scenario, run, loss, old.filter(|_| is_same_loss));
            }
            let mut storage = Storage::default();
            if becomes_ghost {
                replaced = old.map(RunParts::into_trajectory);
            } else if let Some(old) = old {
                let old = Rc::try_unwrap(old.into_trajectory());
                storage = old.map(Trajectory::into_storage).unwrap_or_default();
            }
            RunParts::made(scenario, run, loss, storage)
        });
        if has_changed && is_selected {
            match rate_before {
                None => {
                    self.set_ghost(None);
                    self.keeps_ghost = true;
                }
                Some(rate) if becomes_ghost => {
                    self.set_ghost(replaced.map(|trajectory| Ghost { rate, trajectory }));
                    self.keeps_ghost = false;
                    if let Some(walked) = walked {
                        self.hand_points_to_ghost(index, walked);
                    }
                }
                Some(_) => {}
            }
        }
    }

    /// A first look at runs that were begun in this frame, and what was made of long ones
    /// since the last.
    pub(super) fn look_at_runs(&mut self, scenario: &Scenario) {
        let is_new = |parts: &RunParts| parts.progress().is_some_and(|(_, rows)| rows <= 1);
        if self.runs.iter().any(|cache| is_new(cache.run.get())) {
            let end = background::ahead_until(FIRST_LOOK);
            self.advance_runs(scenario, &mut || background::now() >= end);
        }
        let mut is_making = false;
        for cache in &mut self.runs {
            let parts = cache.run.get();
            let rows = if parts.is_making() { parts.trajectory().steps() } else { usize::MAX };
            if rows != cache.shown_rows {
                cache.shown_rows = rows;
                cache.run.touch();
            }
            is_making |= rows != usize::MAX;
        }
        if is_making {
            background::ask();
        }
    }

    /// Goes on with the runs that are being made, always with the one that is least far;
    /// says whether all are made.
    pub(in super::super) fn advance_runs(
        &mut self,
        scenario: &Scenario,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let loss = self.loss.get().loss.as_ref();
        loop {
            let rows = |cache: &super::RunCache| cache.run.peek()?.progress().map(|(_, rows)| rows);
            let making = self.runs.iter().enumerate();
            let making = making.filter_map(|(index, cache)| Some((rows(cache)?, index)));
            let Some((_, index)) = making.min() else { return true };
            let Some(run) = scenario.runs.get(index) else { return true };
            if is_time_up() {
                return false;
            }
            self.runs[index].run.get_mut().work(scenario, run, loss);
        }
    }
}
