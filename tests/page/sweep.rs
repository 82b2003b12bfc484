//! Several runs at the same rates, made part by part.

use descent_lab::scenario::{
    SWEEP_HEADER, Scenario, Spectrum, advance_evenly, decode, log_spaced, sweep_csv,
};

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert!(refused.is_empty(), "{link}: {refused:?}");
    scenario
}

fn begin(scenario: &Scenario, count: usize) -> Vec<Spectrum> {
    let range = scenario.sweep_range(scenario.runs.iter());
    let begin = |run| Spectrum::begin(scenario, run, log_spaced(range, count), 1);
    scenario.runs.iter().map(begin).collect()
}

fn table(spectra: &[Spectrum]) -> String {
    sweep_csv(&spectra.iter().enumerate().collect::<Vec<_>>())
}

const LINK: &str = "#v=1&loss=himmelblau&steps=3000&run=sgd,lr=0.01&run=adam,lr=0.1&run=lion";

#[test]
fn however_its_work_is_cut_the_table_is_the_same() {
    let scenario = scenario(LINK);
    let loss = scenario.build_loss();
    let mut whole = begin(&scenario, 21);
    for spectrum in &mut whole {
        spectrum.advance(loss.as_ref(), &mut || false);
    }
    let mut parts = begin(&scenario, 21);
    for calls in 1.. {
        let (mut looks, most) = (0, calls % 5);
        let mut is_time_up = || {
            looks += 1;
            looks > most
        };
        let mut all: Vec<&mut Spectrum> = parts.iter_mut().collect();
        if advance_evenly(&mut all, loss.as_ref(), &mut is_time_up) {
            break;
        }
        assert!(calls < 100_000, "it comes to an end");
    }
    assert_eq!(table(&parts), table(&whole));
    assert_eq!(table(&parts).lines().count(), 1 + 3 * 21);
}

#[test]
fn no_run_is_far_ahead_of_another() {
    let scenario = scenario(LINK);
    let loss = scenario.build_loss();
    let mut spectra = begin(&scenario, 21);
    loop {
        let mut looks = 0;
        let mut all: Vec<&mut Spectrum> = spectra.iter_mut().collect();
        let is_done = advance_evenly(&mut all, loss.as_ref(), &mut || {
            looks += 1;
            looks > 1
        });
        let made = || spectra.iter().map(Spectrum::made);
        let (least, most) = (made().min().unwrap_or(0), made().max().unwrap_or(0));
        assert!(most - least <= 1, "{least} and {most}");
        if is_done {
            assert_eq!(least, 21);
            break;
        }
    }
}

#[test]
fn what_is_not_made_yet_is_not_in_the_table() {
    let scenario = scenario(LINK);
    let mut spectra = begin(&scenario, 21);
    assert_eq!(table(&spectra), format!("{SWEEP_HEADER}\n"));
    assert_eq!(sweep_csv(&[]), format!("{SWEEP_HEADER}\n"));
    let loss = scenario.build_loss();
    while spectra[0].made() < 3 {
        let mut is_begun = false;
        spectra[0].advance(loss.as_ref(), &mut || core::mem::replace(&mut is_begun, true));
    }
    let table = table(&spectra);
    let rates: Vec<f64> = table
        .lines()
        .skip(1)
        .map(|row| row.split(',').nth(1).and_then(|cell| cell.parse().ok()).expect("a rate"))
        .collect();
    assert_eq!(rates.len(), 3);
    assert!(rates.windows(2).all(|pair| pair[0] < pair[1]), "{rates:?}");
}

#[test]
fn the_range_is_that_of_all_sliders_and_of_no_run_that_of_the_loss() {
    let scenario = scenario("#v=1&run=sgd,lr=1e-5&run=adam,lr=0.5&run=sgd,lr=50");
    assert_eq!(scenario.sweep_range(scenario.runs.iter()), [1e-5, 50.0]);
    let own = scenario.sweep_range(scenario.runs[1..2].iter());
    assert_eq!(own, scenario.rates(&scenario.runs[1]));
    let none = scenario.sweep_range([].iter());
    assert_eq!(none, (scenario.loss.rule.rates)(&scenario.setting()));
}

#[test]
fn runs_without_a_finite_end_keep_their_place() {
    let scenario = scenario("#v=1&steps=400&run=sgd,lr=1e300");
    let mut spectra = begin(&scenario, 5);
    let loss = scenario.build_loss();
    spectra[0].advance(loss.as_ref(), &mut || false);
    let table = table(&spectra);
    let last = table.lines().last().expect("a row");
    assert!(last.starts_with("0,1000000000000,diverges,,"), "{last}");
}
