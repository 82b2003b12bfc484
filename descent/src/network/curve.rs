//! The Hessian times a vector, exactly: the derivative of forward and backward along the
//! vector (Pearlmutter, Fast exact multiplication by the Hessian (1994)).

use super::kernel::BLOCK;
use super::plan::{Place, Plan};
use super::task::Task;
use super::walk::{Columns, Walk, add_back, add_products, add_sums, fill};

/// How everything in a [`Walk`] changes along the vector.
pub(super) struct Curve {
    pub(super) columns: Columns,
    sums: Vec<f64>,
    outputs: Vec<f64>,
    slopes: Vec<f64>,
    earlier: Vec<f64>,
    /// The slopes and the bends of a layer's activation.
    own: [Vec<f64>; 2],
}

impl Curve {
    pub(super) fn new(plan: &Plan) -> Self {
        let [all, widest] = [plan.units, plan.widest].map(|units| vec![0.0; units * BLOCK]);
        Self {
            columns: Columns::new(plan),
            sums: all.clone(),
            outputs: all,
            slopes: widest.clone(),
            earlier: widest.clone(),
            own: [widest.clone(), widest],
        }
    }

    /// R(Wa + b) = Va + v + W R(a), and R(φ(z)) = φ′(z) R(z).
    pub(super) fn forward(
        &mut self,
        task: &Task,
        walk: &Walk,
        place: &Place,
        vector: &[f64],
        is_last: bool,
    ) {
        let [before, after] = [place.before(walk.count), place.after(walk.count)];
        let sums = &mut self.sums[after.clone()];
        fill(sums, &vector[place.layer.biases.clone()]);
        self.columns.add(place, &walk.outputs[before.clone()], sums);
        if !place.is_first() {
            walk.columns.add(place, &self.outputs[before], sums);
        }
        let outputs = &mut self.outputs[after.clone()];
        if is_last {
            outputs.copy_from_slice(sums);
            return;
        }
        (task.activation.slope)(&walk.sums[after.clone()], &walk.outputs[after], outputs);
        for (output, sum) in outputs.iter_mut().zip(sums) {
            *output *= *sum;
        }
    }

    /// How the errors' slopes change.
    pub(super) fn turn(&mut self, task: &Task, walk: &Walk, targets: &[f64], share: f64) {
        let found = task.plan.found(walk.count);
        let slopes = &mut self.slopes[..walk.count];
        (task.error.bend)(&walk.outputs[found.clone()], targets, slopes);
        for (slope, change) in slopes.iter_mut().zip(&self.outputs[found]) {
            *slope *= share * change;
        }
    }

    /// R of the gradient of a layer, and of the slopes before it.
    pub(super) fn backward(
        &mut self,
        task: &Task,
        walk: &mut Walk,
        place: &Place,
        [theta, vector]: [&[f64]; 2],
        product: &mut [f64],
    ) {
        let before = place.before(walk.count);
        let along = &self.slopes[..place.after(walk.count).len()];
        add_products(place, along, &walk.outputs[before.clone()], product);
        add_sums(place, along, product);
        if place.is_first() {
            return;
        }
        let slopes = &walk.slopes[..along.len()];
        add_products(place, slopes, &self.outputs[before.clone()], product);
        let earlier = &mut self.earlier[..before.len()];
        earlier.fill(0.0);
        add_back(place, along, theta, earlier);
        add_back(place, slopes, vector, earlier);
        let untouched = &mut walk.earlier[..before.len()];
        untouched.fill(0.0);
        add_back(place, slopes, theta, untouched);
        self.bend_back(task, walk, place);
        core::mem::swap(&mut walk.slopes, &mut walk.earlier);
        core::mem::swap(&mut self.slopes, &mut self.earlier);
    }

    /// R(φ′(z) δ) = φ′(z) R(δ) + φ″(z) R(z) δ.
    fn bend_back(&mut self, task: &Task, walk: &mut Walk, place: &Place) {
        let before = place.before(walk.count);
        let [slopes, bends] = self.own.each_mut().map(|own| &mut own[..before.len()]);
        let (sums, outputs) = (&walk.sums[before.clone()], &walk.outputs[before.clone()]);
        (task.activation.slope)(sums, outputs, slopes);
        (task.activation.bend)(sums, outputs, bends);
        let back = walk.earlier.iter_mut().zip(&mut self.earlier);
        for ((back, along), ((slope, bend), change)) in
            back.zip(slopes.iter().zip(bends.iter()).zip(&self.sums[before]))
        {
            *along = slope * *along + bend * change * *back;
            *back *= slope;
        }
    }
}
