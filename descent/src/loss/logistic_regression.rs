//! Two classes told apart by a line, with or without an intercept, or by a place on an axis.

mod orientation;
mod python;
mod separation;
mod sums;

use std::cell::Cell;
use std::cell::OnceCell;
use std::rc::Rc;

use super::super::Named;
use super::super::data::{self, CLASSIFICATION, Samples, mean, recipe, standardized};
use super::linear_regression::{STANDARDIZE, penalty};
use super::residual::{count, place};
use super::{Curvature, Formula, Knob, LossRule, Minima, Python, Setting, Words, build};
use separation::are_separable;
use sums::{Signed, chance};

thread_local! {
    /// Whether the latest samples, by their fingerprint, are separable with an intercept or
    /// without: start, window and minima all ask, and hundreds of thousands take long.
    static LATEST: Cell<Option<(u64, bool, bool)>> = const { Cell::new(None) };
}

static DATA: [Named; CLASSIFICATION_COUNT] = data::names(&CLASSIFICATION);
const CLASSIFICATION_COUNT: usize = CLASSIFICATION.len();

pub(super) static RULE: LossRule = LossRule {
    key: "logistic_regression",
    name: Words { en: "Logistic regression", zh: "逻辑回归" },
    formula,
    source: "Cox, Journal of the Royal Statistical Society B 20 (1958) 215",
    knobs: &[
        Knob::choice("data", Words { en: "Data", zh: "数据" }, &DATA),
        Knob::switch("intercept", Words { en: "Intercept b", zh: "截距 b" }, false),
        penalty("l2", Words { en: "L2 penalty λ₂", zh: "L2 正则化 λ₂" }),
        STANDARDIZE,
        recipe::COUNT,
        recipe::NOISE,
        recipe::OUTLIERS,
        recipe::DATA_SEED,
    ],
    start: |setting| vec![0.0; dimension(setting)],
    window: |setting| on(setting, |model| model.window()),
    rates: |setting| {
        // Nowhere else does it curve as much.
        let largest = on(setting, |model| model.largest_curvature());
        // Samples at 0 say nothing.
        let largest = if largest > 0.0 { largest } else { 1.0 };
        [0.01 / largest, 20.0 / largest]
    },
    has_constant_hessian: |_| false,
    sets: &CLASSIFICATION,
    applies: |knobs, knob| knob < COUNT_PLACE || CLASSIFICATION[place(knobs[0])].is_made_up(),
    lowest: |setting| on(setting, |model| model.lowest()),
    minima: |setting| on(setting, |model| model.isolated_minimum().into_iter().collect()),
    python: Python::OnData(python::lines),
    build: |setting| match dimension(setting) {
        1 => build::<1, _>(LogisticRegression::<1>::new(setting)),
        2 => build::<2, _>(LogisticRegression::<2>::new(setting)),
        _ => build::<3, _>(LogisticRegression::<3>::new(setting)),
    },
};

const INTERCEPT_PLACE: usize = 1;
const L2_PLACE: usize = 2;
const STANDARDIZE_PLACE: usize = 3;
const COUNT_PLACE: usize = 4;

fn formula(setting: &Setting) -> String {
    let has_intercept = setting[INTERCEPT_PLACE] > 0.0;
    let (weights, sum) = if RULE.features(setting) == 1 {
        ("w²", "w xᵢ")
    } else {
        ("‖w‖²", "w₁x₁ + w₂x₂")
    };
    let (parameters, b) = if has_intercept { ("w, b", " + b") } else { ("w", "") };
    format!("J({parameters}) = 1/m Σ(ln(1 + exp zᵢ) − yᵢ zᵢ) + λ₂/2 {weights}, z = {sum}{b}")
}

/// How many parameters there are: a weight a feature, and the intercept.
fn dimension(setting: &Setting) -> usize {
    RULE.features(setting) + usize::from(setting[INTERCEPT_PLACE] > 0.0)
}

/// What is asked of a logistic regression whatever its number of parameters.
trait Model {
    fn window(&self) -> [f64; 4];
    fn largest_curvature(&self) -> f64;
    fn lowest(&self) -> f64;
    fn isolated_minimum(&self) -> Option<Vec<f64>>;
}

fn on<T>(setting: &Setting, ask: impl FnOnce(&dyn Model) -> T) -> T {
    match dimension(setting) {
        1 => ask(&LogisticRegression::<1>::new(setting)),
        2 => ask(&LogisticRegression::<2>::new(setting)),
        _ => ask(&LogisticRegression::<3>::new(setting)),
    }
}

/// With `D` parameters: the weights of the features, then the intercept where there is one.
#[derive(Clone)]
struct LogisticRegression<const D: usize> {
    /// In the units that it works in.
    samples: Samples,
    signed: Rc<Signed<D>>,
    has_intercept: bool,
    l2: f64,
    /// Found when it is first asked for.
    known_minima: OnceCell<Minima>,
    /// As they are without an intercept; with one as they were before anything was scaled,
    /// since that does not change whether a line tells the classes apart.
    raw: Samples,
}

/// The feature of a parameter: a column, or 1 for the intercept.
fn feature(samples: &Samples, parameter: usize, sample: usize) -> f64 {
    if parameter < samples.features() { samples.column(parameter)[sample] } else { 1.0 }
}

impl<const D: usize> LogisticRegression<D> {
    fn new(setting: &Setting) -> Self {
        let raw = RULE.samples(setting);
        let mut samples = raw.clone();
        if setting[STANDARDIZE_PLACE] > 0.0 {
            samples = on_features(&samples, standardized);
        }
        let signed = Signed::new(|d, sample| feature(&samples, d, sample), samples.target());
        let has_intercept = setting[INTERCEPT_PLACE] > 0.0;
        Self {
            signed: Rc::new(signed),
            raw: if has_intercept { raw } else { samples.clone() },
            samples,
            has_intercept,
            l2: setting[L2_PLACE],
            known_minima: OnceCell::new(),
        }
    }

    fn share(&self) -> f64 {
        1.0 / count(self.samples.len())
    }

    /// How many of the parameters are weights, which are penalised.
    fn weights(&self) -> usize {
        D - usize::from(self.has_intercept)
    }

    fn penalty(&self, theta: [f64; D]) -> f64 {
        let mut squares = 0.0;
        for w in &theta[..self.weights()] {
            squares += w * w;
        }
        0.5 * self.l2 * squares
    }

    /// Whether a line tells the classes apart.
    fn is_separable(&self) -> bool {
        let key = (self.raw.fingerprint(), self.has_intercept);
        if let Some((samples, has_intercept, known)) = LATEST.get()
            && (samples, has_intercept) == key
        {
            return known;
        }
        let separable = {
            let samples = &self.raw;
            let is_plane = samples.features() > 1;
            let second = |sample: usize| if is_plane { samples.column(1)[sample] } else { 0.0 };
            let xs = samples.column(0).iter().enumerate();
            let points: Vec<[f64; 2]> = xs.map(|(sample, x)| [*x, second(sample)]).collect();
            are_separable(&points, samples.target(), self.has_intercept)
        };
        LATEST.set(Some((key.0, key.1, separable)));
        separable
    }

    /// Whether one class alone is there: then nothing holds the intercept back.
    fn has_one_class(&self) -> bool {
        let classes = self.samples.target();
        classes.iter().all(|class| *class == classes[0])
    }

    /// The minimum; none where there is none.
    fn minimum(&self) -> Option<[f64; D]> {
        if Formula::lacks_minimum(self) {
            return None;
        }
        if !self.has_intercept {
            return Some(self.newton());
        }
        // Around the middle of the samples b hardly hangs on w; years would leave few digits.
        let middles: Vec<f64> =
            (0..self.weights()).map(|column| mean(self.samples.column(column))).collect();
        let centred = on_features(&self.samples, |column| {
            let middle = mean(column);
            column.iter().map(|x| x - middle).collect()
        });
        let signed = Signed::new(|d, sample| feature(&centred, d, sample), centred.target());
        let mut theta = Self { signed: Rc::new(signed), ..self.clone() }.newton();
        for (parameter, middle) in middles.iter().enumerate() {
            theta[D - 1] -= theta[parameter] * middle;
        }
        Some(theta)
    }

    /// The minimum by Newton's method with halved steps.
    fn newton(&self) -> [f64; D] {
        let mut at = [0.0; D];
        for _ in 0..100 {
            let mut hessian = self.hessian(at);
            for (row, entries) in hessian.iter_mut().enumerate() {
                // Samples on one line through the origin say nothing of the other
                // direction: there it stays.
                let entry = entries[row];
                entries[row] = if entry > 0.0 { entry * (1.0 + 1e-12) } else { 1.0 };
            }
            let step = solved(hessian, self.gradient(at).map(|slope| -slope));
            let value = self.value(at);
            let moved = |part: f64| core::array::from_fn(|axis| at[axis] + part * step[axis]);
            let parts = [1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125];
            let Some(next) = parts.into_iter().map(moved).find(|next| self.value(*next) < value)
            else {
                // At the bottom: a last step takes the digits that the loss does
                // not show.
                return moved(1.0);
            };
            at = next;
        }
        at
    }
}

impl<const D: usize> Model for LogisticRegression<D> {
    fn largest_curvature(&self) -> f64 {
        Curvature::of_symmetric(self.hessian([0.0; D]).as_flattened()).max
    }

    fn lowest(&self) -> f64 {
        self.minimum().map_or(0.0, |minimum| self.value(minimum))
    }

    fn isolated_minimum(&self) -> Option<Vec<f64>> {
        let minimum = self.minimum()?;
        // Samples on one line have a valley instead of a minimum.
        let hessian = self.hessian(minimum);
        let curvature = Curvature::of_symmetric(hessian.as_flattened());
        // That of columns of one length: metres and millimetres are no valley.
        let scaled: Vec<f64> = (0..D * D)
            .map(|at| {
                let (row, column) = (at / D, at % D);
                hessian[row][column] / (hessian[row][row] * hessian[column][column]).sqrt()
            })
            .collect();
        let angles = Curvature::of_symmetric(&scaled);
        let is_isolated = curvature.min > 1e-9 * curvature.max || angles.min > 1e-9;
        is_isolated.then(|| minimum.to_vec())
    }

    /// Holds the origin and the minimum, or where it would be under a penalty that
    /// is small beside the curvature.
    fn window(&self) -> [f64; 4] {
        let hessian = self.hessian([0.0; D]);
        let curvature: f64 = (0..self.weights()).map(|axis| hessian[axis][axis]).sum();
        let l2 = self.l2 + 0.002 * curvature;
        let penalized = Self { l2, known_minima: OnceCell::new(), ..self.clone() };
        let ends = [Some([0.0; D]), self.minimum(), penalized.minimum()];
        let side = |axis: usize| {
            let ends = ends.iter().flatten().map(|end| end[axis.min(D - 1)]);
            let low = ends.clone().fold(f64::INFINITY, f64::min);
            let high = ends.fold(f64::NEG_INFINITY, f64::max);
            [low, high]
        };
        let [[x0, x1], [y0, y1]] = [side(0), side(1)];
        // An intercept has another unit than the weights: each side has its own width.
        let widest = (x1 - x0).max(y1 - y0);
        let margin = |low: f64, high: f64| {
            let width = if self.has_intercept { high - low } else { widest };
            // At the middle of two classes is the minimum where they are the same.
            if width > 1e-9 { 0.4 * width } else { 1.0 }
        };
        let (x, y) = (margin(x0, x1), margin(y0, y1));
        [x0 - x, x1 + x, y0 - y, y1 + y]
    }
}

/// The samples with something made of each feature.
fn on_features(samples: &Samples, change: impl Fn(&[f64]) -> Vec<f64>) -> Samples {
    let columns = samples.columns().iter().enumerate().map(|(place, column)| {
        let is_feature = place < samples.features();
        if is_feature { change(&column.numbers) } else { column.numbers.clone() }
    });
    samples.with_numbers(columns.collect::<Vec<_>>())
}

/// The solution of a system with a symmetric, positive matrix (Cholesky; Golub and Van
/// Loan, *Matrix Computations* (2013), section 4.2).
fn solved<const D: usize>(mut matrix: [[f64; D]; D], mut right: [f64; D]) -> [f64; D] {
    for row in 0..D {
        for column in 0..=row {
            let known = matrix[row].iter().zip(&matrix[column]).take(column);
            let entry = matrix[row][column] - known.map(|(a, b)| a * b).sum::<f64>();
            matrix[row][column] = if row == column {
                // What rounding has made of 0.
                entry.max(1e-30 * matrix[row][row]).sqrt()
            } else {
                entry / matrix[column][column]
            };
        }
    }
    for row in 0..D {
        for k in 0..row {
            right[row] -= matrix[row][k] * right[k];
        }
        right[row] /= matrix[row][row];
    }
    for row in (0..D).rev() {
        for k in row + 1..D {
            right[row] -= matrix[k][row] * right[k];
        }
        right[row] /= matrix[row][row];
    }
    right
}

impl<const D: usize> Formula<D> for LogisticRegression<D> {
    fn value(&self, theta: [f64; D]) -> f64 {
        self.share() * self.signed.loss(theta) + self.penalty(theta)
    }

    fn gradient(&self, theta: [f64; D]) -> [f64; D] {
        self.value_and_gradient(theta).1
    }

    fn value_and_gradient(&self, theta: [f64; D]) -> (f64, [f64; D]) {
        let (loss, by_each) = self.signed.loss_and_slopes(theta);
        let share = self.share();
        let mut slopes = by_each.map(|slope| share * slope);
        for (slope, w) in slopes.iter_mut().zip(&theta).take(self.weights()) {
            *slope += self.l2 * w;
        }
        (share * loss + self.penalty(theta), slopes)
    }

    fn hessian(&self, theta: [f64; D]) -> [[f64; D]; D] {
        let share = self.share();
        let mut hessian = self.signed.bends(theta).map(|row| row.map(|sum| share * sum));
        for (axis, row) in hessian.iter_mut().enumerate().take(self.weights()) {
            row[axis] += self.l2;
        }
        hessian
    }

    fn lacks_minimum(&self) -> bool {
        if self.l2 > 0.0 { self.has_intercept && self.has_one_class() } else { self.is_separable() }
    }

    fn data(&self) -> Option<&Samples> {
        Some(&self.samples)
    }

    fn cost(&self) -> usize {
        self.samples.len()
    }

    fn has_dear_curvature(&self) -> bool {
        self.samples.len() > 10_000
    }

    fn predict(&self, theta: [f64; D], features: &[f64]) -> f64 {
        let mut z = 0.0;
        for (w, x) in theta.iter().zip(features.iter().chain(&[1.0])) {
            z += w * x;
        }
        chance(z)
    }

    fn batch_gradient(&self, theta: [f64; D], batch: &[usize]) -> [f64; D] {
        let mut sum = [0.0; D];
        for &sample in batch {
            let v = self.signed.of(sample);
            let mut z = theta[0] * v[0];
            for parameter in 1..D {
                z += theta[parameter] * v[parameter];
            }
            let wrong = chance(-z);
            for (sum, v) in sum.iter_mut().zip(v) {
                *sum -= wrong * v;
            }
        }
        let share = 1.0 / count(batch.len());
        let mut slopes = sum.map(|sum| share * sum);
        for (slope, w) in slopes.iter_mut().zip(&theta).take(self.weights()) {
            *slope += self.l2 * w;
        }
        slopes
    }

    fn minima(&self) -> Minima {
        let find = || match self.minimum() {
            None => Minima::None,
            Some(_) => self.isolated_minimum().map_or(Minima::Searched, Minima::One),
        };
        self.known_minima.get_or_init(find).clone()
    }
}
