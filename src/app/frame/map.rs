//! The map, the runs on it and what lies over it.

use web_sys::{Element, HtmlElement};

use super::super::canvas::Canvas;
use super::super::derived::Derived;
use super::super::page::Page;
use super::super::{dom, values};
use super::rate::NOTICED;
use super::starts::show_progress;
use crate::scenario::Directions;
use crate::text::{figure, subscripted, tick};
use crate::view::{
    AxisNames, Ground, Labelling, LegendLine, Palette, Ramp, Rect, RunOnMap, RunsScene, Track,
    Viewport, draw_axes, draw_basins, draw_curve, draw_ground, draw_legend_line, draw_minima,
    draw_ramp, draw_runs, has_classes, is_plane, off_map, standing_step,
};

/// The size of a line in the legend.
pub(super) const SWATCH: [f64; 2] = [34.0, 14.0];

impl Page {
    pub(super) fn is_curve(&self) -> bool {
        self.scenario.start.len() == 1
    }

    /// Whether where the runs start is made, as a network's weights are, and not placed.
    pub(in super::super) fn has_made_start(&self) -> bool {
        let parts = self.derived.loss.peek();
        !self.scenario.may_choose_start() || parts.is_some_and(|of| of.loss.layered().is_some())
    }

    /// The map without the run.
    pub(super) fn draw_base(&mut self) {
        let (theme, viewport) = (self.theme(), self.derived.viewport);
        let ratio = self.pictures.base.ratio();
        let shows_starts = self.shows_starts();
        let titles = self.has_data().then_some(self.language());
        let plane = self.scenario.page.plane;
        let made = self.derived.map.generation();
        let key = (made, viewport, ratio.to_bits(), theme, shows_starts, titles, plane);
        if !self.pictures.base_key.refresh(key, |_, _| ()) || viewport.plot.width < 2.0 {
            return;
        }
        let (palette, ramp) = (Palette::of(theme), Ramp::of(theme));
        let is_curve = self.is_curve();
        self.draw_legend(&ramp, palette);
        if shows_starts {
            self.place_starts();
            self.draw_starts_scale();
        }
        let symbols = self.plane_symbols();
        let names = self.axis_names(&symbols);
        let is_compact = self.is_compact();
        let parts = self.derived.loss.get();
        let canvas = &mut self.pictures.base;
        let size = canvas.size();
        let mut painter = canvas.clear();
        let Some(map) = self.derived.map.get() else {
            let loss = parts.loss.as_ref();
            if is_curve {
                draw_curve(&mut painter, &viewport, palette, palette.ground, loss);
            } else {
                draw_ground(&mut painter, &viewport, palette);
            }
            draw_minima(&mut painter, &viewport, self.derived.marks());
            draw_axes(&mut painter, &viewport, palette, names);
            return;
        };
        let ground = if shows_starts {
            Ground::Other(palette)
        } else {
            let (pixels, width) = map.image(&ramp);
            canvas.put_image(&pixels, width, [viewport.plot.left, viewport.plot.top]);
            Ground::Heat(&ramp)
        };
        let mut painter = canvas.painter();
        let keep_clear = covers(size, &viewport, self.derived.marks());
        let anchor = self.derived.marks().first().copied();
        let labelling = Labelling { anchor, keep_clear: &keep_clear };
        let labelling = (!is_compact).then_some(&labelling);
        map.draw_contours(&mut painter, &viewport, &ground, labelling);
        if shows_starts && self.derived.marks().len() > 1 {
            let colors = self.pictures.starts_colors.get();
            draw_basins(&mut painter, &viewport, self.derived.marks(), colors);
        } else {
            draw_minima(&mut painter, &viewport, self.derived.marks());
        }
        draw_axes(&mut painter, &viewport, palette, names);
    }

    /// How much of a map is made that is made over frames.
    pub(super) fn sync_map(&self) {
        let progress = self.derived.map_progress();
        let state = match (&progress, self.derived.map.peek().is_some_and(Option::is_some)) {
            (Some(_), false) => "empty",
            (Some(_), true) => "coarse",
            (None, _) => "complete",
        };
        dom::set_attribute(&dom::element::<HtmlElement>("map"), "data-map", state);
        let is_long = |(_, elapsed): &(f64, f64)| *elapsed > NOTICED;
        show_progress("map-progress", progress.filter(is_long).map(|(share, _)| share));
    }

    /// What stands at the axes: of data, what the parameters mean.
    fn axis_names<'a>(&self, [right, up]: &'a [String; 2]) -> AxisNames<'a> {
        let text = self.text();
        if self.is_compact() {
            return AxisNames::None;
        }
        if self.derived.plane().is_some() {
            let words = match self.scenario.page.plane {
                Directions::Parameters(parameters) => {
                    parameters.map(|index| self.parameter_word(index))
                }
                Directions::Principal => [text.principal_direction; 2],
                Directions::Ends => [text.to_the_end, text.aside_of_it],
                Directions::Random(_) => [text.random_direction; 2],
            };
            return AxisNames::Titles([[words[0], right], [words[1], up]]);
        }
        let [first, second] = [0, 1].map(|index| self.parameter_word(index));
        let begins_with_intercept = self.derived.loss.get().loss.begins_with_intercept();
        match (self.shown_samples(), self.is_curve()) {
            (None, true) => AxisNames::Symbols(["x", "J"]),
            (None, false) => AxisNames::Symbols(["x", "y"]),
            (Some(_), true) => AxisNames::Titles([[first, "w"], [text.loss_value, "J"]]),
            (Some(samples), false) if is_plane(samples) => {
                AxisNames::Titles([[first, "w₁"], [second, "w₂"]])
            }
            (Some(_), false) if begins_with_intercept => {
                AxisNames::Titles([[text.intercept, "w₀"], [text.slope, "w₁"]])
            }
            (Some(_), false) => AxisNames::Titles([[first, "w"], [second, "b"]]),
        }
    }

    /// What a parameter means: the slope of a line, a weight, the intercept.
    fn parameter_word(&self, index: usize) -> &'static str {
        let text = self.text();
        let symbols = self.scenario.parameter_symbols(self.derived.loss.get().loss.as_ref());
        let is_line =
            symbols.first() == Some(&"w") && !self.shown_samples().is_some_and(has_classes);
        match symbols.get(index) {
            Some(&"b") => text.intercept,
            Some(_) if is_line => text.slope,
            _ => text.weight,
        }
    }

    /// What a parameter is called.
    pub(in super::super) fn parameter_symbol(&self, index: usize) -> String {
        let symbols = self.scenario.parameter_symbols(self.derived.loss.get().loss.as_ref());
        symbols.get(index).map_or_else(|| subscripted("w", index), |symbol| (*symbol).to_owned())
    }

    /// The symbols of what spans the plane; of no use where there is none.
    fn plane_symbols(&self) -> [String; 2] {
        match self.scenario.page.plane {
            Directions::Parameters(parameters) => {
                parameters.map(|index| self.parameter_symbol(index))
            }
            Directions::Principal => [1, 2].map(|index| subscripted("PC", index)),
            Directions::Ends => [const { String::new() }; 2],
            Directions::Random(_) => ["1", "2"].map(str::to_owned),
        }
    }

    fn draw_legend(&self, ramp: &Ramp, palette: &Palette) {
        let mut canvas = Canvas::of("legend-ghost");
        canvas.measure_as(SWATCH);
        draw_legend_line(&mut canvas.clear(), LegendLine::Ghost, palette);
        let mut canvas = Canvas::of("ramp");
        let size = canvas.measure();
        draw_ramp(&mut canvas.clear(), ramp, size);
        let map: HtmlElement = dom::element("map");
        dom::set_attribute(&map, "data-curve", if self.is_curve() { "true" } else { "false" });
        if let Some(Some(map)) = self.derived.map.peek() {
            let [low, high] = map.ramp_ends().map(|end| tick(values::rounded(end, 1)));
            dom::set_text(&dom::element("ramp-low"), &low);
            dom::set_text(&dom::element("ramp-high"), &high);
        }
    }

    /// Whether the current point shows its arrows.
    fn shows_vectors(&self) -> bool {
        let is_shown = !self.selected_run().is_hidden && !self.playback.is_playing;
        !self.is_asking() && is_shown && (self.side.is_inspecting || self.side.is_pinned)
    }

    /// The sample whose own gradient is shown: the one that is looked at, where the
    /// run learns from it.
    fn shown_sample(&self) -> Option<usize> {
        let is_shown = !self.selected_run().is_hidden && !self.playback.is_playing;
        let sample = self.side.data.focused().filter(|_| !self.is_asking() && is_shown)?;
        let loss = self.derived.loss.get().loss.as_ref();
        match loss.trained() {
            Some(rows) => rows.binary_search(&sample).is_ok().then_some(sample),
            None => (sample < loss.data()?.len()).then_some(sample),
        }
    }

    /// The runs over the map; says whether they are drawn anew.
    pub(super) fn draw_runs_picture(&mut self) -> bool {
        let playhead = self.playback.shown(self.end(), self.speed());
        let (theme, language, text) = (self.theme(), self.language(), self.text());
        let shows_vectors = self.shows_vectors();
        let hides_future = self.hides_outcomes();
        let shown = if self.is_asking() { Vec::new() } else { self.shown_runs() };
        let generations = |run: &usize| {
            let cache = &self.derived.runs[*run];
            [
                *run as u64,
                cache.run.generation(),
                cache.path.generation(),
                cache.average.generation(),
            ]
        };
        let mut key: Vec<u64> = shown.iter().flat_map(generations).collect();
        key.extend([self.side.selected as u64, u64::from(shows_vectors), u64::from(hides_future)]);
        let sample = self.shown_sample();
        key.push(sample.map_or(0, |sample| sample as u64 + 1));
        key.extend([self.derived.ghost_path.generation(), playhead.to_bits()]);
        let (size, viewport) = (self.pictures.run.size(), self.derived.viewport);
        key.extend(self.size_key(size));
        if !self.pictures.run_key.refresh((key, theme, language), |_, _| ()) {
            return false;
        }
        let step = self.step();
        if let Some(sample) = sample {
            self.derived.refresh_sample_vectors(&self.scenario, self.side.selected, step, sample);
        } else if shows_vectors {
            self.derived.refresh_vectors(&self.scenario, self.side.selected, step);
        }
        let shows_vectors = shows_vectors || sample.is_some();
        let palette = Palette::of(theme);
        let derived = &self.derived;
        let on_map = |run: &usize| on_map(derived, *run, palette, hides_future);
        let runs: Vec<RunOnMap<'_>> = shown.iter().map(on_map).collect();
        let selected = shown.iter().position(|run| *run == self.side.selected);
        let ghost = self.shown_ghost().and(self.derived.ghost_path.get().as_ref());
        let is_compact = self.is_compact();
        let scene = RunsScene {
            viewport,
            palette,
            plane: self.derived.plane(),
            runs: &runs,
            selected: selected.unwrap_or(0),
            ghost,
            start: self.derived.track(self.side.selected).at(0),
            playhead,
            start_label: if is_compact { "" } else { text.start },
            has_handle: !self.has_made_start(),
            ball_label: if is_compact { "" } else { text.noise_ball },
            keep_clear: &covers(size, &viewport, self.derived.marks()),
            vectors: if shows_vectors { self.derived.vectors.get().as_ref() } else { None },
        };
        draw_runs(&mut self.pictures.run.clear(), &scene);
        true
    }

    /// A run as it lies on the map.
    fn track(&self, run: usize) -> Track<'_> {
        self.derived.track(run)
    }

    /// Where the selected run's current point is drawn.
    pub(in super::super) fn puck_pixel(&self) -> Option<[f64; 2]> {
        if self.selected_run().is_hidden || self.playback.is_playing || self.is_asking() {
            return None;
        }
        let trajectory = self.selected_cache().trajectory();
        let step = standing_step(trajectory, self.playback.playhead);
        let [x, y] = self.derived.viewport.to_pixel(self.track(self.side.selected).at(step));
        self.derived.viewport.plot.contains([x, y]).then_some([x, y])
    }

    /// Puts the button of the current point, which has no looks of its own, where
    /// the point is drawn; not while it moves.
    pub(super) fn place_puck(&self) {
        let puck: HtmlElement = dom::element("puck");
        let pixel = self.puck_pixel();
        puck.set_hidden(pixel.is_none());
        let Some([x, y]) = pixel else { return };
        dom::set_property(&puck, "--x", &format!("{x:.0}px"));
        dom::set_property(&puck, "--y", &format!("{y:.0}px"));
    }

    /// Puts the pill beside the arrow of a run that has left the map.
    pub(super) fn place_off_map(&mut self) {
        let playhead = self.playback.shown(self.end(), self.speed());
        let pill: HtmlElement = dom::element("off-map");
        let viewport = &self.derived.viewport.clone();
        let is_shown = !self.selected_run().is_hidden && !self.is_asking();
        let track = self.track(self.side.selected);
        let off = is_shown.then(|| off_map(viewport, &track, playhead)).flatten();
        pill.set_hidden(off.is_none());
        let Some(off) = off else { return };
        let words = (self.text().off_map)(&figure(off.distance, 2), off.side);
        dom::set_text(&dom::element::<Element>("off-map-text"), &words);
        let plot = viewport.plot;
        let [[width, height], [buttons_left, buttons_bottom]] =
            self.pill_and_buttons(&pill, &words);
        let [x, y] = off.at;
        // On the side of the arrow that has room, clear of the map's buttons.
        let is_below_buttons = y > buttons_bottom + 0.5 * height;
        let right_end = if is_below_buttons { plot.right() - 8.0 } else { buttons_left - 12.0 };
        let (after, before) = (x + 22.0, x - 22.0 - width);
        let has_room = after + width < right_end || before > plot.left + 4.0;
        let left = if after + width < right_end { after } else { before };
        // On a map that is smaller than the pill its upper left corner is what stays in view.
        let left = left.min(right_end - width).max(plot.left + 4.0);
        // Without room on either side, further in than the arrow.
        let inwards = if has_room { 0.0 } else { 34.0 + 0.5 * height };
        let middle = if y < plot.top + 0.5 * plot.height { y + inwards } else { y - inwards };
        let lowest = plot.bottom() - 8.0 - height;
        let top = (middle - 0.5 * height).min(lowest).max(plot.top + 8.0);
        // Above the legend where it would lie on it.
        let [legend_width, legend_height] = self.legend.map(|side| side + 20.0);
        let is_beside = left + width < plot.right() - legend_width;
        let above_legend = (plot.bottom() - legend_height - height).max(plot.top + 8.0);
        let top = if is_beside { top } else { top.min(above_legend) };
        dom::set_property(&pill, "--x", &format!("{left:.0}px"));
        dom::set_property(&pill, "--y", &format!("{top:.0}px"));
    }

    /// The size of the pill, and the left and lower edges of the map's buttons, which stand
    /// in a row where the map is low.
    fn pill_and_buttons(&mut self, pill: &HtmlElement, words: &str) -> [[f64; 2]; 2] {
        let plot = self.derived.viewport.plot;
        // Asking for sizes lays out the page; the words are as wide as their number is long.
        let measured = (words.chars().count(), self.language(), [plot.width, plot.height]);
        self.pill.refresh(measured, |_, _| {
            let buttons: HtmlElement = dom::element("map-buttons");
            let bottom = buttons.offset_top() + buttons.offset_height();
            [
                [f64::from(pill.offset_width()), f64::from(pill.offset_height())],
                [f64::from(buttons.offset_left()), f64::from(bottom)],
            ]
        });
        *self.pill.get()
    }
}

/// Where legend and buttons lie on a map of this size, and the marks of its minima.
fn covers([width, height]: [f64; 2], viewport: &Viewport, minima: &[[f64; 2]]) -> Vec<Rect> {
    let mut covers = vec![
        Rect { left: width - 250.0, top: height - 150.0, width: 250.0, height: 150.0 },
        Rect { left: width - 60.0, top: 0.0, width: 60.0, height: 150.0 },
    ];
    covers.extend(minima.iter().map(|minimum| {
        let [x, y] = viewport.to_pixel(*minimum);
        Rect { left: x - 9.0, top: y - 9.0, width: 18.0, height: 18.0 }
    }));
    covers
}

/// Kept for the point under the pointer: where on the map the start is drawn.
pub(in super::super) fn start_pixel(page: &Page) -> [f64; 2] {
    page.derived.viewport.to_pixel(page.track(page.side.selected).at(0))
}

/// What is drawn of a run.
fn on_map<'a>(
    derived: &'a Derived,
    run: usize,
    palette: &'a Palette,
    hides_future: bool,
) -> RunOnMap<'a> {
    let cache = &derived.runs[run];
    let has_end = cache.parts().is_making() || cache.parts().has_good_end();
    RunOnMap {
        look: &palette.runs[run],
        track: derived.track(run),
        path: cache.path.get(),
        shows_future: has_end && !hides_future,
        average: cache.average.get().as_ref().filter(|_| !hides_future),
        spread: cache.spread.get().as_ref().filter(|_| !hides_future),
        bounds: cache.bounds.get(),
    }
}
