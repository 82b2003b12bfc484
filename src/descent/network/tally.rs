//! What the units of a layer do, counted block by block.

use super::super::Activity;
use super::activation::Idle;
use super::kernel::{Row, TILE};

/// The count of a layer.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    /// Outputs so far.
    seen: f64,
    /// Their mean.
    mean: f64,
    /// The sum of the squares of their distances from it.
    squares: f64,
    /// Outputs that are saturated.
    saturated: f64,
    /// Whether each unit had a slope at some sample.
    lives: Vec<bool>,
}

impl Tally {
    pub(super) fn of(units: usize) -> Self {
        Self { lives: vec![false; units], ..Self::default() }
    }

    pub(super) fn clear(&mut self) {
        (self.seen, self.mean, self.squares, self.saturated) = (0.0, 0.0, 0.0, 0.0);
        self.lives.fill(false);
    }

    /// Takes in the slopes of a unit for the samples of a block.
    pub(super) fn count(&mut self, unit: usize, slopes: &[f64], idle: Idle) {
        match idle {
            Idle::Never => {}
            Idle::Below(bound) => {
                let mut saturated = 0_u32;
                for slope in slopes {
                    saturated += u32::from(*slope < bound);
                }
                self.saturated += f64::from(saturated);
            }
            Idle::Dead => self.lives[unit] |= slopes.iter().any(|slope| *slope != 0.0),
        }
    }

    /// Takes in the outputs of a layer for `count` samples of a block: its own mean and
    /// squares first, so that what is almost the same everywhere loses no digits, then
    /// both together (Chan, Golub and LeVeque 1979).
    pub(super) fn spread(&mut self, outputs: &[Row], count: usize) {
        let seen = number(outputs.len() * count);
        if seen == 0.0 {
            return;
        }
        let mean = total(outputs, count, |a| a) / seen;
        let squares = total(outputs, count, |a| (a - mean) * (a - mean));
        let all = self.seen + seen;
        let step = mean - self.mean;
        self.squares += squares + step * step * (self.seen * seen / all);
        self.mean += step * (seen / all);
        self.seen = all;
    }

    pub(super) fn activity(&self, idle: Option<Idle>) -> Activity {
        let dead = self.lives.iter().filter(|lives| !**lives).count();
        let share = match idle {
            None | Some(Idle::Never) => 0.0,
            Some(Idle::Below(_)) => self.saturated / self.seen.max(1.0),
            Some(Idle::Dead) => number(dead) / number(self.lives.len().max(1)),
        };
        Activity { spread: (self.squares / self.seen.max(1.0)).sqrt(), idle: share }
    }
}

/// The sum over some rows in four columns side by side.
#[inline]
fn total(rows: &[Row], count: usize, of: impl Fn(f64) -> f64) -> f64 {
    let mut sums = [0.0; TILE];
    for row in rows {
        let (tiles, rest) = row.as_flattened()[..count].as_chunks::<TILE>();
        for tile in tiles {
            for (sum, number) in sums.iter_mut().zip(tile) {
                *sum += of(*number);
            }
        }
        for (sum, number) in sums.iter_mut().zip(rest) {
            *sum += of(*number);
        }
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

#[expect(clippy::cast_precision_loss, reason = "units and samples")]
fn number(count: usize) -> f64 {
    count as f64
}
