//! One frame: what became stale is computed and drawn.

mod chart;
mod map;
mod words;

pub(super) use map::start_pixel;

use super::address::{self, Entry};
use super::canvas::device_pixels;
use super::derived::Surface;
use super::page::Page;
use crate::descent::Curvature;
use crate::descent::optimizer::RateRole;
use crate::scenario::Run;
use crate::view::{Mark, Palette, RateScene, Rect, RunLook, draw_rate_scale, standing_step};

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
        let surface = Surface { plot: self.plot(), ratio, columns };
        self.derived.refresh(&self.scenario, &self.side, surface);
        if self.playback.advance(now.unwrap_or(0.0), self.end()) {
            self.entry = self.entry.or(Some(Entry::Same));
        }
        // All pictures first: setting a canvas' font after the page was written to
        // would work out the page's styles in the middle of the frame.
        self.draw_base();
        let are_runs_new = self.draw_runs_picture();
        let is_chart_new = self.draw_chart_picture();
        self.draw_scale();
        if is_chart_new {
            self.describe_chart();
        }
        self.sync_own_scenario();
        self.sync_controls();
        self.sync_words();
        if are_runs_new {
            self.place_puck();
            self.place_off_map();
        }
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

    fn size_key(&self, size: [f64; 2]) -> [u64; 3] {
        [size[0].to_bits(), size[1].to_bits(), self.pictures.base.ratio().to_bits()]
    }

    /// How a run looks everywhere: the runs are told apart by their places.
    pub(super) fn look(&self, run: usize) -> &'static RunLook {
        &Palette::of(self.theme()).runs[run]
    }

    /// The best rate and the limit that theory marks for the selected run at its
    /// current point.
    fn marks(&self) -> [Option<Mark<'static>>; 2] {
        let trajectory = self.selected_cache().trajectory();
        let step = standing_step(trajectory, self.playback.playhead);
        let loss = self.derived.loss.get().loss.as_ref();
        let curvature: Curvature = loss.curvature(trajectory.point(step));
        let Run { optimizer, .. } = self.selected_run();
        let Some(stability) = &optimizer.rule.stability else { return [None, None] };
        let mark = |rate: Option<f64>, formula| Some(Mark { rate: rate?, formula });
        [
            mark(optimizer.rule.best(&optimizer.knobs, &curvature), stability.best_formula),
            mark(optimizer.rule.limit(&optimizer.knobs, &curvature), stability.limit_formula),
        ]
    }

    /// Why a mark is missing.
    fn silence(&self, best: bool, limit: bool) -> Option<&'static str> {
        let text = self.text();
        let rule = self.selected_run().optimizer.rule;
        match &rule.stability {
            None => self.rate_role().or(Some(text.no_theory)),
            Some(_) if !limit => Some(text.no_limit),
            Some(stability) if !best && stability.best.is_some() => Some(text.no_best),
            Some(_) => None,
        }
    }

    /// What the rate is to a rule that does not simply follow it.
    pub(super) fn rate_role(&self) -> Option<&'static str> {
        let text = self.text();
        match self.selected_run().optimizer.rule.rate {
            RateRole::EveryStep => None,
            RateRole::FirstTried => Some(text.rate_first_tried),
            RateRole::FirstStep => Some(text.rate_first_step),
            RateRole::Unused => Some(text.rate_unused),
        }
    }

    fn draw_scale(&mut self) {
        let (theme, language) = (self.theme(), self.language());
        let [best, limit] = self.marks();
        let silence = self.silence(best.is_some(), limit.is_some());
        let rate = self.selected_run().learning_rate;
        let is_hidden = self.selected_run().is_hidden;
        let ghost = self.derived.ghost.as_ref().filter(|_| !is_hidden);
        let previous = ghost.map(|ghost| ghost.rate);
        let selected = self.side.selected;
        let others = self.shown_runs().into_iter().filter(|run| *run != selected);
        let others: Vec<(f64, &RunLook)> =
            others.map(|run| (self.scenario.runs[run].learning_rate, self.look(run))).collect();
        let bits = |rate: Option<f64>| rate.unwrap_or(0.0).to_bits();
        let mark = |mark: &Option<Mark<'_>>| bits(mark.as_ref().map(|mark| mark.rate));
        let [low, high] = self.rates;
        let [width, _] = self.pictures.scale.size();
        let [width_key, _, ratio] = self.size_key([width, 0.0]);
        let mut key = vec![low.to_bits(), high.to_bits(), rate.to_bits(), bits(previous)];
        key.extend([mark(&best), mark(&limit), width_key, ratio]);
        key.extend(
            others
                .iter()
                .flat_map(|(rate, look)| [rate.to_bits(), u64::from(look.letter.as_bytes()[0])]),
        );
        let rule = self.selected_run().optimizer.rule.key;
        if !self.pictures.scale_key.refresh((key, rule, theme, language), |_, _| ()) {
            return;
        }
        let scene = RateScene {
            width,
            palette: Palette::of(theme),
            text: self.text(),
            rates: self.rates,
            rate,
            previous,
            others: &others,
            best,
            limit,
            silence,
        };
        draw_rate_scale(&mut self.pictures.scale.clear(), &scene);
    }
}
