//! The map of starts of one run of a scenario.

use super::{Run, Scenario};
use crate::descent::loss::Loss;
use crate::descent::{Course, StartsMap};

/// Columns and rows of the map.
pub const STARTS: usize = 256;

/// What becomes of one run of a scenario from every start on a grid, made part by
/// part.
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
    minima: Vec<Vec<f64>>,
    map: StartsMap,
}

impl Starts {
    /// Nothing known yet, over `window` of parameter space (`[x0, x1, y0, y1]`) in so
    /// many columns and rows, each at least 1. The loss must have two parameters.
    #[must_use]
    pub fn begin(scenario: &Scenario, run: &Run, window: [f64; 4], size: [usize; 2]) -> Self {
        let scenario = Scenario { runs: Vec::new(), ..scenario.clone() };
        Self {
            minima: (scenario.loss.rule.minima)(&scenario.setting()),
            scenario,
            run: run.clone(),
            map: StartsMap::begin(window, size),
        }
    }

    /// Goes on until time is up or all is made; `loss` must be the scenario's. Says
    /// whether all is made. Time is asked for about once a millisecond, or more often.
    pub fn advance(&mut self, loss: &dyn Loss, is_time_up: &mut dyn FnMut() -> bool) -> bool {
        let Self { scenario, run, minima, map } = self;
        scenario.with_descent(run, loss, |descent| {
            let optimizer = &|dimension| run.build_optimizer(dimension, scenario.precision);
            map.advance(&Course { loss, minima, descent, optimizer }, is_time_up)
        })
    }

    /// What is known so far.
    #[must_use]
    pub fn map(&self) -> &StartsMap {
        &self.map
    }
}
