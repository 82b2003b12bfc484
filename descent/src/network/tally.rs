//! What the units of a layer do, counted block by block.

use super::super::Activity;
use super::activation::Idle;

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

    /// Takes in the slopes of a block, of all units for each sample in turn.
    pub(super) fn count(&mut self, slopes: &[f64], idle: Idle) {
        match idle {
            Idle::Never => {}
            Idle::Below(bound) => {
                let mut saturated = 0_u32;
                for slope in slopes {
                    saturated += u32::from(*slope < bound);
                }
                self.saturated += f64::from(saturated);
            }
            Idle::Dead => {
                for slopes in slopes.chunks_exact(self.lives.len()) {
                    for (lives, slope) in self.lives.iter_mut().zip(slopes) {
                        *lives |= *slope != 0.0;
                    }
                }
            }
        }
    }

    /// Takes in the outputs of a block: its own mean and squares first, so that what is
    /// almost the same everywhere loses no digits, then both together (Chan, Golub and
    /// LeVeque 1979).
    pub(super) fn spread(&mut self, outputs: &[f64]) {
        let seen = number(outputs.len());
        if outputs.is_empty() {
            return;
        }
        let mean = total(outputs, |a| a) / seen;
        let squares = total(outputs, |a| (a - mean) * (a - mean));
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

/// Their sum in eight columns side by side, which a machine may take two at a time.
#[inline]
fn total(numbers: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    let mut sums = [0.0; 8];
    let (rows, rest) = numbers.as_chunks::<8>();
    for row in rows.iter().map(<[f64; 8]>::as_slice).chain([rest]) {
        for (sum, number) in sums.iter_mut().zip(row) {
            *sum += of(*number);
        }
    }
    sums.iter().sum()
}

#[expect(clippy::cast_precision_loss, reason = "units and samples")]
fn number(count: usize) -> f64 {
    count as f64
}
