//! Where everything of a network stands in its workspace.

use super::super::Layer;
use super::kernel::UNITS;

/// A layer's places.
pub(super) struct Place {
    pub(super) layer: Layer,
    /// The row of its first input, among all rows.
    pub(super) from: usize,
    /// The row of its first output.
    pub(super) to: usize,
    /// Its first column on the way forward, among all columns.
    pub(super) forward: usize,
    /// Its first column on the way back.
    pub(super) back: usize,
}

impl Place {
    /// Rows that its outputs take: those that fill up the last four hold nothing of use.
    pub(super) fn rows(&self) -> usize {
        self.layer.outputs.next_multiple_of(UNITS)
    }
}

/// The places of all layers.
pub(super) struct Plan {
    pub(super) places: Vec<Place>,
    /// Rows of all features and outputs.
    pub(super) rows: usize,
    /// The most rows that a layer takes.
    pub(super) widest: usize,
    /// Columns on the way forward and back.
    pub(super) columns: [usize; 2],
}

impl Plan {
    pub(super) fn of(layers: Vec<Layer>) -> Self {
        let features = layers.first().map_or(0, |layer| layer.inputs);
        let mut plan = Self {
            places: Vec::with_capacity(layers.len()),
            rows: features.next_multiple_of(UNITS),
            widest: features.next_multiple_of(UNITS),
            columns: [0; 2],
        };
        let mut from = 0;
        for layer in layers {
            let [forward, back] = plan.columns;
            plan.columns[0] += layer.outputs.div_ceil(UNITS) * layer.inputs;
            if from > 0 {
                plan.columns[1] += layer.inputs.div_ceil(UNITS) * layer.outputs;
            }
            let place = Place { layer, from, to: plan.rows, forward, back };
            from = plan.rows;
            plan.rows += place.rows();
            plan.widest = plan.widest.max(place.rows());
            plan.places.push(place);
        }
        plan
    }
}
