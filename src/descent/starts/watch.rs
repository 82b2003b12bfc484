//! What has to be remembered of a run to judge it at its end, for many runs at
//! once, without recording them.

use super::super::outcome::{Rest, SETTLED, has_climbed, tenth_of};
use super::super::trajectory::DIVERGED_ABOVE;
use super::lanes::LANES;

/// The numbers of a step of every run: parameters and gradients are all x, then
/// all y.
pub(super) struct Row<'a> {
    pub(super) theta: &'a [f64; 2 * LANES],
    pub(super) values: &'a [f64; LANES],
    pub(super) gradients: &'a [f64; 2 * LANES],
}

/// Before the first step.
const NEVER: f64 = -1.0;

/// Steps are kept as `f64`, as wide as everything else: the loop over the lanes is
/// compiled to instructions that take two at once.
pub(super) struct Watch {
    /// The step at which a run left every bound, or was done otherwise; infinite
    /// until then.
    ended: [f64; LANES],
    /// The largest ‖g‖ so far.
    largest: [f64; LANES],
    /// The last step at which ‖g‖ was not small beside it. When the
    /// largest grows it is the new largest itself: what was loud before may be
    /// small beside it, but does not matter any more.
    loud: [f64; LANES],
    first: [f64; LANES],
    lowest: [f64; LANES],
    highest: [f64; LANES],
    /// The sums over the last tenth of the losses, and over the tenth before.
    sums: [[f64; LANES]; 2],
    /// How many losses a tenth has, and how many all of them.
    tenth: usize,
    rows: usize,
}

impl Watch {
    /// Over runs of so many steps.
    pub(super) fn over(steps: usize) -> Self {
        let rows = steps + 1;
        Self {
            ended: [f64::INFINITY; LANES],
            largest: [0.0; LANES],
            loud: [NEVER; LANES],
            first: [0.0; LANES],
            lowest: [f64::INFINITY; LANES],
            highest: [f64::NEG_INFINITY; LANES],
            sums: [[0.0; LANES]; 2],
            tenth: tenth_of(rows),
            rows,
        }
    }

    /// Takes in a step. Of a run that has ended the numbers go on, into nonsense,
    /// and so do those that are kept of it; nobody asks for them.
    pub(super) fn see(&mut self, step: usize, row: &Row<'_>) {
        let Row { theta, values, gradients } = row;
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let now = step as f64;
        for lane in 0..LANES {
            let (value, x, y) = (values[lane], theta[lane], theta[LANES + lane]);
            let (gx, gy) = (gradients[lane], gradients[LANES + lane]);
            // Comparisons with NaN are false. `&`: nothing to jump over.
            let is_within = |v: f64| v.abs() <= DIVERGED_ABOVE;
            let stays =
                is_within(value) & is_within(x) & is_within(y) & is_within(gx) & is_within(gy);
            let ends = if stays { f64::INFINITY } else { now };
            self.ended[lane] = -larger(-ends, -self.ended[lane]);
            let norm = (gx * gx + gy * gy).sqrt();
            let largest = larger(norm, self.largest[lane]);
            self.largest[lane] = largest;
            let loud = if norm < SETTLED * largest { NEVER } else { now };
            let loud = if norm == 0.0 { NEVER } else { loud };
            self.loud[lane] = larger(loud, self.loud[lane]);
            self.highest[lane] = larger(value, self.highest[lane]);
            self.lowest[lane] = -larger(-value, -self.lowest[lane]);
        }
        if step == 0 {
            self.first = **values;
        }
        let to_come = self.rows - step;
        if to_come <= 2 * self.tenth {
            let sums = &mut self.sums[usize::from(to_come > self.tenth)];
            for (sum, value) in sums.iter_mut().zip(*values) {
                *sum += value;
            }
        }
    }

    /// The step at which a run left every bound or was done, if it has.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step")]
    pub(super) fn end(&self, lane: usize) -> Option<u32> {
        let ended = self.ended[lane];
        (ended < f64::INFINITY).then_some(ended as u32)
    }

    /// Whether all runs have ended.
    pub(super) fn have_all_ended(&self) -> bool {
        self.ended.iter().all(|ended| *ended < f64::INFINITY)
    }

    /// Says that a run is done with this step.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn finish(&mut self, lane: usize, step: usize) {
        self.ended[lane] = step as f64;
    }

    /// The first loss of a run.
    pub(super) fn first(&self, lane: usize) -> f64 {
        self.first[lane]
    }

    /// Whether a run that took all its steps climbs.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,001 losses")]
    pub(super) fn climbs(&self, lane: usize, last: f64) -> bool {
        let [late, before] = self.sums.map(|sums| sums[lane] / self.tenth as f64);
        let range = self.highest[lane] - self.lowest[lane];
        self.rows >= 2 * self.tenth && has_climbed([self.first[lane], last], [before, late], range)
    }

    /// The step at which a run that took all its steps has settled, at a point
    /// whose own rounding makes so much of a gradient.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a step, or −1 before the first"
    )]
    pub(super) fn settled(&self, lane: usize, rest: &Rest) -> Option<u32> {
        if self.largest[lane] <= rest.noise {
            return Some(0);
        }
        let from = (self.loud[lane] + 1.0) as usize;
        (from < self.rows).then_some(from as u32)
    }
}

/// As `f64::max` for numbers that are some, which WebAssembly has no instruction
/// for.
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}
