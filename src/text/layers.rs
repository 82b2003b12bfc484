//! The words of the layer view.

use super::{Finding, LayerWords};
use crate::descent::Remedy;

/// The words of the layer view in one language.
pub struct LayersText {
    /// ‖W‖, as a line's name.
    pub weights: &'static str,
    /// The largest ‖W‖ that a constraint allows.
    pub limit: &'static str,
    /// ‖∂J/∂W‖.
    pub gradient: &'static str,
    /// ‖ΔW‖.
    pub update: &'static str,
    /// The three together.
    pub norms: &'static str,
    /// The band of healthy updates.
    pub band: &'static str,
    /// ‖ΔW‖ over ‖W‖.
    pub ratio: &'static str,
    /// The standard deviation of what a layer hands on.
    pub spread: &'static str,
    /// Units that are nearly level.
    pub saturated: &'static str,
    /// Units that are 0 for every sample.
    pub dead: &'static str,
    /// The way of the gradient, towards the left.
    pub backward: &'static str,
    /// A layer.
    pub layer: &'static str,
    /// The end of the layers at the left.
    pub input: &'static str,
    /// The end at the right.
    pub output: &'static str,
    /// A number that has left all bounds.
    pub overflow: &'static str,
    /// Of the last step of a run: none leaves it.
    pub no_step: &'static str,
    /// The step that the figures belong to, where it is an earlier one.
    pub of_step: fn(&str) -> String,
    /// What is the matter: the words that lead, and the sentence after them, with
    /// `*stars*` around its figures.
    pub diagnosis: fn(&Finding) -> [String; 2],
    /// What would help, as a further sentence; nothing of nothing.
    pub remedies: fn(&[Remedy]) -> String,
    /// The figures of a layer, with what idle units are called, if there can be any.
    pub figures: fn(&LayerWords, Option<&str>) -> String,
}
