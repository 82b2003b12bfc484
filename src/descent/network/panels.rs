//! The weights in the order in which the kernel takes them.

use super::kernel::{Column, Row, TILES, UNITS, accumulate, products};
use super::plan::{Place, Plan};

/// All weights twice: for the way forward and for the way back.
pub(super) struct Panels {
    forward: Vec<Column>,
    back: Vec<Column>,
}

impl Panels {
    pub(super) fn new(plan: &Plan) -> Self {
        let [forward, back] = plan.columns.map(|columns| vec![[[0.0; 2]; UNITS]; columns]);
        Self { forward, back }
    }

    /// Takes over the weights of a layer.
    pub(super) fn pack(&mut self, place: &Place, theta: &[f64]) {
        let (inputs, outputs) = (place.layer.inputs, place.layer.outputs);
        let weights = &theta[place.layer.weights.clone()];
        let has_back = place.from > 0;
        for (output, row) in weights.chunks_exact(inputs.max(1)).enumerate() {
            let forward = &mut self.forward[place.forward + output / UNITS * inputs..][..inputs];
            for (column, weight) in forward.iter_mut().zip(row) {
                column[output % UNITS] = [*weight; 2];
            }
            if has_back {
                for (group, weights) in row.chunks(UNITS).enumerate() {
                    let column = &mut self.back[place.back + group * outputs + output];
                    for (pair, weight) in column.iter_mut().zip(weights) {
                        *pair = [*weight; 2];
                    }
                }
            }
        }
    }

    /// Adds to `sums` the weighted sums of the outputs before.
    pub(super) fn forward(&self, place: &Place, before: &[Row], sums: &mut [Row], tiles: usize) {
        let inputs = place.layer.inputs;
        let coming = &before[..inputs];
        let mut at = place.forward;
        for sums in sums.as_chunks_mut::<UNITS>().0 {
            accumulate(&self.forward[at..at + inputs], coming, sums, tiles);
            at += inputs;
        }
    }

    /// Adds to `sums`, by the inputs, what comes back from the slopes by the outputs.
    pub(super) fn back(&self, place: &Place, slopes: &[Row], sums: &mut [Row], tiles: usize) {
        let outputs = place.layer.outputs;
        let coming = &slopes[..outputs];
        let mut at = place.back;
        for sums in sums.as_chunks_mut::<UNITS>().0 {
            accumulate(&self.back[at..at + outputs], coming, sums, tiles);
            at += outputs;
        }
    }
}

/// Adds to the gradient of a layer's weights and biases what a block of samples says:
/// the slopes by its outputs' sums, and the outputs before. Beyond the samples of the
/// block both have to be 0 to the end of the last tile.
pub(super) fn add_products(
    place: &Place,
    slopes: &[Row],
    before: &[Row],
    tiles: usize,
    gradient: &mut [f64],
) {
    let (inputs, outputs) = (place.layer.inputs, place.layer.outputs);
    let weights = &mut gradient[place.layer.weights.clone()];
    for (group, slopes) in slopes.as_chunks::<UNITS>().0.iter().enumerate() {
        let units = UNITS.min(outputs - group * UNITS);
        for (pair, before) in before.as_chunks::<2>().0.iter().enumerate() {
            if 2 * pair >= inputs {
                break;
            }
            let found = products(slopes, before, tiles);
            for (unit, found) in found[..units].iter().enumerate() {
                let row = &mut weights[(group * UNITS + unit) * inputs..][..inputs];
                for (weight, product) in row[2 * pair..].iter_mut().zip(found) {
                    *weight += product;
                }
            }
        }
    }
}

/// Adds to the gradient of a layer's biases the slopes by its outputs' sums.
pub(super) fn add_sums(place: &Place, slopes: &[Row], tiles: usize, gradient: &mut [f64]) {
    for (bias, row) in gradient[place.layer.biases.clone()].iter_mut().zip(slopes) {
        let mut sums = [0.0; 4];
        for tile in &row[..tiles.min(TILES)] {
            for (sum, slope) in sums.iter_mut().zip(tile) {
                *sum += slope;
            }
        }
        *bias += (sums[0] + sums[1]) + (sums[2] + sums[3]);
    }
}
