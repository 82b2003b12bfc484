//! The map of starts: what becomes of a run from each of many starts, with all
//! else the same.

mod lanes;
mod order;
mod runs;
mod watch;

use super::Descent;
use super::loss::Loss;
use super::optimizer::Optimizer;
use super::outcome::{EndState, Ended};
use super::trajectory::Trajectory;
pub use runs::StartsRuns;

/// What became of a run, as far as the place where it began decides it: its outcome
/// without how it got there, and which minimum it reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// It left every bound at this step, or climbs until this one, its last.
    Diverges {
        /// The step.
        step: u32,
    },
    /// It arrives at a minimum, or met a stop rule.
    Settles {
        /// The steps to settle.
        step: u32,
        /// The minimum's index in the list; none for a minimum that is not there.
        minimum: Option<u16>,
    },
    /// It rests where there is no minimum.
    Stalls {
        /// Its last step.
        step: u32,
    },
    /// It is still on its way when the steps run out.
    GoesOn,
}

/// A destination as near as this to a minimum of the list, relative to its distance from
/// the origin, is that minimum.
const SAME: f64 = 1e-6;

impl Ending {
    /// The same of a run that has been judged.
    #[must_use]
    pub fn of(trajectory: &Trajectory, loss: &dyn Loss, minima: &[Vec<f64>]) -> Self {
        Self::new(&EndState::of(loss, trajectory), trajectory.steps(), minima)
    }

    fn new(state: &EndState, last: usize, minima: &[Vec<f64>]) -> Self {
        match state.ended {
            Ended::Diverged => Self::Diverges { step: whole(last) },
            Ended::Arrived(step) => {
                let is_it = |minimum: &Vec<f64>| {
                    let mut axes = state.destination.point().into_iter().flatten().zip(minimum);
                    let is_near = |(a, b): (&f64, &f64)| (a - b).abs() <= SAME * (1.0 + b.abs());
                    state.destination.point().is_some() && axes.all(is_near)
                };
                let index = minima.iter().position(is_it);
                let minimum = index.and_then(|index| u16::try_from(index).ok());
                Self::Settles { step: whole(step), minimum }
            }
            Ended::Stalled => Self::Stalls { step: whole(last) },
            Ended::Moving => Self::GoesOn,
        }
    }
}

/// A step as it is kept: half as wide, 65,536 times.
#[expect(clippy::cast_possible_truncation, reason = "at most 1,000,000 steps")]
fn whole(step: usize) -> u32 {
    step as u32
}

/// All that the runs have in common.
pub struct Course<'a> {
    /// What they descend: a loss with two parameters.
    pub loss: &'a dyn Loss,
    /// Its minima.
    pub minima: &'a [Vec<f64>],
    /// How they do it; its start is not used.
    pub descent: &'a Descent<'a>,
    /// Their rule, ready for step 0 of a run with so many parameters.
    pub optimizer: &'a dyn Fn(usize) -> Box<dyn Optimizer>,
}

/// What becomes of every start on a grid over a window, as far as it is known.
pub struct StartsMap {
    window: [f64; 4],
    size: [usize; 2],
    endings: Vec<Option<Ending>>,
    finished: usize,
}

impl StartsMap {
    /// An empty map over `window`, `[x0, x1, y0, y1]`, of `size` columns and rows.
    ///
    /// # Panics
    ///
    /// If a side of the grid is 0.
    #[must_use]
    pub fn begin(window: [f64; 4], size: [usize; 2]) -> Self {
        assert!(size[0] > 0 && size[1] > 0, "a grid without cells");
        Self { window, size, endings: vec![None; size[0] * size[1]], finished: 0 }
    }

    /// Adds what becomes of a cell's start, unless it is known; cells are counted row by
    /// row.
    pub fn record(&mut self, cell: usize, ending: Ending) {
        if let Some(place @ None) = self.endings.get_mut(cell) {
            *place = Some(ending);
            self.finished += 1;
        }
    }

    /// Columns and rows.
    #[must_use]
    pub fn size(&self) -> [usize; 2] {
        self.size
    }

    /// Whether every cell is known.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.finished == self.endings.len()
    }

    /// How many cells are known.
    #[must_use]
    pub fn known(&self) -> usize {
        self.finished
    }

    /// The share of the map that is known.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few thousand cells")]
    pub fn progress(&self) -> f64 {
        self.finished as f64 / self.endings.len() as f64
    }

    /// The start that a cell stands for: its middle. The first row is at the top.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "a few hundred columns and rows")]
    pub fn start(&self, column: usize, row: usize) -> [f64; 2] {
        let [x0, x1, y0, y1] = self.window;
        let [columns, rows] = self.size.map(|side| side as f64);
        let (across, down) = ((column as f64 + 0.5) / columns, (row as f64 + 0.5) / rows);
        [x0 + (x1 - x0) * across, y1 + (y0 - y1) * down]
    }

    /// The cell that a point lies in; none outside the window.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "within the grid"
    )]
    pub fn cell(&self, [x, y]: [f64; 2]) -> Option<[usize; 2]> {
        let [x0, x1, y0, y1] = self.window;
        let place = |share: f64, side: usize| {
            (0.0..1.0).contains(&share).then_some((share * side as f64) as usize)
        };
        let [columns, rows] = self.size;
        Some([place((x - x0) / (x1 - x0), columns)?, place((y1 - y) / (y1 - y0), rows)?])
    }

    /// What becomes of a cell's start, if it is known yet.
    #[must_use]
    pub fn ending(&self, column: usize, row: usize) -> Option<Ending> {
        self.endings[row * self.size[0] + column]
    }
}
