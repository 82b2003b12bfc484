//! The fit of the least loss where the loss has kinks or Huber's bends.
//!
//! All of a regression's terms are one kind: a weight times Huber's function of a number
//! that is linear in θ. A squared residual has no threshold, |r| and λ₁|w| have the
//! threshold 0. For thresholds above 0 the loss has a gradient, its slopes are piecewise
//! linear, and Newton's method with an exact line search comes to its minimum in finitely
//! many steps. The thresholds that should be 0 are lowered in turns; terms that stay within
//! them are those that meet 0 at the minimum, and there the rest of θ follows from linear
//! equations. Source: Madsen and Nielsen, *A finite smoothing algorithm for linear ℓ₁
//! estimation*, SIAM Journal on Optimization 3 (1993) 223.

use super::residual::{Error, Residuals, count};
use crate::linalg::eigen::Eigen;
use crate::linalg::triangle::Triangle;
use crate::linalg::{dot, norm};

/// What is fitted: Σ `share`·ρ(aᵢ·θ − yᵢ) + λ₁ Σ|θⱼ| + λ₂/2 Σθⱼ², the penalties over some
/// parameters.
pub(super) struct RobustFit<'a> {
    /// The columns of A, one a parameter.
    pub(super) columns: Vec<Vec<f64>>,
    /// y.
    pub(super) target: Vec<f64>,
    /// ρ.
    pub(super) residuals: &'a Residuals,
    /// What the sum of the errors is multiplied by.
    pub(super) share: f64,
    /// λ₁ and λ₂.
    pub(super) penalties: [f64; 2],
    /// The parameter that is not penalised.
    pub(super) intercept: Option<usize>,
}

/// The thresholds that should be 0, as shares of the residuals' size, are lowered by this
/// factor.
const LOWERED: f64 = 1.0 / 32.0;
/// The least of these shares: rounding of residuals stays far below.
const LEAST_SHARE: f64 = 1e-9;
/// Of the largest number that is fitted, for the same reason.
const ABOVE_ROUNDING: f64 = 1e-11;
/// The most steps of Newton's method for one threshold, and of a line search.
const STEPS: usize = 100;
/// A slope below this share of the largest possible is 0.
const LEVEL: f64 = 1e-12;
/// How much the distance from where a minimum was found counts among what decides where
/// exactly it is.
const LITTLE: f64 = 1e-9;
/// What a minimum that was polished may be higher by than the one before, as a share of it.
const SAME: f64 = 1e-12;

impl RobustFit<'_> {
    /// θ of the least loss, one of them where there are several; none where the columns
    /// are not independent of each other beyond rounding, or where numbers leave their range.
    pub(super) fn minimum(&self) -> Option<Vec<f64>> {
        let triangle = self.triangle();
        let start = triangle.solution()?;
        let size = self.target.iter().fold(0.0, |largest: f64, y| largest.max(y.abs()));
        let spread = self.mean_error(&start);
        let basis = Basis::of(&triangle);
        let mut terms = self.terms(&basis);
        let mut u = basis.coordinates(&start);
        let least = (LEAST_SHARE * spread).max(ABOVE_ROUNDING * size).max(f64::MIN_POSITIVE);
        let mut threshold = spread.max(least);
        let mut best: Option<Met> = None;
        loop {
            threshold = (LOWERED * threshold).max(least);
            terms.smooth(threshold);
            u = terms.descend(u)?;
            // A kink that is met only just may lie beyond its threshold.
            for within in [1.0, 1.0 / LOWERED] {
                let met = terms.polished(&u, within).filter(|met| met.value.is_finite());
                let is_better = |met: &Met| best.as_ref().is_none_or(|best| met.value < best.value);
                best = met.filter(is_better).or(best);
            }
            if threshold <= least || !terms.has_kinks() {
                break;
            }
        }
        let found = terms.exact_value(&u);
        let theta = match best.filter(|best| best.value <= found * (1.0 + SAME)) {
            Some(best) => self.parameters(&basis, &best),
            None => basis.parameters(&u),
        };
        theta.iter().all(|w| w.is_finite()).then_some(theta)
    }

    /// θ of a point that meets kinks: those of λ₁ are weights that are 0.
    fn parameters(&self, basis: &Basis, met: &Met) -> Vec<f64> {
        let mut theta = basis.parameters(&met.u);
        let penalised: Vec<usize> = self.penalised().collect();
        for term in met.terms.iter().filter_map(|term| term.checked_sub(self.target.len())) {
            theta[penalised[term]] = 0.0;
        }
        theta
    }

    /// Of the columns, and of the penalties as if each were a square: a start, and what
    /// makes all directions alike.
    fn triangle(&self) -> Triangle {
        let mut all = self.columns.clone();
        all.push(self.target.clone());
        let [l1, l2] = self.penalties;
        let mut weights = vec![0.0; self.columns.len()];
        for at in self.penalised() {
            weights[at] = (0.5 * (l1 + l2) / self.share).sqrt();
        }
        Triangle::of(all).penalised(&weights)
    }

    /// The mean of |aᵢ·θ − yᵢ|.
    fn mean_error(&self, theta: &[f64]) -> f64 {
        let mut residuals = self.target.clone();
        for (column, weight) in self.columns.iter().zip(theta) {
            residuals.iter_mut().zip(column).for_each(|(r, a)| *r -= weight * a);
        }
        residuals.iter().map(|r| r.abs()).sum::<f64>() / count(residuals.len())
    }

    /// The parameters that are penalised.
    fn penalised(&self) -> impl Iterator<Item = usize> {
        let intercept = self.intercept;
        (0..self.columns.len()).filter(move |at| Some(*at) != intercept)
    }

    /// The samples' terms, then those of λ₁, then those of λ₂.
    fn terms(&self, basis: &Basis) -> Terms {
        let d = self.columns.len();
        let mut terms = Terms { d, ..Terms::default() };
        let kind = match self.residuals.error {
            Error::Squared => Kind::Bend { weight: 2.0 * self.share, threshold: f64::INFINITY },
            Error::Huber(delta) => Kind::Bend { weight: self.share, threshold: delta },
            Error::Absolute => Kind::Kink { weight: self.share },
        };
        let mut row = vec![0.0; d];
        for (sample, y) in self.target.iter().enumerate() {
            row.iter_mut().zip(&self.columns).for_each(|(a, column)| *a = column[sample]);
            terms.add(basis, &row, *y, kind);
        }
        let [l1, l2] = self.penalties;
        let squares = Kind::Bend { weight: l2, threshold: f64::INFINITY };
        for (penalty, kind) in [(l1, Kind::Kink { weight: l1 }), (l2, squares)] {
            for at in self.penalised().filter(|_| penalty > 0.0) {
                row.fill(0.0);
                row[at] = 1.0;
                terms.add(basis, &row, 0.0, kind);
            }
        }
        terms
    }
}

/// Coordinates in which the columns of A stand at right angles and are of length 1: u = R·θ.
struct Basis {
    /// R by its columns.
    columns: Vec<Vec<f64>>,
}

impl Basis {
    fn of(triangle: &Triangle) -> Self {
        let d = triangle.size();
        let mut columns = triangle.columns();
        columns.truncate(d);
        Self { columns }
    }

    /// u of θ.
    fn coordinates(&self, theta: &[f64]) -> Vec<f64> {
        let mut u = vec![0.0; theta.len()];
        for (column, w) in self.columns.iter().zip(theta) {
            u.iter_mut().zip(column).for_each(|(u, r)| *u += w * r);
        }
        u
    }

    /// θ of u.
    fn parameters(&self, u: &[f64]) -> Vec<f64> {
        let mut theta = u.to_vec();
        for k in (0..u.len()).rev() {
            let known: f64 = (k + 1..u.len()).map(|at| self.columns[at][k] * theta[at]).sum();
            theta[k] = (theta[k] - known) / self.columns[k][k];
        }
        theta
    }

    /// The row q with q·u = a·θ.
    fn row(&self, a: &[f64], out: &mut Vec<f64>) {
        let first = out.len();
        for (k, a) in a.iter().enumerate() {
            let known = dot(&self.columns[k][..k], &out[first..]);
            out.push((a - known) / self.columns[k][k]);
        }
    }
}

/// What a term makes of its number.
#[derive(Clone, Copy)]
enum Kind {
    /// weight·r²/2 up to the threshold, a line beyond.
    Bend { weight: f64, threshold: f64 },
    /// weight·|r|.
    Kink { weight: f64 },
}

/// A point at which some kinks are met exactly.
struct Met {
    u: Vec<f64>,
    /// The kinks.
    terms: Vec<usize>,
    /// The loss there.
    value: f64,
}

/// The terms of a loss, over numbers qᵢ·u − yᵢ.
#[derive(Default)]
struct Terms {
    d: usize,
    /// qᵢ, row by row.
    rows: Vec<f64>,
    y: Vec<f64>,
    kinds: Vec<Kind>,
    /// Curvature and threshold of each, kinks smoothed.
    smoothed: Vec<[f64; 2]>,
}

impl Terms {
    fn add(&mut self, basis: &Basis, a: &[f64], y: f64, kind: Kind) {
        basis.row(a, &mut self.rows);
        self.y.push(y);
        self.kinds.push(kind);
    }

    fn has_kinks(&self) -> bool {
        self.kinds.iter().any(|kind| matches!(kind, Kind::Kink { .. }))
    }

    /// Gives all kinks this threshold.
    fn smooth(&mut self, threshold: f64) {
        let smoothed = |kind: &Kind| match *kind {
            Kind::Bend { weight, threshold } => [weight, threshold],
            Kind::Kink { weight } => [weight / threshold, threshold],
        };
        self.smoothed = self.kinds.iter().map(smoothed).collect();
    }

    fn each(&self) -> impl Iterator<Item = (&[f64], f64, [f64; 2])> {
        let rows = self.rows.chunks_exact(self.d.max(1));
        rows.zip(&self.y).zip(&self.smoothed).map(|((row, y), term)| (row, *y, *term))
    }

    fn numbers(&self, u: &[f64]) -> Vec<f64> {
        self.each().map(|(row, y, _)| dot(row, u) - y).collect()
    }

    /// The loss itself, kinks as they are.
    fn exact_value(&self, u: &[f64]) -> f64 {
        let value = |(kind, r): (&Kind, f64)| match *kind {
            Kind::Kink { weight } => weight * r.abs(),
            Kind::Bend { weight, threshold } => {
                let inner = r.abs().min(threshold);
                weight * inner * (r.abs() - 0.5 * inner)
            }
        };
        self.kinds.iter().zip(self.numbers(u)).map(value).sum()
    }

    /// Gradient, Hessian, and the length of a gradient that is 0 but for rounding.
    fn slopes(&self, u: &[f64], numbers: &[f64]) -> (Vec<f64>, Vec<f64>, f64) {
        let d = self.d;
        let (mut gradient, mut hessian, mut level) = (vec![0.0; d], vec![0.0; d * d], 0.0);
        for ((row, y, [weight, threshold]), r) in self.each().zip(numbers) {
            let slope = weight * r.clamp(-threshold, threshold);
            let length = norm(row);
            level += LEVEL * slope.abs() * length;
            gradient.iter_mut().zip(row).for_each(|(g, q)| *g += slope * q);
            if r.abs() <= threshold {
                let parts: f64 = row.iter().zip(u).map(|(q, u)| (q * u).abs()).sum();
                level += 4.0 * f64::EPSILON * weight * (y.abs() + parts) * length;
                for (out, a) in hessian.chunks_exact_mut(d).zip(row) {
                    out.iter_mut().zip(row).for_each(|(h, b)| *h += weight * a * b);
                }
            }
        }
        (gradient, hessian, level)
    }

    /// The minimum of the smoothed loss, by Newton's method from `u`; none where it is not
    /// found.
    fn descend(&self, mut u: Vec<f64>) -> Option<Vec<f64>> {
        for _ in 0..STEPS {
            let numbers = self.numbers(&u);
            let (gradient, hessian, level) = self.slopes(&u, &numbers);
            if norm(&gradient) <= level {
                return Some(u);
            }
            let step = newton_step(hessian, &gradient)?;
            let along: Vec<f64> = self.each().map(|(row, _, _)| dot(row, &step)).collect();
            let length = self.best_length(&numbers, &along)?;
            let moved: Vec<f64> = u.iter().zip(&step).map(|(u, step)| u + length * step).collect();
            if moved == u {
                // Rounding of the numbers keeps the gradient above what was asked for.
                return Some(u);
            }
            u = moved;
        }
        None
    }

    /// How far to go: where the slope along the step is 0. It rises, piece by piece a line.
    fn best_length(&self, numbers: &[f64], along: &[f64]) -> Option<f64> {
        let slope = |length: f64| -> f64 {
            let terms = numbers.iter().zip(along).zip(&self.smoothed);
            let slope = |((r, s), [weight, threshold]): ((&f64, &f64), &[f64; 2])| {
                weight * (r + length * s).clamp(-threshold, *threshold) * s
            };
            terms.map(slope).sum()
        };
        let (mut low, mut at_low) = (0.0, slope(0.0));
        let (mut high, mut at_high) = (1.0, slope(1.0));
        let least = LEVEL * at_low.abs();
        for _ in 0..STEPS {
            if at_high >= -least {
                break;
            }
            (low, at_low) = (high, at_high);
            high *= 2.0;
            at_high = slope(high);
        }
        for turn in 0..2 * STEPS {
            if at_high <= least || high - low <= f64::EPSILON * high {
                break;
            }
            // A line through both ends meets 0 exactly between two bends; halves get there.
            let cut = low - at_low * (high - low) / (at_high - at_low);
            let is_cut = turn % 2 == 0 && cut > low && cut < high;
            let middle = if is_cut { cut } else { 0.5 * (low + high) };
            let at_middle = slope(middle);
            if at_middle >= -least {
                (high, at_high) = (middle, at_middle);
            } else {
                (low, at_low) = (middle, at_middle);
            }
        }
        (high.is_finite() && !at_high.is_nan()).then_some(high)
    }

    /// The minimum on which the kinks within so many times their thresholds are met exactly:
    /// of several such points one near u.
    fn polished(&self, u: &[f64], within: f64) -> Option<Met> {
        let d = self.d;
        let numbers = self.numbers(u);
        let is_kink = |at: &usize| matches!(self.kinds[*at], Kind::Kink { .. });
        let mut near: Vec<usize> = (0..numbers.len())
            .filter(|at| is_kink(at) && numbers[*at].abs() < within * self.smoothed[*at][1])
            .collect();
        near.sort_by(|a, b| numbers[*a].abs().total_cmp(&numbers[*b].abs()));
        let terms = self.independent(near);
        let mut equations = Equations::of(d, terms.len());
        for (at, ((row, y, [weight, threshold]), r)) in self.each().zip(&numbers).enumerate() {
            if let Some(place) = terms.iter().position(|term| *term == at) {
                equations.fix(place, row, y);
            } else if r.abs() < threshold && !is_kink(&at) {
                equations.add_square(weight, row, y);
            } else {
                equations.add_slope(weight * r.clamp(-threshold, threshold), row);
            }
        }
        equations.stay_near(u);
        let mut solution = equations.solution()?;
        solution.truncate(d);
        let value = self.exact_value(&solution);
        Some(Met { u: solution, terms, value })
    }

    /// Of the terms `near`, as many as are independent of those before them.
    fn independent(&self, near: Vec<usize>) -> Vec<usize> {
        let mut axes: Vec<Vec<f64>> = Vec::new();
        let mut met = Vec::new();
        for at in near {
            let row = &self.rows[at * self.d..][..self.d];
            let mut rest = row.to_vec();
            for axis in &axes {
                let share = dot(axis, &rest);
                rest.iter_mut().zip(axis).for_each(|(rest, axis)| *rest -= share * axis);
            }
            let length = norm(&rest);
            if axes.len() < self.d && length > 1e-9 * norm(row) {
                axes.push(rest.iter().map(|rest| rest / length).collect());
                met.push(at);
            }
        }
        met
    }
}

/// −H⁻¹g, with the eigenvalues of directions that H leaves out raised to a little: along
/// them the step goes far, and the line search says how far.
fn newton_step(hessian: Vec<f64>, gradient: &[f64]) -> Option<Vec<f64>> {
    let eigen = Eigen::of_symmetric(hessian, gradient.len());
    let largest = eigen.values.iter().copied().fold(0.0, f64::max);
    let least = if largest > 0.0 { 1e-12 * largest } else { norm(gradient) };
    let step = eigen.map(gradient, |value| -1.0 / value.max(least));
    step.iter().all(|step| step.is_finite()).then_some(step)
}

/// The equations of a quadratic's minimum where some of its numbers are fixed: the Hessian
/// and, beside and below it, the rows of what is fixed, with its multipliers.
struct Equations {
    d: usize,
    size: usize,
    matrix: Vec<f64>,
    right: Vec<f64>,
}

impl Equations {
    fn of(d: usize, fixed: usize) -> Self {
        let size = d + fixed;
        Self { d, size, matrix: vec![0.0; size * size], right: vec![0.0; size] }
    }

    /// Fixes row·u = y.
    fn fix(&mut self, place: usize, row: &[f64], y: f64) {
        let Self { d, size, matrix, right } = self;
        let length = norm(row);
        right[*d + place] = y / length;
        for (k, q) in row.iter().enumerate() {
            matrix[(*d + place) * *size + k] = q / length;
            matrix[k * *size + *d + place] = q / length;
        }
    }

    /// Adds weight·(row·u − y)²/2.
    fn add_square(&mut self, weight: f64, row: &[f64], y: f64) {
        for (k, a) in row.iter().enumerate() {
            self.right[k] += weight * a * y;
            let entries = self.matrix[k * self.size..].iter_mut().zip(row);
            entries.for_each(|(entry, b)| *entry += weight * a * b);
        }
    }

    /// Adds slope·row·u.
    fn add_slope(&mut self, slope: f64, row: &[f64]) {
        self.right.iter_mut().zip(row).for_each(|(right, q)| *right -= slope * q);
    }

    /// Adds a little of the distance from `u`, which decides where nothing else does, and
    /// brings the Hessian to the size of the rows below it, so that pivots can be compared.
    fn stay_near(&mut self, u: &[f64]) {
        let (d, size) = (self.d, self.size);
        let rows = self.matrix[..d * size].chunks_exact(size);
        let entries = rows.flat_map(|row| &row[..d]).chain(&self.right[..d]);
        let largest = entries.fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
        let largest = if largest > 0.0 { largest } else { 1.0 };
        for (k, u) in u.iter().enumerate() {
            self.matrix[k * size..][..d].iter_mut().for_each(|entry| *entry /= largest);
            self.matrix[k * size + k] += LITTLE;
            self.right[k] = self.right[k] / largest + LITTLE * u;
        }
    }

    /// u, then the multipliers.
    fn solution(self) -> Option<Vec<f64>> {
        solve(self.matrix, self.right)
    }
}

/// x with A·x = `right`, by elimination with the largest pivot of each column; none where
/// A is singular beyond rounding.
fn solve(mut matrix: Vec<f64>, mut right: Vec<f64>) -> Option<Vec<f64>> {
    let n = right.len();
    let size = matrix.iter().fold(0.0, |largest: f64, entry| largest.max(entry.abs()));
    for k in 0..n {
        let pivot =
            (k..n).max_by(|a, b| matrix[a * n + k].abs().total_cmp(&matrix[b * n + k].abs()))?;
        for column in 0..n {
            matrix.swap(k * n + column, pivot * n + column);
        }
        right.swap(k, pivot);
        let edge = matrix[k * n + k];
        if edge.abs().partial_cmp(&(1e-13 * size)) != Some(core::cmp::Ordering::Greater) {
            return None;
        }
        for row in k + 1..n {
            let share = matrix[row * n + k] / edge;
            for column in k..n {
                matrix[row * n + column] -= share * matrix[k * n + column];
            }
            right[row] -= share * right[k];
        }
    }
    for k in (0..n).rev() {
        let known = dot(&matrix[k * n + k + 1..(k + 1) * n], &right[k + 1..]);
        right[k] = (right[k] - known) / matrix[k * n + k];
    }
    Some(right)
}
