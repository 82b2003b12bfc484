//! Rates that depend on how a run goes.

/// The rate of one run that follows its loss. It belongs to the run, not to the schedule:
/// it changes from step to step.
pub trait Follower {
    /// η of `step`, at whose point the loss over all samples is `loss`. It is asked for
    /// every step from 0, once and in order.
    fn rate(&mut self, step: usize, loss: f64) -> f64;
}

/// A follower that begins after a warm-up.
pub(super) struct AfterWarmup {
    /// n, the steps of the warm-up; at least 1.
    pub(super) steps: usize,
    pub(super) learning_rate: f64,
    pub(super) then: Box<dyn Follower>,
}

impl Follower for AfterWarmup {
    fn rate(&mut self, step: usize, loss: f64) -> f64 {
        match step.checked_sub(self.steps) {
            Some(step) => self.then.rate(step, loss),
            None => super::warmup::rising(self.learning_rate, step, self.steps),
        }
    }
}
