//! Where the samples are shown, and which of them make a step's gradient.

use super::Derived;
use crate::descent::BatchCursor;
use crate::scenario::{Run, Scenario};
use crate::view::{Rect, Viewport, data_plot, data_window, widened};

/// What the window of the data depends on: the loss, and whether axes stand still.
pub(super) type WindowKey = (u64, bool, bool);

impl Derived {
    /// Brings the data's axes up to date for a canvas of this size. They stand still
    /// where `is_edited`, and cannot be left while a sample `is_held`.
    pub(in super::super) fn refresh_data(
        &mut self,
        scenario: &Scenario,
        size: [f64; 2],
        is_compact: bool,
        [is_edited, is_held]: [bool; 2],
    ) {
        let loss = self.loss.get().loss.as_ref();
        let Some(samples) = loss.data() else {
            self.data_viewport = Viewport { window: [0.0, 1.0, 0.0, 1.0], plot: Rect::default() };
            self.data_window.forget();
            return;
        };
        let key = (self.loss.generation(), is_edited, is_held);
        let standardized = &mut self.is_standardized;
        self.data_window.refresh(key, |_, before| {
            let table = scenario.samples();
            let is_other = |column: usize| {
                let own = table.as_ref().map(|table| table.column(column));
                own.is_some_and(|own| own != samples.column(column))
            };
            *standardized = (0..samples.columns().len()).map(is_other).collect();
            match before {
                Some(before) if is_held => before,
                Some(before) if is_edited => widened(before, samples),
                _ => data_window(samples),
            }
        });
        let window = *self.data_window.get();
        let plot = data_plot(size, window, is_compact);
        self.data_viewport = Viewport { window, plot };
    }

    /// The samples that make the gradient of a run which leaves `step`, counted among those
    /// that J is about; none where every step takes all.
    pub(super) fn batch_at(
        &mut self,
        scenario: &Scenario,
        run: &Run,
        step: usize,
    ) -> Option<Vec<usize>> {
        let sampling = scenario.sampling(run, self.loss.get().loss.as_ref())?;
        let cursor = self.cursor.take().filter(|cursor| *cursor.sampling() == sampling);
        let cursor = self.cursor.insert(cursor.unwrap_or_else(|| BatchCursor::new(sampling)));
        cursor.batch_at(step).map(<[usize]>::to_vec)
    }

    /// The rows of the samples that make the gradient which leaves `step`; none where
    /// every step takes all of them.
    pub(in super::super) fn batch_rows(
        &mut self,
        scenario: &Scenario,
        run: &Run,
        step: usize,
    ) -> Option<Vec<usize>> {
        let mut batch = self.batch_at(scenario, run, step)?;
        if let Some(rows) = self.loss.get().loss.trained() {
            for sample in &mut batch {
                *sample = rows.get(*sample).copied().unwrap_or(*sample);
            }
        }
        Some(batch)
    }
}
