//! The map of starts, its legend and its words.

use web_sys::{HtmlCanvasElement, HtmlElement};

use super::super::canvas::Canvas;
use super::super::page::Page;
use super::super::workers::Shared;
use super::super::{background, dom, values};
use super::map::SWATCH;
use super::rate::NOTICED;
use crate::descent::{Ending, Outcome};
use crate::scenario::STARTS;
use crate::text::{StartWords, count, percent, tick};
use crate::view::{
    Fortune, Rect, StartsCensus, StartsColors, draw_fortune, draw_steps_scale, starts_image,
};

/// So long, in milliseconds, may a frame work ahead: a first coarse look.
const AHEAD: f64 = 1.5;
/// What an earlier map shows goes on being shown for so many milliseconds, until
/// there is a coarse look at the new one.
const PATIENCE: f64 = 300.0;
/// A coarse look has so many starts.
const COARSE: usize = 256;
/// Of more minima than this the legend has one row.
const ROWS: usize = 6;

impl Page {
    /// Whether the map of starts lies over the loss map.
    pub(in super::super) fn shows_starts(&self) -> bool {
        self.side.shows_starts && self.has_starts()
    }

    /// Whether there can be one: it needs a plane, and would tell the outcome.
    fn has_starts(&self) -> bool {
        self.scenario.start.len() == 2 && !self.hides_outcomes()
    }

    /// Begins the map of starts anew where it is stale, with a first look within this
    /// frame; what is left is done between frames.
    pub(super) fn refresh_starts(&mut self) {
        if !self.shows_starts() {
            return;
        }
        let run = &self.scenario.runs[self.side.selected];
        let is_new = self.derived.refresh_starts(&self.scenario, run);
        let end = background::now() + AHEAD;
        let is_idle = if is_new {
            self.derived.advance_starts(&mut || background::now() >= end)
        } else {
            self.derived.starts.get().starts.is_idle()
        };
        if !is_idle {
            background::ask();
        }
    }

    /// The picture under the contours.
    pub(super) fn draw_starts(&mut self) {
        let is_shown = self.shows_starts();
        let element: HtmlElement = dom::element("map-starts");
        element.set_hidden(!is_shown);
        if !is_shown {
            return;
        }
        let theme = self.theme();
        self.pictures.starts_colors.refresh(theme, |theme, _| StartsColors::of(*theme));
        let generation = self.derived.starts.generation();
        let Shared { computation, began, .. } = &self.derived.starts.get().starts;
        let map = computation.map();
        let has_look = map.known() >= COARSE || background::now() - began > PATIENCE;
        let key = (generation, map.known(), theme);
        if !has_look || !self.pictures.starts_key.refresh(key, |_, _| ()) {
            return;
        }
        let census = StartsCensus::of(map);
        let image = starts_image(map, &census, self.pictures.starts_colors.get());
        #[expect(clippy::cast_possible_truncation, reason = "a few hundred")]
        self.pictures.starts.put_image(&image, STARTS as u32, [0.0; 2]);
        self.derived.starts.get_mut().census = census;
    }

    /// Puts the picture over the part of the map that shows parameter space.
    pub(super) fn place_starts(&self) {
        let element: HtmlElement = dom::element("map-starts");
        let Rect { left, top, width, height } = self.derived.viewport.plot;
        for (side, length) in [("left", left), ("top", top), ("width", width), ("height", height)] {
            dom::set_property(&element, side, &format!("{length}px"));
        }
    }

    /// The scale of steps in the ramp's place.
    pub(super) fn draw_starts_scale(&self) {
        let mut canvas = Canvas::of("ramp");
        let size = canvas.measure();
        draw_steps_scale(&mut canvas.clear(), self.pictures.starts_colors.get(), size);
    }

    /// Switch, progress, legend and words; says whether the legend has other rows.
    pub(super) fn sync_starts(&mut self) -> bool {
        let is_shown = self.shows_starts();
        let button: HtmlElement = dom::element("starts");
        button.set_hidden(!self.has_starts());
        let pressed = if self.side.shows_starts { "true" } else { "false" };
        dom::set_attribute(&button, "aria-pressed", pressed);
        let map: HtmlElement = dom::element("map");
        let state = match is_shown {
            false => "off",
            true if self.derived.starts.get().starts.computation.map().is_complete() => "complete",
            true => "working",
        };
        dom::set_attribute(&map, "data-starts", state);
        let rows: HtmlElement = dom::element("legend-starts");
        let words: HtmlElement = dom::element("starts-words");
        let scale: HtmlElement = dom::element("legend-ramp");
        rows.set_hidden(!is_shown);
        words.set_hidden(!is_shown);
        self.sync_starts_progress(is_shown);
        if !is_shown {
            dom::set_text(&words, "");
            scale.set_hidden(false);
            let is_new = self.pictures.starts_legend.refresh(None, |_, _| ());
            if is_new {
                self.measure_legend();
            }
            return is_new;
        }
        dom::set_text(&words, &self.starts_words());
        let StartsCensus { counts, known, steps, .. } = &self.derived.starts.get().census;
        let minima = self.derived.loss.get().marks.len();
        let listed = legend_counts(counts);
        let kinds = listed.iter().map(|(fortune, _)| *fortune).collect();
        let ratio = self.pictures.base.ratio().to_bits();
        let key = Some((kinds, minima, self.theme(), self.language(), ratio));
        let is_new = self.pictures.starts_legend.refresh(key, |_, _| ());
        if is_new {
            rows.set_text_content(None);
            for (fortune, _) in &listed {
                let _ = rows.append_child(&self.starts_row(*fortune));
            }
        }
        let elements = rows.children();
        for (place, (_, number)) in (0..).zip(&listed) {
            if let Some(value) = elements.item(place).and_then(|row| row.last_element_child()) {
                #[expect(clippy::cast_precision_loss, reason = "at most 65,536 starts")]
                let share = *number as f64 / (*known).max(1) as f64;
                dom::set_text(&value, &format!("{} %", percent(share)));
            }
        }
        let comes = scale.hidden() && steps.is_some();
        scale.set_hidden(steps.is_none());
        if comes {
            // It had no size while it was hidden.
            self.draw_starts_scale();
        }
        if let Some(ends) = steps {
            let [low, high] = ends.map(|step| count(step as usize));
            dom::set_text(&dom::element("ramp-low"), &low);
            dom::set_text(&dom::element("ramp-high"), &(self.text().steps_counted)(&high));
        }
        if is_new {
            self.measure_legend();
        }
        is_new
    }

    fn sync_starts_progress(&self, is_shown: bool) {
        let progress = is_shown.then(|| self.derived.starts.get()).and_then(|parts| {
            let map = parts.starts.computation.map();
            let is_long = !map.is_complete() && background::now() - parts.starts.began > NOTICED;
            is_long.then(|| map.progress())
        });
        show_progress("starts-progress", progress);
    }

    fn starts_row(&self, fortune: Fortune) -> HtmlElement {
        let is_minimum = matches!(fortune, Fortune::Minimum(_) | Fortune::AnyMinimum);
        let class = if is_minimum { "legend-row is-minimum" } else { "legend-row" };
        let row: HtmlElement = dom::create("div", class);
        let element: HtmlCanvasElement = dom::create("canvas", "legend-line");
        dom::set_attribute(&element, "aria-hidden", "true");
        let words: HtmlElement = dom::create("span", "");
        words.set_text_content(Some(&self.fortune_name(fortune)));
        let value: HtmlElement = dom::create("span", "legend-value");
        for part in [element.as_ref(), words.as_ref(), value.as_ref()] {
            let _ = row.append_child(part);
        }
        let mut canvas = Canvas::on(element);
        canvas.measure_as(SWATCH);
        let rect = Rect { left: 0.0, top: 0.0, width: SWATCH[0], height: SWATCH[1] };
        let is_numbered = self.derived.loss.get().marks.len() > 1;
        let colors = self.pictures.starts_colors.get();
        draw_fortune(&mut canvas.clear(), rect, fortune, is_numbered, colors);
        row
    }

    fn fortune_name(&self, fortune: Fortune) -> String {
        let text = self.text();
        match fortune {
            Fortune::Minimum(place) if self.derived.loss.get().marks.len() > 1 => {
                point_text(self.derived.loss.get().marks[place])
            }
            Fortune::Minimum(_) | Fortune::AnyMinimum => text.starts_settle.to_owned(),
            Fortune::OtherMinimum => text.starts_other_minimum.to_owned(),
            Fortune::Diverges => (text.outcome)(Outcome::Diverges).to_owned(),
            Fortune::Stalls => (text.outcome)(Outcome::Stalls).to_owned(),
            Fortune::GoesOn => text.starts_go_on.to_owned(),
        }
    }

    /// What happens from under the pointer, or from the present start.
    fn starts_words(&self) -> String {
        let parts = self.derived.loss.get();
        let map = self.derived.starts.get().starts.computation.map();
        let pointed = self.side.map_pointer.map(|at| self.derived.viewport.to_point(at));
        let pointed = pointed.and_then(|point| map.cell(point));
        let (is_here, ending) = if let Some([column, row]) = pointed {
            (true, map.ending(column, row))
        } else {
            let run = self.selected_cache().parts();
            let loss = parts.loss.as_ref();
            let ending = || Ending::of(run.trajectory(), loss, &parts.minima);
            (false, run.verdict.as_ref().map(|_| ending()))
        };
        let (step, minimum) = match ending {
            Some(Ending::Diverges { step } | Ending::Stalls { step }) => (step as usize, None),
            Some(Ending::Settles { step, minimum }) => (step as usize, minimum),
            Some(Ending::GoesOn) | None => (self.scenario.steps, None),
        };
        let minimum = minimum.map(|place| point_text(parts.marks[usize::from(place)]));
        let (step, minimum) = (&count(step), minimum.as_deref());
        (self.text().ending)(&StartWords { is_here, ending, step, minimum })
    }
}

/// The rows of the legend: of many minima one for all.
fn legend_counts(counts: &[(Fortune, usize)]) -> Vec<(Fortune, usize)> {
    let is_minimum = |(fortune, _): &&(Fortune, usize)| matches!(fortune, Fortune::Minimum(_));
    if counts.iter().filter(is_minimum).count() <= ROWS {
        return counts.to_vec();
    }
    let all = counts.iter().filter(is_minimum).map(|(_, number)| number).sum();
    let others = counts.iter().filter(|count| !is_minimum(count)).copied();
    [(Fortune::AnyMinimum, all)].into_iter().chain(others).collect()
}

/// A point of parameter space in a few digits.
fn point_text(point: [f64; 2]) -> String {
    let [x, y] = point.map(|v| tick(values::rounded(v, 3)));
    // Kept on one line.
    format!("({x},\u{a0}{y})")
}

/// Shows in a bar how much of something is made, or hides it.
pub(super) fn show_progress(id: &str, share: Option<f64>) {
    let bar: HtmlElement = dom::element(id);
    bar.set_hidden(share.is_none());
    if let Some(share) = share {
        let percent = libm::floor(100.0 * share).to_string();
        dom::set_attribute(&bar, "aria-valuenow", &percent);
        dom::set_property(&bar, "--share", &(percent + "%"));
    }
}
