//! The minimum of a constrained run.

use core::ops::Range;

use super::super::constraint::{FeasibleSet, Region};
use super::super::loss::Loss;
use super::super::precision::Precision;
use super::destination::{
    ARRIVED, HALVINGS, ROUNDED, STEPS, SUFFICIENT, UNSEEN_STEPS, VISIBLE, add_step, divisor,
    is_minimum,
};
use crate::Curvature;
use crate::linalg::dot;
use crate::linalg::eigen::Eigen;
use crate::linalg::norm;

/// Within this share of the bound a point lies on the boundary.
const TOUCHING: f64 = 1e-12;

/// The minimum over the allowed set that a run which ends at `end` goes to; none where no
/// minimum is found. Balls of several blocks are not searched.
///
/// Newton's method on |H| with Armijo's backtracking along the projected step. In a box it
/// moves the parameters that are free; one at its bound whose slope leads out stays there
/// (Bertsekas, *Projected Newton Methods for Optimization Problems with Simple Constraints*
/// (1982)). On the sphere that bounds a ball it moves in the tangent space, with the Hessian
/// of the Lagrangian, H + μI, μ = −g·θ/‖θ‖² (Absil, Mahony and Sepulchre, *Optimization
/// Algorithms on Matrix Manifolds* (2008), chapters 5 and 6).
pub(super) fn minimum(loss: &dyn Loss, set: &FeasibleSet<'_>, end: &[f64]) -> Option<Vec<f64>> {
    let region = set.region();
    let blocks: Vec<Range<usize>> = set.blocks(end.len()).collect();
    let is_whole = blocks.len() == 1 && blocks[0] == (0..end.len());
    if matches!(region, Region::Ball(_)) && !is_whole {
        return None;
    }
    // Exact, whatever the run is rounded to.
    let set = FeasibleSet::new(&region, loss, Precision::F64);
    let mut theta = end.to_vec();
    set.project(&mut theta);
    let n = end.len();
    let search = Search {
        loss,
        set,
        blocks,
        theta,
        value: 0.0,
        gradient: vec![0.0; n],
        hessian: vec![0.0; n * n],
        trial: vec![0.0; n],
    };
    search.run()
}

struct Search<'a> {
    loss: &'a dyn Loss,
    set: FeasibleSet<'a>,
    blocks: Vec<Range<usize>>,
    theta: Vec<f64>,
    value: f64,
    gradient: Vec<f64>,
    hessian: Vec<f64>,
    trial: Vec<f64>,
}

/// Where to go from a point.
struct Aim {
    step: Vec<f64>,
    /// Whether the curvature along the set is that of a minimum.
    is_minimum: bool,
}

impl Search<'_> {
    /// Evaluates the loss, its gradient and its Hessian; `false` where they are unknown or
    /// not finite.
    fn look(&mut self) -> bool {
        self.value = self.loss.value_and_gradient(&self.theta, &mut self.gradient);
        let is_known = self.loss.hessian(&self.theta, &mut self.hessian);
        let numbers = self.gradient.iter().chain(&self.hessian).chain([&self.value]);
        is_known && numbers.into_iter().all(|number| number.is_finite())
    }

    fn run(mut self) -> Option<Vec<f64>> {
        if !self.look() {
            return None;
        }
        let mut unseen = 0;
        for _ in 0..STEPS {
            let Aim { step, is_minimum } = self.aim();
            self.try_part(&step, 1.0);
            let (length, size) = (self.moved(), 1.0 + norm(&self.theta));
            let slope = dot(&self.gradient, &step);
            if length <= ARRIVED * size || unseen == UNSEEN_STEPS || slope >= 0.0 {
                return is_minimum.then_some(self.theta);
            }
            if !length.is_finite() {
                return None;
            }
            if -slope <= VISIBLE * self.value.abs() && length <= ROUNDED * size {
                unseen += 1;
            } else if !self.backtrack(&step, slope) {
                return (length <= ROUNDED * size && is_minimum).then_some(self.theta);
            }
            core::mem::swap(&mut self.theta, &mut self.trial);
            if !self.look() {
                return None;
            }
        }
        None
    }

    fn aim(&self) -> Aim {
        match self.set.region() {
            Region::Box(bound) => self.aim_in_box(bound),
            Region::Ball(bound) => self.aim_in_ball(bound),
        }
    }

    /// The parameters that do not press against their bounds take Newton's step.
    fn aim_in_box(&self, bound: f64) -> Aim {
        let edge = bound * (1.0 - TOUCHING);
        let n = self.theta.len();
        let mut is_free = vec![true; n];
        for at in self.blocks.iter().cloned().flatten() {
            let (theta, slope) = (self.theta[at], self.gradient[at]);
            is_free[at] = theta.abs() < edge || slope * theta >= 0.0;
        }
        let free: Vec<usize> = (0..n).filter(|at| is_free[*at]).collect();
        let gradient: Vec<f64> = free.iter().map(|at| self.gradient[*at]).collect();
        let entries = free.iter().flat_map(|row| free.iter().map(move |at| row * n + at));
        let hessian = entries.map(|entry| self.hessian[entry]).collect();
        let (short, is_minimum) = newton(hessian, &gradient, bound);
        let mut step = vec![0.0; n];
        free.iter().zip(short).for_each(|(at, part)| step[*at] = part);
        Aim { step, is_minimum }
    }

    fn aim_in_ball(&self, bound: f64) -> Aim {
        let (theta, gradient) = (&self.theta, &self.gradient);
        let outwards = dot(gradient, theta);
        let is_outside = norm(theta) >= bound * (1.0 - TOUCHING);
        if is_outside && outwards < 0.0 {
            return self.aim_on_sphere();
        }
        let (mut step, is_minimum) = newton(self.hessian.clone(), gradient, bound);
        if is_outside && dot(&step, theta) > 0.0 {
            // Inwards with the loss's own slope, as far as the step went.
            let scale = norm(&step) / norm(gradient).max(f64::MIN_POSITIVE);
            step = gradient.iter().map(|slope| -scale * slope).collect();
        }
        // No farther than to the sphere, so that the projection bends nothing.
        let reach = reach(theta, &step, bound);
        if reach < 1.0 {
            for part in &mut step {
                *part *= reach;
            }
        }
        Aim { step, is_minimum }
    }

    /// A step in the plane that touches the sphere, of which Householder's reflection Q
    /// makes all coordinates but the first.
    fn aim_on_sphere(&self) -> Aim {
        let n = self.theta.len();
        let square = dot(&self.theta, &self.theta);
        let multiplier = -dot(&self.gradient, &self.theta) / square;
        let mut mirror: Vec<f64> = self.theta.iter().map(|v| v / square.sqrt()).collect();
        mirror[0] += 1.0_f64.copysign(mirror[0]);
        let half = 0.5 * dot(&mirror, &mirror);
        let reflect = |vector: &[f64]| -> Vec<f64> {
            let share = dot(&mirror, vector) / half;
            vector.iter().zip(&mirror).map(|(v, mirror)| v - share * mirror).collect()
        };
        // Q(HQ): rows of H reflected, and then the columns of that.
        let rows: Vec<Vec<f64>> = self.hessian.chunks_exact(n).map(reflect).collect();
        let columns: Vec<Vec<f64>> =
            (0..n).map(|at| reflect(&rows.iter().map(|row| row[at]).collect::<Vec<_>>())).collect();
        let mut tangent = Vec::with_capacity((n - 1) * (n - 1));
        for row in 1..n {
            for (at, column) in columns.iter().enumerate().skip(1) {
                let shift = if row == at { multiplier } else { 0.0 };
                // The same from both sides of the diagonal, but for rounding.
                tangent.push(0.5 * (column[row] + columns[row][at]) + shift);
            }
        }
        let (short, is_minimum) = newton(tangent, &reflect(&self.gradient)[1..], square.sqrt());
        let step: Vec<f64> = [0.0].into_iter().chain(short).collect();
        Aim { step: reflect(&step), is_minimum }
    }

    /// Finds the longest halving of the step whose decrease is sufficient.
    fn backtrack(&mut self, step: &[f64], slope: f64) -> bool {
        let mut part = 1.0;
        for _ in 0..HALVINGS {
            self.try_part(step, part);
            if self.loss.value(&self.trial) <= self.value + SUFFICIENT * part * slope {
                return true;
            }
            part *= 0.5;
        }
        false
    }

    /// Writes the allowed point nearest to θ + part · step to the trial point.
    fn try_part(&mut self, step: &[f64], part: f64) {
        for ((trial, theta), step) in self.trial.iter_mut().zip(&self.theta).zip(step) {
            *trial = theta + part * step;
        }
        self.set.project(&mut self.trial);
    }

    /// How far the trial point lies from θ.
    fn moved(&self) -> f64 {
        let moved = self.theta.iter().zip(&self.trial).map(|(from, to)| to - from);
        norm(&moved.collect::<Vec<f64>>())
    }
}

/// −|H|⁻¹g, and whether the curvature is that of a minimum: of no parameters it is. Where
/// nothing curves the step is `reach` long.
fn newton(hessian: Vec<f64>, gradient: &[f64], reach: f64) -> (Vec<f64>, bool) {
    let n = gradient.len();
    let mut step = vec![0.0; n];
    if n == 0 {
        return (step, true);
    }
    if hessian.iter().all(|entry| *entry == 0.0) {
        let scale = reach / norm(gradient).max(f64::MIN_POSITIVE);
        step.iter_mut().zip(gradient).for_each(|(step, slope)| *step = -scale * slope);
        return (step, false);
    }
    let eigen = Eigen::of_symmetric(hessian, n);
    let min = eigen.values.iter().copied().fold(f64::INFINITY, f64::min);
    let max = eigen.values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let divisor = divisor(min, max);
    for (axis, lambda) in eigen.axes() {
        add_step(&mut step, gradient, &axis, divisor(lambda));
    }
    (step, is_minimum(&Curvature { min, max, direction: [0.0; 2] }))
}

/// How many times `step` leads from a point of the ball to its boundary.
fn reach(theta: &[f64], step: &[f64], bound: f64) -> f64 {
    let (a, b) = (dot(step, step), dot(theta, step));
    let c = (bound * bound - dot(theta, theta)).max(0.0);
    let root = (b * b + a * c).sqrt();
    // The larger root, without cancellation.
    if b > 0.0 { c / (b + root) } else { (root - b) / a }
}
