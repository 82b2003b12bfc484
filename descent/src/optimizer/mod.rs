//! Update rules: one file each, one line each in [`OPTIMIZERS`].

mod adadelta;
mod adagrad;
mod adam;
mod adamax;
mod adamw;
mod amsgrad;
mod backtracking;
mod barzilai_borwein;
mod inlined;
mod lbfgs;
mod line_search;
mod lion;
mod moments;
mod momentum;
mod nadam;
mod nesterov;
mod newton;
mod radam;
mod rmsprop;
mod sgd;

use super::loss::Loss;
use super::{Curvature, Exact, Knob, Precision, Rounding, Scale, Words};
pub use inlined::Inlined;
pub use sgd::Sgd;

/// The place that a step leaves, and what a rule may know of it.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The loss; rules that choose their own step ask it for more than the
    /// gradient at one point.
    pub loss: &'a dyn Loss,
    /// J(θ).
    pub value: f64,
    /// The gradient to follow: after noise, clipping and rounding.
    pub gradient: &'a [f64],
    /// η(t), from the run's rate and schedule.
    pub learning_rate: f64,
}

/// One update rule with the state of one run.
pub trait Optimizer {
    /// Moves `theta` by one step from `place`. Returns the rate that was used:
    /// the place's, unless the rule chooses its own.
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64;

    /// Does a part of the next [`Optimizer::step`] from there ahead, of about so much
    /// [`Loss::cost`]; says whether nothing of it that takes long is left to be done. What
    /// is done in parts has the bits of what is done at once.
    fn prepare(&mut self, theta: &[f64], place: &Place<'_>, effort: usize) -> bool {
        let _ = (theta, place, effort);
        true
    }

    /// The direction gathered over the steps so far, where the rule keeps one:
    /// a velocity or a mean of gradients, of the gradient's sign.
    fn momentum(&self) -> Option<&[f64]> {
        None
    }

    /// Writes the diagonal of P, where the last step was η·P⁻¹ times a gradient or a
    /// mean of gradients, to `out`, which has a number for each parameter; says
    /// whether there is such a P. Before the first step its numbers mean nothing.
    fn preconditioner(&self, out: &mut [f64]) -> bool {
        let _ = out;
        false
    }

    /// Whether each parameter is moved by its own gradients alone, so that one
    /// optimizer can move the parameters of many runs, put one after the other.
    fn is_elementwise(&self) -> bool {
        false
    }

    /// Whether its step is made of the loss's Hessian; where that is not to be had
    /// ([`Loss::has_hessian`]) it does with the gradient.
    fn needs_hessian(&self) -> bool {
        false
    }

    /// The rule in the form that is compiled into each loss's loop, if it has one.
    fn inlined(&mut self) -> Option<&mut Inlined> {
        None
    }
}

/// An update that follows the rate it is given, elementwise: what it does to a
/// parameter depends on that parameter, its gradients and the step, not on other
/// parameters (see [`Optimizer::is_elementwise`]). Every operation's result goes
/// through `round`; hyperparameters do not.
pub trait Update {
    /// Moves `theta` by one step along `gradient`.
    fn update<R: Rounding>(
        &mut self,
        round: R,
        theta: &mut [f64],
        gradient: &[f64],
        learning_rate: f64,
    );

    /// As [`Optimizer::momentum`].
    fn momentum(&self) -> Option<&[f64]> {
        None
    }

    /// As [`Optimizer::preconditioner`].
    fn preconditioner(&self, out: &mut [f64]) -> bool {
        let _ = out;
        false
    }
}

/// An update in some precision as an [`Optimizer`].
struct Rounded<U> {
    update: U,
    precision: Precision,
}

impl<U: Update> Optimizer for Rounded<U> {
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        let Place { gradient, learning_rate, .. } = *place;
        match self.precision {
            Precision::F64 => self.update.update(Exact, theta, gradient, learning_rate),
            coarse => self.update.update(coarse, theta, gradient, learning_rate),
        }
        learning_rate
    }

    fn momentum(&self) -> Option<&[f64]> {
        self.update.momentum()
    }

    fn preconditioner(&self, out: &mut [f64]) -> bool {
        self.update.preconditioner(out)
    }

    fn is_elementwise(&self) -> bool {
        true
    }
}

/// A boxed update, for the lines of the list.
fn build<U: Update + 'static>(update: U, precision: Precision) -> Box<dyn Optimizer> {
    Box::new(Rounded { update, precision })
}

/// What the run's rate is to a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateRole {
    /// Every step uses it.
    EveryStep,
    /// Each step tries it first and takes less where that is too much.
    FirstTried,
    /// The first step uses it; from then on the rule finds its own.
    FirstStep,
    /// The rule does without.
    Unused,
}

/// The best fixed rate of a rule with these knobs at a point of this curvature.
pub type BestRate = fn(&[f64], &Curvature) -> Option<f64>;

/// The rates that are equally fast in the long run at a point of this curvature, from the
/// lowest to the highest; none where one rate alone is the fastest.
pub type BestBand = fn(&[f64], &Curvature) -> Option<[f64; 2]>;

/// What theory says of a rule on a quadratic with eigenvalues λ_min … λ_max;
/// elsewhere it holds near a point.
#[derive(Debug)]
pub struct Stability {
    /// c(knobs): descent is stable as long as η·λ_max < c.
    pub limit: fn(&[f64]) -> f64,
    /// By what each step multiplies the error along an eigenvector with this η·λ in
    /// the long run: the spectral radius of the rule's recursion.
    pub growth: fn(&[f64], f64) -> f64,
    /// c / λ_max in parts; `true` for an index.
    pub limit_formula: &'static [(&'static str, bool)],
    /// The best fixed rate in the long run, where there is a closed form.
    pub best: Option<BestRate>,
    /// The same in parts.
    pub best_formula: &'static [(&'static str, bool)],
    /// The rates that are equally fast, where a closed form says that there are several.
    pub band: Option<BestBand>,
    /// The same in parts.
    pub band_formula: &'static [(&'static str, bool)],
}

/// A limit of the preconditioned product for knobs at a step with its rate.
pub type EdgeAt = fn(&[f64], usize, f64) -> f64;

/// What a rule's sharpness is measured with, and where its edge of stability lies:
/// the product of rate and sharpness from which on a quadratic the error grows.
#[derive(Debug)]
pub enum Edge {
    /// η·λ_max of the Hessian H itself; the edge is [`Stability::limit`].
    Plain,
    /// η·λ_max of P^(−½) H P^(−½), with P from [`Optimizer::preconditioner`] taken
    /// for constant, and its edge. Source: Cohen et al., *Adaptive Gradient Methods
    /// at the Edge of Stability* (2022).
    Preconditioned(EdgeAt),
    /// There is no such product, for this reason.
    None(Words),
}

/// A rule in Python, for 'Copy as Python'. `{knob}` stands for a knob's value.
///
/// Below double precision `theta`, `g` and what is computed from them round the
/// result of every operation but `np.dot`. Where the rule itself does not, a line
/// `d = np.asarray(d)` makes it a plain array, and a line `d = rounded(d)` goes
/// back; `d = np.asarray(rounded(d))` rounds once. A script in double precision
/// leaves such lines out.
#[derive(Debug)]
pub struct Python {
    /// The arguments after the parameters of its class in `torch.optim`, as in
    /// `SGD(lr=lr, momentum={momentum})`; empty where PyTorch has none.
    pub torch: &'static str,
    /// NumPy: lines that make the state before the first step.
    pub state: &'static str,
    /// NumPy: lines of one step. They read `theta`, `g`, `lr`, the step `t` from 0
    /// and `value`, J at `theta`, and assign a new array to `theta`; a rule that
    /// chooses its own step calls `J`, `dJ` and `hessian` and assigns `lr` as well.
    pub step: &'static str,
}

/// An update rule as menus, links and tests see it.
#[derive(Debug)]
pub struct OptimizerRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// The update as a formula.
    pub formula: &'static str,
    /// Where formula and defaults come from.
    pub source: &'static str,
    /// Its numbers besides the rate.
    pub knobs: &'static [Knob],
    /// What the run's rate is to it.
    pub rate: RateRole,
    /// The range of its rate slider, from the range that suits plain descent.
    pub rates: fn([f64; 2]) -> [f64; 2],
    /// What theory says; none where it is silent.
    pub stability: Option<Stability>,
    /// The product that says whether a step is too long for the ground.
    pub edge: Edge,
    /// The same in Python.
    pub python: Python,
    /// The rule with these values of its knobs in this precision, ready for step
    /// 0 of a run with so many parameters.
    pub build: fn(&[f64], usize, Precision) -> Box<dyn Optimizer>,
}

impl OptimizerRule {
    /// c: the rule with these knobs is locally stable while η·λ_max < c.
    #[must_use]
    pub fn stable_below(&self, knobs: &[f64]) -> Option<f64> {
        self.stability.as_ref().map(|stability| (stability.limit)(knobs))
    }

    /// The edge of stability of the product that belongs to the rule, at a step with
    /// its rate.
    #[must_use]
    pub fn edge_at(&self, knobs: &[f64], step: usize, rate: f64) -> Option<f64> {
        match &self.edge {
            Edge::Plain => self.stable_below(knobs),
            Edge::Preconditioned(limit) => Some(limit(knobs, step, rate)),
            Edge::None(_) => None,
        }
    }

    /// What theory says of the rule with these knobs.
    #[must_use]
    pub fn theory<'a>(&'static self, knobs: &'a [f64]) -> Option<(&'static Stability, &'a [f64])> {
        Some((self.stability.as_ref()?, knobs))
    }

    /// The largest locally stable rate at a point, where theory has one.
    #[must_use]
    pub fn limit(&self, knobs: &[f64], curvature: &Curvature) -> Option<f64> {
        let rate = self.stable_below(knobs)? / curvature.max;
        (rate.is_finite() && rate > 0.0).then_some(rate)
    }

    /// The fixed rates that are equally fast at a point, where theory has several.
    #[must_use]
    pub fn band(&self, knobs: &[f64], curvature: &Curvature) -> Option<[f64; 2]> {
        (self.stability.as_ref()?.band?)(knobs, curvature)
    }

    /// The best fixed rate at a point, where theory has one.
    #[must_use]
    pub fn best(&self, knobs: &[f64], curvature: &Curvature) -> Option<f64> {
        (self.stability.as_ref()?.best?)(knobs, curvature)
    }
}

impl PartialEq for OptimizerRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every update rule, in the order of the menu: those that follow the rate they
/// are given, then the baselines that choose their own step.
pub static OPTIMIZERS: &[&OptimizerRule] = &[
    &sgd::RULE,
    &momentum::RULE,
    &nesterov::RULE,
    &adagrad::RULE,
    &adadelta::RULE,
    &rmsprop::RULE,
    &adam::RULE,
    &amsgrad::RULE,
    &adamax::RULE,
    &nadam::RULE,
    &radam::RULE,
    &adamw::RULE,
    &lion::RULE,
    &line_search::RULE,
    &barzilai_borwein::RULE,
    &newton::RULE,
    &lbfgs::RULE,
];

/// The size of the larger root of r² − `sum`·r + `product`.
fn larger_root(sum: f64, product: f64) -> f64 {
    let half = 0.5 * sum.abs();
    let square = half * half - product;
    // The two roots of a negative square are conjugate: each is √product in size.
    if square < 0.0 { product.sqrt() } else { half + square.sqrt() }
}

/// The rule with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static OptimizerRule> {
    OPTIMIZERS.iter().copied().find(|rule| rule.key == key)
}

/// The rates that suit rules whose step is about as long as the rate, whatever
/// the gradient: a hundredth of a unit to a few units of parameter space.
fn rates_of_normalised_steps(_: [f64; 2]) -> [f64; 2] {
    [0.01, 4.0]
}

/// A decay rate of a running mean: below 1, and finer the nearer it is to 1.
const fn decay_rate(key: &'static str, name: Words, default: f64) -> Knob {
    Knob { key, name, default, min: 0.0, max: 0.999_999, scale: Scale::Complement }
}

/// The number that keeps a division from a division by zero.
const fn epsilon(default: f64) -> Knob {
    let name = Words { en: "ε in the denominator", zh: "分母中的 ε" };
    Knob { key: "eps", name, default, min: 1e-16, max: 1.0, scale: Scale::Log }
}

/// λ of decoupled decay: each step takes the share ηλ off every parameter.
const fn weight_decay(default: f64) -> Knob {
    let name = Words { en: "Weight decay λ", zh: "权重衰减 λ" };
    Knob { key: "weight_decay", name, default, min: 0.0, max: 1.0, scale: Scale::Linear }
}
