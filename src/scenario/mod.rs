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
mod preset;
mod refusal;
mod value;

pub use choice::{Choice, Listed};
pub use decode::decode;
pub use encode::encode;
pub use preset::{PRESETS, Preset};
pub use refusal::{Reason, Refusal};
pub use value::{number_text, parse_number};

use crate::descent::loss::{self, Loss, LossRule};
use crate::descent::optimizer::{self, OptimizerRule};
use crate::descent::schedule::{self, ScheduleRule};
use crate::descent::{Descent, Language, Stop, Storage, Trajectory};

/// The version of the link's format that this program writes.
pub const LINK_VERSION: u32 = 1;

/// The most steps a run may take.
pub const MOST_STEPS: usize = 1_000_000;

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
    /// θ at step 0, one number a parameter of the loss.
    pub start: Vec<f64>,
    /// The most steps to take, 1 to [`MOST_STEPS`].
    pub steps: usize,
    /// When to end sooner.
    pub stop: Stop,
    /// What descends.
    pub run: Run,
    /// What the page itself remembers.
    pub page: Page,
}

/// One descent: an update rule, its rate and its schedule.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The update rule and its knobs.
    pub optimizer: Choice<OptimizerRule>,
    /// η, a positive finite number.
    pub learning_rate: f64,
    /// The schedule and its knobs.
    pub schedule: Choice<ScheduleRule>,
}

/// What a link says of the page rather than of the mathematics.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Page {
    /// The playhead, 0 to `steps`.
    pub step: usize,
    /// Whether to play on opening.
    pub play: bool,
    /// The language asked for; none leaves it to the reader's browser.
    pub language: Option<Language>,
    /// The theme asked for; none leaves it to the reader's system.
    pub theme: Option<Theme>,
    /// The part of parameter space shown, `[x0, x1, y0, y1]`; none is the loss's own.
    pub view: Option<[f64; 4]>,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on a light page.
    Light,
    /// Light ink on a dark page.
    Dark,
}

impl Default for Run {
    fn default() -> Self {
        Self {
            optimizer: Choice::of(optimizer::OPTIMIZERS[0]),
            learning_rate: 0.1,
            schedule: Choice::of(schedule::SCHEDULES[0]),
        }
    }
}

impl Default for Scenario {
    fn default() -> Self {
        let rule = loss::find("quadratic").unwrap_or(loss::LOSSES[0]);
        Self {
            preset: None,
            loss: Choice::of(rule),
            start: rule.start.to_vec(),
            steps: 200,
            stop: Stop::default(),
            run: Run::default(),
            page: Page::default(),
        }
    }
}

impl Scenario {
    /// The loss, ready to be evaluated.
    #[must_use]
    pub fn build_loss(&self) -> Box<dyn Loss> {
        (self.loss.rule.build)(&self.loss.knobs)
    }

    /// Runs the descent on `loss`, which must come from [`Scenario::build_loss`].
    #[must_use]
    pub fn descend(&self, loss: &dyn Loss) -> Trajectory {
        self.descend_in(Storage::default(), loss)
    }

    /// The same in the memory of a run that is no longer needed: a million steps
    /// in fresh memory take twice as long.
    #[must_use]
    pub fn descend_in(&self, storage: Storage, loss: &dyn Loss) -> Trajectory {
        let run = &self.run;
        let schedule = (run.schedule.rule.build)(&run.schedule.knobs);
        let mut optimizer = (run.optimizer.rule.build)(&run.optimizer.knobs, loss.dimension());
        loss.descend_in(
            storage,
            optimizer.as_mut(),
            &Descent {
                start: &self.start,
                steps: self.steps,
                stop: self.stop,
                learning_rate: run.learning_rate,
                schedule: schedule.as_ref(),
            },
        )
    }

    /// Replaces the loss. The start and the view belong to the loss it had and
    /// go with it.
    pub fn replace_loss(&mut self, loss: Choice<LossRule>) {
        if loss.rule != self.loss.rule {
            self.start = loss.rule.start.to_vec();
            self.page.view = None;
        }
        self.loss = loss;
    }

    /// The range of the learning-rate slider: the loss's own, stretched where
    /// the rate lies outside it.
    #[must_use]
    pub fn rates(&self) -> [f64; 2] {
        let [low, high] = (self.loss.rule.rates)(&self.loss.knobs);
        // Beyond 24 decades a slider says nothing; the number field still does.
        let rate = self.run.learning_rate.clamp(1e-12, 1e12);
        [low.min(rate), high.max(rate)]
    }
}

/// Whether `[x0, x1, y0, y1]` is a part of the plane that can be shown: its sides
/// are wide enough to hold distinct numbers.
#[must_use]
pub fn is_window([x0, x1, y0, y1]: [f64; 4]) -> bool {
    let is_side = |low: f64, high: f64| high - low > 1e-9 * low.abs().max(high.abs()).max(1e-6);
    is_side(x0, x1) && is_side(y0, y1)
}
