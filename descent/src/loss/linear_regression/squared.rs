//! Squared residuals: J is a quadratic form.

use super::super::super::data::Samples;
use super::super::residual::count;
use super::moments::Moments;
use super::{Formula, Line, Minima};

/// The samples are gone through once, when it is built.
pub(super) struct Squared {
    line: Line,
    moments: Moments,
    /// What the reduction makes of the mean of squares.
    factor: f64,
}

impl Squared {
    pub(super) fn new(line: Line) -> Self {
        let moments = Moments::of(line.x(), line.y(), line.has_intercept);
        // Where other errors are compared with squares, ½r² is meant.
        let factor = line.residuals.factor(line.samples.len());
        let factor = if line.is_squared() { factor } else { 0.5 * factor };
        Self { line, moments, factor }
    }

    /// Whatever w is, b makes the residuals' mean 0, so w minimises a parabola with
    /// a penalty: shrunken by λ₂, and by λ₁ towards 0 and no further (Tibshirani
    /// 1996, section 2.2).
    pub(super) fn minimum(&self) -> [f64; 2] {
        let curvature = 2.0 * self.factor * self.moments.spread;
        let pull = curvature * self.moments.slope;
        let left = (pull.abs() - self.line.l1).max(0.0);
        let stiffness = curvature + self.line.l2;
        let w = if stiffness > 0.0 { left.copysign(pull) / stiffness } else { 0.0 };
        [w, self.moments.intercept(w)]
    }

    /// The same of a line with this many parameters, where no other line is as good.
    fn only_minimum(&self, parameters: usize) -> Minima {
        let stiffness = 2.0 * self.factor * self.moments.spread + self.line.l2;
        if stiffness > 0.0 {
            Minima::One(self.minimum()[..parameters].to_vec())
        } else {
            Minima::Searched
        }
    }

    /// Half the sum of the gradients of r² over some samples, by w and by b.
    fn sums(&self, w: f64, b: f64, batch: &[usize]) -> [f64; 2] {
        let (x, y) = (self.line.x(), self.line.y());
        let mut sums = [0.0; 2];
        for &sample in batch {
            let residual = w * x[sample] + b - y[sample];
            sums[0] += residual * x[sample];
            sums[1] += residual;
        }
        let share = 2.0 * self.line.residuals.factor(batch.len()) / count(batch.len());
        sums.map(|sum| share * sum)
    }
}

impl Formula<1> for Squared {
    #[inline]
    fn value(&self, [w]: [f64; 1]) -> f64 {
        self.factor * self.moments.mean_square(w) + self.line.penalty(w)
    }

    #[inline]
    fn gradient(&self, [w]: [f64; 1]) -> [f64; 1] {
        [2.0 * self.factor * self.moments.half_slope(w) + self.line.penalty_slope(w)]
    }

    fn hessian(&self, _: [f64; 1]) -> [[f64; 1]; 1] {
        [[2.0 * self.factor * self.moments.spread + self.line.l2]]
    }

    fn data(&self) -> Option<&Samples> {
        Some(&self.line.samples)
    }

    fn predict(&self, [w]: [f64; 1], features: &[f64]) -> f64 {
        w * features[0]
    }

    fn batch_gradient(&self, [w]: [f64; 1], batch: &[usize]) -> [f64; 1] {
        [self.sums(w, 0.0, batch)[0] + self.line.penalty_slope(w)]
    }

    fn minima(&self) -> Minima {
        self.only_minimum(1)
    }

    fn is_quadratic(&self) -> bool {
        self.line.l1 == 0.0
    }
}

impl Formula<2> for Squared {
    #[inline]
    fn value(&self, [w, b]: [f64; 2]) -> f64 {
        let offset = self.moments.offset(w, b);
        self.factor * (self.moments.mean_square(w) + offset * offset) + self.line.penalty(w)
    }

    #[inline]
    fn gradient(&self, [w, b]: [f64; 2]) -> [f64; 2] {
        let Moments { mean_x, .. } = self.moments;
        let offset = self.moments.offset(w, b);
        let by_w = self.moments.half_slope(w) + mean_x * offset;
        [2.0 * self.factor * by_w + self.line.penalty_slope(w), 2.0 * self.factor * offset]
    }

    fn hessian(&self, _: [f64; 2]) -> [[f64; 2]; 2] {
        let Moments { spread, mean_x, .. } = self.moments;
        let twice = 2.0 * self.factor;
        let mixed = twice * mean_x;
        [[twice * (spread + mean_x * mean_x) + self.line.l2, mixed], [mixed, twice]]
    }

    fn data(&self) -> Option<&Samples> {
        Some(&self.line.samples)
    }

    fn predict(&self, [w, b]: [f64; 2], features: &[f64]) -> f64 {
        w * features[0] + b
    }

    fn batch_gradient(&self, [w, b]: [f64; 2], batch: &[usize]) -> [f64; 2] {
        let [by_w, by_b] = self.sums(w, b, batch);
        [by_w + self.line.penalty_slope(w), by_b]
    }

    fn minima(&self) -> Minima {
        self.only_minimum(2)
    }

    fn is_quadratic(&self) -> bool {
        self.line.l1 == 0.0
    }
}
