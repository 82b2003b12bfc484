//! What happens inside the cells of the grid: which pieces of which lines are in each.

use super::super::field::Field;

/// The most levels that can be traced.
const MOST: usize = 255;

/// The sides of a cell.
const TOP: usize = 0;
const RIGHT: usize = 1;
const BOTTOM: usize = 2;
const LEFT: usize = 3;

/// For each pattern of corners at or above the level (1: upper left, 2: upper right,
/// 4: lower right, 8: lower left) the sides at which a line enters and leaves the
/// cell. Going round a cell clockwise, a line enters where the corners fall below the
/// level and leaves where they rise again, so that lines of neighbours join head
/// to tail. The two saddles (5 and 10) are settled by [`saddle`].
const LINES: [[usize; 2]; 16] = [
    [TOP, TOP],
    [TOP, LEFT],
    [RIGHT, TOP],
    [RIGHT, LEFT],
    [BOTTOM, RIGHT],
    [TOP, TOP],
    [BOTTOM, TOP],
    [BOTTOM, LEFT],
    [LEFT, BOTTOM],
    [TOP, BOTTOM],
    [TOP, TOP],
    [RIGHT, BOTTOM],
    [LEFT, RIGHT],
    [TOP, RIGHT],
    [LEFT, TOP],
    [TOP, TOP],
];

/// The pieces of line inside the cells, level by level, each from one edge of the
/// grid to another, all cells visited once. Edge 2n runs from sample n to the right,
/// edge 2n + 1 down from it. `levels` are on the field's own scale.
pub(super) fn segments(field: &Field, levels: &[f32]) -> Vec<Vec<[u32; 2]>> {
    let (values, width) = (field.values(), field.width());
    let segments = vec![Vec::new(); levels.len()];
    let mut collector = Collector { values, width, levels, segments };
    let ranks = ranks(values, levels);
    for (row, pair) in ranks.windows(2 * width).step_by(width).enumerate() {
        let (above, below) = pair.split_at(width);
        collector.take_row(row * width, above, below);
    }
    collector.segments
}

/// What goes over the cells and keeps the pieces.
struct Collector<'a> {
    values: &'a [f32],
    width: usize,
    levels: &'a [f32],
    segments: Vec<Vec<[u32; 2]>>,
}

impl Collector<'_> {
    /// All cells between one row of samples, the first of which is sample `start`, and
    /// the next, of both of which the ranks are given.
    fn take_row(&mut self, start: usize, above: &[u8], below: &[u8]) {
        let mut column = 0;
        while let ([a, b, ..], [d, c, ..]) = (&above[column..], &below[column..]) {
            if are_equal(&above[column..], &below[column..]) {
                // The last of the eight is the first corner of the next cell.
                column += 7;
                continue;
            }
            if !(a == b && b == c && c == d) {
                self.take_cell(start + column, [*a, *b, *c, *d]);
            }
            column += 1;
        }
    }

    /// The cell with sample `sample` at its upper left corner; `ranks` are those of its
    /// corners, clockwise from there.
    #[expect(clippy::cast_possible_truncation, reason = "samples fit on a screen")]
    fn take_cell(&mut self, sample: usize, ranks: [u8; 4]) {
        let [a, b, c, d] = ranks;
        let first = 2 * sample as u32;
        let edges = [first, first + 3, first + 2 * self.width as u32, first + 1];
        for rank in a.min(b).min(c.min(d))..a.max(b).max(c.max(d)) {
            let is_above = ranks.map(|corner| usize::from(corner > rank));
            let pattern = is_above[0] | is_above[1] << 1 | is_above[2] << 2 | is_above[3] << 3;
            let level = usize::from(rank);
            if pattern == 5 || pattern == 10 {
                let is_middle_above = self.middle(sample) >= self.levels[level];
                for [enter, leave] in saddle(pattern, is_middle_above) {
                    self.segments[level].push([edges[enter], edges[leave]]);
                }
            } else {
                let [enter, leave] = LINES[pattern];
                self.segments[level].push([edges[enter], edges[leave]]);
            }
        }
    }

    /// The mean of a cell's corners.
    fn middle(&self, sample: usize) -> f32 {
        let (above, below) = (&self.values[sample..], &self.values[sample + self.width..]);
        0.25 * ((above[0] + above[1]) + (below[0] + below[1]))
    }
}

/// Whether the next eight of both rows are all the same.
fn are_equal(above: &[u8], below: &[u8]) -> bool {
    match (above.first_chunk(), below.first_chunk()) {
        (Some(&above), Some(&below)) => {
            let first = u64::from(above[0]) * 0x0101_0101_0101_0101;
            u64::from_le_bytes(above) == first && u64::from_le_bytes(below) == first
        }
        _ => false,
    }
}

/// The two lines through a cell whose opposite corners are on the same side: its
/// middle joins one pair of them.
fn saddle(pattern: usize, is_middle_above: bool) -> [[usize; 2]; 2] {
    match (pattern, is_middle_above) {
        (5, true) => [[TOP, RIGHT], [BOTTOM, LEFT]],
        (5, false) => [[TOP, LEFT], [BOTTOM, RIGHT]],
        (_, true) => [[LEFT, TOP], [RIGHT, BOTTOM]],
        (_, false) => [[RIGHT, TOP], [LEFT, BOTTOM]],
    }
}

/// For each value the number of levels it reaches.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "`as` takes what lies outside the buckets to the nearest one"
)]
fn ranks(values: &[f32], levels: &[f32]) -> Vec<u8> {
    assert!(levels.len() <= MOST, "more levels than a picture can show");
    let (Some(&first), Some(&last)) = (levels.first(), levels.last()) else {
        return vec![0; values.len()];
    };
    let scale = if last > first { 255.0 / (last - first) } else { 0.0 };
    let bucket = |value: f32| usize::from(((value - first) * scale) as u8);
    // How many levels lie in buckets before each: a level that is not above a value
    // is never in a later bucket, so the count only has to be raised.
    let mut before = [0_u8; 256];
    for &level in levels {
        before[bucket(level) + 1..].iter_mut().for_each(|count| *count += 1);
    }
    let mut bounds = [f32::INFINITY; 256];
    bounds[..levels.len()].copy_from_slice(levels);
    let rank = |&value: &f32| {
        let mut rank = before[bucket(value)];
        while bounds[usize::from(rank)] <= value {
            rank += 1;
        }
        rank
    };
    values.iter().map(rank).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranks_count_the_levels_that_are_reached() {
        let values: Vec<f32> = (-400..400_i16).map(|k| 0.01 * f32::from(k)).collect();
        for levels in [
            vec![],
            vec![0.5],
            vec![-3.0, -2.99, -2.985, 0.01, 3.5],
            values.iter().copied().step_by(4).collect(),
        ] {
            for (value, rank) in values.iter().zip(ranks(&values, &levels)) {
                let reached = levels.iter().filter(|&level| level <= value).count();
                assert_eq!(usize::from(rank), reached, "{value} among {levels:?}");
            }
        }
    }

    #[test]
    fn cells_are_skipped_only_where_nothing_happens() {
        // One raised sample anywhere in a row wider than two words of eight.
        for raised in 0..3 * 19 {
            let mut losses = [1.0; 3 * 19];
            losses[raised] = 100.0;
            let field = Field::from_values(19, 3, 0.0, &losses);
            #[expect(clippy::cast_possible_truncation, reason = "as the tracer does")]
            let level = (1.0 - field.reference()) as f32;
            let (column, row) = (raised % 19, raised / 19);
            let beside = |at: usize, count: usize| 2 - usize::from(at == 0 || at + 1 == count);
            let cells = beside(column, 19) * beside(row, 3);
            assert_eq!(segments(&field, &[level])[0].len(), cells, "sample {raised}");
        }
    }
}
