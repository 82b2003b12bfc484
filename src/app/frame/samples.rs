//! The data view in words: headings, buttons, the sample that is looked at, the
//! table.

use web_sys::{HtmlDialogElement, HtmlElement};

use super::super::dom;
use super::super::page::Page;
use super::data::said_of;
use crate::descent::data::Samples;
use crate::text::{SampleWords, count, figure};
use crate::view::{has_classes, is_plane, standing_step};

/// Rows of the table; a screen reader cannot use more.
const MOST_ROWS: usize = 300;

/// What is shown of a sample's stand to the selected run.
struct Stand {
    /// The target less what is predicted, or the chance of class 1.
    predicted: f64,
    residual: Option<f64>,
    is_in_batch: Option<bool>,
    is_held_out: bool,
}

impl Page {
    /// Brings the words of the data view in step.
    pub(super) fn sync_data(&mut self) {
        if !self.has_data() {
            return;
        }
        self.name_spaces();
        let editing = &self.side.data;
        let cursor = match (&editing.held, editing.hovered, editing.adds) {
            (Some(_), ..) => "move",
            (None, Some(_), _) => "grab",
            (None, None, true) => "add",
            _ => "",
        };
        dom::set_attribute(&dom::element("data"), "data-cursor", cursor);
        let pressed = if editing.adds { "true" } else { "false" };
        dom::set_attribute(&dom::element("add-point"), "aria-pressed", pressed);
        let has_chosen = editing.chosen.is_some();
        let has_classes = self.shown_samples().is_some_and(has_classes);
        let has_numbers = !has_classes && self.shown_samples().is_some_and(is_plane);
        for (id, is_shown) in [
            ("remove-point", has_chosen),
            ("other-class", has_chosen && has_classes),
            ("raise-number", has_chosen && has_numbers),
            ("lower-number", has_chosen && has_numbers),
        ] {
            dom::element::<HtmlElement>(id).set_hidden(!is_shown);
        }
        if !self.shows_layers() {
            self.say_sample();
            self.fill_table();
        }
    }

    /// What a point of the map stands for: a line, a curve, a boundary.
    fn name_spaces(&self) {
        let text = self.text();
        let classes = self.shown_samples().is_some_and(has_classes);
        let plane = self.shown_samples().is_some_and(is_plane);
        let [point, puck] = match (plane, self.scenario.start.len()) {
            (true, _) if classes => [text.point_is_boundary, text.boundary_at_puck],
            (true, _) => [text.point_is_plane, text.plane_at_puck],
            (false, 1 | 2) if !classes => [text.point_is_line, text.line_at_puck],
            _ => [text.point_is_curve, text.curve_at_puck],
        };
        dom::set_text(&dom::element("parameter-caption"), point);
        let drawn = self.drawn_step().map(|step| (text.as_of_step)(&count(step)));
        dom::set_text(&dom::element("data-caption"), drawn.as_deref().unwrap_or(puck));
    }

    fn stand(&self, samples: &Samples, sample: usize, batch: Option<&[usize]>) -> Stand {
        let loss = self.derived.loss.get().loss.as_ref();
        let trajectory = self.selected_cache().trajectory();
        let theta = trajectory.point(standing_step(trajectory, self.playback.playhead));
        let row = samples.row(sample);
        let predicted = said_of(loss, theta, &row);
        let target = row.last().copied().unwrap_or_default();
        Stand {
            predicted,
            residual: (!has_classes(samples)).then_some(target - predicted),
            is_in_batch: batch.map(|batch| batch.contains(&sample)),
            is_held_out: loss.trained().is_some_and(|rows| rows.binary_search(&sample).is_err()),
        }
    }

    /// Shows the sample that is looked at in words, and says what was done to it.
    fn say_sample(&mut self) {
        // While a pointer drags, what is said would be gone before it is heard.
        let drags = self.side.data.held.as_ref().is_some_and(|held| held.grip.is_some());
        let editing = &mut self.side.data;
        let events = if drags { Vec::new() } else { std::mem::take(&mut editing.events) };
        let is_spoken = !drags && std::mem::take(&mut editing.is_spoken);
        let focused = self.side.data.focused();
        let key = (self.pictures.fit_key.generation(), focused, self.language());
        let is_new = self.pictures.words_key.refresh(key, |_, _| ());
        let words: HtmlElement = dom::element("data-words");
        if is_new {
            let shown = focused.map(|sample| self.sample_words(sample)).unwrap_or_default();
            words.set_hidden(shown.is_empty());
            // Not over the sample itself.
            let _ = words.toggle_attribute_with_force("data-low", self.has_low_words());
            dom::set_text(&words, &shown);
        }
        let text = self.text();
        let mut said: Vec<String> =
            events.into_iter().map(|event| (text.sample_event)(event).to_owned()).collect();
        if is_spoken || !said.is_empty() {
            said.extend(words.text_content().filter(|words| !words.is_empty()));
            let own = self.derived.vectors.peek().and_then(|vectors| vectors.as_ref()?.sample);
            if let Some((_, own)) = own.filter(|(row, _)| Some(*row) == focused) {
                let parts = own.map(|part| figure(part, 2));
                let parts = &parts[..self.scenario.start.len().min(2)];
                said.push((text.own_gradient)(&parts.join(", ")));
            }
            dom::set_text(&dom::element("data-said"), &said.join(" "));
        }
    }

    fn sample_words(&mut self, sample: usize) -> String {
        let batch = self.derived.batch_rows(
            &self.scenario,
            &self.scenario.runs[self.side.selected],
            self.step(),
        );
        let Some(samples) = self.shown_samples().filter(|samples| sample < samples.len()) else {
            return String::new();
        };
        let stand = self.stand(samples, sample, batch.as_deref());
        let names: Vec<String> =
            (0..samples.columns().len()).map(|column| self.column_name(column)).collect();
        let row = samples.row(sample);
        let cells = names.iter().zip(&row).map(|(name, cell)| (name.as_str(), shown(*cell)));
        let cells: Vec<(&str, String)> = cells.collect();
        // What the run makes of it is part of the answer.
        let may_tell = !self.is_asking() && !self.selected_run().is_hidden;
        let residual = stand.residual.filter(|_| may_tell).map(|residual| figure(residual, 2));
        let chance = (stand.residual.is_none() && may_tell).then(|| figure(stand.predicted, 2));
        (self.text().sample)(&SampleWords {
            number: &count(sample + 1),
            cells: &cells,
            residual: residual.as_deref(),
            chance: chance.as_deref(),
            is_in_batch: stand.is_in_batch,
            is_held_out: stand.is_held_out,
        })
    }

    /// Fills the table while it is open and nothing plays.
    fn fill_table(&mut self) {
        let dialog: HtmlDialogElement = dom::element("table-dialog");
        if !dialog.open() || self.playback.is_playing {
            return;
        }
        let key = (self.pictures.fit_key.generation(), None, self.language());
        if !self.pictures.table_key.refresh(key, |_, _| ()) {
            return;
        }
        let batch = self.derived.batch_rows(
            &self.scenario,
            &self.scenario.runs[self.side.selected],
            self.step(),
        );
        let Some(samples) = self.shown_samples() else { return };
        let text = self.text();
        let may_tell = !self.is_asking() && !self.selected_run().is_hidden;
        let is_held_out = self.derived.loss.get().loss.trained().is_some();
        let columns = samples.columns().len();
        let mut names = vec![text.sample_column.to_owned()];
        names.extend((0..columns).map(|column| self.column_name(column)));
        if may_tell && has_classes(samples) {
            names.push(text.chance.to_owned());
        } else if may_tell {
            names.extend([text.predicted.to_owned(), text.residual.to_owned()]);
        }
        names.extend(batch.as_ref().map(|_| text.in_batch_column.to_owned()));
        names.extend(is_held_out.then(|| text.held_out_column.to_owned()));
        dom::set_text(&dom::element("table-title"), text.data_table);
        let head: HtmlElement = dom::element("table-head");
        head.set_text_content(None);
        fill_row(&head, "th", &names);
        let body: HtmlElement = dom::element("table-body");
        body.set_text_content(None);
        for sample in 0..samples.len().min(MOST_ROWS) {
            let stand = self.stand(samples, sample, batch.as_deref());
            let mut cells = vec![count(sample + 1)];
            cells.extend(samples.row(sample).into_iter().map(shown));
            if may_tell {
                cells.push(figure(stand.predicted, 3));
                cells.extend(stand.residual.map(|residual| figure(residual, 3)));
            }
            let yes = |is: bool| if is { text.yes.to_owned() } else { "–".to_owned() };
            cells.extend(stand.is_in_batch.map(yes));
            cells.extend(is_held_out.then(|| yes(stand.is_held_out)));
            let row: HtmlElement = dom::create("tr", "");
            fill_row(&row, "td", &cells);
            let _ = body.append_child(&row);
        }
        let more = samples.len().saturating_sub(MOST_ROWS);
        let note = if more > 0 { (text.more_samples)(&count(more)) } else { String::new() };
        dom::set_text(&dom::element("table-note"), &note);
    }
}

/// A number of a table, with as many digits as tell samples apart.
fn shown(number: f64) -> String {
    figure(number, 3)
}

pub(super) fn fill_row(row: &HtmlElement, tag: &str, cells: &[String]) {
    for (place, words) in cells.iter().enumerate() {
        let is_head = tag == "th" || place == 0;
        let cell: HtmlElement = dom::create(if is_head { "th" } else { tag }, "");
        if is_head {
            dom::set_attribute(&cell, "scope", if tag == "th" { "col" } else { "row" });
        }
        cell.set_text_content(Some(words));
        let _ = row.append_child(&cell);
    }
}
