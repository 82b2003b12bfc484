//! What is said of a run while it is being made.

use crate::text::Making;

pub(super) fn making(run: &Making<'_>) -> [String; 2] {
    let Making { done, all, left, in_minutes } = *run;
    let unit = if in_minutes { "min" } else { "s" };
    let left = left.map(|left| format!(", about *{left}* {unit} left")).unwrap_or_default();
    ["Computing: ".to_owned(), format!("*{done}* of {all} steps{left}.")]
}

pub(super) fn fewer_steps(steps: &str) -> String {
    format!("Only {steps} steps")
}
