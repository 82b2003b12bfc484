//! The rate of each step of a run.

use super::super::schedule::Follower;

/// What becomes of a step's planned rate when its loss is known.
pub(super) trait Rates {
    /// Sets `rate`, the planned rate of `step`, at whose point the loss is `loss`.
    fn follow(&mut self, step: usize, loss: f64, rate: &mut f64);
}

/// The rate is as planned: nothing is compiled into the loop.
pub(super) struct Planned;

impl Rates for Planned {
    #[inline(always)]
    fn follow(&mut self, _step: usize, _loss: f64, _rate: &mut f64) {}
}

impl Rates for Option<Box<dyn Follower>> {
    fn follow(&mut self, step: usize, loss: f64, rate: &mut f64) {
        if let Some(follower) = self {
            *rate = follower.rate(step, loss);
        }
    }
}
