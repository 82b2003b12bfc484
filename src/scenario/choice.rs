//! One entry of a family's list with its knobs set.

use crate::descent::Knob;
use crate::descent::clip::{CLIPS, ClipRule};
use crate::descent::constraint::{CONSTRAINTS, ConstraintRule};
use crate::descent::loss::{LOSSES, LossRule};
use crate::descent::optimizer::{OPTIMIZERS, OptimizerRule};
use crate::descent::schedule::{SCHEDULES, ScheduleRule};

/// A rule that stands in a list and is named in links.
pub trait Listed: PartialEq + 'static {
    /// The list.
    fn list() -> &'static [&'static Self];
    /// The key in a link.
    fn key(&self) -> &'static str;
    /// Its numbers.
    fn knobs(&self) -> &'static [Knob];
}

macro_rules! listed {
    ($rule:ty, $list:expr) => {
        impl Listed for $rule {
            fn list() -> &'static [&'static Self] {
                $list
            }
            fn key(&self) -> &'static str {
                self.key
            }
            fn knobs(&self) -> &'static [Knob] {
                self.knobs
            }
        }
    };
}

listed!(LossRule, LOSSES);
listed!(OptimizerRule, OPTIMIZERS);
listed!(ScheduleRule, SCHEDULES);
listed!(ClipRule, CLIPS);
listed!(ConstraintRule, CONSTRAINTS);

/// A rule and a value for each of its knobs, in their order.
#[derive(Debug)]
pub struct Choice<R: Listed> {
    /// The rule.
    pub rule: &'static R,
    /// The values of its knobs.
    pub knobs: Vec<f64>,
}

impl<R: Listed> Choice<R> {
    /// `rule` with its defaults.
    #[must_use]
    pub fn of(rule: &'static R) -> Self {
        Self { rule, knobs: crate::descent::defaults(rule.knobs()) }
    }

    /// The rule with this key and its defaults.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        R::list().iter().find(|rule| rule.key() == key).map(|rule| Self::of(rule))
    }
}

// Derived, these would ask the same of the rule itself.
impl<R: Listed> Clone for Choice<R> {
    fn clone(&self) -> Self {
        Self { rule: self.rule, knobs: self.knobs.clone() }
    }
}

impl<R: Listed> PartialEq for Choice<R> {
    fn eq(&self, other: &Self) -> bool {
        self.rule == other.rule && self.knobs == other.knobs
    }
}
