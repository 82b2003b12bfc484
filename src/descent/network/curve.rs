//! The Hessian times a vector, exactly: the derivative of forward and backward along the
//! vector (Pearlmutter, Fast exact multiplication by the Hessian (1994)).

use super::kernel::{Row, ZEROS};
use super::panels::{Panels, add_products, add_sums};
use super::plan::{Place, Plan};
use super::task::Task;
use super::walk::{Walk, fill_biases};

/// How everything in a [`Walk`] changes along the vector.
pub(super) struct Curve {
    panels: Panels,
    sums: Vec<Row>,
    outputs: Vec<Row>,
    slopes: Vec<Row>,
    earlier: Vec<Row>,
}

impl Curve {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            panels: Panels::new(plan),
            sums: vec![ZEROS; plan.rows],
            outputs: vec![ZEROS; plan.rows],
            slopes: vec![ZEROS; plan.widest],
            earlier: vec![ZEROS; plan.widest],
        }
    }

    /// Takes over the vector.
    pub(super) fn turn_to(&mut self, plan: &Plan, vector: &[f64]) {
        for place in &plan.places {
            self.panels.pack(place, vector);
        }
    }

    /// Adds what the block that `walk` has taken forward says to the product.
    pub(super) fn add(
        &mut self,
        task: &Task,
        walk: &mut Walk,
        vector: &[f64],
        targets: &Row,
        share: f64,
        product: &mut [f64],
    ) {
        let places = &task.plan.places;
        for (layer, place) in places.iter().enumerate() {
            self.forward(task, walk, place, vector, layer + 1 == places.len());
        }
        walk.turn(&task.plan, task.error, targets, share);
        self.turn(task, walk, targets, share);
        for place in places.iter().rev() {
            self.backward(task, walk, place, product);
        }
    }

    /// R(Wa + b) = W R(a) + Va + v, and R(φ(z)) = φ′(z) R(z).
    fn forward(&mut self, task: &Task, walk: &Walk, place: &Place, vector: &[f64], is_last: bool) {
        let (tiles, lanes) = (walk.tiles(), walk.lanes());
        let (before, after) = self.outputs.split_at_mut(place.to);
        let sums = &mut self.sums[place.to..][..place.rows()];
        fill_biases(sums, &vector[place.layer.biases.clone()]);
        self.panels.forward(place, &walk.outputs[place.from..], sums, tiles);
        if place.from > 0 {
            walk.panels.forward(place, &before[place.from..], sums, tiles);
        }
        for unit in 0..place.layer.outputs {
            let z = &walk.sums[place.to + unit].as_flattened()[..lanes];
            let a = &walk.outputs[place.to + unit].as_flattened()[..lanes];
            let out = &mut after[unit].as_flattened_mut()[..lanes];
            if is_last {
                out.fill(1.0);
            } else {
                (task.activation.slope)(z, a, out);
            }
            for (out, change) in out.iter_mut().zip(sums[unit].as_flattened()) {
                *out *= change;
            }
            out[walk.count..].fill(0.0);
        }
    }

    /// How the errors' slopes change.
    fn turn(&mut self, task: &Task, walk: &Walk, targets: &Row, share: f64) {
        let at = task.plan.places.last().map_or(0, |place| place.to);
        let slopes = self.slopes[0].as_flattened_mut();
        let targets = &targets.as_flattened()[..walk.count];
        (task.error.bend)(walk.found(&task.plan), targets, &mut slopes[..walk.count]);
        for (slope, change) in slopes[..walk.count].iter_mut().zip(self.outputs[at].as_flattened())
        {
            *slope *= share * change;
        }
        slopes[walk.count..].fill(0.0);
    }

    /// R of the gradient of a layer, and of the slopes before it.
    fn backward(&mut self, task: &Task, walk: &mut Walk, place: &Place, product: &mut [f64]) {
        let tiles = walk.tiles();
        let rows = place.rows();
        let [outputs, changes] =
            [&walk.outputs, &self.outputs].map(|all| &all[place.from..place.to]);
        add_products(place, &self.slopes[..rows], outputs, tiles, product);
        add_sums(place, &self.slopes[..rows], tiles, product);
        if place.from == 0 {
            return;
        }
        add_products(place, &walk.slopes[..rows], changes, tiles, product);
        let rows = place.to - place.from;
        walk.earlier[..rows].fill(ZEROS);
        walk.panels.back(place, &walk.slopes, &mut walk.earlier[..rows], tiles);
        self.earlier[..rows].fill(ZEROS);
        walk.panels.back(place, &self.slopes, &mut self.earlier[..rows], tiles);
        self.panels.back(place, &walk.slopes, &mut self.earlier[..rows], tiles);
        self.bend_back(task, walk, place);
        core::mem::swap(&mut walk.slopes, &mut walk.earlier);
        core::mem::swap(&mut self.slopes, &mut self.earlier);
    }

    /// R(φ′(z) δ) = φ′(z) R(δ) + φ″(z) R(z) δ.
    fn bend_back(&mut self, task: &Task, walk: &mut Walk, place: &Place) {
        let (count, lanes) = (walk.count, walk.lanes());
        let [mut slopes, mut bends] = [ZEROS; 2];
        let slopes = &mut slopes.as_flattened_mut()[..lanes];
        let bends = &mut bends.as_flattened_mut()[..lanes];
        for unit in 0..place.layer.inputs {
            let z = &walk.sums[place.from + unit].as_flattened()[..lanes];
            let a = &walk.outputs[place.from + unit].as_flattened()[..lanes];
            (task.activation.slope)(z, a, slopes);
            (task.activation.bend)(z, a, bends);
            let changes = &self.sums[place.from + unit].as_flattened()[..lanes];
            let own = &mut walk.earlier[unit].as_flattened_mut()[..lanes];
            let along = &mut self.earlier[unit].as_flattened_mut()[..lanes];
            for lane in 0..lanes {
                along[lane] = slopes[lane] * along[lane] + bends[lane] * changes[lane] * own[lane];
                own[lane] *= slopes[lane];
            }
            own[count..].fill(0.0);
            along[count..].fill(0.0);
        }
    }
}
