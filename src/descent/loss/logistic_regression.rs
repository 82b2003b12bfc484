//! Two classes told apart by a line through the origin.

mod python;

use super::super::Named;
use super::super::data::{self, CLASSIFICATION, Samples, Task, recipe, standardized};
use super::formula::newton_step;
use super::linear_regression::{STANDARDIZE, penalty};
use super::residual::place;
use super::{Curvature, Formula, Knob, LossRule, Python, Setting, Words, build};

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
        [0.01 / largest, 20.0 / largest]
    },
    has_constant_hessian: |_| false,
    task: Some(Task::Classification),
    applies: |knobs, knob| knob < 3 || CLASSIFICATION[place(knobs[0])].is_made_up(),
    lowest: |knobs| {
        let regression = LogisticRegression::new(knobs);
        regression.minimum().map_or(0.0, |minimum| regression.value(minimum))
    },
    minima: |knobs| {
        let regression = LogisticRegression::new(knobs);
        // Samples on one line have a valley instead of a minimum.
        let is_isolated = |minimum: &[f64; 2]| {
            let curvature = Curvature::of_hessian(regression.hessian(*minimum));
            curvature.min > 1e-9 * curvature.max
        };
        let minimum = regression.minimum().filter(is_isolated);
        minimum.iter().map(|minimum| minimum.to_vec()).collect()
    },
    python: Python::OnData(python::lines),
    build: |knobs| build::<2, _>(LogisticRegression::new(knobs)),
};

struct LogisticRegression {
    /// In the units that it works in.
    samples: Samples,
    /// Features, their signs turned for the class 0: a sample is on its side where
    /// its product with w is positive, and softplus(z) − yz is softplus(−product).
    signed: Vec<[f64; 2]>,
    l2: f64,
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
        let rows = samples.column(0).iter().zip(samples.column(1)).zip(samples.target());
        let signed = rows.map(
            |((&one, &other), class)| {
                if *class > 0.0 { [one, other] } else { [-one, -other] }
            },
        );
        Self { signed: signed.collect(), samples, l2: setting[1] }
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of samples")]
    fn share(&self) -> f64 {
        1.0 / self.signed.len() as f64
    }

    /// The minimum by Newton's method with halved steps. None where a line tells
    /// the classes apart without a mistake and no penalty holds w back: the longer
    /// w, the lower the loss, without end.
    fn minimum(&self) -> Option<[f64; 2]> {
        let mut at = [0.0; 2];
        for _ in 0..100 {
            let separates = |v: &[f64; 2]| at[0] * v[0] + at[1] * v[1] > 0.0;
            if self.l2 == 0.0 && self.signed.iter().all(separates) {
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

    /// Holds the origin and the minimum, or where it would be under a penalty that
    /// is small beside the curvature.
    fn window(&self) -> [f64; 4] {
        let [[a, _], [_, c]] = self.hessian([0.0; 2]);
        let l2 = self.l2 + 0.002 * (a + c);
        let penalized = Self { samples: self.samples.clone(), signed: self.signed.clone(), l2 };
        let ends = [Some([0.0; 2]), self.minimum(), penalized.minimum()];
        let side = |axis: usize| {
            let ends = ends.iter().flatten().map(|end| end[axis]);
            let low = ends.clone().fold(f64::INFINITY, f64::min);
            let high = ends.fold(f64::NEG_INFINITY, f64::max);
            [low, high]
        };
        let [[x0, x1], [y0, y1]] = [side(0), side(1)];
        let margin = 0.4 * (x1 - x0).max(y1 - y0);
        [x0 - margin, x1 + margin, y0 - margin, y1 + margin]
    }
}

/// Factors from 1 to 2 that can be multiplied without leaving the range.
const FACTORS: usize = 512;

impl Formula<2> for LogisticRegression {
    fn value(&self, [w1, w2]: [f64; 2]) -> f64 {
        let mut sum = 0.0;
        // The logarithm of a product, not a sum of logarithms: they cost more than
        // all the rest.
        for samples in self.signed.chunks(FACTORS) {
            let mut product = 1.0;
            for [v1, v2] in samples {
                let z = w1 * v1 + w2 * v2;
                sum += (-z).max(0.0);
                product *= 1.0 + libm::exp(-z.abs());
            }
            sum += libm::log(product);
        }
        self.share() * sum + 0.5 * self.l2 * (w1 * w1 + w2 * w2)
    }

    fn gradient(&self, [w1, w2]: [f64; 2]) -> [f64; 2] {
        let mut sum = [0.0; 2];
        for &[v1, v2] in &self.signed {
            let wrong = chance(-(w1 * v1 + w2 * v2));
            sum[0] -= wrong * v1;
            sum[1] -= wrong * v2;
        }
        [self.share() * sum[0] + self.l2 * w1, self.share() * sum[1] + self.l2 * w2]
    }

    fn hessian(&self, [w1, w2]: [f64; 2]) -> [[f64; 2]; 2] {
        let [mut xx, mut xy, mut yy] = [0.0; 3];
        for &[v1, v2] in &self.signed {
            let z = w1 * v1 + w2 * v2;
            let weight = chance(z) * chance(-z);
            xx += weight * v1 * v1;
            xy += weight * v1 * v2;
            yy += weight * v2 * v2;
        }
        let [xx, xy, yy] = [xx, xy, yy].map(|sum| self.share() * sum);
        [[xx + self.l2, xy], [xy, yy + self.l2]]
    }

    fn data(&self) -> Option<&Samples> {
        Some(&self.samples)
    }

    fn predict(&self, [w1, w2]: [f64; 2], features: &[f64]) -> f64 {
        chance(w1 * features[0] + w2 * features[1])
    }

    #[expect(clippy::cast_precision_loss, reason = "a number of samples")]
    fn batch_gradient(&self, [w1, w2]: [f64; 2], batch: &[usize]) -> [f64; 2] {
        let mut sum = [0.0; 2];
        for &sample in batch {
            let [v1, v2] = self.signed[sample];
            let wrong = chance(-(w1 * v1 + w2 * v2));
            sum[0] -= wrong * v1;
            sum[1] -= wrong * v2;
        }
        let share = 1.0 / batch.len() as f64;
        [share * sum[0] + self.l2 * w1, share * sum[1] + self.l2 * w2]
    }
}

/// 1/(1 + exp(−z)), without leaving the range on either side.
fn chance(z: f64) -> f64 {
    let small = libm::exp(-z.abs());
    let larger = 1.0 / (1.0 + small);
    if z >= 0.0 { larger } else { small * larger }
}
