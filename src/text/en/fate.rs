//! What becomes of a run at a rate.

use super::super::RateFate;
use super::{outcome, steps};
use crate::descent::Outcome;

pub(super) fn at_rate(rate: &str, fate: &RateFate) -> String {
    let words = match fate {
        RateFate::Unknown => "not yet computed".to_owned(),
        RateFate::One(word, step, settles) => {
            let (name, noun) = (outcome(*word), steps(step));
            match word {
                _ if *settles => format!("{name}, {step} {noun} to settle"),
                Outcome::Diverges => format!("{name} at step {step}"),
                Outcome::Bounces => format!("{name}, not at rest after {step} {noun}"),
                Outcome::Stalls => format!("{name}, at rest elsewhere after {step} {noun}"),
                _ => format!("{name}, not settled after {step} {noun}"),
            }
        }
        RateFate::Shares(shares, of) => {
            let named = shares.iter().map(|(word, count)| format!("{} {count}", outcome(*word)));
            format!("{} of {of} seeds", named.collect::<Vec<_>>().join(", "))
        }
    };
    format!("{rate}: {words}")
}
