//! The value and, where it is wanted, the gradient, worked out part by part.

use super::super::Activity;
use super::parts::{PRODUCTS, Part, Parts, copy_to, is_same};
use super::tally::Tally;
use super::task::Task;
use super::walk::{Source, Walk};

/// A value or a gradient on its way.
pub(super) struct Pass {
    theta: Vec<f64>,
    /// The samples; all of them if this is empty.
    batch: Vec<usize>,
    /// Whether the gradient is wanted.
    returns: bool,
    parts: Parts,
    walk: Walk,
    /// The targets of a block.
    targets: Vec<f64>,
    total: f64,
    gradient: Vec<f64>,
    /// One for each layer where its activity is wanted.
    tallies: Vec<Tally>,
    /// What the tallies said in the end.
    activity: Vec<Activity>,
}

impl Pass {
    /// Of the value alone.
    pub(super) fn of_value(task: &Task) -> Self {
        Self::new(task, false, Vec::new())
    }

    /// Of the value and the gradient.
    pub(super) fn of_gradient(task: &Task) -> Self {
        Self::new(task, true, Vec::new())
    }

    /// Of these, and of what the layers do meanwhile.
    pub(super) fn of_gradient_and_activity(task: &Task) -> Self {
        let places = task.plan.places.iter();
        Self::new(task, true, places.map(|place| Tally::of(place.layer.outputs)).collect())
    }

    fn new(task: &Task, returns: bool, tallies: Vec<Tally>) -> Self {
        Self {
            theta: Vec::new(),
            batch: Vec::new(),
            returns,
            parts: Parts::of(0, returns),
            walk: Walk::new(&task.plan),
            targets: Vec::new(),
            total: 0.0,
            gradient: Vec::new(),
            activity: vec![Activity::default(); tallies.len()],
            tallies,
        }
    }

    /// Begins anew where θ or the batch is another one.
    pub(super) fn turn_to(&mut self, task: &Task, theta: &[f64], batch: &[usize]) {
        if is_same(&self.theta, theta) && self.batch == batch {
            return;
        }
        copy_to(&mut self.theta, theta);
        copy_to(&mut self.batch, batch);
        if self.returns {
            self.gradient.clear();
            self.gradient.resize(theta.len(), 0.0);
        }
        self.tallies.iter_mut().for_each(Tally::clear);
        self.total = 0.0;
        self.parts = Parts::of(self.samples(task), self.returns);
    }

    /// Does about as much as `effort` exponentials cost, but at least one part; says
    /// whether nothing is left to be done.
    pub(super) fn advance(&mut self, task: &Task, effort: usize) -> bool {
        let mut parts = self.parts.clone();
        let is_done = parts.advance(&task.plan, effort, |part, parts| self.step(task, part, parts));
        self.parts = parts;
        is_done
    }

    /// Whether it is that of all samples there.
    pub(super) fn is_at(&self, theta: &[f64]) -> bool {
        self.batch.is_empty() && is_same(&self.theta, theta)
    }

    /// Whether nothing is left to be done.
    pub(super) fn is_done(&self) -> bool {
        self.parts.is_done()
    }

    /// J, when it is done.
    pub(super) fn value(&self) -> f64 {
        self.total
    }

    /// ∇J, when it is done.
    pub(super) fn gradient(&self) -> &[f64] {
        &self.gradient
    }

    /// What the layers did when it was last done.
    pub(super) fn activity(&self) -> &[Activity] {
        &self.activity
    }

    fn samples(&self, task: &Task) -> usize {
        if self.batch.is_empty() { task.targets.len() } else { self.batch.len() }
    }

    /// Does one part; says about how many exponentials it cost.
    fn step(&mut self, task: &Task, part: Part, parts: &Parts) -> usize {
        let places = &task.plan.places;
        match part {
            Part::Weights(layer) => {
                self.walk.columns.turn(&places[layer], &self.theta);
                places[layer].products() / 4
            }
            Part::Forward(layer) => {
                self.forward(task, layer, parts);
                let place = &places[layer];
                self.walk.count * (place.products() / PRODUCTS + place.layer.outputs)
            }
            Part::Backward(layer) => {
                let (place, activation) = (&places[layer], task.activation);
                let tally = layer.checked_sub(1).and_then(|before| self.tallies.get_mut(before));
                self.walk.backward(place, activation, &self.theta, &mut self.gradient, tally);
                self.walk.count * (2 * place.products() / PRODUCTS + place.layer.inputs / 2)
            }
            Part::Finish => {
                self.finish(task);
                self.theta.len() / 4
            }
        }
    }

    fn forward(&mut self, task: &Task, layer: usize, parts: &Parts) {
        let place = &task.plan.places[layer];
        let (first, count) = parts.block();
        let is_all = self.batch.is_empty();
        if layer == 0 {
            let all = Source::All(&task.features);
            let source = if is_all { all } else { Source::Chosen(&task.features, &self.batch) };
            self.walk.load(place, source, first, count);
        }
        self.walk.forward(place, task.activation_after(layer), &self.theta);
        if let Some(tally) = self.tallies.get_mut(layer) {
            tally.spread(&self.walk.outputs[place.after(count)]);
        }
        if layer + 1 < task.plan.places.len() {
            return;
        }
        if is_all {
            copy_to(&mut self.targets, &task.targets[first..][..count]);
        } else {
            self.targets.clear();
            let chosen = &self.batch[first..][..count];
            self.targets.extend(chosen.iter().map(|sample| task.targets[*sample]));
        }
        task.add_errors(&mut self.total, self.walk.found(&task.plan), &self.targets);
        let share = Task::share(self.samples(task));
        if self.returns {
            self.walk.turn(&task.plan, task.error, &self.targets, share);
        }
    }

    fn finish(&mut self, task: &Task) {
        self.total = self.total * Task::share(self.samples(task)) + task.penalty(&self.theta);
        if self.returns {
            task.add_penalty_slopes(&self.theta, &mut self.gradient);
        }
        for (layer, (activity, tally)) in self.activity.iter_mut().zip(&self.tallies).enumerate() {
            *activity = tally.activity(task.activation_after(layer).map(|rule| rule.idle));
        }
    }
}
