//! Where everything of a network stands in its workspace.

use core::ops::Range;

use super::super::Layer;
use super::kernel::BLOCK;

/// A layer's places.
pub(super) struct Place {
    pub(super) layer: Layer,
    /// Its first input among the units of all layers, the features first.
    from: usize,
    /// Its first output.
    to: usize,
    /// Its weights, column by column, among those of all layers.
    pub(super) columns: Range<usize>,
}

impl Place {
    /// Whether it is the layer that the features come into.
    pub(super) fn is_first(&self) -> bool {
        self.from == self.to
    }

    /// Its weights.
    pub(super) fn products(&self) -> usize {
        self.columns.len()
    }

    /// Where the outputs of a block before it stand, for so many samples.
    pub(super) fn before(&self, count: usize) -> Range<usize> {
        self.from * BLOCK..self.from * BLOCK + count * self.layer.inputs
    }

    /// Where its own stand.
    pub(super) fn after(&self, count: usize) -> Range<usize> {
        self.to * BLOCK..self.to * BLOCK + count * self.layer.outputs
    }
}

/// The places of all layers.
pub(super) struct Plan {
    pub(super) places: Vec<Place>,
    /// Features and units of all layers.
    pub(super) units: usize,
    /// The most units that a layer has.
    pub(super) widest: usize,
    /// All weights.
    pub(super) weights: usize,
}

impl Plan {
    pub(super) fn of(layers: Vec<Layer>) -> Self {
        let features = layers.first().map_or(0, |layer| layer.inputs);
        let mut plan = Self {
            places: Vec::with_capacity(layers.len()),
            units: features,
            widest: features,
            weights: 0,
        };
        let mut from = 0;
        for layer in layers {
            let columns = plan.weights..plan.weights + layer.weights.len();
            let to = plan.units;
            plan.units += layer.outputs;
            plan.widest = plan.widest.max(layer.outputs);
            plan.weights = columns.end;
            plan.places.push(Place { layer, from, to, columns });
            from = to;
        }
        plan
    }

    /// Where the outputs of the network stand, for so many samples of a block.
    pub(super) fn found(&self, count: usize) -> Range<usize> {
        self.places.last().map_or(0..0, |place| place.after(count))
    }
}
