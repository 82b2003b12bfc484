//! The sweep: what becomes of the runs shown at the same rates.

use super::super::{background, values};
use super::{Derived, RunKey};
use crate::scenario::{Scenario, Spectrum, advance_evenly, log_spaced};

/// So many rates a run.
pub(in super::super) const SWEPT_RATES: usize = 201;

impl Derived {
    /// Begins anew, for the runs `shown`, what was not made for them and these rates.
    /// Their own learning rates are no part of it.
    pub(in super::super) fn refresh_sweep(
        &mut self,
        scenario: &Scenario,
        shown: &[usize],
        range: [f64; 2],
    ) {
        for &index in shown {
            let run = &scenario.runs[index];
            let mut key = RunKey::of(scenario, run);
            key.run.learning_rate = 1.0;
            let key = (key, range.map(f64::to_bits), SWEPT_RATES);
            let is_new = self.runs[index].sweep.refresh(key, |_, _| {
                // A click jumps there, and what the page then shows is the whole truth.
                let rates = log_spaced(range, SWEPT_RATES);
                let rates = rates.into_iter().map(|rate| values::rounded(rate, 4)).collect();
                Spectrum::begin(scenario, run, rates, 1)
            });
            if is_new {
                self.sweep_began = background::now();
            }
        }
    }

    /// The runs `shown` with what is made of their sweeps.
    pub(in super::super) fn swept(&self, shown: &[usize]) -> Vec<(usize, &Spectrum)> {
        let spectrum = |index: &usize| Some((*index, self.runs.get(*index)?.sweep.peek()?));
        shown.iter().filter_map(spectrum).collect()
    }

    /// Goes on with the sweep of the runs `shown`; says whether it is done.
    pub(in super::super) fn advance_sweep(
        &mut self,
        shown: &[usize],
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let loss = self.loss.get().loss.as_ref();
        let mut spectra = Vec::new();
        for (index, cache) in self.runs.iter_mut().enumerate() {
            if shown.contains(&index) && cache.sweep.peek().is_some() {
                spectra.push(cache.sweep.get_mut());
            }
        }
        advance_evenly(&mut spectra, loss, is_time_up)
    }
}
