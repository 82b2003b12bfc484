//! Clipping: what is done to a gradient that is too large, before the optimizer
//! sees it. One file each, one line each in [`CLIPS`].

mod norm;
mod unit;
mod value;

use super::{Knob, Scale, Words};

/// One way to clip, with its bound set.
pub trait Clip {
    /// Shortens `gradient` in place.
    fn clip(&self, gradient: &mut [f64]);
}

/// A way to clip as menus, links and tests see it.
#[derive(Debug)]
pub struct ClipRule {
    /// The key in a link.
    pub key: &'static str,
    /// What a person reads.
    pub name: Words,
    /// What becomes of g, as a formula.
    pub formula: &'static str,
    /// Where it comes from.
    pub source: &'static str,
    /// Its bound, if it has one.
    pub knobs: &'static [Knob],
    /// The same in Python: lines that change `g`, with `{clip_at}` for the bound.
    pub python: &'static str,
    /// The rule with these values of its knobs.
    pub build: fn(&[f64]) -> Box<dyn Clip>,
}

impl PartialEq for ClipRule {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

/// Every way to clip, in the order of the menu.
pub static CLIPS: &[&ClipRule] = &[&norm::RULE, &value::RULE, &unit::RULE];

/// The rule with this key.
#[must_use]
pub fn find(key: &str) -> Option<&'static ClipRule> {
    CLIPS.iter().copied().find(|rule| rule.key == key)
}

/// The bound; 1 is what most training scripts start from.
const BOUND: Knob = Knob {
    key: "clip_at",
    name: Words { en: "Clip at", zh: "裁剪阈值" },
    default: 1.0,
    min: 1e-6,
    max: 1e6,
    scale: Scale::Log,
};
