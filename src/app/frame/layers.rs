//! The layers beside the map: picture and words.

use web_sys::{Element, HtmlDialogElement, HtmlElement};

use super::super::dom;
use super::super::page::Page;
use super::samples::fill_row;
use super::words::write_marked;
use crate::descent::network::Idle;
use crate::descent::{
    Circumstances, Diagnosis, LayerFigures, Layered, Remedy, Setup, update_ratio,
};
use crate::scenario::Beside;
use crate::text::{Finding, LayerWords, count, figure, percent};
use crate::view::{
    LayerPanels, LayersScene, LayersSpan, Palette, RunLook, draw_layers, draw_pulse,
};

/// So many steps of a run, evenly spread, say what its axes span.
const SPANNED: usize = 200;

/// The layers of a run at the playhead.
#[derive(Clone, Copy)]
struct Shown<'a> {
    run: usize,
    /// The step that the figures belong to.
    step: usize,
    figures: &'a [LayerFigures],
    /// Whether a step leaves from there.
    has_step: bool,
}

impl Page {
    /// Whether the loss has layers to show.
    pub(in super::super) fn has_layers(&self) -> bool {
        self.derived.loss.peek().is_some_and(|parts| parts.loss.layered().is_some())
    }

    /// Whether they stand beside the map.
    pub(in super::super) fn shows_layers(&self) -> bool {
        self.has_layers() && self.scenario.page.beside == Beside::Layers
    }

    fn layered(&self) -> Option<&dyn Layered> {
        self.derived.loss.peek()?.loss.layered()
    }

    /// What idle units are called with this activation.
    fn idle_word(&self) -> Option<&'static str> {
        let words = self.text().layers;
        match self.layered()?.making().activation.idle {
            Idle::Never => None,
            Idle::Below(_) => Some(words.saturated),
            Idle::Dead => Some(words.dead),
        }
    }

    /// The run whose layers are shown in full: the selected one, unless it is hidden.
    fn run_of_layers(&self) -> Option<usize> {
        let shown = self.shown_runs();
        let selected = shown.iter().find(|run| **run == self.side.selected);
        // What becomes of a run is to be seen in its layers.
        selected.or(shown.first()).copied().filter(|_| !self.hides_outcomes())
    }

    fn layers_of(&self, run: usize) -> Option<Shown<'_>> {
        let trajectory = self.derived.runs.get(run)?.trajectory();
        let (step, figures) = trajectory.layers(self.step().min(trajectory.steps()))?;
        // Of a run that is still being made the last step is known before its end is.
        let is_left = figures.iter().any(|layer| !layer.update.is_nan());
        let has_step = step < trajectory.steps() || is_left;
        Some(Shown { run, step, figures, has_step })
    }

    fn shown_layers(&self) -> Option<Shown<'_>> {
        self.run_of_layers().and_then(|run| self.layers_of(run))
    }

    /// What the axes span over all of the runs shown, up to where one explodes: that would
    /// hide all else until it is come to.
    fn span_of_layers(&self, shown: &[usize], whole: usize) -> LayersSpan {
        let figures = |&run: &usize| {
            let trajectory = self.derived.runs[run].trajectory();
            let steps = trajectory.tame_points().saturating_sub(1);
            let count = steps.min(SPANNED);
            let places = (0..=count).map(move |place| steps * place / count.max(1));
            places.chain([self.step().min(trajectory.steps())]).filter_map(move |step| {
                trajectory.layers(step).map(|(_, figures)| (figures, run == whole))
            })
        };
        LayersSpan::of(shown.iter().flat_map(figures))
    }

    /// How much of its way back the gradient has gone while a step slides to the next.
    fn pulse(&self, has_step: bool) -> Option<f64> {
        let playhead = self.playback.shown(self.end(), self.speed());
        let part = playhead - libm::floor(playhead);
        (part > 0.0 && has_step).then_some(part)
    }

    /// The picture, and the pulse over it.
    pub(super) fn draw_layers(&mut self) {
        if !self.shows_layers() {
            return;
        }
        let key = (self.seen_of_layers(), self.theme(), self.language());
        if self.pictures.layers.key.refresh(key, |_, _| ()) {
            self.pictures.layers.base.clear();
            self.side.layer.panels = self.paint_layers().unwrap_or_default();
        }
        let pulse = self.shown_layers().and_then(|main| self.pulse(main.has_step));
        let generation = self.pictures.layers.key.generation();
        if self.pictures.layers.pulse_key.refresh((generation, pulse), |_, _| ()) {
            self.pictures.layers.pulse.clear();
            if let (Some(part), Some(main)) = (pulse, self.shown_layers()) {
                let (look, panels) = (self.look(main.run), &self.side.layer.panels);
                let mut painter = self.pictures.layers.pulse.painter();
                draw_pulse(&mut painter, look, main.figures, panels, part);
            }
        }
    }

    /// What the picture depends on.
    fn seen_of_layers(&self) -> Vec<u64> {
        let main = self.shown_layers();
        let mut key: Vec<u64> = Vec::new();
        for run in self.shown_runs() {
            let cache = &self.derived.runs[run];
            let step = self.layers_of(run).map_or(0, |shown| shown.step);
            let steps = cache.trajectory().steps();
            key.extend([run as u64, cache.run.generation(), step as u64, steps as u64]);
        }
        key.extend([main.map_or(0, |main| main.run as u64 + 1), self.derived.loss.generation()]);
        key.push(self.side.layer.focused().map_or(0, |layer| layer as u64 + 1));
        key.push(u64::from(self.is_phone));
        key.extend(self.size_key(self.pictures.layers.base.size()));
        key
    }

    fn paint_layers(&self) -> Option<LayerPanels> {
        let main = self.shown_layers()?;
        let shown_runs = self.shown_runs();
        let others = shown_runs.iter().filter(|run| main.run != **run);
        let others: Vec<(&RunLook, &[LayerFigures])> = others
            .filter_map(|run| Some((self.look(*run), self.layers_of(*run)?.figures)))
            .collect();
        let focused = self.side.layer.focused();
        let limits = self.limits_of_layers(main.run);
        let scene = LayersScene {
            size: self.pictures.layers.base.size(),
            palette: Palette::of(self.theme()),
            look: self.look(main.run),
            figures: main.figures,
            limits: &limits,
            has_step: main.has_step,
            others: &others,
            span: self.span_of_layers(&shown_runs, main.run).with_limits(&limits),
            focused: focused.filter(|layer| *layer < main.figures.len()),
            words: self.text().layers,
            idle: self.idle_word(),
            is_compact: self.is_phone,
        };
        draw_layers(&mut self.pictures.layers.base.painter(), &scene)
    }

    /// The largest norm that a run's constraint allows the weights of each layer.
    fn limits_of_layers(&self, run: usize) -> Vec<f64> {
        let loss = self.derived.loss.get().loss.as_ref();
        let longest = self.scenario.runs.get(run).and_then(|run| {
            run.with_feasible_set(loss, self.scenario.precision, |set| {
                set.longest(loss.dimension()).collect()
            })
        });
        longest.unwrap_or_default()
    }

    /// Brings the words of the layers in step.
    pub(super) fn sync_layers(&mut self) {
        if !self.shows_layers() {
            return;
        }
        let key = (self.pictures.layers.key.generation(), None, self.language());
        if self.pictures.layers.words_key.refresh(key, |_, _| ()) {
            self.say_diagnosis();
            self.say_layer();
        }
        if std::mem::take(&mut self.side.layer.is_spoken) {
            let words = dom::element::<Element>("layer-words").text_content();
            dom::set_text(&dom::element("layers-said"), &words.unwrap_or_default());
        }
        self.fill_layers_table();
    }

    /// What is the matter with the network at the playhead.
    fn diagnosis(&self) -> Option<Diagnosis> {
        let shown = self.shown_layers()?;
        let making = self.layered()?.making();
        let trajectory = self.derived.runs.get(shown.run)?.trajectory();
        let losses = trajectory.losses();
        let known = Circumstances {
            idle: making.activation.idle,
            // Noise tells units apart that began alike.
            are_alike: making.sigma * making.gain == 0.0 && self.scenario.noise == 0.0,
            rises: losses.get(shown.step + 1).is_some_and(|next| *next > losses[shown.step]),
            gradient_left: trajectory.gradient_norm(shown.step) / trajectory.gradient_norm(0),
        };
        Some(Diagnosis::of(shown.figures, &known))
    }

    fn say_diagnosis(&self) {
        let element: Element = dom::element("layers-sentence");
        let words = self.text().layers;
        let (Some(diagnosis), Some(shown)) = (self.diagnosis(), self.shown_layers()) else {
            dom::set_attribute(&element, "data-kind", "");
            let words = if self.hides_outcomes() { self.text().chart_later } else { "" };
            write_marked(&element, &["", words]);
            return;
        };
        let [lead, mut rest] = (words.diagnosis)(&Finding::of(diagnosis, shown.figures.len()));
        if let Some(setup) = self.setup(shown.run) {
            let mut remedies = Remedy::against(&diagnosis, &setup);
            if self.derived.runs[shown.run].trajectory().steps() == 0 {
                // What cannot leave its start is not helped by another step.
                remedies.truncate(1);
            }
            rest.push_str(&(words.remedies)(&remedies));
        }
        // Heard when something else is the matter, not with every number on the way.
        let kind = kind_of(&diagnosis);
        let is_new = element.get_attribute("data-kind").as_deref() != Some(kind);
        let is_heard = is_new && !self.playback.is_playing;
        dom::set_attribute(&element, "aria-live", if is_heard { "polite" } else { "off" });
        dom::set_attribute(&element, "data-kind", kind);
        let parts: Vec<&str> = [lead.as_str()].into_iter().chain(rest.split('*')).collect();
        write_marked(&element, &parts);
    }

    fn setup(&self, run: usize) -> Option<Setup> {
        let (_, first) = self.derived.runs.get(run)?.trajectory().layers(0)?;
        let layered = self.layered()?;
        let is_clipped = self.scenario.runs.get(run)?.clip.is_some();
        Some(Setup::of(layered.making(), layered.layers(), first, is_clipped))
    }

    /// The figures of the layer that is looked at, beside it.
    fn say_layer(&self) {
        let element: HtmlElement = dom::element("layer-words");
        let panels = self.side.layer.panels;
        let said = self.side.layer.focused().and_then(|layer| {
            let shown = self.shown_layers()?;
            let words = LayerWords::of(layer, shown.figures.get(layer)?, shown.has_step);
            let is_left = 2 * layer >= panels.layers;
            let _ = element.toggle_attribute_with_force("data-left", is_left);
            Some((self.text().layers.figures)(&words, self.idle_word()))
        });
        element.set_hidden(said.is_none());
        dom::set_text(&element, &said.unwrap_or_default());
    }

    /// Fills the table while it is open and nothing plays.
    fn fill_layers_table(&mut self) {
        let dialog: HtmlDialogElement = dom::element("table-dialog");
        if !dialog.open() || self.playback.is_playing {
            return;
        }
        let key = (self.pictures.layers.key.generation(), Some(usize::MAX), self.language());
        if !self.pictures.table_key.refresh(key, |_, _| ()) {
            return;
        }
        let (text, words) = (self.text(), self.text().layers);
        let idle = self.idle_word();
        dom::set_text(&dom::element("table-title"), text.layers_table);
        let mut names = [words.layer, words.gradient, words.weights, words.update].to_vec();
        names.extend([words.ratio, words.spread]);
        names.extend(idle);
        let names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        let head: HtmlElement = dom::element("table-head");
        head.set_text_content(None);
        fill_row(&head, "th", &names);
        let body: HtmlElement = dom::element("table-body");
        body.set_text_content(None);
        let shown = self.shown_layers();
        let number = |value: f64| {
            if value.is_finite() { figure(value, 3) } else { words.overflow.to_owned() }
        };
        for (place, layer) in shown.map_or(&[][..], |shown| shown.figures).iter().enumerate() {
            let mut cells = vec![count(place + 1), number(layer.gradient), number(layer.weights)];
            let has_step = shown.is_some_and(|shown| shown.has_step);
            let none = || "–".to_owned();
            cells.push(if has_step { number(layer.update) } else { none() });
            let ratio = update_ratio(layer).filter(|_| has_step);
            cells.push(ratio.map_or_else(none, |ratio| percent(ratio) + " %"));
            cells.push(number(layer.spread));
            cells.extend(idle.map(|_| percent(layer.idle) + " %"));
            let row: HtmlElement = dom::create("tr", "");
            fill_row(&row, "td", &cells);
            let _ = body.append_child(&row);
        }
        let step = shown.map(|shown| (words.of_step)(&count(shown.step)));
        dom::set_text(&dom::element("table-note"), &step.unwrap_or_default());
    }
}

/// A key for the looks of what is the matter.
fn kind_of(diagnosis: &Diagnosis) -> &'static str {
    match diagnosis {
        Diagnosis::NotFinite { .. } => "overflow",
        Diagnosis::Alike => "alike",
        Diagnosis::Dead { .. } => "dead",
        Diagnosis::Vanishing { .. } => "vanishing",
        Diagnosis::Exploding { .. } => "exploding",
        Diagnosis::Fading { .. } => "fading",
        Diagnosis::Growing { .. } => "growing",
        Diagnosis::Saturated { .. } => "saturated",
        Diagnosis::TooLong { .. } => "long",
        Diagnosis::TooShort { .. } => "short",
        Diagnosis::Healthy { .. } => "healthy",
    }
}
