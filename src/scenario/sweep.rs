//! The sweep: what becomes of several runs at the same rates, and its table.

use super::{Run, Scenario, Spectrum, number_text};
use crate::descent::Fate;
use crate::descent::loss::Loss;

/// The columns of the table.
pub const SWEEP_HEADER: &str = "run,lr,outcome,steps_to_settle,final_loss";

/// A row of the table: the run's place among the runs, its rate, what became of it.
/// A run that does not settle leaves its column empty.
///
/// ```
/// use descent_lab::descent::{Fate, Outcome};
/// use descent_lab::scenario::sweep_row;
///
/// let outcome = Outcome::Converges;
/// let (settles, destination) = (Some(12), None);
/// let fate = Fate { outcome, step: 12, settles, final_loss: 1e-9, destination };
/// assert_eq!(sweep_row(0, 0.1, &fate), "0,0.1,converges,12,1e-9");
/// let fate = Fate { outcome: Outcome::Crawls, settles: None, ..fate };
/// assert_eq!(sweep_row(1, 0.1, &fate), "1,0.1,crawls,,1e-9");
/// ```
#[must_use]
pub fn sweep_row(run: usize, rate: f64, fate: &Fate) -> String {
    let settles = fate.settles.map(|step| step.to_string()).unwrap_or_default();
    let [rate, loss] = [rate, fate.final_loss].map(number_text);
    format!("{run},{rate},{},{settles},{loss}", fate.outcome.key())
}

/// The whole table of these runs, with one row for each rate that is made, of a
/// stochastic run under the scenario's own seed.
#[must_use]
pub fn sweep_csv(spectra: &[(usize, &Spectrum)]) -> String {
    let mut csv = SWEEP_HEADER.to_owned();
    csv.push('\n');
    for (run, spectrum) in spectra {
        for place in spectrum.places() {
            if let Some(fate) = place.fates.first() {
                csv.push_str(&sweep_row(*run, place.rate, fate));
                csv.push('\n');
            }
        }
    }
    csv
}

/// Goes on with what of `spectra` is computed here, always with one that is least far, so
/// that none is seen long before another; says whether that is done. As
/// [`Spectrum::advance`].
pub fn advance_evenly(
    spectra: &mut [&mut Spectrum],
    loss: &dyn Loss,
    is_time_up: &mut dyn FnMut() -> bool,
) -> bool {
    loop {
        let unfinished = spectra.iter_mut().filter(|spectrum| !spectrum.is_idle());
        let Some(next) = unfinished.min_by_key(|spectrum| spectrum.made()) else { return true };
        if is_time_up() {
            return false;
        }
        let mut is_begun = false;
        next.advance(loss, &mut || core::mem::replace(&mut is_begun, true));
    }
}

impl Scenario {
    /// The rates that a sweep of these runs is made over: all that are on one of
    /// their sliders. Of no run at all, those of the loss.
    #[must_use]
    pub fn sweep_range<'a>(&self, runs: impl Iterator<Item = &'a Run>) -> [f64; 2] {
        let ranges = runs.map(|run| self.rates(run));
        let widest = ranges.reduce(|all, own| [all[0].min(own[0]), all[1].max(own[1])]);
        widest.unwrap_or_else(|| (self.loss.rule.rates)(&self.setting()))
    }
}
