//! The minimum that a run goes to.

use super::super::constraint::FeasibleSet;
use super::super::loss::{Loss, Minima};
use super::constrained;
use crate::Curvature;
use crate::linalg::dot;
use crate::linalg::eigen::Eigen;
use crate::linalg::norm;

/// Of more parameters than this no destination is searched for: the Hessian costs too
/// much.
pub(crate) const MOST_PARAMETERS: usize = 32;

/// θ*, the local minimum that the last point of a run belongs to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Destination {
    /// The minimum, as many numbers as parameters.
    At(Vec<f64>),
    /// The loss has no minimum at all.
    Nowhere,
    /// No minimum is found from the last point: a plateau, a saddle, a descent without
    /// end, or too many parameters to search.
    Unknown,
}

impl Destination {
    /// Of a run on `loss` that ends at `end` and had to stay in `set`: the minimum of the
    /// loss itself unless that lies outside or the run is pressed against the boundary;
    /// then it is a minimum among the allowed points.
    pub(crate) fn of(loss: &dyn Loss, end: &[f64], set: Option<&FeasibleSet<'_>>) -> Self {
        let Some(set) = set else { return Self::free(loss, end) };
        let is_small = end.len() <= MOST_PARAMETERS;
        let constrained = || is_small.then(|| constrained::minimum(loss, set, end)).flatten();
        let is_searched = matches!(loss.minima(), Minima::Searched);
        if is_searched && is_small && is_pressed(loss, set, end) {
            return constrained().map_or(Self::Unknown, Self::At);
        }
        match Self::free(loss, end) {
            Self::At(minimum) if set.contains(&minimum) => Self::At(minimum),
            _ => constrained().map_or(Self::Unknown, Self::At),
        }
    }

    /// Of a run that may go anywhere.
    fn free(loss: &dyn Loss, end: &[f64]) -> Self {
        match loss.minima() {
            // Where a set of points shares the least loss, the run may rest on any of them.
            Minima::One(minimum) => {
                let is_as_low = || loss.value(end) <= loss.value(&minimum);
                let rests_elsewhere = !loss.is_quadratic() && is_as_low();
                Self::At(if rests_elsewhere { end.to_vec() } else { minimum })
            }
            Minima::None => Self::Nowhere,
            Minima::Searched if end.len() > MOST_PARAMETERS => Self::Unknown,
            Minima::Searched => {
                let kink = loss.kinks().into_iter().find(|kink| falls_towards(loss, end, kink));
                let minimum = kink.or_else(|| Search::from(loss, end)?.run());
                minimum.map_or(Self::Unknown, Self::At)
            }
        }
    }

    /// The minimum, where there is one.
    pub(crate) fn point(&self) -> Option<&[f64]> {
        match self {
            Self::At(minimum) => Some(minimum),
            Self::Nowhere | Self::Unknown => None,
        }
    }
}

/// Whether the loss falls from a point on the boundary out of the allowed set.
fn is_pressed(loss: &dyn Loss, set: &FeasibleSet<'_>, point: &[f64]) -> bool {
    let mut gradient = vec![0.0; point.len()];
    loss.value_and_gradient(point, &mut gradient);
    let free = gradient.clone();
    set.project_gradient(point, &mut gradient);
    gradient != free
}

/// Points of a segment at which a loss is compared.
const SAMPLES: u8 = 16;

/// Whether the loss falls all the way from a point to a kink.
fn falls_towards(loss: &dyn Loss, from: &[f64], kink: &[f64]) -> bool {
    let value = |part: u8| {
        let share = f64::from(part) / f64::from(SAMPLES);
        let between = from.iter().zip(kink).map(|(a, b)| a + share * (b - a));
        loss.value(&between.collect::<Vec<f64>>())
    };
    let values: Vec<f64> = (0..=SAMPLES).map(value).collect();
    from == kink || values.windows(2).all(|pair| pair[1] < pair[0])
}

/// Whether a point of this curvature without a gradient is a minimum, not a plateau or a
/// saddle.
pub(crate) fn is_minimum(curvature: &Curvature) -> bool {
    curvature.max > 0.0 && curvature.min >= -SADDLE * curvature.max
}

/// λ_min below this share of −λ_max makes a saddle.
const SADDLE: f64 = 0.01;
/// Eigenvalues are raised to this share of the largest while one of them is negative.
const RAISED: f64 = 1e-3;
/// An eigenvalue below this share of the largest is rounding: nothing curves there.
const FLAT: f64 = 4.0 * f64::EPSILON;
/// A step below this length, relative to 1 + ‖θ‖, ends the search.
pub(super) const ARRIVED: f64 = 1e-12;
/// The same where rounding keeps the steps longer.
pub(super) const ROUNDED: f64 = 1e-6;
/// The most steps.
pub(super) const STEPS: usize = 100;
/// A decrease below this share of the loss is lost in its rounding: the last steps are
/// taken without looking at the loss, this many of them.
pub(super) const VISIBLE: f64 = 1e-12;
pub(super) const UNSEEN_STEPS: usize = 4;
/// Armijo's share of the decrease that the gradient promises, and the most halvings.
pub(super) const SUFFICIENT: f64 = 1e-4;
pub(super) const HALVINGS: usize = 40;
/// A search that goes this many times farther than where it began is without end.
const FAR: f64 = 1e8;

/// Newton's method on |H|: along each eigenvector of the Hessian the gradient is divided
/// by the size of the eigenvalue, so that every step leads downhill, and Armijo's
/// backtracking bounds it. Source: Nocedal and Wright, *Numerical Optimization* (2006),
/// section 3.4.
struct Search<'a> {
    loss: &'a dyn Loss,
    theta: Vec<f64>,
    value: f64,
    gradient: Vec<f64>,
    hessian: Vec<f64>,
    step: Vec<f64>,
    trial: Vec<f64>,
    farthest: f64,
}

impl<'a> Search<'a> {
    fn from(loss: &'a dyn Loss, start: &[f64]) -> Option<Self> {
        let n = start.len();
        let mut search = Self {
            loss,
            theta: start.to_vec(),
            value: 0.0,
            gradient: vec![0.0; n],
            hessian: vec![0.0; n * n],
            step: vec![0.0; n],
            trial: vec![0.0; n],
            farthest: FAR * (1.0 + norm(start)),
        };
        search.look().then_some(search)
    }

    /// Evaluates the loss, its gradient and its Hessian; `false` where they are unknown
    /// or not finite.
    fn look(&mut self) -> bool {
        self.value = self.loss.value_and_gradient(&self.theta, &mut self.gradient);
        let is_known = self.loss.hessian(&self.theta, &mut self.hessian);
        let numbers = self.gradient.iter().chain(&self.hessian).chain([&self.value]);
        is_known && numbers.into_iter().all(|number| number.is_finite())
    }

    /// Writes the step; the curvature it was made from.
    fn aim(&mut self) -> Curvature {
        let n = self.theta.len();
        self.step.fill(0.0);
        if n <= 2 {
            let curvature = Curvature::of_symmetric(&self.hessian);
            let Curvature { min, max, direction: [x, y] } = curvature;
            let divisor = divisor(min, max);
            for (axis, lambda) in [([x, y], max), ([-y, x], min)].iter().take(n) {
                add_step(&mut self.step, &self.gradient, &axis[..n], divisor(*lambda));
            }
            return curvature;
        }
        let eigen = Eigen::of_symmetric(self.hessian.clone(), n);
        let min = eigen.values.iter().copied().fold(f64::INFINITY, f64::min);
        let max = eigen.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let divisor = divisor(min, max);
        for (axis, lambda) in eigen.axes() {
            add_step(&mut self.step, &self.gradient, &axis, divisor(lambda));
        }
        Curvature { min, max, direction: [0.0; 2] }
    }

    /// The minimum; `None` where the search ends elsewhere or without end.
    fn run(mut self) -> Option<Vec<f64>> {
        let mut unseen = 0;
        for _ in 0..STEPS {
            let curvature = self.aim();
            let length = norm(&self.step);
            let size = 1.0 + norm(&self.theta);
            let slope = dot(&self.gradient, &self.step);
            let is_there = length <= ARRIVED * size || unseen == UNSEEN_STEPS;
            if is_there || slope >= 0.0 {
                return is_minimum(&curvature).then_some(self.theta);
            }
            if !length.is_finite() {
                return None;
            }
            if -slope <= VISIBLE * self.value.abs() && length <= ROUNDED * size {
                unseen += 1;
                self.try_part(1.0);
            } else if !self.backtrack(slope) {
                let is_near = length <= ROUNDED * size && is_minimum(&curvature);
                return is_near.then_some(self.theta);
            }
            core::mem::swap(&mut self.theta, &mut self.trial);
            if !self.look() || norm(&self.theta) > self.farthest {
                return None;
            }
        }
        None
    }

    /// Finds the longest halving of the step whose decrease is sufficient.
    fn backtrack(&mut self, slope: f64) -> bool {
        let mut part = 1.0;
        for _ in 0..HALVINGS {
            self.try_part(part);
            if self.loss.value(&self.trial) <= self.value + SUFFICIENT * part * slope {
                return true;
            }
            part *= 0.5;
        }
        false
    }

    /// Writes θ + part · step to the trial point.
    fn try_part(&mut self, part: f64) {
        for ((trial, theta), step) in self.trial.iter_mut().zip(&self.theta).zip(&self.step) {
            *trial = theta + part * step;
        }
    }
}

/// What the gradient along an eigenvector is divided by, from its eigenvalue.
pub(super) fn divisor(min: f64, max: f64) -> impl Fn(f64) -> f64 {
    let largest = min.abs().max(max.abs());
    let least = if min < 0.0 { RAISED * largest } else { 0.0 };
    move |lambda: f64| {
        if lambda.abs() <= FLAT * largest { RAISED * largest } else { lambda.abs().max(least) }
    }
}

/// Subtracts the part of the gradient along a unit vector, divided by `divisor`.
pub(super) fn add_step(step: &mut [f64], gradient: &[f64], axis: &[f64], divisor: f64) {
    let along = dot(gradient, axis);
    if along != 0.0 {
        for (step, component) in step.iter_mut().zip(axis) {
            *step -= along / divisor * component;
        }
    }
}
