//! The curve, its samples, and how well it fits them.

use crate::linalg::dot;
use std::cell::RefCell;
use std::sync::{Arc, OnceLock};

use super::super::super::data::{Samples, mean};
use super::super::super::run::advance_many;
use super::super::residual::{Error, Residuals, count};
use super::super::robust_fit::RobustFit;
use super::super::{Curvature, Descent, Loss, Minima, Optimizer, Plane, Progress, Setting};
use super::basis::{Basis, MOST};
use super::split::{columns, split, standardized};
use super::{
    BASIS_PLACE, DEGREE_PLACE, ERROR_PLACE, L1_PLACE, L2_PLACE, REDUCTION_PLACE, RULE,
    STANDARDIZE_PLACE,
};
use crate::linalg::triangle::Triangle;

thread_local! {
    /// The latest one made: start, window, rates, minima and the loss itself are all asked
    /// for after each change, and hundreds of thousands of samples are dear to go through.
    static LATEST: RefCell<Option<(Setting, Curve)>> = const { RefCell::new(None) };
}

/// A polynomial regression.
#[derive(Clone)]
pub(super) struct Curve {
    /// All of them, in the units that the curve works in.
    samples: Samples,
    trained: Vec<usize>,
    held_out: Vec<usize>,
    pub(super) basis: Basis,
    /// d, one more than the degree.
    size: usize,
    residuals: Residuals,
    l1: f64,
    l2: f64,
    /// Of the samples learnt from.
    squares: Triangle,
    /// The same with `l2`.
    penalised: Triangle,
    /// Of the samples held out.
    held_out_squares: Triangle,
    /// Of squared error.
    curvature: Curvature,
    /// The θ of the smallest loss where that has no formula, once it was asked for.
    fitted: Arc<OnceLock<Option<Vec<f64>>>>,
}

impl Curve {
    pub(super) fn new(setting: &Setting) -> Self {
        let latest = LATEST.with_borrow(|latest| {
            let (of, curve) = latest.as_ref()?;
            (of == setting).then(|| curve.clone())
        });
        latest.unwrap_or_else(|| {
            let curve = Self::made(setting);
            LATEST.set(Some((setting.clone(), curve.clone())));
            curve
        })
    }

    fn made(setting: &Setting) -> Self {
        let samples = RULE.samples(setting);
        let [held_out, trained] = split(setting, samples.len());
        let samples = if setting[STANDARDIZE_PLACE] > 0.0 {
            let columns = samples.columns().iter();
            samples.with_numbers(columns.map(|column| standardized(&column.numbers, &trained)))
        } else {
            samples
        };
        let x: Vec<f64> = trained.iter().map(|sample| samples.column(0)[*sample]).collect();
        let basis = Basis::of(setting[BASIS_PLACE], &x);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "1 to 12")]
        let size = setting[DEGREE_PLACE] as usize + 1;
        let residuals =
            Residuals::of(setting[REDUCTION_PLACE], setting[ERROR_PLACE], setting[ERROR_PLACE + 1]);
        let (l1, l2) = (setting[L1_PLACE], setting[L2_PLACE]);
        let squares = Triangle::of(columns(basis, size, &samples, &trained));
        let held_out_squares = Triangle::of(columns(basis, size, &samples, &held_out));
        // λ/2·w² beside f/m·r²: as a sum of squares λ·m/2f·w².
        let weight = residuals.factor(trained.len()) / count(trained.len());
        let mut weights = vec![(0.5 * l2 / weight).sqrt(); size];
        weights[0] = 0.0;
        let penalised = squares.penalised(&weights);
        let curvature = curvature(&penalised, 2.0 * weight);
        Self {
            samples,
            trained,
            held_out,
            basis,
            size,
            residuals,
            l1,
            l2,
            squares,
            penalised,
            held_out_squares,
            curvature,
            fitted: Arc::default(),
        }
    }

    pub(super) fn is_squared(&self) -> bool {
        self.residuals.error == Error::Squared
    }

    /// What the mean of the errors is multiplied by, over m.
    fn share(&self, samples: usize) -> f64 {
        self.residuals.factor(samples) / count(samples)
    }

    /// About the limit of squared residuals, 2/λ_max; of other errors, whose slope is
    /// bounded, about the rate whose step moves the curve as far as the samples lie.
    pub(super) fn rates(&self) -> [f64; 2] {
        let largest = self.curvature.max;
        let y = self.samples.target();
        let size = mean(&y.iter().map(|y| y * y).collect::<Vec<f64>>()).sqrt();
        let reach = if self.is_squared() || size == 0.0 { 1.0 } else { 2.0 * size };
        let unit = reach / largest;
        let unit = if unit.is_finite() && unit > 0.0 { unit.clamp(1e-250, 1e250) } else { 1.0 };
        [if self.is_squared() { 0.01 } else { 0.002 } * unit, 5.0 * unit]
    }

    /// The θ of the smallest loss, where it is the only one and has a formula.
    pub(super) fn minimum(&self) -> Option<Vec<f64>> {
        if !self.is_squared() || self.l1 > 0.0 {
            return None;
        }
        self.penalised.solution().filter(|theta| theta.iter().all(|w| w.is_finite()))
    }

    /// The θ of the smallest loss where kinks or bends leave it without a formula.
    fn fitted(&self) -> Option<Vec<f64>> {
        let fit = || {
            let mut all = columns(self.basis, self.size, &self.samples, &self.trained);
            let target = all.pop()?;
            let fit = RobustFit {
                columns: all,
                target,
                residuals: &self.residuals,
                share: self.share(self.trained.len()),
                penalties: [self.l1, self.l2],
                intercept: Some(0),
            };
            fit.minimum()
        };
        self.fitted.get_or_init(fit).clone()
    }

    /// A bound from below that is reached where there is a [`Self::minimum`].
    pub(super) fn lowest(&self) -> f64 {
        let lowest = match (self.minimum(), self.is_squared()) {
            (Some(theta), _) => self.value(&theta),
            (None, true) => self.share(self.trained.len()) * self.penalised.rest,
            (None, false) => 0.0,
        };
        if lowest.is_finite() { lowest } else { 0.0 }
    }

    /// The part of the plane of the first two parameters around the origin and the
    /// minimum.
    pub(super) fn window(&self) -> [f64; 4] {
        let minimum = self.minimum().unwrap_or_else(|| vec![1.0; self.size]);
        let side = |w: f64| {
            let margin = 0.5 * w.abs().max(1e-3);
            [w.min(0.0) - margin, w.max(0.0) + margin]
        };
        let ([x0, x1], [y0, y1]) = (side(minimum[0]), side(minimum[1]));
        [x0, x1, y0, y1]
    }

    /// Of all weights but the first, which only lifts the curve.
    fn penalty(&self, theta: &[f64]) -> f64 {
        let weights = || theta.iter().skip(1);
        0.5 * self.l2 * weights().map(|w| w * w).sum::<f64>()
            + self.l1 * weights().map(|w| w.abs()).sum::<f64>()
    }

    /// Adds the derivative of [`Self::penalty`]; of |w| at 0 it is called 0.
    fn add_penalty_slope(&self, theta: &[f64], gradient: &mut [f64]) {
        for (slope, w) in gradient.iter_mut().zip(theta).skip(1) {
            let sign = if *w == 0.0 { 0.0 } else { w.signum() };
            *slope += self.l2 * w + self.l1 * sign;
        }
    }

    /// Hands the residual of each of some samples and its functions of x to `take`.
    fn each(&self, theta: &[f64], samples: &[usize], mut take: impl FnMut(f64, &[f64])) {
        let (x, y) = (self.samples.column(0), self.samples.target());
        let mut features = [0.0; MOST];
        let features = &mut features[..theta.len()];
        for &sample in samples {
            self.basis.write(x[sample], features);
            take(dot(features, theta) - y[sample], features);
        }
    }

    /// The mean or sum of the errors over some samples, as the reduction of `counted` of
    /// them.
    fn error(&self, theta: &[f64], samples: &[usize], counted: usize) -> f64 {
        let mut sum = 0.0;
        self.each(theta, samples, |residual, _| sum += self.residuals.size(residual));
        self.residuals.factor(counted) / count(samples.len()) * sum
    }

    /// Writes the gradient of the loss over some samples, without the penalties.
    fn sum_slopes(&self, theta: &[f64], samples: &[usize], gradient: &mut [f64]) {
        gradient.fill(0.0);
        let share = self.share(samples.len());
        self.each(theta, samples, |residual, features| {
            let slope = share * self.residuals.slope(residual);
            for (out, feature) in gradient.iter_mut().zip(features) {
                *out += slope * feature;
            }
        });
    }

    /// For J on a plane: what stands for the residuals is linear in its coordinates, so
    /// it is enough to know it at the origin and along the axes.
    fn residuals_on(&self, plane: &Plane) -> [Vec<f64>; 3] {
        if self.is_squared() {
            let [mut at, mut u, mut v] = [const { Vec::new() }; 3].map(|mut row: Vec<f64>| {
                row.resize(self.size, 0.0);
                row
            });
            self.squares.residuals(plane.origin(), &mut at);
            self.squares.image(&plane.axes()[0], &mut u);
            self.squares.image(&plane.axes()[1], &mut v);
            return [at, u, v];
        }
        let y = self.samples.target();
        let of = |theta: &[f64], is_vector: bool| {
            let mut row = Vec::with_capacity(self.trained.len());
            self.each(theta, &self.trained, |residual, _| row.push(residual));
            if is_vector {
                row.iter_mut().zip(&self.trained).for_each(|(r, sample)| *r += y[*sample]);
            }
            row
        };
        let [u, v] = plane.axes();
        [of(plane.origin(), false), of(u, true), of(v, true)]
    }
}

impl Loss for Curve {
    fn dimension(&self) -> usize {
        self.size
    }

    fn value(&self, theta: &[f64]) -> f64 {
        let mut gradient = [0.0; MOST];
        self.value_and_gradient(theta, &mut gradient[..theta.len()])
    }

    fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        let m = self.trained.len();
        let share = self.share(m);
        let error = if self.is_squared() {
            let mut residuals = [0.0; MOST];
            let residuals = &mut residuals[..theta.len()];
            self.squares.residuals(theta, residuals);
            self.squares.pull_back(residuals, gradient);
            for slope in gradient.iter_mut() {
                *slope *= 2.0 * share;
            }
            share * (dot(residuals, residuals) + self.squares.rest)
        } else {
            self.sum_slopes(theta, &self.trained, gradient);
            self.error(theta, &self.trained, m)
        };
        self.add_penalty_slope(theta, gradient);
        error + self.penalty(theta)
    }

    fn data(&self) -> Option<&Samples> {
        Some(&self.samples)
    }

    fn trained(&self) -> Option<&[usize]> {
        Some(&self.trained)
    }

    fn predict(&self, theta: &[f64], features: &[f64]) -> f64 {
        let mut functions = [0.0; MOST];
        let functions = &mut functions[..theta.len().min(MOST)];
        self.basis.write(features.first().copied().unwrap_or_default(), functions);
        dot(functions, theta)
    }

    fn held_out_loss(&self, theta: &[f64]) -> Option<f64> {
        let (m, held_out) = (self.trained.len(), &self.held_out);
        if held_out.is_empty() {
            return None;
        }
        if !self.is_squared() {
            return Some(self.error(theta, held_out, m));
        }
        let mut residuals = [0.0; MOST];
        let residuals = &mut residuals[..theta.len()];
        self.held_out_squares.residuals(theta, residuals);
        let sum = dot(residuals, residuals) + self.held_out_squares.rest;
        Some(self.residuals.factor(m) / count(held_out.len()) * sum)
    }

    fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
        if batch.is_empty() {
            self.value_and_gradient(theta, gradient);
            return;
        }
        let samples: Vec<usize> = batch.iter().map(|place| self.trained[*place]).collect();
        self.sum_slopes(theta, &samples, gradient);
        self.add_penalty_slope(theta, gradient);
    }

    fn minima(&self) -> Minima {
        self.minimum().or_else(|| self.fitted()).map_or(Minima::Searched, Minima::One)
    }

    fn is_quadratic(&self) -> bool {
        self.is_squared() && self.l1 == 0.0
    }

    fn begins_with_intercept(&self) -> bool {
        true
    }

    fn curvature(&self, theta: &[f64]) -> Option<Curvature> {
        if self.is_squared() {
            return Some(self.curvature);
        }
        let mut hessian = vec![0.0; theta.len() * theta.len()];
        self.hessian(theta, &mut hessian);
        Some(Curvature::of_symmetric(&hessian))
    }

    fn has_dear_curvature(&self) -> bool {
        !self.is_squared()
    }

    fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool {
        let d = theta.len();
        let share = self.share(self.trained.len());
        if self.is_squared() {
            out.copy_from_slice(&self.squares.products());
            for entry in out.iter_mut() {
                *entry *= 2.0 * share;
            }
        } else {
            out.fill(0.0);
            self.each(theta, &self.trained, |residual, features| {
                let bend = share * self.residuals.bend(residual);
                for (row, a) in out.chunks_exact_mut(d).zip(features) {
                    row.iter_mut().zip(features).for_each(|(entry, b)| *entry += bend * a * b);
                }
            });
        }
        out.iter_mut().step_by(d + 1).skip(1).for_each(|entry| *entry += self.l2);
        true
    }

    fn fill_plane(&self, plane: &Plane, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let [at, along_x, along_y] = self.residuals_on(plane);
        let (share, is_squared) = (self.share(self.trained.len()), self.is_squared());
        let rest = if is_squared { self.squares.rest } else { 0.0 };
        let mut theta = vec![0.0; self.size];
        let mut row_at = at.clone();
        for (row, &y) in out.chunks_exact_mut(xs.len()).zip(ys) {
            for ((residual, at), by_y) in row_at.iter_mut().zip(&at).zip(&along_y) {
                *residual = at + y * by_y;
            }
            for (out, &x) in row.iter_mut().zip(xs) {
                let residuals = row_at.iter().zip(&along_x).map(|(at, by_x)| at + x * by_x);
                let sum: f64 = if is_squared {
                    residuals.map(|residual| residual * residual).sum()
                } else {
                    residuals.map(|residual| self.residuals.size(residual)).sum()
                };
                *out = share * (sum + rest);
                if self.l1 > 0.0 || self.l2 > 0.0 {
                    plane.point([x, y], &mut theta);
                    *out += self.penalty(&theta);
                }
            }
        }
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

/// Of `scale`/2 times the sum of squares.
fn curvature(triangle: &Triangle, scale: f64) -> Curvature {
    let size = triangle.size();
    let hessian: Vec<f64> = triangle.products().iter().map(|entry| scale * entry).collect();
    let of_hessian = Curvature::of_symmetric(&hessian);
    if size <= 2 {
        return of_hessian;
    }
    let squares: Vec<f64> = triangle.stretches().iter().map(|s| scale * s * s).collect();
    let min = squares.iter().copied().fold(f64::INFINITY, f64::min);
    let max = squares.iter().copied().fold(0.0, f64::max);
    Curvature { min, max, ..of_hessian }
}
