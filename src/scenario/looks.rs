//! The sharpness at some steps of a run, of a loss that has too many parameters for its
//! Hessian: made part by part, ends and middle first.

use super::{Run, RunProgress, Scenario};
use crate::descent::loss::Loss;
use crate::descent::optimizer::Edge;
use crate::descent::{Lanczos, Product, Storage, Trajectory};

/// A run is looked at so many times at most: about as many columns has a chart.
const MOST_LOOKS: usize = 256;
/// A look ends when H·v differs from λ·v by this share: the eigenvalue, whose error is of
/// its square, has far more digits than a chart.
const TOLERANCE: f64 = 1e-4;
/// And after so many products; what is found by then is a lower bound.
const MOST_PRODUCTS: usize = 160;
/// The work of a run that is gone again, between two looks at the clock: well below a
/// millisecond.
const EFFORT: usize = 32_768;

/// λ_max of the Hessian H, or of P^(−½) H P^(−½) where the run's rule preconditions, at
/// some of the steps whose point is kept, as far as it is made.
pub struct SharpnessLooks {
    /// In rising order.
    steps: Vec<usize>,
    /// The places among them in the order of the looks.
    order: Vec<usize>,
    /// By place; NaN before the look, and where there is no such number.
    found: Vec<f64>,
    made: usize,
    /// The look being made.
    search: Option<Lanczos>,
    /// What the one before found: the direction turns slowly along a run.
    near: Vec<f64>,
    again: Option<Again>,
}

/// The run once more, for what P was.
struct Again {
    run: RunProgress,
    /// The roots of P at the point last recorded; empty until it is asked for.
    roots: Vec<f64>,
}

impl SharpnessLooks {
    /// Ready to look at a finished run of this scenario; none where no such number belongs
    /// to the run's rule.
    #[must_use]
    pub fn begin(
        scenario: &Scenario,
        run: &Run,
        loss: &dyn Loss,
        trajectory: &Trajectory,
    ) -> Option<Self> {
        let last = trajectory.steps();
        let (again, last) = match run.optimizer.rule.edge {
            Edge::Plain => (None, Some(last)),
            Edge::Preconditioned(_) => {
                let mut run = RunProgress::begin(Storage::default(), scenario, run, loss);
                run.limit(EFFORT);
                // P is what a step was divided by, and none leaves the last point.
                (Some(Again { run, roots: Vec::new() }), last.checked_sub(1))
            }
            Edge::None(_) => return None,
        };
        let mut steps: Vec<usize> = Vec::new();
        if let Some(last) = last {
            let count = last.clamp(1, MOST_LOOKS);
            steps.extend((0..=count).map(|at| trajectory.kept_step(at * last / count)));
            steps.dedup();
        }
        // P is known in the order of the steps alone.
        let order = if again.is_some() {
            (0..steps.len()).collect()
        } else {
            ends_and_middles(steps.len())
        };
        let found = vec![f64::NAN; steps.len()];
        Some(Self { steps, order, found, made: 0, search: None, near: Vec::new(), again })
    }

    /// Goes on until time is up or all is made; scenario, run, loss and trajectory must be
    /// the same in every call. Says whether all is made.
    pub fn advance(
        &mut self,
        (scenario, run): (&Scenario, &Run),
        loss: &dyn Loss,
        trajectory: &Trajectory,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        let mut scaled = vec![0.0; loss.dimension()];
        while !self.is_done() && !is_time_up() {
            let place = self.order[self.made];
            let step = self.steps[place];
            let mut roots: &[f64] = &[];
            if let Some(again) = &mut self.again {
                if !again.reach(step, (scenario, run), loss) {
                    continue;
                }
                roots = &again.roots;
            }
            let theta = trajectory.point(step);
            let mut multiply = |v: &[f64], out: &mut [f64]| {
                scaled.copy_from_slice(v);
                divide(&mut scaled, roots);
                if !loss.prepare_product(theta, &scaled, EFFORT) {
                    return Product::Pending;
                }
                let is_known = loss.curvature_product(theta, &scaled, out);
                divide(out, roots);
                if is_known { Product::Made } else { Product::Unavailable }
            };
            let search = self.search.get_or_insert_with(|| {
                Lanczos::begin(loss.dimension(), Some(&self.near), TOLERANCE, MOST_PRODUCTS)
            });
            if !search.advance(&mut multiply, is_time_up) {
                break;
            }
            self.found[place] = search.largest();
            self.near = search.vector();
            self.search = None;
            self.made += 1;
            if let Some(again) = &mut self.again {
                again.roots.clear();
            }
        }
        self.is_done()
    }

    /// Whether every look is made.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.made == self.order.len()
    }

    /// How many looks are made: a key for what is drawn of them.
    #[must_use]
    pub fn made(&self) -> usize {
        self.made
    }

    /// The share of the looks that is made, 0 to 1.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    pub fn progress(&self) -> f64 {
        self.made as f64 / self.order.len().max(1) as f64
    }

    /// What was found, step by step, rising; where curvature is no finite number there is none.
    #[must_use]
    pub fn points(&self) -> impl DoubleEndedIterator<Item = (usize, f64)> + '_ {
        let all = self.steps.iter().copied().zip(self.found.iter().copied());
        all.filter(|(_, found)| found.is_finite())
    }

    /// The last step up to this one that is looked at, and what was found there; NaN while
    /// that is missing, and beyond the last.
    #[must_use]
    pub fn at(&self, step: usize) -> (usize, f64) {
        let place = self.steps.partition_point(|other| *other <= step).saturating_sub(1);
        let is_beyond = self.steps.last().is_none_or(|last| step > *last + 1);
        let found = if is_beyond { f64::NAN } else { self.found[place] };
        (self.steps.get(place).copied().unwrap_or(step), found)
    }
}

impl Again {
    /// Goes on to where `step` is left, or a little; says whether P of it is known.
    fn reach(&mut self, step: usize, (scenario, run): (&Scenario, &Run), loss: &dyn Loss) -> bool {
        if !self.roots.is_empty() {
            return true;
        }
        if self.run.recorded() <= step && !self.run.is_done() {
            let until = self.run.recorded() + Scenario::stretch(loss);
            self.run.advance(scenario, run, loss, until.min(step + 1));
        }
        if self.run.recorded() <= step && !self.run.is_done() {
            return false;
        }
        self.roots = vec![f64::NAN; loss.dimension()];
        self.run.optimizer().preconditioner(&mut self.roots);
        self.roots.iter_mut().for_each(|p| *p = p.sqrt());
        true
    }
}

/// Divides by each of `roots`, if there are any.
fn divide(vector: &mut [f64], roots: &[f64]) {
    for (component, root) in vector.iter_mut().zip(roots) {
        *component /= root;
    }
}

/// The places 0 to `count` − 1: both ends, then what halves each gap that is left.
fn ends_and_middles(count: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count.min(1)).chain((1..count).last()).collect();
    let mut distance = count.next_power_of_two();
    while distance > 1 {
        let half = distance / 2;
        order.extend((half..count.saturating_sub(1)).step_by(distance));
        distance = half;
    }
    order
}
