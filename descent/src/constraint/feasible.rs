//! The points at which a constrained run may be.

use core::ops::Range;

use super::super::layers::Layer;
use super::super::loss::Loss;
use super::super::precision::{Precision, Rounding};
use super::{Constraint, Region};

/// A parameter counts as on the boundary within this share of the bound, or within the
/// spacing of its precision where that is coarser.
const SLACK: f64 = 1e-12;

/// The set of allowed parameters of a run: the product of one [`Region`] per block. All
/// parameters are one block; in a network each layer's weight matrix is one, and biases
/// are free.
#[derive(Clone, Copy)]
pub struct FeasibleSet<'a> {
    constraint: &'a dyn Constraint,
    layers: Option<&'a [Layer]>,
    precision: Precision,
}

impl<'a> FeasibleSet<'a> {
    /// The set of `constraint` in the space of the parameters of `loss`, which are rounded
    /// to `precision`.
    #[must_use]
    pub fn new(constraint: &'a dyn Constraint, loss: &'a dyn Loss, precision: Precision) -> Self {
        let layers = loss.layered().map(super::super::layers::Layered::layers);
        Self { constraint, layers, precision }
    }

    /// The allowed set of each block.
    #[must_use]
    pub fn region(&self) -> Region {
        self.constraint.region()
    }

    /// The blocks of `dimension` parameters that are constrained.
    pub fn blocks(&self, dimension: usize) -> impl Iterator<Item = Range<usize>> + '_ {
        let layers = self.layers.unwrap_or_default().iter().map(|layer| layer.weights.clone());
        let whole = self.layers.is_none().then_some(0..dimension);
        whole.into_iter().chain(layers)
    }

    /// The largest Euclidean length that each block of `dimension` parameters may have.
    #[expect(clippy::cast_precision_loss, reason = "a number of weights")]
    pub fn longest(&self, dimension: usize) -> impl Iterator<Item = f64> + '_ {
        self.blocks(dimension).map(|block| match self.constraint.region() {
            Region::Box(bound) => bound * (block.len() as f64).sqrt(),
            Region::Ball(bound) => bound,
        })
    }

    /// Moves `theta`, which has d numbers, to the nearest allowed point, rounded to the
    /// precision: what happens after each step.
    ///
    /// ```
    /// use descent::{Precision, constraint, constraint::FeasibleSet, loss};
    /// let ball = (constraint::find("norm").expect("listed").build)(&[5.0]);
    /// let rule = loss::find("quadratic").expect("listed");
    /// let loss = (rule.build)(&rule.defaults());
    /// let set = FeasibleSet::new(ball.as_ref(), loss.as_ref(), Precision::F64);
    /// let mut theta = [6.0, 8.0];
    /// set.project(&mut theta);
    /// assert_eq!(theta, [3.0, 4.0]);
    /// // On the boundary, what is left of the gradient is the part along it.
    /// let mut gradient = [-3.0, -4.0];
    /// set.project_gradient(&theta, &mut gradient);
    /// assert!(gradient[0].abs() < 1e-12 && gradient[1].abs() < 1e-12);
    /// ```
    pub fn project(&self, theta: &mut [f64]) {
        for block in self.blocks(theta.len()) {
            let block = &mut theta[block];
            self.constraint.project(block);
            if self.precision != Precision::F64 {
                for parameter in block {
                    *parameter = self.precision.round(*parameter);
                }
            }
        }
    }

    /// Makes `gradient`, ∇J at `theta`, the projected gradient: on the boundary without
    /// its component that leads out of the set, elsewhere as it is. It is 0 exactly where
    /// `theta` satisfies the first-order conditions of a constrained minimum, which is
    /// where it takes the place of ∇J. Both slices have d numbers.
    pub fn project_gradient(&self, theta: &[f64], gradient: &mut [f64]) {
        let slack = self.slack();
        for block in self.blocks(theta.len()) {
            let gradient = &mut gradient[block.clone()];
            self.constraint.project_gradient(&theta[block], slack, gradient);
        }
    }

    /// Whether `theta` is allowed, but for rounding.
    #[must_use]
    pub fn contains(&self, theta: &[f64]) -> bool {
        let most = 1.0 + self.slack();
        self.blocks(theta.len()).all(|block| {
            let block = &theta[block];
            match self.constraint.region() {
                Region::Box(bound) => block.iter().all(|v| v.abs() <= bound * most),
                Region::Ball(bound) => crate::linalg::norm(block) <= bound * most,
            }
        })
    }

    fn slack(&self) -> f64 {
        self.precision.epsilon().max(SLACK)
    }
}
