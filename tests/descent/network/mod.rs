//! Networks: back-propagation, products with the Hessian, parts, starts, extremes.

mod derivatives;
mod extremes;
mod parts;
mod starts;
mod values;

use descent_lab::descent::network::{
    ACTIVATIONS, ActivationRule, ERRORS, ErrorRule, INITIALISATIONS, InitialParameters,
    InitialisationRule, Network, Shape, initial_parameters,
};

/// Numbers from −1 to 1 that look drawn.
fn scattered(count: usize, seed: f64) -> Vec<f64> {
    let mut state = seed;
    let draw = |_| {
        state = (state * 7919.13 + 0.317).fract();
        2.0 * state - 1.0
    };
    (0..count).map(draw).collect()
}

/// The features of so many samples, column by column, and their targets.
fn samples(inputs: u8, count: usize, error: &ErrorRule) -> (Vec<Vec<f64>>, Vec<f64>) {
    let columns = (0..inputs).map(|k| scattered(count, 0.1 + 0.07 * f64::from(k))).collect();
    let mut targets = scattered(count, 0.77);
    if error.needs_classes {
        for y in &mut targets {
            *y = f64::from(*y > 0.0);
        }
    }
    (columns, targets)
}

/// A network with two inputs that learns so many samples.
fn network(
    shape: Shape,
    activation: &'static ActivationRule,
    error: &'static ErrorRule,
    count: usize,
    [l1, l2]: [f64; 2],
) -> Network {
    let (columns, targets) = samples(2, count, error);
    Network::new(shape, activation, error, columns, targets, l1, l2)
}

fn shape(depth: usize, width: usize, bias: bool) -> Shape {
    Shape { inputs: 2, depth, width, bias }
}

/// Initial parameters whose biases are moved off 0, where a rectifier behind dead units
/// stands on its kink and has a slope on either side.
fn away_from_kinks(shape: &Shape, rule: &InitialisationRule, seed: u64) -> Vec<f64> {
    let mut theta = initial_parameters(shape, rule, 0.5, 1.3, seed);
    for layer in shape.layers() {
        for (bias, shift) in theta[layer.biases].iter_mut().zip(scattered(layer.outputs, 0.9)) {
            *bias += 0.3 * shift;
        }
    }
    theta
}

fn activation(key: &str) -> &'static ActivationRule {
    ACTIVATIONS.into_iter().find(|rule| rule.key == key).expect("listed")
}

fn initialisation(key: &str) -> &'static InitialisationRule {
    INITIALISATIONS.into_iter().find(|rule| rule.key == key).expect("listed")
}

fn error(key: &str) -> &'static ErrorRule {
    ERRORS.into_iter().find(|rule| rule.key == key).expect("listed")
}

/// J and its gradient.
fn slopes(network: &Network, theta: &[f64]) -> (f64, Vec<f64>) {
    let mut gradient = vec![f64::NAN; theta.len()];
    let value = network.value_and_gradient(theta, &mut gradient);
    (value, gradient)
}

/// H(θ) v.
fn product(network: &Network, theta: &[f64], vector: &[f64]) -> Vec<f64> {
    let mut out = vec![f64::NAN; theta.len()];
    network.curvature_product(theta, vector, &mut out);
    out
}

/// The gradient over some samples.
fn batch_slopes(network: &Network, theta: &[f64], batch: &[usize]) -> Vec<f64> {
    let mut gradient = vec![f64::NAN; theta.len()];
    network.batch_gradient(theta, batch, &mut gradient);
    gradient
}

/// θ + s v.
fn moved(theta: &[f64], vector: &[f64], step: f64) -> Vec<f64> {
    theta.iter().zip(vector).map(|(t, v)| t + step * v).collect()
}

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}
