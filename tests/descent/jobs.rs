//! Long computations divided among threads: whatever the division, and whatever is lost on
//! the way, the results are those of one thread.

use std::ops::Range;

use descent_lab::descent::StartsRuns;
use descent_lab::descent::loss::Loss;
use descent_lab::scenario::{
    FINDING, Finding, Job, SEEDS, STARTS, Scenario, Spectrum, Starts, Task, Working, decode,
    encode, log_spaced,
};
use proptest::prelude::*;

use crate::cases::cases;

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert!(refused.is_empty(), "{link}: {refused:?}");
    scenario
}

/// Computes a job as another thread does, from the link and the numbers alone, in steps that
/// end after `looks` looks at the clock; it is lost after `most` findings.
fn elsewhere(link: &str, job: &Job, looks: usize, most: usize) -> Vec<[f64; FINDING]> {
    let scenario = scenario(link);
    let loss = scenario.build_loss();
    let job = Job::from_numbers(&job.to_numbers()).expect("a job");
    let mut working = Working::begin(&scenario, &job).expect("a run");
    let mut found = Vec::new();
    loop {
        let mut left = looks;
        let mut is_time_up = || {
            left -= 1;
            left == 0
        };
        let is_done = working.advance(loss.as_ref(), &mut is_time_up, &mut found);
        if is_done || found.len() >= most {
            found.truncate(most);
            return found.iter().map(Finding::to_numbers).collect();
        }
    }
}

/// `before` looks at the clock here, then the rest in `count` parts; the threads that compute
/// the parts in `lost` lose all but a few findings, and the parts are computed here.
struct Division {
    before: usize,
    count: usize,
    lost: Vec<usize>,
}

impl Division {
    fn looks(&self) -> impl FnMut() -> bool + use<> {
        let mut left = self.before + 1;
        move || {
            left -= 1;
            left == 0
        }
    }

    fn parts(&self, all: Range<usize>) -> Vec<Range<usize>> {
        let border = |at: usize| all.start + all.len() * at / self.count;
        (0..self.count).map(|at| border(at)..border(at + 1)).collect()
    }

    fn spectrum(&self, link: &str, rates: &[f64], seeds: usize) -> Spectrum {
        let scenario = scenario(link);
        let loss = scenario.build_loss();
        let mut spectrum = Spectrum::begin(&scenario, &scenario.runs[0], rates.to_vec(), seeds);
        spectrum.advance(loss.as_ref(), &mut self.looks());
        let all = spectrum.hand_over();
        for (at, which) in self.parts(all).into_iter().enumerate() {
            let task = Task::Spectrum { rates: rates.to_vec() };
            let job = Job { run: 0, task, which: which.clone() };
            let is_lost = self.lost.contains(&at);
            let most = if is_lost { at + 2 } else { usize::MAX };
            let found = elsewhere(link, &job, 3 + at, most);
            for numbers in &found {
                spectrum.record(&Finding::trial(numbers));
            }
            assert!(spectrum.is_idle());
            if is_lost {
                spectrum.take_up(which);
                spectrum.advance(loss.as_ref(), &mut || false);
            }
        }
        assert!(spectrum.is_idle() && spectrum.is_done());
        spectrum
    }

    fn starts(&self, link: &str, window: [f64; 4], size: [usize; 2]) -> Starts {
        let scenario = scenario(link);
        let loss = scenario.build_loss();
        let mut starts = Starts::begin(&scenario, &scenario.runs[0], window, size);
        starts.advance(loss.as_ref(), &mut self.looks());
        let all = starts.hand_over();
        for (at, which) in self.parts(all).into_iter().enumerate() {
            let is_lost = self.lost.contains(&at);
            let most = if is_lost { 150 * (at + 1) } else { usize::MAX };
            let job = Job { run: 0, task: Task::Starts { window, size }, which: which.clone() };
            let found = elsewhere(link, &job, 3 + at, most);
            for (cell, ending) in found.iter().map(Finding::ending) {
                starts.record(cell, ending);
            }
            assert!(starts.is_idle());
            if is_lost {
                starts.take_up(which);
                starts.advance(loss.as_ref(), &mut || false);
            }
        }
        assert!(starts.is_idle() && starts.map().is_complete());
        starts
    }
}

/// Losses that are not numbers are alike.
fn bits(spectrum: &Spectrum) -> Vec<(u64, Vec<String>)> {
    let place = |place: &descent_lab::scenario::Place| {
        let fates = place.fates.iter();
        (place.rate.to_bits(), fates.map(|fate| format!("{fate:?}")).collect())
    };
    spectrum.places().iter().map(place).collect()
}

proptest! {
    #![proptest_config(cases(24))]
    #[test]
    fn a_divided_spectrum_is_that_of_one_thread(
        (before, count) in (0_usize..400, 1_usize..6),
        lost in proptest::collection::vec(0_usize..6, 0..3),
        (places, which) in (1_usize..60, 0_usize..4),
    ) {
        let link = [
            "#v=1&loss=himmelblau&steps=300&noise=0.3&seed=18446744073709551610&run=momentum,lr=0.01",
            "#v=1&loss=rosenbrock&steps=200&run=adam,lr=0.01,schedule=cosine,t_max=200",
            "#v=1&loss=network,depth=2,width=2,count=20&steps=30&run=sgd,lr=0.1",
            "#v=1&loss=saddle&start=1.5,0&steps=90&run=sgd,lr=0.1",
        ][which];
        let scenario = scenario(link);
        let seeds = if which == 0 { SEEDS } else { 1 };
        let rates = log_spaced(scenario.rates(&scenario.runs[0]), places);
        let loss = scenario.build_loss();
        let mut whole = Spectrum::begin(&scenario, &scenario.runs[0], rates.clone(), seeds);
        whole.advance(loss.as_ref(), &mut || false);
        let lost = lost.into_iter().filter(|at| *at < count).collect();
        let divided = Division { before, count, lost }.spectrum(link, &rates, seeds);
        prop_assert_eq!(bits(&divided), bits(&whole));
        let destination = whole.usual_destination();
        prop_assert_eq!(divided.fastest(), whole.fastest());
        prop_assert_eq!(divided.reliably_fastest(destination), whole.reliably_fastest(destination));
        prop_assert_eq!(divided.made(), whole.made());
    }

    #[test]
    fn a_divided_map_of_starts_is_that_of_one_thread(
        (before, count) in (0_usize..900, 1_usize..6),
        lost in proptest::collection::vec(0_usize..6, 0..3),
        size in (1_usize..70, 1_usize..40),
        which in 0_usize..3,
    ) {
        let link = [
            "#v=1&loss=himmelblau&steps=60&run=sgd,lr=0.012",
            "#v=1&loss=rosenbrock&steps=50&run=lbfgs,lr=1",
            "#v=1&loss=himmelblau&steps=60&noise=0.4&seed=3&run=adam,lr=0.3",
        ][which];
        let scenario = scenario(link);
        let (size, window) = ([size.0, size.1], [-6.0, 6.0, -5.0, 5.0]);
        let mut whole = Starts::begin(&scenario, &scenario.runs[0], window, size);
        whole.advance(scenario.build_loss().as_ref(), &mut || false);
        let lost = lost.into_iter().filter(|at| *at < count).collect();
        let divided = Division { before, count, lost }.starts(link, window, size);
        for row in 0..size[1] {
            for column in 0..size[0] {
                let [one, other] = [&divided, &whole].map(|starts| starts.map().ending(column, row));
                prop_assert!(one.is_some() && one == other, "{column}, {row}: {one:?} {other:?}");
            }
        }
    }
}

#[test]
fn what_is_handed_over_is_not_computed_here() {
    let link = "#v=1&loss=himmelblau&steps=300&run=sgd,lr=0.01";
    let scenario = scenario(link);
    let loss: Box<dyn Loss> = scenario.build_loss();
    let rates = log_spaced([0.001, 0.1], 40);
    let mut spectrum = Spectrum::begin(&scenario, &scenario.runs[0], rates, 1);
    assert!(!spectrum.is_idle());
    assert_eq!(spectrum.hand_over(), 0..40);
    assert!(spectrum.is_idle() && !spectrum.advance(loss.as_ref(), &mut || false));
    assert_eq!(spectrum.made(), 0);
    let mut starts =
        Starts::begin(&scenario, &scenario.runs[0], [-6.0, 6.0, -5.0, 5.0], [STARTS; 2]);
    assert_eq!(starts.hand_over(), 0..STARTS * STARTS / StartsRuns::GROUP);
    assert!(starts.is_idle() && !starts.advance(loss.as_ref(), &mut || false));
    assert_eq!(starts.map().known(), 0);
}

#[test]
fn a_job_survives_its_way_through_link_and_numbers() {
    for preset in descent_lab::scenario::PRESETS {
        let scenario = preset.scenario();
        let (decoded, refused) = decode(&encode(&scenario));
        assert_eq!((refused.len(), &decoded.runs), (0, &scenario.runs), "{}", preset.key);
    }
    for task in [
        Task::Spectrum { rates: vec![0.1 + 0.2, 5e-324, 1.7e308] },
        Task::Starts { window: [-1.0 / 3.0, 0.1, 1e-9, 7.0], size: [256, 9] },
    ] {
        let job = Job { run: 5, task, which: 7..31 };
        assert_eq!(Job::from_numbers(&job.to_numbers()), Some(job));
    }
    for no_job in [&[][..], &[0.0; 3], &[1.0; 4], &[1.0; 9], &[1.0; 11]] {
        assert_eq!(Job::from_numbers(no_job), None, "{no_job:?}");
    }
}

#[test]
fn a_job_on_what_the_scenario_does_not_have_is_none() {
    let two = scenario("#v=1&loss=himmelblau");
    let starts = Task::Starts { window: [0.0, 1.0, 0.0, 1.0], size: [2, 2] };
    let job = Job { run: 0, task: starts, which: 0..1 };
    assert!(Working::begin(&two, &job).is_some());
    assert!(Working::begin(&two, &Job { run: 1, ..job.clone() }).is_none());
    assert!(Working::begin(&scenario("#v=1&loss=network"), &job).is_none());
    let none = Task::Starts { window: [0.0, 1.0, 0.0, 1.0], size: [2, 0] };
    assert!(Working::begin(&two, &Job { task: none, ..job.clone() }).is_none());
    let none = Task::Spectrum { rates: Vec::new() };
    assert!(Working::begin(&two, &Job { task: none, ..job }).is_none());
}
