//! Places on a lattice at which a loss is worked out one by one.

use super::keys::Place;
use crate::descent::loss::Loss;

/// Fewer nodes on a side than this have no cubic between them.
const LEAST: i64 = 4;

/// About so many exponentials of a value lie between two looks at the clock.
const EFFORT: usize = 100_000;

/// The heights of a loss above its infimum where the whole multiples of a power of two
/// cross, row by row from the lowest.
pub(super) struct Nodes {
    /// The spacing is 2 to the power of this.
    exponent: i32,
    /// The first column and row, in spacings.
    first: [i64; 2],
    sides: [usize; 2],
    /// J − inf J; infinite where it is no number; NaN where it is not yet known.
    heights: Vec<f64>,
    /// All before this one are known.
    next: usize,
}

impl Nodes {
    /// Those that a window needs, none of them known.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "few")]
    pub(super) fn over([x0, x1, y0, y1]: [f64; 4], exponent: i32) -> Self {
        let spacing = libm::ldexp(1.0, exponent);
        let line = |low: f64, high: f64| {
            let first = libm::floor(low / spacing) as i64;
            let last = libm::ceil(high / spacing) as i64;
            (first, (last - first + 1).max(LEAST) as usize)
        };
        let ((left, columns), (bottom, rows)) = (line(x0, x1), line(y0, y1));
        let heights = vec![f64::NAN; columns * rows];
        Self { exponent, first: [left, bottom], sides: [columns, rows], heights, next: 0 }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.heights.len()
    }

    /// Columns and rows.
    pub(super) fn sides(&self) -> [usize; 2] {
        self.sides
    }

    pub(super) fn known(&self) -> usize {
        self.heights.iter().filter(|height| !height.is_nan()).count()
    }

    /// A coordinate as a place among columns (0) or rows (1).
    #[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
    pub(super) fn place(&self, axis: usize, coordinate: f64) -> f64 {
        coordinate / libm::ldexp(1.0, self.exponent) - self.first[axis] as f64
    }

    /// And back: the coordinate of a column or row.
    #[expect(clippy::cast_precision_loss, reason = "far below 2⁵³")]
    fn coordinate(&self, axis: usize, place: usize) -> f64 {
        (self.first[axis] as f64 + place as f64) * libm::ldexp(1.0, self.exponent)
    }

    /// Takes over what other nodes know of the same places.
    pub(super) fn take_over(&mut self, other: &Self) {
        let apart = other.exponent - self.exponent;
        if !(0..=1).contains(&apart) {
            return;
        }
        let stride = 1 << apart;
        let mine = |axis: usize, place: usize| {
            let at = (other.first[axis] + i64::try_from(place).unwrap_or(0)) * stride;
            let at = usize::try_from(at - self.first[axis]).ok()?;
            (at < self.sides[axis]).then_some(at)
        };
        let rows = other.heights.chunks_exact(other.sides[0]).enumerate();
        let mut found = Vec::new();
        for (row, heights) in rows {
            let Some(to_row) = mine(1, row) else { continue };
            for (column, height) in heights.iter().enumerate() {
                let to = mine(0, column).filter(|_| !height.is_nan());
                found.extend(to.map(|to| (to_row * self.sides[0] + to, *height)));
            }
        }
        for (at, height) in found {
            self.heights[at] = height;
        }
    }

    /// Works out what is not known until time is up; says whether all is known.
    pub(super) fn work_out(
        &mut self,
        loss: &dyn Loss,
        lowest: f64,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let columns = self.sides[0];
        while self.next < self.heights.len() {
            if self.heights[self.next].is_nan() {
                if is_time_up() {
                    return false;
                }
                let at = [
                    self.coordinate(0, self.next % columns),
                    self.coordinate(1, self.next / columns),
                ];
                while !loss.prepare_value(&at, EFFORT) {
                    if is_time_up() {
                        return false;
                    }
                }
                let above = loss.value(&at) - lowest;
                self.heights[self.next] =
                    if above.is_nan() { f64::INFINITY } else { above.max(0.0) };
            }
            self.next += 1;
        }
        true
    }

    /// The height that half of those known are below; none where none is.
    pub(super) fn median(&self) -> Option<f64> {
        let known = self.heights.iter().copied().filter(|height| !height.is_nan());
        let mut known: Vec<f64> = known.collect();
        let middle = known.len() / 2;
        let (_, median, _) =
            (middle < known.len()).then(|| known.select_nth_unstable_by(middle, f64::total_cmp))?;
        Some(*median)
    }

    /// The lowest height that is not 0.
    pub(super) fn least(&self) -> f64 {
        let above = self.heights.iter().copied().filter(|height| *height > 0.0);
        above.fold(f64::INFINITY, f64::min).min(1e200)
    }

    /// ln(1 + height/scale) of each; NaN where it is not known.
    pub(super) fn logarithms(&self, scale: f64) -> Vec<f64> {
        let bounded =
            self.heights.iter().map(|height| if *height > 1e200 { 1e200 } else { *height });
        bounded.map(|height| libm::log1p(height / scale)).collect()
    }

    /// Gives what is not known in `grid` what the next node of its row has, or of a row
    /// nearby.
    pub(super) fn spread(&self, grid: &mut [f64]) {
        let columns = self.sides[0];
        let all = 0..grid.len();
        let neighbours = [(1, false), (1, true), (columns, false), (columns, true)];
        for (apart, is_backwards) in neighbours {
            for at in all.clone() {
                let at = if is_backwards { grid.len() - 1 - at } else { at };
                let next = if is_backwards { Some(at + apart) } else { at.checked_sub(apart) };
                let next = next.and_then(|next| grid.get(next)).copied();
                if let Some(next) = next.filter(|next| grid[at].is_nan() && !next.is_nan()) {
                    grid[at] = next;
                }
            }
        }
    }

    /// Gives what is not known in `grid` what stands there between the nodes of a coarser
    /// lattice.
    pub(super) fn fill_from(&self, coarser: &Self, coarse: &[f64], grid: &mut [f64]) {
        let place = |axis: usize, at: usize| {
            Place::of(coarser.place(axis, self.coordinate(axis, at)), coarser.sides[axis])
        };
        let [columns, _] = coarser.sides;
        for (at, value) in grid.iter_mut().enumerate() {
            if value.is_nan() {
                let (x, y) = (place(0, at % self.sides[0]), place(1, at / self.sides[0]));
                let along = |row: usize| x.between(|column| coarse[row * columns + column]);
                *value = y.between(along).max(0.0);
            }
        }
    }
}
