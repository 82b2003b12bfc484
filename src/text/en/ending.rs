//! What becomes of a start.

use crate::descent::Ending;
use crate::text::StartWords;

pub(super) fn ending(start: &StartWords<'_>) -> String {
    let StartWords { is_here, ending, step, minimum } = *start;
    let from = if is_here { "From here" } else { "From the start" };
    let steps = if step == "1" { "step" } else { "steps" };
    match ending {
        None => format!("{from}: not known yet"),
        Some(Ending::Diverges { .. }) => format!("{from}: diverges, clear at step {step}"),
        Some(Ending::Settles { .. }) => match minimum {
            Some(minimum) => format!("{from}: reaches the minimum at {minimum} in {step} {steps}"),
            None => format!("{from}: reaches a minimum in {step} {steps}"),
        },
        Some(Ending::Stalls { .. }) => format!("{from}: stalls at step {step}"),
        Some(Ending::GoesOn) => format!("{from}: not settled after {step} {steps}"),
    }
}
