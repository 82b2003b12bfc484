//! What follows from the scenario, each cached by what it depends on:
//! nothing < picture < path < trajectory < map < loss.

use super::memo::Memo;
use crate::descent::loss::{Loss, LossRule};
use crate::descent::{Stop, Storage, Trajectory, Verdict};
use crate::scenario::{Choice, Run, Scenario};
use crate::view::{LossMap, PixelPath, Rect, Series, Viewport, curve_window, map_points};

/// A loss ready for use.
pub(super) struct LossParts {
    pub(super) loss: Box<dyn Loss>,
    pub(super) lowest: f64,
    pub(super) minima: Vec<[f64; 2]>,
    /// What is shown where the scenario says nothing.
    pub(super) window: [f64; 4],
}

/// All of a scenario that its trajectory depends on.
#[derive(Clone, PartialEq)]
pub(super) struct RunKey {
    loss: Choice<LossRule>,
    start: Vec<f64>,
    steps: usize,
    stop: Stop,
    run: Run,
}

impl RunKey {
    fn of(scenario: &Scenario) -> Self {
        Self {
            loss: scenario.loss.clone(),
            start: scenario.start.clone(),
            steps: scenario.steps,
            stop: scenario.stop,
            run: scenario.run.clone(),
        }
    }

    /// Whether the two differ in nothing but the learning rate.
    fn differs_in_rate_only(&self, other: &Self) -> bool {
        let learning_rate = self.run.learning_rate;
        let run = Run { learning_rate, ..other.run.clone() };
        *self == Self { run, ..other.clone() }
    }
}

/// A finished run and what became of it.
pub(super) struct RunParts {
    pub(super) trajectory: Trajectory,
    pub(super) verdict: Verdict,
}

/// The run under the rate before the last change of it.
pub(super) struct Ghost {
    pub(super) rate: f64,
    pub(super) trajectory: Trajectory,
}

type PathKey = (u64, Viewport);
type SeriesKey = (u64, usize);

/// Everything derived.
pub(super) struct Derived {
    pub(super) loss: Memo<Choice<LossRule>, LossParts>,
    pub(super) run: Memo<RunKey, RunParts>,
    run_key: Option<RunKey>,
    pub(super) ghost: Option<Ghost>,
    ghost_generation: u64,
    /// Whether the next change of the rate begins a gesture: the run as it is
    /// then becomes the ghost.
    pub(super) keeps_ghost: bool,
    pub(super) viewport: Viewport,
    pub(super) map: Memo<(u64, Viewport, u64), Option<LossMap>>,
    pub(super) path: Memo<PathKey, PixelPath>,
    pub(super) ghost_path: Memo<PathKey, Option<PixelPath>>,
    pub(super) series: Memo<SeriesKey, Series>,
    pub(super) ghost_series: Memo<SeriesKey, Option<Series>>,
}

impl Derived {
    pub(super) fn empty() -> Self {
        Self {
            loss: Memo::empty(),
            run: Memo::empty(),
            run_key: None,
            ghost: None,
            ghost_generation: 0,
            keeps_ghost: true,
            viewport: Viewport { window: [0.0, 1.0, 0.0, 1.0], plot: Rect::default() },
            map: Memo::empty(),
            path: Memo::empty(),
            ghost_path: Memo::empty(),
            series: Memo::empty(),
            ghost_series: Memo::empty(),
        }
    }

    /// Brings everything up to date with `scenario`, a map of `plot` at `ratio`
    /// device pixels a CSS pixel and a chart of so many columns.
    pub(super) fn refresh(&mut self, scenario: &Scenario, plot: Rect, ratio: f64, columns: usize) {
        self.loss.refresh(scenario.loss.clone(), |_, _| loss_parts(scenario));
        self.refresh_run(scenario);
        let parts = self.loss.get();
        let is_curve = parts.loss.dimension() == 1;
        let asked = scenario.page.view.unwrap_or(parts.window);
        self.viewport = Viewport::showing(asked, plot, !is_curve);
        let viewport = self.viewport;
        self.map.refresh((self.loss.generation(), viewport, ratio.to_bits()), |_, _| {
            let loss = parts.loss.as_ref();
            if is_curve { None } else { LossMap::of(loss, parts.lowest, &viewport, ratio) }
        });
        let trajectory = &self.run.get().trajectory;
        let generation = self.run.generation();
        self.path.refresh((generation, viewport), |_, _| {
            PixelPath::of(map_points(trajectory), &viewport)
        });
        let ghost = self.ghost.as_ref();
        self.ghost_path.refresh((self.ghost_generation, viewport), |_, _| {
            ghost.map(|ghost| PixelPath::of(map_points(&ghost.trajectory), &viewport))
        });
        let lowest = parts.lowest;
        self.series.refresh((generation, columns), |_, _| loss_series(trajectory, lowest, columns));
        self.ghost_series.refresh((self.ghost_generation, columns), |_, _| {
            ghost.map(|ghost| loss_series(&ghost.trajectory, lowest, columns))
        });
    }

    /// Shows another window: several turns of the wheel may come within a frame,
    /// each from where the one before led.
    pub(super) fn look_at(&mut self, window: [f64; 4]) {
        let is_curve = self.loss.get().loss.dimension() == 1;
        self.viewport = Viewport::showing(window, self.viewport.plot, !is_curve);
    }

    fn refresh_run(&mut self, scenario: &Scenario) {
        let key = RunKey::of(scenario);
        let before = self.run_key.replace(key.clone());
        let is_rate_change =
            before.as_ref().is_some_and(|before| before.differs_in_rate_only(&key));
        let loss = self.loss.get().loss.as_ref();
        // What the rate was dragged away from becomes the ghost; any other run's
        // memory serves the next one.
        let becomes_ghost = is_rate_change && self.keeps_ghost;
        let mut replaced = None;
        let has_changed = self.run.refresh(key, |_, old| {
            let mut storage = Storage::default();
            if becomes_ghost {
                replaced = old;
            } else if let Some(old) = old {
                storage = old.trajectory.into_storage();
            }
            let trajectory = scenario.descend_in(storage, loss);
            let verdict = Verdict::of(loss, &trajectory);
            RunParts { trajectory, verdict }
        });
        if !has_changed {
            return;
        }
        if !is_rate_change {
            self.set_ghost(None);
            self.keeps_ghost = true;
        } else if becomes_ghost {
            let rate = before.map_or(0.0, |before| before.run.learning_rate);
            self.set_ghost(replaced.map(|old| Ghost { rate, trajectory: old.trajectory }));
            self.keeps_ghost = false;
        }
    }

    fn set_ghost(&mut self, ghost: Option<Ghost>) {
        if self.ghost.is_some() || ghost.is_some() {
            self.ghost_generation += 1;
            self.ghost = ghost;
        }
    }
}

fn loss_parts(scenario: &Scenario) -> LossParts {
    let (rule, knobs) = (scenario.loss.rule, &scenario.loss.knobs);
    let loss = scenario.build_loss();
    let on_map = |point: Vec<f64>| match point[..] {
        [x] => [x, loss.value(&[x])],
        [x, y, ..] => [x, y],
        [] => [0.0, 0.0],
    };
    let minima = (rule.minima)(knobs).into_iter().map(on_map).collect();
    let [x0, x1, ..] = rule.window;
    let window =
        if loss.dimension() == 1 { curve_window(loss.as_ref(), x0, x1) } else { rule.window };
    LossParts { lowest: (rule.lowest)(knobs), minima, window, loss }
}

/// J − inf J over the steps: a logarithmic axis has no place for what is negative.
fn loss_series(trajectory: &Trajectory, lowest: f64, columns: usize) -> Series {
    Series::of(trajectory.losses().iter().map(|loss| loss - lowest), columns)
}
