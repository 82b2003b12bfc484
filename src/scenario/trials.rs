//! Runs of a scenario at some of the rates of a spectrum.

use core::ops::Range;

use super::progress::RunProgress;
use super::{Run, Scenario};
use crate::descent::loss::Loss;
use crate::descent::{Fate, Judging, Storage, Trajectory};

/// The distance between the rates that are tried first, in places. A power of two: each
/// further round halves the distance.
const COARSE: usize = 16;
/// Work between two looks at the clock where a step is expensive: a third of a millisecond.
const EFFORT: usize = 65_536;

/// A finished run of a spectrum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// The place of its rate.
    pub place: usize,
    /// By how much its seed is larger than the scenario's.
    pub round: usize,
    /// J where it starts.
    pub loss_at_start: f64,
    /// What became of it.
    pub fate: Fate,
}

/// Some of the runs of a spectrum, one after another. With n rates and s seeds there are n·s
/// runs: all rates with the scenario's seed, coarse first, then all with the next seed.
pub struct Trials {
    scenario: Scenario,
    run: Run,
    /// The scenario's own seed.
    seed: u64,
    rates: Vec<f64>,
    /// The places in the order in which they are tried.
    order: Vec<usize>,
    /// Which of the runs are left.
    left: Range<usize>,
    present: Present,
}

/// The work under way.
enum Present {
    /// None; the memory of the last run is kept for the next.
    Idle(Storage),
    /// A run.
    Running(Box<RunProgress>),
    /// The judging of a run.
    Judging(Box<Trajectory>, Judging),
}

impl Trials {
    /// Before the first of the runs `which`, for these rates in rising order.
    #[must_use]
    pub fn begin(scenario: &Scenario, run: &Run, rates: Vec<f64>, which: Range<usize>) -> Self {
        Self {
            scenario: Scenario { runs: Vec::new(), ..scenario.clone() },
            run: run.clone(),
            order: coarse_first(rates.len()),
            rates,
            seed: scenario.seed,
            left: which,
            present: Present::Idle(Storage::default()),
        }
    }

    /// Turns to other runs, and gives up what is left.
    pub fn turn_to(&mut self, which: Range<usize>) {
        self.left = which;
        self.present = Present::Idle(Storage::default());
    }

    /// Whether no run is left.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.left.is_empty()
    }

    /// Takes some steps of a run, or judges some; the run, if that finishes it. `loss` must
    /// be the scenario's.
    pub fn advance(&mut self, loss: &dyn Loss) -> Option<Trial> {
        if self.is_done() {
            return None;
        }
        let stretch = Scenario::stretch(loss);
        let task = self.left.start;
        let place = self.order[task % self.order.len()];
        let present = core::mem::replace(&mut self.present, Present::Idle(Storage::default()));
        let round = task / self.order.len();
        let (scenario, run) = self.at(place, round);
        let mut trial = None;
        let present = match present {
            Present::Idle(storage) => {
                let mut progress = RunProgress::begin(storage, scenario, run, loss);
                progress.limit(EFFORT);
                Present::Running(Box::new(progress))
            }
            Present::Running(mut progress) => {
                let until = progress.recorded() + stretch;
                progress.advance(scenario, run, loss, until);
                if progress.is_done() {
                    Present::Judging(Box::new(progress.finish()), Judging::new())
                } else {
                    Present::Running(progress)
                }
            }
            Present::Judging(trajectory, mut judging) => {
                match judging.advance(loss, &trajectory, stretch) {
                    Some(fate) => {
                        let loss_at_start = trajectory.losses()[0];
                        trial = Some(Trial { place, round, loss_at_start, fate });
                        Present::Idle(trajectory.into_storage())
                    }
                    None => Present::Judging(trajectory, judging),
                }
            }
        };
        self.present = present;
        self.left.start += usize::from(trial.is_some());
        trial
    }

    /// The scenario and the run with the rate of a place and the seed of a round.
    fn at(&mut self, place: usize, round: usize) -> (&Scenario, &Run) {
        self.run.learning_rate = self.rates[place];
        self.scenario.seed = self.seed.wrapping_add(round as u64);
        (&self.scenario, &self.run)
    }
}

/// The places 0 to `count` − 1: every sixteenth, then every eighth that is missing, and so
/// on.
fn coarse_first(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).step_by(COARSE).collect();
    let mut distance = COARSE;
    while distance > 1 {
        order.extend((distance / 2..count).step_by(distance));
        distance /= 2;
    }
    order
}
