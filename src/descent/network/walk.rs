//! A block of samples on its way forward through the layers, and back.

use super::activation::ActivationRule;
use super::error::ErrorRule;
use super::kernel::{BLOCK, Row, TILE, TILES, ZEROS};
use super::panels::{Panels, add_products, add_sums};
use super::plan::{Place, Plan};
use super::tally::Tally;

/// Where a block's samples come from.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    /// Columns as they stand.
    Columns(&'a [&'a [f64]]),
    /// Those of the network with these numbers.
    Chosen(&'a [Vec<f64>], &'a [usize]),
    /// All of the network.
    All(&'a [Vec<f64>]),
}

impl Source<'_> {
    /// Writes a feature of the samples from `first` on.
    fn write(&self, feature: usize, first: usize, out: &mut [f64]) {
        match self {
            Self::Columns(columns) => out.copy_from_slice(&columns[feature][first..][..out.len()]),
            Self::All(columns) => out.copy_from_slice(&columns[feature][first..][..out.len()]),
            Self::Chosen(columns, chosen) => {
                let column = &columns[feature];
                for (out, sample) in out.iter_mut().zip(&chosen[first..]) {
                    *out = column[*sample];
                }
            }
        }
    }
}

/// The workspace of a block.
pub(super) struct Walk {
    pub(super) panels: Panels,
    /// How many samples it has.
    pub(super) count: usize,
    /// What comes into every unit.
    pub(super) sums: Vec<Row>,
    /// What goes out; first the features.
    pub(super) outputs: Vec<Row>,
    /// The slopes of J by the sums of the layer that is looked at.
    pub(super) slopes: Vec<Row>,
    /// The same of the layer before it.
    pub(super) earlier: Vec<Row>,
}

impl Walk {
    pub(super) fn new(plan: &Plan) -> Self {
        Self {
            panels: Panels::new(plan),
            count: 0,
            sums: vec![ZEROS; plan.rows],
            outputs: vec![ZEROS; plan.rows],
            slopes: vec![ZEROS; plan.widest],
            earlier: vec![ZEROS; plan.widest],
        }
    }

    /// Tiles that the block's samples fill.
    pub(super) fn tiles(&self) -> usize {
        self.count.div_ceil(TILE)
    }

    /// Numbers of a row in these tiles.
    pub(super) fn lanes(&self) -> usize {
        self.tiles() * TILE
    }

    /// Takes `count` samples from `first` on.
    pub(super) fn load(&mut self, plan: &Plan, source: Source<'_>, first: usize, count: usize) {
        self.count = count.min(BLOCK);
        let features = plan.places.first().map_or(0, |place| place.layer.inputs);
        for (feature, row) in self.outputs[..features].iter_mut().enumerate() {
            *row = ZEROS;
            source.write(feature, first, &mut row.as_flattened_mut()[..self.count]);
        }
    }

    /// Takes the block through a layer; the last has no activation.
    pub(super) fn forward(
        &mut self,
        place: &Place,
        activation: Option<&ActivationRule>,
        theta: &[f64],
    ) {
        let (tiles, lanes) = (self.tiles(), self.lanes());
        let (before, after) = self.outputs.split_at_mut(place.to);
        let sums = &mut self.sums[place.to..][..place.rows()];
        fill_biases(sums, &theta[place.layer.biases.clone()]);
        self.panels.forward(place, &before[place.from..], sums, tiles);
        for (sums, out) in sums.iter().zip(after).take(place.layer.outputs) {
            let (sums, out) = (&sums.as_flattened()[..lanes], &mut out.as_flattened_mut()[..lanes]);
            match activation {
                Some(rule) => (rule.value)(sums, out),
                None => out.copy_from_slice(sums),
            }
            out[self.count..].fill(0.0);
        }
    }

    /// The outputs of the network.
    pub(super) fn found(&self, plan: &Plan) -> &[f64] {
        let at = plan.places.last().map_or(0, |place| place.to);
        &self.outputs[at].as_flattened()[..self.count]
    }

    /// Begins the way back with the errors' slopes, times `share`.
    pub(super) fn turn(&mut self, plan: &Plan, error: &ErrorRule, targets: &Row, share: f64) {
        let at = plan.places.last().map_or(0, |place| place.to);
        let found = &self.outputs[at].as_flattened()[..self.count];
        let targets = &targets.as_flattened()[..self.count];
        let slopes = self.slopes[0].as_flattened_mut();
        (error.slope)(found, targets, &mut slopes[..self.count]);
        for slope in &mut slopes[..self.count] {
            *slope *= share;
        }
        slopes[self.count..].fill(0.0);
    }

    /// Adds the gradient of a layer, and takes the slopes back to the layer before.
    pub(super) fn backward(
        &mut self,
        place: &Place,
        activation: &ActivationRule,
        gradient: &mut [f64],
        tally: Option<&mut Tally>,
    ) {
        let tiles = self.tiles();
        let before = &self.outputs[place.from..place.to];
        let slopes = &self.slopes[..place.rows()];
        add_products(place, slopes, before, tiles, gradient);
        add_sums(place, slopes, tiles, gradient);
        if place.from > 0 {
            let rows = place.to - place.from;
            self.earlier[..rows].fill(ZEROS);
            self.panels.back(place, &self.slopes, &mut self.earlier[..rows], tiles);
            self.bend_back(place, activation, tally);
            core::mem::swap(&mut self.slopes, &mut self.earlier);
        }
    }

    /// Takes the slopes back through the activation of the layer before.
    fn bend_back(
        &mut self,
        place: &Place,
        activation: &ActivationRule,
        mut tally: Option<&mut Tally>,
    ) {
        let lanes = self.lanes();
        let mut own = ZEROS;
        let own = &mut own.as_flattened_mut()[..lanes];
        for unit in 0..place.layer.inputs {
            let sums = &self.sums[place.from + unit].as_flattened()[..lanes];
            let values = &self.outputs[place.from + unit].as_flattened()[..lanes];
            (activation.slope)(sums, values, own);
            if let Some(tally) = &mut tally {
                tally.count(unit, &own[..self.count], activation.idle);
            }
            let slopes = &mut self.earlier[unit].as_flattened_mut()[..lanes];
            for (slope, own) in slopes.iter_mut().zip(own.iter()) {
                *slope *= own;
            }
            slopes[self.count..].fill(0.0);
        }
    }
}

/// Fills each row with its bias, or with 0 where there is none.
pub(super) fn fill_biases(sums: &mut [Row], biases: &[f64]) {
    for (unit, row) in sums.iter_mut().enumerate() {
        *row = [[biases.get(unit).copied().unwrap_or_default(); TILE]; TILES];
    }
}
