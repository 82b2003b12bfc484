//! A loss on a plane through the space of its parameters.

use super::super::run::advance_many;
use super::{Curvature, Descent, Loss, Optimizer, Plane, Progress};

/// The loss in the coordinates of a plane: with two parameters, so that a map can be
/// made of it. Every value is that of the loss itself; nothing off the plane is seen.
#[derive(Clone, Copy)]
pub struct OnPlane<'a> {
    /// The loss, with more than two parameters.
    pub loss: &'a dyn Loss,
    /// The plane.
    pub plane: &'a Plane,
}

impl OnPlane<'_> {
    fn point(&self, at: &[f64]) -> Vec<f64> {
        let mut theta = vec![0.0; self.loss.dimension()];
        self.plane.point([at[0], at[1]], &mut theta);
        theta
    }
}

impl Loss for OnPlane<'_> {
    fn dimension(&self) -> usize {
        2
    }

    fn value(&self, at: &[f64]) -> f64 {
        self.loss.value(&self.point(at))
    }

    fn prepare_value(&self, at: &[f64], effort: usize) -> bool {
        self.loss.prepare_value(&self.point(at), effort)
    }

    fn value_and_gradient(&self, at: &[f64], gradient: &mut [f64]) -> f64 {
        let mut whole = vec![0.0; self.loss.dimension()];
        let value = self.loss.value_and_gradient(&self.point(at), &mut whole);
        gradient.copy_from_slice(&self.plane.along(&whole));
        value
    }

    fn samples(&self) -> Option<usize> {
        self.loss.samples()
    }

    fn batch_gradient(&self, at: &[f64], batch: &[usize], gradient: &mut [f64]) {
        let mut whole = vec![0.0; self.loss.dimension()];
        self.loss.batch_gradient(&self.point(at), batch, &mut whole);
        gradient.copy_from_slice(&self.plane.along(&whole));
    }

    fn curvature(&self, at: &[f64]) -> Option<Curvature> {
        let mut hessian = [0.0; 4];
        self.hessian(at, &mut hessian).then(|| Curvature::of_symmetric(&hessian))
    }

    fn hessian(&self, at: &[f64], out: &mut [f64]) -> bool {
        let point = self.point(at);
        let mut product = vec![0.0; point.len()];
        for (row, axis) in out.chunks_exact_mut(2).zip(self.plane.axes()) {
            if !self.loss.curvature_product(&point, axis, &mut product) {
                return false;
            }
            row.copy_from_slice(&self.plane.along(&product));
        }
        true
    }

    fn fill(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.loss.fill_plane(self.plane, xs, ys, out);
    }

    fn advance(
        &self,
        progress: &mut Progress,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
        until: usize,
    ) {
        advance_many(self, progress, optimizer, descent, until);
    }
}
