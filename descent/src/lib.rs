//! The mathematics: losses, gradients, optimizers, schedules, the run, its
//! stability and its outcome.
//!
//! This crate knows no web, no plotter, no clock and no randomness that was not
//! seeded. Nothing in it fails: divergence and
//! overflow are outcomes with a step number, not errors.
//!
//! ```
//! use descent::{Descent, Outcome, Precision, Theory, Verdict};
//! use descent::{loss, optimizer, schedule};
//!
//! let rule = loss::find("quadratic").expect("listed");
//! let loss = (rule.build)(&rule.defaults());
//! let schedule = schedule::find("constant").expect("listed");
//! let schedule = (schedule.build)(&[]);
//! let descent = Descent::new(&[-8.0, 2.5], 200, 0.15, schedule.as_ref());
//! let rule = optimizer::find("sgd").expect("listed");
//! let mut optimizer = (rule.build)(&[], 2, Precision::F64);
//! let trajectory = loss.descend(optimizer.as_mut(), &descent);
//! let stability = rule.theory(&[]);
//! let theory = Theory { stability, is_undisturbed: true, ..Theory::default() };
//! let verdict = Verdict::of(loss.as_ref(), &trajectory, theory);
//! assert_eq!(verdict.outcome, Outcome::Oscillates);
//! ```

mod average;
pub mod clip;
pub mod constraint;
mod curvature;
pub mod data;
mod diagnosis;
mod exponential;
mod gradient;
mod held_out;
mod knob;
mod lanczos;
mod layers;
mod linalg;
pub mod loss;
pub mod network;
pub mod optimizer;
mod outcome;
mod plane;
mod precision;
mod remedy;
mod run;
pub mod schedule;
mod sharpness;
mod spread;
mod starts;
mod trajectory;
mod words;

pub use average::Average;
pub use curvature::Curvature;
pub use diagnosis::{Circumstances, Diagnosis, HEALTHY_RATIOS, update_ratio};
pub use exponential::exp_of_negative;
pub use gradient::{BatchCursor, BatchPlan, Batches, Epochs, Noise, Order, Sampling};
pub use held_out::HeldOut;
pub use knob::{Knob, Named, Scale, defaults};
pub use lanczos::{Lanczos, Multiply, Product};
pub use layers::{Activity, Layer, LayerFigures, Layered, Making};
pub use outcome::{Facts, Fate, Judging, Learning, Outcome, StopRule, Swings, Theory, Verdict};
pub use plane::{Plane, PlaneMaking, Way};
pub use precision::{Exact, Precision, Rounding};
pub use remedy::{Remedy, Setup};
pub use run::{Descent, Progress, Stop};
pub use sharpness::Sharpness;
pub use spread::Spread;
pub use starts::{Course, Ending, StartsMap, StartsRuns};
pub use trajectory::{DIVERGED_ABOVE, End, Storage, Trajectory, distance_to_nearest};
pub use words::{Language, Words};
