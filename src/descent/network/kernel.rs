//! The two loops in which a network spends its time.
//!
//! Samples come in blocks; a row holds one unit's numbers for the samples of a block.
//! Both loops are straight and go side by side through numbers that do not depend on
//! one another, so that the compiler makes them 128-bit SIMD on both sides; each sum is
//! taken in one order, whatever the machine, and nothing is fused.

/// As many samples stand side by side in the innermost loops.
pub(super) const TILE: usize = 4;

/// As many tiles make a block.
pub(super) const TILES: usize = 8;

/// As many samples make a block.
pub(super) const BLOCK: usize = TILE * TILES;

/// One unit's numbers for the samples of a block.
pub(super) type Row = [[f64; TILE]; TILES];

/// A row of zeros.
pub(super) const ZEROS: Row = [[0.0; TILE]; TILES];

/// As many units' sums are taken at once.
pub(super) const UNITS: usize = 4;

/// What one number coming in is multiplied by for each of [`UNITS`] sums, each weight
/// twice, as the instructions take them.
pub(super) type Column = [[f64; 2]; UNITS];

/// Adds to each of the rows `sums` the rows coming in, times the weights of `panel`:
/// for each row coming in, in order, one column. The first `tiles` tiles only.
pub(super) fn accumulate(panel: &[Column], coming: &[Row], sums: &mut [Row; UNITS], tiles: usize) {
    for tile in 0..tiles.min(TILES) {
        let mut totals: [[f64; TILE]; UNITS] = [[0.0; TILE]; UNITS];
        for (total, row) in totals.iter_mut().zip(sums.iter()) {
            *total = row[tile];
        }
        for (column, row) in panel.iter().zip(coming) {
            let numbers = &row[tile];
            for (total, weight) in totals.iter_mut().zip(column) {
                for sample in 0..TILE {
                    total[sample] += weight[sample % 2] * numbers[sample];
                }
            }
        }
        for (total, row) in totals.iter().zip(sums.iter_mut()) {
            row[tile] = *total;
        }
    }
}

/// The sums over the first `tiles` tiles of the products of each of the rows `slopes`
/// with each of the rows `coming`. Even and odd samples are summed apart, and added up
/// in the end.
pub(super) fn products(
    slopes: &[Row; UNITS],
    coming: &[Row; 2],
    tiles: usize,
) -> [[f64; 2]; UNITS] {
    let mut totals = [[[0.0; 2]; 2]; UNITS];
    for tile in 0..tiles.min(TILES) {
        for half in [0, 2] {
            for (total, slope) in totals.iter_mut().zip(slopes) {
                for (total, number) in total.iter_mut().zip(coming) {
                    for side in 0..2 {
                        total[side] += slope[tile][half + side] * number[tile][half + side];
                    }
                }
            }
        }
    }
    totals.map(|total| total.map(|[even, odd]| even + odd))
}
