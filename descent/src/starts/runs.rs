//! The runs from the starts of a grid, a group at a time.

use core::ops::Range;

use super::lanes::{LANES, Lanes};
use super::order::Order;
use super::{Course, Ending, StartsMap};

/// Runs from some of the starts of a map, in groups that are computed side by side. The
/// groups are numbered in the order in which the map is filled in, coarse first.
pub struct StartsRuns {
    /// An empty map: where the cells are.
    grid: StartsMap,
    order: Order,
    /// Which groups are left to begin.
    left: Range<usize>,
    lanes: Box<Lanes>,
    /// The cells of the runs under way; empty between groups.
    cells: Vec<usize>,
    is_done: bool,
}

impl StartsRuns {
    /// Starts per group; the last group may have fewer.
    pub const GROUP: usize = LANES;

    /// Before the first of the groups `which` of a map over `window` with `size` columns and
    /// rows.
    ///
    /// # Panics
    ///
    /// If a side of the grid is 0.
    #[must_use]
    pub fn begin(window: [f64; 4], size: [usize; 2], which: Range<usize>) -> Self {
        let mut order = Order::over(size);
        order.by_ref().take(which.start * LANES).for_each(drop);
        Self {
            grid: StartsMap::begin(window, size),
            order,
            left: which,
            lanes: Lanes::idle(),
            cells: Vec::with_capacity(LANES),
            is_done: false,
        }
    }

    /// Whether all groups are computed.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.is_done
    }

    /// Takes the runs of a group a few steps further, or says what became of one: its cell,
    /// counted row by row, and its ending. `course` has to be the same every time.
    pub fn advance(&mut self, course: &Course<'_>) -> Option<(usize, Ending)> {
        if self.cells.is_empty() && !self.begin_group(course) {
            self.is_done = true;
            return None;
        }
        if !self.lanes.are_done(course) {
            self.lanes.advance(course);
            return None;
        }
        let cell = self.cells.pop()?;
        let ending = self.lanes.ending(course, self.cells.len());
        if self.cells.is_empty() {
            // At once, so that it is known whether anything is left.
            self.is_done = !self.begin_group(course);
        }
        Some((cell, ending))
    }

    /// Begins the next group; says whether there is one.
    fn begin_group(&mut self, course: &Course<'_>) -> bool {
        let columns = self.grid.size()[0];
        if self.left.next().is_some() {
            let group = self.order.by_ref().take(LANES);
            self.cells.extend(group.map(|[column, row]| row * columns + column));
        }
        if self.cells.is_empty() {
            return false;
        }
        let start = |lane: usize| {
            // A last group that is not full has its last run more than once.
            let cell = self.cells[lane.min(self.cells.len() - 1)];
            self.grid.start(cell % columns, cell / columns)
        };
        let starts: [[f64; 2]; LANES] = core::array::from_fn(start);
        self.lanes.begin(course, &starts);
        true
    }
}
