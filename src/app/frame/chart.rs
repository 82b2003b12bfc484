//! The chart of the runs.

use super::super::derived::RunParts;
use super::super::page::Page;
use super::super::{dom, values};
use crate::text::figure;
use crate::view::{ChartLine, ChartScene, Label, Palette, Quantity, Rect, draw_chart, step_at};

impl Page {
    /// Draws the chart, if it has changed; says whether it had.
    pub(super) fn draw_chart_picture(&mut self) -> bool {
        let (theme, language) = (self.theme(), self.language());
        let size = self.pictures.chart.size();
        let plot = self.pictures.chart_plot;
        let pointed = self.side.chart_pointer.and_then(|x| step_at(plot, self.steps(), x));
        let hides = self.hides_outcomes();
        let shown = if hides { Vec::new() } else { self.shown_runs() };
        let generations = |run: &usize| [*run as u64, self.derived.runs[*run].series.generation()];
        let mut key: Vec<u64> = shown.iter().flat_map(generations).collect();
        key.extend([self.derived.ghost_series.generation(), self.step() as u64]);
        key.extend([pointed.map_or(0, |step| step as u64 + 1), self.side.selected as u64]);
        key.extend(self.size_key(size));
        key.push(u64::from(hides));
        if !self.pictures.chart_key.refresh((key, theme, language), |_, _| ()) {
            return false;
        }
        if hides {
            // Its axes alone would say how far the loss rises or falls.
            self.pictures.chart.clear();
            self.pictures.chart_plot = Rect::default();
        } else {
            self.draw_chart_lines(&shown, pointed);
        }
        true
    }

    /// The chart in words.
    pub(super) fn describe_chart(&self) {
        let run = self.selected_cache().parts();
        let RunParts { trajectory, least, .. } = run;
        let losses = trajectory.losses();
        let (first, last) = (losses[0], losses[losses.len() - 1]);
        let text = self.text();
        let spoken = if self.hides_outcomes() {
            text.chart_later.to_owned()
        } else {
            (text.chart_spoken)(&figure(first, 3), &figure(last, 3), &figure(*least, 3))
        };
        dom::set_attribute(self.pictures.chart.element(), "aria-label", &spoken);
        let is_above = self.derived.loss.get().lowest != 0.0;
        let note =
            if is_above && self.side.quantity == Quantity::Loss { text.above_minimum } else { "" };
        dom::set_text(&dom::element("chart-note"), note);
    }

    fn draw_chart_lines(&mut self, shown: &[usize], pointed: Option<usize>) {
        let lowest = self.derived.loss.get().lowest;
        let (quantity, step, steps) = (self.side.quantity, self.step(), self.steps());
        let rates: Vec<String> =
            self.scenario.runs.iter().map(|run| values::shown(run.learning_rate)).collect();
        let names: Vec<String> = shown.iter().map(|run| self.run_name(*run)).collect();
        let palette = Palette::of(self.theme());
        let lines: Vec<ChartLine<'_>> = shown
            .iter()
            .zip(&names)
            .map(|(&run, name)| {
                let cache = &self.derived.runs[run];
                let trajectory = cache.trajectory();
                let at = |step: usize| {
                    let is_there = step <= trajectory.steps();
                    is_there.then(|| quantity.at(trajectory, lowest, step))
                };
                ChartLine {
                    look: &palette.runs[run],
                    series: cache.series.get(),
                    label: if shown.len() == 1 {
                        Label::Rate(&rates[run])
                    } else {
                        Label::Name(name)
                    },
                    value: at(step.min(trajectory.steps())),
                    pointed: pointed.and_then(at),
                }
            })
            .collect();
        let step_word = self.text().step_axis;
        let selected = shown.iter().position(|run| *run == self.side.selected);
        let ghost_label = self.shown_ghost().map(|ghost| values::shown(ghost.rate));
        let ghost = self.derived.ghost_series.get().as_ref();
        let scene = ChartScene {
            size: self.pictures.chart.size(),
            palette,
            quantity,
            lines: &lines,
            selected: selected.unwrap_or(0),
            ghost: ghost.zip(ghost_label.as_deref()),
            steps,
            step,
            pointed,
            step_word,
        };
        self.pictures.chart_plot = draw_chart(&mut self.pictures.chart.clear(), &scene);
    }
}
