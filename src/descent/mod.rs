//! The mathematics: losses, gradients, optimizers, schedules, the run, its
//! stability and its outcome.
//!
//! This layer knows no web, no plotter, no clock and no randomness that was not
//! seeded; it could be published alone. Nothing in it fails: divergence and
//! overflow are outcomes with a step number, not errors.
//!
//! ```
//! use descent_lab::descent::{Descent, Outcome, Stop, Verdict, loss, optimizer, schedule};
//!
//! let rule = loss::find("quadratic").expect("listed");
//! let loss = (rule.build)(&rule.defaults());
//! let schedule = schedule::find("constant").expect("listed");
//! let schedule = (schedule.build)(&[]);
//! let descent = Descent {
//!     start: &[-8.0, 2.5],
//!     steps: 200,
//!     stop: Stop::default(),
//!     learning_rate: 0.15,
//!     schedule: schedule.as_ref(),
//! };
//! let mut optimizer = (optimizer::find("sgd").expect("listed").build)(&[], 2);
//! let trajectory = loss.descend(optimizer.as_mut(), &descent);
//! let verdict = Verdict::of(loss.as_ref(), &trajectory);
//! assert_eq!(verdict.outcome, Outcome::Oscillates);
//! ```

mod curvature;
mod knob;
pub mod loss;
pub mod optimizer;
mod outcome;
mod run;
pub mod schedule;
mod trajectory;
mod words;

pub use curvature::Curvature;
pub use knob::{Knob, Scale, defaults};
pub use outcome::{Facts, Outcome, Verdict};
pub use run::{Descent, Stop};
pub use trajectory::{DIVERGED_ABOVE, End, Storage, Trajectory};
pub use words::{Language, Words};
