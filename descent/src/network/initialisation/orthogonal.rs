//! A random rotation: it keeps every length.

use super::super::super::Layer;
use super::{InitialisationRule, Words, scale};
use crate::linalg::lanes::{add, dot, norm};

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
    if layer.outputs < layer.inputs {
        orthogonalise_rows(weights, layer.inputs);
        return;
    }
    let mut columns = transposed(weights, layer.inputs);
    orthogonalise_rows(&mut columns, layer.outputs);
    weights.copy_from_slice(&transposed(&columns, layer.outputs));
}

/// Makes rows of `length` numbers orthonormal, one after the other.
fn orthogonalise_rows(rows: &mut [f64], length: usize) {
    for start in (0..rows.len()).step_by(length) {
        let (earlier, rest) = rows.split_at_mut(start);
        let row = &mut rest[..length];
        for other in earlier.chunks_exact(length).chain(earlier.chunks_exact(length)) {
            add(row, -dot(row, other), other);
        }
        let size = norm(row);
        for weight in row {
            *weight /= size;
        }
    }
}

/// The columns of a matrix whose rows have `length` numbers, one after the other.
fn transposed(matrix: &[f64], length: usize) -> Vec<f64> {
    (0..length).flat_map(|column| matrix.iter().skip(column).step_by(length).copied()).collect()
}
