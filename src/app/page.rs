//! The page's state: a scenario, a playhead, and what is drawn from them.

use std::cell::{Cell, RefCell};

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use super::address::{self, Pending};
use super::canvas::Canvas;
use super::controls::Controls;
use super::derived::{Derived, Ghost, RunCache};
use super::layer_look::LayersPictures;
use super::memo::Memo;
use super::message::Message;
use super::own_data::OwnData;
use super::playback::Playback;
use super::prediction::Prediction;
use super::side::Side;
use super::{background, chrome, crash, dom, events, frame};
use crate::descent::Language;
use crate::scenario::{Beside, Directions, PRESETS, Refusal, Scenario, Theme, decode, encode};
use crate::text::{self, Text};
use crate::view::{Fortune, Rect, StartsColors, Viewport};

/// What the picture of the map under the run was drawn from: generation of the
/// map, viewport, device pixels, theme, whether the map of starts lies under it, the
/// language where its axes have titles, what spans its plane.
pub(super) type BaseKey = (u64, Viewport, u64, Theme, bool, Option<Language>, Directions);
/// What else was drawn from: numbers, as bits and generations; theme, language.
pub(super) type PictureKey = (Vec<u64>, Theme, Language);
/// The ruler: the same, and the rule whose theory it shows.
pub(super) type ScaleKey = (Vec<u64>, &'static str, Theme, Language);
/// The legend: runs, their names, theme, device pixels.
pub(super) type LegendKey = (Vec<usize>, Vec<String>, Theme, u64);

/// The picture of the map of starts: its generation, how much of it is known, theme.
pub(super) type StartsKey = (u64, usize, Theme);
/// Its legend: what occurs, of how many minima, theme, language, device pixels; none
/// while it is not shown.
pub(super) type StartsLegendKey = Option<(Vec<Fortune>, usize, Theme, Language, u64)>;

/// What is said of samples: the generation of their picture, which one, language.
pub(super) type SampleKey = (u64, Option<usize>, Language);

/// The pictures, each with what it was last drawn from.
pub(super) struct Pictures {
    pub(super) base: Canvas,
    pub(super) base_key: Memo<BaseKey, ()>,
    pub(super) run: Canvas,
    pub(super) run_key: Memo<PictureKey, ()>,
    pub(super) chart: Canvas,
    pub(super) chart_key: Memo<PictureKey, ()>,
    /// The part of it that its axes span.
    pub(super) chart_plot: Rect,
    pub(super) scale: Canvas,
    pub(super) scale_key: Memo<ScaleKey, ()>,
    pub(super) legend_key: Memo<LegendKey, ()>,
    pub(super) starts: Canvas,
    pub(super) starts_key: Memo<StartsKey, ()>,
    pub(super) starts_colors: Memo<Theme, StartsColors>,
    pub(super) starts_legend: Memo<StartsLegendKey, ()>,
    /// The ground under samples of two classes.
    pub(super) shade: Canvas,
    pub(super) data: Canvas,
    pub(super) data_key: Memo<PictureKey, ()>,
    pub(super) fit: Canvas,
    pub(super) fit_key: Memo<PictureKey, ()>,
    /// Whether something stands beside the map, a phone shows it, there are layers, and
    /// they are shown.
    pub(super) spaces_key: Memo<[bool; 4], ()>,
    pub(super) layers: LayersPictures,
    pub(super) words_key: Memo<SampleKey, ()>,
    pub(super) table_key: Memo<SampleKey, ()>,
}

/// Everything.
pub(super) struct Page {
    pub(super) scenario: Scenario,
    pub(super) playback: Playback,
    pub(super) prediction: Prediction,
    pub(super) own_data: OwnData,
    pub(super) derived: Derived,
    pub(super) pictures: Pictures,
    pub(super) controls: Controls,
    /// What is looked at, beside the scenario.
    pub(super) side: Side,
    /// The range of the selected run's rate slider; it only widens while one loss is kept, so
    /// that the scale stays under the thumb.
    pub(super) rates: [f64; 2],
    /// What of the last link was refused.
    pub(super) refused: Vec<Refusal>,
    /// What the reader's browser and system prefer, where the link says nothing.
    preferred: (Language, Theme),
    /// Whether sizes have to be read anew.
    pub(super) is_resized: bool,
    /// Whether the page is as narrow as a phone's.
    pub(super) is_phone: bool,
    /// The size of the pill that says how far off the map the run is, and the left and lower
    /// edges of the map's buttons, by the length of its words, their language and the size
    /// of the map.
    pub(super) pill: Memo<(usize, Language, [f64; 2]), [[f64; 2]; 2]>,
    /// The size of the legend, which the pill keeps clear of.
    pub(super) legend: [f64; 2],
    /// What the address bar is to be told.
    pub(super) pending: Pending,
}

thread_local! {
    static PAGE: RefCell<Option<Page>> = const { RefCell::new(None) };
    static QUEUE: RefCell<Vec<Message>> = const { RefCell::new(Vec::new()) };
    static IS_FRAME_ASKED: Cell<bool> = const { Cell::new(false) };
}

impl Page {
    /// Reads the address, builds the page and shows its first frame.
    pub(super) fn open() {
        let fragment = address::fragment();
        let (scenario, refused) = opening_scenario(&fragment);
        let controls = Controls::find();
        let mut page = Self {
            playback: Playback::at(0.0, None),
            prediction: Prediction::none(),
            own_data: OwnData::new(),
            derived: Derived::empty(),
            pictures: Pictures::find(),
            controls,
            side: Side::new(),
            rates: scenario.rates(&scenario.runs[0]),
            scenario,
            refused: Vec::new(),
            preferred: preferred(),
            is_resized: true,
            is_phone: false,
            pill: Memo::empty(),
            legend: [0.0; 2],
            pending: Pending::nothing(),
        };
        page.take_up_page_state();
        chrome::dress(&page);
        events::listen();
        page.take_refused(&fragment, refused);
        PAGE.set(Some(page));
        // Drawn at once rather than in a frame: nothing is shown before.
        run_frame(None);
        let root = dom::document().document_element();
        dom::set_attribute(&root.expect("a document has a root"), "data-ready", "");
        ask_for_frame();
    }

    /// Takes another scenario, from the address bar or a preset.
    pub(super) fn take_scenario(&mut self, scenario: Scenario) {
        let (language, theme) = (self.language(), self.theme());
        if scenario.page.chart != self.scenario.page.chart {
            // It is to be seen.
            (self.side.shows_sweep, self.side.shows_results) = (false, false);
            self.is_resized = true;
        }
        self.scenario = scenario;
        self.side.selected = 0;
        self.side.is_tied = false;
        self.side.is_pinned = false;
        self.side.data.forget();
        self.forget_places();
        self.prediction.forget();
        self.derived.forget_runs();
        self.reset_rates();
        self.take_up_page_state();
        if language != self.language() || theme != self.theme() {
            chrome::dress(self);
        }
    }

    /// Forgets what belongs to the scale of rates and the fields of another scenario: the
    /// places that the pointer was on, and text that was typed and not entered.
    pub(super) fn forget_places(&mut self) {
        self.side.pointed_place = None;
        self.side.swept_place = None;
        self.derived.is_held = false;
        self.controls.forget_typed();
    }

    fn take_up_page_state(&mut self) {
        // A phone shows at once what a link is about.
        self.side.data.shows_data |= self.scenario.page.beside == Beside::Layers;
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let step = self.scenario.page.step as f64;
        self.playback = Playback::at(step, self.playback.chosen);
        if self.scenario.page.play {
            self.playback.toggle(f64::INFINITY);
        }
    }

    /// The language in force.
    pub(super) fn language(&self) -> Language {
        self.scenario.page.language.unwrap_or(self.preferred.0)
    }

    /// The words in force.
    pub(super) fn text(&self) -> &'static Text {
        text::of(self.language())
    }

    /// The theme in force.
    pub(super) fn theme(&self) -> Theme {
        self.scenario.page.theme.unwrap_or(self.preferred.1)
    }

    /// Takes note of changed surroundings: sizes, pixel ratio, preferences.
    pub(super) fn look_around(&mut self) {
        self.is_resized = true;
        let preferred = preferred();
        if preferred != self.preferred {
            self.preferred = preferred;
            chrome::dress(self);
        }
    }

    /// The runs that are not hidden, by their places.
    pub(super) fn shown_runs(&self) -> Vec<usize> {
        let runs = self.scenario.runs.iter().enumerate();
        runs.filter(|(_, run)| !run.is_hidden).map(|(index, _)| index).collect()
    }

    /// What follows for the selected run.
    pub(super) fn selected_cache(&self) -> &RunCache {
        &self.derived.runs[self.side.selected]
    }

    /// The selected run under the rate before, where it is to be seen: neither
    /// with the run hidden, nor where the rate was dragged back to it, nor beside
    /// an open question.
    pub(super) fn shown_ghost(&self) -> Option<&Ghost> {
        let run = &self.scenario.runs[self.side.selected];
        let ghost = self.derived.ghost.as_ref()?;
        let is_another = ghost.rate != run.learning_rate;
        (is_another && !run.is_hidden && !self.hides_outcomes()).then_some(ghost)
    }

    /// T, the number of steps that the longest of the runs shown took.
    pub(super) fn steps(&self) -> usize {
        if self.derived.runs.len() != self.scenario.runs.len() {
            return self.scenario.steps;
        }
        let shown = self.shown_runs();
        let steps = |index: &usize| self.derived.runs[*index].trajectory().steps();
        shown.iter().map(steps).max().unwrap_or_else(|| steps(&self.side.selected))
    }

    /// The number of steps that may be known: that a run ends early is part of its
    /// outcome, and not known while it is being made.
    pub(super) fn told_steps(&self) -> usize {
        if self.hides_outcomes() || self.are_making() { self.scenario.steps } else { self.steps() }
    }

    /// How fast the runs are played.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn speed(&self) -> f64 {
        self.playback.speed(self.told_steps() as f64)
    }

    /// The number of steps that may be known, as a number to reckon with.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn told_end(&self) -> f64 {
        self.told_steps() as f64
    }

    /// T, as a number to reckon with.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn end(&self) -> f64 {
        self.steps() as f64
    }

    /// The step at the playhead.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to T")]
    pub(super) fn step(&self) -> usize {
        (self.playback.playhead.max(0.0) as usize).min(self.steps())
    }

    /// The fragment that shows this page.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to T")]
    pub(super) fn fragment(&self) -> String {
        let mut scenario = self.scenario.clone();
        // Of a run that is being made there may be more steps by and by.
        let told = self.playback.playhead.clamp(0.0, self.told_end());
        scenario.page.step = told as usize;
        scenario.page.play = false;
        encode(&scenario)
    }
}

impl Pictures {
    fn find() -> Self {
        Self {
            base: Canvas::of("map-base"),
            base_key: Memo::empty(),
            run: Canvas::of("map-overlay"),
            run_key: Memo::empty(),
            chart: Canvas::of("chart"),
            chart_key: Memo::empty(),
            chart_plot: Rect::default(),
            scale: Canvas::of("rate-scale"),
            scale_key: Memo::empty(),
            legend_key: Memo::empty(),
            starts: Canvas::of("map-starts"),
            starts_key: Memo::empty(),
            starts_colors: Memo::empty(),
            starts_legend: Memo::empty(),
            shade: Canvas::of("data-shade"),
            data: Canvas::of("data-base"),
            data_key: Memo::empty(),
            fit: Canvas::of("data-overlay"),
            fit_key: Memo::empty(),
            spaces_key: Memo::empty(),
            layers: LayersPictures::find(),
            words_key: Memo::empty(),
            table_key: Memo::empty(),
        }
    }
}

/// The language of the reader's browser and the theme of their system.
fn preferred() -> (Language, Theme) {
    let language = dom::window().navigator().language().unwrap_or_default();
    let is_dark = dom::media("(prefers-color-scheme: dark)");
    (
        if language.starts_with("zh") { Language::Chinese } else { Language::English },
        if is_dark { Theme::Dark } else { Theme::Light },
    )
}

/// The scenario of a link; without one, the first preset, playing.
fn opening_scenario(fragment: &str) -> (Scenario, Vec<Refusal>) {
    if fragment.trim_start_matches('#').is_empty() {
        let mut scenario = PRESETS[0].scenario();
        scenario.page.play = !dom::media("(prefers-reduced-motion: reduce)");
        return (scenario, Vec::new());
    }
    decode(fragment)
}

/// Reads the page between frames.
pub(super) fn with<T>(read: impl FnOnce(&Page) -> T) -> Option<T> {
    PAGE.with_borrow(|page| page.as_ref().map(read))
}

/// Changes the page between frames.
pub(super) fn change(change: impl FnOnce(&mut Page)) {
    PAGE.with_borrow_mut(|page| page.as_mut().map(change));
}

/// Whether something has happened that the next frame will see to.
pub(super) fn has_messages() -> bool {
    QUEUE.with_borrow(|queue| !queue.is_empty())
}

/// Leaves a message for the next frame.
pub(super) fn send(message: Message) {
    if crash::has_crashed() {
        return;
    }
    QUEUE.with_borrow_mut(|queue| queue.push(message));
    ask_for_frame();
}

/// Applies what has come and writes the address, without a frame: there will be none while
/// the page is hidden.
pub(super) fn settle() {
    let messages = QUEUE.take();
    change(|page| {
        for message in messages {
            page.update(message);
        }
        page.write_address(true);
    });
}

/// Asks the browser for a frame.
pub(super) fn ask_for_frame() {
    if IS_FRAME_ASKED.replace(true) {
        return;
    }
    thread_local! {
        static FRAME: Closure<dyn FnMut(f64)> = Closure::new(|now: f64| {
            IS_FRAME_ASKED.set(false);
            if !crash::has_crashed() {
                run_frame(Some(now));
            }
        });
    }
    FRAME.with(|frame| {
        let _ = dom::window().request_animation_frame(frame.as_ref().unchecked_ref());
    });
}

fn run_frame(now: Option<f64>) {
    background::begin_frame();
    let messages = QUEUE.take();
    let goes_on = PAGE.with_borrow_mut(|page| {
        page.as_mut().is_some_and(|page| {
            if !messages.is_empty() {
                for message in messages {
                    page.update(message);
                }
                crash::remember(page.fragment());
            }
            page.frame(now)
        })
    });
    background::end_frame();
    frame::sync_document();
    if goes_on {
        ask_for_frame();
    }
}
