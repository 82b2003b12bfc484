//! Verdict, caption, legend.

use web_sys::{Element, HtmlButtonElement, HtmlCanvasElement, HtmlElement};

use super::super::canvas::Canvas;
use super::super::derived::RunParts;
use super::super::page::Page;
use super::super::{dom, values};
use super::map::SWATCH;
use crate::descent::Outcome;
use crate::scenario::{MOST_RUNS, Run};
use crate::text::{Advice, Cause, count, figure};
use crate::view::{LegendLine, Palette, draw_legend_line};

impl Page {
    /// What a run is called: its rule's name or its batch, with its letter where another
    /// run is called the same.
    pub(in super::super) fn run_name(&self, run: usize) -> String {
        let name = self.short_name(run);
        let same = (0..self.scenario.runs.len()).filter(|other| self.short_name(*other) == name);
        if same.count() > 1 { format!("{name} {}", self.look(run).letter) } else { name }
    }

    /// The name of a run's rule; of runs of one rule with batches of their own, that
    /// of the batch.
    pub(in super::super) fn short_name(&self, run: usize) -> String {
        let runs = &self.scenario.runs;
        let run = &runs[run];
        let name = run.optimizer.rule.name.in_language(self.language());
        let has_own = self.has_data() && runs.iter().any(|run| run.batch.is_some());
        let is_same = |other: &Run| other.optimizer.rule == run.optimizer.rule;
        if !has_own || runs.iter().filter(|other| is_same(other)).count() < 2 {
            return name.to_owned();
        }
        let plan = self.scenario.batch_plan(run);
        let [first, last] = [plan.first, plan.last].map(|size| size.map(count));
        let last = plan.grows().then_some(last.as_deref());
        let batch = (self.text().batch_named)(first.as_deref(), last);
        if runs.iter().all(is_same) { batch } else { [name, &batch].join(" · ") }
    }

    pub(super) fn sync_words(&mut self) {
        let (text, language) = (self.text(), self.language());
        self.show_verdict();
        self.show_advice();
        self.show_making();
        self.offer_fewer_steps();
        let preset = self.scenario.preset;
        let caption = match preset {
            None => text.own_caption,
            Some(_) if self.hides_outcomes() => text.caption_later,
            Some(preset) => preset.caption.in_language(language),
        };
        dom::set_text(&dom::element::<Element>("caption"), caption);
        self.sync_legend();
        let row: HtmlElement = dom::element("legend-ghost-row");
        let keep: HtmlButtonElement = dom::element("keep");
        let ghost = self.shown_ghost();
        if ghost.is_none() && dom::focused().as_ref() == Some(keep.as_ref()) {
            // It goes with its row: on to what made the ghost.
            let _ = dom::element::<HtmlElement>("rate").focus();
        }
        row.set_hidden(ghost.is_none());
        if let Some(ghost) = ghost {
            let is_full = self.scenario.runs.len() >= MOST_RUNS;
            keep.set_disabled(is_full);
            let title = if is_full { text.no_more_runs } else { text.keep_rate };
            dom::set_attribute(&keep, "title", title);
            let name = format!("{} η {}", text.previous_rate, values::shown(ghost.rate));
            dom::set_text(&dom::element::<Element>("legend-ghost-name"), &name);
            let step = self.step().min(ghost.trajectory.steps());
            let loss = figure(ghost.trajectory.losses()[step], 3);
            dom::set_text(&dom::element::<Element>("legend-ghost-loss"), &loss);
        }
    }

    /// A row for each run shown: its line, its name, its loss at the playhead.
    fn sync_legend(&mut self) {
        let shown = self.shown_runs();
        let names: Vec<String> = shown.iter().map(|run| self.legend_name(*run)).collect();
        let list: HtmlElement = dom::element("legend-runs");
        let ratio = self.pictures.base.ratio().to_bits();
        let key = (shown.clone(), names.clone(), self.theme(), ratio);
        let is_new = self.pictures.legend_key.refresh(key, |_, _| ());
        if is_new {
            list.set_text_content(None);
            for (run, name) in shown.iter().zip(&names) {
                let _ = list.append_child(&self.legend_row(*run, name));
            }
        }
        let rows = list.children();
        for (place, run) in (0..).zip(shown) {
            let trajectory = self.derived.runs[run].trajectory();
            let loss = trajectory.losses()[self.step().min(trajectory.steps())];
            // Of a run of which nothing is recorded yet it is not known.
            let is_known = self.derived.runs[run].parts().is_begun() || !loss.is_nan();
            let loss = if is_known { figure(loss, 3) } else { String::new() };
            if let Some(value) = rows.item(place).and_then(|row| row.last_element_child()) {
                dom::set_text(&value, &loss);
            }
        }
        if is_new {
            self.measure_legend();
        }
    }

    /// Asking for its size lays out the page: only when rows came or went.
    pub(super) fn measure_legend(&mut self) {
        let legend: HtmlElement = dom::element("legend");
        self.legend = [f64::from(legend.offset_width()), f64::from(legend.offset_height())];
    }

    fn legend_name(&self, run: usize) -> String {
        let name = self.short_name(run);
        let letter = self.look(run).letter;
        match self.shown_runs().len() {
            _ if self.scenario.runs.len() == 1 => name,
            // Of many only the letter, lest the legend cover the map.
            5.. => letter.to_owned(),
            _ => format!("{letter} {name}"),
        }
    }

    fn legend_row(&self, run: usize, name: &str) -> HtmlElement {
        let row: HtmlElement = dom::create("div", "legend-row");
        let element: HtmlCanvasElement = dom::create("canvas", "legend-line");
        dom::set_attribute(&element, "aria-hidden", "true");
        let words: HtmlElement = dom::create("span", "");
        words.set_text_content(Some(name));
        let value: HtmlElement = dom::create("span", "legend-value");
        let _ = row.append_child(&element);
        let _ = row.append_child(&words);
        let _ = row.append_child(&value);
        let mut canvas = Canvas::on(element);
        canvas.measure_as(SWATCH);
        let kind = LegendLine::Run(self.look(run));
        draw_legend_line(&mut canvas.clear(), kind, Palette::of(self.theme()));
        row
    }

    /// The words at the top: one run's fate, or how several stand at the playhead.
    fn headline(&self) -> (Option<Outcome>, [String; 2]) {
        let shown = self.shown_runs();
        let step = self.step();
        if let [only] = shown[..] {
            return self.fate(only);
        }
        if shown.is_empty() || step == 0 {
            return self.fate(self.side.selected);
        }
        let loss_of = |run: &usize| {
            let trajectory = self.derived.runs[*run].trajectory();
            trajectory.losses()[step.min(trajectory.steps())]
        };
        // Put in one by one: there are eight at most. What is not a number has lost.
        let mut ranking: Vec<(f64, usize)> = Vec::new();
        for run in shown {
            let loss = loss_of(&run);
            let is_ahead = |(other, _): &(f64, usize)| *other <= loss || loss.is_nan();
            ranking.insert(ranking.partition_point(is_ahead), (loss, run));
        }
        let named: Vec<(String, String)> =
            ranking.iter().map(|(loss, run)| (self.run_name(*run), figure(*loss, 3))).collect();
        let outcome = self.outcome(ranking[0].1);
        (outcome, (self.text().leads)(&count(step), &named))
    }

    /// What became of a run, and why; nothing while it is being made.
    pub(in super::super) fn fate(&self, run: usize) -> (Option<Outcome>, [String; 2]) {
        let RunParts { verdict, held_out, .. } = self.derived.runs[run].parts();
        let Some(verdict) = verdict else { return (None, Default::default()) };
        let cause = Cause::of(verdict, self.scenario.has_constant_hessian());
        let [lead, mut rest] = (self.text().verdict)(&cause);
        if let Some(found) = held_out.filter(|found| found.overfits) {
            let figures = [count(found.step), figure(found.least, 3), figure(found.last, 3)];
            rest.push_str(&(self.text().overfits)(figures.each_ref().map(String::as_str)));
        }
        (Some(verdict.outcome), [lead, rest])
    }

    /// What stands at the top: a key for its looks, how a guess was, the words.
    fn announcement(&self) -> (&'static str, String, [String; 2]) {
        let text = self.text();
        if self.hides_outcomes() {
            return ("asked", String::new(), [String::new(), text.prediction.to_owned()]);
        }
        if let Some(words) = self.making_words() {
            return ("making", String::new(), words);
        }
        let Some(guessed) = self.guessed() else {
            let (outcome, words) = self.headline();
            return (outcome.map_or("", Outcome::key), String::new(), words);
        };
        let (outcome, words) = self.fate(self.side.selected);
        let (Some(outcome), Some(grade)) = (outcome, self.grade()) else {
            return ("", String::new(), words);
        };
        (outcome.key(), (text.answer)(grade, (text.outcome)(guessed)), words)
    }

    /// Which rate would be better for the selected run.
    pub(in super::super) fn advice(&self) -> [String; 2] {
        let run = self.side.selected;
        let loss = self.derived.loss.get().loss.as_ref();
        let spectrum = &self.derived.spectrum.get().computation;
        let Some(verdict) = &self.derived.runs[run].parts().verdict else {
            return Default::default();
        };
        let advice = Advice::of(
            (&self.scenario, &self.scenario.runs[run]),
            verdict,
            spectrum,
            loss.curvature(&self.scenario.start).as_ref(),
        );
        advice.map(|advice| (self.text().advice)(&advice)).unwrap_or_default()
    }

    /// It mostly comes later than the verdict, when the spectrum is complete; its element
    /// is not announced by itself.
    fn show_advice(&self) {
        let element: HtmlElement = dom::element("advice");
        // Where it will come it keeps its place, lest the verdict move when it does.
        let run = self.side.selected;
        let is_about_it = matches!(self.shown_runs()[..], [only] if only == run)
            && !self.scenario.page.predict
            && Advice::is_due(&self.scenario, &self.scenario.runs[run]);
        element.set_hidden(!is_about_it);
        if !is_about_it {
            return;
        }
        let parts = element.children();
        for (index, words) in (0..).zip(self.advice()) {
            let Some(part) = parts.item(index) else { return };
            dom::set_text(&part, &words);
        }
    }

    fn show_verdict(&self) {
        let (outcome, answer, [lead, rest]) = self.announcement();
        let element: HtmlElement = dom::element("verdict");
        let words: Element = dom::element("verdict-text");
        let score = self.prediction.score().filter(|_| self.scenario.page.predict);
        let score = score.map(|score| score.map(count));
        let score = score.map(|[right, told]| (self.text().score)(&right, &told));
        let score = score.unwrap_or_default();
        let marked = format!("{answer}|{lead}|{rest}|{score}");
        if words.get_attribute("data-words").as_deref() == Some(&marked) {
            return;
        }
        // Spoken when the outcome changes, not with every number on the way.
        let is_new = element.get_attribute("data-outcome").as_deref() != Some(outcome);
        dom::set_attribute(&element, "aria-live", if is_new { "polite" } else { "off" });
        dom::set_attribute(&element, "data-outcome", outcome);
        dom::set_attribute(&words, "data-words", &marked);
        if is_new {
            // Parts of another sentence would seem to move about.
            words.set_text_content(None);
        }
        dom::set_text(&dom::element("answer"), &answer);
        dom::set_text(&dom::element("score"), &score);
        let parts: Vec<&str> = [lead.as_str()].into_iter().chain(rest.split('*')).collect();
        write_marked(&words, &parts);
    }
}

/// Writes parts of a sentence one after the other: the first leads, every other one of the
/// rest is a figure.
pub(super) fn write_marked(words: &Element, parts: &[&str]) {
    if words.child_element_count() as usize != parts.len() {
        words.set_text_content(None);
        for index in 0..parts.len() {
            let tag = match index {
                0 => "b",
                _ if index % 2 == 0 => "em",
                _ => "span",
            };
            let _ = words.append_child(&dom::create::<HtmlElement>(tag, ""));
        }
    }
    // The words change with every frame of a drag, their elements seldom.
    let children = words.children();
    for (index, part) in (0..children.length()).zip(parts) {
        if let Some(child) = children.item(index) {
            dom::set_text(&child, part);
        }
    }
}
