//! Sharpness along a run: how strongly the ground curves under it, and what that
//! makes of its rate.

use super::gradient::{Draws, Prepared};
use super::loss::{Loss, MOST_DENSE};
use super::optimizer::{Optimizer, Place};
use super::{Curvature, Descent, Trajectory};

/// What curvature and rate are at every step of a run. Where a number has left its
/// range they may not be finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharpness {
    /// λ_max of the Hessian.
    pub largest: Vec<f64>,
    /// η·λ_max, to be compared with the rule's [`super::optimizer::Edge`].
    pub products: Vec<f64>,
}

impl Sharpness {
    /// Of a run whose rule follows the gradient or its momentum as they are; none
    /// where the loss has too many parameters to ask for its curvature.
    #[must_use]
    pub fn of(loss: &dyn Loss, trajectory: &Trajectory) -> Option<Self> {
        let largest = largest(loss, trajectory)?;
        let rates = trajectory.learning_rates();
        let products = largest.iter().zip(rates).map(|(largest, rate)| rate * largest).collect();
        Some(Self { largest, products })
    }

    /// Of a run whose rule preconditions: η·λ_max of P^(−½) H P^(−½). What P was is
    /// not recorded, so `optimizer`, fresh, takes the steps of the record again, with
    /// gradients prepared as `descent` says; at the last point one step more. None
    /// where the rule knows no P, or the loss no Hessian.
    #[must_use]
    pub fn preconditioned(
        loss: &dyn Loss,
        trajectory: &Trajectory,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
    ) -> Option<Self> {
        let n = trajectory.dimension();
        let mut optimizer = Prepared::new(descent, Draws::of(descent), optimizer);
        let (mut theta, mut p) = (vec![0.0; n], vec![0.0; n]);
        let mut products = Vec::with_capacity(trajectory.steps() + 1);
        for t in 0..=trajectory.steps() {
            theta.copy_from_slice(trajectory.point(t));
            let mut hessian = loss.dense_hessian(&theta, MOST_DENSE)?;
            let (value, learning_rate) = (trajectory.losses()[t], trajectory.learning_rates()[t]);
            let gradient = trajectory.gradient(t)?;
            optimizer.step(&mut theta, &Place { loss, value, gradient, learning_rate });
            if !optimizer.preconditioner(&mut p) {
                return None;
            }
            for (row, p_row) in hessian.chunks_exact_mut(n).zip(&p) {
                for (entry, p_column) in row.iter_mut().zip(&p) {
                    // Two roots rather than the root of a product, which may overflow.
                    *entry /= p_row.sqrt() * p_column.sqrt();
                }
            }
            products.push(learning_rate * Curvature::of_symmetric(&hessian).max);
        }
        Some(Self { largest: largest(loss, trajectory)?, products })
    }
}

fn largest(loss: &dyn Loss, trajectory: &Trajectory) -> Option<Vec<f64>> {
    let largest = |t| loss.curvature(trajectory.point(t)).map(|curvature| curvature.max);
    (0..=trajectory.steps()).map(largest).collect()
}
