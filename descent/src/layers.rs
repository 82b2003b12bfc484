//! What a loss with layers says of each of them.

use core::ops::Range;

use super::network::{ActivationRule, InitialisationRule};

/// One layer of weights.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Where its weights stand among the parameters: `outputs` rows of `inputs`.
    pub weights: Range<usize>,
    /// Where its biases stand; empty without.
    pub biases: Range<usize>,
    /// What comes in.
    pub inputs: usize,
    /// How many units it has.
    pub outputs: usize,
}

/// What the units of a layer do with all samples.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Activity {
    /// The standard deviation of its outputs, over all units and samples.
    pub spread: f64,
    /// The share of what is saturated or dead, 0 to 1.
    pub idle: f64,
}

/// A layer at one step of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LayerFigures {
    /// ‖∂J/∂W‖, over all samples.
    pub gradient: f64,
    /// ‖W‖.
    pub weights: f64,
    /// ‖ΔW‖ of the step that leaves; NaN where none does.
    pub update: f64,
    /// As [`Activity::spread`].
    pub spread: f64,
    /// As [`Activity::idle`].
    pub idle: f64,
}

/// What a network is made of, as far as it bears on its gradients.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Making {
    /// What its hidden units do.
    pub activation: &'static ActivationRule,
    /// What its weights begin with.
    pub start: &'static InitialisationRule,
    /// The standard deviation that is told to it; 1 where none is.
    pub sigma: f64,
    /// What the weights are multiplied by.
    pub gain: f64,
}

/// A loss with layers.
pub trait Layered {
    /// Its layers, the one that the features come into first.
    fn layers(&self) -> &[Layer];

    /// Writes what the units of each layer did when the value and the gradient over all
    /// samples were last worked out.
    fn activity(&self, out: &mut [Activity]);

    /// What it is made of.
    fn making(&self) -> Making;
}
