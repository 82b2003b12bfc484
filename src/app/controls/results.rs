//! The table of the runs: what became of each.

use web_sys::HtmlElement;

use super::super::dom;
use super::super::page::Page;
use crate::descent::{Outcome, distance_to_nearest};
use crate::text::{count, figure};

impl Page {
    /// Brings the table of results in step with the runs.
    pub(super) fn sync_results(&mut self) {
        let shows = self.side.shows_results;
        dom::element::<HtmlElement>("results").set_hidden(!shows);
        let chart: HtmlElement = dom::element("chart-box");
        chart.set_hidden(shows);
        if !shows {
            return;
        }
        let told =
            if self.hides_outcomes() || self.are_making() { 0 } else { self.scenario.runs.len() };
        let rows: Vec<[String; 5]> = (0..told).map(|run| self.result(run)).collect();
        if !self.controls.results_key.refresh((rows.clone(), self.language()), |_, _| ()) {
            return;
        }
        let body: HtmlElement = dom::element("results-body");
        body.set_text_content(None);
        for (run, cells) in rows.iter().enumerate() {
            let row: HtmlElement = dom::create("tr", "");
            let outcome = self.outcome(run).map_or("", Outcome::key);
            dom::set_attribute(&row, "data-outcome", outcome);
            for (column, words) in cells.iter().enumerate() {
                let cell: HtmlElement = dom::create(if column == 0 { "th" } else { "td" }, "");
                if column == 0 {
                    dom::set_attribute(&cell, "scope", "row");
                    let chip: HtmlElement = dom::create("span", "chip");
                    dom::set_attribute(&chip, "data-look", &run.to_string());
                    dom::set_text(&chip, self.look(run).letter);
                    let _ = cell.append_child(&chip);
                    let name: HtmlElement = dom::create("span", "");
                    name.set_text_content(Some(words));
                    let _ = cell.append_child(&name);
                } else {
                    cell.set_text_content(Some(words));
                }
                let _ = row.append_child(&cell);
            }
            let _ = body.append_child(&row);
        }
    }

    /// A run's line in the table.
    fn result(&self, run: usize) -> [String; 5] {
        let (text, parts) = (self.text(), self.derived.runs[run].parts());
        let trajectory = parts.trajectory();
        let last = trajectory.steps();
        let verdict = parts.verdict.as_ref();
        let settled = verdict.filter(|verdict| verdict.settles_in_minimum());
        let rule = self.scenario.runs[run].optimizer.rule;
        let minima = &self.derived.loss.get().minima;
        let final_loss = figure(trajectory.losses()[last], 3);
        let average = self.derived.runs[run].average.get().as_ref();
        let average = average.map(|average| figure(average.last_loss(), 3));
        let average = average.map(|loss| format!(" ({} {loss})", text.average_loss));
        let final_loss = final_loss + &average.unwrap_or_default();
        let distance = distance_to_nearest(trajectory.point(last), minima);
        [
            rule.name.in_language(self.language()).to_owned(),
            verdict.map_or("", |verdict| (text.outcome)(verdict.outcome)).to_owned(),
            settled.map_or_else(|| "–".to_owned(), |verdict| count(verdict.step)),
            final_loss,
            distance.map_or_else(|| "–".to_owned(), |distance| figure(distance, 3)),
        ]
    }
}
