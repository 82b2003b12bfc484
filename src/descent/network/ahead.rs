//! The value and the gradient over all samples, worked out part by part.

use super::super::Activity;
use super::kernel::BLOCK;
use super::tally::Tally;
use super::task::Task;
use super::walk::{Source, Walk};

/// As many products are added up in the time of one exponential.
pub(super) const PRODUCTS: usize = 32;

/// What comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Taking over the weights of a layer.
    Pack(usize),
    /// The block through a layer.
    Forward(usize),
    /// And back.
    Backward(usize),
    /// Nothing.
    Done,
}

/// A gradient on its way. Where it stops makes no difference to its bits: the parts are
/// the same, and done in the same order.
pub(super) struct Ahead {
    theta: Vec<f64>,
    walk: Walk,
    stage: Stage,
    /// The block's first sample.
    first: usize,
    total: f64,
    value: f64,
    gradient: Vec<f64>,
    tallies: Vec<Tally>,
    /// What the tallies said when a gradient was last finished.
    activity: Vec<Activity>,
}

impl Ahead {
    pub(super) fn new(task: &Task) -> Self {
        let places = &task.plan.places;
        Self {
            theta: Vec::new(),
            walk: Walk::new(&task.plan),
            stage: Stage::Pack(0),
            first: 0,
            total: 0.0,
            value: 0.0,
            gradient: Vec::new(),
            tallies: places.iter().map(|place| Tally::of(place.layer.outputs)).collect(),
            activity: vec![Activity::default(); places.len()],
        }
    }

    /// Begins anew where θ is another one.
    pub(super) fn turn_to(&mut self, theta: &[f64]) {
        if is_same(&self.theta, theta) {
            return;
        }
        self.theta.clear();
        self.theta.extend_from_slice(theta);
        self.gradient.clear();
        self.gradient.resize(theta.len(), 0.0);
        self.tallies.iter_mut().for_each(Tally::clear);
        (self.stage, self.first, self.total) = (Stage::Pack(0), 0, 0.0);
    }

    /// Does about as much as `effort` exponentials cost, but at least one part; says
    /// whether nothing is left to be done.
    pub(super) fn advance(&mut self, task: &Task, effort: usize) -> bool {
        let mut spent = 0;
        while self.stage != Stage::Done && (spent == 0 || spent < effort) {
            spent += 1 + self.step(task);
        }
        self.stage == Stage::Done
    }

    /// The finished value, its gradient and what the layers did.
    pub(super) fn finished(&self) -> (f64, &[f64], &[Activity]) {
        (self.value, &self.gradient, &self.activity)
    }

    /// What the layers did when a gradient was last finished.
    pub(super) fn activity(&self) -> &[Activity] {
        &self.activity
    }

    /// Does one part; says about how many exponentials it cost.
    fn step(&mut self, task: &Task) -> usize {
        let places = &task.plan.places;
        let last = places.len() - 1;
        let samples = task.targets.len();
        let products = |layer: usize| {
            let layer = &places[layer].layer;
            layer.inputs * layer.outputs
        };
        match self.stage {
            Stage::Pack(layer) => {
                self.walk.columns.turn(&places[layer], &self.theta);
                self.stage = match layer < last {
                    true => Stage::Pack(layer + 1),
                    false if samples > 0 => Stage::Forward(0),
                    false => self.finish(task),
                };
                products(layer) / 4
            }
            Stage::Forward(layer) => {
                self.forward(task, layer);
                self.stage =
                    if layer < last { Stage::Forward(layer + 1) } else { Stage::Backward(last) };
                self.walk.count * (products(layer) / PRODUCTS + places[layer].layer.outputs)
            }
            Stage::Backward(layer) => {
                let tally = layer.checked_sub(1).map(|before| &mut self.tallies[before]);
                let (theta, gradient) = (&self.theta, &mut self.gradient);
                self.walk.backward(&places[layer], task.activation, theta, gradient, tally);
                self.stage = if layer > 0 { Stage::Backward(layer - 1) } else { self.next(task) };
                self.walk.count * (2 * products(layer) / PRODUCTS + places[layer].layer.inputs / 2)
            }
            Stage::Done => 0,
        }
    }

    fn forward(&mut self, task: &Task, layer: usize) {
        let samples = task.targets.len();
        let place = &task.plan.places[layer];
        if layer == 0 {
            let count = BLOCK.min(samples - self.first);
            self.walk.load(place, Source::All(&task.features), self.first, count);
        }
        self.walk.forward(place, task.activation_after(layer), &self.theta);
        self.tallies[layer].spread(&self.walk.outputs[place.after(self.walk.count)]);
        if layer + 1 == task.plan.places.len() {
            let targets = &task.targets[self.first..][..self.walk.count];
            task.add_errors(&mut self.total, self.walk.found(&task.plan), targets);
            self.walk.turn(&task.plan, task.error, targets, Task::share(samples));
        }
    }

    /// What comes after a block.
    fn next(&mut self, task: &Task) -> Stage {
        self.first += self.walk.count;
        if self.first < task.targets.len() { Stage::Forward(0) } else { self.finish(task) }
    }

    fn finish(&mut self, task: &Task) -> Stage {
        self.value = self.total * Task::share(task.targets.len()) + task.penalty(&self.theta);
        task.add_penalty_slopes(&self.theta, &mut self.gradient);
        for (layer, (activity, tally)) in self.activity.iter_mut().zip(&self.tallies).enumerate() {
            *activity = tally.activity(task.activation_after(layer).map(|rule| rule.idle));
        }
        Stage::Done
    }
}

/// Whether both have the same bits, what is not a number included.
pub(super) fn is_same(one: &[f64], other: &[f64]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(one, other)| one.to_bits() == other.to_bits())
}
