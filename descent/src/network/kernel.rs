//! The loop in which a network spends its time.
//!
//! Samples come in blocks, one row of units each. Forward, back and the gradient of the
//! weights are all sums of rows times factors; every number of the sum is taken in the
//! order of the rows, whatever the machine, and nothing is fused. The innermost loop goes
//! through numbers that do not depend on one another, so that the compiler makes it
//! 128-bit SIMD on both sides, and takes eight rows at a time, so that sums stay in
//! registers meanwhile.

/// As many samples make a block. What a block needs of a layer stays in the nearest cache.
pub(super) const BLOCK: usize = 32;

/// Adds to `sums` each of the `rows`, which are as long, times its factor; the factors
/// stand `apart` numbers from one another.
pub(super) fn add_rows(sums: &mut [f64], factors: &[f64], apart: usize, rows: &[f64]) {
    let length = sums.len().max(1);
    let (mut factors, mut rows) = (factors, rows);
    while rows.len() >= 8 * length {
        (factors, rows) = add_some::<8>(sums, factors, apart, rows);
    }
    if rows.len() >= 4 * length {
        (factors, rows) = add_some::<4>(sums, factors, apart, rows);
    }
    while rows.len() >= length {
        (factors, rows) = add_some::<1>(sums, factors, apart, rows);
    }
}

/// Adds so many rows at once; leaves the others. Counts by itself: adapters of iterators
/// that the compiler leaves as calls would keep it from making vectors.
#[inline]
fn add_some<'a, const ROWS: usize>(
    sums: &mut [f64],
    factors: &'a [f64],
    apart: usize,
    rows: &'a [f64],
) -> (&'a [f64], &'a [f64]) {
    let length = sums.len();
    let mut these = [&rows[..0]; ROWS];
    let mut times = [0.0; ROWS];
    let mut others = rows;
    for row in 0..ROWS {
        (these[row], others) = others.split_at(length);
        times[row] = factors[row * apart];
    }
    for place in 0..length {
        let mut total = sums[place];
        for row in 0..ROWS {
            total += times[row] * these[row][place];
        }
        sums[place] = total;
    }
    (&factors[factors.len().min(ROWS * apart)..], others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_added_in_order() {
        let numbers = |count: usize, step: f64| -> Vec<f64> {
            (0..count)
                .scan(0.3, |at, _| {
                    *at += step;
                    Some(libm::sin(*at))
                })
                .collect()
        };
        for count in 0..30 {
            for length in 1..12 {
                let rows = numbers(count * length, 1.7);
                let factors = numbers(3 * count + 1, 2.3);
                let mut sums = numbers(length, 0.9);
                let mut by_hand = sums.clone();
                add_rows(&mut sums, &factors, 3, &rows);
                for row in 0..count {
                    for (place, sum) in by_hand.iter_mut().enumerate() {
                        *sum += factors[3 * row] * rows[row * length + place];
                    }
                }
                assert_eq!(sums, by_hand);
            }
        }
    }
}
