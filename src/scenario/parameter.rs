//! What the parameters are called in tables and scripts.

use super::MOST_CHOSEN;

/// x and y, or with more than two parameters w0, w1, w2, …; no names where they are too
/// many to be written one by one.
///
/// ```
/// use descent_lab::scenario::parameter_names;
/// assert_eq!(parameter_names(2), ["x", "y"]);
/// assert_eq!(parameter_names(3), ["w0", "w1", "w2"]);
/// assert!(parameter_names(65).is_empty());
/// ```
#[must_use]
pub fn parameter_names(dimension: usize) -> Vec<String> {
    let name =
        |index: usize| if dimension > 2 { format!("w{index}") } else { ["x", "y"][index].into() };
    (0..if dimension > MOST_CHOSEN { 0 } else { dimension }).map(name).collect()
}
