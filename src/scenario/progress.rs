//! A run of a scenario that is made part by part.

use super::{Run, Scenario};
use crate::descent::loss::Loss;
use crate::descent::optimizer::Optimizer;
use crate::descent::{Progress, Storage, Trajectory};

/// A run of a scenario on its way. It is the same run as [`Scenario::descend`]
/// makes at once, however it is cut; scenario, run and loss must be the same in
/// every call.
pub struct RunProgress {
    optimizer: Box<dyn Optimizer>,
    progress: Progress,
}

impl RunProgress {
    /// At step 0, in the memory of a run that is no longer needed.
    #[must_use]
    pub fn begin(storage: Storage, scenario: &Scenario, run: &Run, loss: &dyn Loss) -> Self {
        let optimizer = run.build_optimizer(loss.dimension(), scenario.precision);
        let progress =
            scenario.with_descent(run, loss, |descent| Progress::begin(storage, descent));
        Self { optimizer, progress }
    }

    /// Goes on until `recorded` points are recorded or the run ends. The step that
    /// leaves the last of them has been taken by then.
    pub fn advance(&mut self, scenario: &Scenario, run: &Run, loss: &dyn Loss, recorded: usize) {
        let Self { optimizer, progress } = self;
        scenario.with_descent(run, loss, |descent| {
            loss.advance(progress, optimizer.as_mut(), descent, recorded);
        });
    }

    /// How many points are recorded.
    #[must_use]
    pub fn recorded(&self) -> usize {
        self.progress.recorded()
    }

    /// Whether the run has ended.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.progress.is_done()
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
