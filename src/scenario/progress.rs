//! A run of a scenario that is made part by part.

use super::{Run, Scenario};
use crate::descent::loss::Loss;
use crate::descent::optimizer::Optimizer;
use crate::descent::{Average, Descent, Fate, Progress, Stop, Storage, Trajectory};

/// A run may cost so many exponentials before it is made over several frames: some
/// milliseconds.
const SHORT: usize = 1 << 20;

/// Runs to compare may cost so many exponentials together: about ten seconds.
const AFFORDABLE: usize = 1 << 31;
/// So many are made, however dear they are.
const FEWEST: usize = 17;

impl Scenario {
    /// Whether a run on `loss` takes so long that it is made part by part.
    #[must_use]
    pub fn is_long(&self, loss: &dyn Loss) -> bool {
        loss.cost().saturating_mul(self.steps + 1) > SHORT
    }

    /// How many such runs can be made and judged while a reader waits: of dear ones only
    /// some, at least a few.
    #[must_use]
    pub fn affordable_runs(&self, loss: &dyn Loss, at_most: usize) -> usize {
        let gradients = self.steps + 1 + Fate::cost_in_gradients(loss, self.steps);
        let cost = loss.cost().saturating_mul(gradients).max(1);
        (AFFORDABLE / cost).clamp(FEWEST.min(at_most), at_most)
    }

    /// A run on a loss with layers of which nothing is known but where it starts.
    #[must_use]
    pub fn standing(&self, loss: &dyn Loss) -> Trajectory {
        let layers = loss.layered().map_or(0, |layered| layered.layers().len());
        Trajectory::standing(&self.start, self.precision, layers)
    }

    /// How many steps to take between two looks at the clock: well below a millisecond,
    /// also where each of many samples costs an exponential.
    #[must_use]
    pub fn stretch(loss: &dyn Loss) -> usize {
        let cost = loss.samples().unwrap_or(1).max(loss.cost());
        (32_768 / cost.max(64)).clamp(1, 512)
    }
}

/// A run of a scenario on its way. It is the same run as [`Scenario::descend`]
/// makes at once, however it is cut; scenario, run and loss must be the same in
/// every call.
pub struct RunProgress {
    optimizer: Box<dyn Optimizer>,
    progress: Progress,
    /// The same run once more, for its average, up to where a stop rule ended it.
    lap: Option<(Box<dyn Optimizer>, Progress)>,
    effort: usize,
}

impl RunProgress {
    /// At step 0, in the memory of a run that is no longer needed.
    #[must_use]
    pub fn begin(storage: Storage, scenario: &Scenario, run: &Run, loss: &dyn Loss) -> Self {
        let optimizer = run.build_optimizer(loss.dimension(), scenario.precision);
        let progress =
            scenario.with_descent(run, loss, |descent| Progress::begin(storage, descent));
        Self { optimizer, progress, lap: None, effort: usize::MAX }
    }

    /// Goes on until `recorded` points are recorded or the run ends. The step that
    /// leaves the last of them has been taken by then.
    pub fn advance(&mut self, scenario: &Scenario, run: &Run, loss: &dyn Loss, recorded: usize) {
        if self.progress.is_done() {
            self.advance_lap(scenario, run, loss, recorded - self.recorded().min(recorded));
            return;
        }
        let Self { optimizer, progress, .. } = self;
        scenario.with_descent(run, loss, |descent| {
            loss.advance(progress, optimizer.as_mut(), descent, recorded);
        });
        progress.trim();
        if progress.is_done() && Average::needs_another_lap(progress.trajectory(), run.average) {
            let steps = progress.trajectory().steps();
            let mut lap = with_end(scenario, run, loss, steps, |descent| {
                Progress::begin(Storage::default(), descent)
            });
            lap.limit(self.effort);
            self.lap = Some((run.build_optimizer(loss.dimension(), scenario.precision), lap));
            let left = recorded.saturating_sub(self.recorded());
            self.advance_lap(scenario, run, loss, left);
        }
    }

    /// Takes so many steps of the same run once more.
    fn advance_lap(&mut self, scenario: &Scenario, run: &Run, loss: &dyn Loss, more: usize) {
        let steps = self.trajectory().steps();
        let Some((optimizer, lap)) = &mut self.lap else { return };
        let until = lap.recorded().saturating_add(more);
        with_end(scenario, run, loss, steps, |descent| {
            loss.advance(lap, optimizer.as_mut(), descent, until);
        });
        if lap.is_done()
            && let Some((_, lap)) = self.lap.take()
        {
            self.progress.take_sums(lap);
        }
    }

    /// From here on [`RunProgress::advance`] may return within a step of a dear loss,
    /// after about so much [`Loss::cost`].
    pub fn limit(&mut self, effort: usize) {
        self.effort = effort;
        self.progress.limit(effort);
    }

    /// What is recorded so far, as a run that ends here; at least one point must be.
    #[must_use]
    pub fn trajectory(&self) -> &Trajectory {
        self.progress.trajectory()
    }

    /// How many points are recorded.
    #[must_use]
    pub fn recorded(&self) -> usize {
        self.progress.recorded()
    }

    /// Whether the run has ended, and all is known of its average.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.progress.is_done() && self.lap.is_none()
    }

    /// The rule, as the last step has left it.
    #[must_use]
    pub fn optimizer(&self) -> &dyn Optimizer {
        self.optimizer.as_ref()
    }

    /// What was recorded; at least one point must be.
    #[must_use]
    pub fn finish(self) -> Trajectory {
        self.progress.finish()
    }
}

/// Hands what the core needs for a run of just so many steps to `use_it`.
fn with_end<T>(
    scenario: &Scenario,
    run: &Run,
    loss: &dyn Loss,
    steps: usize,
    use_it: impl FnOnce(&Descent<'_>) -> T,
) -> T {
    scenario.with_descent(run, loss, |descent| {
        use_it(&Descent { steps, stop: Stop::default(), ..descent.clone() })
    })
}
