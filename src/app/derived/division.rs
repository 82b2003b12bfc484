//! What workers compute of what is derived.

use super::super::workers::{Order, Rank, Shared};
use super::{Derived, StartsParts};
use crate::scenario::{STARTS, Scenario, Spectrum, Task};

impl Derived {
    /// Gives to workers, where there are some, what is left of the selected run's spectrum,
    /// of the sweeps of the runs `swept`, and of the map of starts if that is shown.
    pub(in super::super) fn give_work(
        &mut self,
        scenario: &Scenario,
        selected: usize,
        swept: &[usize],
        shows_starts: bool,
    ) {
        let order = |run, task, rank| Order { scenario: scenario.clone(), run, task, rank };
        let over_rates = |spectrum: &Spectrum, run, rank| {
            let rates = spectrum.places().iter().map(|place| place.rate).collect();
            order(run, Task::Spectrum { rates }, rank)
        };
        if let Some(spectrum) = self.spectrum.peek_mut() {
            spectrum.give(|spectrum| over_rates(spectrum, selected, Rank::Spectrum));
        }
        for &run in swept {
            if let Some(sweep) = self.runs.get_mut(run).and_then(|cache| cache.sweep.peek_mut()) {
                sweep.give(|spectrum| over_rates(spectrum, run, Rank::Sweep));
            }
        }
        let window = self.starts.key().map(|(_, window)| *window);
        let starts = self.starts.peek_mut().filter(|_| shows_starts).zip(window);
        if let Some((StartsParts { starts, .. }, window)) = starts {
            let task = Task::Starts { window, size: [STARTS; 2] };
            starts.give(|_| order(selected, task, Rank::Starts));
        }
    }

    /// Takes in what the job of a worker has found.
    pub(in super::super) fn take_found(&mut self, job: (u32, bool), numbers: &[f64]) {
        self.spectra().for_each(|spectrum| spectrum.record(job, numbers));
        if let Some(StartsParts { starts, .. }) = self.starts.peek_mut() {
            starts.record(job, numbers);
        }
    }

    /// Takes back what was left to do for jobs that are lost.
    pub(in super::super) fn take_back(&mut self, lost: &[u32]) {
        self.spectra().for_each(|spectrum| spectrum.lose(lost));
        if let Some(StartsParts { starts, .. }) = self.starts.peek_mut() {
            starts.lose(lost);
        }
    }

    fn spectra(&mut self) -> impl Iterator<Item = &mut Shared<Spectrum>> {
        let sweeps = self.runs.iter_mut().filter_map(|cache| cache.sweep.peek_mut());
        self.spectrum.peek_mut().into_iter().chain(sweeps)
    }
}
