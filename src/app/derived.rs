//! What follows from the scenario, each cached by what it depends on:
//! nothing < picture < path < trajectory < map < loss.

mod arrows;
mod chart;
mod data;
mod division;
mod learned;
mod looks;
mod loss;
mod map;
mod points;
mod run;
mod slice;
mod sweep;
mod told;

pub(super) use run::RunParts;
pub(super) use sweep::SWEPT_RATES;

use std::rc::Rc;

use loss::loss_parts;
use map::{MapKey, MapParts};
use points::{GhostKey, Points, PointsKey};
use slice::{SliceInMaking, SliceKey, SliceParts};

use super::memo::Memo;
use super::side::Side;
use super::values;
use super::workers::Shared;
use crate::descent::data::Samples;
use crate::descent::loss::{Loss, LossRule};
use crate::descent::{
    Average, BatchCursor, BatchPlan, Epochs, Order, Precision, Sampling, Sharpness, Spread, Stop,
    Trajectory,
};
use crate::scenario::{
    Choice, Run, SEEDS, STARTS, Scaling, Scenario, SharpnessLooks, Spectrum, Starts,
};
use crate::view::{
    EdgeLines, Lines, LossMap, PixelPath, Quantity, Rect, Series, Sketching, StartsCensus, Vectors,
    Viewport, place_rates,
};

/// A loss ready for use.
pub(super) struct LossParts {
    pub(super) loss: Box<dyn Loss>,
    pub(super) lowest: f64,
    /// What the chart measures the loss from: what is held out has no infimum in common.
    pub(super) charted_from: f64,
    /// Parameters of the minima.
    pub(super) minima: Vec<Vec<f64>>,
    /// The same on the map.
    pub(super) marks: Vec<[f64; 2]>,
    /// What is shown where the scenario says nothing.
    pub(super) window: [f64; 4],
    /// What standardizing does to it, where that can be done.
    pub(super) scaling: Option<Scaling>,
}

/// All of a scenario that its loss depends on.
pub(super) type LossKey = (Choice<LossRule>, Option<Samples>);

fn loss_key(scenario: &Scenario) -> LossKey {
    (scenario.loss.clone(), scenario.own.clone())
}

/// All of a scenario that one of its trajectories depends on.
#[derive(Clone, PartialEq)]
pub(super) struct RunKey {
    loss: LossKey,
    start: Vec<f64>,
    steps: usize,
    stop: Stop,
    batch: (BatchPlan, Order),
    noise: (f64, u64),
    precision: Precision,
    run: Run,
}

impl RunKey {
    pub(super) fn of(scenario: &Scenario, run: &Run) -> Self {
        // Where it cannot be chosen it follows from the loss: hundreds of thousands of
        // numbers are not compared with every frame.
        let is_chosen = scenario.may_choose_start();
        let start = if is_chosen { scenario.start.clone() } else { Vec::new() };
        Self {
            loss: loss_key(scenario),
            start,
            steps: scenario.steps,
            stop: scenario.stop,
            batch: (scenario.batch, scenario.order),
            noise: (scenario.noise, scenario.seed),
            precision: scenario.precision,
            run: Run { is_hidden: false, average: 0.0, ..run.clone() },
        }
    }

    /// Whether the two differ in nothing but the learning rate.
    fn differs_in_rate_only(&self, other: &Self) -> bool {
        let learning_rate = self.run.learning_rate;
        let run = Run { learning_rate, ..other.run.clone() };
        *self == Self { run, ..other.clone() }
    }
}

/// The run under the rate before the last change of it.
pub(super) struct Ghost {
    pub(super) rate: f64,
    pub(super) trajectory: Rc<Trajectory>,
}

/// What a spectrum depends on: the run at no rate in particular, the range of the
/// slider, the number of places.
type SpectrumKey = (RunKey, [u64; 2], usize);

type PathKey = (u64, u64, Viewport);
/// Generation of the run, width of the chart, what it shows, how many looks at that are
/// made.
type SeriesKey = (u64, usize, Quantity, usize);

/// What becomes of the selected run from each place of the map, as far as it is
/// made.
pub(super) struct StartsParts {
    pub(super) starts: Shared<Starts>,
    /// What is shown of it.
    pub(super) census: StartsCensus,
}

type StartsKey = (RunKey, [f64; 4]);

/// What follows for one of the runs.
pub(super) struct RunCache {
    pub(super) run: Memo<RunKey, RunParts>,
    /// How many rows of it were there when it was last shown, while it is being made.
    shown_rows: usize,
    /// Its points on the plane of more than two parameters.
    points: Memo<PointsKey, Option<Points>>,
    pub(super) path: Memo<PathKey, PixelPath>,
    /// What it has learned, where that is dear, and the generation of its loss.
    learned: Option<(u64, Sketching)>,
    pub(super) series: Memo<SeriesKey, Series>,
    /// The mean of its last points, where that is asked for; its line in the chart.
    pub(super) average: Memo<(u64, u64), Option<Average>>,
    pub(super) average_series: Memo<(u64, Quantity), Option<Series>>,
    pub(super) spread: Memo<(u64, u64), Option<Spread>>,
    /// The boundary of where its parameters may be; empty where they are free.
    pub(super) bounds: Memo<PathKey, Lines>,
    /// Only while the chart shows it.
    pub(super) sharpness: Memo<u64, Option<Sharpness>>,
    /// The same of a loss with layers, as far as it is made.
    pub(super) looks: Memo<u64, Option<SharpnessLooks>>,
    /// What becomes of it at many rates, as long as that was looked at.
    pub(super) sweep: Memo<SpectrumKey, Shared<Spectrum>>,
}

impl RunCache {
    fn empty(born: u64) -> Self {
        Self {
            run: Memo::counting_from(born),
            shown_rows: usize::MAX,
            points: Memo::empty(),
            path: Memo::empty(),
            learned: None,
            series: Memo::empty(),
            average: Memo::empty(),
            average_series: Memo::empty(),
            spread: Memo::empty(),
            bounds: Memo::empty(),
            sharpness: Memo::empty(),
            looks: Memo::empty(),
            sweep: Memo::empty(),
        }
    }

    pub(super) fn parts(&self) -> &RunParts {
        self.run.get()
    }

    pub(super) fn trajectory(&self) -> &Trajectory {
        self.run.get().trajectory()
    }
}

/// What the arrows at the current point depend on: generations of the run and of the
/// plane, the run's place among the runs, step, the sample that is looked at.
type VectorsKey = (u64, u64, usize, usize, Option<usize>);

/// What pictures the derived things are made for.
#[derive(Clone, Copy)]
pub(super) struct Surface {
    /// The part of the map's canvas that shows parameter space.
    pub(super) plot: Rect,
    /// Device pixels a CSS pixel.
    pub(super) ratio: f64,
    /// The width of the chart.
    pub(super) columns: usize,
}

/// Everything derived.
pub(super) struct Derived {
    pub(super) loss: Memo<LossKey, LossParts>,
    /// In the order of the scenario's runs.
    pub(super) runs: Vec<RunCache>,
    /// Where their counting begins.
    born: u64,
    /// Of the selected run.
    pub(super) ghost: Option<Ghost>,
    ghost_generation: u64,
    /// Whether the next change of the rate begins a gesture: the run as it is
    /// then becomes the ghost.
    pub(super) keeps_ghost: bool,
    pub(super) viewport: Viewport,
    slice: Memo<SliceKey, Option<SliceParts>>,
    slice_in_making: Option<SliceInMaking>,
    /// Whether what the runs shown have learned is still being worked out.
    pub(super) is_learning: bool,
    /// Whether something is being dragged.
    pub(super) is_held: bool,
    /// Counts the slices: what is worked on takes turns.
    pub(super) slices: usize,
    /// And how many of its levels it was made from, where it is made over frames.
    pub(super) map: Memo<(MapKey, usize), Option<LossMap>>,
    refinement: Memo<MapKey, Option<MapParts>>,
    ghost_points: Memo<GhostKey, Option<Points>>,
    pub(super) ghost_path: Memo<PathKey, Option<PixelPath>>,
    pub(super) ghost_series: Memo<SeriesKey, Option<Series>>,
    /// What the selected run's sharpness is compared with; none while the chart does
    /// not show it, and where it does not apply.
    pub(super) edge: Memo<chart::EdgeKey, Option<EdgeLines>>,
    /// The selected run's loss over held-out samples, while the chart shows its loss.
    pub(super) held_out: Memo<chart::EdgeKey, Option<Series>>,
    pub(super) vectors: Memo<VectorsKey, Option<Vectors>>,
    /// None where every step takes all samples.
    pub(super) epochs: Memo<Option<Sampling>, Option<Epochs>>,
    /// What becomes of the selected run at every rate of the slider.
    pub(super) spectrum: Memo<SpectrumKey, Shared<Spectrum>>,
    pub(super) starts: Memo<StartsKey, StartsParts>,
    /// Where the samples lie on their canvas.
    pub(super) data_viewport: Viewport,
    data_window: Memo<data::WindowKey, [f64; 4]>,
    /// What finds the samples of a step.
    cursor: Option<BatchCursor>,
    /// Which columns of the samples are shown in other units than their table's.
    pub(super) is_standardized: Vec<bool>,
}

impl Derived {
    pub(super) fn empty() -> Self {
        Self {
            loss: Memo::empty(),
            runs: Vec::new(),
            born: 0,
            ghost: None,
            ghost_generation: 0,
            keeps_ghost: true,
            viewport: Viewport { window: [0.0, 1.0, 0.0, 1.0], plot: Rect::default() },
            slice: Memo::empty(),
            slice_in_making: None,
            is_learning: false,
            is_held: false,
            slices: 0,
            map: Memo::empty(),
            refinement: Memo::empty(),
            ghost_points: Memo::empty(),
            ghost_path: Memo::empty(),
            ghost_series: Memo::empty(),
            edge: Memo::empty(),
            held_out: Memo::empty(),
            vectors: Memo::empty(),
            epochs: Memo::empty(),
            spectrum: Memo::empty(),
            starts: Memo::empty(),
            data_viewport: Viewport { window: [0.0, 1.0, 0.0, 1.0], plot: Rect::default() },
            data_window: Memo::empty(),
            cursor: None,
            is_standardized: Vec::new(),
        }
    }

    /// Other runs take the places of those there are.
    pub(super) fn forget_runs(&mut self) {
        self.runs.clear();
        self.born += 1 << 32;
        self.set_ghost(None);
    }

    /// Brings the loss up to date alone: what is laid out depends on it.
    pub(super) fn refresh_loss(&mut self, scenario: &Scenario) {
        self.loss.refresh(loss_key(scenario), |_, _| loss_parts(scenario));
    }

    /// Brings everything up to date with `scenario`, what is chosen beside it and
    /// the surfaces to draw on.
    pub(super) fn refresh(&mut self, scenario: &Scenario, side: &Side, surface: Surface) {
        self.refresh_loss(scenario);
        self.runs.resize_with(scenario.runs.len(), || RunCache::empty(self.born));
        for index in 0..scenario.runs.len() {
            self.refresh_run(scenario, index, index == side.selected);
        }
        self.look_at_runs(scenario);
        self.refresh_slice(scenario, side.selected);
        let parts = self.loss.get();
        let is_curve = parts.loss.dimension() == 1;
        let asked = scenario.page.view.unwrap_or(self.own_window());
        self.viewport = Viewport::showing(asked, surface.plot, !is_curve);
        self.refresh_map(surface.ratio);
        self.refresh_paths();
        self.refresh_told(scenario, side.selected);
        self.refresh_chart(scenario, side, surface.columns);
    }

    /// Begins the spectrum of a run over the slider's range anew if what it depends
    /// on has changed; says whether it did. The rate of the run itself is no part
    /// of that.
    pub(super) fn refresh_spectrum(
        &mut self,
        scenario: &Scenario,
        run: &Run,
        rates: [f64; 2],
        places: usize,
    ) -> bool {
        let mut key = RunKey::of(scenario, run);
        key.run.learning_rate = 1.0;
        let key = (key, rates.map(f64::to_bits), places);
        self.spectrum.refresh(key, |_, _| {
            let seeds = if scenario.is_stochastic(run) { SEEDS } else { 1 };
            // A click jumps there, and what the page then shows is the whole truth.
            let rates = place_rates(rates, places);
            let rates = rates.map(|rate| values::rounded(rate, 4)).collect();
            Shared::begin(Spectrum::begin(scenario, run, rates, seeds))
        })
    }

    /// Goes on with what of the spectrum is computed here; says whether that is done.
    pub(super) fn advance_spectrum(&mut self, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        let loss = self.loss.get().loss.as_ref();
        self.spectrum.get_mut().advance(loss, is_time_up)
    }

    /// Begins the map of starts of a run over the window shown anew if what it
    /// depends on has changed; says whether it did. The run's own start is no part
    /// of that.
    pub(super) fn refresh_starts(&mut self, scenario: &Scenario, run: &Run) -> bool {
        let mut key = RunKey::of(scenario, run);
        key.start.clear();
        let window = self.viewport.window;
        let is_same_loss = self.starts.key().is_some_and(|(before, _)| before.loss == key.loss);
        self.starts.refresh((key, window), |_, before| {
            let starts = Shared::begin(Starts::begin(scenario, run, window, [STARTS; 2]));
            // Until there is something to count the legend keeps its rows, unless the
            // minima they name are gone.
            let before = before.filter(|_| is_same_loss);
            let census = before.map(|before| before.census).unwrap_or_default();
            StartsParts { starts, census }
        })
    }

    /// Goes on with what of the map of starts is computed here; says whether that is done.
    pub(super) fn advance_starts(&mut self, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        let loss = self.loss.get().loss.as_ref();
        self.starts.get_mut().starts.advance(loss, is_time_up)
    }

    /// Shows another window: several turns of the wheel may come within a frame,
    /// each from where the one before led.
    pub(super) fn look_at(&mut self, window: [f64; 4]) {
        let is_curve = self.loss.get().loss.dimension() == 1;
        self.viewport = Viewport::showing(window, self.viewport.plot, !is_curve);
    }

    /// Replaces the ghost, or takes it away.
    pub(super) fn set_ghost(&mut self, ghost: Option<Ghost>) {
        if self.ghost.is_some() || ghost.is_some() {
            self.ghost_generation += 1;
            self.ghost = ghost;
        }
    }
}
