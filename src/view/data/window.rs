//! The part of data space that is shown.

use super::super::viewport::window_around;
use super::Samples;

/// Room around the samples, as a part of their extent.
const MARGIN: f64 = 0.06;
/// From a smallest number that is nearer to zero than this part of the extent, an
/// axis goes on to zero: there a line shows its intercept.
const NEAR_ZERO: f64 = 0.25;

/// The window that holds all samples with some room around them.
#[must_use]
pub fn data_window(samples: &Samples) -> [f64; 4] {
    let [x0, x1] = side(samples.column(0));
    let [y0, y1] = side(samples.column(1));
    [x0, x1, y0, y1]
}

fn side(numbers: &[f64]) -> [f64; 2] {
    let finite = || numbers.iter().copied().filter(|number| number.is_finite());
    let low = finite().fold(f64::INFINITY, f64::min);
    let high = finite().fold(f64::NEG_INFINITY, f64::max);
    if low > high {
        return [-1.0, 1.0];
    }
    // One number alone still needs an extent to be shown in.
    let least = 1e-6 * low.abs().max(high.abs());
    let extent = if high - low > least { high - low } else { low.abs().max(1.0) };
    let room = MARGIN * extent;
    let from = if low > 0.0 && low < NEAR_ZERO * extent { 0.0 } else { low - room };
    let to = if high < 0.0 && -high < NEAR_ZERO * extent { 0.0 } else { high + room };
    [from, to]
}

/// The window with room for what has left it; the same as long as nothing has, so
/// that axes stand still while samples are moved.
#[must_use]
pub fn widened(window: [f64; 4], samples: &Samples) -> [f64; 4] {
    let [x0, x1, y0, y1] = window;
    let (xs, ys) = (samples.column(0), samples.column(1));
    let outside = xs.iter().zip(ys).map(|(x, y)| [*x, *y]);
    let outside = outside.filter(|[x, y]| !(x0..=x1).contains(x) || !(y0..=y1).contains(y));
    let Some([a0, a1, b0, b1]) = window_around(outside, 0.0) else { return window };
    let (dx, dy) = (MARGIN * (a1.max(x1) - a0.min(x0)), MARGIN * (b1.max(y1) - b0.min(y0)));
    let low = |from: f64, to: f64, room: f64| if to < from { to - room } else { from };
    let high = |from: f64, to: f64, room: f64| if to > from { to + room } else { from };
    [low(x0, a0, dx), high(x1, a1, dx), low(y0, b0, dy), high(y1, b1, dy)]
}
