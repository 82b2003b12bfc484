//! The chart of the runs.

use web_sys::HtmlElement;

use super::super::derived::RunParts;
use super::super::page::Page;
use super::super::{background, dom, values};
use crate::descent::HeldOut;
use crate::descent::optimizer::Edge;
use crate::text::{count, figure, tick};
use crate::view::{ChartLine, ChartScene, Label, Palette, Quantity, Rect, draw_chart, step_at};

impl Page {
    /// Sees to it that the looks at sharpness are made that the chart wants.
    pub(super) fn refresh_looks(&mut self) {
        if self.are_looks_left() {
            background::ask();
        }
    }

    /// Whether looks at sharpness are left to make for the chart.
    pub(super) fn are_looks_left(&self) -> bool {
        !self.hides_outcomes() && self.looks_progress().is_some()
    }

    fn looks_progress(&self) -> Option<f64> {
        self.derived.looks_progress(&self.shown_runs())
    }

    /// The step that the readout is of: where not every step is looked at, the last one
    /// before the pointer that is.
    fn pointed_step(&self) -> Option<usize> {
        let step = step_at(self.pictures.chart_plot, self.told_steps(), self.side.chart_pointer?)?;
        Some(self.selected_cache().looks().map_or(step, |looks| looks.at(step).0))
    }

    /// Draws the chart, if it has changed; says whether it had.
    pub(super) fn draw_chart_picture(&mut self) -> bool {
        if self.is_sweeping() {
            return self.draw_sweep_picture();
        }
        let (theme, language) = (self.theme(), self.language());
        let size = self.pictures.chart.size();
        let pointed = self.pointed_step();
        let hides = self.hides_outcomes();
        let shown = if hides { Vec::new() } else { self.shown_runs() };
        let generations = |run: &usize| {
            let cache = &self.derived.runs[*run];
            [*run as u64, cache.series.generation(), cache.average_series.generation()]
        };
        let mut key: Vec<u64> = shown.iter().flat_map(generations).collect();
        key.extend([self.derived.ghost_series.generation(), self.step() as u64]);
        key.extend([self.derived.edge.generation(), self.derived.epochs.generation()]);
        key.push(self.derived.held_out.generation());
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
        let (spoken, note) = match self.scenario.page.chart {
            _ if self.hides_outcomes() => (self.text().chart_later.to_owned(), String::new()),
            _ if self.is_sweeping() => owned(self.sweep_words()),
            Quantity::Sharpness => self.sharpness_words(),
            _ => owned(self.loss_words()),
        };
        dom::set_attribute(self.pictures.chart.element(), "aria-label", &spoken);
        let element: HtmlElement = dom::element("chart-note");
        dom::set_text(&element, &note);
        let silence = self.sharpness_silence();
        let words: HtmlElement = dom::element("chart-words");
        words.set_hidden(silence.is_none());
        dom::set_text(&words, &silence.unwrap_or_default());
    }

    /// What the chart shows, spoken, and the note beside its lines.
    fn loss_words(&self) -> (String, &'static str) {
        let run = self.selected_cache().parts();
        let RunParts { least, .. } = run;
        let losses = run.trajectory().losses();
        let (first, last) = (losses[0], losses[losses.len() - 1]);
        let text = self.text();
        let mut spoken =
            (text.chart_spoken)(&figure(first, 3), &figure(last, 3), &figure(*least, 3));
        if let Some(HeldOut { step, least, last, .. }) = run.held_out {
            let held_out = [figure(last, 3), figure(least, 3), count(step)];
            spoken.push_str(&(text.held_out_spoken)(held_out.each_ref().map(String::as_str)));
        }
        let average = self.average_words(self.side.selected).unwrap_or_default();
        let spoken = [spoken, average].join(" ");
        let is_above = self.derived.loss.get().charted_from != 0.0;
        let note = if is_above && self.scenario.page.chart == Quantity::Loss {
            text.above_minimum
        } else {
            ""
        };
        (spoken, note)
    }

    /// How the average of a run's last points stands to the last one, if it has one.
    pub(in super::super) fn average_words(&self, run: usize) -> Option<String> {
        let cache = &self.derived.runs[run];
        let average = cache.average.get().as_ref()?;
        let losses = cache.trajectory().losses();
        let [loss, last] = [average.last_loss(), losses[losses.len() - 1]];
        // Of a run at rest the average only drags behind.
        let lowest = self.derived.loss.get().lowest;
        let closer = (last - lowest) / (loss - lowest);
        let closer = (closer >= 1.05 && closer.is_finite()).then(|| figure(closer, 2));
        Some((self.text().averaged)(
            &count(average.steps()[0]),
            [&figure(loss, 3), &figure(last, 3)],
            closer.as_deref(),
        ))
    }

    /// How far a run strays that noise keeps from its minimum.
    pub(in super::super) fn ball_words(&self, run: usize) -> Option<String> {
        let spread = self.derived.runs[run].spread.get().as_ref()?;
        let [x, y] = spread.mean.map(|mean| figure(mean, 3));
        let [long, short] = spread.axes.map(|[x, y]| figure(libm::hypot(x, y), 2));
        Some((self.text().strays)([&x, &y], [&long, &short]))
    }

    /// The same of the sharpness.
    fn sharpness_words(&self) -> (String, String) {
        let (text, cache) = (self.text(), self.selected_cache());
        let is_plain = matches!(self.selected_run().optimizer.rule.edge, Edge::Plain);
        let edge = self.derived.edge.get().as_ref().and_then(|lines| lines.edge.as_ref());
        let (of, note, ends) = if let Some(looks) = cache.looks() {
            let of = if is_plain { text.largest_note } else { text.preconditioned_largest };
            let edge = if edge.is_some() { text.dashed_edge } else { "" };
            let progress = self.looks_progress();
            let progress = progress.map(|share| format!(" · {} %", libm::floor(100.0 * share)));
            let note = [of, edge, &progress.unwrap_or_default()].concat();
            let mut found = looks.points().map(|(_, largest)| largest);
            let first = found.next();
            (of, note, [first, found.next_back().or(first)])
        } else if let Some(found) = cache.sharpness.peek().and_then(Option::as_ref) {
            let of = if is_plain { text.sharpness_note } else { text.preconditioned_note };
            let mut finite = found.products.iter().copied().filter(|product| product.is_finite());
            let first = finite.next();
            (of, of.to_owned(), [first, finite.next_back().or(first)])
        } else {
            return (text.sharpness.to_owned(), String::new());
        };
        let [first, last] = ends.map(|end| figure(end.unwrap_or(f64::INFINITY), 3));
        let edge = edge.map(|(_, figure)| figure.as_str());
        ((text.sharpness_spoken)(of, [&first, &last], edge), note)
    }

    /// Why the selected run has no line in the chart of sharpness, if it has none.
    fn sharpness_silence(&self) -> Option<String> {
        if self.scenario.page.chart != Quantity::Sharpness || self.hides_outcomes() {
            return None;
        }
        let loss = self.derived.loss.get().loss.as_ref();
        let is_network = loss.layered().is_some();
        if self.scenario.does_without_hessian(self.selected_run(), loss) {
            return Some(self.text().without_hessian.to_owned());
        }
        match &self.selected_run().optimizer.rule.edge {
            Edge::Plain | Edge::Preconditioned(_)
                if is_network && self.selected_cache().run.get().is_making() =>
            {
                Some(self.text().sharpness_later.to_owned())
            }
            Edge::None(why) => Some((self.text().does_not_apply)(why.in_language(self.language()))),
            _ => None,
        }
    }

    fn draw_chart_lines(&mut self, shown: &[usize], pointed: Option<usize>) {
        let lowest = self.derived.loss.get().charted_from;
        let (quantity, step, steps) = (self.scenario.page.chart, self.step(), self.told_steps());
        let has_line = |run: &usize| {
            quantity != Quantity::Sharpness || self.derived.runs[*run].has_sharpness()
        };
        let shown: Vec<usize> = shown.iter().copied().filter(has_line).collect();
        if shown.is_empty() && quantity == Quantity::Sharpness {
            // Words stand in the place of the axes.
            self.pictures.chart.clear();
            self.pictures.chart_plot = Rect::default();
            return;
        }
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
                    is_there.then(|| quantity.at(&cache.recorded(lowest), step))
                };
                ChartLine {
                    look: &palette.runs[run],
                    series: cache.series.get(),
                    average: cache.average_series.get().as_ref(),
                    label: if shown.len() == 1 {
                        Label::Rate(&rates[run])
                    } else {
                        Label::Name(name)
                    },
                    value: at(step.min(trajectory.steps())),
                    pointed: pointed.and_then(at),
                    stopped: quantity.at_stop(&cache.recorded(lowest)),
                }
            })
            .collect();
        let step_word = self.text().step_axis;
        let selected = shown.iter().position(|run| *run == self.side.selected);
        let ghost_label = self.derived.ghost.as_ref().map(|ghost| values::shown(ghost.rate));
        let ghost = self.derived.ghost_series.get().as_ref().filter(|_| selected.is_some());
        let edge = self.derived.edge.get().as_ref().filter(|_| selected.is_some());
        let held_out = self.derived.held_out.get().as_ref().filter(|_| selected.is_some());
        let stop = quantity.stops_at(&self.scenario.stop, lowest).zip(self.stop_name());
        let scene = ChartScene {
            size: self.pictures.chart.size(),
            palette,
            quantity,
            lines: &lines,
            selected: selected.unwrap_or(0),
            ghost: ghost.zip(ghost_label.as_deref()),
            edge: edge.map(|lines| (lines, self.text().limit)),
            epochs: self.derived.epochs.get().as_ref().map(|epochs| (epochs, self.text().epoch)),
            held_out: held_out.map(|series| (series, self.text().held_out)),
            stop: stop.as_ref().map(|(value, name)| (*value, name.as_str())),
            steps,
            step,
            pointed,
            step_word,
        };
        self.pictures.chart_plot = draw_chart(&mut self.pictures.chart.clear(), &scene);
    }
}

impl Page {
    /// What the threshold of the stop rule about the charted quantity is called.
    fn stop_name(&self) -> Option<String> {
        let limit = self.scenario.page.chart.stops_at(&self.scenario.stop, 0.0)?;
        Some((self.text().stop_line)(&tick(limit)))
    }
}

/// With the note to keep.
fn owned((spoken, note): (String, &str)) -> (String, String) {
    (spoken, note.to_owned())
}
