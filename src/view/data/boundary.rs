//! Where a model changes its mind: the line at which the probability is one half,
//! and the ground on both sides of it.

use super::super::painter::{Outline, Rect};
use super::super::palette::Palette;
use super::super::viewport::Viewport;
use super::Predict;

/// Cells along each side of the plot in which the line is looked for.
const CELLS: usize = 24;
/// Each of its points is found to a part in a thousand of a cell.
const HALVINGS: u32 = 10;

/// The side of the picture of [`shade`], in pixels that are then spread smoothly.
pub const SHADE: u32 = 64;
/// How strong the ground is where the model is sure.
const STRENGTH: f64 = 0.26;

/// The line where the probability is ½, in pixels.
pub(super) fn boundary(viewport: &Viewport, theta: &[f64], predict: Predict<'_>) -> Outline {
    level_line(viewport, theta, predict, 0.5)
}

/// The line where a model says `level`, in pixels: marching squares whose points are found
/// by halving, since a probability is nowhere near linear.
pub(super) fn level_line(
    viewport: &Viewport,
    theta: &[f64],
    predict: Predict<'_>,
    level: f64,
) -> Outline {
    let plot = viewport.plot;
    let side = |pixel: [f64; 2]| predict(theta, &viewport.to_point(pixel)) - level;
    let corner = |[column, row]: [usize; 2]| corner(plot, column, row);
    let grid: Vec<f64> = (0..=CELLS)
        .flat_map(|row| (0..=CELLS).map(move |column| [column, row]))
        .map(|at| side(corner(at)))
        .collect();
    let value = |[column, row]: [usize; 2]| grid[row * (CELLS + 1) + column];
    trace(CELLS, &value, &|from, to| crossing(&side, corner(from), corner(to)))
}

/// The line at which `value` changes its sign, over so many cells along each side; where
/// it crosses the edge from one corner to another, `crossing` says.
pub(super) fn trace(
    cells: usize,
    value: &dyn Fn([usize; 2]) -> f64,
    crossing: &dyn Fn([usize; 2], [usize; 2]) -> [f64; 2],
) -> Outline {
    let mut outline = Outline::default();
    for row in 0..cells {
        for column in 0..cells {
            let corners =
                [[0, 0], [1, 0], [1, 1], [0, 1]].map(|[right, down]| [column + right, row + down]);
            let crossings = (0..4).filter_map(|edge| {
                let (from, to) = (corners[edge], corners[(edge + 1) % 4]);
                let is_crossed = (value(from) < 0.0) != (value(to) < 0.0);
                is_crossed.then(|| crossing(from, to))
            });
            let mut points = [[0.0; 2]; 4];
            let mut count = 0;
            for point in crossings {
                points[count] = point;
                count += 1;
            }
            // Two crossings are one piece of the line, four at a saddle two.
            for pair in points[..count].chunks_exact(2) {
                outline.move_to(pair[0]);
                outline.line_to(pair[1]);
            }
        }
    }
    outline
}

#[expect(clippy::cast_precision_loss, reason = "a few cells")]
fn corner(plot: Rect, column: usize, row: usize) -> [f64; 2] {
    let share = |cell: usize| cell as f64 / CELLS as f64;
    [plot.left + share(column) * plot.width, plot.top + share(row) * plot.height]
}

fn crossing(side: &impl Fn([f64; 2]) -> f64, from: [f64; 2], to: [f64; 2]) -> [f64; 2] {
    let is_below = side(from) < 0.0;
    let at = |part: f64| [from[0] + part * (to[0] - from[0]), from[1] + part * (to[1] - from[1])];
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if (side(at(middle)) < 0.0) == is_below { low = middle } else { high = middle }
    }
    at(0.5 * (low + high))
}

/// A picture of [`SHADE`]² pixels, RGBA row by row from the top, to be spread over
/// the plot: the class that the model takes a place for, the stronger the surer.
#[must_use]
pub fn shade(
    viewport: &Viewport,
    palette: &Palette,
    theta: &[f64],
    predict: Predict<'_>,
) -> Vec<u8> {
    let plot = viewport.plot;
    let share = |pixel: u32| (f64::from(pixel) + 0.5) / f64::from(SHADE);
    ground(palette, |column, row| {
        let at = [plot.left + share(column) * plot.width, plot.top + share(row) * plot.height];
        predict(theta, &viewport.to_point(at))
    })
}

/// The same of a chance of class 1 at each pixel.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a byte")]
pub(super) fn ground(palette: &Palette, chance: impl Fn(u32, u32) -> f64) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(4 * (SHADE * SHADE) as usize);
    for row in 0..SHADE {
        for column in 0..SHADE {
            let sure = 2.0 * chance(column, row) - 1.0;
            let [r, g, b] = palette.classes[usize::from(sure > 0.0)].rgb;
            let alpha = if sure.is_finite() { STRENGTH * sure.abs().min(1.0) } else { 0.0 };
            pixels.extend([r, g, b, (255.0 * alpha) as u8]);
        }
    }
    pixels
}
