//! A block of samples on its way forward through the layers, and back.

use super::activation::ActivationRule;
use super::error::ErrorRule;
use super::kernel::{BLOCK, add_rows};
use super::plan::{Place, Plan};
use super::tally::Tally;

/// Where a block's samples come from.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// Columns as they stand.
    Columns(&'a [&'a [f64]]),
    /// All of the network.
    All(&'a [Vec<f64>]),
    /// Those of the network with these numbers.
    Chosen(&'a [Vec<f64>], &'a [usize]),
}

impl Source<'_> {
    /// A feature of a sample.
    fn number(&self, feature: usize, sample: usize) -> f64 {
        match self {
            Self::Columns(columns) => columns[feature][sample],
            Self::All(columns) => columns[feature][sample],
            Self::Chosen(columns, chosen) => columns[feature][chosen[sample]],
        }
    }
}

/// The weights column by column: on the way forward a column is what one input adds to
/// all sums. On the way back the rows of the parameters do as they stand.
pub(super) struct Columns(Vec<f64>);

impl Columns {
    pub(super) fn new(plan: &Plan) -> Self {
        Self(vec![0.0; plan.weights])
    }

    /// Takes over the weights of a layer.
    pub(super) fn turn(&mut self, place: &Place, theta: &[f64]) {
        let (inputs, outputs) = (place.layer.inputs, place.layer.outputs);
        let columns = &mut self.0[place.columns.clone()];
        let rows = theta[place.layer.weights.clone()].chunks_exact(inputs.max(1));
        for (output, row) in rows.enumerate() {
            for (input, weight) in row.iter().enumerate() {
                columns[input * outputs + output] = *weight;
            }
        }
    }

    /// Adds to the sums of each sample its weighted inputs.
    pub(super) fn add(&self, place: &Place, inputs: &[f64], sums: &mut [f64]) {
        let columns = &self.0[place.columns.clone()];
        let samples = inputs.chunks_exact(place.layer.inputs.max(1));
        for (inputs, sums) in samples.zip(sums.chunks_exact_mut(place.layer.outputs)) {
            add_rows(sums, inputs, 1, columns);
        }
    }
}

/// The workspace of a block.
pub(super) struct Walk {
    pub(super) columns: Columns,
    /// How many samples the block has.
    pub(super) count: usize,
    /// What comes into every unit, for each sample in turn.
    pub(super) sums: Vec<f64>,
    /// What goes out; first the features.
    pub(super) outputs: Vec<f64>,
    /// The slopes of J by the sums of the layer that is looked at.
    pub(super) slopes: Vec<f64>,
    /// The same of the layer before it.
    pub(super) earlier: Vec<f64>,
    /// The slopes of its activation.
    own: Vec<f64>,
}

impl Walk {
    pub(super) fn new(plan: &Plan) -> Self {
        let [all, widest] = [plan.units, plan.widest].map(|units| vec![0.0; units * BLOCK]);
        Self {
            columns: Columns::new(plan),
            count: 0,
            sums: all.clone(),
            outputs: all,
            slopes: widest.clone(),
            earlier: widest.clone(),
            own: widest,
        }
    }

    /// Takes `count` samples from `first` on.
    pub(super) fn load(&mut self, place: &Place, source: Source<'_>, first: usize, count: usize) {
        self.count = count.min(BLOCK);
        let rows = &mut self.outputs[place.before(self.count)];
        for (sample, row) in rows.chunks_exact_mut(place.layer.inputs.max(1)).enumerate() {
            for (feature, number) in row.iter_mut().enumerate() {
                *number = source.number(feature, first + sample);
            }
        }
    }

    /// Takes the block through a layer; the last has no activation.
    pub(super) fn forward(
        &mut self,
        place: &Place,
        activation: Option<&ActivationRule>,
        theta: &[f64],
    ) {
        let [before, after] = [place.before(self.count), place.after(self.count)];
        let sums = &mut self.sums[after.clone()];
        fill(sums, &theta[place.layer.biases.clone()]);
        self.columns.add(place, &self.outputs[before], sums);
        let outputs = &mut self.outputs[after];
        match activation {
            Some(rule) => (rule.value)(sums, outputs),
            None => outputs.copy_from_slice(sums),
        }
    }

    /// The outputs of the network.
    pub(super) fn found(&self, plan: &Plan) -> &[f64] {
        &self.outputs[plan.found(self.count)]
    }

    /// Begins the way back with the errors' slopes, times `share`.
    pub(super) fn turn(&mut self, plan: &Plan, error: &ErrorRule, targets: &[f64], share: f64) {
        let slopes = &mut self.slopes[..self.count];
        (error.slope)(&self.outputs[plan.found(self.count)], targets, slopes);
        for slope in slopes {
            *slope *= share;
        }
    }

    /// Adds the gradient of a layer, and takes the slopes back to the layer before.
    pub(super) fn backward(
        &mut self,
        place: &Place,
        activation: &ActivationRule,
        theta: &[f64],
        gradient: &mut [f64],
        tally: Option<&mut Tally>,
    ) {
        let before = place.before(self.count);
        let slopes = &self.slopes[..place.after(self.count).len()];
        add_products(place, slopes, &self.outputs[before.clone()], gradient);
        add_sums(place, slopes, gradient);
        if place.is_first() {
            return;
        }
        let earlier = &mut self.earlier[..before.len()];
        earlier.fill(0.0);
        add_back(place, slopes, theta, earlier);
        let own = &mut self.own[..before.len()];
        (activation.slope)(&self.sums[before.clone()], &self.outputs[before], own);
        if let Some(tally) = tally {
            tally.count(own, activation.idle);
        }
        for (slope, own) in earlier.iter_mut().zip(own) {
            *slope *= *own;
        }
        core::mem::swap(&mut self.slopes, &mut self.earlier);
    }
}

/// Fills the sums of each sample with the biases, or with 0 where there are none.
pub(super) fn fill(sums: &mut [f64], biases: &[f64]) {
    sums.fill(0.0);
    if !biases.is_empty() {
        for sums in sums.chunks_exact_mut(biases.len()) {
            sums.copy_from_slice(biases);
        }
    }
}

/// Adds to the gradient of a layer's weights what the samples of a block say: the slopes
/// by its sums, and its inputs.
pub(super) fn add_products(place: &Place, slopes: &[f64], inputs: &[f64], gradient: &mut [f64]) {
    let rows = gradient[place.layer.weights.clone()].chunks_exact_mut(place.layer.inputs.max(1));
    for (output, row) in rows.enumerate() {
        add_rows(row, &slopes[output..], place.layer.outputs, inputs);
    }
}

/// Adds the same of its biases.
pub(super) fn add_sums(place: &Place, slopes: &[f64], gradient: &mut [f64]) {
    let biases = &mut gradient[place.layer.biases.clone()];
    for slopes in slopes.chunks_exact(place.layer.outputs) {
        for (bias, slope) in biases.iter_mut().zip(slopes) {
            *bias += slope;
        }
    }
}

/// Adds to the slopes by a layer's inputs what comes back from those by its sums.
pub(super) fn add_back(place: &Place, slopes: &[f64], theta: &[f64], earlier: &mut [f64]) {
    let rows = &theta[place.layer.weights.clone()];
    let samples = slopes.chunks_exact(place.layer.outputs);
    for (slopes, earlier) in samples.zip(earlier.chunks_exact_mut(place.layer.inputs.max(1))) {
        add_rows(earlier, slopes, 1, rows);
    }
}
