//! How many layers a network has and how wide they are.

use super::super::Layer;

/// The shape of a fully connected network with one output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// How many features a sample has.
    pub inputs: usize,
    /// Layers of weights, at least 1; with 1 the network is a linear model.
    pub depth: usize,
    /// Units of each hidden layer; there are `depth` − 1 of them.
    pub width: usize,
    /// Whether each unit has a bias.
    pub bias: bool,
}

impl Shape {
    /// d, the number of parameters.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.layers().last().map_or(0, |layer| layer.biases.end.max(layer.weights.end))
    }

    /// The layers, the one that the features come into first. Parameters stand in
    /// PyTorch's order: the weights of a layer, row by row, then its biases, then the
    /// next layer.
    #[must_use]
    pub fn layers(&self) -> Vec<Layer> {
        let depth = self.depth.max(1);
        let mut at = 0;
        let mut inputs = self.inputs;
        let mut layers = Vec::with_capacity(depth);
        for place in 1..=depth {
            let outputs = if place == depth { 1 } else { self.width.max(1) };
            let weights = at..at + inputs * outputs;
            let biases = weights.end..weights.end + if self.bias { outputs } else { 0 };
            at = biases.end;
            layers.push(Layer { weights, biases, inputs, outputs });
            inputs = outputs;
        }
        layers
    }
}
