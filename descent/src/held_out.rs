//! The loss over samples that a run does not learn from.

use super::loss::Loss;
use super::trajectory::{End, Trajectory};

/// What became of the loss over held-out samples along a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeldOut {
    /// The step at which it was least, of those that were looked at.
    pub step: usize,
    /// What it was there.
    pub least: f64,
    /// What it is at the last step.
    pub last: f64,
    /// Whether it rose from its least although the loss over the samples learnt from went
    /// on falling.
    pub overfits: bool,
}

/// A long run is looked at at so many steps.
const LOOKS: usize = 1024;
/// A rise by a smaller share of the least is no overfitting: few samples are held out, and
/// on the way to a good fit their loss dips a little below its end by chance.
const RISE: f64 = 0.25;

impl HeldOut {
    /// Along `trajectory`, a run on `loss`; none without such samples, and where the run
    /// diverges.
    #[must_use]
    pub fn along(loss: &dyn Loss, trajectory: &Trajectory) -> Option<Self> {
        if trajectory.end() == End::Diverged {
            return None;
        }
        let (losses, end) = (trajectory.losses(), trajectory.steps());
        let at = |t: usize| {
            let value = loss.held_out_loss(trajectory.point(t))?;
            value.is_finite().then_some(value)
        };
        let last = at(end)?;
        let (mut step, mut least) = (end, last);
        // Each look costs as much as all held-out samples.
        let samples = loss.data().map_or(1, super::data::Samples::len).max(1);
        let looks = LOOKS.min((1 << 22) / samples).max(16).min(end.max(1));
        for look in (0..looks).rev() {
            let t = look * end / looks;
            let value = at(t)?;
            if value <= least {
                (step, least) = (t, value);
            }
        }
        let overfits = last > (1.0 + RISE) * least && losses[end] < losses[step];
        Some(Self { step, least, last, overfits })
    }
}
