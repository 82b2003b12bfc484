//! Why a part of a link was refused.

use super::table;
use crate::scenario::{Reason, Refusal, number_text};

pub(super) fn refusal(refusal: &Refusal) -> String {
    let Refusal { key, value, reason } = refusal;
    let given = if value.is_empty() { key.clone() } else { format!("{key} = {value}") };
    match reason {
        Reason::NotKnown(known) if known.is_empty() => {
            format!("{given}: \"{key}\" is not known. There is nothing to set here.")
        }
        Reason::NotKnown(known) => {
            format!("{given}: \"{key}\" is not known. Known are {}.", known.join(", "))
        }
        Reason::NoSuchName(known) => {
            format!("{given}: not known. Allowed are {}.", known.join(", "))
        }
        Reason::NotInRange { min, max, whole } => {
            let kind = if *whole { "a whole number" } else { "a number" };
            let (min, max) = (number_text(*min), number_text(*max));
            format!("{given}: not allowed. It has to be {kind} from {min} to {max}.")
        }
        Reason::NotPositive => {
            format!("{given}: not allowed. It has to be a positive finite number.")
        }
        Reason::NotASeed => {
            format!("{given}: not allowed. It has to be a whole number from 0 to {}.", u64::MAX)
        }
        Reason::NoSamples => {
            format!("{given}: not allowed. This loss has no samples, so it has to be full.")
        }
        Reason::NotABatchPlan(most) => format!(
            "{given}: not allowed. It has to go from one size to another, such as 1..full, each a whole number from 1 to {most} or full."
        ),
        Reason::TooManyRuns(most) => {
            format!("{given}: one run too many. At most {most} stand side by side.")
        }
        Reason::NotARun(last) => {
            format!("{given}: no such run. Runs are counted from 0 to {last}.")
        }
        Reason::NeedsClasses(taken) => {
            format!("{given}: not allowed. These data have no classes, so the error is {taken}.")
        }
        Reason::StartIsDrawn(count) => format!(
            "{given}: not taken. The {count} parameters of this loss are too many for a link: init, gain and init_seed say where they start."
        ),
        Reason::WrongCount(1) => format!("{given}: not allowed. It has to be one number."),
        Reason::WrongCount(count) => {
            format!("{given}: not allowed. It has to be {count} numbers with commas between them.")
        }
        Reason::Own(reason) => table::link_refusal(refusal, *reason),
        Reason::NotAWindow | Reason::NoPlane | Reason::NotAPlane(_) | Reason::NoLayers => {
            of_the_stage(&given, reason)
        }
        Reason::Repeated => format!("{given}: given more than once. Only the first one counts."),
        Reason::NewerVersion => format!(
            "{given}: this link was made by a newer version. What is known of it was taken."
        ),
        Reason::NoValue => format!("{key}: has no value. It has to read {key}=value."),
        Reason::NotText => format!("{given}: its percent-encoding is not valid UTF-8 text."),
        Reason::TooLong => {
            "The link is longer than 65,536 characters, so none of it was read.".to_owned()
        }
        Reason::AndMore(more) => format!("… and {more} more."),
    }
}

/// Why what the stage is to show is refused.
fn of_the_stage(given: &str, reason: &Reason) -> String {
    let why = match reason {
        Reason::NoPlane => "All parameters of this loss are on the map as it is.",
        Reason::NoLayers => "This loss has no layers to show.",
        Reason::NotAPlane(last) => {
            return format!(
                "{given}: not allowed. It has to be pca, ends, random, random with a seed as in random,7, or the numbers of two different parameters from 0 to {last}, as in 1,2."
            );
        }
        _ => "It has to be x0,x1,y0,y1 with x0 < x1 and y0 < y1.",
    };
    format!("{given}: not allowed. {why}")
}
