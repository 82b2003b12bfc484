//! The spectrum of rates: each place is the fate of the full run at its rate, and
//! on a quadratic it agrees with theory.

use descent_lab::descent::loss::LOSSES;
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::descent::{Fate, Outcome};
use descent_lab::scenario::{
    Choice, Place, Run, SEEDS, SPECTRUM_RATES, Scenario, Spectrum, decode, log_spaced,
};
use proptest::prelude::*;

use crate::cases::cases;

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert!(refused.is_empty(), "{link}: {refused:?}");
    scenario
}

fn finished(scenario: &Scenario, rates: Vec<f64>, seeds: usize) -> Spectrum {
    let loss = scenario.build_loss();
    let mut spectrum = Spectrum::begin(scenario, &scenario.runs[0], rates, seeds);
    assert!(spectrum.advance(loss.as_ref(), &mut || false));
    spectrum
}

fn over_slider(scenario: &Scenario, count: usize) -> Spectrum {
    finished(scenario, log_spaced(scenario.rates(&scenario.runs[0]), count), 1)
}

fn full_run(scenario: &Scenario, rate: f64) -> Fate {
    let loss = scenario.build_loss();
    let run = Run { learning_rate: rate, ..scenario.runs[0].clone() };
    let trajectory = scenario.descend(&run, loss.as_ref());
    let verdict = scenario.judge(&run, loss.as_ref(), &trajectory);
    let fate = Fate::of(loss.as_ref(), &trajectory);
    assert_eq!((verdict.outcome, verdict.step), (fate.outcome, fate.step));
    fate
}

fn assert_true(scenario: &Scenario, places: &[Place]) {
    for Place { rate, fates } in places {
        let expected = full_run(scenario, *rate);
        let [fate] = fates[..] else { panic!("{} fates at {rate}", fates.len()) };
        // A loss that is not a number is not equal to itself.
        let bits = [fate, expected].map(|fate| fate.final_loss.to_bits());
        assert_eq!(bits[0], bits[1], "{rate}");
        assert_eq!(
            (fate.outcome, fate.step, fate.settles),
            (expected.outcome, expected.step, expected.settles),
            "{rate}"
        );
    }
}

#[test]
fn every_place_is_the_full_run_at_its_rate_on_all_losses_and_rules() {
    for loss in LOSSES {
        for optimizer in OPTIMIZERS {
            let mut scenario = Scenario { steps: 60, ..Scenario::default() };
            scenario.replace_loss(Choice::of(loss));
            scenario.runs[0].optimizer = Choice::of(optimizer);
            assert_true(&scenario, over_slider(&scenario, 9).places());
        }
    }
    let scenario = scenario(
        "#v=1&loss=rosenbrock&steps=700&run=momentum,lr=0.001,schedule=cosine,t_max=700,warmup=20,clip=norm,clip_at=2",
    );
    assert_true(&scenario, over_slider(&scenario, 40).places());
}

#[test]
fn however_its_work_is_cut_the_spectrum_is_the_same() {
    let scenario = scenario("#v=1&loss=himmelblau&steps=2000&noise=0.3&run=momentum,lr=0.01");
    let rates = log_spaced(scenario.rates(&scenario.runs[0]), 37);
    let whole = finished(&scenario, rates.clone(), SEEDS);
    let loss = scenario.build_loss();
    let mut parts = Spectrum::begin(&scenario, &scenario.runs[0], rates, SEEDS);
    let (mut calls, mut before) = (0, 0.0);
    loop {
        let (mut looks, most) = (0, 1 + calls % 7);
        let mut is_time_up = || {
            looks += 1;
            looks > most
        };
        calls += 1;
        let is_done = parts.advance(loss.as_ref(), &mut is_time_up);
        assert!(parts.progress() >= before, "progress goes forward");
        before = parts.progress();
        if is_done {
            break;
        }
    }
    assert!(calls > 300, "{calls} slices");
    assert_eq!(parts.places(), whole.places());
}

#[test]
fn the_first_places_are_spread_over_the_slider() {
    let scenario = scenario("#v=1&steps=100&run=sgd,lr=0.1");
    let loss = scenario.build_loss();
    let rates = log_spaced([0.001, 1.0], 241);
    let mut spectrum = Spectrum::begin(&scenario, &scenario.runs[0], rates, 1);
    while spectrum.made() < 16 {
        let mut looks = 0;
        spectrum.advance(loss.as_ref(), &mut || {
            looks += 1;
            looks > 1
        });
    }
    let made = |(index, place): (usize, &Place)| (!place.fates.is_empty()).then_some(index);
    let made: Vec<usize> = spectrum.places().iter().enumerate().filter_map(made).collect();
    assert!(made.into_iter().eq((0..256).step_by(16)));
    assert_eq!(spectrum.fastest(), None, "places are missing");
}

#[test]
fn a_stochastic_place_holds_the_fates_of_sixteen_seeds() {
    let scenario = scenario(
        "#v=1&loss=quadratic&steps=150&noise=0.02&seed=18446744073709551610&run=sgd,lr=0.1",
    );
    let spectrum = finished(&scenario, vec![0.02, 0.1, 0.2005], SEEDS);
    for Place { rate, fates } in spectrum.places() {
        assert_eq!(fates.len(), SEEDS);
        for (seed, fate) in (0..).zip(fates) {
            let seeded = Scenario { seed: scenario.seed.wrapping_add(seed), ..scenario.clone() };
            assert_eq!(*fate, full_run(&seeded, *rate));
        }
    }
    let outcomes = |index: usize| spectrum.places()[index].fates.iter().map(|fate| fate.outcome);
    let kinds = outcomes(2).collect::<std::collections::HashSet<_>>();
    assert!(kinds.len() > 1, "seeds differ at a border: {kinds:?}");
    assert_eq!(spectrum.fastest(), None, "the fastest of one seed is luck");
}

/// A ravine, and a start equally far from both axes.
fn ravine(kappa: f64, angle: f64, steps: usize) -> Scenario {
    let radians = angle.to_radians();
    let (sin, cos) = (libm::sin(radians), libm::cos(radians));
    let (u, v) = (8.0, 8.0);
    let mut scenario = scenario(&format!(
        "#v=1&loss=quadratic,kappa={kappa},angle={angle}&steps={steps}&run=sgd,lr=0.1"
    ));
    scenario.start = vec![u * cos - v * sin, u * sin + v * cos];
    scenario
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn on_a_quadratic_the_borders_are_those_of_theory(
        kappa in 3.0_f64..60.0,
        angle in -90.0_f64..90.0,
    ) {
        // Enough for the slowest rate of the slider to settle.
        let scenario = ravine(kappa, angle, 4000);
        let spectrum = over_slider(&scenario, 490);
        let places = spectrum.places();
        let apart = places[1].rate / places[0].rate;
        let last = |outcome| {
            places.iter().rev().find(|place| place.fates[0].outcome == outcome).map(|p| p.rate)
        };
        let converges = last(Outcome::Converges).expect("some rate converges");
        prop_assert!(converges <= 1.0 / kappa && converges * apart > 1.0 / kappa);
        let oscillates = last(Outcome::Oscillates).expect("some rate oscillates");
        let bounces = last(Outcome::Bounces).unwrap_or(oscillates);
        prop_assert!(bounces <= 2.0 / kappa * (1.0 + 2e-2), "{bounces} of {}", 2.0 / kappa);
        prop_assert!(oscillates <= 2.0 / kappa && oscillates * apart * 1.02 > 2.0 / kappa);
        let diverging = places.iter().find(|place| place.fates[0].outcome == Outcome::Diverges);
        let diverges = diverging.expect("the slider goes beyond the limit").rate;
        prop_assert!(diverges > 2.0 / kappa && diverges < 2.0 / kappa * apart * 1.02);
        let (_, fewest) = spectrum.fastest().expect("some rate settles");
        let best = 2.0 / (1.0 + kappa);
        // Steps are whole: several rates may take the same number.
        let fastest = places.iter().filter(|place| place.fates[0].settles == Some(fewest));
        let mut near = fastest.map(|place| place.rate / best);
        prop_assert!(
            near.any(|ratio| ratio <= 1.05 * apart && ratio >= 0.95 / apart),
            "{fewest} steps at {:?}", spectrum.fastest()
        );
    }
}

#[test]
fn on_a_slider_where_every_rate_diverges_nothing_is_fastest() {
    let scenario = scenario("#v=1&loss=quadratic,kappa=10&steps=400&run=sgd,lr=5");
    let spectrum = finished(&scenario, log_spaced([0.3, 5.0], 60), 1);
    assert!(spectrum.places().iter().all(|place| place.fates[0].outcome == Outcome::Diverges));
    assert_eq!(spectrum.fastest(), None);
}

#[test]
fn from_a_minimum_every_rate_converges_at_once() {
    let spectrum = over_slider(&scenario("#v=1&loss=quadratic&start=0,0&run=sgd,lr=0.1"), 60);
    for place in spectrum.places() {
        assert_eq!((place.fates[0].outcome, place.fates[0].step), (Outcome::Converges, 0));
    }
    assert_eq!(spectrum.fastest(), Some((spectrum.places()[0].rate, 0)));
}

#[test]
fn on_flat_ground_every_rate_stalls() {
    let link = "#v=1&loss=gaussian_well,width=0.3&start=50,50&run=sgd,lr=0.1";
    let spectrum = over_slider(&scenario(link), 60);
    for place in spectrum.places() {
        assert_eq!((place.fates[0].outcome, place.fates[0].settles), (Outcome::Stalls, None));
    }
    assert_eq!(spectrum.fastest(), None);
}

#[test]
fn a_single_step_has_a_spectrum() {
    let scenario = scenario("#v=1&loss=quadratic&steps=1&run=sgd,lr=0.1");
    let spectrum = over_slider(&scenario, 240);
    assert_true(&scenario, spectrum.places());
}

#[test]
fn rates_are_spaced_by_one_ratio_and_keep_their_ends() {
    let rates = log_spaced([0.003, 7.0], 50);
    assert_eq!((rates[0], rates[49]), (0.003, 7.0));
    let ratio = rates[1] / rates[0];
    for pair in rates.windows(2) {
        assert!((pair[1] / pair[0] / ratio - 1.0).abs() < 1e-12);
    }
    assert_eq!(log_spaced([0.5, 2.0], 1), [0.5]);
    assert_eq!(log_spaced([0.5, 2.0], 0), [0.0; 0]);
}

/// A network of up to 32 parameters is judged by its minimum, whose search costs more than a
/// short run: fewer of its rates are tried, as of a long run.
#[test]
fn fewer_rates_are_tried_where_judging_them_is_dear() {
    let tried = |link: &str| {
        let scenario = scenario(link);
        scenario.affordable_runs(scenario.build_loss().as_ref(), SPECTRUM_RATES)
    };
    let small = tried("#loss=network,depth=2,width=4&steps=20");
    assert!((17..SPECTRUM_RATES / 2).contains(&small), "{small}");
    assert_eq!(tried("#loss=network,depth=2,width=8&steps=20"), SPECTRUM_RATES);
    assert_eq!(tried("#loss=quadratic&steps=1000"), SPECTRUM_RATES);
}
