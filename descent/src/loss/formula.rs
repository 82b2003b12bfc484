//! Losses given by a closed formula.

use super::super::data::Samples;
use super::super::run::advance;
use super::{Curvature, Descent, Loss, Minima, Optimizer, Progress};

/// A loss in `D` parameters with its first and second derivatives written out.
pub trait Formula<const D: usize> {
    /// J(θ).
    fn value(&self, theta: [f64; D]) -> f64;

    /// ∇J(θ).
    fn gradient(&self, theta: [f64; D]) -> [f64; D];

    /// The matrix of second derivatives.
    fn hessian(&self, theta: [f64; D]) -> [[f64; D]; D];

    /// Both at once: where a formula's parts are dear, it overrides this.
    #[inline]
    fn value_and_gradient(&self, theta: [f64; D]) -> (f64, [f64; D]) {
        (self.value(theta), self.gradient(theta))
    }

    /// The samples that the formula is a sum or a mean over, if it is, in the units
    /// that it works in.
    fn data(&self) -> Option<&Samples> {
        None
    }

    /// The Hessian's eigenvalues, where they are known more exactly than its entries tell.
    fn curvature(&self, theta: [f64; D]) -> Option<Curvature> {
        let _ = theta;
        None
    }

    /// Whether there is no minimum, as [`Loss::lacks_minimum`].
    fn lacks_minimum(&self) -> bool {
        false
    }

    /// What one value costs, as [`Loss::cost`].
    fn cost(&self) -> usize {
        0
    }

    /// Whether second derivatives are so dear that a verdict asks for few of them.
    fn has_dear_curvature(&self) -> bool {
        false
    }

    /// As [`Loss::minima`].
    fn minima(&self) -> Minima {
        Minima::Searched
    }

    /// As [`Loss::kinks`].
    fn kinks(&self) -> Vec<Vec<f64>> {
        Vec::new()
    }

    /// As [`Loss::is_quadratic`].
    fn is_quadratic(&self) -> bool {
        false
    }

    /// What θ makes of a sample with these features.
    fn predict(&self, theta: [f64; D], features: &[f64]) -> f64 {
        let _ = (theta, features);
        0.0
    }

    /// J at every crossing of columns and rows, as [`Loss::fill`]: where neighbours
    /// share their sums, a formula overrides this.
    #[inline]
    fn fill(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        for (row, &y) in out.chunks_exact_mut(xs.len()).zip(ys) {
            for (out, &x) in row.iter_mut().zip(xs) {
                *out = self.value(core::array::from_fn(|axis| if axis == 0 { x } else { y }));
            }
        }
    }

    /// The gradient of the same formula over the samples with these numbers, at least
    /// one, each below m.
    fn batch_gradient(&self, theta: [f64; D], batch: &[usize]) -> [f64; D] {
        let _ = batch;
        self.gradient(theta)
    }
}

/// A formula as a [`Loss`].
#[derive(Clone, Copy, Debug)]
pub struct OnFormula<F, const D: usize>(pub F);

/// A boxed formula, for the lines of the list.
pub(super) fn build<const D: usize, F>(formula: F) -> Box<dyn Loss>
where
    F: Formula<D> + 'static,
    OnFormula<F, D>: Loss,
{
    Box::new(OnFormula(formula))
}

/// The stationary points near `guesses`, by Newton's method: published
/// coordinates have too few digits for a mark that must not drift from its
/// contour when one zooms in.
pub(super) fn polish<F: Formula<2>>(formula: &F, guesses: &[[f64; 2]]) -> Vec<Vec<f64>> {
    let newton = |&[mut x, mut y]: &[f64; 2]| {
        for _ in 0..30 {
            let [dx, dy] = newton_step(formula.gradient([x, y]), formula.hessian([x, y]));
            (x, y) = (x + dx, y + dy);
        }
        vec![x, y]
    };
    guesses.iter().map(newton).collect()
}

/// −H⁻¹·∇J, the step of Newton's method.
pub(super) fn newton_step([gx, gy]: [f64; 2], [[a, b], [_, c]]: [[f64; 2]; 2]) -> [f64; 2] {
    let determinant = a * c - b * b;
    [-((c * gx - b * gy) / determinant), -((a * gy - b * gx) / determinant)]
}

/// That of a batch; an empty one is the full batch.
fn batch_gradient<const D: usize>(
    formula: &impl Formula<D>,
    theta: [f64; D],
    batch: &[usize],
) -> [f64; D] {
    if batch.is_empty() {
        formula.value_and_gradient(theta).1
    } else {
        formula.batch_gradient(theta, batch)
    }
}

fn point<const D: usize>(theta: &[f64]) -> [f64; D] {
    let mut point = [0.0; D];
    point.copy_from_slice(theta);
    point
}

impl<F: Formula<1>> Loss for OnFormula<F, 1> {
    fn dimension(&self) -> usize {
        1
    }

    fn value(&self, theta: &[f64]) -> f64 {
        self.0.value(point(theta))
    }

    fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        let (value, slope) = self.0.value_and_gradient(point(theta));
        gradient.copy_from_slice(&slope);
        value
    }

    fn slopes(&self, points: &[f64], values: &mut [f64], gradients: &mut [f64]) {
        for ((&x, value), gradient) in points.iter().zip(values).zip(gradients) {
            (*value, [*gradient]) = self.0.value_and_gradient([x]);
        }
    }

    fn data(&self) -> Option<&Samples> {
        self.0.data()
    }

    fn cost(&self) -> usize {
        self.0.cost()
    }

    fn minima(&self) -> Minima {
        self.0.minima()
    }

    fn kinks(&self) -> Vec<Vec<f64>> {
        self.0.kinks()
    }

    fn is_quadratic(&self) -> bool {
        self.0.is_quadratic()
    }

    fn has_dear_curvature(&self) -> bool {
        self.0.has_dear_curvature()
    }

    fn predict(&self, theta: &[f64], features: &[f64]) -> f64 {
        self.0.predict(point(theta), features)
    }

    fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
        gradient.copy_from_slice(&batch_gradient(&self.0, point(theta), batch));
    }

    fn curvature(&self, theta: &[f64]) -> Option<Curvature> {
        let [[h]] = self.0.hessian(point(theta));
        Some(Curvature::of_second_derivative(h))
    }

    fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool {
        out.copy_from_slice(self.0.hessian(point(theta)).as_flattened());
        true
    }

    fn fill(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.0.fill(xs, ys, out);
    }

    fn lacks_minimum(&self) -> bool {
        self.0.lacks_minimum()
    }

    fn advance(
        &self,
        progress: &mut Progress,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
        until: usize,
    ) {
        let slope = |theta| self.0.value_and_gradient(theta);
        advance(&slope, self, progress, optimizer, descent, until);
    }
}

impl<F: Formula<2>> Loss for OnFormula<F, 2> {
    fn dimension(&self) -> usize {
        2
    }

    fn value(&self, theta: &[f64]) -> f64 {
        self.0.value(point(theta))
    }

    fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        let (value, slope) = self.0.value_and_gradient(point(theta));
        gradient.copy_from_slice(&slope);
        value
    }

    fn slopes(&self, points: &[f64], values: &mut [f64], gradients: &mut [f64]) {
        let (xs, ys) = points.split_at(values.len());
        let (by_x, by_y) = gradients.split_at_mut(values.len());
        let points = xs.iter().zip(ys);
        for (((&x, &y), value), (by_x, by_y)) in points.zip(values).zip(by_x.iter_mut().zip(by_y)) {
            (*value, [*by_x, *by_y]) = self.0.value_and_gradient([x, y]);
        }
    }

    fn data(&self) -> Option<&Samples> {
        self.0.data()
    }

    fn cost(&self) -> usize {
        self.0.cost()
    }

    fn minima(&self) -> Minima {
        self.0.minima()
    }

    fn kinks(&self) -> Vec<Vec<f64>> {
        self.0.kinks()
    }

    fn is_quadratic(&self) -> bool {
        self.0.is_quadratic()
    }

    fn has_dear_curvature(&self) -> bool {
        self.0.has_dear_curvature()
    }

    fn predict(&self, theta: &[f64], features: &[f64]) -> f64 {
        self.0.predict(point(theta), features)
    }

    fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
        gradient.copy_from_slice(&batch_gradient(&self.0, point(theta), batch));
    }

    fn curvature(&self, theta: &[f64]) -> Option<Curvature> {
        let theta = point(theta);
        let of_entries = || Curvature::of_hessian(self.0.hessian(theta));
        Some(self.0.curvature(theta).unwrap_or_else(of_entries))
    }

    fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool {
        out.copy_from_slice(self.0.hessian(point(theta)).as_flattened());
        true
    }

    fn fill(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        self.0.fill(xs, ys, out);
    }

    fn lacks_minimum(&self) -> bool {
        self.0.lacks_minimum()
    }

    fn advance(
        &self,
        progress: &mut Progress,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
        until: usize,
    ) {
        let slope = |theta| self.0.value_and_gradient(theta);
        advance(&slope, self, progress, optimizer, descent, until);
    }
}

impl<F: Formula<3>> Loss for OnFormula<F, 3> {
    fn dimension(&self) -> usize {
        3
    }

    fn value(&self, theta: &[f64]) -> f64 {
        self.0.value(point(theta))
    }

    fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        let (value, slope) = self.0.value_and_gradient(point(theta));
        gradient.copy_from_slice(&slope);
        value
    }

    fn data(&self) -> Option<&Samples> {
        self.0.data()
    }

    fn cost(&self) -> usize {
        self.0.cost()
    }

    fn minima(&self) -> Minima {
        self.0.minima()
    }

    fn kinks(&self) -> Vec<Vec<f64>> {
        self.0.kinks()
    }

    fn is_quadratic(&self) -> bool {
        self.0.is_quadratic()
    }

    fn has_dear_curvature(&self) -> bool {
        self.0.has_dear_curvature()
    }

    fn predict(&self, theta: &[f64], features: &[f64]) -> f64 {
        self.0.predict(point(theta), features)
    }

    fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
        gradient.copy_from_slice(&self.0.batch_gradient(point(theta), batch));
    }

    fn curvature(&self, theta: &[f64]) -> Option<Curvature> {
        let theta = point(theta);
        let of_entries = || Curvature::of_symmetric(self.0.hessian(theta).as_flattened());
        Some(self.0.curvature(theta).unwrap_or_else(of_entries))
    }

    fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool {
        out.copy_from_slice(self.0.hessian(point(theta)).as_flattened());
        true
    }

    fn lacks_minimum(&self) -> bool {
        self.0.lacks_minimum()
    }

    fn advance(
        &self,
        progress: &mut Progress,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
        until: usize,
    ) {
        let slope = |theta| self.0.value_and_gradient(theta);
        advance(&slope, self, progress, optimizer, descent, until);
    }
}
