//! The order in which a grid is filled in: coarse first.

/// Columns and rows between the first cells. A power of two.
const COARSEST: usize = 16;

/// All cells of a grid: those in every 16th column and row, then those still
/// missing in every 8th, and so on; row by row each time.
pub(super) struct Order {
    size: [usize; 2],
    /// Columns and rows between cells of this round; 0 when all are through.
    spacing: usize,
    next: [usize; 2],
}

impl Order {
    pub(super) fn over(size: [usize; 2]) -> Self {
        Self { size, spacing: COARSEST, next: [0, 0] }
    }

    /// Whether a cell was in a round before this one.
    fn had(&self, [column, row]: [usize; 2]) -> bool {
        let before = 2 * self.spacing;
        before <= COARSEST && column.is_multiple_of(before) && row.is_multiple_of(before)
    }

    /// The next place in this round, or the first of the next.
    fn move_on(&mut self) {
        self.next[0] += self.spacing;
        if self.next[0] >= self.size[0] {
            self.next = [0, self.next[1] + self.spacing];
        }
        if self.next[1] >= self.size[1] {
            self.next = [0, 0];
            self.spacing /= 2;
        }
    }
}

impl Iterator for Order {
    type Item = [usize; 2];

    fn next(&mut self) -> Option<[usize; 2]> {
        while self.spacing > 0 {
            let cell = self.next;
            let is_new = !self.had(cell);
            self.move_on();
            if is_new {
                return Some(cell);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_once_and_the_coarse_ones_first() {
        for size in [[256, 256], [1, 1], [7, 40], [33, 16], [17, 1]] {
            let cells: Vec<[usize; 2]> = Order::over(size).collect();
            assert_eq!(cells.len(), size[0] * size[1]);
            let mut places: Vec<usize> = cells.iter().map(|[c, r]| r * size[0] + c).collect();
            places.sort_unstable();
            assert!(places.into_iter().eq(0..size[0] * size[1]), "{size:?}");
            let coarse = size[0].div_ceil(16) * size[1].div_ceil(16);
            assert!(cells[..coarse].iter().all(|cell| cell.iter().all(|c| c % 16 == 0)));
        }
    }
}
