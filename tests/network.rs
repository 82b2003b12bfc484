//! Networks: back-propagation and the Hessian times a vector against differences.

use descent_lab::descent::network::{
    ACTIVATIONS, ERRORS, INITIALISATIONS, Network, Shape, initial_parameters,
};

/// Numbers that look random, from −1 to 1.
fn scattered(count: usize, seed: f64) -> Vec<f64> {
    let mut state = seed;
    (0..count)
        .map(|_| {
            state = (state * 7919.13 + 0.317).fract();
            2.0 * state - 1.0
        })
        .collect()
}

fn network(
    shape: Shape,
    activation: usize,
    error: usize,
    samples: usize,
    [l1, l2]: [f64; 2],
) -> Network {
    let features = (0..shape.inputs).map(|k| scattered(samples, 0.1 + 0.07 * k as f64)).collect();
    let targets = scattered(samples, 0.77);
    let targets = if ERRORS[error].needs_classes {
        targets.iter().map(|y| f64::from(*y > 0.0)).collect()
    } else {
        targets
    };
    Network::new(shape, ACTIVATIONS[activation], ERRORS[error], features, targets, l1, l2)
}

/// Moves the biases off 0, where a rectifier behind dead units stands on its kink.
fn away_from_kinks(shape: &Shape, mut theta: Vec<f64>) -> Vec<f64> {
    for layer in shape.layers() {
        for (bias, shift) in theta[layer.biases].iter_mut().zip(scattered(layer.outputs, 0.9)) {
            *bias += 0.3 * shift;
        }
    }
    theta
}

#[test]
fn the_gradient_is_that_of_differences() {
    for activation in 0..6 {
        for initialisation in INITIALISATIONS {
            for error in 0..2 {
                for (depth, width, bias, samples, penalties) in [
                    (1, 3, true, 5, [0.0, 0.0]),
                    (3, 5, true, 37, [0.0, 0.0]),
                    (4, 6, false, 64, [0.01, 0.1]),
                ] {
                    let shape = Shape { inputs: 2, depth, width, bias };
                    let network = network(shape, activation, error, samples, penalties);
                    let theta = away_from_kinks(
                        &shape,
                        initial_parameters(&shape, initialisation, 0.5, 1.3, 7),
                    );
                    let mut gradient = vec![0.0; theta.len()];
                    let value = network.value_and_gradient(&theta, &mut gradient);
                    assert_eq!(value, network.value(&theta));
                    for place in 0..theta.len() {
                        let at = |shift: f64| {
                            let mut theta = theta.clone();
                            theta[place] += shift;
                            network.value(&theta)
                        };
                        let slope = (at(1e-6) - at(-1e-6)) / 2e-6;
                        assert!(
                            (slope - gradient[place]).abs() < 1e-7,
                            "{} {place}: {slope} {}",
                            ACTIVATIONS[activation].key,
                            gradient[place]
                        );
                    }
                    let vector = scattered(theta.len(), 0.4);
                    let mut product = vec![0.0; theta.len()];
                    network.curvature_product(&theta, &vector, &mut product);
                    let along = |step: f64| {
                        let theta: Vec<f64> =
                            theta.iter().zip(&vector).map(|(t, v)| t + step * v).collect();
                        let mut gradient = vec![0.0; theta.len()];
                        network.value_and_gradient(&theta, &mut gradient);
                        gradient
                    };
                    let (up, down) = (along(1e-6), along(-1e-6));
                    for place in 0..theta.len() {
                        let slope = (up[place] - down[place]) / 2e-6;
                        assert!(
                            (slope - product[place]).abs() < 1e-6,
                            "{} {place}: {slope} {}",
                            ACTIVATIONS[activation].key,
                            product[place]
                        );
                    }
                }
            }
        }
    }
}
