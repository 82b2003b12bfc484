//! The Hessian times a vector, worked out part by part.

use super::curve::Curve;
use super::parts::{PRODUCTS, Part, Parts, copy_to, is_same};
use super::task::Task;
use super::walk::{Source, Walk};

/// A product on its way.
pub(super) struct Along {
    theta: Vec<f64>,
    vector: Vec<f64>,
    /// Whether the weights are those of `theta` and not of one before.
    has_weights: bool,
    parts: Parts,
    walk: Walk,
    curve: Curve,
    product: Vec<f64>,
}

impl Along {
    pub(super) fn new(task: &Task) -> Self {
        Self {
            theta: Vec::new(),
            vector: Vec::new(),
            has_weights: false,
            parts: Parts::of(0, true),
            walk: Walk::new(&task.plan),
            curve: Curve::new(&task.plan),
            product: Vec::new(),
        }
    }

    /// Begins anew where θ or the vector is another one.
    pub(super) fn turn_to(&mut self, task: &Task, theta: &[f64], vector: &[f64]) {
        let is_there = is_same(&self.theta, theta);
        if is_there && is_same(&self.vector, vector) {
            return;
        }
        if !is_there {
            copy_to(&mut self.theta, theta);
            self.has_weights = false;
        }
        copy_to(&mut self.vector, vector);
        self.product.clear();
        self.product.resize(theta.len(), 0.0);
        self.parts = Parts::of(task.targets.len(), true);
    }

    /// Does about as much as `effort` exponentials cost, but at least one part; says
    /// whether nothing is left to be done.
    pub(super) fn advance(&mut self, task: &Task, effort: usize) -> bool {
        let mut parts = self.parts.clone();
        let is_done = parts.advance(&task.plan, effort, |part, parts| self.step(task, part, parts));
        self.parts = parts;
        is_done
    }

    /// H(θ) v, when it is done.
    pub(super) fn product(&self) -> &[f64] {
        &self.product
    }

    /// Does one part; says about how many exponentials it cost.
    fn step(&mut self, task: &Task, part: Part, parts: &Parts) -> usize {
        let places = &task.plan.places;
        match part {
            Part::Weights(layer) => {
                if !self.has_weights {
                    self.walk.columns.turn(&places[layer], &self.theta);
                    self.has_weights = layer + 1 == places.len();
                }
                self.curve.columns.turn(&places[layer], &self.vector);
                places[layer].products() / 2
            }
            Part::Forward(layer) => {
                self.forward(task, layer, parts);
                let place = &places[layer];
                self.walk.count * (3 * place.products() / PRODUCTS + place.layer.outputs)
            }
            Part::Backward(layer) => {
                let (place, along) = (&places[layer], [&self.theta[..], &self.vector]);
                self.curve.backward(task, &mut self.walk, place, along, &mut self.product);
                self.walk.count * (5 * place.products() / PRODUCTS + place.layer.inputs)
            }
            Part::Finish => {
                task.add_penalty_curvature(&self.vector, &mut self.product);
                self.vector.len() / 4
            }
        }
    }

    fn forward(&mut self, task: &Task, layer: usize, parts: &Parts) {
        let place = &task.plan.places[layer];
        let (first, count) = parts.block();
        if layer == 0 {
            self.walk.load(place, Source::All(&task.features), first, count);
        }
        self.walk.forward(place, task.activation_after(layer), &self.theta);
        let is_last = layer + 1 == task.plan.places.len();
        self.curve.forward(task, &self.walk, place, &self.vector, is_last);
        if is_last {
            let targets = &task.targets[first..][..count];
            let share = Task::share(task.targets.len());
            self.walk.turn(&task.plan, task.error, targets, share);
            self.curve.turn(task, &self.walk, targets, share);
        }
    }
}
