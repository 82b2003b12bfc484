//! A link's text to a scenario. Any text whatever gives a valid scenario; what
//! could not be taken is listed, the rest is kept.

use std::collections::BTreeSet;

use super::choice::{Choice, Listed};
use super::preset::{PRESETS, Preset};
use super::refusal::{Reason, Refusal};
use super::value::parse_number;
use super::{LARGEST_PARAMETER, LINK_VERSION, MOST_STEPS, Run, Scenario, Theme};
use crate::descent::Language;

/// Every key that this version knows, in the order in which it prints them.
const KEYS: [&str; 13] = [
    "v",
    "preset",
    "loss",
    "start",
    "steps",
    "stop_loss",
    "stop_grad",
    "run",
    "step",
    "play",
    "lang",
    "theme",
    "view",
];
/// The keys of a run besides its optimizer's knobs.
const RUN_KEYS: [&str; 2] = ["lr", "schedule"];
/// A longer fragment is no link of ours.
const LONGEST: usize = 65_536;
/// More refusals than this are counted, not listed.
const MOST_REFUSALS: usize = 12;

/// Reads a link, its fragment alone or anything else.
///
/// What is left out takes its default (the preset's, if one is named); what is
/// not understood is left out and listed.
#[must_use]
pub fn decode(link: &str) -> (Scenario, Vec<Refusal>) {
    let mut reader = Reader { refused: Vec::new() };
    let mut scenario = reader.read(fragment_of(link));
    scenario.page.step = scenario.page.step.min(scenario.steps);
    let mut refused = reader.refused;
    if refused.len() > MOST_REFUSALS {
        let more = refused.len() - MOST_REFUSALS;
        refused.truncate(MOST_REFUSALS);
        refused.push(Refusal::new("", "", Reason::AndMore(more)));
    }
    (scenario, refused)
}

/// What stands behind the first `#`; all of it where there is none, unless it is
/// plainly an address.
fn fragment_of(link: &str) -> &str {
    match link.split_once('#') {
        Some((_, fragment)) => fragment,
        None if link.contains("://") => "",
        None => link,
    }
}

struct Reader {
    refused: Vec<Refusal>,
}

/// A name within a value, and what it was given.
type Pair<'a> = (&'a str, Option<&'a str>);

/// The first value of each key of [`KEYS`].
type Found = [Option<String>; KEYS.len()];

impl Reader {
    fn refuse(&mut self, key: &str, value: &str, reason: Reason) {
        self.refused.push(Refusal::new(key, value, reason));
    }

    fn read(&mut self, fragment: &str) -> Scenario {
        if fragment.len() > LONGEST {
            self.refuse("", fragment, Reason::TooLong);
            return Scenario::default();
        }
        let mut found = self.split(fragment);
        let mut take = |key: &str| found[KEYS.iter().position(|known| *known == key)?].take();
        self.check_version(take("v"));
        let mut scenario = self.preset(take("preset"));
        if let Some(value) = take("loss") {
            self.loss(&mut scenario, &value);
        }
        if let Some(value) = take("start") {
            self.start(&mut scenario, &value);
        }
        if let Some(value) = take("steps") {
            let steps = self.whole("steps", &value, 1, MOST_STEPS);
            scenario.steps = steps.unwrap_or(scenario.steps);
        }
        if let Some(value) = take("stop_loss") {
            let allowed = (-LARGEST_PARAMETER, LARGEST_PARAMETER);
            scenario.stop.loss = self.number("stop_loss", &value, allowed).or(scenario.stop.loss);
        }
        if let Some(value) = take("stop_grad") {
            let allowed = (0.0, LARGEST_PARAMETER);
            scenario.stop.gradient =
                self.number("stop_grad", &value, allowed).or(scenario.stop.gradient);
        }
        if let Some(value) = take("run") {
            scenario.run = self.run(&value).unwrap_or(scenario.run);
        }
        let page = ["step", "play", "lang", "theme", "view"].map(|key| (key, take(key)));
        for (key, value) in page {
            if let Some(value) = value {
                self.page(&mut scenario, key, &value);
            }
        }
        scenario
    }

    /// Splits a fragment into keys and values, refusing what is none.
    fn split(&mut self, fragment: &str) -> Found {
        let mut found = Found::default();
        for part in fragment.split('&').filter(|part| !part.is_empty()) {
            let (key, value) = part.split_once('=').unwrap_or((part, ""));
            let (Some(key), Some(value)) = (percent_decoded(key), percent_decoded(value)) else {
                self.refuse(key, value, Reason::NotText);
                continue;
            };
            let Some(index) = KEYS.iter().position(|known| *known == key) else {
                self.refuse(&key, &value, Reason::NotKnown(KEYS.to_vec()));
                continue;
            };
            if !part.contains('=') {
                self.refuse(&key, &value, Reason::NoValue);
            } else if found[index].is_some() {
                self.refuse(&key, &value, Reason::Repeated);
            } else {
                found[index] = Some(value);
            }
        }
        found
    }

    fn check_version(&mut self, value: Option<String>) {
        let Some(value) = value else { return };
        let newest = f64::from(LINK_VERSION);
        match parse_number(&value) {
            Some(version) if version > newest && version.trunc() == version => {
                self.refuse("v", &value, Reason::NewerVersion);
            }
            Some(version) if version == newest => {}
            _ => {
                let reason = Reason::NotInRange { min: 1.0, max: newest, whole: true };
                self.refuse("v", &value, reason);
            }
        }
    }

    fn preset(&mut self, value: Option<String>) -> Scenario {
        let Some(value) = value else { return Scenario::default() };
        if let Some(preset) = Preset::find(&value) {
            return preset.scenario();
        }
        let known = PRESETS.iter().map(|preset| preset.key).collect();
        self.refuse("preset", &value, Reason::NoSuchName(known));
        Scenario::default()
    }

    fn loss(&mut self, scenario: &mut Scenario, value: &str) {
        let (name, knobs) = value.split_once(',').unwrap_or((value, ""));
        let Some(mut loss) = self.named("loss", name) else { return };
        let knobs = self.pairs("loss", knobs);
        self.knobs("loss", &mut loss, knobs);
        scenario.replace_loss(loss);
    }

    fn start(&mut self, scenario: &mut Scenario, value: &str) {
        let dimension = scenario.loss.rule.dimension();
        let allowed = (-LARGEST_PARAMETER, LARGEST_PARAMETER);
        if let Some(start) = self.numbers("start", value, dimension, allowed) {
            scenario.start = start;
        }
    }

    fn run(&mut self, value: &str) -> Option<Run> {
        let (name, rest) = value.split_once(',').unwrap_or((value, ""));
        let mut run = Run { optimizer: self.named("run", name)?, ..Run::default() };
        let mut optimizer_knobs = Vec::new();
        let mut schedule_knobs = Vec::new();
        for (key, value) in self.pairs("run", rest) {
            match key {
                "lr" => match value.and_then(parse_number).filter(|rate| *rate > 0.0) {
                    Some(rate) => run.learning_rate = rate,
                    None => self.refuse("run.lr", value.unwrap_or(""), Reason::NotPositive),
                },
                "schedule" => {
                    let named = self.named("run.schedule", value.unwrap_or(""));
                    run.schedule = named.unwrap_or(run.schedule);
                }
                _ if has_knob(run.schedule.rule.knobs, key) => schedule_knobs.push((key, value)),
                _ => optimizer_knobs.push((key, value)),
            }
        }
        self.knobs("run", &mut run.schedule, schedule_knobs);
        self.knobs("run", &mut run.optimizer, optimizer_knobs);
        Some(run)
    }

    fn page(&mut self, scenario: &mut Scenario, key: &str, value: &str) {
        let names: &[&'static str] = match key {
            "lang" => &["en", "zh"],
            "theme" => &["light", "dark"],
            _ => &["0", "1"],
        };
        match (key, value) {
            ("step", _) => {
                let step = self.whole("step", value, 0, scenario.steps);
                scenario.page.step = step.unwrap_or(scenario.page.step);
            }
            ("view", _) => {
                scenario.page.view = self.window(value).or(scenario.page.view);
            }
            ("play", "0") => scenario.page.play = false,
            ("play", "1") => scenario.page.play = true,
            ("lang", "en") => scenario.page.language = Some(Language::English),
            ("lang", "zh") => scenario.page.language = Some(Language::Chinese),
            ("theme", "light") => scenario.page.theme = Some(Theme::Light),
            ("theme", "dark") => scenario.page.theme = Some(Theme::Dark),
            _ => self.refuse(key, value, Reason::NoSuchName(names.to_vec())),
        }
    }

    fn window(&mut self, value: &str) -> Option<[f64; 4]> {
        let allowed = (-LARGEST_PARAMETER, LARGEST_PARAMETER);
        let numbers = self.numbers("view", value, 4, allowed)?;
        let window = [numbers[0], numbers[1], numbers[2], numbers[3]];
        let is_window = super::is_window(window);
        if !is_window {
            self.refuse("view", value, Reason::NotAWindow);
        }
        is_window.then_some(window)
    }

    fn named<R: Listed>(&mut self, key: &str, name: &str) -> Option<Choice<R>> {
        let choice = Choice::named(name);
        if choice.is_none() {
            let known = R::list().iter().map(|rule| rule.key()).collect();
            self.refuse(key, name, Reason::NoSuchName(known));
        }
        choice
    }

    /// `a=1,b=2` as pairs, the first of each name; a part without `=` has no value.
    fn pairs<'a>(&mut self, key: &str, text: &'a str) -> Vec<Pair<'a>> {
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

    fn knobs<R: Listed>(&mut self, key: &str, choice: &mut Choice<R>, pairs: Vec<Pair<'_>>) {
        let knobs = choice.rule.knobs();
        for (name, value) in pairs {
            let full = format!("{key}.{name}");
            let Some(index) = knobs.iter().position(|knob| knob.key == name) else {
                let also = if key == "run" { &RUN_KEYS[..] } else { &[] };
                let known = also.iter().copied().chain(knobs.iter().map(|knob| knob.key));
                self.refuse(&full, value.unwrap_or(""), Reason::NotKnown(known.collect()));
                continue;
            };
            let knob = &knobs[index];
            let allowed = value.and_then(parse_number).filter(|value| knob.allows(*value));
            if let Some(value) = allowed {
                choice.knobs[index] = value;
                continue;
            }
            let whole = knob.scale == crate::descent::Scale::Integer;
            let reason = Reason::NotInRange { min: knob.min, max: knob.max, whole };
            self.refuse(&full, value.unwrap_or(""), reason);
        }
    }

    fn number(&mut self, key: &str, value: &str, (min, max): (f64, f64)) -> Option<f64> {
        let number = parse_number(value).filter(|number| (min..=max).contains(number));
        if number.is_none() {
            self.refuse(key, value, Reason::NotInRange { min, max, whole: false });
        }
        number
    }

    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole numbers up to 1,000,000"
    )]
    fn whole(&mut self, key: &str, value: &str, min: usize, max: usize) -> Option<usize> {
        let (low, high) = (min as f64, max as f64);
        let number = parse_number(value)
            .filter(|number| (low..=high).contains(number) && number.trunc() == *number);
        if number.is_none() {
            self.refuse(key, value, Reason::NotInRange { min: low, max: high, whole: true });
        }
        number.map(|number| number as usize)
    }

    fn numbers(
        &mut self,
        key: &str,
        value: &str,
        count: usize,
        allowed: (f64, f64),
    ) -> Option<Vec<f64>> {
        if value.split(',').count() != count {
            self.refuse(key, value, Reason::WrongCount(count));
            return None;
        }
        value.split(',').map(|part| self.number(key, part, allowed)).collect()
    }
}

fn has_knob(knobs: &[crate::descent::Knob], key: &str) -> bool {
    knobs.iter().any(|knob| knob.key == key)
}

/// The text with `%XX` replaced by its bytes; none if that is no UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digit = |b: Option<u8>| b.and_then(|b| char::from(b).to_digit(16));
            let (high, low) = (digit(rest.next())?, digit(rest.next())?);
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}
