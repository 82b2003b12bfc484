//! What the parameters are called in tables and scripts.

use super::{MOST_CHOSEN, Scenario};
use crate::descent::loss::Loss;

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

impl Scenario {
    /// What the formula of `loss`, which is the scenario's, calls the parameters of a line,
    /// a plane or a boundary: the weights of the features, then the intercept. Nothing for
    /// other losses.
    #[must_use]
    pub fn parameter_symbols(&self, loss: &dyn Loss) -> &'static [&'static str] {
        let rule = self.loss.rule;
        if !rule.learns() || loss.layered().is_some() || loss.begins_with_intercept() {
            return &[];
        }
        match (rule.features(&self.setting()), loss.dimension()) {
            (1, 1) => &["w"],
            (1, 2) => &["w", "b"],
            (2, 2) => &["w₁", "w₂"],
            (2, 3) => &["w₁", "w₂", "b"],
            _ => &[],
        }
    }
}
