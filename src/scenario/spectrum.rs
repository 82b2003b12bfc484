//! The fate of a run at many learning rates: one true run at each.

use core::ops::Range;

use super::trials::{Trial, Trials};
use super::{Run, Scenario};
use crate::descent::Fate;
use crate::descent::loss::Loss;

/// How many seeds a stochastic run is made with at each rate.
pub const SEEDS: usize = 16;

/// How many rates of a slider a spectrum tries, however wide the slider is drawn: what it
/// finds, and the rate that is advised, do not depend on the width.
pub const SPECTRUM_RATES: usize = 480;

/// A rate and what becomes of the run there.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// η.
    pub rate: f64,
    /// One fate a seed made so far: one at most unless the run is stochastic.
    pub fates: Vec<Fate>,
}

/// What becomes of one run of a scenario at each of many rates, computed part by part:
/// every sixteenth place first, then those between. What is left can be computed elsewhere,
/// by [`Trials`], and recorded here.
///
/// ```
/// use descent_lab::descent::Outcome;
/// use descent_lab::scenario::{Spectrum, decode, log_spaced};
///
/// let (scenario, _) = decode("#v=1&loss=quadratic,kappa=10&run=sgd,lr=0.1");
/// let loss = scenario.build_loss();
/// let rates = log_spaced([0.01, 1.0], 5);
/// let mut spectrum = Spectrum::begin(&scenario, &scenario.runs[0], rates, 1);
/// spectrum.advance(loss.as_ref(), &mut || false);
/// assert_eq!(spectrum.places()[0].fates[0].outcome, Outcome::Crawls);
/// assert_eq!(spectrum.places()[4].fates[0].outcome, Outcome::Diverges);
/// ```
pub struct Spectrum {
    places: Vec<Place>,
    /// Which seeds the fates of each place belong to, rising.
    rounds: Vec<Vec<usize>>,
    seeds: usize,
    /// J where all runs start; known once the first is finished.
    loss_at_start: f64,
    /// How many runs are finished.
    made: usize,
    /// What is computed here.
    trials: Trials,
}

impl Spectrum {
    /// Before the first run, for these rates in rising order; with more than one
    /// seed, each rate is tried with the scenario's seed and those that follow it.
    #[must_use]
    pub fn begin(scenario: &Scenario, run: &Run, rates: Vec<f64>, seeds: usize) -> Self {
        let trials = Trials::begin(scenario, run, rates.clone(), 0..rates.len() * seeds);
        let place = |rate| Place { rate, fates: Vec::new() };
        Self {
            rounds: vec![Vec::new(); rates.len()],
            places: rates.into_iter().map(place).collect(),
            seeds,
            loss_at_start: f64::NAN,
            made: 0,
            trials,
        }
    }

    /// Goes on with what is computed here until time is up or that is done; `loss` must be
    /// the scenario's. Says whether every place has all its fates. Time is asked for about
    /// once a millisecond.
    pub fn advance(&mut self, loss: &dyn Loss, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        while !self.trials.is_done() && !is_time_up() {
            if let Some(trial) = self.trials.advance(loss) {
                self.record(&trial);
            }
        }
        self.is_done()
    }

    /// Whether nothing is left to compute here.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.trials.is_done()
    }

    /// Gives up what is computed here; the runs that are left, where all were computed here
    /// so far: a range of [`Trials`].
    pub fn hand_over(&mut self) -> Range<usize> {
        self.trials.turn_to(0..0);
        self.made..self.places.len() * self.seeds
    }

    /// Computes these runs here, in the place of any others.
    pub fn take_up(&mut self, which: Range<usize>) {
        self.trials.turn_to(which);
    }

    /// Adds a finished run, unless it is known.
    pub fn record(&mut self, trial: &Trial) {
        let Some(rounds) = self.rounds.get_mut(trial.place) else { return };
        if let Err(at) = rounds.binary_search(&trial.round) {
            rounds.insert(at, trial.round);
            self.places[trial.place].fates.insert(at, trial.fate);
            self.loss_at_start = trial.loss_at_start;
            self.made += 1;
        }
    }

    /// Whether every place has all its fates.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.made == self.places.len() * self.seeds
    }

    /// The share of the work that is done, 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    pub fn progress(&self) -> f64 {
        self.made as f64 / (self.places.len() * self.seeds).max(1) as f64
    }

    /// How many runs are finished: a key for what is made from them.
    #[must_use]
    pub fn made(&self) -> usize {
        self.made
    }

    /// How many seeds each rate is tried with.
    #[must_use]
    pub fn seeds(&self) -> usize {
        self.seeds
    }

    /// Every rate, in rising order.
    #[must_use]
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// The fewest steps to settle in a minimum, and the rate that takes them: the
    /// lowest of those that do. None while a place is missing, for stochastic runs,
    /// and where no rate settles.
    #[must_use]
    pub fn fastest(&self) -> Option<(f64, usize)> {
        if !self.is_done() || self.seeds > 1 {
            return None;
        }
        let settled = self.places.iter().filter_map(|place| {
            let fate = place.fates.first().filter(|fate| fate.settles_in_minimum())?;
            Some((place.rate, fate.step))
        });
        settled.min_by(|a, b| a.1.cmp(&b.1))
    }

    /// The minimum that the lowest rates lead to, where they lead to one.
    #[must_use]
    pub fn usual_destination(&self) -> Option<[f64; 2]> {
        self.places.iter().find_map(|place| place.fates.first()?.destination)
    }

    /// The fewest steps to settle in this minimum at a rate whose neighbours take about as
    /// many, and that rate: what one lucky rate can do is no advice, nor is a run to
    /// another minimum or to where the loss is no lower than at its start.
    #[must_use]
    pub fn reliably_fastest(&self, destination: Option<[f64; 2]>) -> Option<(f64, usize)> {
        self.fastest()?;
        let settled = |place: &Place| {
            let fate = place.fates.first().filter(|fate| fate.goes_to(destination))?;
            fate.settles.filter(|_| fate.final_loss <= self.loss_at_start)
        };
        let mut fastest: Option<(f64, usize)> = None;
        for around in self.places.windows(3) {
            let [below, steps, above] =
                [0, 1, 2].map(|at: usize| settled(&around[at]).unwrap_or(usize::MAX));
            let is_alike = steps < usize::MAX && below.max(above) <= steps + steps / 4 + 2;
            if is_alike && fastest.is_none_or(|(_, fewest)| steps < fewest) {
                fastest = Some((around[1].rate, steps));
            }
        }
        fastest
    }

    /// The steps to settle at the place nearest to a rate on the logarithmic scale.
    #[must_use]
    pub fn steps_near(&self, rate: f64) -> Option<usize> {
        let distance = |place: &&Place| libm::log(place.rate / rate).abs();
        let nearest = self.places.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)))?;
        nearest.fates.first()?.settles
    }

    /// The rates around the reliably fastest, without a gap, that need at most `share`
    /// more steps than it.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub fn nearly_fastest(&self, share: f64) -> Option<[f64; 2]> {
        let destination = self.usual_destination();
        let (rate, fewest) = self.reliably_fastest(destination)?;
        let is_near = |place: &&Place| {
            let fate = place.fates.first().filter(|fate| fate.goes_to(destination));
            let settles = fate.and_then(|fate| fate.settles);
            settles.is_some_and(|step| step as f64 <= fewest as f64 * (1.0 + share))
        };
        let at = self.places.iter().position(|place| place.rate == rate)?;
        let last = self.places[at..].iter().take_while(is_near).last()?;
        let first = self.places[..=at].iter().rev().take_while(is_near).last()?;
        Some([first.rate, last.rate])
    }
}

/// `count` rates from `low` to `high`, each the same multiple of the one before.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "some thousands")]
pub fn log_spaced([low, high]: [f64; 2], count: usize) -> Vec<f64> {
    let logs = [low, high].map(libm::log);
    let last = count.saturating_sub(1);
    let rate = |index: usize| match index {
        0 => low,
        _ if index == last => high,
        _ => {
            // Neither the ratio of the ends nor its powers: they may be too large.
            let share = index as f64 / last as f64;
            let log = (1.0 - share) * logs[0] + share * logs[1];
            libm::exp(log).clamp(low, high)
        }
    };
    (0..count).map(rate).collect()
}
