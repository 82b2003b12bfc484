//! The list of runs: a row each, and the settings of the selected one below its
//! row.

use web_sys::{
    Element, HtmlButtonElement, HtmlCanvasElement, HtmlElement, HtmlInputElement,
    HtmlSelectElement, HtmlTemplateElement,
};

use super::super::canvas::Canvas;
use super::super::chrome::{self, fill};
use super::super::derived::RunCache;
use super::super::dom;
use super::super::memo::Memo;
use super::super::page::Page;
use super::choose;
use super::number::NumberField;
use crate::descent::Language;
use crate::descent::clip::CLIPS;
use crate::descent::constraint::CONSTRAINTS;
use crate::descent::optimizer::OPTIMIZERS;
use crate::descent::schedule::SCHEDULES;
use crate::scenario::{MOST_RUNS, Theme};
use crate::text::sentence_of;
use crate::view::{Palette, draw_sparkline};

/// One run's row.
pub(super) struct RunRow {
    row: HtmlElement,
    chip: HtmlElement,
    optimizer: HtmlSelectElement,
    pub(super) rate: NumberField,
    curve: Canvas,
    curve_key: Memo<(Vec<u64>, Theme, u64), ()>,
    schedule: HtmlSelectElement,
    settings: HtmlElement,
    language: Option<Language>,
    /// Its rules, and whether it is selected, hidden, open: a drag changes none of
    /// them, and asking the page for each would cost more than the run.
    state: Memo<([&'static str; 2], [bool; 3], Language), ()>,
}

impl RunRow {
    /// A new row at the end of the list.
    fn append(list: &HtmlElement, place: usize) -> Self {
        let template: HtmlTemplateElement = dom::element("run-row");
        let content = template.content().clone_node_with_deep(true);
        let content = content.expect("a template's content can be cloned");
        let _ = list.append_child(&content);
        let row: HtmlElement = dom::last_child(list);
        dom::set_attribute(&row, "data-run", &place.to_string());
        Self {
            chip: dom::within(&row, ".chip"),
            optimizer: dom::within(&row, ".run-optimizer"),
            rate: NumberField::of(dom::within::<HtmlInputElement>(&row, ".run-rate")),
            curve: Canvas::on(dom::within::<HtmlCanvasElement>(&row, ".run-curve")),
            curve_key: Memo::empty(),
            schedule: dom::within(&row, ".run-schedule"),
            settings: dom::within(&row, ".run-settings"),
            language: None,
            state: Memo::empty(),
            row,
        }
    }
}

impl Page {
    /// Brings the list in step with the scenario.
    pub(super) fn sync_runs(&mut self) {
        let count = self.scenario.runs.len();
        let list: HtmlElement = dom::element("runs");
        let mut rows = std::mem::take(&mut self.controls.runs);
        while rows.len() < count {
            rows.push(RunRow::append(&list, rows.len()));
        }
        for gone in rows.drain(count..) {
            gone.row.remove();
        }
        for (run, row) in rows.iter_mut().enumerate() {
            self.sync_row(run, row);
        }
        self.place_settings(&rows);
        self.controls.runs = rows;
        self.sync_selected_run();
        dom::element::<HtmlElement>("tie-row").set_hidden(count < 2);
        dom::element::<HtmlInputElement>("tie").set_checked(self.side.is_tied);
        let add: HtmlButtonElement = dom::element("add-run");
        enable(&add, count < MOST_RUNS, &dom::element("tie"));
        let title = if count >= MOST_RUNS { self.text().no_more_runs } else { "" };
        dom::set_attribute(&add, "title", title);
    }

    fn sync_row(&self, run: usize, row: &mut RunRow) {
        let (text, language) = (self.text(), self.language());
        let is_selected = run == self.side.selected;
        let look = &Palette::of(self.theme()).runs[run];
        let scenario_run = &self.scenario.runs[run];
        if row.language != Some(language) {
            row.language = Some(language);
            chrome::dress_within(&row.row, text);
            let optimizers = OPTIMIZERS.iter().map(|rule| (rule.key, rule.name));
            let optimizers = optimizers.map(|(key, name)| (key, name.in_language(language)));
            fill(&row.optimizer, optimizers, scenario_run.optimizer.rule.key);
            let schedules = SCHEDULES.iter().map(|rule| (rule.key, rule.name));
            let schedules = schedules.map(|(key, name)| (key, name.in_language(language)));
            fill(&row.schedule, schedules, scenario_run.schedule.rule.key);
            let name = (text.run_named)(look.letter);
            dom::set_attribute(&row.row, "aria-label", &name);
            dom::set_attribute(&row.chip, "aria-label", &name);
            dom::set_attribute(&row.rate.input, "aria-label", &(text.rate_of_run)(look.letter));
            chrome::label(&row.settings, &(text.settings_of_run)(look.letter));
            dom::set_text(&row.chip, look.letter);
            dom::set_attribute(&row.chip, "data-look", &run.to_string());
        }
        row.rate.show(scenario_run.learning_rate);
        self.draw_curve(run, row);
        let is_open = is_selected && self.side.has_open_settings;
        let rules = [scenario_run.optimizer.rule.key, scenario_run.schedule.rule.key];
        let flags = [is_selected, scenario_run.is_hidden, is_open];
        if !row.state.refresh((rules, flags, language), |_, _| ()) {
            return;
        }
        let flag = |value: bool| if value { "true" } else { "false" };
        dom::set_attribute(&row.chip, "aria-pressed", flag(is_selected));
        dom::set_attribute(&row.row, "data-hidden", flag(scenario_run.is_hidden));
        dom::set_attribute(&row.settings, "aria-expanded", flag(is_open));
        choose(&row.optimizer, scenario_run.optimizer.rule.key);
        choose(&row.schedule, scenario_run.schedule.rule.key);
    }

    /// The schedule's curve beside its name.
    fn draw_curve(&self, run: usize, row: &mut RunRow) {
        const POINTS: usize = 33;
        let scenario_run = &self.scenario.runs[run];
        // While outcomes are hidden, so is a rate that follows them.
        let cache = self.derived.runs.get(run).filter(|_| !self.hides_outcomes());
        let made = cache.filter(|cache| !cache.parts().is_making()).map(RunCache::trajectory);
        let mut rates = self.scenario.sketched_rates(scenario_run, made, POINTS);
        let most = rates.iter().copied().fold(f64::MIN_POSITIVE, f64::max);
        for rate in &mut rates {
            // In 256ths of the largest: under another rate the curve is the same, and
            // is not drawn anew for its last bits.
            *rate = libm::round(*rate / most * 256.0);
        }
        let ratio = self.pictures.base.ratio().to_bits();
        let key = (rates.iter().map(|rate| rate.to_bits()).collect(), self.theme(), ratio);
        if row.curve_key.refresh(key, |_, _| ()) {
            let size = [34.0, 14.0];
            row.curve.measure_as(size);
            let ink = Palette::of(self.theme()).ink_2;
            draw_sparkline(&mut row.curve.clear(), size, ink, &rates);
        }
    }

    /// The settings stand below the selected run's row.
    fn place_settings(&mut self, rows: &[RunRow]) {
        let settings: HtmlElement = dom::element("run-details");
        settings.set_hidden(!self.side.has_open_settings);
        if !self.side.has_open_settings {
            return;
        }
        let row: &Element = &rows[self.side.selected].row;
        if row.next_element_sibling().as_ref() != Some(settings.as_ref()) {
            // What is moved in the page loses the focus.
            let focused = dom::focused();
            let _ = row.insert_adjacent_element("afterend", &settings);
            if let Some(focused) = focused.filter(|focused| settings.contains(Some(focused))) {
                let _ = focused.focus();
            }
        }
        self.sync_settings();
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn sync_settings(&mut self) {
        let (text, language) = (self.text(), self.language());
        let selected = self.side.selected;
        let fate = (!self.hides_outcomes()).then(|| sentence_of(&self.fate(selected).1));
        // Where the verdict has no room for the better rate, or is about several runs.
        let advice = if self.hides_other_rates() { Default::default() } else { self.advice() };
        let average = self.average_words(selected).unwrap_or_default();
        let strays = self.ball_words(selected).unwrap_or_default();
        let fate = fate.map(|fate| [fate, advice.join(" "), average, strays].join(" "));
        let run = &self.scenario.runs[selected];
        dom::set_text(&dom::element("run-formula"), run.optimizer.rule.formula);
        dom::set_text(&dom::element("rate-role"), self.rate_role().unwrap_or_default());
        dom::set_text(&dom::element("run-sentence"), &fate.unwrap_or_default());
        dom::set_text(&dom::element("run-source"), run.optimizer.rule.source);
        let controls = &mut self.controls;
        controls.warmup.show(run.warmup as f64);
        controls.average.show(run.average);
        if controls.ascent.checked() != run.ascent {
            controls.ascent.set_checked(run.ascent);
        }
        let clip = run.clip.as_ref().map_or("", |clip| clip.rule.key);
        let constraint = run.constraint.as_ref().map_or("", |constraint| constraint.rule.key);
        if controls.clip_language != Some(language) {
            controls.clip_language = Some(language);
            let clips = CLIPS.iter().map(|rule| (rule.key, rule.name.in_language(language)));
            fill(&controls.clip, [("", text.no_clip)].into_iter().chain(clips), clip);
            let rules = CONSTRAINTS.iter().map(|rule| (rule.key, rule.name.in_language(language)));
            let rules = [("", text.no_constraint)].into_iter().chain(rules);
            fill(&controls.constraint, rules, constraint);
        }
        choose(&controls.clip, clip);
        choose(&controls.constraint, constraint);
        let hide = if run.is_hidden { text.show_run } else { text.hide_run };
        dom::set_text(&dom::element("run-hide"), hide);
        let count = self.scenario.runs.len();
        for (id, is_enabled) in [
            ("run-duplicate", count < MOST_RUNS),
            ("run-up", selected > 0),
            ("run-down", selected + 1 < count),
            ("run-remove", count > 1),
        ] {
            enable(&dom::element(id), is_enabled, &dom::element("run-hide"));
        }
    }

    /// Which run the learning rate belongs to.
    fn sync_selected_run(&mut self) {
        let (language, selected) = (self.language(), self.side.selected);
        let count = self.scenario.runs.len();
        let chip: HtmlElement = dom::element("run-chip");
        dom::set_text(&chip, self.look(selected).letter);
        dom::set_attribute(&chip, "data-look", &selected.to_string());
        let rule = self.scenario.runs[selected].optimizer.rule;
        let name: HtmlElement = dom::element("run-name");
        dom::set_text(&name, rule.name.in_language(language));
        name.set_hidden(count > 1);
        let picker: HtmlSelectElement = dom::element("selected-run");
        picker.set_hidden(count < 2);
        let names: Vec<String> = (0..count).map(|run| self.short_name(run)).collect();
        if self.controls.selected_key.refresh(names.clone(), |_, _| ()) {
            let named = names.iter().enumerate();
            let named: Vec<(String, String)> = named
                .map(|(run, name)| (run.to_string(), format!("{} {name}", self.look(run).letter)))
                .collect();
            let options = named.iter().map(|(key, name)| (key.as_str(), name.as_str()));
            fill(&picker, options, "");
        }
        choose(&picker, &selected.to_string());
    }
}

/// Enables a button or disables it; where it had the focus, `next` gets it.
fn enable(button: &HtmlButtonElement, is_enabled: bool, next: &HtmlElement) {
    if !is_enabled && dom::focused().as_ref() == Some(button.as_ref()) {
        let _ = next.focus();
    }
    button.set_disabled(!is_enabled);
}
