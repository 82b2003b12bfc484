//! The line, its samples, and where it fits best.

use super::super::super::data::{Samples, standardized};
use super::super::residual::{Error, Residuals};
use super::moments::Moments;
use super::{Curvature, ERROR_PLACE, Formula, RULE, Robust, Setting, Squared};

/// What all errors share.
#[derive(Clone)]
pub(super) struct Line {
    /// In the units that the line works in.
    pub(super) samples: Samples,
    pub(super) has_intercept: bool,
    pub(super) residuals: Residuals,
    pub(super) l1: f64,
    pub(super) l2: f64,
}

impl Line {
    pub(super) fn new(setting: &Setting) -> Self {
        Self {
            samples: samples(setting),
            has_intercept: setting[1] > 0.0,
            residuals: Residuals::of(setting[2], setting[ERROR_PLACE], setting[ERROR_PLACE + 1]),
            l1: setting[3],
            l2: setting[4],
        }
    }

    pub(super) fn is_squared(&self) -> bool {
        self.residuals.error == Error::Squared
    }

    pub(super) fn x(&self) -> &[f64] {
        self.samples.column(0)
    }

    pub(super) fn y(&self) -> &[f64] {
        self.samples.target()
    }

    /// The derivative of the penalty of w; of |w| at 0 it is called 0.
    pub(super) fn penalty_slope(&self, w: f64) -> f64 {
        let sign = if w == 0.0 { 0.0 } else { w.signum() };
        self.l2 * w + self.l1 * sign
    }

    pub(super) fn penalty(&self, w: f64) -> f64 {
        0.5 * self.l2 * (w * w) + self.l1 * w.abs()
    }

    /// w and b of the minimum.
    pub(super) fn minimum(&self) -> [f64; 2] {
        if self.is_squared() {
            Squared::new(self.clone()).minimum()
        } else {
            Robust::new(self.clone()).minimum()
        }
    }

    /// The largest curvature that squared residuals would have under the same
    /// reduction.
    fn largest_curvature(&self) -> f64 {
        let squared = Squared::new(self.clone());
        if self.has_intercept {
            Curvature::of_hessian(squared.hessian([0.0; 2])).max
        } else {
            squared.hessian([0.0])[0][0]
        }
    }

    /// About the limit of squared residuals, 2/λ_max. The slope of other errors is
    /// bounded, and what counts is how far the minimum is: a slider as wide as that
    /// reaches it in a step, or in a thousand.
    pub(super) fn rates(&self) -> [f64; 2] {
        // Samples at 0 say nothing of w.
        let largest = Some(self.largest_curvature()).filter(|l| *l > 0.0).unwrap_or(1.0);
        if self.is_squared() {
            return [0.01 / largest, 5.0 / largest];
        }
        let [w, b] = self.minimum();
        let far = (w * w + if self.has_intercept { b * b } else { 0.0 }).sqrt();
        let slope = (largest * self.residuals.factor(self.samples.len())).sqrt();
        let reach = if far > 0.0 { far / slope } else { 1.0 / largest };
        [0.002 * reach, 2.0 * reach]
    }

    /// Holds the origin, the best lines, and the best level one.
    pub(super) fn window(&self) -> [f64; 4] {
        let moments = Moments::of(self.x(), self.y(), self.has_intercept);
        let (w, level) = (moments.slope, moments.intercept(0.0));
        let b = moments.intercept(w);
        let [best_w, best_b] = self.minimum();
        let side = |ends: [f64; 4], least: f64| {
            let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
            let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let margin = 0.5 * (high - low).max(least);
            [low - margin, high + margin]
        };
        let best = if self.is_squared() { [w, b] } else { [best_w, best_b] };
        let [x0, x1] = side([0.0, w, best[0], w], 0.0);
        // Centred data have b = 0 all along.
        let [y0, y1] = side([0.0, b, best[1], level], 0.5 * w.abs());
        widened([x0, x1, y0, y1])
    }
}

/// Level points make a window without width, or with one of what was rounded: 1 is as
/// good as any.
pub(super) fn widened([x0, x1, y0, y1]: [f64; 4]) -> [f64; 4] {
    let wide = |low: f64, high: f64| {
        let least = 1e-6 * low.abs().max(high.abs()).max(1e-8);
        if high - low > least { [low, high] } else { [low - 1.0, high + 1.0] }
    };
    let [[x0, x1], [y0, y1]] = [wide(x0, x1), wide(y0, y1)];
    [x0, x1, y0, y1]
}

/// The samples that a setting asks for, in the units that it asks for.
fn samples(setting: &Setting) -> Samples {
    let samples = RULE.samples(setting);
    if setting[5] == 0.0 {
        return samples;
    }
    // The intercept is the mean of y at the optimum where x alone is scaled.
    let scaled = samples.columns().len() - usize::from(setting[5] > 1.0);
    let columns = samples.columns().iter().enumerate().map(|(place, column)| {
        if place < scaled { standardized(&column.numbers) } else { column.numbers.clone() }
    });
    samples.with_numbers(columns.collect::<Vec<_>>())
}
