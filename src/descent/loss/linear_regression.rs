//! A line through points: squared error, with or without an intercept.

mod moments;
mod python;

use super::super::data::{self, REGRESSION};
use super::super::{Named, Scale};
use super::{Curvature, Formula, Knob, LossRule, Python, Words, build};
use moments::Moments;

/// The names of the data sets.
static DATA: [Named; REGRESSION_COUNT] = data::names(&REGRESSION);
const REGRESSION_COUNT: usize = REGRESSION.len();

/// How squared residuals become one number.
static REDUCTIONS: [Named; 4] = [
    Named {
        key: "half_mean", name: Words { en: "Half the mean, 1/2m", zh: "均值的一半 1/2m" }
    },
    Named { key: "mean", name: Words { en: "Mean, 1/m", zh: "均值 1/m" } },
    Named { key: "half_sum", name: Words { en: "Half the sum, ½Σ", zh: "和的一半 ½Σ" } },
    Named { key: "sum", name: Words { en: "Sum, Σ", zh: "和 Σ" } },
];

pub(super) static RULE: LossRule = LossRule {
    key: "linear_regression",
    name: Words { en: "Linear regression", zh: "线性回归" },
    formula: "J(w, b) = 1/(2m) Σ(w xᵢ + b − yᵢ)² + λ₂/2 w² + λ₁|w|",
    source: "Legendre, Nouvelles méthodes pour la détermination des orbites des comètes (1805)",
    knobs: &[
        Knob::choice("data", Words { en: "Data", zh: "数据" }, &DATA),
        Knob::switch("intercept", Words { en: "Intercept b", zh: "截距 b" }, true),
        Knob::choice("reduction", Words { en: "Reduction", zh: "损失的归约" }, &REDUCTIONS),
        penalty("l1", Words { en: "L1 penalty λ₁", zh: "L1 正则化 λ₁" }),
        penalty("l2", Words { en: "L2 penalty λ₂", zh: "L2 正则化 λ₂" }),
        STANDARDIZE,
    ],
    // Where most programs begin.
    start: |knobs| vec![0.0; if knobs[1] > 0.0 { 2 } else { 1 }],
    window: |knobs| LinearRegression::new(knobs).window(),
    rates: |knobs| {
        let largest = LinearRegression::new(knobs).curvature().max;
        [0.01 / largest, 5.0 / largest]
    },
    has_constant_hessian: true,
    lowest: |knobs| {
        let regression = LinearRegression::new(knobs);
        let [w, b] = regression.minimum();
        if regression.has_intercept { regression.value([w, b]) } else { regression.value([w]) }
    },
    minima: |knobs| {
        let regression = LinearRegression::new(knobs);
        let minimum = regression.minimum();
        vec![minimum[..if regression.has_intercept { 2 } else { 1 }].to_vec()]
    },
    python: Python::OnData(python::lines),
    build: |knobs| {
        let regression = LinearRegression::new(knobs);
        if regression.has_intercept { build::<2, _>(regression) } else { build::<1, _>(regression) }
    },
};

/// A weight of a penalty.
pub(super) const fn penalty(key: &'static str, name: Words) -> Knob {
    Knob { key, name, default: 0.0, min: 0.0, max: 100.0, scale: Scale::FromZero }
}

/// Whether columns are brought to mean 0 and standard deviation 1.
pub(super) const STANDARDIZE: Knob =
    Knob::switch("standardize", Words { en: "Standardize", zh: "标准化" }, false);

/// J as a quadratic form: the samples are gone through once, when it is built.
struct LinearRegression {
    x: Vec<f64>,
    y: Vec<f64>,
    has_intercept: bool,
    /// The place of the reduction among its names.
    reduction: usize,
    l1: f64,
    l2: f64,
    moments: Moments,
    /// What the reduction makes of the mean of squares.
    factor: f64,
}

impl LinearRegression {
    fn new(knobs: &[f64]) -> Self {
        let [x, y] = samples(knobs[0], knobs[5] > 0.0);
        let has_intercept = knobs[1] > 0.0;
        let moments = Moments::of(&x, &y, has_intercept);
        let reduction = place(knobs[2]);
        let factor = factor(reduction, x.len());
        Self { x, y, has_intercept, reduction, l1: knobs[3], l2: knobs[4], moments, factor }
    }

    /// The derivative of the penalty of w; of |w| at 0 it is called 0.
    fn penalty_slope(&self, w: f64) -> f64 {
        let sign = if w == 0.0 { 0.0 } else { w.signum() };
        self.l2 * w + self.l1 * sign
    }

    fn penalty(&self, w: f64) -> f64 {
        0.5 * self.l2 * (w * w) + self.l1 * w.abs()
    }

    /// w and b of the minimum. Whatever w is, b makes the residuals' mean 0, so w
    /// minimises a parabola with a penalty: shrunken by λ₂, and by λ₁ towards 0
    /// and no further (Tibshirani 1996, section 2.2).
    fn minimum(&self) -> [f64; 2] {
        let curvature = 2.0 * self.factor * self.moments.spread;
        let pull = curvature * self.moments.slope;
        let left = (pull.abs() - self.l1).max(0.0);
        let w = left.copysign(pull) / (curvature + self.l2);
        [w, self.moments.intercept(w)]
    }

    fn curvature(&self) -> Curvature {
        if self.has_intercept {
            Curvature::of_hessian(self.hessian([0.0; 2]))
        } else {
            let [[h]] = self.hessian([0.0]);
            Curvature::of_second_derivative(h)
        }
    }

    /// Holds the origin, the best line, and the best level one.
    fn window(&self) -> [f64; 4] {
        let (w, level) = (self.moments.slope, self.moments.intercept(0.0));
        let b = self.moments.intercept(w);
        let side = |ends: [f64; 3], least: f64| {
            let low = ends.iter().copied().fold(f64::INFINITY, f64::min);
            let high = ends.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let margin = 0.5 * (high - low).max(least);
            [low - margin, high + margin]
        };
        let [x0, x1] = side([0.0, w, w], 0.0);
        // Centred data have b = 0 all along.
        let [y0, y1] = side([0.0, b, level], 0.5 * w.abs());
        [x0, x1, y0, y1]
    }

    /// Half the sum of the gradients of r² over some samples, by w and by b.
    fn sums(&self, w: f64, b: f64, batch: &[usize]) -> [f64; 2] {
        let mut sums = [0.0; 2];
        for &sample in batch {
            let residual = w * self.x[sample] + b - self.y[sample];
            sums[0] += residual * self.x[sample];
            sums[1] += residual;
        }
        let share = 2.0 * factor(self.reduction, batch.len()) / count(batch.len());
        sums.map(|sum| share * sum)
    }
}

/// The columns x and y of a data set.
fn samples(data: f64, is_standardized: bool) -> [Vec<f64>; 2] {
    let mut columns = REGRESSION[place(data)].read();
    if is_standardized {
        columns = columns.iter().map(|column| data::standardized(column)).collect();
    }
    let mut columns = columns.into_iter();
    [columns.next().unwrap_or_default(), columns.next().unwrap_or_default()]
}

/// What a reduction makes of the mean of so many squares.
fn factor(reduction: usize, samples: usize) -> f64 {
    match reduction {
        0 => 0.5,
        1 => 1.0,
        2 => 0.5 * count(samples),
        _ => count(samples),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of samples")]
fn count(samples: usize) -> f64 {
    samples as f64
}

/// The place of a name, from the value of its knob.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few names")]
pub(super) fn place(value: f64) -> usize {
    value as usize
}

impl Formula<1> for LinearRegression {
    #[inline]
    fn value(&self, [w]: [f64; 1]) -> f64 {
        self.factor * self.moments.mean_square(w) + self.penalty(w)
    }

    #[inline]
    fn gradient(&self, [w]: [f64; 1]) -> [f64; 1] {
        [2.0 * self.factor * self.moments.half_slope(w) + self.penalty_slope(w)]
    }

    fn hessian(&self, _: [f64; 1]) -> [[f64; 1]; 1] {
        [[2.0 * self.factor * self.moments.spread + self.l2]]
    }

    fn samples(&self) -> Option<usize> {
        Some(self.x.len())
    }

    fn batch_gradient(&self, [w]: [f64; 1], batch: &[usize]) -> [f64; 1] {
        [self.sums(w, 0.0, batch)[0] + self.penalty_slope(w)]
    }
}

impl Formula<2> for LinearRegression {
    #[inline]
    fn value(&self, [w, b]: [f64; 2]) -> f64 {
        let offset = self.moments.offset(w, b);
        self.factor * (self.moments.mean_square(w) + offset * offset) + self.penalty(w)
    }

    #[inline]
    fn gradient(&self, [w, b]: [f64; 2]) -> [f64; 2] {
        let Moments { mean_x, .. } = self.moments;
        let offset = self.moments.offset(w, b);
        let by_w = self.moments.half_slope(w) + mean_x * offset;
        [2.0 * self.factor * by_w + self.penalty_slope(w), 2.0 * self.factor * offset]
    }

    fn hessian(&self, _: [f64; 2]) -> [[f64; 2]; 2] {
        let Moments { spread, mean_x, .. } = self.moments;
        let twice = 2.0 * self.factor;
        let mixed = twice * mean_x;
        [[twice * (spread + mean_x * mean_x) + self.l2, mixed], [mixed, twice]]
    }

    fn samples(&self) -> Option<usize> {
        Some(self.x.len())
    }

    fn batch_gradient(&self, [w, b]: [f64; 2], batch: &[usize]) -> [f64; 2] {
        let [by_w, by_b] = self.sums(w, b, batch);
        [by_w + self.penalty_slope(w), by_b]
    }
}
