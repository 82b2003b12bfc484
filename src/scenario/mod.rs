//! What is shown, as pure data: the scenario, the link that carries it, and the
//! presets.
//!
//! ```
//! use descent_lab::scenario::{decode, encode};
//!
//! let (scenario, refused) = decode("#v=1&loss=rosenbrock&steps=500&run=sgd,lr=0.001");
//! assert!(refused.is_empty());
//! assert_eq!(scenario.steps, 500);
//! assert_eq!(encode(&scenario), "#v=1&loss=rosenbrock&steps=500&run=sgd,lr=0.001");
//! ```

mod choice;
mod decode;
mod encode;
mod job;
mod looks;
mod own;
mod page;
mod parameter;
mod prediction;
mod preset;
mod progress;
mod python;
mod quantity;
mod refusal;
mod replacement;
mod run;
mod scaling;
mod sharpness;
mod slice;
mod spectrum;
mod starts;
mod sweep;
pub mod table;
mod trials;
mod value;

pub use choice::{Choice, Listed};
pub use decode::{decode, decode_with};
pub use encode::encode;
pub use job::{FINDING, Finding, Job, Task, Working};
pub use looks::SharpnessLooks;
pub use own::{MOST_POINT_TEXT, own_samples};
pub use page::{Beside, Page, Theme};
pub use parameter::parameter_names;
pub use prediction::Grade;
pub use preset::{PRESETS, Preset};
pub use progress::RunProgress;
pub use python::{PythonFlavour, python_script};
pub use quantity::Quantity;
pub use refusal::{OwnRefusal, Reason, Refusal};
pub use run::Run;
pub use scaling::{Condition, Scaling};
pub use slice::{Directions, Slice, SliceMaking};
pub use spectrum::{Place, SEEDS, SPECTRUM_RATES, Spectrum, log_spaced};
pub use starts::{STARTS, Starts, StartsPart};
pub use sweep::{SWEEP_HEADER, advance_evenly, sweep_csv, sweep_row};
pub use trials::{Trial, Trials};
pub use value::{knob_text, number_text, parse_knob, parse_number};

use crate::descent::data::Samples;
use crate::descent::loss::{self, Loss, LossRule, Setting};
use crate::descent::optimizer::RateRole;
use crate::descent::{
    BatchCursor, BatchPlan, Descent, Fate, Judging, Noise, Order, Outcome, Plane, Precision,
    Progress, Sampling, Spread, Stop, Storage, Theory, Trajectory, Verdict,
};

/// The version of the link's format that this program writes.
pub const LINK_VERSION: u32 = 1;

/// The most steps a run may take.
pub const MOST_STEPS: usize = 1_000_000;

/// The most runs side by side.
pub const MOST_RUNS: usize = 8;

/// The most parameters that a start chosen by hand may have: as many numbers as a link
/// holds without becoming long. With more the loss's own start stands.
pub const MOST_CHOSEN: usize = 64;

/// The largest σ of noise.
pub const MOST_NOISE: f64 = 1e6;

/// Parameters in a link may be this large: beyond it a run has diverged before
/// it begins.
pub const LARGEST_PARAMETER: f64 = crate::descent::DIVERGED_ABOVE;

/// Everything the page shows follows from this value and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// The preset this one started from; its title and caption are shown.
    pub preset: Option<&'static Preset>,
    /// J and its knobs.
    pub loss: Choice<LossRule>,
    /// A person's own samples, for a loss whose knob says that it learns from them.
    pub own: Option<Samples>,
    /// The fingerprint of such samples that a link names and does not hold, until they
    /// are found; the loss learns from others as long.
    pub stored: Option<u64>,
    /// θ at step 0, one number a parameter of the loss.
    pub start: Vec<f64>,
    /// The most steps to take, 1 to [`MOST_STEPS`].
    pub steps: usize,
    /// When to end sooner.
    pub stop: Stop,
    /// How many samples make the gradient of each step, at most as many as the loss
    /// has.
    pub batch: BatchPlan,
    /// The order in which they are drawn.
    pub order: Order,
    /// σ of the Gaussian noise added to each component of each gradient, 0 for none.
    pub noise: f64,
    /// What noise and shuffled samples are drawn from; each run draws the same.
    pub seed: u64,
    /// What parameters, gradient and optimizer state are rounded to.
    pub precision: Precision,
    /// What descends, side by side: 1 to [`MOST_RUNS`].
    pub runs: Vec<Run>,
    /// What the page itself remembers.
    pub page: Page,
}

impl Default for Scenario {
    fn default() -> Self {
        let loss = Choice::of(loss::find("quadratic").unwrap_or(loss::LOSSES[0]));
        Self {
            preset: None,
            start: (loss.rule.start)(&Setting::of(&loss.knobs)),
            loss,
            own: None,
            stored: None,
            steps: 200,
            stop: Stop::default(),
            batch: BatchPlan::FULL,
            order: Order::default(),
            noise: 0.0,
            seed: 0,
            precision: Precision::F64,
            runs: vec![Run::default()],
            page: Page::default(),
        }
    }
}

impl Scenario {
    /// What the loss is made of.
    #[must_use]
    pub fn setting(&self) -> Setting {
        Setting { knobs: self.loss.knobs.clone(), own: self.own.clone() }
    }

    /// The loss, ready to be evaluated.
    #[must_use]
    pub fn build_loss(&self) -> Box<dyn Loss> {
        (self.loss.rule.build)(&self.setting())
    }

    /// The samples that the loss learns from, as they are before anything is
    /// standardized; none where it does not learn from any.
    #[must_use]
    pub fn samples(&self) -> Option<Samples> {
        self.loss.rule.learns().then(|| self.loss.rule.samples(&self.setting()))
    }

    /// Whether the loss curves the same everywhere, so that what theory says of one
    /// point holds for the whole run.
    #[must_use]
    pub fn has_constant_hessian(&self) -> bool {
        (self.loss.rule.has_constant_hessian)(&self.setting())
    }

    /// Makes a run of this scenario on `loss`, which must come from
    /// [`Scenario::build_loss`].
    #[must_use]
    pub fn descend(&self, run: &Run, loss: &dyn Loss) -> Trajectory {
        self.descend_in(Storage::default(), run, loss)
    }

    /// The same in the memory of a run that is no longer needed: a million steps
    /// in fresh memory take twice as long.
    #[must_use]
    pub fn descend_in(&self, storage: Storage, run: &Run, loss: &dyn Loss) -> Trajectory {
        let mut progress = RunProgress::begin(storage, self, run, loss);
        progress.advance(self, run, loss, usize::MAX);
        progress.finish()
    }

    /// The direction that a run's rule has gathered when it leaves `step`, where
    /// it keeps one; as many numbers as parameters.
    #[must_use]
    pub fn momentum_at(&self, step: usize, run: &Run, loss: &dyn Loss) -> Option<Vec<f64>> {
        self.with_descent(run, loss, |descent| {
            // The step that leaves the last point is not taken by the run itself.
            let longer = Descent { steps: step + 1, ..descent.clone() };
            let mut optimizer = run.build_optimizer(loss.dimension(), self.precision);
            let mut progress = Progress::begin(Storage::default(), &longer);
            loss.advance(&mut progress, optimizer.as_mut(), &longer, step + 2);
            let has_left = progress.recorded() > step + 1;
            let momentum = optimizer.momentum().filter(|_| has_left);
            momentum.map(<[f64]>::to_vec)
        })
    }

    /// Hands what the core needs for a run to `use_it`.
    fn with_descent<T>(
        &self,
        run: &Run,
        loss: &dyn Loss,
        use_it: impl FnOnce(&Descent<'_>) -> T,
    ) -> T {
        let clip = run.clip.as_ref().map(|clip| (clip.rule.build)(&clip.knobs));
        let constraint = run.build_constraint();
        run.with_schedule(|schedule| {
            use_it(&Descent {
                stop: self.stop,
                sampling: self.sampling(run, loss),
                noise: (self.noise > 0.0).then(|| Noise::new(self.noise, self.seed)),
                ascends: run.ascent,
                clip: clip.as_deref(),
                constraint: constraint.as_deref(),
                precision: self.precision,
                average: run.average,
                ..Descent::new(&self.start, self.steps, run.learning_rate, schedule)
            })
        })
    }

    /// How many samples make the gradient of each step of a run.
    #[must_use]
    pub fn batch_plan(&self, run: &Run) -> BatchPlan {
        run.batch.unwrap_or(self.batch)
    }

    /// Whether a run's rule is made of a Hessian that `loss` has too many parameters for,
    /// so that it is plain descent by a line search.
    #[must_use]
    pub fn does_without_hessian(&self, run: &Run, loss: &dyn Loss) -> bool {
        !loss.has_hessian() && run.build_optimizer(1, self.precision).needs_hessian()
    }

    /// Whether another seed makes another run.
    #[must_use]
    pub fn is_stochastic(&self, run: &Run) -> bool {
        self.noise > 0.0 || (!self.batch_plan(run).is_full() && self.order == Order::Shuffled)
    }

    /// Whether noise or a choice among samples comes between gradient and step.
    #[must_use]
    pub fn is_disturbed(&self, run: &Run) -> bool {
        self.noise > 0.0 || !self.batch_plan(run).is_full()
    }

    /// How far a run strays that noise or samples keep from its minimum; none of a run
    /// that stays near it or never gets near one, and with but one parameter.
    #[must_use]
    pub fn noise_ball(
        &self,
        run: &Run,
        trajectory: &Trajectory,
        verdict: &Verdict,
        plane: Option<&Plane>,
    ) -> Option<Spread> {
        // One that is near the minimum only at its very end strays as well.
        let is_late = verdict.settles.is_some_and(|step| 2 * step > trajectory.steps());
        let bounces = self.is_disturbed(run) && (is_late || verdict.outcome == Outcome::Bounces);
        let place = |step: usize| {
            let point = trajectory.point(step);
            plane.map_or_else(|| [point[0], point[1]], |plane| plane.coordinates(point))
        };
        let is_plane = trajectory.dimension() == 2 || plane.is_some();
        (bounces && is_plane).then(|| Spread::of_second_half(trajectory, &place)).flatten()
    }

    /// How the samples of each step of a run are drawn; none where each takes all.
    #[must_use]
    pub fn sampling(&self, run: &Run, loss: &dyn Loss) -> Option<Sampling> {
        let plan = self.batch_plan(run);
        let samples = loss.samples().filter(|_| !plan.is_full())?;
        let Self { steps, order, seed, .. } = *self;
        Some(Sampling { plan, steps, samples, order, seed })
    }

    /// What finds the samples of any step of a run; none where each step takes all.
    #[must_use]
    pub fn batch_cursor(&self, run: &Run, loss: &dyn Loss) -> Option<BatchCursor> {
        self.sampling(run, loss).map(BatchCursor::new)
    }

    /// The rates that a run's schedule plans, at `count` steps spread evenly over
    /// the scenario's: what a small picture of the schedule is drawn from.
    #[must_use]
    pub fn planned_rates(&self, run: &Run, count: usize) -> Vec<f64> {
        let last = count.max(2) - 1;
        let step = |place: usize| self.steps * place / last;
        run.with_schedule(|schedule| {
            (0..count).map(|place| schedule.rate(run.learning_rate, step(place))).collect()
        })
    }

    /// The rates to draw beside the name of a run's schedule, `count` of them: those that it
    /// plans, or where it follows the loss those that `trajectory` has recorded.
    #[must_use]
    pub fn sketched_rates(
        &self,
        run: &Run,
        trajectory: Option<&Trajectory>,
        count: usize,
    ) -> Vec<f64> {
        let follows = run.schedule.rule.following.is_some();
        // A rule that searches records what it found, not what its schedule is.
        let records = follows && run.optimizer.rule.rate == RateRole::EveryStep;
        let Some(trajectory) = trajectory.filter(|_| records) else {
            return self.planned_rates(run, count);
        };
        let (rates, last) = (trajectory.learning_rates(), count.max(2) - 1);
        (0..count).map(|place| rates[trajectory.steps() * place / last]).collect()
    }

    /// What became of a run that [`Scenario::descend`] made.
    #[must_use]
    pub fn judge(&self, run: &Run, loss: &dyn Loss, trajectory: &Trajectory) -> Verdict {
        Verdict::of(loss, trajectory, self.theory(run))
    }

    /// The same of a run whose judging is done, with what came of it.
    #[must_use]
    pub fn judged(
        &self,
        run: &Run,
        loss: &dyn Loss,
        trajectory: &Trajectory,
        (judging, fate): (&Judging, Fate),
    ) -> Verdict {
        Verdict::judged(loss, trajectory, self.theory(run), (judging, fate))
    }

    fn theory<'a>(&self, run: &'a Run) -> Theory<'a> {
        // A clipped step is not as long as theory has it, nor is a projected one or one up the slope; noise and batches keep a
        // run from its minimum at any rate.
        let is_free = run.takes_whole_steps() && !self.is_disturbed(run);
        Theory {
            stability: run.optimizer.rule.theory(&run.optimizer.knobs).filter(|_| is_free),
            is_undisturbed: is_free && self.precision == Precision::F64,
            ascends: run.ascent,
            stop: self.stop,
        }
    }

    /// The range of a run's learning-rate slider: what suits its rule on this
    /// loss, stretched where the rate lies outside it.
    #[must_use]
    pub fn rates(&self, run: &Run) -> [f64; 2] {
        let [low, high] = self.usual_rates(run);
        let rate = within_a_slider(run.learning_rate);
        [low.min(rate), high.max(rate)]
    }

    /// The range of rates that suits a run's rule on this loss.
    #[must_use]
    pub fn usual_rates(&self, run: &Run) -> [f64; 2] {
        (run.optimizer.rule.rates)((self.loss.rule.rates)(&self.setting()))
    }
}

/// The rate nearest to this one that a slider may reach: beyond 24 decades it says
/// nothing; the number field still does.
#[must_use]
pub fn within_a_slider(rate: f64) -> f64 {
    rate.clamp(1e-12, 1e12)
}

/// Whether `[x0, x1, y0, y1]` is a part of the plane that can be shown: its sides
/// are wide enough to hold distinct numbers.
#[must_use]
pub fn is_window([x0, x1, y0, y1]: [f64; 4]) -> bool {
    let is_side = |low: f64, high: f64| high - low > 1e-9 * low.abs().max(high.abs()).max(1e-6);
    is_side(x0, x1) && is_side(y0, y1)
}
