//! Losses: one file each, one line each in [`LOSSES`].

mod ackley;
mod beale;
mod booth;
mod deep_chain;
mod formula;
mod gaussian_well;
mod himmelblau;
mod linear_regression;
mod logistic_regression;
mod matyas;
mod parabola;
mod python;
mod quadratic;
mod rastrigin;
mod rosenbrock;
mod saddle;
mod six_hump_camel;
mod styblinski_tang;
mod three_hump_camel;

use super::optimizer::Optimizer;
use super::{Curvature, Descent, Knob, Progress, Scale, Storage, Trajectory, Words};
pub(super) use formula::newton_step;
pub use formula::{Formula, OnFormula};
use formula::{build, polish};
pub use python::{Python, PythonLines};

/// A loss as the rest of the program uses it, whatever its number of parameters.
pub trait Loss {
    /// d, the number of parameters.
    fn dimension(&self) -> usize;

    /// J(θ); `theta` has d numbers.
    fn value(&self, theta: &[f64]) -> f64;

    /// J(θ), with ∇J(θ) written to `gradient`; both slices have d numbers.
    fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64;

    /// J and ∇J at many points at once: `points` and `gradients` have d planes, first
    /// the first component of every point, then the second of every point, each as
    /// many numbers as `values` has. Bit for bit what
    /// [`Loss::value_and_gradient`] says of each.
    fn slopes(&self, points: &[f64], values: &mut [f64], gradients: &mut [f64]);

    /// m, the number of samples that J is a sum or a mean over, if it is.
    fn samples(&self) -> Option<usize>;

    /// Writes the gradient of the same loss over the samples with these numbers,
    /// each below m, to `gradient`; the whole gradient where there are none.
    fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]);

    /// The Hessian's eigenvalues at θ.
    fn curvature(&self, theta: &[f64]) -> Curvature;

    /// The matrix of second derivatives at θ, row by row; `out` has d² numbers.
    fn hessian(&self, theta: &[f64], out: &mut [f64]);

    /// J at every crossing of the columns `xs` and the rows `ys`, row by row into
    /// `out`; a loss with one parameter ignores `ys` beyond their number.
    fn fill(&self, xs: &[f64], ys: &[f64], out: &mut [f64]);

    /// Goes on with a run of `descent` until `until` rows are recorded or it ends;
    /// any number of calls makes the same run as one. `optimizer` is the one that
    /// it began with.
    fn advance(
        &self,
        progress: &mut Progress,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
        until: usize,
    );

    /// Runs `descent` with a fresh `optimizer` and records everything, in memory
    /// that an earlier run has left.
    fn descend_in(
        &self,
        storage: Storage,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
    ) -> Trajectory {
        let mut progress = Progress::begin(storage, descent);
        self.advance(&mut progress, optimizer, descent, usize::MAX);
        progress.finish()
    }

    /// Runs `descent` with a fresh `optimizer` and records everything.
    fn descend(&self, optimizer: &mut dyn Optimizer, descent: &Descent<'_>) -> Trajectory {
        self.descend_in(Storage::default(), optimizer, descent)
    }
}

/// A loss as menus, links and tests see it.
#[derive(Debug)]
pub struct LossRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// J as a formula.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Its numbers.
    pub knobs: &'static [Knob],
    /// Where a run starts if nothing else is said, for these values of the knobs;
    /// its length is the dimension.
    pub start: fn(&[f64]) -> Vec<f64>,
    /// The part of parameter space worth a first look: `[x0, x1, y0, y1]`. With
    /// one parameter the last two are not used.
    pub window: fn(&[f64]) -> [f64; 4],
    /// The range of the learning-rate slider for these values of the knobs.
    pub rates: fn(&[f64]) -> [f64; 2],
    /// Whether the Hessian is the same everywhere, so that what theory says of
    /// one point holds for the whole run.
    pub has_constant_hessian: bool,
    /// inf J: where the logarithmic colour scale begins.
    pub lowest: fn(&[f64]) -> f64,
    /// The isolated local minima worth a mark.
    pub minima: fn(&[f64]) -> Vec<Vec<f64>>,
    /// The same in Python.
    pub python: Python,
    /// The loss with these values of its knobs.
    pub build: fn(&[f64]) -> Box<dyn Loss>,
}

impl LossRule {
    /// The default of each knob.
    #[must_use]
    pub fn defaults(&self) -> Vec<f64> {
        super::defaults(self.knobs)
    }

    /// d, the number of parameters for these values of the knobs.
    #[must_use]
    pub fn dimension(&self, knobs: &[f64]) -> usize {
        (self.start)(knobs).len()
    }
}

impl PartialEq for LossRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every loss, in the order of the menu.
pub static LOSSES: &[&LossRule] = &[
    &parabola::RULE,
    &quadratic::RULE,
    &rosenbrock::RULE,
    &himmelblau::RULE,
    &saddle::RULE,
    &gaussian_well::RULE,
    &deep_chain::RULE,
    &beale::RULE,
    &booth::RULE,
    &matyas::RULE,
    &three_hump_camel::RULE,
    &six_hump_camel::RULE,
    &styblinski_tang::RULE,
    &ackley::RULE,
    &rastrigin::RULE,
    &linear_regression::RULE,
    &logistic_regression::RULE,
];

/// The loss with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static LossRule> {
    LOSSES.iter().copied().find(|rule| rule.key == key)
}
