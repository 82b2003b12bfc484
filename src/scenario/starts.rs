//! The map of starts of one run of a scenario.

use core::ops::Range;

use super::{Run, Scenario};
use crate::descent::loss::Loss;
use crate::descent::{Course, Ending, StartsMap, StartsRuns};

/// Columns and rows of the map.
pub const STARTS: usize = 256;

/// What becomes of one run of a scenario from every start on a grid, computed part by part.
/// What is left can be computed elsewhere, by [`StartsPart`], and recorded here.
///
/// ```
/// use descent_lab::descent::Ending;
/// use descent_lab::scenario::{Starts, decode};
///
/// let (scenario, _) = decode("#v=1&loss=himmelblau&steps=300&run=sgd,lr=0.01");
/// let loss = scenario.build_loss();
/// let window = [2.0, 4.0, 1.0, 3.0];
/// let mut starts = Starts::begin(&scenario, &scenario.runs[0], window, [8, 8]);
/// assert!(starts.advance(loss.as_ref(), &mut || false));
/// // Near (3, 2), the first in the list of minima.
/// assert_eq!(starts.map().ending(4, 4), Some(Ending::Settles { step: 16, minimum: Some(0) }));
/// ```
pub struct Starts {
    scenario: Scenario,
    run: Run,
    window: [f64; 4],
    size: [usize; 2],
    map: StartsMap,
    /// What is computed here, if anything is.
    here: Option<StartsPart>,
}

impl Starts {
    /// Nothing known yet, over `window` of parameter space (`[x0, x1, y0, y1]`) in `size`
    /// columns and rows, each at least 1. The loss must have two parameters.
    #[must_use]
    pub fn begin(scenario: &Scenario, run: &Run, window: [f64; 4], size: [usize; 2]) -> Self {
        let mut starts = Self {
            scenario: Scenario { runs: Vec::new(), ..scenario.clone() },
            run: run.clone(),
            window,
            size,
            map: StartsMap::begin(window, size),
            here: None,
        };
        starts.take_up(0..(size[0] * size[1]).div_ceil(StartsRuns::GROUP));
        starts
    }

    /// Goes on with what is computed here until time is up or that is done; `loss` must be
    /// the scenario's. Says whether all is known. Time is asked for about once a
    /// millisecond, or more often.
    pub fn advance(&mut self, loss: &dyn Loss, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        let Self { map, here, .. } = self;
        let record = |cell, ending| map.record(cell, ending);
        if here.as_mut().is_some_and(|part| part.advance(loss, is_time_up, record)) {
            *here = None;
        }
        map.is_complete()
    }

    /// Whether nothing is left to compute here.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.here.is_none()
    }

    /// Gives up what is computed here; the groups that are left, where all were computed here
    /// so far: a range of [`StartsPart`].
    pub fn hand_over(&mut self) -> Range<usize> {
        self.here = None;
        let group = StartsRuns::GROUP;
        self.map.known() / group..(self.size[0] * self.size[1]).div_ceil(group)
    }

    /// Computes these groups here, in the place of any others.
    pub fn take_up(&mut self, which: Range<usize>) {
        let part = StartsPart::begin(&self.scenario, &self.run, self.window, self.size, which);
        self.here = Some(part);
    }

    /// Adds what became of the start of a cell, counted row by row.
    pub fn record(&mut self, cell: usize, ending: Ending) {
        self.map.record(cell, ending);
    }

    /// What is known so far.
    #[must_use]
    pub fn map(&self) -> &StartsMap {
        &self.map
    }
}

/// Some of the runs of a map of starts, in groups that are computed side by side, coarse
/// ones first.
pub struct StartsPart {
    scenario: Scenario,
    run: Run,
    minima: Vec<Vec<f64>>,
    runs: StartsRuns,
}

impl StartsPart {
    /// Before the first of the groups `which` of the map that [`Starts::begin`] describes.
    #[must_use]
    pub fn begin(
        scenario: &Scenario,
        run: &Run,
        window: [f64; 4],
        size: [usize; 2],
        which: Range<usize>,
    ) -> Self {
        Self {
            minima: (scenario.loss.rule.minima)(&scenario.setting()),
            scenario: Scenario { runs: Vec::new(), ..scenario.clone() },
            run: run.clone(),
            runs: StartsRuns::begin(window, size, which),
        }
    }

    /// Hands what becomes of start after start to `record`, by its cell, until time is up or
    /// the part is done; says whether it is. `loss` must be the scenario's.
    pub fn advance(
        &mut self,
        loss: &dyn Loss,
        is_time_up: &mut dyn FnMut() -> bool,
        mut record: impl FnMut(usize, Ending),
    ) -> bool {
        let Self { scenario, run, minima, runs } = self;
        scenario.with_descent(run, loss, |descent| {
            let optimizer = &|dimension| run.build_optimizer(dimension, scenario.precision);
            let course = Course { loss, minima, descent, optimizer };
            while !runs.is_done() {
                if let Some((cell, ending)) = runs.advance(&course) {
                    record(cell, ending);
                }
                if is_time_up() {
                    break;
                }
            }
        });
        runs.is_done()
    }
}
