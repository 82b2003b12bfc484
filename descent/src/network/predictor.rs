//! What a network makes of samples that it may never have seen.

use super::kernel::BLOCK;
use super::parts::{copy_to, is_same};
use super::task::Task;
use super::walk::{Source, Walk};

/// A workspace that keeps the weights it was last asked for.
pub(super) struct Predictor {
    theta: Vec<f64>,
    walk: Walk,
}

impl Predictor {
    pub(super) fn new(task: &Task) -> Self {
        Self { theta: Vec::new(), walk: Walk::new(&task.plan) }
    }

    /// Writes what θ makes of as many samples as `out` has room for.
    pub(super) fn predict(
        &mut self,
        task: &Task,
        theta: &[f64],
        columns: &[&[f64]],
        out: &mut [f64],
    ) {
        let places = &task.plan.places;
        if !is_same(&self.theta, theta) {
            copy_to(&mut self.theta, theta);
            for place in places {
                self.walk.columns.turn(place, theta);
            }
        }
        for (block, out) in out.chunks_mut(BLOCK).enumerate() {
            for (layer, place) in places.iter().enumerate() {
                if layer == 0 {
                    self.walk.load(place, Source::Columns(columns), block * BLOCK, out.len());
                }
                self.walk.forward(place, task.activation_after(layer), theta);
            }
            out.copy_from_slice(self.walk.found(&task.plan));
            (task.error.predict)(out);
        }
    }
}
