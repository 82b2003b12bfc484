//! What a diverged run does to a network, and what is degenerate.

use descent_lab::descent::Activity;

use super::{
    ACTIVATIONS, ERRORS, INITIALISATIONS, activation, batch_slopes, error, initial_parameters,
    initialisation, network, product, scattered, shape, slopes,
};

/// Everything is asked for; none of it may panic.
#[test]
fn nothing_panics_on_extreme_parameters() {
    for rule in ACTIVATIONS {
        for error in ERRORS {
            let shape = shape(4, 6, true);
            let network = network(shape, rule, error, 40, [0.1, 0.1]);
            let start = initial_parameters(&shape, initialisation("he"), 1.0, 1.0, 1);
            for extreme in
                [1e300, -1e300, f64::MAX, f64::INFINITY, f64::NEG_INFINITY, f64::NAN, 5e-324]
            {
                for everywhere in [true, false] {
                    let mut theta = start.clone();
                    let places = if everywhere { 0..theta.len() } else { 9..10 };
                    theta[places].fill(extreme);
                    let (value, _) = slopes(&network, &theta);
                    assert_eq!(value.to_bits(), network.value(&theta).to_bits());
                    if extreme.is_nan() {
                        assert!(value.is_nan(), "{} {value}", rule.key);
                    }
                    product(&network, &theta, &scattered(theta.len(), 0.1));
                    batch_slopes(&network, &theta, &[0, 39]);
                    assert!(network.prepare(&theta, 1), "what is not a number is itself");
                    let _ = network.predict(&theta, &[extreme, 0.0]);
                    network.activity(&mut [Activity::default(); 4]);
                }
            }
        }
    }
}

/// A layer whose sums are not numbers passes that on, as in PyTorch, and the loss says so.
#[test]
fn what_is_not_a_number_comes_through_every_activation() {
    for rule in ACTIVATIONS {
        let mut out = [0.0];
        (rule.value)(&[f64::NAN], &mut out);
        assert!(out[0].is_nan(), "{}", rule.key);
    }
}

/// Whether all units of each hidden layer have the same weights going in.
fn is_symmetric(theta: &[f64], gradient: &[f64]) -> bool {
    let shape = shape(3, 5, true);
    shape.layers().iter().all(|layer| {
        let alike = |numbers: &[f64]| {
            let mut rows = numbers[layer.weights.clone()].chunks(layer.inputs);
            let first = rows.next().expect("a unit");
            rows.all(|row| row == first)
        };
        alike(theta) && alike(gradient)
    })
}

#[test]
fn zero_weights_keep_all_units_alike() {
    let shape = shape(3, 5, true);
    for rule in INITIALISATIONS {
        let gains = [(1.0, 0.0), (0.0, 1.0)];
        for (sigma, gain) in gains.into_iter().filter(|(_, gain)| *gain == 0.0 || rule.has_sigma) {
            let theta = initial_parameters(&shape, rule, sigma, gain, 4);
            assert!(theta.iter().all(|parameter| *parameter == 0.0), "{}", rule.key);
        }
        let theta = initial_parameters(&shape, rule, 1.0, 1.0, 4);
        assert!(!is_symmetric(&theta, &theta), "{}", rule.key);
    }
    // Steps of descent do not tell them apart, whatever the activation.
    for rule in ACTIVATIONS {
        let network = network(shape, rule, error("cross_entropy"), 40, [0.0, 0.0]);
        let mut theta = vec![0.0; shape.dimension()];
        for _ in 0..20 {
            let (value, gradient) = slopes(&network, &theta);
            assert!(value.is_finite() && is_symmetric(&theta, &gradient), "{}", rule.key);
            for (parameter, slope) in theta.iter_mut().zip(&gradient) {
                *parameter -= 0.5 * slope;
            }
        }
    }
}

#[test]
fn no_sample_and_the_largest_shape_are_allowed() {
    let shape = shape(50, 64, true);
    assert_eq!(shape.dimension(), 3 * 64 + 48 * 65 * 64 + 65);
    for count in [0, 2] {
        let network = network(shape, activation("tanh"), ERRORS[1], count, [0.0, 0.0]);
        let theta = initial_parameters(&shape, initialisation("orthogonal"), 1.0, 1.0, 0);
        let (value, gradient) = slopes(&network, &theta);
        assert!(value.is_finite() && gradient.iter().all(|slope| slope.is_finite()));
        assert_eq!(count == 0, value == 0.0);
    }
}
