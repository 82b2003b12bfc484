//! One run of a link: an optimizer and all that belongs to it.

use super::super::{Choice, Listed, Reason, Run, parse_number};
use super::Reader;
use super::named::Pair;

/// The keys of a run besides the knobs of its rules.
const RUN_KEYS: [&str; 8] =
    ["lr", "schedule", "warmup", "clip", "constrain", "batch", "ascent", "average"];

impl Reader {
    /// The run that `value` describes, in a scenario of so many steps on so many
    /// samples, if it has any; none if its optimizer is not known.
    pub(super) fn run(&mut self, value: &str, steps: usize, samples: Option<usize>) -> Option<Run> {
        let (name, rest) = value.split_once(',').unwrap_or((value, ""));
        let mut run = Run { optimizer: self.named("run", name)?, ..Run::default() };
        let mut knobs = Vec::new();
        for (key, value) in self.pairs("run", rest) {
            let given = value.unwrap_or("");
            match key {
                "lr" => match parse_number(given).filter(|rate| *rate > 0.0) {
                    Some(rate) => run.learning_rate = rate,
                    None => self.refuse("run.lr", given, Reason::NotPositive),
                },
                "schedule" => {
                    run.schedule = self.named("run.schedule", given).unwrap_or(run.schedule);
                }
                "warmup" => {
                    run.warmup = self.whole("run.warmup", given, 0, steps).unwrap_or(0);
                }
                "clip" => run.clip = self.named("run.clip", given),
                "constrain" => run.constraint = self.named("run.constrain", given),
                "batch" => run.batch = self.batch_plan("run.batch", given, samples),
                "ascent" => match given {
                    "0" => run.ascent = false,
                    "1" => run.ascent = true,
                    _ => self.refuse("run.ascent", given, Reason::NoSuchName(vec!["0", "1"])),
                },
                "average" => {
                    run.average = self.number("run.average", given, (0.0, 1.0)).unwrap_or(0.0);
                }
                _ => knobs.push((key, value)),
            }
        }
        self.run_knobs(&mut run, knobs);
        Some(run)
    }

    /// Shares `pairs` out among the rules of a run; no two have a knob in common.
    fn run_knobs(&mut self, run: &mut Run, pairs: Vec<Pair<'_>>) {
        let mut rest = self.take_knobs("run", &mut run.optimizer, pairs);
        rest = self.take_knobs("run", &mut run.schedule, rest);
        let mut known = RUN_KEYS.to_vec();
        known.extend(knob_keys(&run.optimizer));
        known.extend(knob_keys(&run.schedule));
        if let Some(clip) = &mut run.clip {
            rest = self.take_knobs("run", clip, rest);
            known.extend(knob_keys(clip));
        }
        if let Some(constraint) = &mut run.constraint {
            rest = self.take_knobs("run", constraint, rest);
            known.extend(knob_keys(constraint));
        }
        for (name, value) in rest {
            let full = format!("run.{name}");
            self.refuse(&full, value.unwrap_or(""), Reason::NotKnown(known.clone()));
        }
    }
}

fn knob_keys<R: Listed>(choice: &Choice<R>) -> impl Iterator<Item = &'static str> {
    choice.rule.knobs().iter().map(|knob| knob.key)
}
