//! The rows of a rule's knobs: a slider and a field each, or a picker of names.

use web_sys::{HtmlElement, HtmlInputElement, HtmlSelectElement};

use super::super::chrome::fill;
use super::super::dom;
use super::super::message::{Field, Part};
use super::super::page::Page;
use super::choose;
use super::number::{NumberField, place};
use crate::descent::{Knob, Language, Named, Scale};
use crate::text::figure;

/// Positions of a knob's slider.
pub(in super::super) const KNOB_STEPS: f64 = 1000.0;

/// The knobs of losses that few turn: they stand in a fold, lest the chart leave the
/// window.
const FOLDED: [&str; 8] =
    ["reduction", "l1", "l2", "split", "count", "noise", "outliers", "data_seed"];

/// Where on the page the row of a loss's knob stands.
fn home(knob: &Knob) -> usize {
    match knob.key {
        "data" => 0,
        key if FOLDED.contains(&key) => 2,
        _ => 1,
    }
}

/// Whether a knob in the fold is not as usual: that has to be seen.
pub(super) fn is_unusual(knob: &Knob, value: f64) -> bool {
    home(knob) == 2 && value != knob.default
}

/// A knob's row.
struct Row {
    element: HtmlElement,
    inputs: Inputs,
}

/// What a person turns or chooses.
enum Inputs {
    Number { slider: HtmlInputElement, field: NumberField },
    Names(HtmlSelectElement),
}

impl Row {
    /// Shows `value` of its knob.
    fn show(&mut self, knob: &Knob, value: f64) {
        match &mut self.inputs {
            Inputs::Number { slider, field } => {
                let position = knob.position(value);
                // Whole numbers lie on steps of their own, which may be no whole number.
                let at = KNOB_STEPS * position;
                let at = if knob.scale == Scale::Integer { at } else { libm::round(at) };
                place(slider, at, &figure(value, 6), position);
                field.show(value);
            }
            Inputs::Names(picker) => choose(picker, &value.to_string()),
        }
    }

    fn field(&self) -> Option<&NumberField> {
        match &self.inputs {
            Inputs::Number { field, .. } => Some(field),
            Inputs::Names(_) => None,
        }
    }
}

/// The knobs of one rule.
pub(super) struct KnobRows {
    pub(super) part: Part,
    name: &'static str,
    rows: Vec<Row>,
    /// The rule that the rows belong to, and the language of their names.
    made_for: Option<(&'static str, Language)>,
}

impl KnobRows {
    pub(super) fn of((part, name): (Part, &'static str)) -> Self {
        Self { part, name, rows: Vec::new(), made_for: None }
    }

    /// Shows the rows of the knobs that do anything, and no others.
    pub(super) fn show_where(&self, applies: impl Fn(usize) -> bool) {
        for (index, row) in self.rows.iter().enumerate() {
            row.element.set_hidden(!applies(index));
        }
    }

    /// Brings the rows in step with a rule and the values of its knobs; the rule
    /// has an empty key where there is none.
    pub(super) fn sync(
        &mut self,
        rule: &'static str,
        knobs: &[Knob],
        values: &[f64],
        language: Language,
    ) {
        if self.made_for != Some((rule, language)) {
            self.made_for = Some((rule, language));
            self.build(knobs, language);
        }
        for ((row, knob), value) in self.rows.iter_mut().zip(knobs).zip(values) {
            row.show(knob, *value);
        }
    }

    pub(super) fn field(&mut self, index: usize) -> Option<&mut NumberField> {
        match &mut self.rows.get_mut(index)?.inputs {
            Inputs::Number { field, .. } => Some(field),
            Inputs::Names(_) => None,
        }
    }

    /// Every field.
    pub(super) fn fields(&mut self) -> impl Iterator<Item = &mut NumberField> {
        self.rows.iter_mut().filter_map(|row| match &mut row.inputs {
            Inputs::Number { field, .. } => Some(field),
            Inputs::Names(_) => None,
        })
    }

    /// Every field that holds what was not taken, with its text.
    pub(super) fn refused(&self) -> impl Iterator<Item = (Field, &str)> {
        let fields = self.rows.iter().enumerate();
        fields.filter_map(|(index, row)| {
            Some((Field::Knob(self.part, index), row.field()?.refused.as_deref()?))
        })
    }

    fn build(&mut self, knobs: &[Knob], language: Language) {
        self.rows.clear();
        // A loss has one for each home, other rules have but one.
        let boxes = dom::all(&format!(".knobs[data-part={}]", self.name));
        for box_ in &boxes {
            box_.set_text_content(None);
        }
        for (index, knob) in knobs.iter().enumerate() {
            let name = knob.name.in_language(language);
            // A switch is short, most other lists are not.
            let is_switch = knob.names().is_some_and(|names| names[0].key == "0");
            let row: HtmlElement =
                dom::create("div", if is_switch { "knob switch" } else { "knob" });
            let label: HtmlElement = dom::create("label", "");
            label.set_text_content(Some(name));
            let id = format!("{}-knob-{index}", self.name);
            dom::set_attribute(&label, "for", &id);
            let _ = row.append_child(&label);
            let inputs = if let Some(names) = knob.names() {
                let picker = name_picker(&id, index, names, language);
                let _ = row.append_child(&picker);
                Inputs::Names(picker)
            } else {
                let (slider, field) = self.number_inputs(&id, index, (knob, name));
                let _ = row.append_child(&slider);
                let _ = row.append_child(&field);
                Inputs::Number { slider, field: NumberField::of(field) }
            };
            if let Some(box_) = boxes.get(home(knob)).or(boxes.first()) {
                let _ = box_.append_child(&row);
            }
            self.rows.push(Row { element: row, inputs });
        }
    }

    /// The slider and the field of a knob with a number.
    fn number_inputs(
        &self,
        id: &str,
        index: usize,
        (knob, name): (&Knob, &str),
    ) -> (HtmlInputElement, HtmlInputElement) {
        let slider: HtmlInputElement = dom::create("input", "");
        // An arrow key has to lead to the next whole number.
        let is_whole = knob.scale == Scale::Integer;
        let step = if is_whole { KNOB_STEPS / (knob.max - knob.min) } else { 1.0 };
        for (attribute, value) in [
            ("type", "range"),
            ("id", id),
            ("min", "0"),
            ("max", &KNOB_STEPS.to_string()),
            ("step", &step.to_string()),
            ("data-knob", &index.to_string()),
        ] {
            dom::set_attribute(&slider, attribute, value);
        }
        let field: HtmlInputElement = dom::create("input", "knob-value");
        let error = if self.part == Part::Loss { "field-error" } else { "run-error" };
        for (attribute, value) in [
            ("type", "text"),
            ("inputmode", "decimal"),
            ("autocomplete", "off"),
            ("spellcheck", "false"),
            ("aria-label", name),
            ("aria-describedby", error),
            ("data-knob-value", &index.to_string()),
        ] {
            dom::set_attribute(&field, attribute, value);
        }
        (slider, field)
    }
}

/// The picker of a knob whose values have names. Its options are worth the value:
/// what is chosen comes in the way a typed number comes.
fn name_picker(id: &str, index: usize, names: &[Named], language: Language) -> HtmlSelectElement {
    let picker: HtmlSelectElement = dom::create("select", "");
    dom::set_attribute(&picker, "id", id);
    dom::set_attribute(&picker, "data-knob-value", &index.to_string());
    let places: Vec<String> = (0..names.len()).map(|place| place.to_string()).collect();
    let words = names.iter().map(|name| name.name.in_language(language));
    fill(&picker, places.iter().map(String::as_str).zip(words), "");
    picker
}

impl Page {
    pub(super) fn sync_knobs(&mut self) {
        let language = self.language();
        let run = self.selected_run();
        let clip = run.clip.as_ref().map_or("", |clip| clip.rule.key);
        let constraint = run.constraint.as_ref().map_or("", |constraint| constraint.rule.key);
        let [optimizer, schedule] = [run.optimizer.rule.key, run.schedule.rule.key];
        let rules = [self.scenario.loss.rule.key, optimizer, schedule, clip, constraint];
        for (index, rule) in rules.into_iter().enumerate() {
            let (part, _) = Part::ALL[index];
            let (knobs, values) = (self.knobs_of(part), self.knob_values(part).to_vec());
            self.controls.knobs[index].sync(rule, knobs, &values, language);
            if part == Part::Loss {
                let applies = self.scenario.loss.rule.applies;
                self.controls.knobs[index].show_where(|knob| applies(&values, knob));
            }
        }
    }
}
