//! A scenario with all its pictures, put together as the page does it.

use std::cell::OnceCell;

use descent_lab::descent::loss::{Loss, OnPlane};
use descent_lab::descent::{
    Average, Epochs, Fate, Outcome, Plane, Sharpness, Spread, Trajectory, Verdict,
};
use descent_lab::scenario::{SPECTRUM_RATES, Scenario, Spectrum, Theme, decode};
use descent_lab::text::{self, Text, figure};
use descent_lab::view::{
    AxisNames, ChartLine, ChartScene, EdgeLines, Ground, Label, Labelling, LossMap, Mark, Palette,
    PixelPath, Quantity, Ramp, RateScene, Recorded, Rect, RunOnMap, RunsScene, Series, SliceView,
    SpectrumScene, Track, Vectors, Viewport, curve_window, draw_axes, draw_chart, draw_curve,
    draw_ground, draw_minima, draw_rate_scale, draw_runs, map_point, map_points, place_rates,
    standing_step,
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
    /// The first run.
    pub(super) run: Trajectory,
    pub(super) verdict: Verdict,
    pub(super) viewport: Viewport,
    pub(super) path: PixelPath,
    /// The runs after the first.
    pub(super) others: Vec<(Trajectory, Verdict, PixelPath)>,
    pub(super) ghost: Option<(Trajectory, PixelPath)>,
    /// What the map shows of more than two parameters.
    pub(super) plane: Option<Plane>,
    pub(super) sizes: Sizes,
    told: OnceCell<Vec<(Option<Average>, Option<Spread>)>>,
    sharpness: OnceCell<Vec<Option<Sharpness>>>,
    spectrum: OnceCell<Spectrum>,
}

/// What a chart shows besides the runs.
#[derive(Clone, Copy, Debug)]
pub(super) struct Charted {
    pub(super) quantity: Quantity,
    pub(super) step: usize,
    pub(super) pointed: Option<usize>,
}

impl Stage {
    pub(super) fn of(link: &str, sizes: Sizes) -> Self {
        let (scenario, refused) = decode(link);
        assert_eq!(refused, [], "{link}");
        Self::showing(scenario, sizes)
    }

    pub(super) fn showing(scenario: Scenario, sizes: Sizes) -> Self {
        let loss = scenario.build_loss();
        let (rule, knobs) = (scenario.loss.rule, &scenario.setting());
        let is_curve = loss.dimension() == 1;
        let window = (rule.window)(knobs);
        let [x0, x1, ..] = window;
        let own = if is_curve { curve_window(loss.as_ref(), x0, x1) } else { window };
        let first = scenario.descend(&scenario.runs[0], loss.as_ref());
        let slice = scenario.slice(&first, loss.as_ref());
        let minima = (rule.minima)(knobs);
        let view = slice.as_ref().and_then(|slice| SliceView::of(slice, &minima));
        let own = view.as_ref().map_or(own, |view| view.window);
        let asked = scenario.page.view.unwrap_or(own);
        let viewport = Viewport::showing(asked, plot(sizes.map), !is_curve);
        let on_map = |point: Vec<f64>| match point[..] {
            [x] => [x, loss.value(&[x])],
            _ => [point[0], point[1]],
        };
        let marks = view.map(|view| view.marks);
        let minima = marks.unwrap_or_else(|| minima.into_iter().map(on_map).collect());
        let plane = slice.map(|slice| slice.plane);
        let lowest = (rule.lowest)(knobs);
        let mut runs = scenario.runs.iter().map(|run| {
            let made = scenario.descend(run, loss.as_ref());
            let verdict = scenario.judge(run, loss.as_ref(), &made);
            let path =
                PixelPath::of_steps(map_points(plane.as_ref(), &made, usize::MAX), &viewport);
            (made, verdict, path)
        });
        let (run, verdict, path) = runs.next().expect("at least one run");
        let others = runs.collect();
        let ghost = None;
        Self {
            scenario,
            loss,
            lowest,
            minima,
            run,
            verdict,
            viewport,
            path,
            others,
            ghost,
            plane,
            sizes,
            told: OnceCell::new(),
            sharpness: OnceCell::new(),
            spectrum: OnceCell::new(),
        }
    }

    /// With the first run under another rate as its ghost.
    pub(super) fn with_ghost(mut self, rate: f64) -> Self {
        let mut before = self.scenario.runs[0].clone();
        before.learning_rate = rate;
        let run = self.scenario.descend(&before, self.loss.as_ref());
        let path =
            PixelPath::of_steps(map_points(self.plane.as_ref(), &run, usize::MAX), &self.viewport);
        self.ghost = Some((run, path));
        self
    }

    /// The runs that are shown, each with its number.
    pub(super) fn shown(&self) -> Vec<(usize, &Trajectory, &Verdict, &PixelPath)> {
        let others = self.others.iter().map(|(run, verdict, path)| (run, verdict, path));
        let all = core::iter::once((&self.run, &self.verdict, &self.path)).chain(others);
        let numbered = all.enumerate().map(|(at, (run, verdict, path))| (at, run, verdict, path));
        numbered.filter(|(at, ..)| !self.scenario.runs[*at].is_hidden).collect()
    }

    /// The map's colours and lines; none of a loss with one parameter.
    pub(super) fn map(&self) -> Option<LossMap> {
        let is_plane = self.loss.dimension() > 1;
        let loss = self.loss.as_ref();
        if let (Some(plane), Some(_)) = (&self.plane, loss.layered()) {
            // As the page begins it.
            let of = (self.lowest, loss.cost());
            let mut begun = LossMap::begin(of, &self.viewport, 1.0, None)?;
            begun.advance(&OnPlane { loss, plane }, 2, &mut || false);
            return LossMap::of_refinement(&begun);
        }
        let map = || match &self.plane {
            Some(plane) => LossMap::of(&OnPlane { loss, plane }, self.lowest, &self.viewport, 1.0),
            None => LossMap::of(loss, self.lowest, &self.viewport, 1.0),
        };
        // None where the map has no pixels.
        if is_plane { map() } else { None }
    }

    /// The ground the run is drawn on.
    pub(super) fn draw_ground(&self, map: Option<&LossMap>, theme: Theme) -> Recorder {
        let mut recorder = Recorder::new(self.sizes.map);
        let (palette, viewport) = (Palette::of(theme), &self.viewport);
        let [width, height] = self.sizes.map;
        let Some(map) = map else {
            if self.loss.dimension() == 1 {
                draw_curve(&mut recorder, viewport, palette, palette.ground, self.loss.as_ref());
            } else {
                draw_ground(&mut recorder, viewport, palette);
            }
            draw_minima(&mut recorder, viewport, &self.minima);
            draw_axes(&mut recorder, viewport, palette, names(width, ["x", "J"]));
            recorder.finish();
            return recorder;
        };
        let keep_clear =
            [Rect { left: width - 250.0, top: height - 150.0, width: 250.0, height: 150.0 }];
        let labelling = Labelling { anchor: self.minima.first().copied(), keep_clear: &keep_clear };
        let labelling = (width >= COMPACT).then_some(&labelling);
        map.draw_contours(&mut recorder, viewport, &Ground::Heat(&Ramp::of(theme)), labelling);
        draw_minima(&mut recorder, viewport, &self.minima);
        draw_axes(&mut recorder, viewport, palette, names(width, ["x", "y"]));
        recorder.finish();
        recorder
    }

    pub(super) fn draw_run(&self, theme: Theme, playhead: f64) -> Recorder {
        self.draw_runs(theme, playhead, 0, None)
    }

    /// All runs that are shown, one of them selected.
    pub(super) fn draw_runs(
        &self,
        theme: Theme,
        playhead: f64,
        selected: usize,
        vectors: Option<&Vectors>,
    ) -> Recorder {
        let mut recorder = Recorder::new(self.sizes.map);
        let is_compact = self.sizes.map[0] < COMPACT;
        let palette = Palette::of(theme);
        let told = self.told();
        let bounds = self.bounds();
        let on_map = |(at, trajectory, verdict, path): (usize, _, &Verdict, _)| RunOnMap {
            look: &palette.runs[at],
            track: Track::new(self.plane.as_ref(), trajectory),
            path,
            shows_future: verdict.outcome != Outcome::Diverges,
            average: told[at].0.as_ref(),
            spread: told[at].1.as_ref(),
            bounds: &bounds[at],
        };
        let runs: Vec<RunOnMap<'_>> = self.shown().into_iter().map(on_map).collect();
        let scene = RunsScene {
            viewport: self.viewport,
            palette,
            plane: self.plane.as_ref(),
            runs: &runs,
            selected,
            ghost: self.ghost.as_ref().map(|(_, path)| path),
            start: map_point(self.plane.as_ref(), &self.run, 0),
            has_handle: self.loss.layered().is_none(),
            playhead,
            start_label: if is_compact { "" } else { self.text().start },
            ball_label: if is_compact { "" } else { self.text().noise_ball },
            keep_clear: &[],
            vectors,
        };
        draw_runs(&mut recorder, &scene);
        recorder.finish();
        recorder
    }

    pub(super) fn draw_chart(&self, theme: Theme, step: usize) -> Recorder {
        let charted = Charted { quantity: Quantity::Loss, step, pointed: None };
        self.draw_chart_of(theme, charted).0
    }

    /// The chart of a quantity, and where its axes are.
    pub(super) fn draw_chart_of(&self, theme: Theme, charted: Charted) -> (Recorder, Rect) {
        let Charted { quantity, step, pointed } = charted;
        let mut recorder = Recorder::new(self.sizes.chart);
        let palette = Palette::of(theme);
        let mut shown = self.shown();
        // No chart but its own shows it.
        let found = if quantity == Quantity::Sharpness { self.sharpness() } else { &[] };
        if quantity == Quantity::Sharpness {
            shown.retain(|(at, ..)| found[*at].is_some());
        }
        let sharpness_of = |at: usize| found.get(at).and_then(Option::as_ref);
        let series = |at, run| quantity.series(&self.recorded(run, sharpness_of(at)), 480);
        let all: Vec<Series> = shown.iter().map(|(at, run, ..)| series(*at, run)).collect();
        let rates: Vec<String> =
            self.scenario.runs.iter().map(|run| figure(run.learning_rate, 2)).collect();
        let language = self.scenario.page.language.unwrap_or_default();
        let label = |at: usize| {
            let name = self.scenario.runs[at].optimizer.rule.name.in_language(language);
            if shown.len() > 1 { Label::Name(name) } else { Label::Rate(&rates[at]) }
        };
        let averages: Vec<Option<Series>> = (self.told().iter())
            .map(|(average, _)| {
                let average = average.as_ref().filter(|_| quantity == Quantity::Loss)?;
                Some(Series::of_average(average, self.lowest))
            })
            .collect();
        let epochs =
            self.scenario.sampling(&self.scenario.runs[0], self.loss.as_ref()).map(Epochs::of);
        let line = |((at, run, ..), series): (&(usize, &Trajectory, _, _), _)| ChartLine {
            look: &palette.runs[*at],
            series,
            average: averages[*at].as_ref(),
            label: label(*at),
            value: Some(quantity.at(&self.recorded(run, sharpness_of(*at)), step)),
            pointed: pointed.map(|step| quantity.at(&self.recorded(run, sharpness_of(*at)), step)),
            stopped: quantity.at_stop(&self.recorded(run, None)),
        };
        let lines: Vec<ChartLine<'_>> = shown.iter().zip(&all).map(line).collect();
        let ghost =
            self.ghost.as_ref().map(|(run, _)| quantity.series(&self.recorded(run, None), 480));
        let first = shown.first().filter(|_| quantity == Quantity::Sharpness);
        let edge = first.map(|(at, run, ..)| {
            let optimizer = &self.scenario.runs[*at].optimizer;
            let sharpness = found[*at].as_ref().expect("applies");
            EdgeLines::of((optimizer.rule, &optimizer.knobs), (run, sharpness), self.last(), 480)
        });
        let stop = self.stop_line(quantity);
        let scene = ChartScene {
            size: self.sizes.chart,
            palette,
            quantity,
            lines: &lines,
            selected: 0,
            ghost: ghost.as_ref().map(|series| (series, "0.02")),
            edge: edge.as_ref().map(|lines| (lines, self.text().limit)),
            epochs: epochs.as_ref().map(|epochs| (epochs, self.text().epoch)),
            held_out: None,
            stop: stop.as_ref().map(|(value, name)| (*value, name.as_str())),
            steps: self.last(),
            step,
            pointed,
            step_word: self.text().step_axis,
        };
        let plot = draw_chart(&mut recorder, &scene);
        recorder.finish();
        (recorder, plot)
    }

    /// What is told of every run besides its points.
    fn told(&self) -> &[(Option<Average>, Option<Spread>)] {
        self.told.get_or_init(|| self.averages_and_balls())
    }

    fn averages_and_balls(&self) -> Vec<(Option<Average>, Option<Spread>)> {
        let others = self.others.iter().map(|(run, verdict, _)| (run, verdict));
        let all = core::iter::once((&self.run, &self.verdict)).chain(others);
        all.zip(&self.scenario.runs)
            .map(|((trajectory, verdict), run)| {
                let average = Average::of(self.loss.as_ref(), trajectory, run.average);
                let plane = self.plane.as_ref();
                (average, self.scenario.noise_ball(run, trajectory, verdict, plane))
            })
            .collect()
    }

    fn recorded<'a>(
        &self,
        trajectory: &'a Trajectory,
        sharpness: Option<&'a Sharpness>,
    ) -> Recorded<'a> {
        Recorded { trajectory, lowest: self.lowest, sharpness, looks: None }
    }

    /// Of every run.
    pub(super) fn sharpness(&self) -> &[Option<Sharpness>] {
        self.sharpness.get_or_init(|| {
            let others = self.others.iter().map(|(run, ..)| run);
            let all = core::iter::once(&self.run).chain(others);
            all.zip(&self.scenario.runs)
                .map(|(trajectory, run)| {
                    self.scenario.sharpness(run, self.loss.as_ref(), trajectory)
                })
                .collect()
        })
    }

    /// Half made, as it is in the frames after a change.
    fn spectrum(&self) -> &Spectrum {
        self.spectrum.get_or_init(|| {
            let run = &self.scenario.runs[0];
            let rates = place_rates(self.scenario.rates(run), SPECTRUM_RATES);
            let mut spectrum = Spectrum::begin(&self.scenario, run, rates.collect(), 2);
            let mut looks = 0;
            spectrum.advance(self.loss.as_ref(), &mut || {
                looks += 1;
                looks > 60
            });
            spectrum
        })
    }

    /// The last step of the longest run that is shown.
    pub(super) fn last(&self) -> usize {
        self.shown().iter().map(|(_, run, ..)| run.steps()).max().unwrap_or(self.scenario.steps)
    }

    pub(super) fn draw_scale(&self, theme: Theme, playhead: f64) -> Recorder {
        let mut recorder = Recorder::new([self.sizes.scale, 196.0]);
        let palette = Palette::of(theme);
        let at = self.run.point(standing_step(&self.run, playhead));
        // A network does not say it.
        let curvature = self.loss.curvature(at);
        let run = &self.scenario.runs[0];
        let (rule, knobs) = (run.optimizer.rule, &run.optimizer.knobs);
        let theory = rule.stability.as_ref();
        let mark = |rate, formula| Mark { rate, until: rate, formula };
        let limit = curvature.as_ref().and_then(|curvature| rule.limit(knobs, curvature));
        let limit = limit.zip(theory.map(|theory| theory.limit_formula));
        let best = curvature.as_ref().and_then(|curvature| rule.best(knobs, curvature));
        let best = best.zip(theory.map(|theory| theory.best_formula));
        let others: Vec<_> = (1..self.scenario.runs.len())
            .map(|at| (self.scenario.runs[at].learning_rate, &palette.runs[at]))
            .collect();
        let text = self.text();
        let spectrum = self.spectrum();
        let fate = Fate::of(self.loss.as_ref(), &self.run);
        let scene = RateScene {
            width: self.sizes.scale,
            palette,
            text,
            rates: self.scenario.rates(run),
            rate: run.learning_rate,
            previous: self.ghost.as_ref().map(|_| 0.02),
            others: &others,
            best: best.map(|(rate, formula)| mark(rate, formula)),
            limit: limit.map(|(rate, formula)| mark(rate, formula)),
            limit_at_minimum: None,
            are_local: false,
            silence: Some(if limit.is_some() { text.no_best } else { text.no_limit }),
            fastest: None,
            spectrum: Some(SpectrumScene {
                spectrum,
                steps: self.scenario.steps,
                settles: fate.settles,
                pointed: Some((7, "0.1: converges, 84 steps to settle")),
                progress: Some(spectrum.progress()),
            }),
        };
        draw_rate_scale(&mut recorder, &scene);
        recorder.finish();
        recorder
    }

    pub(super) fn text(&self) -> &'static Text {
        text::of(self.scenario.page.language.unwrap_or_default())
    }
}

/// What stands at the axes of a map of this width.
fn names(width: f64, symbols: [&'static str; 2]) -> AxisNames<'static> {
    if width < COMPACT { AxisNames::None } else { AxisNames::Symbols(symbols) }
}

/// The part of the map's canvas that shows parameter space.
fn plot([width, height]: [f64; 2]) -> Rect {
    let (left, bottom, right) = if width < COMPACT { (30.0, 24.0, 0.0) } else { (40.0, 28.0, 1.0) };
    Rect {
        left,
        top: 0.0,
        width: (width - left - right).max(0.0),
        height: (height - bottom).max(0.0),
    }
}
