//! Fully connected networks: forward, back-propagation, and the Hessian times a vector.
//!
//! Samples are taken in blocks of 32, so that the memory needed does not grow with them.
//! Every sum is taken in one order, so that the bits are the same on every machine, and in
//! parts, so that nobody has to wait: a part is one layer of one block, well below a
//! millisecond.
//!
//! **Memory.** With d parameters and u units, features included, each of the five
//! workspaces that were needed so far (value, gradient, gradient of a batch, product with
//! the Hessian, predictions) holds about 3d + 70u numbers, that of the product twice as
//! many. A network of 50 layers of 64 units, the largest of the page, has d = 200,000 and
//! u = 3,100: 6.5 MB each, 35 MB if all are in use; one of 8 layers of 32 units 0.3 MB each.
//!
//! ```
//! use descent::network::{
//!     ACTIVATIONS, ERRORS, INITIALISATIONS, Network, Shape, initial_parameters,
//! };
//!
//! let shape = Shape { inputs: 2, depth: 3, width: 4, bias: true };
//! let [.., tanh, _, _, _] = ACTIVATIONS;
//! let [cross_entropy, _] = ERRORS;
//! // Exclusive or.
//! let features = vec![vec![0.0, 0.0, 1.0, 1.0], vec![0.0, 1.0, 0.0, 1.0]];
//! let classes = vec![0.0, 1.0, 1.0, 0.0];
//! let network = Network::new(shape, tanh, cross_entropy, features, classes, 0.0, 0.0);
//!
//! let [_, xavier, ..] = INITIALISATIONS;
//! let mut theta = initial_parameters(&shape, xavier, 0.0, 1.0, 0);
//! let mut gradient = vec![0.0; network.dimension()];
//! for _ in 0..1000 {
//!     network.value_and_gradient(&theta, &mut gradient);
//!     for (parameter, slope) in theta.iter_mut().zip(&gradient) {
//!         *parameter -= 0.5 * slope;
//!     }
//! }
//! assert!(network.value(&theta) < 0.01);
//! assert!(network.predict(&theta, &[1.0, 0.0]) > 0.95);
//! assert!(network.predict(&theta, &[1.0, 1.0]) < 0.05);
//! ```

mod activation;
mod along;
mod curve;
mod error;
mod initialisation;
mod kernel;
mod parts;
mod pass;
mod plan;
mod predictor;
mod shape;
mod tally;
mod task;
mod walk;

use core::cell::RefCell;

use super::data::mean;
use super::{Activity, Layer};
pub use activation::{ACTIVATION_NAMES, ACTIVATIONS, ActivationRule, Idle};
use along::Along;
pub use error::{ERROR_NAMES, ERRORS, ErrorRule};
pub use initialisation::{
    INITIALISATION_NAMES, INITIALISATIONS, InitialParameters, InitialisationRule, Scaling,
    initial_parameters,
};
use parts::PRODUCTS;
use pass::Pass;
use plan::Plan;
use predictor::Predictor;
pub use shape::Shape;
use task::Task;

/// A network, what it is to learn, and workspaces for it, each made when it is first
/// needed: what is under way in one may be gone on with after another was asked.
pub struct Network {
    shape: Shape,
    layers: Vec<Layer>,
    task: Task,
    /// The value alone, at the two points last asked for, the latest first: the map and a
    /// run that searches along a direction take turns, and neither begins anew.
    values: RefCell<[Option<Pass>; 2]>,
    /// The gradient over all samples.
    gradient: RefCell<Option<Pass>>,
    /// The gradient over some.
    batch: RefCell<Option<Pass>>,
    /// The Hessian times a vector.
    along: RefCell<Option<Along>>,
    /// Predictions.
    predictor: RefCell<Option<Predictor>>,
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
        Self {
            shape,
            layers,
            task: Task { plan, activation, error, features, targets, l1, l2 },
            values: RefCell::new([None, None]),
            gradient: RefCell::new(None),
            batch: RefCell::new(None),
            along: RefCell::new(None),
            predictor: RefCell::new(None),
        }
    }

    /// d, the number of parameters.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.biases.end.max(layer.weights.end))
    }

    /// The mean error of the best answer that is the same for every sample: the mean of
    /// the targets, or the log-odds of class 1. `None` where that has no error left.
    #[must_use]
    pub fn constant_guess(&self) -> Option<f64> {
        let Task { targets, error, .. } = &self.task;
        let share = mean(targets);
        let output = if error.needs_classes { libm::log(share / (1.0 - share)) } else { share };
        let errors: Vec<f64> = targets.iter().map(|y| (error.value)(output, *y)).collect();
        let guess = mean(&errors);
        (output.is_finite() && guess > 0.0).then_some(guess)
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

    /// About what one value costs, in exponentials; a gradient costs three times as much, a
    /// product with the Hessian eight times.
    #[must_use]
    pub fn cost(&self) -> usize {
        let layer = |layer: &Layer| layer.inputs * layer.outputs / PRODUCTS + layer.outputs;
        self.task.targets.len() * self.layers.iter().map(layer).sum::<usize>()
    }

    /// J(θ): the mean of the errors, and the penalties.
    #[must_use]
    pub fn value(&self, theta: &[f64]) -> f64 {
        self.prepare_value(theta, usize::MAX);
        self.values.borrow()[0].as_ref().map_or(0.0, Pass::value)
    }

    /// Does a part of the next [`Network::value`] at `theta`, of about so many exponentials;
    /// says whether nothing of it is left to be done. What is found in parts has the bits of
    /// what is found at once; so it is with the others.
    pub fn prepare_value(&self, theta: &[f64], effort: usize) -> bool {
        let mut values = self.values.borrow_mut();
        let is_at = |pass: &Option<Pass>| pass.as_ref().is_some_and(|pass| pass.is_at(theta));
        let is_free = |pass: &Option<Pass>| pass.as_ref().is_none_or(Pass::is_done);
        // What is done makes room before what is under way.
        let is_second = !is_at(&values[0]) && (is_at(&values[1]) || !is_free(&values[0]));
        if is_second {
            values.swap(0, 1);
        }
        let pass = values[0].get_or_insert_with(|| Pass::of_value(&self.task));
        pass.turn_to(&self.task, theta, &[]);
        pass.advance(&self.task, effort)
    }

    /// J(θ), with ∇J(θ) written to `gradient`; J has the bits of [`Network::value`].
    pub fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        self.prepare(theta, usize::MAX);
        self.gradient.borrow().as_ref().map_or(0.0, |pass| {
            gradient.copy_from_slice(pass.gradient());
            pass.value()
        })
    }

    /// Does a part of the next [`Network::value_and_gradient`].
    pub fn prepare(&self, theta: &[f64], effort: usize) -> bool {
        self.pass(&self.gradient, Pass::of_gradient_and_activity, theta, &[], effort)
    }

    /// Writes what the layers did when a gradient over all samples was last finished.
    pub fn activity(&self, out: &mut [Activity]) {
        if let Some(pass) = self.gradient.borrow().as_ref() {
            for (out, activity) in out.iter_mut().zip(pass.activity()) {
                *out = *activity;
            }
        }
    }

    /// Writes the gradient over the samples with these numbers; over all of them where
    /// there are none.
    pub fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
        if batch.is_empty() {
            self.value_and_gradient(theta, gradient);
            return;
        }
        self.prepare_batch(theta, batch, usize::MAX);
        if let Some(pass) = self.batch.borrow().as_ref() {
            gradient.copy_from_slice(pass.gradient());
        }
    }

    /// Does a part of the next [`Network::batch_gradient`].
    pub fn prepare_batch(&self, theta: &[f64], batch: &[usize], effort: usize) -> bool {
        if batch.is_empty() {
            return self.prepare(theta, effort);
        }
        self.pass(&self.batch, Pass::of_gradient, theta, batch, effort)
    }

    /// Writes H(θ) v.
    pub fn curvature_product(&self, theta: &[f64], vector: &[f64], out: &mut [f64]) {
        self.prepare_product(theta, vector, usize::MAX);
        if let Some(along) = self.along.borrow().as_ref() {
            out.copy_from_slice(along.product());
        }
    }

    /// Does a part of the next [`Network::curvature_product`].
    pub fn prepare_product(&self, theta: &[f64], vector: &[f64], effort: usize) -> bool {
        let mut along = self.along.borrow_mut();
        let along = along.get_or_insert_with(|| Along::new(&self.task));
        along.turn_to(&self.task, theta, vector);
        along.advance(&self.task, effort)
    }

    /// What θ makes of a sample with these features: its number, or the chance of class 1.
    #[must_use]
    pub fn predict(&self, theta: &[f64], features: &[f64]) -> f64 {
        let columns: Vec<&[f64]> = features.chunks(1).collect();
        let mut out = [0.0];
        self.predict_many(theta, &columns, &mut out);
        out[0]
    }

    /// The same of many samples at once: `features` are columns, as long as `out`.
    pub fn predict_many(&self, theta: &[f64], features: &[&[f64]], out: &mut [f64]) {
        let mut predictor = self.predictor.borrow_mut();
        let predictor = predictor.get_or_insert_with(|| Predictor::new(&self.task));
        predictor.predict(&self.task, theta, features, out);
    }

    fn pass(
        &self,
        pass: &RefCell<Option<Pass>>,
        make: fn(&Task) -> Pass,
        theta: &[f64],
        batch: &[usize],
        effort: usize,
    ) -> bool {
        let mut pass = pass.borrow_mut();
        let pass = pass.get_or_insert_with(|| make(&self.task));
        pass.turn_to(&self.task, theta, batch);
        pass.advance(&self.task, effort)
    }
}
