//! Number fields and sliders, kept in step with the scenario.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::message::Field;
use super::page::Page;
use super::{dom, values};
use crate::scenario::Choice;
use crate::text::tick;

/// A text field for a number.
pub(super) struct NumberField {
    input: HtmlInputElement,
    /// What the page last wrote into it: only another number is written, so that
    /// what a person is typing, or typed in vain, stays.
    written: String,
    /// What was typed in vain.
    refused: Option<String>,
}

impl NumberField {
    fn of(input: HtmlInputElement) -> Self {
        Self { input, written: String::new(), refused: None }
    }

    /// Shows `value`; says whether the text changed.
    fn show(&mut self, value: f64) -> bool {
        let text = values::shown(value);
        if self.written == text {
            return false;
        }
        self.input.set_value(&text);
        self.accept();
        self.written = text;
        true
    }

    /// Marks the text as not taken, and keeps it.
    pub(super) fn refuse(&mut self, typed: &str) {
        dom::set_attribute(&self.input, "aria-invalid", "true");
        self.refused = Some(typed.to_owned());
    }

    /// Takes the mark back, and lets the next frame write the number anew.
    pub(super) fn accept(&mut self) {
        self.written.clear();
        if self.refused.take().is_some() {
            // Fails only for a malformed name.
            let _ = self.input.remove_attribute("aria-invalid");
        }
    }
}

/// A knob's row: its slider and its field.
pub(super) struct KnobRow {
    slider: HtmlInputElement,
    field: NumberField,
}

/// Positions of a knob's slider.
pub(super) const KNOB_STEPS: f64 = 1000.0;

/// The controls whose values follow the scenario.
pub(super) struct Controls {
    pub(super) rate: NumberField,
    rate_error: Element,
    rate_slider: HtmlInputElement,
    start: [NumberField; 2],
    start_y_row: HtmlElement,
    steps: NumberField,
    field_error: Element,
    step_slider: HtmlInputElement,
    step_now: Element,
    step_total: Element,
    step_count: HtmlElement,
    speed: HtmlSelectElement,
    play: Element,
    pub(super) scenario: HtmlSelectElement,
    pub(super) loss: HtmlSelectElement,
    knobs: Vec<KnobRow>,
    /// The loss whose knobs the rows belong to, and the language of their names.
    knobs_of: Option<(&'static str, &'static str)>,
}

impl Controls {
    /// Finds them in the skeleton.
    pub(super) fn find() -> Self {
        Self {
            rate: NumberField::of(dom::element("rate-value")),
            rate_error: dom::element("rate-error"),
            rate_slider: dom::element("rate"),
            start: ["start-x", "start-y"].map(|id| NumberField::of(dom::element(id))),
            start_y_row: dom::element("start-y-field"),
            steps: NumberField::of(dom::element("steps")),
            field_error: dom::element("field-error"),
            step_slider: dom::element("step"),
            step_now: dom::element("step-now"),
            step_total: dom::element("step-total"),
            step_count: dom::element("step-count"),
            speed: dom::element("speed"),
            play: dom::element("play"),
            scenario: dom::element("scenario"),
            loss: dom::element("loss"),
            knobs: Vec::new(),
            knobs_of: None,
        }
    }

    fn field(&mut self, field: Field) -> Option<&mut NumberField> {
        match field {
            Field::StartX => Some(&mut self.start[0]),
            Field::StartY => Some(&mut self.start[1]),
            Field::Steps => Some(&mut self.steps),
            Field::Knob(index) => self.knobs.get_mut(index).map(|row| &mut row.field),
        }
    }

    /// Marks a field's text as not taken.
    pub(super) fn refuse(&mut self, field: Field, typed: &str) {
        if let Some(field) = self.field(field) {
            field.refuse(typed);
        }
    }

    /// Every field that holds what was not taken, with its text.
    fn refused(&self) -> Vec<(Field, &str)> {
        let knobs = self.knobs.iter().enumerate();
        let knobs = knobs.map(|(index, row)| (Field::Knob(index), &row.field));
        let [x, y] = &self.start;
        let fixed = [(Field::StartX, x), (Field::StartY, y), (Field::Steps, &self.steps)];
        let all = knobs.chain(fixed);
        all.filter_map(|(field, shown)| Some((field, shown.refused.as_deref()?))).collect()
    }

    /// Lets a field's text be written anew.
    pub(super) fn accept(&mut self, field: Field) {
        if let Some(field) = self.field(field) {
            field.accept();
        }
    }
}

/// Writes a slider's place, if it is another; `fill` is the part of the track in
/// ink.
fn place(slider: &HtmlInputElement, value: f64, spoken: &str, fill: f64) {
    if slider.value_as_number() != value {
        slider.set_value_as_number(value);
    }
    dom::set_attribute(slider, "aria-valuetext", spoken);
    dom::set_property(slider, "--fill", &format!("{:.3}%", 100.0 * fill.clamp(0.0, 1.0)));
}

impl Page {
    /// Brings every control in step with the scenario and the playhead.
    pub(super) fn sync_controls(&mut self) {
        self.sync_rate();
        self.sync_loss();
        self.sync_transport();
        self.sync_errors();
    }

    /// Says of each field that holds what was not taken, why.
    fn sync_errors(&self) {
        let (text, controls) = (self.text(), &self.controls);
        let rate = controls.rate.refused.as_deref().map(text.not_a_rate);
        dom::set_text(&controls.rate_error, &rate.unwrap_or_default());
        let words = controls.refused().into_iter().map(|(field, typed)| {
            let (min, max, whole) = self.allowed(field);
            (text.not_in_range)(typed, &tick(min), &tick(max), whole)
        });
        dom::set_text(&controls.field_error, &words.collect::<Vec<_>>().join(" "));
    }

    fn sync_rate(&mut self) {
        let rate = self.scenario.run.learning_rate;
        let [low, high] = self.rates.map(libm::log10);
        let slider = &self.controls.rate_slider;
        // The ends first: a browser keeps a slider's value within them.
        dom::set_attribute(slider, "min", &low.to_string());
        dom::set_attribute(slider, "max", &high.to_string());
        let at = libm::log10(rate).clamp(low, high);
        place(slider, at, &values::shown(rate), (at - low) / (high - low));
        if self.controls.rate.show(rate) {
            let input = &self.controls.rate.input;
            let characters = input.value().chars().count();
            dom::set_property(input, "--chars", &characters.to_string());
            let width = self.pictures.scale.width_in_em(&input.value());
            dom::set_property(input, "--underline", &format!("{width:.3}em"));
        }
    }

    fn sync_loss(&mut self) {
        let text = self.text();
        let rule = self.scenario.loss.rule;
        if self.controls.knobs_of != Some((rule.key, text.language_tag)) {
            self.controls.knobs_of = Some((rule.key, text.language_tag));
            self.controls.knobs = build_knobs(self);
        }
        let (controls, scenario) = (&mut self.controls, &self.scenario);
        let Choice { knobs, .. } = &scenario.loss;
        for ((row, knob), value) in controls.knobs.iter_mut().zip(rule.knobs).zip(knobs) {
            let position = knob.position(*value);
            let spoken = values::shown(*value);
            place(&row.slider, libm::round(KNOB_STEPS * position), &spoken, position);
            row.field.show(*value);
        }
        for (field, value) in controls.start.iter_mut().zip(&scenario.start) {
            field.show(*value);
        }
        controls.start_y_row.set_hidden(scenario.start.len() < 2);
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let steps = scenario.steps as f64;
        controls.steps.show(steps);
        let preset = scenario.preset.map_or("", |preset| preset.key);
        if controls.scenario.value() != preset {
            controls.scenario.set_value(preset);
        }
        if controls.loss.value() != rule.key {
            controls.loss.set_value(rule.key);
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn sync_transport(&self) {
        use crate::text::{count, figure};
        let (step, steps, text) = (self.step(), self.steps(), self.text());
        let controls = &self.controls;
        let slider = &controls.step_slider;
        dom::set_attribute(slider, "max", &steps.max(1).to_string());
        let loss = self.derived.run.get().trajectory.losses()[step];
        let spoken = (text.step_spoken)(&count(step), &count(steps), &figure(loss, 3));
        place(slider, step as f64, &spoken, step as f64 / steps.max(1) as f64);
        dom::set_text(&controls.step_now, &count(step));
        dom::set_text(&controls.step_total, &count(steps));
        let digits = count(steps).chars().count().to_string();
        dom::set_property(&controls.step_count, "--digits", &digits);
        let is_playing = self.playback.is_playing;
        dom::set_attribute(
            &controls.play,
            "data-playing",
            if is_playing { "true" } else { "false" },
        );
        let label = if is_playing { text.pause } else { text.play };
        dom::set_attribute(&controls.play, "aria-label", label);
        dom::set_attribute(&controls.play, "title", label);
        let speed = self.playback.speed(self.end()).to_string();
        if controls.speed.value() != speed {
            controls.speed.set_value(&speed);
        }
    }
}

/// Builds the rows of the knobs of the present loss.
fn build_knobs(page: &Page) -> Vec<KnobRow> {
    let box_: HtmlElement = dom::element("knobs");
    box_.set_text_content(None);
    let rule = page.scenario.loss.rule;
    let mut rows = Vec::new();
    for (index, knob) in rule.knobs.iter().enumerate() {
        let name = knob.name.in_language(page.language());
        let row: HtmlElement = dom::create("div", "knob");
        let label: HtmlElement = dom::create("label", "");
        label.set_text_content(Some(name));
        let id = format!("knob-{index}");
        dom::set_attribute(&label, "for", &id);
        let slider: HtmlInputElement = dom::create("input", "");
        for (attribute, value) in [
            ("type", "range"),
            ("id", &id),
            ("min", "0"),
            ("max", &KNOB_STEPS.to_string()),
            ("step", "1"),
            ("data-knob", &index.to_string()),
        ] {
            dom::set_attribute(&slider, attribute, value);
        }
        let field: HtmlInputElement = dom::create("input", "knob-value");
        for (attribute, value) in [
            ("type", "text"),
            ("inputmode", "decimal"),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
            ("aria-label", name),
            ("aria-describedby", "field-error"),
            ("data-knob-value", &index.to_string()),
        ] {
            dom::set_attribute(&field, attribute, value);
        }
        for child in [label.as_ref(), slider.as_ref(), field.as_ref()] {
            let _ = row.append_child(child);
        }
        let _ = box_.append_child(&row);
        rows.push(KnobRow { slider, field: NumberField::of(field) });
    }
    let formula: HtmlElement = dom::element("formula");
    dom::set_text(&formula, rule.formula);
    rows
}

/// The index in a `data-…` attribute of the target of an event.
pub(super) fn index_of(target: &Element, attribute: &str) -> Option<usize> {
    target.get_attribute(attribute)?.parse().ok()
}

/// The target of an event as an input.
pub(super) fn as_input(target: &Element) -> Option<HtmlInputElement> {
    target.clone().dyn_into().ok()
}
