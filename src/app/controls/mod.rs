//! Number fields, sliders and lists, kept in step with the scenario.

mod batch;
mod guesses;
mod knobs;
mod number;
mod plane;
mod results;
mod runs;
mod scaling;
mod stops;

use batch::BatchControls;
pub(super) use batch::size_at;
use guesses::Guesses;
pub(super) use guesses::outcome_of;
pub(super) use knobs::KNOB_STEPS;
use knobs::KnobRows;
use number::{NumberField, place};
pub(super) use plane::{PLANE_NUMBERS, PLANE_PICKERS};
use runs::RunRow;
use stops::StopControls;

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::events::typing;
use super::memo::Memo;
use super::message::{BatchEnd, Field, Part, StopRule};
use super::page::Page;
use super::{dom, values};
use crate::descent::{Language, Precision, Stop};
use crate::text::tick;

/// The controls whose values follow the scenario.
pub(super) struct Controls {
    pub(super) rate: NumberField,
    rate_error: Element,
    rate_slider: HtmlInputElement,
    start: [NumberField; 2],
    start_x_row: HtmlElement,
    start_y_row: HtmlElement,
    steps: NumberField,
    noise: NumberField,
    seed: NumberField,
    pub(super) batch: BatchControls,
    stops: StopControls,
    warmup: NumberField,
    average: NumberField,
    ascent: HtmlInputElement,
    field_error: Element,
    run_error: Element,
    pub(super) guesses: Guesses,
    step_slider: HtmlInputElement,
    step_now: Element,
    step_total: Element,
    /// Empty where every step takes all samples.
    epoch_now: HtmlElement,
    step_count: HtmlElement,
    speed: HtmlSelectElement,
    play: Element,
    pub(super) scenario: HtmlSelectElement,
    /// Which of the scenarios are named how.
    pub(super) scenario_key: Memo<(bool, Option<u32>), ()>,
    pub(super) loss: HtmlSelectElement,
    pub(super) precision: HtmlSelectElement,
    clip: HtmlSelectElement,
    constraint: HtmlSelectElement,
    clip_language: Option<Language>,
    knobs: [KnobRows; 5],
    runs: Vec<RunRow>,
    /// What the picker of the selected run was filled from.
    selected_key: Memo<Vec<String>, ()>,
    /// What the lists of the plane were filled from.
    plane_key: Memo<(usize, Language, &'static [&'static str]), ()>,
    plane_numbers: [NumberField; 2],
    /// The tab of the chart that is chosen.
    tab_key: Memo<usize, ()>,
    /// Whether noise or precision are not as usual.
    numbers_key: Memo<bool, ()>,
    /// What the table of results was filled from.
    results_key: Memo<(Vec<[String; 5]>, Language), ()>,
}

impl Controls {
    /// Finds them in the skeleton.
    pub(super) fn find() -> Self {
        let field = |id| NumberField::of(dom::element(id));
        Self {
            rate: field("rate-value"),
            rate_error: dom::element("rate-error"),
            rate_slider: dom::element("rate"),
            start: ["start-x", "start-y"].map(field),
            start_x_row: dom::element("start-x-field"),
            start_y_row: dom::element("start-y-field"),
            steps: field("steps"),
            noise: field("noise"),
            seed: field("seed"),
            batch: BatchControls::find(),
            stops: StopControls::find(),
            warmup: field("warmup"),
            average: field("average"),
            ascent: dom::element("ascent"),
            field_error: dom::element("field-error"),
            run_error: dom::element("run-error"),
            guesses: Guesses::find(),
            step_slider: dom::element("step"),
            step_now: dom::element("step-now"),
            step_total: dom::element("step-total"),
            epoch_now: dom::element("epoch-now"),
            step_count: dom::element("step-count"),
            speed: dom::element("speed"),
            play: dom::element("play"),
            scenario: dom::element("scenario"),
            scenario_key: Memo::empty(),
            loss: dom::element("loss"),
            precision: dom::element("precision"),
            clip: dom::element("clip"),
            constraint: dom::element("constraint"),
            clip_language: None,
            knobs: Part::ALL.map(KnobRows::of),
            runs: Vec::new(),
            selected_key: Memo::empty(),
            plane_key: Memo::empty(),
            plane_numbers: PLANE_NUMBERS.map(field),
            tab_key: Memo::empty(),
            numbers_key: Memo::empty(),
            results_key: Memo::empty(),
        }
    }

    fn field(&mut self, field: Field) -> Option<&mut NumberField> {
        match field {
            Field::StartX => Some(&mut self.start[0]),
            Field::StartY => Some(&mut self.start[1]),
            Field::Steps => Some(&mut self.steps),
            Field::Noise => Some(&mut self.noise),
            Field::Seed => Some(&mut self.seed),
            Field::Batch(end) => Some(self.batch.field(end)),
            Field::Stop(rule) => Some(self.stops.field(rule)),
            Field::Warmup => Some(&mut self.warmup),
            Field::Average => Some(&mut self.average),
            Field::Rate(run) => self.runs.get_mut(run).map(|row| &mut row.rate),
            Field::Knob(part, index) => {
                let rows = self.knobs.iter_mut().find(|rows| rows.part == part);
                rows.and_then(|rows| rows.field(index))
            }
        }
    }

    /// Marks a field's text as not taken.
    pub(super) fn refuse(&mut self, field: Field, typed: &str) {
        if let Some(field) = self.field(field) {
            field.refuse(typed);
        }
    }

    /// Lets a field's text be written anew.
    pub(super) fn accept(&mut self, field: Field) {
        if let Some(field) = self.field(field) {
            field.accept();
        }
    }

    /// Lets every field's text be written anew, whatever was typed there.
    pub(super) fn forget_typed(&mut self) {
        typing::forget();
        let [x, y] = &mut self.start;
        let fixed = [&mut self.rate, x, y, &mut self.steps, &mut self.noise, &mut self.seed];
        let of_run = [&mut self.warmup, &mut self.average];
        let of_plane = self.plane_numbers.iter_mut();
        let rates = self.runs.iter_mut().map(|row| &mut row.rate);
        let knobs = self.knobs.iter_mut().flat_map(KnobRows::fields);
        for field in fixed.into_iter().chain(of_run).chain(of_plane).chain(rates).chain(knobs) {
            field.accept();
        }
        for end in BatchEnd::ALL {
            self.batch.field(end).accept();
        }
    }

    /// Every field that holds what was not taken, with its text.
    fn refused(&self) -> Vec<(Field, &str)> {
        let [x, y] = &self.start;
        let fixed = [
            (Field::StartX, x),
            (Field::StartY, y),
            (Field::Steps, &self.steps),
            (Field::Noise, &self.noise),
            (Field::Seed, &self.seed),
            (Field::Warmup, &self.warmup),
            (Field::Average, &self.average),
        ];
        let batches = BatchEnd::ALL.map(|end| (Field::Batch(end), self.batch.shown_field(end)));
        let stops =
            StopRule::ALL.map(|(rule, _)| (Field::Stop(rule), self.stops.shown_field(rule)));
        let rates = self.runs.iter().enumerate();
        let rates = rates.map(|(run, row)| (Field::Rate(run), &row.rate));
        let fields = fixed.into_iter().chain(batches).chain(stops).chain(rates);
        let fields = fields.filter_map(|(field, shown)| Some((field, shown.refused.as_deref()?)));
        self.knobs.iter().flat_map(KnobRows::refused).chain(fields).collect()
    }
}

impl Page {
    /// Brings every control in step with the scenario and the playhead.
    pub(super) fn sync_controls(&mut self) {
        self.sync_rate();
        self.sync_loss();
        self.sync_scaling();
        self.sync_batch();
        self.sync_stops();
        self.sync_knobs();
        self.sync_plane();
        self.sync_runs();
        self.sync_tabs();
        self.sync_results();
        self.sync_transport();
        self.sync_guesses();
        self.sync_errors();
    }

    /// Says of each field that holds what was not taken, why: beside the field.
    fn sync_errors(&self) {
        let (text, controls) = (self.text(), &self.controls);
        let rate = controls.rate.refused.as_deref().map(text.not_a_rate);
        dom::set_text(&controls.rate_error, &rate.unwrap_or_default());
        let (mut of_loss, mut of_run) = (Vec::new(), Vec::new());
        for (field, typed) in controls.refused() {
            let Some((min, max, whole)) = self.allowed(field) else { continue };
            let words = match field {
                Field::Rate(_) => (text.not_a_rate)(typed),
                Field::Seed => (text.not_in_range)(typed, "0", &u64::MAX.to_string(), true),
                _ => (text.not_in_range)(typed, &tick(min), &tick(max), whole),
            };
            let is_of_run = match field {
                Field::Rate(_) | Field::Warmup | Field::Average => true,
                Field::Knob(part, _) => part != Part::Loss,
                _ => false,
            };
            if is_of_run { of_run.push(words) } else { of_loss.push(words) }
        }
        dom::set_text(&controls.field_error, &of_loss.join(" "));
        dom::set_text(&controls.run_error, &of_run.join(" "));
    }

    fn sync_rate(&mut self) {
        let rate = self.selected_run().learning_rate;
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
        let (controls, scenario) = (&mut self.controls, &self.scenario);
        let formula: HtmlElement = dom::element("formula");
        let written = (scenario.loss.rule.formula)(&scenario.setting());
        dom::set_text(&formula, &written);
        dom::set_attribute(&formula, "title", scenario.loss.rule.source);
        dom::set_attribute(&controls.loss, "title", &written);
        for (field, value) in controls.start.iter_mut().zip(&scenario.start) {
            field.show(*value);
        }
        // More than two numbers are moved on the map, or written in the link.
        controls.start_x_row.set_hidden(scenario.start.len() > 2);
        controls.start_y_row.set_hidden(scenario.start.len() != 2);
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let steps = scenario.steps as f64;
        controls.steps.show(steps);
        controls.noise.show(scenario.noise);
        controls.seed.write(scenario.seed.to_string());
        let preset = scenario.preset.map_or("", |preset| preset.key);
        for (picker, key) in [
            (&controls.scenario, preset),
            (&controls.loss, scenario.loss.rule.key),
            (&controls.precision, scenario.precision.key()),
        ] {
            if picker.value() != key {
                picker.set_value(key);
            }
        }
        // What is not as usual has to be seen.
        let loss = &scenario.loss;
        let mut knobs = loss.rule.knobs.iter().zip(&loss.knobs).enumerate();
        let is_unusual = scenario.noise > 0.0
            || scenario.stop != Stop::default()
            || scenario.precision != Precision::F64
            || knobs.any(|(place, (knob, value))| {
                (loss.rule.applies)(&loss.knobs, place) && knobs::is_unusual(knob, *value)
            });
        if controls.numbers_key.refresh(is_unusual, |_, _| ()) && is_unusual {
            dom::set_attribute(&dom::element("numbers"), "open", "");
        }
        let pinned = if self.side.is_pinned { "true" } else { "false" };
        dom::set_attribute(&dom::element("puck"), "aria-pressed", pinned);
        let is_folded = self.is_loss_folded();
        let section: HtmlElement = dom::element("loss-section");
        dom::set_attribute(&section, "data-folded", if is_folded { "true" } else { "false" });
        let fold: HtmlElement = dom::element("fold-loss");
        dom::set_attribute(&fold, "aria-expanded", if is_folded { "false" } else { "true" });
    }

    /// Whether the loss's settings are folded away to make room for the runs.
    pub(super) fn is_loss_folded(&self) -> bool {
        self.side.is_loss_folded.unwrap_or(self.scenario.runs.len() >= 2)
    }

    /// Which tab of the chart is chosen.
    fn sync_tabs(&mut self) {
        use crate::view::Quantity;
        let quantity = Quantity::ALL.iter().position(|other| *other == self.scenario.page.chart);
        let chosen = match (self.side.shows_sweep, self.side.shows_results) {
            (true, _) => TABS.len() - 2,
            (_, true) => TABS.len() - 1,
            _ => quantity.unwrap_or_default(),
        };
        if !self.controls.tab_key.refresh(chosen, |_, _| ()) {
            return;
        }
        for (place, id) in TABS.into_iter().enumerate() {
            let tab: HtmlElement = dom::element(id);
            let is_chosen = place == chosen;
            dom::set_attribute(&tab, "aria-selected", if is_chosen { "true" } else { "false" });
            dom::set_attribute(&tab, "tabindex", if is_chosen { "0" } else { "-1" });
        }
        dom::set_attribute(&dom::element("chart-panel"), "aria-labelledby", TABS[chosen]);
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn sync_transport(&self) {
        use crate::text::{count, figure, tenths};
        let (step, steps, text) = (self.step(), self.told_steps(), self.text());
        let controls = &self.controls;
        let slider = &controls.step_slider;
        dom::set_attribute(slider, "max", &steps.max(1).to_string());
        let losses = self.selected_cache().trajectory().losses();
        let loss = losses[step.min(losses.len() - 1)];
        let spoken = (text.step_spoken)(&count(step), &count(steps), &figure(loss, 3));
        let epochs = self.derived.epochs.get().as_ref();
        let epoch = |step| epochs.map(|epochs| tenths(epochs.tenths_at(step)));
        let now = epoch(step).map(|now| format!("{} {now}", text.epoch)).unwrap_or_default();
        let spoken = if now.is_empty() { spoken } else { [spoken, now.clone()].join(", ") };
        let longest = epoch(steps).map_or(0, |most| most.len() + 1);
        dom::set_text(&controls.epoch_now, &now);
        dom::set_property(&controls.epoch_now, "--digits", &longest.to_string());
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
        let title = if self.is_asking() { text.predict_to_play } else { label };
        dom::set_attribute(&controls.play, "title", title);
        let speed = self.speed().to_string();
        if controls.speed.value() != speed {
            controls.speed.set_value(&speed);
        }
    }
}

/// The tabs of the chart: the quantities in their order, the sweep, then the table.
pub(super) const TABS: [&str; 7] = [
    "tab-loss",
    "tab-gradient",
    "tab-rate",
    "tab-step",
    "tab-sharpness",
    "tab-sweep",
    "tab-results",
];

/// The index in a `data-…` attribute of the target of an event.
pub(super) fn index_of(target: &Element, attribute: &str) -> Option<usize> {
    target.get_attribute(attribute)?.parse().ok()
}

/// The target of an event as an input.
pub(super) fn as_input(target: &Element) -> Option<HtmlInputElement> {
    target.clone().dyn_into().ok()
}

/// Chooses an option, if another is chosen.
fn choose(picker: &HtmlSelectElement, key: &str) {
    if picker.value() != key {
        picker.set_value(key);
    }
}
