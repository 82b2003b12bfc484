//! Everything a run leaves behind.

use super::precision::Precision;

/// A parameter, loss or gradient component larger than this in size counts as
/// diverged, as does any that is not finite.
pub const DIVERGED_ABOVE: f64 = 1e12;

/// Why a run took no further step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// All steps asked for were taken.
    StepsDone,
    /// The loss or the gradient fell to its stop rule.
    StopRuleMet,
    /// A number left the range of [`DIVERGED_ABOVE`] at the last step recorded.
    Diverged,
}

/// A finished run: for every step from 0 to [`Trajectory::steps`] the parameters,
/// the loss, its gradient over all data and the rate used to leave that step.
#[derive(Clone, Debug, PartialEq)]
pub struct Trajectory {
    dimension: usize,
    precision: Precision,
    pub(super) parameters: Vec<f64>,
    pub(super) gradients: Vec<f64>,
    pub(super) losses: Vec<f64>,
    pub(super) learning_rates: Vec<f64>,
    pub(super) end: End,
}

/// The memory of a run that is no longer needed. Dragging the rate asks for one
/// run after another; in fresh memory a long run spends more time on getting it
/// from the system than on the steps.
#[derive(Debug, Default)]
pub struct Storage {
    parameters: Vec<f64>,
    gradients: Vec<f64>,
    losses: Vec<f64>,
    learning_rates: Vec<f64>,
}

impl Trajectory {
    /// A run about to start, with room reserved for `rows` steps of `dimension`
    /// parameters. What an earlier run left stays, to be written over.
    pub(super) fn begin(
        storage: Storage,
        dimension: usize,
        precision: Precision,
        rows: usize,
    ) -> Self {
        let Storage { parameters, gradients, losses, learning_rates } = storage;
        let end = End::StepsDone;
        let mut trajectory =
            Self { dimension, precision, parameters, gradients, losses, learning_rates, end };
        for (column, width) in trajectory.columns() {
            column.reserve_exact((rows * width).saturating_sub(column.len()));
        }
        trajectory
    }

    /// Gives up the run and keeps its memory for the next.
    #[must_use]
    pub fn into_storage(self) -> Storage {
        let Self { parameters, gradients, losses, learning_rates, .. } = self;
        Storage { parameters, gradients, losses, learning_rates }
    }

    /// Makes sure that there are at least `rows` steps to write to.
    pub(super) fn extend_to(&mut self, rows: usize) {
        for (column, width) in self.columns() {
            if column.len() < rows * width {
                column.resize(rows * width, 0.0);
            }
        }
    }

    /// Every column with how many numbers it holds a step.
    fn columns(&mut self) -> [(&mut Vec<f64>, usize); 4] {
        [
            (&mut self.parameters, self.dimension),
            (&mut self.gradients, self.dimension),
            (&mut self.losses, 1),
            (&mut self.learning_rates, 1),
        ]
    }

    /// Keeps the first `rows` steps.
    pub(super) fn truncate(&mut self, rows: usize) {
        for (column, width) in self.columns() {
            column.truncate(rows * width);
        }
    }

    /// The number of parameters.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.dimension
    }

    /// What its parameters were rounded to.
    #[must_use]
    pub fn precision(&self) -> Precision {
        self.precision
    }

    /// T, the number of steps taken; there are T + 1 points.
    #[must_use]
    pub fn steps(&self) -> usize {
        self.losses.len() - 1
    }

    /// Why the run ended.
    #[must_use]
    pub fn end(&self) -> End {
        self.end
    }

    /// θ at step `t`.
    #[must_use]
    pub fn point(&self, t: usize) -> &[f64] {
        &self.parameters[t * self.dimension..(t + 1) * self.dimension]
    }

    /// ∇J at step `t`.
    #[must_use]
    pub fn gradient(&self, t: usize) -> &[f64] {
        &self.gradients[t * self.dimension..(t + 1) * self.dimension]
    }

    /// ‖∇J‖ at step `t`.
    #[must_use]
    pub fn gradient_norm(&self, t: usize) -> f64 {
        norm(self.gradient(t))
    }

    /// J at every step.
    #[must_use]
    pub fn losses(&self) -> &[f64] {
        &self.losses
    }

    /// The rate used to leave each step.
    #[must_use]
    pub fn learning_rates(&self) -> &[f64] {
        &self.learning_rates
    }

    /// Component `axis` of θ at every step.
    #[must_use]
    pub fn component(&self, axis: usize) -> impl ExactSizeIterator<Item = f64> + '_ {
        self.parameters.chunks_exact(self.dimension).map(move |point| point[axis])
    }
}

/// The Euclidean distance from `point` to the nearest of `minima`; none without
/// minima, or where it is not finite.
///
/// ```
/// use descent_lab::descent::distance_to_nearest;
/// let minima = [vec![0.0, 0.0], vec![3.0, 4.0]];
/// assert_eq!(distance_to_nearest(&[3.0, 3.0], &minima), Some(1.0));
/// assert_eq!(distance_to_nearest(&[3.0, 3.0], &[]), None);
/// ```
#[must_use]
pub fn distance_to_nearest(point: &[f64], minima: &[Vec<f64>]) -> Option<f64> {
    let distance = |minimum: &Vec<f64>| {
        let difference: Vec<f64> = point.iter().zip(minimum).map(|(a, b)| a - b).collect();
        norm(&difference)
    };
    let nearest = minima.iter().map(distance).fold(f64::INFINITY, f64::min);
    nearest.is_finite().then_some(nearest)
}

/// The Euclidean length, summed in order.
pub(super) fn norm(vector: &[f64]) -> f64 {
    vector.iter().map(|v| v * v).sum::<f64>().sqrt()
}
