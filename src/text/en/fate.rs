//! What becomes of a run at a rate.

use super::super::RateFate;
use super::{outcome, steps};
use crate::descent::Outcome;

pub(super) fn at_rate(rate: &str, fate: &RateFate) -> String {
    let words = match fate {
        RateFate::Unknown => "not yet computed".to_owned(),
        RateFate::One(word, step) => {
            let (name, noun) = (outcome(*word), steps(step));
            match word {
                Outcome::Converges | Outcome::Oscillates => {
                    format!("{name}, {step} {noun} to settle")
                }
                Outcome::Crawls => format!("{name}, not settled after {step} {noun}"),
                Outcome::Bounces => format!("{name}, not at rest after {step} {noun}"),
                Outcome::Stalls | Outcome::Diverges => format!("{name} at step {step}"),
            }
        }
        RateFate::Shares(shares, of) => {
            let named = shares.iter().map(|(word, count)| format!("{} {count}", outcome(*word)));
            format!("{} of {of} seeds", named.collect::<Vec<_>>().join(", "))
        }
    };
    format!("{rate}: {words}")
}
