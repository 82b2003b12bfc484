//! Fully connected networks: forward, back-propagation, and the Hessian times a vector.
//!
//! Samples are taken in blocks, so that the memory needed does not grow with them, and
//! every sum is taken in one order, so that the bits are the same on every machine.

mod activation;
mod ahead;
mod curve;
mod error;
mod initialisation;
mod kernel;
mod plan;
mod shape;
mod tally;
mod task;
mod walk;

use core::cell::RefCell;

use super::{Activity, Layer};
pub use activation::{ACTIVATION_NAMES, ACTIVATIONS, ActivationRule, Idle};
use ahead::{Ahead, PRODUCTS, is_same};
use curve::Curve;
pub use error::{ERROR_NAMES, ERRORS, ErrorRule};
pub use initialisation::{
    INITIALISATION_NAMES, INITIALISATIONS, InitialisationRule, Spread, initial_parameters,
};
use plan::Plan;
pub use shape::Shape;
use task::{Task, blocks};
use walk::{Source, Walk};

/// A network, what it is to learn, and the workspace for it.
pub struct Network {
    shape: Shape,
    layers: Vec<Layer>,
    task: Task,
    /// The gradient over all samples, which may be under way between two calls.
    ahead: RefCell<Option<Ahead>>,
    /// Everything else, so that it may be asked meanwhile.
    aside: RefCell<Option<Aside>>,
}

/// A workspace for whatever is asked at once.
struct Aside {
    theta: Vec<f64>,
    walk: Walk,
    curve: Option<Curve>,
}

impl Aside {
    /// Takes over the weights, where they are others.
    fn turn_to(&mut self, plan: &Plan, theta: &[f64]) {
        if !is_same(&self.theta, theta) {
            self.theta.clear();
            self.theta.extend_from_slice(theta);
            for place in &plan.places {
                self.walk.columns.turn(place, theta);
            }
        }
    }
}

impl Network {
    /// A network that learns the `targets` of the samples whose features are the columns
    /// of `features`. `l1` is λ₁ in λ₁ Σ|w|, `l2` is λ₂ in λ₂/2 ‖W‖², both over weights
    /// alone.
    ///
    /// # Panics
    ///
    /// If there are not as many columns as the shape has inputs, or not as many numbers in
    /// each as targets.
    #[must_use]
    pub fn new(
        shape: Shape,
        activation: &'static ActivationRule,
        error: &'static ErrorRule,
        features: Vec<Vec<f64>>,
        targets: Vec<f64>,
        l1: f64,
        l2: f64,
    ) -> Self {
        assert_eq!(features.len(), shape.inputs, "a column for each input");
        assert!(features.iter().all(|column| column.len() == targets.len()), "of equal length");
        let layers = shape.layers();
        let plan = Plan::of(layers.clone());
        let task = Task { plan, activation, error, features, targets, l1, l2 };
        Self { shape, layers, task, ahead: RefCell::new(None), aside: RefCell::new(None) }
    }

    /// d, the number of parameters.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.biases.end.max(layer.weights.end))
    }

    /// Its shape.
    #[must_use]
    pub fn shape(&self) -> Shape {
        self.shape
    }

    /// Its layers, the one that the features come into first.
    #[must_use]
    pub fn layers(&self) -> &[Layer] {
        &self.layers
    }

    /// About what one value costs, in exponentials.
    #[must_use]
    pub fn cost(&self) -> usize {
        let layer = |layer: &Layer| layer.inputs * layer.outputs / PRODUCTS + layer.outputs;
        self.task.targets.len() * self.layers.iter().map(layer).sum::<usize>()
    }

    /// J(θ): the mean of the errors, and the penalties.
    #[must_use]
    pub fn value(&self, theta: &[f64]) -> f64 {
        let task = &self.task;
        self.with_aside(theta, |aside| {
            let mut total = 0.0;
            for (first, count) in blocks(task.targets.len()) {
                let source = Source::All(&task.features);
                task.forward(&mut aside.walk, theta, source, first, count);
                let targets = &task.targets[first..][..count];
                task.add_errors(&mut total, aside.walk.found(&task.plan), targets);
            }
            total * Task::share(task.targets.len()) + task.penalty(theta)
        })
    }

    /// J(θ), with ∇J(θ) written to `gradient`; the bits are those of [`Network::value`],
    /// and do not depend on what [`Network::prepare`] has done.
    pub fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        self.with_ahead(|ahead| {
            ahead.turn_to(theta);
            ahead.advance(&self.task, usize::MAX);
            let (value, found, _) = ahead.finished();
            gradient.copy_from_slice(found);
            value
        })
    }

    /// Does a part of the next [`Network::value_and_gradient`] at `theta`, of about so many
    /// exponentials; says whether nothing of it is left to be done.
    pub fn prepare(&self, theta: &[f64], effort: usize) -> bool {
        self.with_ahead(|ahead| {
            ahead.turn_to(theta);
            ahead.advance(&self.task, effort)
        })
    }

    /// Writes what the layers did when a gradient over all samples was last finished.
    pub fn activity(&self, out: &mut [Activity]) {
        self.with_ahead(|ahead| {
            for (out, activity) in out.iter_mut().zip(ahead.activity()) {
                *out = *activity;
            }
        });
    }

    /// Writes the gradient over the samples with these numbers; over all of them where
    /// there are none.
    pub fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
        if batch.is_empty() {
            self.value_and_gradient(theta, gradient);
            return;
        }
        let task = &self.task;
        gradient.fill(0.0);
        let targets: Vec<f64> = batch.iter().map(|sample| task.targets[*sample]).collect();
        self.with_aside(theta, |aside| {
            let walk = &mut aside.walk;
            for (first, count) in blocks(batch.len()) {
                let source = Source::Chosen(&task.features, batch);
                task.forward(walk, theta, source, first, count);
                let targets = &targets[first..][..count];
                walk.turn(&task.plan, task.error, targets, Task::share(batch.len()));
                for place in task.plan.places.iter().rev() {
                    walk.backward(place, task.activation, theta, gradient, None);
                }
            }
        });
        task.add_penalty_slopes(theta, gradient);
    }

    /// Writes H(θ) v.
    pub fn curvature_product(&self, theta: &[f64], vector: &[f64], out: &mut [f64]) {
        let task = &self.task;
        let samples = task.targets.len();
        out.fill(0.0);
        self.with_aside(theta, |aside| {
            let curve = aside.curve.get_or_insert_with(|| Curve::new(&task.plan));
            let walk = &mut aside.walk;
            curve.turn_to(&task.plan, vector);
            for (first, count) in blocks(samples) {
                task.forward(walk, theta, Source::All(&task.features), first, count);
                let targets = &task.targets[first..][..count];
                walk.turn(&task.plan, task.error, targets, Task::share(samples));
                curve.add(task, walk, [theta, vector], targets, out);
            }
        });
        if task.l2 > 0.0 {
            for layer in &self.layers {
                let weights = layer.weights.clone();
                for (out, v) in out[weights.clone()].iter_mut().zip(&vector[weights]) {
                    *out += task.l2 * v;
                }
            }
        }
    }

    /// What θ makes of a sample with these features: its number, or the chance of class 1.
    #[must_use]
    pub fn predict(&self, theta: &[f64], features: &[f64]) -> f64 {
        let mut out = [0.0];
        self.with_aside(theta, |aside| {
            let columns: Vec<&[f64]> = features.chunks(1).collect();
            self.predict_into(aside, theta, &columns, &mut out);
        });
        out[0]
    }

    /// The same of many samples at once: `features` are columns, as long as `out`.
    pub fn predict_many(&self, theta: &[f64], features: &[&[f64]], out: &mut [f64]) {
        self.with_aside(theta, |aside| self.predict_into(aside, theta, features, out));
    }

    fn predict_into(&self, aside: &mut Aside, theta: &[f64], columns: &[&[f64]], out: &mut [f64]) {
        for (first, count) in blocks(out.len()) {
            self.task.forward(&mut aside.walk, theta, Source::Columns(columns), first, count);
            let out = &mut out[first..][..count];
            out.copy_from_slice(aside.walk.found(&self.task.plan));
            (self.task.error.predict)(out);
        }
    }

    fn with_ahead<T>(&self, work: impl FnOnce(&mut Ahead) -> T) -> T {
        work(self.ahead.borrow_mut().get_or_insert_with(|| Ahead::new(&self.task)))
    }

    fn with_aside<T>(&self, theta: &[f64], work: impl FnOnce(&mut Aside) -> T) -> T {
        let plan = &self.task.plan;
        let mut aside = self.aside.borrow_mut();
        let aside = aside.get_or_insert_with(|| Aside {
            theta: Vec::new(),
            walk: Walk::new(plan),
            curve: None,
        });
        aside.turn_to(plan, theta);
        work(aside)
    }
}
