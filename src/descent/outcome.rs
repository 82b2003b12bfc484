//! What became of a run: one of six outcomes, computed from the run itself and
//! used alike by verdict, command line, page and tests.

use super::Curvature;
use super::loss::Loss;
use super::precision::Precision;
use super::trajectory::{End, Trajectory, norm};

/// The six fates of a run. The rules are in [`Verdict::of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Still on its way when the steps run out.
    Crawls,
    /// Settles in a minimum without much overshooting.
    Converges,
    /// Settles in a minimum after overshooting it again and again.
    Oscillates,
    /// Does not settle: walls, cycles, a noise floor, chaos.
    Bounces,
    /// Comes to rest where there is no minimum.
    Stalls,
    /// Leaves every bound, or climbs.
    Diverges,
}

impl Outcome {
    /// All six, in the order of growing rates on a simple valley.
    pub const ALL: [Self; 6] = [
        Self::Crawls,
        Self::Converges,
        Self::Oscillates,
        Self::Bounces,
        Self::Stalls,
        Self::Diverges,
    ];

    /// The word used on the command line and in JavaScript.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Crawls => "crawls",
            Self::Converges => "converges",
            Self::Oscillates => "oscillates",
            Self::Bounces => "bounces",
            Self::Stalls => "stalls",
            Self::Diverges => "diverges",
        }
    }
}

/// What theory has to say of a run, for the sentence that explains its outcome;
/// the outcome itself is computed without it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Theory {
    /// c: the rule is stable while η·λ_max < c. None where theory is silent.
    pub limit: Option<f64>,
    /// Whether each step is the rule's own: no clipping, noise or coarse rounding
    /// comes between.
    pub is_undisturbed: bool,
}

/// The numbers that explain an outcome.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Facts {
    /// η·λ_max at the start.
    pub product_at_start: f64,
    /// η·λ_max at the step where the run settled, otherwise at its last (where it
    /// is finite).
    pub product_at_end: f64,
    /// c: η·λ_max has to stay below it; none where theory is silent.
    pub limit: Option<f64>,
    /// Whether the rate is the same at every step and nothing disturbs the steps.
    pub is_steady: bool,
    /// The first step at which η·λ_max is above the limit.
    pub first_beyond_limit: Option<usize>,
    /// ‖∇J‖ at the last step (where it is finite) over the largest of the run.
    pub gradient_left: f64,
    /// The share of counting steps that overshoot, in the part of the run that
    /// decides the outcome.
    pub overshooting: f64,
    /// The share of steps on which the loss rose, in the same part.
    pub rising: f64,
    /// Whether a number left the range at the last step; a run may also diverge
    /// by climbing slowly.
    pub left_all_bounds: bool,
    /// Whether the last step changed nothing although the gradient is not small.
    pub is_stuck: bool,
    /// The rate at the last step taken.
    pub last_rate: f64,
    /// The largest number of the run's format, if the run passed it.
    pub overflowed: Option<f64>,
}

/// An outcome, the step it belongs to and the numbers behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Which of the six.
    pub outcome: Outcome,
    /// The step at which the run settled or diverged, otherwise its last.
    pub step: usize,
    /// The numbers behind it.
    pub facts: Facts,
}

/// ‖g‖ below this share of the run's largest counts as settled.
const SETTLED: f64 = 1e-3;
/// A step counts if the steepest direction holds this share of its gradient.
const COUNTS: f64 = 1e-3;
/// A projection smaller than this share of the gradient before or after a step
/// has no sign: at exactly the rate 1/λ_max what is left along the steepest
/// direction is rounding noise, whose sign is random and would pass for
/// overshooting.
const ROUNDING: f64 = 1e-10;
/// Rounding alone may change a gradient by this share of λ_max·‖θ‖. On the floor
/// of a narrow valley, where the gradient along it is small, that noise across it
/// outgrows [`ROUNDING`].
const LAST_BITS: f64 = 4.0 * f64::EPSILON;
/// A rest with λ_min below −1/100 of λ_max is a saddle.
const SADDLE: f64 = 0.01;

impl Verdict {
    /// Judges `trajectory`, a run on `loss`.
    ///
    /// The run *settles* at the first step from which ‖g‖ stays below 1/1000 of
    /// its largest value, or where a stop rule was met. A step *overshoots* if it
    /// turns the sign of the gradient's component along the top eigenvector v of
    /// the Hessian it left, or if the gradients before and after have a negative
    /// product; it *counts* if it overshoots or v holds 1/1000 of the gradient.
    #[must_use]
    pub fn of(loss: &dyn Loss, trajectory: &Trajectory, theory: Theory) -> Self {
        let last = trajectory.steps();
        let norms: Vec<f64> = (0..=last).map(|t| trajectory.gradient_norm(t)).collect();
        let walk = Walk::along(loss, trajectory, &norms, theory.limit);
        let left_all_bounds = trajectory.end() == End::Diverged;
        let rest = loss.curvature(trajectory.point(last));
        let noise = gradient_noise(rest, trajectory.point(last), LAST_BITS);
        let settled = settles_at(trajectory.end(), &norms, noise);
        let at_minimum = rest.max > 0.0 && rest.min >= -SADDLE * rest.max;
        let is_stuck =
            settled.is_none() && last > 0 && trajectory.point(last) == trajectory.point(last - 1);
        let early = walk.tally(0, settled.unwrap_or(0));
        let late = walk.tally(last / 2, last);
        let outcome = if left_all_bounds || climbs(trajectory.losses()) {
            Outcome::Diverges
        } else if let Some(step) = settled {
            if !at_minimum {
                Outcome::Stalls
            } else if early.overshoots_mostly() || (step >= 4 && early.rises_often()) {
                Outcome::Oscillates
            } else {
                Outcome::Converges
            }
        } else if is_stuck {
            Outcome::Stalls
        } else if late.overshoots_mostly() || late.rises_often() {
            Outcome::Bounces
        } else {
            Outcome::Crawls
        };
        let deciding = if settled.is_some() { early } else { late };
        Self {
            outcome,
            step: if outcome == Outcome::Diverges { last } else { settled.unwrap_or(last) },
            facts: Facts {
                product_at_start: walk.product_at_start,
                product_at_end: settled
                    .map(|step| product_at(loss, trajectory, step))
                    .filter(|product| product.is_finite())
                    .unwrap_or(walk.product_at_end),
                limit: theory.limit,
                is_steady: theory.is_undisturbed && is_constant(trajectory.learning_rates()),
                first_beyond_limit: walk.first_beyond_limit,
                gradient_left: gradient_left(&norms),
                overshooting: deciding.overshooting(),
                rising: deciding.rising(),
                left_all_bounds,
                is_stuck,
                last_rate: trajectory.learning_rates()[last.saturating_sub(1)],
                overflowed: overflowed(trajectory),
            },
        }
    }
}

/// What each step did, and η·λ_max along the way.
struct Walk {
    steps: Vec<Step>,
    product_at_start: f64,
    product_at_end: f64,
    first_beyond_limit: Option<usize>,
}

#[derive(Clone, Copy)]
struct Step {
    overshoots: bool,
    counts: bool,
    rises: bool,
}

impl Walk {
    fn along(loss: &dyn Loss, trajectory: &Trajectory, norms: &[f64], limit: Option<f64>) -> Self {
        let last = trajectory.steps();
        let mut walk = Self {
            steps: Vec::with_capacity(last),
            product_at_start: 0.0,
            product_at_end: 0.0,
            first_beyond_limit: None,
        };
        // In a coarse format the parameters themselves are rounded at every step.
        let last_bits = match trajectory.precision() {
            Precision::F64 => LAST_BITS,
            coarse => coarse.epsilon(),
        };
        for t in 0..=last {
            let curvature = loss.curvature(trajectory.point(t));
            let product = trajectory.learning_rates()[t] * curvature.max;
            // A schedule that has come to rate 0 says nothing of the ground.
            if product.is_finite() && trajectory.learning_rates()[t] > 0.0 {
                walk.product_at_end = product;
                if t == 0 {
                    walk.product_at_start = product;
                }
            }
            let is_beyond = limit.is_some_and(|limit| product > limit);
            if is_beyond && walk.first_beyond_limit.is_none() {
                walk.first_beyond_limit = Some(t);
            }
            if t < last {
                let losses = trajectory.losses();
                let gradients = [trajectory.gradient(t), trajectory.gradient(t + 1)];
                let noise = (ROUNDING * norms[t].max(norms[t + 1])).max(gradient_noise(
                    curvature,
                    trajectory.point(t),
                    last_bits,
                ));
                let overshoots = turns(gradients, curvature.direction, noise)
                    || dot(gradients[0], gradients[1]) < -noise * norms[t];
                let across = dot(gradients[0], &curvature.direction).abs();
                walk.steps.push(Step {
                    overshoots,
                    counts: overshoots || across >= COUNTS * norms[t],
                    rises: losses[t + 1] > losses[t],
                });
            }
        }
        walk
    }

    /// Counts over the steps `from..to`.
    fn tally(&self, from: usize, to: usize) -> Tally {
        let mut tally = Tally::default();
        for step in &self.steps[from..to] {
            tally.steps += 1;
            tally.overshoots += usize::from(step.overshoots);
            tally.counting += usize::from(step.counts);
            tally.rises += usize::from(step.rises);
        }
        tally
    }
}

#[derive(Clone, Copy, Default)]
struct Tally {
    steps: usize,
    overshoots: usize,
    counting: usize,
    rises: usize,
}

impl Tally {
    fn overshoots_mostly(self) -> bool {
        2 * self.overshoots > self.counting
    }

    fn rises_often(self) -> bool {
        self.steps > 0 && 4 * self.rises >= self.steps
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn overshooting(self) -> f64 {
        self.overshoots as f64 / self.counting.max(1) as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    fn rising(self) -> f64 {
        self.rises as f64 / self.steps.max(1) as f64
    }
}

/// η·λ_max at a step.
fn product_at(loss: &dyn Loss, trajectory: &Trajectory, step: usize) -> f64 {
    trajectory.learning_rates()[step] * loss.curvature(trajectory.point(step)).max
}

/// The largest number of a coarse format that a run has left for infinity.
fn overflowed(trajectory: &Trajectory) -> Option<f64> {
    let is_infinite = trajectory.point(trajectory.steps()).iter().any(|v| !v.is_finite());
    let precision = trajectory.precision();
    (is_infinite && precision != Precision::F64).then(|| precision.largest())
}

fn is_constant(rates: &[f64]) -> bool {
    rates.iter().all(|rate| *rate == rates[0])
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// What changing `theta` by this share of itself does to the gradient.
fn gradient_noise(curvature: Curvature, theta: &[f64], share: f64) -> f64 {
    share * curvature.max * norm(theta)
}

/// Whether the gradients before and after a step have opposite signs along
/// `direction`, each by more than `noise`. Signs are compared, not multiplied:
/// a product of small numbers underflows.
fn turns([before, after]: [&[f64]; 2], direction: [f64; 2], noise: f64) -> bool {
    let (from, to) = (dot(before, &direction), dot(after, &direction));
    (from > noise && to < -noise) || (from < -noise && to > noise)
}

/// The first step from which ‖g‖ stays small until the end, or the step at which
/// a stop rule was met. A gradient that is zero throughout, but for the rounding
/// `noise` of the point itself, is at rest from 0.
fn settles_at(end: End, norms: &[f64], noise: f64) -> Option<usize> {
    let rows = norms.len();
    if end == End::StopRuleMet {
        return Some(rows - 1);
    }
    let largest = norms.iter().copied().fold(0.0, f64::max);
    if largest <= noise {
        return Some(0);
    }
    let is_small = |norm: &&f64| **norm < SETTLED * largest || **norm == 0.0;
    let small = norms.iter().rev().take_while(is_small).count();
    (small > 0).then(|| rows - small)
}

fn gradient_left(norms: &[f64]) -> f64 {
    let mut finite = norms.iter().copied().filter(|norm| norm.is_finite());
    let largest = finite.clone().fold(0.0, f64::max);
    let last = finite.next_back().unwrap_or(0.0);
    if largest > 0.0 { last / largest } else { 0.0 }
}

/// Whether the loss ends above where it began and the mean of its last tenth
/// exceeds that of the tenth before by 1/1000 of its range.
fn climbs(losses: &[f64]) -> bool {
    let (first, last) = (losses[0], losses[losses.len() - 1]);
    let tenth = (losses.len() / 10).max(1);
    if last <= first || losses.len() < 2 * tenth {
        return false;
    }
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,001 losses")]
    let mean = |part: &[f64]| part.iter().sum::<f64>() / part.len() as f64;
    let ending = losses.len() - tenth;
    let range = losses.iter().copied().fold(f64::NEG_INFINITY, f64::max)
        - losses.iter().copied().fold(f64::INFINITY, f64::min);
    mean(&losses[ending..]) - mean(&losses[ending - tenth..ending]) > 1e-3 * range
}
