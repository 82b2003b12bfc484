//! What a regression makes of its residuals.

use super::super::{Named, Scale};
use super::{Knob, Words};

/// How the size of a residual counts.
static ERRORS: [Named; 3] = [
    Named { key: "squared", name: Words { en: "Squared r²", zh: "平方误差 r²" } },
    Named { key: "absolute", name: Words { en: "Absolute |r|", zh: "绝对误差 |r|" } },
    Named { key: "huber", name: Words { en: "Huber", zh: "Huber" } },
];

/// How all of them become one number.
static REDUCTIONS: [Named; 4] = [
    Named {
        key: "half_mean", name: Words { en: "Half the mean, 1/2m", zh: "均值的一半 1/2m" }
    },
    Named { key: "mean", name: Words { en: "Mean, 1/m", zh: "均值 1/m" } },
    Named { key: "half_sum", name: Words { en: "Half the sum, ½Σ", zh: "和的一半 ½Σ" } },
    Named { key: "sum", name: Words { en: "Sum, Σ", zh: "和 Σ" } },
];

/// The choice between them.
pub(super) const REDUCTION: Knob =
    Knob::choice("reduction", Words { en: "Reduction", zh: "损失的归约" }, &REDUCTIONS);

/// The choice of how a residual counts.
pub(super) const ERROR: Knob = Knob::choice("error", Words { en: "Error", zh: "误差" }, &ERRORS);

/// Where Huber's error turns from a parabola into lines, in the unit of y.
pub(super) const DELTA: Knob = Knob {
    key: "delta",
    name: Words { en: "Huber's δ", zh: "Huber 的 δ" },
    // As in PyTorch's `HuberLoss`.
    default: 1.0,
    min: 0.01,
    max: 1000.0,
    scale: Scale::Log,
};

/// How the size of a residual counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Error {
    /// r².
    Squared,
    /// |r|; its slope at 0 is called 0.
    Absolute,
    /// ½r² up to δ, δ|r| − ½δ² beyond (Huber, Annals of Mathematical Statistics 35
    /// (1964) 73).
    Huber(f64),
}

/// What becomes of all residuals.
#[derive(Clone, Copy, Debug)]
pub(super) struct Residuals {
    /// Of one.
    pub(super) error: Error,
    /// The place of the reduction among its names.
    pub(super) reduction: usize,
}

impl Residuals {
    /// From the values of [`REDUCTION`], [`ERROR`] and [`DELTA`].
    pub(super) fn of(reduction: f64, error: f64, delta: f64) -> Self {
        let error = [Error::Squared, Error::Absolute, Error::Huber(delta)][place(error)];
        Self { error, reduction: place(reduction) }
    }

    /// How one counts.
    #[inline]
    pub(super) fn size(&self, residual: f64) -> f64 {
        match self.error {
            Error::Squared => residual * residual,
            Error::Absolute => residual.abs(),
            Error::Huber(delta) => {
                let inner = residual.abs().min(delta);
                inner * (residual.abs() - 0.5 * inner)
            }
        }
    }

    /// The derivative of [`Self::size`].
    #[inline]
    pub(super) fn slope(&self, residual: f64) -> f64 {
        match self.error {
            Error::Squared => 2.0 * residual,
            Error::Absolute if residual == 0.0 => 0.0,
            Error::Absolute => residual.signum(),
            Error::Huber(delta) => residual.clamp(-delta, delta),
        }
    }

    /// The derivative of [`Self::slope`], where there is one; else 0.
    pub(super) fn bend(&self, residual: f64) -> f64 {
        match self.error {
            Error::Squared => 2.0,
            Error::Absolute => 0.0,
            Error::Huber(delta) => f64::from(u8::from(residual.abs() <= delta)),
        }
    }

    /// What the reduction makes of a mean over so many samples. The ½ belongs to
    /// the square: Huber's error has it already, the absolute one has none.
    pub(super) fn factor(&self, samples: usize) -> f64 {
        let is_halved = self.error == Error::Squared && self.reduction.is_multiple_of(2);
        let all = if self.reduction >= 2 { count(samples) } else { 1.0 };
        if is_halved { 0.5 * all } else { all }
    }
}

/// The sum over all residuals as a formula; `residual` is that of one of them.
pub(super) fn formula(reduction: f64, error: f64, residual: &str) -> String {
    let [squared, other] =
        [["1/(2m) Σ", "1/m Σ"], ["1/m Σ", "1/m Σ"], ["½ Σ", "Σ"], ["Σ", "Σ"]][place(reduction)];
    match place(error) {
        0 => format!("{squared}({residual})²"),
        1 => format!("{other}|{residual}|"),
        _ => format!("{other} huber({residual})"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a number of samples")]
pub(super) fn count(samples: usize) -> f64 {
    samples as f64
}

/// The place of a name, from the value of its knob.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few names")]
pub(super) fn place(value: f64) -> usize {
    value as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_and_bends_are_derivatives() {
        for error in 0..3_u8 {
            let residuals = Residuals::of(0.0, f64::from(error), 1.5);
            for step in -40..40 {
                let r = 0.1 * f64::from(step) + 0.03;
                let h = 1e-6;
                let slope = (residuals.size(r + h) - residuals.size(r - h)) / (2.0 * h);
                assert!((residuals.slope(r) - slope).abs() < 1e-8, "{error} at {r}");
                let bend = (residuals.slope(r + h) - residuals.slope(r - h)) / (2.0 * h);
                assert!((residuals.bend(r) - bend).abs() < 1e-8, "{error} at {r}");
            }
            assert_eq!(residuals.slope(0.0), 0.0);
        }
    }

    #[test]
    #[expect(clippy::float_cmp, reason = "small whole numbers")]
    fn the_half_belongs_to_the_square() {
        let factors = |error: f64| {
            [0.0, 1.0, 2.0, 3.0].map(|reduction| Residuals::of(reduction, error, 1.0).factor(6))
        };
        assert_eq!(factors(0.0), [0.5, 1.0, 3.0, 6.0]);
        assert_eq!(factors(1.0), [1.0, 1.0, 6.0, 6.0]);
        assert_eq!(factors(2.0), [1.0, 1.0, 6.0, 6.0]);
        let huber = Residuals::of(0.0, 2.0, 2.0);
        assert_eq!([1.0, -1.0, 5.0].map(|r| huber.size(r)), [0.5, 0.5, 8.0]);
    }
}
