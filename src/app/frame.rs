//! One frame: what became stale is computed and drawn.

use web_sys::{Element, HtmlElement};

use super::address::{self, Entry};
use super::canvas::device_pixels;
use super::page::Page;
use super::{dom, values};
use crate::descent::Curvature;
use crate::text::{Cause, figure, tick};
use crate::view::{
    ChartScene, Labelling, Palette, Ramp, RateScene, Rect, RunScene, Viewport, draw_axes,
    draw_chart, draw_curve, draw_legend_line, draw_minima, draw_ramp, draw_rate_scale, draw_run,
    map_point, off_map, standing_step,
};

/// Below this width of the map it has no names at its axes and no contour labels.
const COMPACT: f64 = 500.0;

impl Page {
    /// Draws the frame at the time `now`; says whether another has to follow.
    pub(super) fn frame(&mut self, now: Option<f64>) -> bool {
        if std::mem::take(&mut self.is_resized) {
            let pictures = &mut self.pictures;
            for canvas in
                [&mut pictures.base, &mut pictures.run, &mut pictures.chart, &mut pictures.scale]
            {
                canvas.measure();
            }
        }
        let ratio = self.pictures.base.ratio();
        let columns = device_pixels(self.pictures.chart.size()[0], 1.0) as usize;
        let plot = self.plot();
        self.derived.refresh(&self.scenario, plot, ratio, columns);
        if self.playback.advance(now.unwrap_or(0.0), self.end()) {
            self.entry = self.entry.or(Some(Entry::Same));
        }
        self.draw_base();
        self.draw_run_picture();
        self.draw_chart_picture();
        self.draw_scale();
        self.sync_own_scenario();
        self.sync_controls();
        self.sync_words();
        if let Some(entry) = self.entry.take() {
            address::write(&self.fragment(), entry);
        }
        self.playback.is_playing
    }

    /// The part of the map's canvas that shows parameter space; the rest is for
    /// the axes.
    fn plot(&self) -> Rect {
        let [width, height] = self.pictures.base.size();
        let (left, bottom, right) =
            if width < COMPACT { (30.0, 24.0, 0.0) } else { (40.0, 28.0, 1.0) };
        Rect {
            left,
            top: 0.0,
            width: (width - left - right).max(0.0),
            height: (height - bottom).max(0.0),
        }
    }

    fn is_curve(&self) -> bool {
        self.scenario.start.len() == 1
    }

    /// The map without the run.
    fn draw_base(&mut self) {
        let (theme, viewport) = (self.theme(), self.derived.viewport);
        let ratio = self.pictures.base.ratio();
        let key = (self.derived.map.generation(), viewport, ratio.to_bits(), theme);
        if !self.pictures.base_key.refresh(key, |_, _| ()) || viewport.plot.width < 2.0 {
            return;
        }
        let (palette, ramp) = (Palette::of(theme), Ramp::of(theme));
        let is_curve = self.is_curve();
        self.draw_legend(&ramp, palette);
        let parts = self.derived.loss.get();
        let canvas = &mut self.pictures.base;
        let size = canvas.size();
        let mut painter = canvas.clear();
        let Some(map) = self.derived.map.get() else {
            let loss = parts.loss.as_ref();
            if is_curve {
                draw_curve(&mut painter, &viewport, palette, palette.ground, loss);
                draw_minima(&mut painter, &viewport, &parts.minima);
                draw_axes(&mut painter, &viewport, palette, ["x", "J"]);
            }
            return;
        };
        let (pixels, width) = map.image(&ramp);
        canvas.put_image(&pixels, width, [viewport.plot.left, viewport.plot.top]);
        let mut painter = canvas.painter();
        let mut keep_clear = vec![
            Rect { left: size[0] - 250.0, top: size[1] - 150.0, width: 250.0, height: 150.0 },
            Rect { left: size[0] - 60.0, top: 0.0, width: 60.0, height: 130.0 },
        ];
        keep_clear.extend(parts.minima.iter().map(|minimum| {
            let [x, y] = viewport.to_pixel(*minimum);
            Rect { left: x - 9.0, top: y - 9.0, width: 18.0, height: 18.0 }
        }));
        let labelling =
            Labelling { anchor: parts.minima.first().copied(), keep_clear: &keep_clear };
        let labelling = (size[0] >= COMPACT).then_some(&labelling);
        map.draw_contours(&mut painter, &viewport, &ramp, labelling);
        draw_minima(&mut painter, &viewport, &parts.minima);
        draw_axes(&mut painter, &viewport, palette, ["x", "y"]);
    }

    fn draw_legend(&self, ramp: &Ramp, palette: &Palette) {
        use super::canvas::Canvas;
        for (id, is_ghost) in [("legend-path", false), ("legend-ghost", true)] {
            let mut canvas = Canvas::of(id);
            canvas.measure_as([34.0, 14.0]);
            draw_legend_line(&mut canvas.clear(), is_ghost, palette);
        }
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

    fn size_key(&self, size: [f64; 2]) -> [u64; 3] {
        [size[0].to_bits(), size[1].to_bits(), self.pictures.base.ratio().to_bits()]
    }

    /// The run over the map.
    fn draw_run_picture(&mut self) {
        let playhead = self.playback.shown(self.end());
        let (theme, language, text) = (self.theme(), self.language(), self.text());
        let key = (
            self.derived.path.generation(),
            self.derived.ghost_path.generation(),
            playhead.to_bits(),
            theme,
            language,
            self.size_key(self.pictures.run.size()),
        );
        if !self.pictures.run_key.refresh(key, |_, _| ()) {
            return;
        }
        let run = self.derived.run.get();
        let is_compact = self.pictures.run.size()[0] < COMPACT;
        let scene = RunScene {
            viewport: self.derived.viewport,
            palette: Palette::of(theme),
            trajectory: &run.trajectory,
            path: self.derived.path.get(),
            ghost: self.derived.ghost_path.get().as_ref(),
            playhead,
            shows_future: run.verdict.outcome != crate::descent::Outcome::Diverges,
            start_label: if is_compact { "" } else { text.start },
        };
        draw_run(&mut self.pictures.run.clear(), &scene);
        self.place_off_map(playhead);
    }

    /// Puts the pill beside the arrow of a run that has left the map.
    fn place_off_map(&mut self, playhead: f64) {
        let pill: HtmlElement = dom::element("off-map");
        let viewport = &self.derived.viewport.clone();
        let off = off_map(viewport, &self.derived.run.get().trajectory, playhead);
        pill.set_hidden(off.is_none());
        let Some(off) = off else { return };
        let words = (self.text().off_map)(&figure(off.distance, 2), off.side);
        dom::set_text(&dom::element::<Element>("off-map-text"), &words);
        // Asking for its size lays out the page; its words are as wide as their
        // number is long.
        let measured = (words.chars().count(), self.language(), plot_width(viewport));
        let pill_size = pill.clone();
        self.pill.refresh(measured, |_, _| {
            [f64::from(pill_size.offset_width()), f64::from(pill_size.offset_height())]
        });
        let [width, height] = *self.pill.get();
        let plot = viewport.plot;
        let [x, y] = off.at;
        // On the side of the arrow that has room, clear of the map's buttons.
        let buttons = if plot.width < COMPACT { 56.0 } else { 60.0 };
        let right_end = plot.right() - if y < plot.top + 140.0 { buttons } else { 8.0 };
        let (after, before) = (x + 22.0, x - 22.0 - width);
        let has_room = after + width < right_end || before > plot.left + 4.0;
        let left = if after + width < right_end { after } else { before };
        let left = left.clamp(plot.left + 4.0, (right_end - width).max(plot.left + 4.0));
        // Without room on either side, further in than the arrow.
        let inwards = if has_room { 0.0 } else { 34.0 + 0.5 * height };
        let middle = if y < plot.top + 0.5 * plot.height { y + inwards } else { y - inwards };
        let top = (middle - 0.5 * height).clamp(plot.top + 8.0, plot.bottom() - 8.0 - height);
        dom::set_property(&pill, "--x", &format!("{left:.0}px"));
        dom::set_property(&pill, "--y", &format!("{top:.0}px"));
    }

    fn draw_chart_picture(&mut self) {
        let (theme, language, text) = (self.theme(), self.language(), self.text());
        let step = self.step();
        let size = self.pictures.chart.size();
        let key = (
            self.derived.series.generation(),
            self.derived.ghost_series.generation(),
            step,
            theme,
            language,
            self.size_key(size),
        );
        if !self.pictures.chart_key.refresh(key, |_, _| ()) {
            return;
        }
        let losses = self.derived.run.get().trajectory.losses();
        let lowest = self.derived.loss.get().lowest;
        let label = values::shown(self.scenario.run.learning_rate);
        let ghost_label = self.derived.ghost.as_ref().map(|ghost| values::shown(ghost.rate));
        let scene = ChartScene {
            size,
            palette: Palette::of(theme),
            loss: self.derived.series.get(),
            steps: losses.len() - 1,
            step,
            value: losses[step] - lowest,
            label: &label,
            ghost: self.derived.ghost_series.get().as_ref().zip(ghost_label.as_deref()),
            step_word: text.step_axis,
        };
        draw_chart(&mut self.pictures.chart.clear(), &scene);
        let least = losses.iter().copied().fold(f64::INFINITY, f64::min);
        let last = losses[losses.len() - 1];
        let spoken =
            (text.chart_spoken)(&figure(losses[0], 3), &figure(last, 3), &figure(least, 3));
        dom::set_attribute(self.pictures.chart.element(), "aria-label", &spoken);
        let heading = if lowest == 0.0 { text.loss_chart } else { text.loss_above_chart };
        dom::set_text(&dom::element::<Element>("chart-heading"), heading);
    }

    /// The Hessian at the current point, and the rates that theory marks there.
    fn marks(&self) -> [Option<f64>; 2] {
        let trajectory = &self.derived.run.get().trajectory;
        let step = standing_step(trajectory, self.playback.playhead);
        let loss = self.derived.loss.get().loss.as_ref();
        let curvature: Curvature = loss.curvature(trajectory.point(step));
        let rule = self.scenario.run.optimizer.rule;
        [(rule.best)(&curvature), (rule.limit)(&curvature)]
    }

    fn draw_scale(&mut self) {
        let (theme, language) = (self.theme(), self.language());
        let [best, limit] = self.marks();
        let rate = self.scenario.run.learning_rate;
        let previous = self.derived.ghost.as_ref().map(|ghost| ghost.rate);
        let bits = |rate: Option<f64>| rate.unwrap_or(0.0).to_bits();
        let [low, high] = self.rates;
        let numbers = [
            low.to_bits(),
            high.to_bits(),
            rate.to_bits(),
            bits(previous),
            bits(best),
            bits(limit),
        ];
        let [width, _] = self.pictures.scale.size();
        let [width_key, _, ratio] = self.size_key([width, 0.0]);
        let key = (numbers, theme, language, [width_key, ratio]);
        if !self.pictures.scale_key.refresh(key, |_, _| ()) {
            return;
        }
        let scene = RateScene {
            width,
            palette: Palette::of(theme),
            text: self.text(),
            rates: self.rates,
            rate,
            previous,
            best,
            limit,
        };
        draw_rate_scale(&mut self.pictures.scale.clear(), &scene);
    }

    /// Verdict, caption, legend.
    fn sync_words(&mut self) {
        let (text, language) = (self.text(), self.language());
        let run = self.derived.run.get();
        self.show_verdict();
        let preset = self.scenario.preset;
        let caption =
            preset.map_or(text.own_caption, |preset| preset.caption.in_language(language));
        dom::set_text(&dom::element::<Element>("caption"), caption);
        let name = self.scenario.run.optimizer.rule.name.in_language(language);
        dom::set_text(&dom::element::<Element>("run-name"), name);
        dom::set_text(&dom::element::<Element>("legend-name"), name);
        let step = self.step();
        let loss = figure(run.trajectory.losses()[step], 3);
        dom::set_text(&dom::element::<Element>("legend-loss"), &loss);
        let row: HtmlElement = dom::element("legend-ghost-row");
        row.set_hidden(self.derived.ghost.is_none());
        if let Some(ghost) = &self.derived.ghost {
            let name = format!("{} η {}", text.previous_rate, values::shown(ghost.rate));
            dom::set_text(&dom::element::<Element>("legend-ghost-name"), &name);
            let step = step.min(ghost.trajectory.steps());
            let loss = figure(ghost.trajectory.losses()[step], 3);
            dom::set_text(&dom::element::<Element>("legend-ghost-loss"), &loss);
        }
    }

    fn show_verdict(&self) {
        let run = self.derived.run.get();
        let cause = Cause::of(&run.verdict, self.scenario.loss.rule.has_constant_hessian);
        let [lead, rest] = (self.text().verdict)(&cause);
        let element: HtmlElement = dom::element("verdict");
        let words: Element = dom::element("verdict-text");
        let marked = format!("{lead}|{rest}");
        if words.get_attribute("data-words").as_deref() == Some(&marked) {
            return;
        }
        // Spoken when the outcome changes, not with every number on the way.
        let outcome = run.verdict.outcome.key();
        let is_new = element.get_attribute("data-outcome").as_deref() != Some(outcome);
        dom::set_attribute(&element, "aria-live", if is_new { "polite" } else { "off" });
        dom::set_attribute(&element, "data-outcome", outcome);
        dom::set_attribute(&words, "data-words", &marked);
        let parts: Vec<&str> = [lead.as_str()].into_iter().chain(rest.split('*')).collect();
        if words.child_element_count() as usize != parts.len() {
            words.set_text_content(None);
            for index in 0..parts.len() {
                let tag = match index {
                    0 => "b",
                    _ if index % 2 == 0 => "em",
                    _ => "span",
                };
                let _ = words.append_child(&dom::create::<HtmlElement>(tag, ""));
            }
        }
        // The words change with every frame of a drag, their elements seldom.
        let children = words.children();
        for (index, part) in (0..children.length()).zip(parts) {
            if let Some(child) = children.item(index) {
                dom::set_text(&child, part);
            }
        }
    }
}

fn plot_width(viewport: &Viewport) -> u64 {
    viewport.plot.width.to_bits()
}

/// Kept for the point under the pointer: where on the map the start is drawn.
pub(super) fn start_pixel(page: &Page) -> [f64; 2] {
    let trajectory = &page.derived.run.get().trajectory;
    page.derived.viewport.to_pixel(map_point(trajectory, 0))
}
