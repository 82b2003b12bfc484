//! Which sample is meant: by the pointer, or by a step from another.

use super::super::viewport::Viewport;
use super::{Samples, place};

/// The sample nearest to a pixel, within `reach` pixels.
#[must_use]
pub fn nearest_sample(
    viewport: &Viewport,
    samples: &Samples,
    [x, y]: [f64; 2],
    reach: f64,
) -> Option<usize> {
    let mut nearest = None;
    let mut least = reach * reach;
    for sample in 0..samples.len() {
        let [a, b] = viewport.to_pixel(place(samples, sample));
        let square = (a - x) * (a - x) + (b - y) * (b - y);
        if square <= least {
            (nearest, least) = (Some(sample), square);
        }
    }
    nearest
}

/// The next sample in the order of a column, after or before `from`; it goes round
/// at the end. Equal numbers follow in the order of the table.
#[must_use]
pub fn neighbour(samples: &Samples, from: usize, column: usize, forward: bool) -> usize {
    let numbers = samples.column(column);
    let Some(&here) = numbers.get(from) else { return 0 };
    let is_after = |(a, i): (f64, usize), (b, j): (f64, usize)| a > b || (a == b && i > j);
    let (mut next, mut first) = (None, (here, from));
    for (sample, &number) in numbers.iter().enumerate() {
        let ahead = |one, other| if forward { is_after(one, other) } else { is_after(other, one) };
        let at = (number, sample);
        if ahead(at, (here, from)) && next.is_none_or(|best| ahead(best, at)) {
            next = Some(at);
        }
        if ahead(first, at) {
            first = at;
        }
    }
    next.unwrap_or(first).1
}
