//! A part of a long computation as numbers, so that another thread can compute it.

use core::ops::Range;

use super::starts::StartsPart;
use super::trials::{Trial, Trials};
use super::{Run, Scenario};
use crate::descent::loss::Loss;
use crate::descent::{Ending, Fate, Outcome};

/// A long computation on one run of a scenario.
#[derive(Clone, Debug, PartialEq)]
pub enum Task {
    /// What becomes of the run at these rates, in rising order: runs of [`Trials`].
    Spectrum {
        /// The learning rates.
        rates: Vec<f64>,
    },
    /// What becomes of the run from each start of a grid: groups of [`StartsPart`].
    Starts {
        /// The part of parameter space, `[x0, x1, y0, y1]`.
        window: [f64; 4],
        /// Columns and rows.
        size: [usize; 2],
    },
}

/// The kinds of tasks as numbers.
const SPECTRUM: f64 = 0.0;
const STARTS: f64 = 1.0;

/// A part of a task on the run with this place in the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Job {
    /// The run's place among the runs of the scenario.
    pub run: usize,
    /// Of what.
    pub task: Task,
    /// Which part.
    pub which: Range<usize>,
}

impl Job {
    /// As numbers: whole ones are exact below 2⁵³, and all others are kept to the bit.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most millions")]
    pub fn to_numbers(&self) -> Vec<f64> {
        let whole = [self.run, self.which.start, self.which.end].map(|number| number as f64);
        let mut numbers = whole.to_vec();
        match &self.task {
            Task::Spectrum { rates } => {
                numbers.push(SPECTRUM);
                numbers.extend(rates);
            }
            Task::Starts { window, size } => {
                numbers.push(STARTS);
                numbers.extend(window);
                numbers.extend(size.map(|side| side as f64));
            }
        }
        numbers
    }

    /// The same back from numbers; `None` from numbers that are no job.
    #[must_use]
    pub fn from_numbers(numbers: &[f64]) -> Option<Self> {
        let (&[run, start, end, kind], rest) = numbers.split_first_chunk()?;
        let task = if kind == SPECTRUM {
            Task::Spectrum { rates: rest.to_vec() }
        } else {
            let (window, size) = rest.split_first_chunk::<4>()?;
            let &[columns, rows] = size else { return None };
            Task::Starts { window: *window, size: [columns, rows].map(whole) }
        };
        Some(Self { run: whole(run), task, which: whole(start)..whole(end) })
    }
}

/// A job under way.
pub enum Working {
    /// Runs at many rates.
    Spectrum(Box<Trials>),
    /// Runs from many starts.
    Starts(Box<StartsPart>),
}

impl Working {
    /// Ready to compute a job on a scenario; `None` where the scenario has no such run, or
    /// no map of starts.
    #[must_use]
    pub fn begin(scenario: &Scenario, job: &Job) -> Option<Self> {
        let run: &Run = scenario.runs.get(job.run)?;
        Some(match &job.task {
            Task::Spectrum { rates } if rates.is_empty() => return None,
            Task::Spectrum { rates } => {
                let trials = Trials::begin(scenario, run, rates.clone(), job.which.clone());
                Self::Spectrum(Box::new(trials))
            }
            Task::Starts { window, size } => {
                if scenario.start.len() != 2 || size.contains(&0) {
                    return None;
                }
                let part = StartsPart::begin(scenario, run, *window, *size, job.which.clone());
                Self::Starts(Box::new(part))
            }
        })
    }

    /// Appends what is found, finding after finding, until time is up or the job is done;
    /// says whether it is. `loss` must be the scenario's.
    pub fn advance(
        &mut self,
        loss: &dyn Loss,
        is_time_up: &mut dyn FnMut() -> bool,
        found: &mut Vec<Finding>,
    ) -> bool {
        match self {
            Self::Spectrum(trials) => {
                while !trials.is_done() && !is_time_up() {
                    found.extend(trials.advance(loss).map(Finding::Trial));
                }
                trials.is_done()
            }
            Self::Starts(starts) => starts.advance(loss, is_time_up, |cell, ending| {
                found.push(Finding::Ending(cell, ending));
            }),
        }
    }
}

/// One result of a job.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finding {
    /// A finished run at a rate.
    Trial(Trial),
    /// What becomes of the start of a cell, counted row by row.
    Ending(usize, Ending),
}

/// The numbers of a finding.
pub const FINDING: usize = 9;

impl Finding {
    /// As numbers, to the bit.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most millions")]
    pub fn to_numbers(&self) -> [f64; FINDING] {
        match *self {
            Self::Trial(Trial { place, round, loss_at_start, fate }) => {
                let Fate { outcome, step, settles, final_loss, destination } = fate;
                let outcome = Outcome::ALL.iter().position(|other| *other == outcome);
                // No step is not a number, and no destination has no first coordinate.
                let settles = settles.map_or(f64::NAN, |step| step as f64);
                let [x, y] = destination.unwrap_or([f64::NAN; 2]);
                let outcome = outcome.unwrap_or_default() as f64;
                let (place, round, step) = (place as f64, round as f64, step as f64);
                [place, round, loss_at_start, outcome, step, settles, final_loss, x, y]
            }
            Self::Ending(cell, ending) => {
                let [kind, step, minimum] = match ending {
                    Ending::Diverges { step } => [0.0, f64::from(step), f64::NAN],
                    Ending::Settles { step, minimum } => {
                        [1.0, f64::from(step), minimum.map_or(f64::NAN, f64::from)]
                    }
                    Ending::Stalls { step } => [2.0, f64::from(step), f64::NAN],
                    Ending::GoesOn => [3.0, 0.0, f64::NAN],
                };
                [cell as f64, kind, step, minimum, 0.0, 0.0, 0.0, 0.0, 0.0]
            }
        }
    }

    /// A finding of a spectrum back from its numbers.
    #[must_use]
    pub fn trial(numbers: &[f64; FINDING]) -> Trial {
        let [place, round, loss_at_start, outcome, step, settles, final_loss, x, y] = *numbers;
        let fate = Fate {
            outcome: *Outcome::ALL.get(whole(outcome)).unwrap_or(&Outcome::Crawls),
            step: whole(step),
            settles: (!settles.is_nan()).then(|| whole(settles)),
            final_loss,
            destination: (!x.is_nan()).then_some([x, y]),
        };
        Trial { place: whole(place), round: whole(round), loss_at_start, fate }
    }

    /// A finding of a map of starts back from its numbers: cell and ending.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "they were such before")]
    pub fn ending(numbers: &[f64; FINDING]) -> (usize, Ending) {
        let [cell, kind, step, minimum, ..] = *numbers;
        let step = whole(step) as u32;
        let ending = match whole(kind) {
            0 => Ending::Diverges { step },
            1 => {
                let minimum = (!minimum.is_nan()).then(|| whole(minimum) as u16);
                Ending::Settles { step, minimum }
            }
            2 => Ending::Stalls { step },
            _ => Ending::GoesOn,
        };
        (whole(cell), ending)
    }
}

/// A whole number that was written as one.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it saturates")]
fn whole(number: f64) -> usize {
    number as usize
}
