//! A dear loss sampled on a wide lattice, and by polynomials in between.

use crate::descent::loss::Loss;

/// A map costs at most about so many exponentials: some milliseconds.
const BUDGET: usize = 400_000;
/// Lattice lines lie at most so many samples of the map apart.
const WIDEST: usize = 24;
/// So many lines of the lattice are looked at around a place, half of them on each
/// side.
const NEAR: usize = 6;
/// Those before the first place of a map.
const BEFORE: usize = NEAR / 2 - 1;

/// Fills a grid with the values of a loss.
pub(super) struct Lattice<'a> {
    loss: &'a dyn Loss,
    /// Samples of the map from one line of the lattice to the next; 1 where all of
    /// them are worked out.
    spacing: usize,
}

impl<'a> Lattice<'a> {
    /// The lattice that a grid of this size can have.
    pub(super) fn of(loss: &'a dyn Loss, [width, height]: [usize; 2]) -> Self {
        let is_within = |spacing: &usize| {
            let lines = |length: usize| length.div_ceil(*spacing) + NEAR - 1;
            let nodes = if *spacing == 1 { width * height } else { lines(width) * lines(height) };
            nodes * loss.cost() <= BUDGET
        };
        let spacing = (1..WIDEST).find(is_within).unwrap_or(WIDEST);
        Self { loss, spacing }
    }

    /// Whether all samples of the map are worked out.
    pub(super) fn is_exact(&self) -> bool {
        self.spacing == 1
    }

    /// Fills `out`, row by row, with J at every crossing of evenly spaced columns
    /// `xs` and rows `ys`. Between lines of the lattice stands the quintic through the
    /// three on either side (Lagrange): losses on data are smooth, and what is left of
    /// their sixth differences is far less than the width of a contour, even close to
    /// a minimum, where a logarithm magnifies it.
    pub(super) fn fill(&self, xs: &[f64], ys: &[f64], out: &mut [f64]) {
        let (columns, rows) = (self.lines(xs), self.lines(ys));
        let mut nodes = vec![0.0; columns.len() * rows.len()];
        self.loss.fill(&columns, &rows, &mut nodes);
        let weights: Vec<[f64; NEAR]> = (0..self.spacing).map(|at| self.weights(at)).collect();
        // First along the columns of the lattice, to every row of the map.
        let mut row_nodes = vec![0.0; columns.len()];
        for (row, out) in out.chunks_exact_mut(xs.len()).enumerate() {
            let (line, weights_y) = (row / self.spacing, weights[row % self.spacing]);
            for (column, node) in row_nodes.iter_mut().enumerate() {
                let at = |offset: usize| nodes[(line + offset) * columns.len() + column];
                *node = weighted(&weights_y, &core::array::from_fn(at));
            }
            for (column, out) in out.iter_mut().enumerate() {
                let line = column / self.spacing;
                let near = core::array::from_fn(|offset| row_nodes[line + offset]);
                *out = weighted(&weights[column % self.spacing], &near);
            }
        }
    }

    /// The lines of the lattice along an axis: every so-manieth place, some before the
    /// first, and enough after the last.
    #[expect(clippy::cast_precision_loss, reason = "lines of a map")]
    fn lines(&self, places: &[f64]) -> Vec<f64> {
        let first = places[0];
        let step = places.get(1).map_or(0.0, |second| second - first);
        let count = places.len().div_ceil(self.spacing) + NEAR - 1;
        let place =
            |line: usize| first + step * self.spacing as f64 * (line as f64 - BEFORE as f64);
        (0..count).map(place).collect()
    }

    /// What the lines around a place count for, `at` places after the last one before
    /// it.
    #[expect(clippy::cast_precision_loss, reason = "lines of a map")]
    fn weights(&self, at: usize) -> [f64; NEAR] {
        let place = BEFORE as f64 + at as f64 / self.spacing as f64;
        core::array::from_fn(|line| {
            let others = (0..NEAR).filter(|other| *other != line);
            others.fold(1.0, |weight, other| {
                weight * ((place - other as f64) / (line as f64 - other as f64))
            })
        })
    }
}

fn weighted(weights: &[f64; NEAR], values: &[f64; NEAR]) -> f64 {
    let mut sum = weights[0] * values[0];
    for (weight, value) in weights.iter().zip(values).skip(1) {
        sum += weight * value;
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::Field;
    use crate::descent::loss::Setting;
    use crate::scenario::decode;

    #[test]
    fn a_map_from_a_lattice_is_that_from_all_samples() {
        for (link, tolerance) in [
            ("#v=1&loss=logistic_regression", 0.01),
            ("#v=1&loss=logistic_regression,standardize=1,l2=0.01", 0.01),
            ("#v=1&loss=logistic_regression,data=moons,count=1000", 0.03),
            ("#v=1&loss=linear_regression,data=line,outliers=0.1,error=huber", 0.03),
            ("#v=1&loss=linear_regression,data=line,count=300,error=absolute", 0.15),
        ] {
            let (scenario, refused) = decode(link);
            assert!(refused.is_empty(), "{refused:?}");
            let (rule, setting): (_, Setting) = (scenario.loss.rule, scenario.setting());
            let (loss, lowest) = (scenario.build_loss(), (rule.lowest)(&setting));
            let window = (rule.window)(&setting);
            let field = Field::sample(loss.as_ref(), lowest, window, [610, 520], 2);
            let [x0, x1, y0, y1] = window;
            let mut worst = 0.0_f64;
            for row in (0..field.height() - 1).step_by(7) {
                for column in (0..field.width() - 1).step_by(5) {
                    let share =
                        |at: usize, of: f64| 2.0 * f64::from(u16::try_from(at).unwrap()) / of;
                    let x = x0 + (x1 - x0) * share(column, 610.0);
                    let y = y1 - (y1 - y0) * share(row, 520.0);
                    let exact = libm::log10(loss.value(&[x, y]) - lowest);
                    // Below that all is of one colour.
                    if exact > field.range().low {
                        worst = worst.max((field.at(column, row) - exact).abs());
                    }
                }
            }
            assert!(worst < tolerance, "{link}: {worst} decades");
        }
    }
}
