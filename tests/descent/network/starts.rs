//! The initial weights, and what they make of signals, against theory.

use descent_lab::descent::Activity;

use super::{
    INITIALISATIONS, InitialParameters, InitialisationRule, Network, Shape, activation, error,
    initial_parameters, initialisation, scattered, slopes,
};

const WIDTH: usize = 64;
const DEPTH: usize = 6;

/// The variance of the outputs of each hidden layer over many seeds, divided by that
/// of the layer before.
fn growths(key: &str, rule: &InitialisationRule, sigma: f64, gain: f64, size: f64) -> Vec<f64> {
    let shape = Shape { inputs: WIDTH, depth: DEPTH, width: WIDTH, bias: true };
    let columns: Vec<Vec<f64>> = (0..WIDTH)
        .map(|k| {
            let seed = 0.01 + 0.013 * f64::from(u32::try_from(k).expect("few"));
            // The sum of twelve, which is almost normal.
            let draws = scattered(12 * 8, seed);
            draws.chunks(12).map(|draws| 0.5 * size * draws.iter().sum::<f64>()).collect()
        })
        .collect();
    let squares = |columns: &[Vec<f64>]| columns.iter().flatten().map(|x| x * x).sum::<f64>();
    let before = squares(&columns) / (8.0 * 64.0);
    let network =
        Network::new(shape, activation(key), error("squared"), columns, vec![0.0; 8], 0.0, 0.0);
    let mut sums = [0.0; DEPTH];
    for seed in 0..120 {
        let theta = initial_parameters(&shape, rule, sigma, gain, seed);
        slopes(&network, &theta);
        let mut activity = [Activity::default(); DEPTH];
        network.activity(&mut activity);
        for (sum, activity) in sums.iter_mut().zip(activity) {
            *sum += activity.spread * activity.spread / 120.0;
        }
    }
    let mut last = before;
    let growth = |sum: &f64| {
        let growth = sum / last;
        last = *sum;
        growth
    };
    sums[..DEPTH - 1].iter().map(growth).collect()
}

fn is_within(growths: &[f64], expected: f64, name: &str) {
    for (layer, growth) in growths.iter().enumerate() {
        assert!((growth / expected - 1.0).abs() < 0.05, "{name} layer {layer}: {growth}");
    }
}

/// n var(w) per layer, where the activation is linear or signals are so small that it is.
#[test]
fn variances_grow_as_theory_says() {
    let n = 64.0;
    for (key, sigma, gain, per_layer) in [
        ("normal", 0.1, 1.0, n * 0.01),
        ("normal", 0.1, 1.5, n * 0.0225),
        ("xavier", 1.0, 1.0, 1.0),
        ("xavier", 1.0, 0.5, 0.25),
        ("he", 1.0, 1.0, 2.0),
        ("orthogonal", 1.0, 1.0, 1.0),
        ("orthogonal", 1.0, 0.7, 0.49),
    ] {
        let rule = initialisation(key);
        is_within(&growths("linear", rule, sigma, gain, 1.0), per_layer, key);
        // Small enough that tanh is the identity until the last layer.
        is_within(&growths("tanh", rule, sigma, gain, 1e-4), per_layer, key);
    }
}

/// He's twos make up for the half that a rectifier takes: the mean square is kept.
#[test]
fn he_keeps_squares_through_rectifiers() {
    let shape = Shape { inputs: WIDTH, depth: DEPTH, width: WIDTH, bias: false };
    let columns: Vec<Vec<f64>> =
        (0..64_u32).map(|k| scattered(8, 0.01 + 0.013 * f64::from(k))).collect();
    let mut squares = [0.0; DEPTH];
    for seed in 0..400 {
        let theta = initial_parameters(&shape, initialisation("he"), 1.0, 1.0, seed);
        for sample in 0..8 {
            let mut numbers: Vec<f64> = columns.iter().map(|column| column[sample]).collect();
            for (layer, square) in shape.layers().iter().zip(&mut squares) {
                *square += numbers.iter().map(|a| a * a).sum::<f64>();
                let rows = theta[layer.weights.clone()].chunks(layer.inputs);
                let sum = |row: &[f64]| row.iter().zip(&numbers).map(|(w, a)| w * a).sum::<f64>();
                numbers = rows.map(|row| sum(row).max(0.0)).collect();
            }
        }
    }
    for pair in squares.windows(2) {
        assert!((pair[1] / pair[0] - 1.0).abs() < 0.05, "{squares:?}");
    }
}

/// Rotations keep the length of every signal, to the last bits.
#[test]
fn orthogonal_weights_are_orthogonal() {
    for (inputs, width) in [(64, 64), (2, 64), (5, 3), (1, 1), (2, 7)] {
        let shape = Shape { inputs, depth: 3, width, bias: true };
        for seed in 0..5 {
            let theta = initial_parameters(&shape, initialisation("orthogonal"), 9.0, 2.0, seed);
            for layer in shape.layers() {
                let weights = &theta[layer.weights.clone()];
                let at = |row: usize, column: usize| weights[row * layer.inputs + column];
                let few = layer.inputs.min(layer.outputs);
                for one in 0..few {
                    for other in 0..few {
                        let product: f64 = if layer.outputs >= layer.inputs {
                            (0..layer.outputs).map(|k| at(k, one) * at(k, other)).sum()
                        } else {
                            (0..layer.inputs).map(|k| at(one, k) * at(other, k)).sum()
                        };
                        let expected = if one == other { 4.0 } else { 0.0 };
                        assert!((product - expected).abs() < 1e-14, "{product} {expected}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_seed_gives_the_same_weights_again_and_biases_of_zero() {
    let shape = Shape { inputs: 2, depth: 4, width: 8, bias: true };
    for rule in INITIALISATIONS {
        let theta = |seed| initial_parameters(&shape, rule, 0.3, 1.0, seed);
        assert_eq!(theta(5), theta(5));
        assert_ne!(theta(5), theta(6));
        for layer in shape.layers() {
            assert!(theta(5)[layer.biases].iter().all(|bias| *bias == 0.0));
            assert!(theta(5)[layer.weights].iter().all(|weight| *weight != 0.0));
        }
    }
}

/// What is taken over from another depth is what would have been drawn.
#[test]
fn another_depth_begins_with_the_same_layers() {
    let of = |depth, width| Shape { inputs: 2, depth, width, bias: true };
    let shapes = [of(5, 8), of(9, 8), of(1, 8), of(2, 8), of(9, 7), of(30, 7)];
    for rule in INITIALISATIONS {
        let mut known = None;
        for (seed, shape) in [3, 4].iter().flat_map(|seed| shapes.map(|shape| (*seed, shape))) {
            let drawn = InitialParameters::draw(&shape, rule, [0.3, 1.5], seed, known.as_ref());
            assert_eq!(drawn.theta(), initial_parameters(&shape, rule, 0.3, 1.5, seed));
            known = Some(drawn);
        }
    }
}
