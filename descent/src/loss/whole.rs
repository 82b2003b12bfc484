//! A loss whose runs keep every point and every gradient.

use super::super::data::Samples;
use super::super::optimizer::Optimizer;
use super::super::run::advance_many;
use super::super::{Curvature, Descent, Progress};
use super::Loss;

/// A loss with layers as one without: a run on it takes the same steps, and keeps all of
/// them, however much that is.
pub struct Whole<'a>(pub &'a dyn Loss);

impl Loss for Whole<'_> {
    fn dimension(&self) -> usize {
        self.0.dimension()
    }

    fn value(&self, theta: &[f64]) -> f64 {
        self.0.value(theta)
    }

    fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        self.0.value_and_gradient(theta, gradient)
    }

    fn data(&self) -> Option<&Samples> {
        self.0.data()
    }

    fn trained(&self) -> Option<&[usize]> {
        self.0.trained()
    }

    fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
        self.0.batch_gradient(theta, batch, gradient);
    }

    fn curvature(&self, theta: &[f64]) -> Option<Curvature> {
        self.0.curvature(theta)
    }

    fn has_hessian(&self) -> bool {
        self.0.has_hessian()
    }

    fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool {
        self.0.hessian(theta, out)
    }

    fn has_dear_curvature(&self) -> bool {
        self.0.has_dear_curvature()
    }

    fn curvature_product(&self, theta: &[f64], vector: &[f64], out: &mut [f64]) -> bool {
        self.0.curvature_product(theta, vector, out)
    }

    fn predict(&self, theta: &[f64], features: &[f64]) -> f64 {
        self.0.predict(theta, features)
    }

    fn held_out_loss(&self, theta: &[f64]) -> Option<f64> {
        self.0.held_out_loss(theta)
    }

    fn cost(&self) -> usize {
        self.0.cost()
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
