//! What the chart can show of a run, step by step.

use super::series::Series;
use crate::descent::{End, Sharpness, Stop, Trajectory};
pub use crate::scenario::Quantity;
use crate::scenario::SharpnessLooks;

/// What the chart reads of a run.
#[derive(Clone, Copy)]
pub struct Recorded<'a> {
    /// The run.
    pub trajectory: &'a Trajectory,
    /// inf J.
    pub lowest: f64,
    /// Its sharpness; none while nobody asks for it, and where it does not apply.
    pub sharpness: Option<&'a Sharpness>,
    /// The looks at it, where it is not known at every step; none otherwise.
    pub looks: Option<&'a SharpnessLooks>,
}

impl Quantity {
    /// The quantity at `step` of a run. NaN where the run has none: beyond its last
    /// step, and for the length of a step also there, from where no step was taken.
    #[must_use]
    pub fn at(self, run: &Recorded<'_>, step: usize) -> f64 {
        let trajectory = run.trajectory;
        if step > trajectory.steps() {
            return f64::NAN;
        }
        match self {
            Self::Loss => trajectory.losses()[step] - run.lowest,
            Self::GradientNorm => trajectory.gradient_norm(step),
            // No step leaves the last point; a rule that chooses its own has no rate there.
            Self::LearningRate => {
                trajectory.learning_rates()[step.min(trajectory.steps().saturating_sub(1))]
            }
            Self::StepLength if step == trajectory.steps() => f64::NAN,
            Self::StepLength => trajectory.step_length(step),
            Self::Sharpness => match (run.sharpness, run.looks) {
                (Some(found), _) => found.products[step],
                (None, Some(looks)) => looks.at(step).1,
                (None, None) => f64::NAN,
            },
        }
    }

    /// The quantity at every step, thinned to about `columns` columns.
    #[must_use]
    pub fn series(self, run: &Recorded<'_>, columns: usize) -> Series {
        if let Some(looks) = run.looks.filter(|_| self == Self::Sharpness) {
            return Series::of_points(looks.points());
        }
        let steps = run.trajectory.steps();
        let count = match self {
            Self::StepLength => steps,
            Self::Sharpness if run.sharpness.is_none() => 0,
            _ => steps + 1,
        };
        Series::of((0..count).map(|step| self.without_holes(self.at(run, step))), columns)
    }

    /// Of most quantities a number out of range ends the line, since it ends the run;
    /// curvature may have one on the way.
    fn without_holes(self, value: f64) -> f64 {
        if self == Self::Sharpness && !value.is_finite() { 0.0 } else { value }
    }

    /// Where a run stops: the height of the stop rule that is about this quantity, of a
    /// loss whose infimum is `lowest`; `None` without one. At 0 or below it has no place on
    /// a logarithmic axis.
    #[must_use]
    pub fn stops_at(self, stop: &Stop, lowest: f64) -> Option<f64> {
        match self {
            Self::Loss => stop.loss.map(|limit| limit - lowest),
            Self::GradientNorm => stop.gradient,
            _ => None,
        }
    }

    /// The quantity at the last step of a run that a stop rule ended; `None` of any other.
    #[must_use]
    pub fn at_stop(self, run: &Recorded<'_>) -> Option<f64> {
        let is_stopped = run.trajectory.end() == End::StopRuleMet;
        is_stopped.then(|| self.at(run, run.trajectory.steps()))
    }

    /// Whether the line is broken where the quantity is not positive, rather than
    /// drawn down to the bottom.
    pub(super) fn leaves_gaps(self) -> bool {
        self == Self::Sharpness
    }
}
