//! The sweep: what becomes of the runs shown at the same rates.

use super::super::values;
use super::super::workers::Shared;
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
            self.runs[index].sweep.refresh(key, |_, _| {
                // A click jumps there, and what the page then shows is the whole truth.
                let rates = log_spaced(range, SWEPT_RATES);
                let rates = rates.into_iter().map(|rate| values::rounded(rate, 4)).collect();
                Shared::begin(Spectrum::begin(scenario, run, rates, 1))
            });
        }
    }

    /// When the latest sweep of the runs `shown` was begun, in milliseconds.
    pub(in super::super) fn sweep_began(&self, shown: &[usize]) -> f64 {
        let began = |index: &usize| Some(self.runs.get(*index)?.sweep.peek()?.began);
        shown.iter().filter_map(began).fold(0.0, f64::max)
    }

    /// The runs `shown` with what is made of their sweeps.
    pub(in super::super) fn swept(&self, shown: &[usize]) -> Vec<(usize, &Spectrum)> {
        let spectrum =
            |index: &usize| Some((*index, &self.runs.get(*index)?.sweep.peek()?.computation));
        shown.iter().filter_map(spectrum).collect()
    }

    /// Whether nothing of the sweep of the runs `shown` is left to compute here.
    pub(in super::super) fn is_sweep_idle(&self, shown: &[usize]) -> bool {
        let sweep = |index: &usize| self.runs.get(*index)?.sweep.peek();
        shown.iter().filter_map(sweep).all(Shared::is_idle)
    }

    /// Goes on with what of the sweep of the runs `shown` is computed here; says whether
    /// that is done.
    pub(in super::super) fn advance_sweep(
        &mut self,
        shown: &[usize],
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let loss = self.loss.get().loss.as_ref();
        loop {
            let sweeps = self.runs.iter_mut().enumerate();
            let sweeps = sweeps.filter(|(index, _)| shown.contains(index));
            let mut sweeps: Vec<_> =
                sweeps.filter_map(|(_, cache)| cache.sweep.peek_mut()).collect();
            for sweep in &mut sweeps {
                sweep.help();
            }
            let mut spectra: Vec<_> =
                sweeps.into_iter().map(|sweep| &mut sweep.computation).collect();
            if !advance_evenly(&mut spectra, loss, is_time_up) {
                return false;
            }
            if self.is_sweep_idle(shown) {
                return true;
            }
        }
    }
}
