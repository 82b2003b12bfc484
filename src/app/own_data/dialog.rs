//! What the dialog shows.

use web_sys::{Blob, Element, HtmlButtonElement, HtmlDialogElement, HtmlElement, HtmlInputElement};
use web_sys::{HtmlSelectElement, HtmlTextAreaElement};

use super::super::chrome::fill;
use super::super::dom;
use super::super::page::Page;
use super::reading::blob_of;
use super::{OwnData, counts, rules};
use crate::descent::Language;
use crate::descent::data::Task;
use crate::descent::loss::LossRule;
use crate::scenario::table::{Chosen, Table, TableColumn};
use crate::text::{TableSummary, Text, count, percent};

/// Columns of the preview.
const MOST_SHOWN: usize = 12;
/// Bytes of a text that is put into the field.
pub(in super::super) const LONGEST_SHOWN: usize = 100_000;
/// The pickers of the roles: two features, the target, two classes.
pub(in super::super) const ROLES: [&str; 5] =
    ["data-feature-0", "data-feature-1", "data-target", "data-class-0", "data-class-1"];

/// Opens the dialog; says whether it was closed before.
pub(super) fn open() -> bool {
    let dialog: HtmlDialogElement = dom::element("data-dialog");
    // Fails only if the dialog is not in the document.
    !dialog.open() && dialog.show_modal().is_ok()
}

/// Puts a text into the field, unless it is so long that a browser would take seconds to
/// lay it out; returns its bytes.
pub(super) fn show_text(text: &str) -> Option<Blob> {
    let shown = if text.len() > LONGEST_SHOWN { "" } else { text };
    dom::element::<HtmlTextAreaElement>("data-text").set_value(shown);
    blob_of(text)
}

pub(super) fn close() {
    // What was pasted has become the page's.
    dom::element::<HtmlTextAreaElement>("data-text").set_value("");
    dom::element::<HtmlDialogElement>("data-dialog").close();
}

impl Page {
    /// Brings the dialog, and the button that opens it, in step with what was read.
    pub(in super::super) fn sync_own_data(&mut self) {
        self.sync_notes();
        let (text, language) = (self.text(), self.language());
        let own = &mut self.own_data;
        let rule = own.place();
        if own.shown.refresh((own.changes, rule, language), |_, _| ()) {
            own.show(text, language);
        }
    }
}

impl Page {
    /// Says where the data are, if the link does not hold them.
    fn sync_notes(&mut self) {
        let has_data = self.scenario.loss.rule.learns();
        let own = self.scenario.own.as_ref().filter(|_| self.scenario.wants_own());
        let fingerprint = own.map_or(self.scenario.stored, |own| Some(own.fingerprint()));
        let key = (has_data, fingerprint, self.language());
        if !self.own_data.noted.refresh(key, |_, _| ()) {
            return;
        }
        for id in ["own-data-row", "save-data"] {
            dom::element::<HtmlElement>(id).set_hidden(!has_data);
        }
        let note = if self.has_data_elsewhere() { self.text().data_not_in_link } else { "" };
        for id in ["data-note", "share-note"] {
            dom::set_text(&dom::element::<Element>(id), note);
        }
    }
}

impl OwnData {
    fn show(&self, text: &Text, language: Language) {
        let name = self.source.as_ref().map_or("", |(_, name)| name);
        dom::set_text(&dom::element::<Element>("data-name"), name);
        self.show_progress();
        let table = self.table.as_ref().and_then(|table| table.as_ref().ok());
        dom::element::<HtmlElement>("data-table").set_hidden(table.is_none());
        if let Some(table) = table {
            show_preview(table);
            dom::element::<HtmlInputElement>("data-header").set_checked(table.has_header);
            self.show_losses(language);
            self.show_roles(table, text);
        }
        let is_good = matches!(self.chosen, Some(Ok(_)));
        dom::element::<HtmlButtonElement>("data-use").set_disabled(!is_good);
        let message: HtmlElement = dom::element("data-message");
        dom::set_text(&message, &self.message(text));
        let is_refused = self.message_is_refusal();
        dom::set_attribute(&message, "data-refused", if is_refused { "true" } else { "false" });
    }

    /// Where rule and task stand among [`rules`].
    fn place(&self) -> usize {
        rules().position(|asked| asked == (self.rule, self.task)).unwrap_or(0)
    }

    /// The picker of the losses; one that can learn several things stands there with
    /// the name of each.
    fn show_losses(&self, language: Language) {
        let named = |(rule, task): (&LossRule, Task)| {
            let name = rule.name.in_language(language);
            if rule.tasks().count() < 2 {
                return name.to_owned();
            }
            [name, " · ", task.name().in_language(language)].concat()
        };
        let names: Vec<(String, String)> =
            rules().enumerate().map(|(place, asked)| (place.to_string(), named(asked))).collect();
        let options = names.iter().map(|(place, name)| (place.as_str(), name.as_str()));
        fill(&dom::element("data-loss"), options, &self.place().to_string());
    }

    fn message_is_refusal(&self) -> bool {
        matches!(self.table, Some(Err(_))) || matches!(self.chosen, Some(Err(_)))
    }

    fn message(&self, text: &Text) -> String {
        if let Some(reading) = &self.reading {
            let (share, rows) = reading.progress();
            return (text.reading_rows)(&percent(share), &count(rows));
        }
        match (&self.table, &self.chosen) {
            (Some(Err(refusal)), _) | (_, Some(Err(refusal))) => (text.table_refusal)(refusal),
            (Some(Ok(table)), Some(Ok(chosen))) => summary(table, chosen, text),
            _ => String::new(),
        }
    }

    fn show_progress(&self) {
        let progress: HtmlElement = dom::element("data-progress");
        let share = self.reading.as_ref().map(|reading| reading.progress().0);
        progress.set_hidden(share.is_none());
        dom::element::<HtmlElement>("data-stop").set_hidden(share.is_none());
        if let Some(share) = share {
            let whole = libm::floor(100.0 * share).to_string();
            dom::set_attribute(&progress, "aria-valuenow", &whole);
            dom::set_property(&progress, "--share", &format!("{whole}%"));
        }
    }

    /// The pickers of columns and classes.
    fn show_roles(&self, table: &Table, text: &Text) {
        let task = self.task;
        let counts = counts(self.rule, task);
        let may_be_two = counts.contains(&2);
        let are_two = self.roles.as_ref().is_some_and(|roles| roles.features.len() > 1);
        let words: [&str; 3] = [
            if are_two { text.feature_one } else { text.feature_x },
            text.feature_two,
            if task == Task::Regression { text.target_y } else { text.target_class },
        ];
        let places: Vec<String> = (0..table.columns.len()).map(|place| place.to_string()).collect();
        let name = |place: usize| (places[place].as_str(), table.columns[place].name.as_str());
        let has_classes = task == Task::Classification;
        let columns = 0..table.columns.len();
        let numeric = || columns.clone().filter(|place| table.columns[*place].is_numeric());
        for (role, id) in ROLES.into_iter().enumerate() {
            let picker: HtmlSelectElement = dom::element(id);
            let row: HtmlElement = dom::element(&format!("{id}-row"));
            let Some(roles) = &self.roles else {
                row.set_hidden(true);
                continue;
            };
            let is_used = match role {
                0 | 2 => true,
                1 => may_be_two,
                _ => has_classes,
            };
            row.set_hidden(!is_used);
            if !is_used {
                continue;
            }
            if let Some(words) = words.get(role) {
                dom::set_text(&dom::within::<Element>(&row, "label"), words);
            }
            match role {
                0 | 1 => {
                    let chosen = roles.features.get(role).map_or("", |place| &places[*place]);
                    // One feature may be enough.
                    let none = (role == 1 && counts.contains(&1)).then_some(("", text.no_feature));
                    fill(&picker, none.into_iter().chain(numeric().map(name)), chosen);
                }
                2 if has_classes => {
                    let with_classes = self.classes.iter().map(|(place, _)| name(*place));
                    fill(&picker, with_classes, &places[roles.target]);
                }
                2 => fill(&picker, numeric().map(name), &places[roles.target]),
                _ => self.show_classes(&picker, role - 3),
            }
        }
    }

    fn show_classes(&self, picker: &HtmlSelectElement, which: usize) {
        let Some(roles) = &self.roles else { return };
        let classes = self.classes.iter().find(|(place, _)| *place == roles.target);
        let classes = classes.map_or(&[][..], |(_, classes)| classes);
        let chosen = roles.classes.as_ref().map(|two| &two[which]);
        let place = classes.iter().position(|class| Some(class) == chosen).unwrap_or(0);
        let texts: Vec<(String, String)> = classes
            .iter()
            .enumerate()
            .map(|(place, class)| (place.to_string(), class.text()))
            .collect();
        let options = texts.iter().map(|(place, text)| (place.as_str(), text.as_str()));
        fill(picker, options, &place.to_string());
    }
}

fn summary(table: &Table, chosen: &Chosen, text: &Text) -> String {
    let rows = chosen.columns.last().map_or(0, |(_, numbers)| numbers.len());
    let some = |number: usize| (number > 0).then(|| count(number));
    (text.table_summary)(&TableSummary {
        rows: &count(rows),
        other_classes: some(chosen.other_classes).as_deref(),
        left_out: some(chosen.left_out).as_deref(),
        first: &chosen.first,
        names_all: chosen.first.len() >= chosen.left_out,
        has_decimal_commas: table.has_decimal_commas,
    })
}

/// The first rows as they stand in the file, under the names of their columns.
fn show_preview(table: &Table) {
    let head: HtmlElement = dom::element("data-names");
    let names = table.columns.iter().map(|column| column.name.as_str());
    let is_numeric: Vec<bool> = table.columns.iter().map(TableColumn::is_numeric).collect();
    show_row(&head, "th", names, &is_numeric);
    let body: HtmlElement = dom::element("data-rows");
    body.set_text_content(None);
    for cells in &table.preview {
        let row: HtmlElement = dom::create("tr", "");
        show_row(&row, "td", cells.iter().map(String::as_str), &is_numeric);
        let _ = body.append_child(&row);
    }
}

fn show_row<'a>(
    row: &HtmlElement,
    tag: &str,
    cells: impl Iterator<Item = &'a str>,
    is_numeric: &[bool],
) {
    row.set_text_content(None);
    for (text, is_numeric) in cells.zip(is_numeric).take(MOST_SHOWN) {
        let cell: HtmlElement = dom::create(tag, if *is_numeric { "number" } else { "" });
        if tag == "th" {
            dom::set_attribute(&cell, "scope", "col");
        }
        cell.set_text_content(Some(text));
        let _ = row.append_child(&cell);
    }
}
