//! What the chart can show of a run, step by step.

use super::series::Series;
use crate::descent::Trajectory;

/// A quantity of a run over its steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// J above its infimum: a logarithmic axis has no place for what is negative.
    Loss,
    /// ‖∇J‖ over all data.
    GradientNorm,
    /// The rate used to leave the step; at the last, the one before.
    LearningRate,
    /// ‖θ_{t+1} − θ_t‖, how far the step goes.
    StepLength,
}

impl Quantity {
    /// Every quantity, in the order of the menu.
    pub const ALL: [Self; 4] =
        [Self::Loss, Self::GradientNorm, Self::LearningRate, Self::StepLength];

    /// The quantity at `step` of a run on a loss whose infimum is `lowest`. NaN
    /// where the run has none: beyond its last step, and for the length of a step
    /// also there, from where no step was taken.
    #[must_use]
    pub fn at(self, trajectory: &Trajectory, lowest: f64, step: usize) -> f64 {
        if step > trajectory.steps() {
            return f64::NAN;
        }
        match self {
            Self::Loss => trajectory.losses()[step] - lowest,
            Self::GradientNorm => trajectory.gradient_norm(step),
            // No step leaves the last point; a rule that chooses its own has no rate there.
            Self::LearningRate => {
                trajectory.learning_rates()[step.min(trajectory.steps().saturating_sub(1))]
            }
            Self::StepLength if step == trajectory.steps() => f64::NAN,
            Self::StepLength => {
                let (here, next) = (trajectory.point(step), trajectory.point(step + 1));
                let squares = here.iter().zip(next).map(|(from, to)| (to - from) * (to - from));
                squares.sum::<f64>().sqrt()
            }
        }
    }

    /// The quantity at every step, thinned to about `columns` columns.
    #[must_use]
    pub fn series(self, trajectory: &Trajectory, lowest: f64, columns: usize) -> Series {
        let steps = trajectory.steps();
        let count = if self == Self::StepLength { steps } else { steps + 1 };
        Series::of((0..count).map(|step| self.at(trajectory, lowest, step)), columns)
    }
}
