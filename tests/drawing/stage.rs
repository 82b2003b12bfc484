//! A scenario with all its pictures, put together as the page does it.

use descent_lab::descent::loss::Loss;
use descent_lab::descent::{Outcome, Trajectory, Verdict};
use descent_lab::scenario::{Scenario, Theme, decode};
use descent_lab::text::{self, Text};
use descent_lab::view::{
    ChartScene, Labelling, LossMap, Palette, PixelPath, Ramp, RateScene, Rect, RunScene, Series,
    Viewport, curve_window, draw_axes, draw_chart, draw_curve, draw_minima, draw_rate_scale,
    draw_run, map_points, standing_step,
};

use super::recorder::Recorder;

/// Widths and heights of the map, the chart and the rate's ruler.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub(super) map: [f64; 2],
    pub(super) chart: [f64; 2],
    pub(super) scale: f64,
}

/// As on a page of 1440 × 900, and on a phone of 390 × 844.
pub(super) const DESKTOP: Sizes =
    Sizes { map: [844.0, 691.0], chart: [491.0, 220.0], scale: 515.0 };
pub(super) const PHONE: Sizes = Sizes { map: [390.0, 286.0], chart: [358.0, 190.0], scale: 382.0 };

/// Below this width a map is drawn without names and labels.
const COMPACT: f64 = 500.0;

/// A scenario and what follows from it.
pub(super) struct Stage {
    pub(super) scenario: Scenario,
    pub(super) loss: Box<dyn Loss>,
    pub(super) lowest: f64,
    pub(super) minima: Vec<[f64; 2]>,
    pub(super) run: Trajectory,
    pub(super) verdict: Verdict,
    pub(super) viewport: Viewport,
    pub(super) path: PixelPath,
    pub(super) ghost: Option<(Trajectory, PixelPath)>,
    pub(super) sizes: Sizes,
}

impl Stage {
    pub(super) fn of(link: &str, sizes: Sizes) -> Self {
        let (scenario, refused) = decode(link);
        assert_eq!(refused, [], "{link}");
        Self::showing(scenario, sizes)
    }

    pub(super) fn showing(scenario: Scenario, sizes: Sizes) -> Self {
        let loss = scenario.build_loss();
        let run = scenario.descend(loss.as_ref());
        let verdict = Verdict::of(loss.as_ref(), &run);
        let (rule, knobs) = (scenario.loss.rule, &scenario.loss.knobs);
        let is_curve = loss.dimension() == 1;
        let [x0, x1, ..] = rule.window;
        let own = if is_curve { curve_window(loss.as_ref(), x0, x1) } else { rule.window };
        let asked = scenario.page.view.unwrap_or(own);
        let viewport = Viewport::showing(asked, plot(sizes.map), !is_curve);
        let on_map = |point: Vec<f64>| match point[..] {
            [x] => [x, loss.value(&[x])],
            _ => [point[0], point[1]],
        };
        let minima = (rule.minima)(knobs).into_iter().map(on_map).collect();
        let lowest = (rule.lowest)(knobs);
        let path = PixelPath::of(map_points(&run), &viewport);
        Self { lowest, minima, viewport, path, ghost: None, scenario, loss, run, verdict, sizes }
    }

    /// With the run under another rate as its ghost.
    pub(super) fn with_ghost(mut self, rate: f64) -> Self {
        let mut before = self.scenario.clone();
        before.run.learning_rate = rate;
        let run = before.descend(self.loss.as_ref());
        let path = PixelPath::of(map_points(&run), &self.viewport);
        self.ghost = Some((run, path));
        self
    }

    /// The map's colours and lines; none of a loss with one parameter.
    pub(super) fn map(&self) -> Option<LossMap> {
        let is_plane = self.loss.dimension() > 1;
        let map = || LossMap::of(self.loss.as_ref(), self.lowest, &self.viewport, 1.0);
        is_plane.then(|| map().expect("the map has pixels"))
    }

    /// The ground the run is drawn on.
    pub(super) fn draw_ground(&self, map: Option<&LossMap>, theme: Theme) -> Recorder {
        let mut recorder = Recorder::new(self.sizes.map);
        let (palette, viewport) = (Palette::of(theme), &self.viewport);
        let [width, height] = self.sizes.map;
        let Some(map) = map else {
            draw_curve(&mut recorder, viewport, palette, palette.ground, self.loss.as_ref());
            draw_minima(&mut recorder, viewport, &self.minima);
            draw_axes(&mut recorder, viewport, palette, ["x", "J"]);
            recorder.finish();
            return recorder;
        };
        let keep_clear =
            [Rect { left: width - 250.0, top: height - 150.0, width: 250.0, height: 150.0 }];
        let labelling = Labelling { anchor: self.minima.first().copied(), keep_clear: &keep_clear };
        let labelling = (width >= COMPACT).then_some(&labelling);
        map.draw_contours(&mut recorder, viewport, &Ramp::of(theme), labelling);
        draw_minima(&mut recorder, viewport, &self.minima);
        draw_axes(&mut recorder, viewport, palette, ["x", "y"]);
        recorder.finish();
        recorder
    }

    pub(super) fn draw_run(&self, theme: Theme, playhead: f64) -> Recorder {
        let mut recorder = Recorder::new(self.sizes.map);
        let is_compact = self.sizes.map[0] < COMPACT;
        let scene = RunScene {
            viewport: self.viewport,
            palette: Palette::of(theme),
            trajectory: &self.run,
            path: &self.path,
            ghost: self.ghost.as_ref().map(|(_, path)| path),
            playhead,
            shows_future: self.verdict.outcome != Outcome::Diverges,
            start_label: if is_compact { "" } else { self.text().start },
        };
        draw_run(&mut recorder, &scene);
        recorder.finish();
        recorder
    }

    /// J − inf J, as the chart shows it.
    pub(super) fn series(&self, run: &Trajectory) -> Series {
        let lowest = self.lowest;
        Series::of(run.losses().iter().map(|loss| loss - lowest), 480)
    }

    pub(super) fn draw_chart(&self, theme: Theme, step: usize) -> Recorder {
        let mut recorder = Recorder::new(self.sizes.chart);
        let series = self.series(&self.run);
        let ghost = self.ghost.as_ref().map(|(run, _)| self.series(run));
        let scene = ChartScene {
            size: self.sizes.chart,
            palette: Palette::of(theme),
            loss: &series,
            steps: self.run.steps(),
            step,
            value: self.run.losses()[step] - self.lowest,
            label: "0.085",
            ghost: ghost.as_ref().map(|series| (series, "0.02")),
            step_word: self.text().step_axis,
        };
        draw_chart(&mut recorder, &scene);
        recorder.finish();
        recorder
    }

    pub(super) fn draw_scale(&self, theme: Theme, playhead: f64) -> Recorder {
        let mut recorder = Recorder::new([self.sizes.scale, 112.0]);
        let at = self.run.point(standing_step(&self.run, playhead));
        let curvature = self.loss.curvature(at);
        let rule = self.scenario.run.optimizer.rule;
        let scene = RateScene {
            width: self.sizes.scale,
            palette: Palette::of(theme),
            text: self.text(),
            rates: self.scenario.rates(),
            rate: self.scenario.run.learning_rate,
            previous: self.ghost.as_ref().map(|_| 0.02),
            best: (rule.best)(&curvature),
            limit: (rule.limit)(&curvature),
        };
        draw_rate_scale(&mut recorder, &scene);
        recorder.finish();
        recorder
    }

    fn text(&self) -> &'static Text {
        text::of(self.scenario.page.language.unwrap_or_default())
    }
}

/// The part of the map's canvas that shows parameter space.
fn plot([width, height]: [f64; 2]) -> Rect {
    let (left, bottom, right) = if width < COMPACT { (30.0, 24.0, 0.0) } else { (40.0, 28.0, 1.0) };
    Rect { left, top: 0.0, width: width - left - right, height: height - bottom }
}
