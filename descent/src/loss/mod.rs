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
mod minima;
mod network;
mod on_plane;
mod parabola;
mod polynomial_regression;
mod python;
mod quadratic;
mod rastrigin;
mod residual;
mod robust_fit;
mod rosenbrock;
mod saddle;
mod setting;
mod six_hump_camel;
mod styblinski_tang;
mod three_hump_camel;
mod whole;

use super::data::{DataSet, Recipe, Samples, Task};
use super::optimizer::Optimizer;
use super::{
    Curvature, Descent, Knob, Layered, Plane, Progress, Scale, Storage, Trajectory, Words,
};
pub use formula::{Formula, OnFormula};
use formula::{build, polish};
pub use minima::Minima;
pub use on_plane::OnPlane;
pub use python::{Python, PythonLines};
pub use setting::Setting;
pub use whole::Whole;

/// The most parameters of which room is made for a whole matrix: half a megabyte.
pub(crate) const MOST_DENSE: usize = 256;

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
    fn slopes(&self, points: &[f64], values: &mut [f64], gradients: &mut [f64]) {
        let count = values.len();
        let (mut theta, mut gradient) = (vec![0.0; self.dimension()], vec![0.0; self.dimension()]);
        for (at, value) in values.iter_mut().enumerate() {
            for (axis, parameter) in theta.iter_mut().enumerate() {
                *parameter = points[axis * count + at];
            }
            *value = self.value_and_gradient(&theta, &mut gradient);
            for (axis, slope) in gradient.iter().enumerate() {
                gradients[axis * count + at] = *slope;
            }
        }
    }

    /// The samples it learns from, if it does, in the units that it works in:
    /// standardized where it does that.
    fn data(&self) -> Option<&Samples> {
        None
    }

    /// Which rows of [`Loss::data`] J is about: the samples of a batch are counted
    /// in this list. None where it is about all of them, as they stand.
    fn trained(&self) -> Option<&[usize]> {
        None
    }

    /// What θ makes of a sample with these features: its number, or the chance of
    /// class 1. 0 where the loss does not learn from samples.
    fn predict(&self, theta: &[f64], features: &[f64]) -> f64 {
        let _ = (theta, features);
        0.0
    }

    /// The same of many samples at once: `features` are columns, as long as `out`.
    fn predict_many(&self, theta: &[f64], features: &[&[f64]], out: &mut [f64]) {
        let mut sample = vec![0.0; features.len()];
        for (row, out) in out.iter_mut().enumerate() {
            for (feature, column) in sample.iter_mut().zip(features) {
                *feature = column[row];
            }
            *out = self.predict(theta, &sample);
        }
    }

    /// Its layers, if it is a network.
    fn layered(&self) -> Option<&dyn Layered> {
        None
    }

    /// Does a part of the next [`Loss::value_and_gradient`] at `theta` ahead, of about so
    /// much [`Loss::cost`]; says whether nothing of it is left to be done. What is found
    /// in parts has the bits of what is found at once.
    fn prepare(&self, theta: &[f64], effort: usize) -> bool {
        let _ = (theta, effort);
        true
    }

    /// The same of the next [`Loss::batch_gradient`].
    fn prepare_batch(&self, theta: &[f64], batch: &[usize], effort: usize) -> bool {
        let _ = (theta, batch, effort);
        true
    }

    /// The same of the next [`Loss::value`].
    fn prepare_value(&self, theta: &[f64], effort: usize) -> bool {
        let _ = (theta, effort);
        true
    }

    /// m, the number of samples that J is a sum or a mean over, if it is.
    fn samples(&self) -> Option<usize> {
        Some(self.trained().map_or(self.data()?.len(), <[usize]>::len))
    }

    /// What one value costs beyond a formula in two parameters, in exponentials:
    /// where samples have to be gone through, about one for each.
    fn cost(&self) -> usize {
        0
    }

    /// Writes the gradient of the same loss over the samples with these numbers,
    /// each below m, to `gradient`. An empty batch is the full batch: the bits of
    /// [`Loss::value_and_gradient`].
    fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]);

    /// What is known of its minima whatever the run: see [`Minima`].
    fn minima(&self) -> Minima {
        Minima::Searched
    }

    /// Its minima at which the gradient leaps, as at the tip of a cone, where Newton's
    /// method finds no way.
    fn kinks(&self) -> Vec<Vec<f64>> {
        Vec::new()
    }

    /// Whether its second derivatives are the same everywhere.
    fn is_quadratic(&self) -> bool {
        false
    }

    /// J of the best answer that is the same for every sample, of a loss that learns from
    /// samples and has too many parameters to know its minimum.
    fn constant_guess(&self) -> Option<f64> {
        None
    }

    /// The Hessian's eigenvalues at θ; none where it has too many parameters for that.
    fn curvature(&self, theta: &[f64]) -> Option<Curvature>;

    /// Whether asking for the curvature costs so much more than a step that it is not
    /// asked for at each step of a run.
    fn has_dear_curvature(&self) -> bool {
        self.dimension() > 2
    }

    /// Whether it has few enough parameters for its Hessian to be worked out.
    fn has_hessian(&self) -> bool {
        self.dimension() <= MOST_DENSE
    }

    /// Writes the matrix of second derivatives at θ, row by row, to `out`, which has
    /// d² numbers; says no where it has too many parameters for that.
    fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool;

    /// Writes the Hessian at θ times `vector` to `out`; all have d numbers. Says no where
    /// that is not known: a loss with more than [`MOST_DENSE`] parameters is not asked for
    /// its matrix.
    fn curvature_product(&self, theta: &[f64], vector: &[f64], out: &mut [f64]) -> bool {
        let Some(hessian) = self.dense_hessian(theta, MOST_DENSE) else { return false };
        for (out, row) in out.iter_mut().zip(hessian.chunks_exact(vector.len().max(1))) {
            *out = row.iter().zip(vector).map(|(entry, v)| entry * v).sum();
        }
        true
    }

    /// The Hessian at θ, row by row, where it is known and there are at most so many
    /// parameters: the matrix of a large network does not fit into memory.
    fn dense_hessian(&self, theta: &[f64], most: usize) -> Option<Vec<f64>> {
        let n = theta.len();
        if n > most || !self.has_hessian() {
            return None;
        }
        let mut hessian = vec![0.0; n * n];
        self.hessian(theta, &mut hessian).then_some(hessian)
    }

    /// Does a part of the next [`Loss::curvature_product`] with these ahead, as
    /// [`Loss::prepare`] does of a gradient.
    fn prepare_product(&self, theta: &[f64], vector: &[f64], effort: usize) -> bool {
        let _ = (theta, vector, effort);
        true
    }

    /// J at every crossing of the columns `xs` and the rows `ys`, row by row into
    /// `out`; a loss with one parameter ignores `ys` beyond their number, one with
    /// more than two is asked [`Loss::fill_plane`] instead.
    fn fill(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        for (row, &y) in out.chunks_exact_mut(xs.len()).zip(ys) {
            for (out, &x) in row.iter_mut().zip(xs) {
                *out = self.value(&[x, y][..self.dimension().min(2)]);
            }
        }
    }

    /// Whether J falls for ever towards a bound that no θ reaches, as where two classes can
    /// be separated: there is no minimum to arrive at.
    fn lacks_minimum(&self) -> bool {
        false
    }

    /// Whether the first parameter is the one that lifts all that is predicted alike, as
    /// in a polynomial; in a line it is the last.
    fn begins_with_intercept(&self) -> bool {
        false
    }

    /// J on a plane through the space of the parameters, at every crossing of `xs`
    /// and `ys`, row by row into `out`.
    fn fill_plane(&self, plane: &Plane, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let mut theta = vec![0.0; self.dimension()];
        for (row, &y) in out.chunks_exact_mut(xs.len()).zip(ys) {
            for (out, &x) in row.iter_mut().zip(xs) {
                plane.point([x, y], &mut theta);
                *out = self.value(&theta);
            }
        }
    }

    /// The loss over the samples that are held out, without its penalties and as if there
    /// were as many of them as of the others; none where no sample is.
    fn held_out_loss(&self, theta: &[f64]) -> Option<f64> {
        let _ = theta;
        None
    }

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

/// The key of the knob that says how many features a person's own samples have; a loss
/// without one takes any number that it has a shape for.
pub const FEATURES: &str = "features";

/// A loss as menus, links and tests see it.
#[derive(Debug)]
pub struct LossRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// J as a formula, for these values of the knobs.
    pub formula: fn(&Setting) -> String,
    /// Where it comes from.
    pub source: &'static str,
    /// Its numbers.
    pub knobs: &'static [Knob],
    /// Where a run starts if nothing else is said, for these values of the knobs;
    /// its length is the dimension.
    pub start: fn(&Setting) -> Vec<f64>,
    /// The part of parameter space worth a first look: `[x0, x1, y0, y1]`. With
    /// one parameter the last two are not used.
    pub window: fn(&Setting) -> [f64; 4],
    /// The range of the learning-rate slider for these values of the knobs.
    pub rates: fn(&Setting) -> [f64; 2],
    /// Whether the Hessian is the same everywhere, so that what theory says of
    /// one point holds for the whole run.
    pub has_constant_hessian: fn(&Setting) -> bool,
    /// The sets of samples to choose from; none in a loss that does not learn from any.
    pub sets: &'static [DataSet],
    /// Whether the knob at this place does anything, given the values of all of them.
    pub applies: fn(&[f64], usize) -> bool,
    /// inf J: where the logarithmic colour scale begins.
    pub lowest: fn(&Setting) -> f64,
    /// The isolated local minima worth a mark.
    pub minima: fn(&Setting) -> Vec<Vec<f64>>,
    /// The same in Python.
    pub python: Python,
    /// The loss with these values of its knobs.
    pub build: fn(&Setting) -> Box<dyn Loss>,
}

impl LossRule {
    /// The default of each knob.
    #[must_use]
    pub fn defaults(&self) -> Setting {
        Setting { knobs: super::defaults(self.knobs), own: None }
    }

    /// d, the number of parameters for these values of the knobs.
    #[must_use]
    pub fn dimension(&self, setting: &Setting) -> usize {
        (self.start)(setting).len()
    }

    /// The value of the knob with this key, where there is one.
    #[must_use]
    pub fn knob(&self, key: &str, setting: &Setting) -> Option<f64> {
        let place = self.knobs.iter().position(|knob| knob.key == key)?;
        setting.get(place).copied()
    }

    /// The set of data chosen, for a loss that learns from samples.
    #[must_use]
    pub fn data_set(&self, setting: &Setting) -> Option<&'static DataSet> {
        self.sets.get(residual::place(self.knob("data", setting)?))
    }

    /// Whether it learns from samples.
    #[must_use]
    pub fn learns(&self) -> bool {
        !self.sets.is_empty()
    }

    /// All that it can learn, what its first set is for first.
    pub fn tasks(&self) -> impl Iterator<Item = Task> {
        let first = self.sets.first().and_then(DataSet::task);
        let others = Task::ALL.into_iter().filter(move |task| Some(*task) != first);
        let has = |task: &Task| self.sets.iter().any(|set| set.task() == Some(*task));
        first.into_iter().chain(others).filter(has)
    }

    /// What it can learn from a person's own samples, and from how many features.
    pub fn shapes(&self) -> impl Iterator<Item = (Task, usize)> {
        self.sets.iter().flat_map(|set| set.shapes().iter().copied())
    }

    /// What it can learn from these samples, if anything.
    #[must_use]
    pub fn task_of(&self, samples: &Samples) -> Option<Task> {
        let shape = self.shapes().find(|(task, features)| task.fits_with(*features, samples));
        shape.map(|(task, _)| task)
    }

    /// What it can learn from these samples with these values of the knobs: those that say
    /// how many features there are have to agree.
    #[must_use]
    pub fn own_task(&self, setting: &Setting, samples: &Samples) -> Option<Task> {
        let asked = self.knob(FEATURES, setting).map(residual::place);
        let agrees = asked.is_none_or(|asked| asked == samples.features());
        self.task_of(samples).filter(|_| agrees)
    }

    /// How many features its samples have.
    #[must_use]
    pub fn features(&self, setting: &Setting) -> usize {
        let own = setting.own.as_ref().filter(|own| {
            let wants_own = self.data_set(setting).is_some_and(DataSet::is_own);
            wants_own && self.own_task(setting, own).is_some()
        });
        let usual = || self.task(setting).map_or(0, Task::features);
        own.map_or_else(usual, Samples::features)
    }

    /// What it learns from samples, if it does: what the set chosen is for, or what a
    /// person's own are for.
    #[must_use]
    pub fn task(&self, setting: &Setting) -> Option<Task> {
        let own = || self.own_task(setting, setting.own.as_ref()?);
        self.data_set(setting)?.task().or_else(own).or_else(|| self.tasks().next())
    }

    /// The choice of an error that needs classes where its samples have none: its place
    /// among the knobs, and what is taken instead.
    #[must_use]
    pub fn unfit_error(&self, setting: &Setting) -> Option<(usize, &'static str)> {
        network::unfit_error(self, setting)
    }

    /// The samples that it learns from, as they are before anything is standardized:
    /// those of its first set where they are to be a person's own and there are none
    /// that fit; none in a loss that does not learn from any.
    #[must_use]
    pub fn samples(&self, setting: &Setting) -> Samples {
        let number = |key| self.knob(key, setting).unwrap_or_default();
        let recipe = Recipe::of(["count", "noise", "outliers", "data_seed"].map(number));
        let read = self.data_set(setting).and_then(|set| set.read(&recipe));
        let own = || {
            let task = self.own_task(setting, setting.own.as_ref()?)?;
            setting.own.clone().map(|own| own.for_task(task))
        };
        let first = || self.sets.first()?.read(&recipe);
        read.or_else(own).or_else(first).unwrap_or_else(|| Samples::new(Vec::new()))
    }

    /// The columns of [`LossRule::samples`].
    fn columns(&self, setting: &Setting) -> Vec<Vec<f64>> {
        let samples = self.samples(setting);
        samples.columns().iter().map(|column| column.numbers.clone()).collect()
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
    &polynomial_regression::RULE,
    &logistic_regression::RULE,
    &network::RULE,
];

/// The loss with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static LossRule> {
    LOSSES.iter().copied().find(|rule| rule.key == key)
}
