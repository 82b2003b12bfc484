//! Two classes told apart by a line through the origin.

mod python;
mod sums;

use std::cell::OnceCell;
use std::rc::Rc;

use super::super::Named;
use super::super::data::{self, CLASSIFICATION, Samples, recipe, standardized};
use super::formula::newton_step;
use super::linear_regression::{STANDARDIZE, penalty};
use super::residual::{count, place};
use super::{Curvature, Formula, Knob, LossRule, Minima, Python, Setting, Words, build};
use sums::{Signed, chance};

static DATA: [Named; CLASSIFICATION_COUNT] = data::names(&CLASSIFICATION);
const CLASSIFICATION_COUNT: usize = CLASSIFICATION.len();

pub(super) static RULE: LossRule = LossRule {
    key: "logistic_regression",
    name: Words { en: "Logistic regression", zh: "逻辑回归" },
    formula: |_| "J(w) = 1/m Σ(ln(1 + exp zᵢ) − yᵢ zᵢ) + λ₂/2 ‖w‖², z = w₁x₁ + w₂x₂".to_owned(),
    source: "Cox, Journal of the Royal Statistical Society B 20 (1958) 215",
    knobs: &[
        Knob::choice("data", Words { en: "Data", zh: "数据" }, &DATA),
        penalty("l2", Words { en: "L2 penalty λ₂", zh: "L2 正则化 λ₂" }),
        STANDARDIZE,
        recipe::COUNT,
        recipe::NOISE,
        recipe::OUTLIERS,
        recipe::DATA_SEED,
    ],
    start: |_| vec![0.0; 2],
    window: |knobs| LogisticRegression::new(knobs).window(),
    rates: |knobs| {
        let regression = LogisticRegression::new(knobs);
        // Nowhere else does it curve as much.
        let largest = Curvature::of_hessian(regression.hessian([0.0; 2])).max;
        // Samples at 0 say nothing.
        let largest = if largest > 0.0 { largest } else { 1.0 };
        [0.01 / largest, 20.0 / largest]
    },
    has_constant_hessian: |_| false,
    sets: &CLASSIFICATION,
    applies: |knobs, knob| knob < 3 || CLASSIFICATION[place(knobs[0])].is_made_up(),
    lowest: |knobs| {
        let regression = LogisticRegression::new(knobs);
        regression.minimum().map_or(0.0, |minimum| regression.value(minimum))
    },
    minima: |knobs| match LogisticRegression::new(knobs).find_minima() {
        Minima::One(minimum) => vec![minimum],
        Minima::None | Minima::Searched => Vec::new(),
    },
    python: Python::OnData(python::lines),
    build: |knobs| build::<2, _>(LogisticRegression::new(knobs)),
};

struct LogisticRegression {
    /// In the units that it works in.
    samples: Samples,
    signed: Rc<Signed>,
    l2: f64,
    /// Found when it is first asked for.
    known_minima: OnceCell<Minima>,
}

impl LogisticRegression {
    fn new(setting: &Setting) -> Self {
        let mut samples = RULE.samples(setting);
        if setting[2] > 0.0 {
            let columns = samples.columns().iter().enumerate().map(|(place, column)| {
                let is_feature = place < samples.features();
                if is_feature { standardized(&column.numbers) } else { column.numbers.clone() }
            });
            samples = samples.with_numbers(columns.collect::<Vec<_>>());
        }
        let signed = Signed::new(samples.column(0), samples.column(1), samples.target());
        let known_minima = OnceCell::new();
        Self { signed: Rc::new(signed), samples, l2: setting[1], known_minima }
    }

    fn share(&self) -> f64 {
        1.0 / count(self.samples.len())
    }

    fn penalty(&self, [w1, w2]: [f64; 2]) -> f64 {
        0.5 * self.l2 * (w1 * w1 + w2 * w2)
    }

    /// The minimum by Newton's method with halved steps. None where a line tells
    /// the classes apart without a mistake and no penalty holds w back: the longer
    /// w, the lower the loss, without end.
    fn minimum(&self) -> Option<[f64; 2]> {
        let mut at = [0.0; 2];
        for _ in 0..100 {
            if self.l2 == 0.0 && self.signed.are_told_apart_by(at) {
                return None;
            }
            let [[a, b], [_, c]] = self.hessian(at);
            // Samples on one line through the origin say nothing of the other
            // direction: there it stays.
            let least = 1e-12 * (a + c);
            let step = newton_step(self.gradient(at), [[a + least, b], [b, c + least]]);
            let value = self.value(at);
            let moved = |part: f64| [at[0] + part * step[0], at[1] + part * step[1]];
            let parts = [1.0, 0.5, 0.25, 0.125, 0.0625, 0.03125];
            let Some(next) = parts.into_iter().map(moved).find(|next| self.value(*next) < value)
            else {
                // At the bottom: a last step takes the digits that the loss does
                // not show.
                at = moved(1.0);
                break;
            };
            at = next;
        }
        Some(at)
    }

    fn find_minima(&self) -> Minima {
        let Some(minimum) = self.minimum() else { return Minima::None };
        // Samples on one line have a valley instead of a minimum.
        let curvature = Curvature::of_hessian(self.hessian(minimum));
        let is_isolated = curvature.min > 1e-9 * curvature.max;
        if is_isolated { Minima::One(minimum.to_vec()) } else { Minima::Searched }
    }

    /// Holds the origin and the minimum, or where it would be under a penalty that
    /// is small beside the curvature.
    fn window(&self) -> [f64; 4] {
        let [[a, _], [_, c]] = self.hessian([0.0; 2]);
        let l2 = self.l2 + 0.002 * (a + c);
        let (samples, signed) = (self.samples.clone(), Rc::clone(&self.signed));
        let penalized = Self { samples, signed, l2, known_minima: OnceCell::new() };
        let ends = [Some([0.0; 2]), self.minimum(), penalized.minimum()];
        let side = |axis: usize| {
            let ends = ends.iter().flatten().map(|end| end[axis]);
            let low = ends.clone().fold(f64::INFINITY, f64::min);
            let high = ends.fold(f64::NEG_INFINITY, f64::max);
            [low, high]
        };
        let [[x0, x1], [y0, y1]] = [side(0), side(1)];
        let widest = (x1 - x0).max(y1 - y0);
        // At the middle of two classes is the minimum where they are the same.
        let margin = if widest > 1e-9 { 0.4 * widest } else { 1.0 };
        [x0 - margin, x1 + margin, y0 - margin, y1 + margin]
    }
}

impl Formula<2> for LogisticRegression {
    fn value(&self, w: [f64; 2]) -> f64 {
        self.share() * self.signed.loss(w) + self.penalty(w)
    }

    fn gradient(&self, w: [f64; 2]) -> [f64; 2] {
        self.value_and_gradient(w).1
    }

    fn value_and_gradient(&self, w: [f64; 2]) -> (f64, [f64; 2]) {
        let (loss, [by_1, by_2]) = self.signed.loss_and_slopes(w);
        let share = self.share();
        let slopes = [share * by_1 + self.l2 * w[0], share * by_2 + self.l2 * w[1]];
        (share * loss + self.penalty(w), slopes)
    }

    fn hessian(&self, w: [f64; 2]) -> [[f64; 2]; 2] {
        let [xx, xy, yy] = self.signed.bends(w).map(|sum| self.share() * sum);
        [[xx + self.l2, xy], [xy, yy + self.l2]]
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

    fn predict(&self, [w1, w2]: [f64; 2], features: &[f64]) -> f64 {
        chance(w1 * features[0] + w2 * features[1])
    }

    fn batch_gradient(&self, [w1, w2]: [f64; 2], batch: &[usize]) -> [f64; 2] {
        let mut sum = [0.0; 2];
        for &sample in batch {
            let [v1, v2] = self.signed.of(sample);
            let wrong = chance(-(w1 * v1 + w2 * v2));
            sum[0] -= wrong * v1;
            sum[1] -= wrong * v2;
        }
        let share = 1.0 / count(batch.len());
        [share * sum[0] + self.l2 * w1, share * sum[1] + self.l2 * w2]
    }

    fn minima(&self) -> Minima {
        self.known_minima.get_or_init(|| self.find_minima()).clone()
    }
}
