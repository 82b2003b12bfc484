//! The data beside the map.

use web_sys::HtmlElement;

use super::super::page::Page;
use super::super::{background, canvas::Canvas, dom};
use crate::descent::data::{ColumnName, Samples};
use crate::descent::loss::Loss;
use crate::text::Text;
use crate::view::{
    DataStage, FitLine, FitScene, KeyEntry, KeyScene, Palette, SHADE, SamplesScene, draw_data_axes,
    draw_fit, draw_key, draw_samples, earlier_steps, has_classes, is_plane, shade, standing_step,
};

/// So many milliseconds of a frame go into what dear models say.
const AHEAD: f64 = 1.5;

impl Page {
    /// Whether the loss learns from samples, so that they stand beside the map.
    pub(in super::super) fn has_data(&self) -> bool {
        self.scenario.loss.rule.learns()
    }

    /// Shows map and data, or the map alone; before anything is measured.
    pub(super) fn lay_out_spaces(&mut self) {
        let key =
            [self.has_data(), self.side.data.shows_data, self.has_layers(), self.shows_layers()];
        if !self.pictures.spaces_key.refresh(key, |_, _| ()) {
            return;
        }
        let [has_data, is_shown, has_layers, shows_layers] = key;
        let spaces = dom::element("spaces");
        dom::set_attribute(&spaces, "data-view", if has_data { "both" } else { "map" });
        dom::set_attribute(&spaces, "data-shows", if is_shown { "data" } else { "map" });
        let beside = dom::element("data-space");
        dom::set_attribute(&beside, "data-beside", if shows_layers { "layers" } else { "data" });
        for id in ["beside-switch", "show-layers"] {
            dom::element::<HtmlElement>(id).set_hidden(!has_layers);
        }
        for (id, is_shown) in [
            ("show-map", !is_shown),
            ("show-data", is_shown && !shows_layers),
            ("show-layers", is_shown && shows_layers),
            ("beside-data", !shows_layers),
            ("beside-layers", shows_layers),
        ] {
            let pressed = if is_shown { "true" } else { "false" };
            dom::set_attribute(&dom::element(id), "aria-pressed", pressed);
        }
        self.is_resized = true;
    }

    /// Brings axes and batch up to date; before anything is drawn.
    pub(super) fn refresh_data(&mut self) {
        let size = self.pictures.data.size();
        let editing = &self.side.data;
        let own = self.scenario.own.as_ref().map(Samples::fingerprint);
        let is_edited = own.is_some() && own == editing.made;
        let is_held = editing.held.as_ref().is_some_and(|held| held.grip.is_some());
        let is_compact = self.is_phone;
        self.derived.refresh_data(&self.scenario, size, is_compact, [is_edited, is_held]);
        let count = self.shown_samples().map_or(0, Samples::len);
        let editing = &mut self.side.data;
        editing.chosen = editing.chosen.filter(|sample| *sample < count);
        editing.hovered = editing.hovered.filter(|sample| *sample < count);
    }

    /// θ of a run as it is drawn: between two steps while the puck slides.
    fn shown_theta(&self, run: usize, playhead: f64) -> Vec<f64> {
        let trajectory = self.derived.runs[run].trajectory();
        let step = standing_step(trajectory, playhead);
        let part = playhead - libm::floor(playhead);
        let here = trajectory.point(step);
        if part <= 0.0 || step >= trajectory.steps() {
            return here.to_vec();
        }
        let next = trajectory.point(step + 1);
        let slid = here.iter().zip(next).map(|(a, b)| a + part * (b - a));
        let slid: Vec<f64> = slid.collect();
        if slid.iter().all(|v| v.is_finite()) { slid } else { here.to_vec() }
    }

    /// The picture of the data; in words, too, where that has changed.
    pub(super) fn draw_data(&mut self) {
        let is_seen = self.has_data() && !self.shows_layers();
        if !is_seen || self.derived.data_viewport.plot.width < 2.0 {
            return;
        }
        self.draw_samples_picture();
        self.draw_fit_picture();
    }

    fn draw_samples_picture(&mut self) {
        let (theme, language) = (self.theme(), self.language());
        let viewport = self.derived.data_viewport;
        let held = self.side.data.held.as_ref();
        // While one is moved, the others need not be drawn again, unless all move.
        let are_still = !self.derived.is_standardized.contains(&true);
        let made = match held {
            Some(held) if are_still => held.before.fingerprint(),
            _ => self.derived.loss.generation(),
        };
        let left_out = held.map(|held| held.sample);
        let mut key = vec![made, left_out.map_or(0, |sample| sample as u64 + 1)];
        key.push(u64::from(held.is_some() && are_still));
        key.extend(viewport.window.map(f64::to_bits));
        key.extend(self.size_key(self.pictures.data.size()));
        if !self.pictures.data_key.refresh((key, theme, language), |_, _| ()) {
            return;
        }
        let titles = self.data_titles();
        let loss = self.derived.loss.get().loss.as_ref();
        let Some(samples) = loss.data() else { return };
        let palette = Palette::of(theme);
        let mut painter = self.pictures.data.clear();
        let titles = [titles[0].as_str(), titles[1].as_str()];
        draw_data_axes(&mut painter, &viewport, palette, titles, self.is_phone);
        let stage = DataStage { viewport, palette, samples };
        draw_samples(&mut painter, &SamplesScene { stage, trained: loss.trained(), left_out });
    }

    /// Whether the sample that is looked at stands so high that its words stand below.
    pub(super) fn has_low_words(&self) -> bool {
        let plot = self.derived.data_viewport.plot;
        let pixel = self.side.data.focused().and_then(|sample| self.sample_pixel(sample));
        pixel.is_some_and(|[_, y]| y < plot.top + 0.3 * plot.height)
    }

    /// What the axes carry.
    fn data_titles(&self) -> [String; 2] {
        [0, 1].map(|column| {
            let name = self.column_name(column);
            let is_standardized = self.is_standardized(column);
            if is_standardized { (self.text().standardized)(&name) } else { name }
        })
    }

    /// The name of a column of the samples.
    pub(super) fn column_name(&self, column: usize) -> String {
        let name = self.shown_samples().and_then(|samples| samples.columns().get(column));
        match name.map(|column| &column.name) {
            Some(ColumnName::Known(words)) => words.in_language(self.language()).to_owned(),
            Some(ColumnName::Own(name)) => name.clone(),
            None => String::new(),
        }
    }

    /// Whether what the runs say is so dear that it is worked out over frames.
    fn learns_over_frames(&self) -> bool {
        self.derived.loss.get().loss.layered().is_some()
    }

    /// Works on what runs have learned at the playhead, where that takes frames.
    fn refresh_learned(&mut self, shown: &[usize]) {
        self.derived.is_learning = false;
        if !self.learns_over_frames() {
            return;
        }
        for run in shown {
            let step = standing_step(self.derived.runs[*run].trajectory(), self.playback.playhead);
            self.derived.refresh_learned(*run, step);
        }
        let end = background::now() + AHEAD;
        let is_at_rest = !self.playback.is_playing;
        let is_time_up = &mut || background::now() >= end;
        self.derived.is_learning = !self.derived.advance_learned(shown, is_at_rest, is_time_up);
        if self.derived.is_learning {
            background::ask();
        }
    }

    /// The runs whose models are drawn, the selected one first in line for work.
    pub(in super::super) fn learning_runs(&self) -> Vec<usize> {
        if !self.has_data() || self.is_asking() {
            return Vec::new();
        }
        let mut shown = self.shown_runs();
        if let Some(at) = shown.iter().position(|run| *run == self.side.selected) {
            shown.swap(0, at);
        }
        shown
    }

    /// The step that the selected run's model is drawn of, where it is not the one at the
    /// playhead.
    pub(super) fn drawn_step(&self) -> Option<usize> {
        let (sketch, _) = self.derived.learned(self.side.selected)?;
        let trajectory = self.selected_cache().trajectory();
        (sketch.step != standing_step(trajectory, self.playback.playhead)).then_some(sketch.step)
    }

    /// What each run shown says at the playhead, and before; a run of which nothing is
    /// known yet is left out.
    fn fit_lines(&self, shown: &[usize], playhead: f64) -> Vec<(usize, FitLine<'static>)> {
        let over_frames = self.learns_over_frames();
        let line = |&run: &usize| {
            let look = self.look(run);
            if over_frames {
                let (sketch, _) = self.derived.learned(run)?;
                let (theta, earlier) = (Vec::new(), Vec::new());
                return Some((run, FitLine { look, theta, earlier, sketch: Some(sketch.clone()) }));
            }
            let trajectory = self.derived.runs[run].trajectory();
            let step = standing_step(trajectory, playhead);
            let has_past = run == self.side.selected || shown.len() == 1;
            let earlier = if has_past { earlier_steps(step) } else { Vec::new() };
            let earlier = earlier.into_iter().map(|step| trajectory.point(step).to_vec());
            let theta = self.shown_theta(run, playhead);
            Some((run, FitLine { look, theta, earlier: earlier.collect(), sketch: None }))
        };
        shown.iter().filter_map(line).collect()
    }

    fn draw_fit_picture(&mut self) {
        let playhead = self.playback.shown(self.end(), self.speed());
        let (theme, language, text) = (self.theme(), self.language(), self.text());
        let mut shown = self.learning_runs();
        self.refresh_learned(&shown);
        shown.sort_unstable();
        let viewport = self.derived.data_viewport;
        let editing = &self.side.data;
        let (focused, is_held) = (editing.focused(), editing.held.is_some());
        let mut key: Vec<u64> = shown.iter().map(|run| *run as u64).collect();
        key.extend(shown.iter().map(|run| self.derived.runs[*run].run.generation()));
        let made = |run: &usize| self.derived.learned(*run).map_or(0, |(_, made)| made);
        key.extend(shown.iter().map(made));
        let moves = if self.learns_over_frames() { self.step() as u64 } else { playhead.to_bits() };
        key.extend([self.derived.loss.generation(), moves]);
        key.extend([focused.map_or(0, |sample| sample as u64 + 1), u64::from(is_held)]);
        key.extend(viewport.window.map(f64::to_bits));
        key.push(self.side.selected as u64);
        key.extend(self.size_key(self.pictures.fit.size()));
        if !self.pictures.fit_key.refresh((key, theme, language), |_, _| ()) {
            return;
        }
        let (step, run) = (self.step(), &self.scenario.runs[self.side.selected]);
        let batch = self.derived.batch_rows(&self.scenario, run, step);
        let palette = Palette::of(theme);
        let (shown, lines): (Vec<usize>, Vec<FitLine<'static>>) =
            self.fit_lines(&shown, playhead).into_iter().unzip();
        let loss = self.derived.loss.get().loss.as_ref();
        let Some(samples) = loss.data() else { return };
        let selected = shown.iter().position(|run| *run == self.side.selected).unwrap_or(0);
        let predict = |theta: &[f64], features: &[f64]| loss.predict(theta, features);
        let is_shaded = has_classes(samples) && is_plane(samples);
        self.pictures.shade.set_hidden(!is_shaded);
        if is_shaded {
            let pixels = lines.get(selected).map(|line| match &line.sketch {
                Some(sketch) => sketch.shade(palette),
                None => shade(&viewport, palette, &line.theta, &predict),
            });
            paint_shade(&self.pictures.shade, pixels.as_deref(), viewport.plot);
        }
        let stage = DataStage { viewport, palette, samples };
        let scene = FitScene {
            stage,
            predict: &predict,
            lines: &lines,
            selected,
            batch: batch.as_deref(),
            trained: loss.trained(),
            focused,
            is_held,
        };
        let has_low_words = self.has_low_words();
        let mut painter = self.pictures.fit.clear();
        draw_fit(&mut painter, &scene);
        // The words of the sample stand where the key would.
        if has_low_words {
            return;
        }
        let entries = key_entries(text, samples, batch.is_some(), loss.trained().is_some());
        let key = KeyScene { viewport, palette, samples, entries: &entries };
        draw_key(&mut painter, &key);
    }
}

/// What the marks on the data mean, as far as there are such marks.
fn key_entries(
    text: &'static Text,
    samples: &Samples,
    has_batch: bool,
    has_held_out: bool,
) -> Vec<KeyEntry<'static>> {
    let mut entries = Vec::new();
    if has_classes(samples) {
        entries.extend([KeyEntry::Class(0, text.class_0), KeyEntry::Class(1, text.class_1)]);
    } else if is_plane(samples) {
        let (above, below) = (text.above_prediction, text.below_prediction);
        entries.extend([KeyEntry::Above(above), KeyEntry::Below(below)]);
    }
    if has_batch {
        entries.push(KeyEntry::Batch(text.in_mini_batch));
    }
    if has_held_out {
        entries.push(KeyEntry::HeldOut(text.held_out));
    }
    entries
}

/// Puts the ground under the samples, or takes it away.
fn paint_shade(canvas: &Canvas, pixels: Option<&[u8]>, plot: crate::view::Rect) {
    let blank;
    let pixels = if let Some(pixels) = pixels {
        pixels
    } else {
        blank = vec![0; 4 * (SHADE * SHADE) as usize];
        &blank
    };
    canvas.put_image(pixels, SHADE, [0.0; 2]);
    for (name, length) in [
        ("--left", plot.left),
        ("--top", plot.top),
        ("--width", plot.width),
        ("--height", plot.height),
    ] {
        dom::set_property(canvas.element(), name, &format!("{length:.1}px"));
    }
}

/// What θ makes of a sample: its number, or the chance of class 1.
pub(super) fn said_of(loss: &dyn Loss, theta: &[f64], row: &[f64]) -> f64 {
    loss.predict(theta, &row[..row.len().saturating_sub(1)])
}
