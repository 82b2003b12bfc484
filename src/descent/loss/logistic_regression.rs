//! Two classes told apart by a line through the origin.

mod python;

use super::super::Named;
use super::super::data::{self, CLASSIFICATION};
use super::formula::newton_step;
use super::linear_regression::{STANDARDIZE, penalty, place};
use super::{Curvature, Formula, Knob, LossRule, Python, Words, build};

static DATA: [Named; CLASSIFICATION_COUNT] = data::names(&CLASSIFICATION);
const CLASSIFICATION_COUNT: usize = CLASSIFICATION.len();

pub(super) static RULE: LossRule = LossRule {
    key: "logistic_regression",
    name: Words { en: "Logistic regression", zh: "逻辑回归" },
    formula: "J(w) = 1/m Σ(ln(1 + exp zᵢ) − yᵢ zᵢ) + λ₂/2 ‖w‖², z = w₁x₁ + w₂x₂",
    source: "Cox, Journal of the Royal Statistical Society B 20 (1958) 215",
    knobs: &[
        Knob::choice("data", Words { en: "Data", zh: "数据" }, &DATA),
        penalty("l2", Words { en: "L2 penalty λ₂", zh: "L2 正则化 λ₂" }),
        STANDARDIZE,
    ],
    start: |_| vec![0.0; 2],
    window: |knobs| LogisticRegression::new(knobs).window(),
    rates: |knobs| {
        let regression = LogisticRegression::new(knobs);
        // Nowhere else does it curve as much.
        let largest = Curvature::of_hessian(regression.hessian([0.0; 2])).max;
        [0.01 / largest, 20.0 / largest]
    },
    has_constant_hessian: false,
    lowest: |knobs| {
        let regression = LogisticRegression::new(knobs);
        regression.minimum().map_or(0.0, |minimum| regression.value(minimum))
    },
    minima: |knobs| {
        let minimum = LogisticRegression::new(knobs).minimum();
        minimum.iter().map(|minimum| minimum.to_vec()).collect()
    },
    python: Python::OnData(python::lines),
    build: |knobs| build::<2, _>(LogisticRegression::new(knobs)),
};

struct LogisticRegression {
    /// Features, their signs turned for the class 0: a sample is on its side where
    /// its product with w is positive, and softplus(z) − yz is softplus(−product).
    signed: Vec<[f64; 2]>,
    l2: f64,
}

impl LogisticRegression {
    fn new(knobs: &[f64]) -> Self {
        let mut columns = CLASSIFICATION[place(knobs[0])].read();
        let classes = columns.pop().unwrap_or_default();
        if knobs[2] > 0.0 {
            columns = columns.iter().map(|column| data::standardized(column)).collect();
        }
        let samples = columns[0].iter().zip(&columns[1]).zip(&classes);
        let signed = samples.map(
            |((&one, &other), class)| {
                if *class > 0.0 { [one, other] } else { [-one, -other] }
            },
        );
        Self { signed: signed.collect(), l2: knobs[1] }
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
            let step = newton_step(self.gradient(at), self.hessian(at));
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
        let penalized = Self { signed: self.signed.clone(), l2: self.l2 + 0.002 * (a + c) };
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

    fn samples(&self) -> Option<usize> {
        Some(self.signed.len())
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
