//! What is kept of many runs at once to judge each at its end.

use super::super::constraint::{Constraint, FeasibleSet};
use super::super::loss::Loss;
use super::super::outcome::Record;
use super::super::run::Descent;
use super::super::trajectory::{DIVERGED_ABOVE, End};
use super::lanes::LANES;

/// The numbers of a step of every run: parameters and gradients are all x, then all y.
#[derive(Clone)]
pub(super) struct Row {
    pub(super) theta: [f64; 2 * LANES],
    pub(super) gradients: [f64; 2 * LANES],
    pub(super) values: [f64; LANES],
}

/// The rows of all steps, and when each run ended.
pub(super) struct Watch {
    pub(super) rows: Vec<Row>,
    /// The size beyond which a number of a run counts as diverged.
    bounds: [f64; LANES],
    /// The step at which a run ended before its time, and why; steps are kept as `f64`,
    /// as wide as everything else: the loop over the lanes is compiled to instructions
    /// that take two at once. Infinite until then.
    ended: [f64; LANES],
    is_stopped: [bool; LANES],
}

impl Watch {
    /// Before the first step, in the memory of runs that are done.
    pub(super) fn begin(mut rows: Vec<Row>) -> Self {
        rows.clear();
        let bounds = [DIVERGED_ABOVE; LANES];
        Self { rows, bounds, ended: [f64::INFINITY; LANES], is_stopped: [false; LANES] }
    }

    /// Takes in the last row. Of a run that has ended the numbers go on, into nonsense;
    /// nobody asks for them.
    pub(super) fn look(&mut self) {
        let step = self.rows.len() - 1;
        let Row { theta, gradients, values } = &self.rows[step];
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let now = step as f64;
        for lane in 0..LANES {
            let (value, x, y) = (values[lane], theta[lane], theta[LANES + lane]);
            let (gx, gy) = (gradients[lane], gradients[LANES + lane]);
            if step == 0 {
                let norm = (gx * gx + gy * gy).sqrt();
                let largest = larger(larger(x.abs(), y.abs()), larger(value.abs(), norm));
                self.bounds[lane] = (DIVERGED_ABOVE * larger(largest, 1.0)).min(f64::MAX);
            }
            let bound = self.bounds[lane];
            // Comparisons with NaN are false. `&`: nothing to jump over.
            let is_within = |v: f64| v.abs() <= bound;
            let stays =
                is_within(value) & is_within(x) & is_within(y) & is_within(gx) & is_within(gy);
            let ends = if stays { f64::INFINITY } else { now };
            self.ended[lane] = -larger(-ends, -self.ended[lane]);
        }
    }

    /// Whether a run has ended before its time.
    pub(super) fn has_ended(&self, lane: usize) -> bool {
        self.ended[lane] < f64::INFINITY
    }

    /// Whether all runs have.
    pub(super) fn have_all_ended(&self) -> bool {
        self.ended.iter().all(|ended| *ended < f64::INFINITY)
    }

    /// Ends a run at the last row: it met a stop rule.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn stop(&mut self, lane: usize) {
        self.ended[lane] = (self.rows.len() - 1) as f64;
        self.is_stopped[lane] = true;
    }

    /// One of the runs, which were made as `descent` says.
    pub(super) fn run<'a>(&'a self, lane: usize, descent: &'a Descent<'a>) -> Lane<'a> {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step")]
        let ended = self.has_ended(lane).then(|| self.ended[lane] as usize);
        let end = match (ended, self.is_stopped[lane]) {
            (None, _) => End::StepsDone,
            (Some(_), true) => End::StopRuleMet,
            (Some(_), false) => End::Diverged,
        };
        let steps = ended.unwrap_or(self.rows.len() - 1);
        Lane { rows: &self.rows, index: lane, steps, end, descent }
    }
}

/// One of the runs that are watched.
pub(super) struct Lane<'a> {
    rows: &'a [Row],
    index: usize,
    steps: usize,
    end: End,
    descent: &'a Descent<'a>,
}

impl Lane<'_> {
    /// T, the number of steps that it took.
    pub(super) fn steps(&self) -> usize {
        self.steps
    }

    fn point(&self, step: usize) -> [f64; 2] {
        pair(&self.rows[step].theta, self.index)
    }
}

impl Record for Lane<'_> {
    fn steps(&self) -> usize {
        self.steps
    }

    fn end(&self) -> End {
        self.end
    }

    fn loss(&self, step: usize) -> f64 {
        self.rows[step].values[self.index]
    }

    fn gradient_norm(&self, step: usize) -> f64 {
        let [x, y] = pair(&self.rows[step].gradients, self.index);
        (x * x + y * y).sqrt()
    }

    fn distance_squared(&self, step: usize, point: &[f64]) -> f64 {
        let [x, y] = self.point(step);
        let (x, y) = (x - point[0], y - point[1]);
        x * x + y * y
    }

    fn last_point(&self) -> Vec<f64> {
        self.point(self.steps).to_vec()
    }

    fn is_stuck(&self) -> bool {
        self.steps > 0 && self.point(self.steps) == self.point(self.steps - 1)
    }

    fn feasible_set<'a>(&'a self, loss: &'a dyn Loss) -> Option<FeasibleSet<'a>> {
        let constraint: &'a dyn Constraint = self.descent.constraint?;
        Some(FeasibleSet::new(constraint, loss, self.descent.precision))
    }

    fn point_and_gradient(&self, step: usize) -> Option<(Vec<f64>, Vec<f64>)> {
        let gradient = pair(&self.rows[step].gradients, self.index);
        Some((self.point(step).to_vec(), gradient.to_vec()))
    }
}

/// The numbers of one run.
pub(super) fn pair(numbers: &[f64], lane: usize) -> [f64; 2] {
    [numbers[lane], numbers[LANES + lane]]
}

/// As `f64::max` for numbers that are some, which WebAssembly has no instruction for.
fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}
