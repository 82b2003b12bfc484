//! A random rotation: it keeps every length.

use super::super::super::Layer;
use super::{InitialisationRule, Words, scale};

pub(super) static RULE: InitialisationRule = InitialisationRule {
    key: "orthogonal",
    name: Words { en: "Orthogonal", zh: "正交" },
    formula: "W = gain Q, QᵀQ = I",
    source: "torch.nn.init.orthogonal_; Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in deep linear neural networks (2014)",
    has_sigma: false,
    python: "W = W.reshape(outputs, inputs)
Q, R = np.linalg.qr(W.T if outputs < inputs else W)
Q = Q * np.sign(np.diag(R))  # no axis is favoured
W = {gain} * (Q.T if outputs < inputs else Q)",
    shape: |layer, scaling, weights| {
        orthogonalise(layer, weights);
        scale(weights, scaling.gain);
    },
};

/// Makes the columns of a matrix orthonormal, or its rows where they are fewer. QR
/// whose triangle has a positive diagonal, as PyTorch corrects it, is what Gram and
/// Schmidt do; twice is enough for orthogonality to the last bits (Giraud, Langou and
/// Rozložník 2005).
fn orthogonalise(layer: &Layer, weights: &mut [f64]) {
    // Vectors of `length` numbers `along` apart, the next one `across` further.
    let (vectors, length, along, across) = if layer.outputs >= layer.inputs {
        (layer.inputs, layer.outputs, layer.inputs, 1)
    } else {
        (layer.outputs, layer.inputs, 1, layer.inputs)
    };
    for vector in 0..vectors {
        for earlier in (0..vector).chain(0..vector) {
            let product = (0..length).fold(0.0, |sum, k| {
                sum + weights[vector * across + k * along] * weights[earlier * across + k * along]
            });
            for k in 0..length {
                weights[vector * across + k * along] -=
                    product * weights[earlier * across + k * along];
            }
        }
        let square = (0..length).fold(0.0, |sum, k| {
            let weight = weights[vector * across + k * along];
            sum + weight * weight
        });
        let norm = square.sqrt();
        for k in 0..length {
            weights[vector * across + k * along] /= norm;
        }
    }
}
