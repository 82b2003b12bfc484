//! Rules by their names, with `knob=value` after them.

use std::collections::BTreeSet;

use super::super::{Choice, Listed, Reason, parse_knob};
use super::Reader;
use crate::descent::Knob;

/// A name within a value, and what it was given.
pub(super) type Pair<'a> = (&'a str, Option<&'a str>);

impl Reader {
    pub(super) fn named<R: Listed>(&mut self, key: &str, name: &str) -> Option<Choice<R>> {
        let choice = Choice::named(name);
        if choice.is_none() {
            let known = R::list().iter().map(|rule| rule.key()).collect();
            self.refuse(key, name, Reason::NoSuchName(known));
        }
        choice
    }

    /// `a=1,b=2` as pairs, the first of each name; a part without `=` has no value.
    pub(super) fn pairs<'a>(&mut self, key: &str, text: &'a str) -> Vec<Pair<'a>> {
        let mut seen = BTreeSet::new();
        let mut pairs = Vec::new();
        for part in text.split(',').filter(|part| !part.is_empty()) {
            let pair = match part.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None => (part, None),
            };
            if seen.insert(pair.0) {
                pairs.push(pair);
            } else {
                let value = pair.1.unwrap_or("");
                self.refuse(&format!("{key}.{}", pair.0), value, Reason::Repeated);
            }
        }
        pairs
    }

    /// Gives `choice` the values of its knobs, refusing those that it may not have
    /// and names that are no knob of it.
    pub(super) fn knobs<R: Listed>(
        &mut self,
        key: &str,
        choice: &mut Choice<R>,
        pairs: Vec<Pair<'_>>,
    ) {
        let rest = self.take_knobs(key, choice, pairs);
        let known: Vec<_> = choice.rule.knobs().iter().map(|knob| knob.key).collect();
        for (name, value) in rest {
            let full = format!("{key}.{name}");
            self.refuse(&full, value.unwrap_or(""), Reason::NotKnown(known.clone()));
        }
    }

    /// The same; returns what is no knob of it.
    pub(super) fn take_knobs<'a, R: Listed>(
        &mut self,
        key: &str,
        choice: &mut Choice<R>,
        pairs: Vec<Pair<'a>>,
    ) -> Vec<Pair<'a>> {
        let knobs = choice.rule.knobs();
        let mut rest = Vec::new();
        for (name, value) in pairs {
            let Some(index) = knobs.iter().position(|knob| knob.key == name) else {
                rest.push((name, value));
                continue;
            };
            let knob = &knobs[index];
            if let Some(value) = value.and_then(|value| parse_knob(knob, value)) {
                choice.knobs[index] = value;
                continue;
            }
            self.refuse(&format!("{key}.{name}"), value.unwrap_or(""), not_allowed(knob));
        }
        rest
    }
}

/// What is said of a value that a knob may not have.
fn not_allowed(knob: &Knob) -> Reason {
    match knob.names() {
        Some(names) => Reason::NoSuchName(names.iter().map(|name| name.key).collect()),
        None => Reason::NotInRange { min: knob.min, max: knob.max, whole: knob.scale.is_whole() },
    }
}
