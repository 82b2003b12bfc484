//! Values, predictions and activities against loops written by hand.

use descent_lab::descent::Activity;

use super::{
    ACTIVATIONS, ERRORS, Network, activation, away_from_kinks, error, initialisation, network,
    samples, shape, slopes,
};

/// All outputs of each layer for one sample, in the order in which sums are promised.
fn outputs(network: &Network, theta: &[f64], sample: &[f64], of: fn(f64) -> f64) -> Vec<Vec<f64>> {
    let mut before = sample.to_vec();
    let mut all = Vec::new();
    for (at, layer) in network.layers().iter().enumerate() {
        let rows = theta[layer.weights.clone()].chunks(layer.inputs);
        let biases = &theta[layer.biases.clone()];
        let sum = |(unit, row): (usize, &[f64])| {
            let bias = biases.get(unit).copied().unwrap_or(0.0);
            row.iter().zip(&before).fold(bias, |sum, (weight, number)| sum + weight * number)
        };
        let sums = rows.enumerate().map(sum);
        let is_last = at + 1 == network.layers().len();
        before = if is_last { sums.collect() } else { sums.map(of).collect() };
        all.push(before.clone());
    }
    all
}

/// The functions as `libm` or their definitions have them.
fn by_hand(key: &str) -> fn(f64) -> f64 {
    match key {
        "linear" => |z| z,
        "sigmoid" => |z| 1.0 / (1.0 + libm::exp(-z)),
        "tanh" => libm::tanh,
        "relu" => |z| z.max(0.0),
        "leaky_relu" => |z| if z > 0.0 { z } else { 0.01 * z },
        "gelu" => |z| 0.5 * z * (1.0 + libm::erf(z / libm::sqrt(2.0))),
        _ => panic!("{key} has no function here"),
    }
}

#[test]
fn values_are_those_of_loops_by_hand() {
    for rule in ACTIVATIONS {
        for error in ERRORS {
            for (depth, width, bias, count) in
                [(1, 1, true, 3), (4, 11, true, 75), (6, 5, false, 32)]
            {
                let shape = shape(depth, width, bias);
                let network = network(shape, rule, error, count, [0.0, 0.0]);
                let theta = away_from_kinks(&shape, initialisation("he"), 5);
                let (columns, targets) = samples(2, count, error);
                let mut sum = 0.0;
                for (sample, y) in targets.iter().enumerate() {
                    let features = [columns[0][sample], columns[1][sample]];
                    let found = outputs(&network, &theta, &features, by_hand(rule.key));
                    let z = found[depth - 1][0];
                    sum += match error.key {
                        "squared" => 0.5 * (z - y) * (z - y),
                        _ => libm::log(1.0 + libm::exp(z)) - y * z,
                    };
                    let expected =
                        if error.needs_classes { 1.0 / (1.0 + libm::exp(-z)) } else { z };
                    let predicted = network.predict(&theta, &features);
                    assert!((predicted - expected).abs() < 1e-13 * (1.0 + z.abs()));
                }
                let value = sum / f64::from(u32::try_from(count).expect("few"));
                let found = network.value(&theta);
                assert!((found - value).abs() < 1e-13 * (1.0 + value), "{}: {found}", rule.key);
            }
        }
    }
}

/// Sums are taken in the order that is promised: to the bit.
#[test]
fn sums_are_taken_in_order() {
    let shape = shape(7, 13, true);
    let network = network(shape, activation("leaky_relu"), error("squared"), 40, [0.0, 0.0]);
    let theta = away_from_kinks(&shape, initialisation("xavier"), 5);
    for sample in [[0.3, -0.7], [1e-3, 12.0], [-5.0, 0.0]] {
        let found = outputs(&network, &theta, &sample, by_hand("leaky_relu"));
        assert_eq!(network.predict(&theta, &sample).to_bits(), found[6][0].to_bits());
    }
}

#[test]
fn one_prediction_is_that_of_many() {
    for rule in ACTIVATIONS {
        let shape = shape(3, 9, true);
        let network = network(shape, rule, ERRORS[0], 10, [0.0, 0.0]);
        let theta = away_from_kinks(&shape, initialisation("he"), 5);
        for count in [1, 31, 32, 33, 257] {
            let (columns, _) = samples(2, count, ERRORS[0]);
            let mut many = vec![0.0; count];
            network.predict_many(&theta, &[&columns[0], &columns[1]], &mut many);
            for (sample, found) in many.iter().enumerate() {
                let one = network.predict(&theta, &[columns[0][sample], columns[1][sample]]);
                assert_eq!(one.to_bits(), found.to_bits());
            }
        }
        network.predict_many(&theta, &[&[], &[]], &mut []);
    }
}

#[test]
fn one_layer_is_a_linear_model() {
    for rule in ERRORS {
        let shape = shape(1, 64, true);
        assert_eq!(shape.dimension(), 3);
        let network = network(shape, activation("tanh"), rule, 50, [0.0, 0.0]);
        let theta = [0.7, -1.2, 0.4];
        let (columns, targets) = samples(2, 50, rule);
        let mut gradient = [0.0; 3];
        for ((x1, x2), y) in columns[0].iter().zip(&columns[1]).zip(&targets) {
            let z = 0.7 * x1 - 1.2 * x2 + 0.4;
            let predicted = if rule.needs_classes { 1.0 / (1.0 + libm::exp(-z)) } else { z };
            for (slope, number) in gradient.iter_mut().zip([*x1, *x2, 1.0]) {
                *slope += (predicted - y) * number / 50.0;
            }
        }
        for (found, expected) in slopes(&network, &theta).1.iter().zip(gradient) {
            assert!((found - expected).abs() < 1e-14, "{found} {expected}");
        }
    }
}

/// Spread, saturated outputs and dead units, counted one by one.
#[test]
fn activities_are_those_of_a_count_by_hand() {
    for rule in ACTIVATIONS {
        let shape = shape(4, 9, true);
        let network = network(shape, rule, ERRORS[1], 75, [0.0, 0.0]);
        let mut theta = away_from_kinks(&shape, initialisation("he"), 5);
        for parameter in &mut theta {
            *parameter *= 2.0;
        }
        // Two units of the second layer that no sample wakes.
        let biases = shape.layers()[1].biases.clone();
        theta[biases.start] = -1e3;
        theta[biases.start + 5] = -1e3;
        slopes(&network, &theta);
        let mut found = vec![Activity::default(); 4];
        network.activity(&mut found);
        let (columns, _) = samples(2, 75, ERRORS[1]);
        let of = by_hand(rule.key);
        let sample = |at: usize| outputs(&network, &theta, &[columns[0][at], columns[1][at]], of);
        let all: Vec<_> = (0..75).map(sample).collect();
        for (layer, found) in found.iter().enumerate() {
            let units = all[0][layer].len();
            let numbers: Vec<f64> = all.iter().flat_map(|all| all[layer].clone()).collect();
            let count = f64::from(u32::try_from(numbers.len()).expect("few"));
            let mean = numbers.iter().sum::<f64>() / count;
            let square = numbers.iter().map(|a| (a - mean) * (a - mean)).sum::<f64>() / count;
            assert!((found.spread / libm::sqrt(square) - 1.0).abs() < 1e-12, "{}", rule.key);
            let share = |of: fn(f64) -> bool| {
                let idle = numbers.iter().filter(|a| of(**a)).count();
                f64::from(u32::try_from(idle).expect("few")) / count
            };
            let dead = (0..units).filter(|unit| all.iter().all(|all| all[layer][*unit] == 0.0));
            let idle = match rule.key {
                _ if layer == 3 => 0.0,
                "sigmoid" => share(|a| a * (1.0 - a) < 0.05 * 0.25),
                "tanh" => share(|a| 1.0 - a * a < 0.05),
                "relu" => f64::from(u32::try_from(dead.count()).expect("few")) / 9.0,
                _ => 0.0,
            };
            assert_eq!(found.idle, idle, "{} {layer}", rule.key);
            let counts = ["sigmoid", "tanh", "relu"].contains(&rule.key);
            assert!(layer != 1 || !counts || idle > 0.1, "{}: {idle}", rule.key);
        }
    }
}
