//! The sweep in the place of the chart.

use web_sys::{HtmlButtonElement, HtmlElement};

use super::super::derived::SWEPT_RATES;
use super::super::page::Page;
use super::super::{background, dom, values};
use super::rate::NOTICED;
use crate::scenario::{Place, Spectrum, sweep_csv};
use crate::text::figure;
use crate::view::{Palette, Rect, SweepLine, SweepScene, draw_sweep, position};

/// The part of the chart that its button lies over, from the right and from the top.
const BUTTON: [f64; 2] = [66.0, 44.0];

impl Page {
    /// Whether the sweep is looked at.
    pub(in super::super) fn is_sweeping(&self) -> bool {
        self.side.shows_sweep && !self.hides_outcomes()
    }

    /// The rates of the sweep: all that are on a slider of the runs shown.
    fn sweep_range(&self) -> [f64; 2] {
        let shown = self.shown_runs();
        let [low, high] =
            self.scenario.sweep_range(shown.iter().map(|&at| &self.scenario.runs[at]));
        if shown.contains(&self.side.selected) {
            // It stays as wide as the slider.
            return [low.min(self.rates[0]), high.max(self.rates[1])];
        }
        [low, high]
    }

    /// The place of the sweep that is nearest to the selected run's rate.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "some hundreds"
    )]
    pub(in super::super) fn present_swept_place(&self) -> usize {
        let share = position(self.sweep_range(), self.selected_run().learning_rate);
        libm::round(share.clamp(0.0, 1.0) * (SWEPT_RATES - 1) as f64) as usize
    }

    /// The rate at a place of the sweep.
    pub(in super::super) fn swept_rate(&self, place: usize) -> Option<f64> {
        let shown = self.shown_runs();
        let (_, spectrum) = *self.derived.swept(&shown).first()?;
        spectrum.places().get(place).map(|place| place.rate)
    }

    /// The table of the sweep, once it is complete.
    pub(in super::super) fn sweep_table(&self) -> Option<String> {
        self.is_swept().then(|| sweep_csv(&self.derived.swept(&self.shown_runs())))
    }

    /// Whether the sweep is complete.
    pub(super) fn is_swept(&self) -> bool {
        let shown = self.shown_runs();
        let swept = self.derived.swept(&shown);
        !shown.is_empty() && swept.iter().all(|(_, spectrum)| spectrum.is_done())
    }

    /// Whether some of it is left to compute; with every run hidden there is nothing to.
    pub(super) fn has_sweep_left(&self) -> bool {
        !self.shown_runs().is_empty() && !self.is_swept()
    }

    /// Begins what is stale of the sweep, while it is looked at; it is made between
    /// frames.
    pub(super) fn refresh_sweep(&mut self) {
        if !self.is_sweeping() {
            return;
        }
        let (shown, range) = (self.shown_runs(), self.sweep_range());
        self.derived.refresh_sweep(&self.scenario, &shown, range);
        if !self.derived.is_sweep_idle(&shown) {
            background::ask();
        }
    }

    /// Draws the sweep, if it has changed; says whether it had.
    pub(super) fn draw_sweep_picture(&mut self) -> bool {
        let (theme, language) = (self.theme(), self.language());
        let (shown, range, progress) =
            (self.shown_runs(), self.sweep_range(), self.sweep_progress());
        // No key of the other charts begins so.
        let mut key = vec![u64::MAX];
        for &run in &shown {
            let cache = &self.derived.runs[run];
            let made = cache.sweep.peek().map_or(0, |sweep| sweep.computation.made() as u64);
            key.extend([run as u64, cache.run.generation(), cache.sweep.generation(), made]);
        }
        key.extend(range.map(f64::to_bits));
        key.extend([self.side.swept_place.map_or(0, |place| place as u64 + 1)]);
        key.extend([self.side.selected as u64, progress.unwrap_or(0.0).to_bits()]);
        key.extend(self.size_key(self.pictures.chart.size()));
        if !self.pictures.chart_key.refresh((key, theme, language), |_, _| ()) {
            return false;
        }
        let palette = Palette::of(theme);
        let names: Vec<String> = shown.iter().map(|run| self.run_name(*run)).collect();
        let lines: Vec<SweepLine<'_>> = (shown.iter().zip(&names))
            .filter_map(|(&run, name)| {
                let cache = &self.derived.runs[run];
                let losses = cache.trajectory().losses();
                let loss = losses[losses.len() - 1];
                Some(SweepLine {
                    look: &palette.runs[run],
                    name,
                    spectrum: &cache.sweep.peek()?.computation,
                    rate: self.scenario.runs[run].learning_rate,
                    loss: cache.parts().has_good_end().then_some(loss),
                })
            })
            .collect();
        let size = self.pictures.chart.size();
        let rate = self.side.swept_place.and_then(|place| self.swept_rate(place));
        let rate = rate.map(values::shown);
        let [width, height] = BUTTON;
        let scene = SweepScene {
            size,
            palette,
            text: self.text(),
            rates: range,
            lines: &lines,
            selected: shown.iter().position(|run| *run == self.side.selected),
            lowest: self.derived.loss.get().lowest,
            pointed: self.side.swept_place.zip(rate.as_deref()),
            progress,
            keep_clear: Some(Rect { left: size[0] - width, top: 0.0, width, height }),
        };
        self.pictures.chart_plot = draw_sweep(&mut self.pictures.chart.clear(), &scene);
        true
    }

    /// The share that is made, once that has taken longer than one would not notice.
    fn sweep_progress(&self) -> Option<f64> {
        let shown = self.shown_runs();
        let swept = self.derived.swept(&shown);
        let is_long = background::now() - self.derived.sweep_began(&shown) > NOTICED;
        let least = swept.iter().map(|(_, spectrum)| spectrum.progress()).fold(1.0, f64::min);
        (is_long && least < 1.0).then(|| libm::round(100.0 * least) / 100.0)
    }

    /// The sweep spoken, where each run ends lowest, and the note beside it.
    pub(super) fn sweep_words(&self) -> (String, &'static str) {
        let (text, lowest) = (self.text(), self.derived.loss.get().lowest);
        let note = if lowest == 0.0 { text.end_loss } else { text.end_loss_above };
        if !self.is_swept() {
            return (text.sweep_rates.to_owned(), note);
        }
        let shown = self.shown_runs();
        let runs = self.derived.swept(&shown).into_iter().map(|(run, spectrum)| {
            let best = best_of(spectrum);
            let words =
                best.map(|(rate, loss)| [values::shown(rate), figure((loss - lowest).max(0.0), 3)]);
            (self.run_name(run), words)
        });
        ((text.sweep_spoken)(&runs.collect::<Vec<_>>()), note)
    }

    /// The sweep as a control, and the button that saves it.
    pub(super) fn sync_sweep(&self) {
        let is_sweeping = self.is_sweeping();
        let (sweep, save) = (dom::element::<HtmlElement>("sweep"), "save-sweep");
        let save: HtmlButtonElement = dom::element(save);
        sweep.set_hidden(!is_sweeping);
        let rows = if is_sweeping { self.shown_runs().len() } else { 0 };
        dom::set_property(&dom::element("chart-section"), "--rows", &rows.to_string());
        save.set_hidden(!is_sweeping);
        if !is_sweeping {
            return;
        }
        save.set_disabled(!self.is_swept());
        let place = self.side.swept_place.unwrap_or_else(|| self.present_swept_place());
        let shown = self.shown_runs();
        let lowest = self.derived.loss.get().lowest;
        let runs = self.derived.swept(&shown).into_iter().map(|(run, spectrum)| {
            let fate = spectrum.places().get(place).and_then(|place| place.fates.first());
            let loss = fate.filter(|fate| !fate.outcome.diverges());
            let loss = loss.map(|fate| figure(fate.final_loss - lowest, 3));
            (self.run_name(run), fate.map(|fate| fate.outcome), loss)
        });
        let rate = self.swept_rate(place).map(values::shown).unwrap_or_default();
        let words = (self.text().swept_at)(&rate, &runs.collect::<Vec<_>>());
        dom::set_attribute(&sweep, "aria-valuemax", &(SWEPT_RATES - 1).to_string());
        dom::set_attribute(&sweep, "aria-valuenow", &place.to_string());
        dom::set_attribute(&sweep, "aria-valuetext", &words);
    }
}

/// The rate with the lowest final loss, the smallest of several, and that loss.
fn best_of(spectrum: &Spectrum) -> Option<(f64, f64)> {
    let end = |place: &Place| {
        let fate = place.fates.first().filter(|fate| !fate.outcome.diverges())?;
        Some((place.rate, fate.final_loss))
    };
    let ends = spectrum.places().iter().filter_map(end);
    ends.min_by(|(_, one), (_, other)| one.total_cmp(other))
}
