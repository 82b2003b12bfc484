//! Every activation, initialisation and error against central differences.

use super::{
    ACTIVATIONS, ERRORS, INITIALISATIONS, Network, away_from_kinks, batch_slopes, moved, network,
    product, scattered, shape, slopes,
};

/// Depth, width, biases, samples, penalties: one block and several, full and not.
type Case = (usize, usize, bool, usize, [f64; 2]);
const CASES: [Case; 4] = [
    (1, 3, true, 5, [0.0, 0.0]),
    (3, 5, true, 37, [0.0, 0.0]),
    (4, 6, false, 64, [0.01, 0.1]),
    (2, 9, true, 33, [0.0, 0.3]),
];

/// Calls `check` with every network and a place away from kinks.
fn each(mut check: impl FnMut(&str, &Network, &[f64])) {
    for activation in ACTIVATIONS {
        for initialisation in INITIALISATIONS {
            for error in ERRORS {
                for (depth, width, bias, count, penalties) in CASES {
                    let shape = shape(depth, width, bias);
                    let network = network(shape, activation, error, count, penalties);
                    let theta = away_from_kinks(&shape, initialisation, 7);
                    let [activation, start, error] =
                        [activation.key, initialisation.key, error.key];
                    let name = format!("{activation} {start} {error} {depth}×{width}");
                    check(&name, &network, &theta);
                }
            }
        }
    }
}

/// Whether two numbers agree as far as differences tell, which are taken of numbers of
/// about this size.
fn agrees(one: f64, other: f64, size: f64) -> bool {
    (one - other).abs() <= 2e-8 * (1.0 + size)
}

#[test]
fn the_gradient_is_that_of_differences() {
    const STEP: f64 = 1e-6;
    let mut checked = 0;
    each(|name, network, theta| {
        let (value, gradient) = slopes(network, theta);
        assert_eq!(value.to_bits(), network.value(theta).to_bits(), "{name}");
        for place in 0..theta.len() {
            let mut axis = vec![0.0; theta.len()];
            axis[place] = 1.0;
            let at = |step| network.value(&moved(theta, &axis, step));
            let slope = (at(STEP) - at(-STEP)) / (2.0 * STEP);
            assert!(
                agrees(slope, gradient[place], value),
                "{name}, parameter {place}: {slope} by differences, {}",
                gradient[place]
            );
            checked += 1;
        }
    });
    assert!(checked > 5_000, "{checked}");
}

#[test]
fn the_gradient_of_a_batch_is_that_of_its_samples() {
    each(|name, network, theta| {
        let mean = |batch: &[usize]| {
            let each = batch.iter().map(|sample| batch_slopes(network, theta, &[*sample]));
            let sum = each.reduce(|sum, one| moved(&sum, &one, 1.0)).expect("not empty");
            let count = f64::from(u32::try_from(batch.len()).expect("few"));
            sum.iter().map(|slope| slope / count).collect::<Vec<f64>>()
        };
        for batch in [&[4_usize, 0, 4][..], &[2; 35], &[1, 3]] {
            let together = batch_slopes(network, theta, batch);
            for (one, other) in together.iter().zip(mean(batch)) {
                assert!((one - other).abs() < 1e-12 * (1.0 + one.abs()), "{name} {one} {other}");
            }
        }
        let (_, gradient) = slopes(network, theta);
        assert_eq!(batch_slopes(network, theta, &[]), gradient, "{name}");
    });
}

#[test]
fn the_product_with_the_hessian_is_that_of_differences() {
    const STEP: f64 = 1e-6;
    each(|name, network, theta| {
        let vector = scattered(theta.len(), 0.4);
        let along = product(network, theta, &vector);
        let at = |step| slopes(network, &moved(theta, &vector, step)).1;
        let size = along.iter().fold(1.0, |size: f64, number| size.max(number.abs()));
        for ((up, down), found) in at(STEP).iter().zip(at(-STEP)).zip(&along) {
            let change = (up - down) / (2.0 * STEP);
            assert!(agrees(change, *found, size), "{name}: {change} by differences, {found}");
        }
    });
}

#[test]
fn the_hessian_is_symmetric() {
    each(|name, network, theta| {
        let [one, other] = [0.3, 0.6].map(|seed| scattered(theta.len(), seed));
        let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let there = dot(&other, &product(network, theta, &one));
        let back = dot(&one, &product(network, theta, &other));
        assert!((there - back).abs() < 1e-11 * (1.0 + there.abs()), "{name}: {there} {back}");
    });
}
