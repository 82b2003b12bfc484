//! A person's own samples.

use super::super::own::{LONGEST_NAME, is_sample, own_samples, points_text, usual_names};
use super::super::{OwnRefusal, Reason, Scenario, parse_number};
use super::number::percent_decoded;
use super::{FindSamples, Reader};
use crate::descent::data::{ColumnName, Samples};
use crate::descent::loss::FEATURES;

impl Reader {
    fn refuse_own(&mut self, key: &str, value: &str, reason: OwnRefusal) {
        self.refuse(key, value, Reason::Own(reason));
    }

    /// Takes what a link says of a person's own samples: `points`, `columns`, `stored`.
    pub(super) fn own(
        &mut self,
        scenario: &mut Scenario,
        [points, columns, stored]: [Option<&str>; 3],
        find: FindSamples<'_>,
    ) {
        if let Some(points) = points {
            scenario.own = self.points(points, columns);
        } else if let Some(columns) = columns {
            self.refuse_own("columns", columns, OwnRefusal::NotUsed);
        }
        let Some(value) = stored else { return };
        if points.is_some() && scenario.own.is_some() {
            return self.refuse_own("stored", value, OwnRefusal::NotUsed);
        }
        // They stand in the place of those of a preset.
        scenario.stored = self.stored(value);
        scenario.own = scenario.stored.and_then(find);
        if scenario.own.is_some() {
            scenario.stored = None;
        }
    }

    /// Sees to it that the loss learns from own samples only where there are some, or
    /// may be. Where the link itself holds none, those of a preset go without a word.
    pub(super) fn check_own(&mut self, scenario: &mut Scenario, [are_given, are_named]: [bool; 2]) {
        let Scenario { own, stored, .. } = &scenario;
        let print = stored.map(|stored| format!("{stored:016x}"));
        if !scenario.wants_own() {
            if !are_given {
                // Nobody asked for them.
            } else if let Some(own) = own {
                let text = points_text(own).unwrap_or_default();
                self.refuse_own("points", &text, OwnRefusal::NotUsed);
            } else if let Some(print) = print {
                self.refuse_own("stored", &print, OwnRefusal::NotUsed);
            }
            (scenario.own, scenario.stored) = (None, None);
            return;
        }
        if scenario.fits_own() {
            if !are_named {
                name_as_usual(scenario);
            }
            return;
        }
        if let Some(print) = print {
            return self.refuse_own("stored", &print, OwnRefusal::Elsewhere);
        }
        if let Some(own) = own {
            let mut tasks = scenario.loss.rule.tasks();
            let task = tasks.next().filter(|_| tasks.next().is_none());
            let text = points_text(own).unwrap_or_default();
            let rule = scenario.loss.rule;
            let asked = rule.knob(FEATURES, &scenario.setting()).filter(|_| {
                // Of another number of features than the loss is to have.
                rule.task_of(own).is_some()
            });
            let reason = match asked {
                Some(asked) => OwnRefusal::OtherFeatures { are_two: asked > 1.0 },
                None => OwnRefusal::DoNotFit(task),
            };
            self.refuse_own("points", &text, reason);
        }
        self.refuse_own("loss.data", "own", OwnRefusal::NoPoints);
        scenario.own = None;
        let mut loss = scenario.loss.clone();
        for (knob, value) in loss.rule.knobs.iter().zip(&mut loss.knobs) {
            if knob.key == "data" || knob.key == FEATURES {
                *value = knob.default;
            }
        }
        scenario.replace_loss(loss);
    }

    /// The samples that `points` writes, under the names of `columns`.
    pub(super) fn points(&mut self, points: &str, columns: Option<&str>) -> Option<Samples> {
        let width = points.split(';').next().map_or(0, |row| row.split(',').count());
        if !(2..=3).contains(&width) {
            self.refuse_own("points", points, OwnRefusal::NotPoints);
            return None;
        }
        let mut numbers = vec![Vec::new(); width];
        for (row, text) in (1..).zip(points.split(';')) {
            let cells = text.split(',').count();
            if cells != width {
                self.refuse_own("points", text, OwnRefusal::Uneven { row, cells, expected: width });
                return None;
            }
            for (column, cell) in numbers.iter_mut().zip(text.split(',')) {
                let Some(number) = parse_number(cell).filter(|number| is_sample(*number)) else {
                    self.refuse_own("points", cell, OwnRefusal::NotANumber { row });
                    return None;
                };
                column.push(number);
            }
        }
        let names = columns.and_then(|columns| self.names(columns, width));
        let usual = || usual_names(width, None).iter().map(|&name| name.to_owned()).collect();
        Some(own_samples(names.unwrap_or_else(usual).into_iter().zip(numbers)))
    }

    fn names(&mut self, columns: &str, count: usize) -> Option<Vec<String>> {
        let is_name = |name: &String| {
            let length = name.chars().count();
            (1..=LONGEST_NAME).contains(&length) && !name.chars().any(char::is_control)
        };
        let name = |name: &str| percent_decoded(name).filter(is_name);
        let names: Option<Vec<String>> = columns.split(',').map(name).collect();
        let names = names.filter(|names| names.len() == count);
        if names.is_none() {
            self.refuse_own("columns", columns, OwnRefusal::WrongNames(count));
        }
        names
    }

    /// The fingerprint that stands for samples in a browser's storage.
    pub(super) fn stored(&mut self, value: &str) -> Option<u64> {
        let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        let is_whole = value.len() == 16 && value.bytes().all(is_digit);
        let fingerprint = u64::from_str_radix(value, 16).ok().filter(|_| is_whole);
        if fingerprint.is_none() {
            self.refuse_own("stored", value, OwnRefusal::NotAFingerprint);
        }
        fingerprint
    }
}

/// Names the columns that nobody named after what the loss makes of them: they were read
/// before it was known.
fn name_as_usual(scenario: &mut Scenario) {
    let Some(own) = &scenario.own else { return };
    let Some(task) = scenario.loss.rule.own_task(&scenario.setting(), own) else { return };
    let width = own.columns().len();
    let names = |columns: &[&str]| -> Vec<ColumnName> {
        columns.iter().map(|&name| ColumnName::Own(name.to_owned())).collect()
    };
    let known = own.columns().iter().map(|column| column.name.clone());
    if known.eq(names(usual_names(width, None)))
        && usual_names(width, None) != usual_names(width, Some(task))
    {
        let numbers = own.columns().iter().map(|column| column.numbers.clone());
        let usual = usual_names(width, Some(task)).iter().map(|&name| name.to_owned());
        scenario.own = Some(own_samples(usual.zip(numbers)));
    }
}
