//! A plane over two features.

use crate::linalg::dot;
use std::cell::RefCell;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

use super::super::super::data::Samples;
use super::super::residual::count;
use super::super::robust_fit::RobustFit;
use super::line::widened;
use super::{Curvature, FEATURES_PLACE, Formula, Line, Minima, RULE, Setting, place};
use crate::linalg::triangle::Triangle;

thread_local! {
    /// The latest one made: start, window, rates, minima and the loss itself are all asked
    /// for after each change, and hundreds of thousands of samples take long to go through.
    static LATEST: RefCell<Option<(Setting, TwoFeatures)>> = const { RefCell::new(None) };
}

/// ŷ = w₁x₁ + w₂x₂ (+ b): two or three parameters.
#[derive(Clone)]
pub(super) struct TwoFeatures {
    line: Line,
    squares: Rc<Squares>,
    /// The θ of the smallest loss where that has no formula, once it was asked for.
    fitted: Arc<OnceLock<Option<Vec<f64>>>>,
}

/// What squared residuals need to know of the samples.
struct Squares {
    /// Of the features and of y; with the intercept a third feature is 1 everywhere.
    plain: Triangle,
    /// The same with the penalty λ₂, and each feature divided by its unit.
    scaled: Triangle,
    units: Vec<f64>,
    /// Of squared error.
    curvature: Curvature,
}

impl TwoFeatures {
    /// None where the samples have one feature.
    pub(super) fn of(setting: &Setting) -> Option<Self> {
        if place(setting[FEATURES_PLACE]) < 2 || RULE.features(setting) < 2 {
            return None;
        }
        let latest = LATEST.with_borrow(|latest| {
            let (of, plane) = latest.as_ref()?;
            (of == setting).then(|| plane.clone())
        });
        Some(latest.unwrap_or_else(|| {
            let plane = Self::new(Line::new(setting));
            LATEST.set(Some((setting.clone(), plane.clone())));
            plane
        }))
    }

    fn new(line: Line) -> Self {
        let mut columns = columns(&line);
        columns.push(line.y().to_vec());
        let plain = Triangle::of(columns);
        // λ/2·w² beside f/m·r²: as a sum of squares λ·m/2f·w².
        let share = line.residuals.factor(line.samples.len()) / count(line.samples.len());
        let weight = (0.5 * line.l2 / share).sqrt();
        let penalised = plain.penalised(&[weight, weight]);
        // Whether a feature says something of its own does not hang on its unit.
        let mut columns = penalised.columns();
        let size = penalised.size();
        let units: Vec<f64> = columns[..size]
            .iter_mut()
            .map(|column| {
                let length = column.iter().map(|r| r * r).sum::<f64>().sqrt();
                let unit = if length > 0.0 { length } else { 1.0 };
                for r in column.iter_mut() {
                    *r /= unit;
                }
                unit
            })
            .collect();
        let scaled = Triangle::of(columns);
        let scale = 2.0 * share;
        let hessian: Vec<f64> = penalised.products().iter().map(|entry| scale * entry).collect();
        let squares = penalised.stretches().into_iter().map(|stretch| scale * stretch * stretch);
        let (min, max) =
            squares.fold((f64::INFINITY, 0.0_f64), |(min, max), s| (min.min(s), max.max(s)));
        let curvature = Curvature { min, max, ..Curvature::of_symmetric(&hessian) };
        let squares = Rc::new(Squares { plain, scaled, units, curvature });
        Self { line, squares, fitted: Arc::default() }
    }

    /// What a sum over so many samples is multiplied by.
    fn share(&self, samples: usize) -> f64 {
        self.line.residuals.factor(samples) / count(samples)
    }

    /// The features of a sample, 1 for the intercept.
    fn features<const D: usize>(&self, sample: usize) -> [f64; D] {
        let samples = &self.line.samples;
        core::array::from_fn(|at| if at < 2 { samples.column(at)[sample] } else { 1.0 })
    }

    fn residual<const D: usize>(&self, theta: [f64; D], features: [f64; D], sample: usize) -> f64 {
        dot(&theta, &features) - self.line.y()[sample]
    }

    fn penalty(&self, theta: &[f64]) -> f64 {
        theta.iter().take(2).map(|w| self.line.penalty(*w)).sum()
    }

    fn add_penalty_slopes(&self, theta: &[f64], gradient: &mut [f64]) {
        for (slope, w) in gradient.iter_mut().zip(theta).take(2) {
            *slope += self.line.penalty_slope(*w);
        }
    }

    /// The slopes of the error over some samples.
    fn slopes<const D: usize>(
        &self,
        theta: [f64; D],
        samples: impl ExactSizeIterator<Item = usize>,
    ) -> [f64; D] {
        let share = self.share(samples.len());
        let mut sums = [0.0; D];
        for sample in samples {
            let features = self.features(sample);
            let slope = self.line.residuals.slope(self.residual(theta, features, sample));
            sums.iter_mut().zip(features).for_each(|(sum, feature)| *sum += slope * feature);
        }
        let mut slopes = sums.map(|sum| share * sum);
        self.add_penalty_slopes(&theta, &mut slopes);
        slopes
    }

    fn squared_error(&self, residuals: &[f64]) -> f64 {
        let squares = dot(residuals, residuals) + self.squares.plain.rest;
        self.share(self.line.samples.len()) * squares
    }

    /// J of squared error.
    fn squared(&self, theta: &[f64]) -> f64 {
        let mut residuals = vec![0.0; theta.len()];
        self.squares.plain.residuals(theta, &mut residuals);
        self.squared_error(&residuals) + self.penalty(theta)
    }

    /// The θ of least squares, penalties included.
    fn least_squares(&self) -> Option<Vec<f64>> {
        let Squares { scaled, units, .. } = &*self.squares;
        if self.line.l1 == 0.0 {
            return scaled.solution().and_then(|theta| finite(theta, units));
        }
        // λ₁|w| has a slope of its own on each side of 0: with each weight at 0, above or
        // below it the minimum is that of a quadratic, and the lowest of those that lie
        // where they were looked for is that of the whole (Tibshirani 1996).
        let signs = [-1.0, 0.0, 1.0];
        let sides = signs.iter().flat_map(|a| signs.iter().map(move |b| [*a, *b]));
        let found = sides.filter_map(|side| self.on_side(side));
        found.min_by(|a, b| self.squared(a).total_cmp(&self.squared(b)))
    }

    /// The minimum where the weights have these signs; none where it lies elsewhere.
    fn on_side(&self, signs: [f64; 2]) -> Option<Vec<f64>> {
        let Squares { scaled, units, .. } = &*self.squares;
        let all = scaled.columns();
        let is_used = |at: &usize| signs.get(*at).is_none_or(|sign| *sign != 0.0);
        let used: Vec<usize> = (0..scaled.size()).filter(is_used).collect();
        let columns = used.iter().copied().chain([scaled.size()]).map(|at| all[at].clone());
        // f/m·‖r‖² + λ₁ s·w: half of what stands beside the sum of squares.
        let half = 0.5 * self.line.l1 / self.share(self.line.samples.len());
        let pull =
            used.iter().map(|at| signs.get(*at).map_or(0.0, |sign| half * sign / units[*at]));
        let solution =
            Triangle::of(columns.collect()).pulled_solution(&pull.collect::<Vec<_>>())?;
        let mut theta = vec![0.0; scaled.size()];
        used.iter().zip(solution).for_each(|(at, w)| theta[*at] = w);
        let is_there = |(w, sign): (&f64, &f64)| w * sign > 0.0 || *sign == 0.0;
        theta.iter().zip(&signs).all(is_there).then_some(theta).and_then(|w| finite(w, units))
    }

    /// The minimum, where it is the only one and has a formula.
    pub(super) fn minimum(&self) -> Option<Vec<f64>> {
        if self.line.is_squared() { self.least_squares() } else { None }
    }

    /// The θ of the smallest loss where kinks or bends leave it without a formula.
    fn fitted(&self) -> Option<Vec<f64>> {
        let fit = || {
            let fit = RobustFit {
                columns: columns(&self.line),
                target: self.line.y().to_vec(),
                residuals: &self.line.residuals,
                share: self.share(self.line.samples.len()),
                penalties: [self.line.l1, self.line.l2],
                intercept: self.line.has_intercept.then_some(2),
            };
            fit.minimum()
        };
        self.fitted.get_or_init(fit).clone()
    }

    /// A bound from below that is reached where there is a [`Self::minimum`].
    pub(super) fn lowest(&self) -> f64 {
        if !self.line.is_squared() {
            return 0.0;
        }
        let reached = self.least_squares().map(|theta| self.squared(&theta));
        let rest = || self.share(self.line.samples.len()) * self.squares.plain.rest;
        Some(reached.unwrap_or_else(rest)).filter(|lowest| lowest.is_finite()).unwrap_or(0.0)
    }

    /// About the limit of squared residuals, 2/λ_max; of other errors, whose slope is
    /// bounded, about the rate whose step reaches from 0 to least squares.
    pub(super) fn rates(&self) -> [f64; 2] {
        let largest = Some(self.squares.curvature.max).filter(|l| *l > 0.0).unwrap_or(1.0);
        if self.line.is_squared() {
            return [0.01 / largest, 5.0 / largest];
        }
        let theta = self.least_squares().unwrap_or_default();
        let far = dot(&theta, &theta).sqrt();
        let slope = (largest * self.line.residuals.factor(self.line.samples.len())).sqrt();
        let reach = if far > 0.0 { far / slope } else { 1.0 / largest };
        [0.002 * reach, 2.0 * reach]
    }

    /// The part of the plane of both weights around 0 and least squares.
    pub(super) fn window(&self) -> [f64; 4] {
        let theta = self.least_squares().unwrap_or_else(|| vec![1.0; 2]);
        let side = |w: f64| {
            let margin = 0.5 * w.abs();
            [w.min(0.0) - margin, w.max(0.0) + margin]
        };
        let ([x0, x1], [y0, y1]) = (side(theta[0]), side(theta[1]));
        widened([x0, x1, y0, y1])
    }
}

impl<const D: usize> Formula<D> for TwoFeatures {
    fn value(&self, theta: [f64; D]) -> f64 {
        if self.line.is_squared() {
            let mut residuals = [0.0; D];
            self.squares.plain.residuals(&theta, &mut residuals);
            return self.squared_error(&residuals) + self.penalty(&theta);
        }
        let mut sum = 0.0;
        for sample in 0..self.line.samples.len() {
            sum += self.line.residuals.size(self.residual(theta, self.features(sample), sample));
        }
        self.share(self.line.samples.len()) * sum + self.penalty(&theta)
    }

    fn gradient(&self, theta: [f64; D]) -> [f64; D] {
        if !self.line.is_squared() {
            return self.slopes(theta, 0..self.line.samples.len());
        }
        let (mut residuals, mut gradient) = ([0.0; D], [0.0; D]);
        self.squares.plain.residuals(&theta, &mut residuals);
        self.squares.plain.pull_back(&residuals, &mut gradient);
        let twice = 2.0 * self.share(self.line.samples.len());
        for slope in &mut gradient {
            *slope *= twice;
        }
        self.add_penalty_slopes(&theta, &mut gradient);
        gradient
    }

    fn hessian(&self, theta: [f64; D]) -> [[f64; D]; D] {
        let share = self.share(self.line.samples.len());
        let mut hessian = [[0.0; D]; D];
        if self.line.is_squared() {
            let entries = hessian.as_flattened_mut().iter_mut();
            entries
                .zip(self.squares.plain.products())
                .for_each(|(entry, product)| *entry = 2.0 * share * product);
        } else {
            for sample in 0..self.line.samples.len() {
                let features = self.features(sample);
                let bend = self.line.residuals.bend(self.residual(theta, features, sample));
                for (row, a) in hessian.iter_mut().zip(features) {
                    row.iter_mut().zip(features).for_each(|(entry, b)| *entry += bend * a * b);
                }
            }
            hessian.as_flattened_mut().iter_mut().for_each(|entry| *entry *= share);
        }
        for (axis, row) in hessian.iter_mut().enumerate().take(2) {
            row[axis] += self.line.l2;
        }
        hessian
    }

    fn curvature(&self, _: [f64; D]) -> Option<Curvature> {
        self.line.is_squared().then_some(self.squares.curvature)
    }

    fn minima(&self) -> Minima {
        self.minimum().or_else(|| self.fitted()).map_or(Minima::Searched, Minima::One)
    }

    fn is_quadratic(&self) -> bool {
        self.line.is_squared() && self.line.l1 == 0.0
    }

    fn data(&self) -> Option<&Samples> {
        Some(&self.line.samples)
    }

    fn cost(&self) -> usize {
        // A sample costs an eighth of an exponential; of squares a triangle is enough.
        if self.line.is_squared() { 0 } else { self.line.samples.len() / 8 }
    }

    fn has_dear_curvature(&self) -> bool {
        !self.line.is_squared()
    }

    fn predict(&self, theta: [f64; D], features: &[f64]) -> f64 {
        theta.iter().zip(features.iter().chain(&[1.0])).map(|(w, x)| w * x).sum()
    }

    fn batch_gradient(&self, theta: [f64; D], batch: &[usize]) -> [f64; D] {
        self.slopes(theta, batch.iter().copied())
    }
}

/// The features, column by column; with an intercept a third that is 1 everywhere.
fn columns(line: &Line) -> Vec<Vec<f64>> {
    let mut columns: Vec<Vec<f64>> = (0..2).map(|at| line.samples.column(at).to_vec()).collect();
    if line.has_intercept {
        columns.push(vec![1.0; line.samples.len()]);
    }
    columns
}

/// In units of the features themselves; none where that leaves the range of numbers.
fn finite(mut theta: Vec<f64>, units: &[f64]) -> Option<Vec<f64>> {
    theta.iter_mut().zip(units).for_each(|(w, unit)| *w /= unit);
    theta.iter().all(|w| w.is_finite()).then_some(theta)
}
