//! What is found in parts has the bits of what is found at once.

use descent_lab::descent::Activity;

use super::{
    ACTIVATIONS, ERRORS, Network, away_from_kinks, batch_slopes, bits, initialisation, moved,
    network, product, scattered, shape, slopes,
};

fn made(count: usize) -> (Network, Vec<f64>) {
    let shape = shape(5, 7, true);
    let network = network(shape, ACTIVATIONS[2], ERRORS[0], count, [0.01, 0.02]);
    (network, away_from_kinks(&shape, initialisation("xavier"), 3))
}

/// Goes on with efforts as they come until all is done; says how often.
fn to_the_end(efforts: &[usize], mut prepare: impl FnMut(usize) -> bool) -> usize {
    let mut calls = 1;
    while !prepare(efforts[calls % efforts.len()]) {
        calls += 1;
    }
    calls
}

#[test]
fn any_cuts_give_the_same_bits() {
    for count in [1, 31, 32, 33, 100] {
        let (whole, theta) = made(count);
        let (value, gradient) = slopes(&whole, &theta);
        let vector = scattered(theta.len(), 0.2);
        let along = product(&whole, &theta, &vector);
        let batch: Vec<usize> = (0..count).rev().chain(0..count / 2).collect();
        let some = batch_slopes(&whole, &theta, &batch);
        for efforts in [&[0_usize][..], &[1], &[7, 300, 1], &[2_000], &[usize::MAX]] {
            let (network, _) = made(count);
            let calls = to_the_end(efforts, |effort| network.prepare(&theta, effort));
            assert!(efforts[0] > 1 || calls > 15, "{calls} calls of {efforts:?}");
            let found = slopes(&network, &theta);
            assert_eq!(found.0.to_bits(), value.to_bits());
            assert_eq!(bits(&found.1), bits(&gradient));
            to_the_end(efforts, |effort| network.prepare_value(&theta, effort));
            assert_eq!(network.value(&theta).to_bits(), value.to_bits());
            to_the_end(efforts, |effort| network.prepare_product(&theta, &vector, effort));
            assert_eq!(bits(&product(&network, &theta, &vector)), bits(&along));
            to_the_end(efforts, |effort| network.prepare_batch(&theta, &batch, effort));
            assert_eq!(bits(&batch_slopes(&network, &theta, &batch)), bits(&some));
        }
    }
}

#[test]
fn values_at_two_points_in_turn_both_come_to_an_end() {
    let (network, theta) = made(200);
    let elsewhere = moved(&theta, &scattered(theta.len(), 0.2), 0.5);
    let [here, there] = [&theta, &elsewhere].map(|point| made(200).0.value(point).to_bits());
    let mut turns = 0;
    let mut are_done = [false; 2];
    while are_done != [true; 2] {
        are_done = [network.prepare_value(&theta, 300), network.prepare_value(&elsewhere, 300)];
        turns += 1;
        assert!(turns < 1_000, "neither begins anew");
    }
    assert!(turns > 10, "{turns}");
    assert_eq!(network.value(&theta).to_bits(), here);
    assert_eq!(network.value(&elsewhere).to_bits(), there);
}

#[test]
fn what_is_asked_meanwhile_changes_nothing() {
    let (network, theta) = made(70);
    let (value, gradient) = slopes(&network, &theta);
    let vector = scattered(theta.len(), 0.2);
    let elsewhere = moved(&theta, &vector, 0.5);
    let (other, _) = slopes(&made(70).0, &elsewhere);
    let mut parts = 0;
    slopes(&network, &elsewhere);
    while !network.prepare(&theta, 50) {
        parts += 1;
        assert_eq!(network.value(&elsewhere), other);
        product(&network, &elsewhere, &vector);
        batch_slopes(&network, &elsewhere, &[1, 2, 3]);
        assert!(network.predict(&elsewhere, &[0.1, 0.2]).is_finite());
    }
    assert!(parts > 10, "{parts}");
    let again = slopes(&network, &theta);
    assert_eq!((again.0, bits(&again.1)), (value, bits(&gradient)));
}

#[test]
fn what_was_begun_elsewhere_is_dropped() {
    let (network, theta) = made(70);
    let (value, gradient) = slopes(&made(70).0, &theta);
    let elsewhere = moved(&theta, &scattered(theta.len(), 0.2), 1.0);
    for effort in [1, 100, 1_000, 10_000] {
        network.prepare(&elsewhere, effort);
        let found = slopes(&network, &theta);
        assert_eq!((found.0, bits(&found.1)), (value, bits(&gradient)));
    }
}

#[test]
fn the_activity_is_that_of_the_last_finished_gradient() {
    let (network, theta) = made(70);
    let elsewhere = moved(&theta, &scattered(theta.len(), 0.2), 1.0);
    let activity = || {
        let mut activity = vec![Activity::default(); network.layers().len()];
        network.activity(&mut activity);
        activity
    };
    slopes(&network, &theta);
    let here = activity();
    assert!(here.iter().all(|layer| layer.spread > 0.0), "{here:?}");
    network.prepare(&elsewhere, 10);
    assert_ne!(network.value(&elsewhere), network.value(&theta));
    assert_eq!(activity(), here);
    slopes(&network, &elsewhere);
    assert_ne!(activity(), here);
    slopes(&network, &theta);
    assert_eq!(activity(), here);
}
