//! A link's text to a scenario. Any text whatever gives a valid scenario; what
//! could not be taken is listed, the rest is kept.

mod named;
mod number;
mod own;
mod page;
mod run;

use number::{percent_decoded, whole_number};

use super::preset::{PRESETS, Preset};
use super::refusal::{Reason, Refusal};
use super::value::parse_number;
use super::{LARGEST_PARAMETER, LINK_VERSION, MOST_NOISE, MOST_RUNS, MOST_STEPS, Run, Scenario};
use crate::descent::data::Samples;
use crate::descent::loss::{LossRule, Setting};
use crate::descent::{BatchPlan, Order, Precision};

/// Every key that this version knows, in the order in which it prints them.
const KEYS: [&str; 26] = [
    "v",
    "preset",
    "loss",
    "points",
    "columns",
    "stored",
    "start",
    "steps",
    "stop_loss",
    "stop_grad",
    "seed",
    "batch",
    "order",
    "noise",
    "precision",
    "run",
    "hide",
    "step",
    "play",
    "lang",
    "theme",
    "view",
    "plane",
    "chart",
    "beside",
    "predict",
];
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
    decode_with(link, &|_| None)
}

/// The same where samples that the link does not hold may be known by their
/// fingerprint.
#[must_use]
pub fn decode_with(link: &str, stored: FindSamples<'_>) -> (Scenario, Vec<Refusal>) {
    let mut reader = Reader { refused: Vec::new() };
    let mut scenario = reader.read(fragment_of(link), stored);
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

/// All samples, as the size of a batch.
const FULL: &str = "full";
/// What takes back something that a preset sets.
pub(super) const NONE: &str = "none";

/// A whole number of samples from 1 to so many, or none for all of them.
fn batch_size(text: &str, samples: usize) -> Result<Option<usize>, ()> {
    if text == FULL {
        return Ok(None);
    }
    whole_number(text, 1, samples).map(Some).ok_or(())
}

/// Finds samples by their fingerprint.
pub(super) type FindSamples<'a> = &'a dyn Fn(u64) -> Option<Samples>;

struct Reader {
    refused: Vec<Refusal>,
}

/// The values of each key of [`KEYS`]; one, but for `run`.
type Found = [Vec<String>; KEYS.len()];

impl Reader {
    fn refuse(&mut self, key: &str, value: &str, reason: Reason) {
        self.refused.push(Refusal::new(key, value, reason));
    }

    fn read(&mut self, fragment: &str, stored: FindSamples<'_>) -> Scenario {
        if fragment.len() > LONGEST {
            self.refuse("", fragment, Reason::TooLong);
            return Scenario::default();
        }
        let mut found = self.split(fragment);
        let mut take_all = |key: &str| {
            let index = KEYS.iter().position(|known| *known == key);
            index.map(|index| std::mem::take(&mut found[index])).unwrap_or_default()
        };
        let runs = take_all("run");
        let mut take = |key: &str| take_all(key).pop();
        self.check_version(take("v"));
        let mut scenario = self.preset(take("preset"));
        let own = ["points", "columns", "stored"].map(&mut take);
        let are_given = own[0].is_some() || own[2].is_some();
        // Samples found by their fingerprint keep the names that are part of it.
        let are_named = own[0].is_none() || own[1].is_some();
        self.own(&mut scenario, own.each_ref().map(Option::as_deref), stored);
        if let Some(value) = take("loss") {
            self.loss(&mut scenario, &value);
        }
        self.check_own(&mut scenario, [are_given, are_named]);
        if let Some(value) = take("start") {
            self.start(&mut scenario, &value);
        }
        if let Some(value) = take("steps") {
            let steps = self.whole("steps", &value, 1, MOST_STEPS);
            scenario.steps = steps.unwrap_or(scenario.steps);
        }
        if let Some(value) = take("stop_loss") {
            let allowed = (-LARGEST_PARAMETER, LARGEST_PARAMETER);
            scenario.stop.loss = self.limit("stop_loss", &value, allowed, scenario.stop.loss);
        }
        if let Some(value) = take("stop_grad") {
            let allowed = (0.0, LARGEST_PARAMETER);
            let before = scenario.stop.gradient;
            scenario.stop.gradient = self.limit("stop_grad", &value, allowed, before);
        }
        if let Some(value) = take("seed") {
            scenario.seed = self.seed("seed", &value, &value).unwrap_or(scenario.seed);
        }
        if let Some(value) = take("batch") {
            let plan = self.batch_plan("batch", &value, scenario.build_loss().samples());
            scenario.batch = plan.unwrap_or(scenario.batch);
        }
        if let Some(value) = take("order") {
            scenario.order = self.order(&value).unwrap_or(scenario.order);
        }
        if let Some(value) = take("noise") {
            let noise = self.number("noise", &value, (0.0, MOST_NOISE));
            scenario.noise = noise.unwrap_or(scenario.noise);
        }
        if let Some(value) = take("precision") {
            scenario.precision = self.precision(&value).unwrap_or(scenario.precision);
        }
        let places = self.runs(&mut scenario, &runs);
        if let Some(value) = take("hide") {
            self.hide(&mut scenario.runs, &places, &value);
        }
        let page = ["step", "play", "lang", "theme", "view", "plane", "chart", "beside", "predict"];
        let page = page.map(|key| (key, take(key)));
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
            } else if key != "run" && !found[index].is_empty() {
                self.refuse(&key, &value, Reason::Repeated);
            } else {
                found[index].push(value);
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
        let Some(mut loss) = self.named::<LossRule>("loss", name) else { return };
        let knobs = self.pairs("loss", knobs);
        self.knobs("loss", &mut loss, knobs.clone());
        let setting = Setting { knobs: loss.knobs.clone(), own: scenario.own.clone() };
        if let Some((place, taken)) = loss.rule.unfit_error(&setting) {
            // Said where it was asked for, and not where it is but the default.
            let asked = loss.rule.knobs[place].key;
            if let Some((_, Some(value))) = knobs.iter().find(|(name, _)| *name == asked) {
                self.refuse(&format!("loss.{asked}"), value, Reason::NeedsClasses(taken));
            }
        }
        scenario.replace_loss(loss);
    }

    fn start(&mut self, scenario: &mut Scenario, value: &str) {
        let dimension = scenario.start.len();
        if !scenario.may_choose_start() {
            return self.refuse("start", value, Reason::StartIsDrawn(dimension));
        }
        let allowed = (-LARGEST_PARAMETER, LARGEST_PARAMETER);
        if let Some(start) = self.numbers("start", value, dimension, allowed) {
            scenario.start = start;
        }
    }

    /// A stop rule's limit; `before` where it is refused, and none where there is to be none.
    fn limit(
        &mut self,
        key: &str,
        value: &str,
        allowed: (f64, f64),
        before: Option<f64>,
    ) -> Option<f64> {
        if value == NONE { None } else { self.number(key, value, allowed).or(before) }
    }

    /// A seed that is all or a part of the value of a key.
    fn seed(&mut self, key: &str, value: &str, seed: &str) -> Option<u64> {
        // As a whole number: as a floating-point one it would lose its last digits.
        let number = seed.bytes().all(|b| b.is_ascii_digit()).then(|| seed.parse().ok());
        let number = number.flatten();
        if number.is_none() {
            self.refuse(key, value, Reason::NotASeed);
        }
        number
    }

    /// A size, or the first and the last with `..` between them, out of so many
    /// samples, which together are the full batch; none where it is refused.
    fn batch_plan(&mut self, key: &str, value: &str, samples: Option<usize>) -> Option<BatchPlan> {
        if value == FULL {
            return Some(BatchPlan::FULL);
        }
        let Some(samples) = samples else {
            self.refuse(key, value, Reason::NoSamples);
            return None;
        };
        let Some(ends) = value.split_once("..") else {
            let size = self.whole(key, value, 1, samples);
            return size.map(|size| BatchPlan::constant(size).within(Some(samples)));
        };
        let [first, last] = [ends.0, ends.1].map(|end| batch_size(end, samples));
        if let (Ok(first), Ok(last)) = (first, last) {
            return Some(BatchPlan { first, last }.within(Some(samples)));
        }
        self.refuse(key, value, Reason::NotABatchPlan(samples));
        None
    }

    fn order(&mut self, value: &str) -> Option<Order> {
        let order = Order::named(value);
        if order.is_none() {
            let known = Order::ALL.map(Order::key).to_vec();
            self.refuse("order", value, Reason::NoSuchName(known));
        }
        order
    }

    fn precision(&mut self, value: &str) -> Option<Precision> {
        let precision = Precision::named(value);
        if precision.is_none() {
            let known = Precision::ALL.map(Precision::key).to_vec();
            self.refuse("precision", value, Reason::NoSuchName(known));
        }
        precision
    }

    /// The runs of a link replace those of its preset, unless all are refused.
    /// Returns where each run of the link, or of the preset, stands now: a refused
    /// one nowhere.
    fn runs(&mut self, scenario: &mut Scenario, values: &[String]) -> Vec<Option<usize>> {
        let steps = scenario.steps;
        for run in &mut scenario.runs {
            // A preset's runs under fewer steps than it has.
            run.warmup = run.warmup.min(steps);
        }
        let is_sampled = values.iter().any(|value| value.contains("batch"));
        let samples = if is_sampled { scenario.build_loss().samples() } else { None };
        let mut runs: Vec<Run> = Vec::new();
        let mut places = Vec::new();
        for value in values {
            if runs.len() == MOST_RUNS {
                self.refuse("run", value, Reason::TooManyRuns(MOST_RUNS));
                continue;
            }
            let run = self.run(value, steps, samples);
            places.push(run.is_some().then_some(runs.len()));
            runs.extend(run);
        }
        if runs.is_empty() {
            return (0..scenario.runs.len()).map(Some).collect();
        }
        scenario.runs = runs;
        places
    }

    fn hide(&mut self, runs: &mut [Run], places: &[Option<usize>], value: &str) {
        for run in &mut *runs {
            run.is_hidden = false;
        }
        if value == NONE {
            return;
        }
        let last = places.len() - 1;
        for part in value.split(',') {
            match part.parse::<usize>().ok().and_then(|index| places.get(index)) {
                // A run that was refused has nothing to hide.
                Some(place) => {
                    if let Some(run) = place.and_then(|place| runs.get_mut(place)) {
                        run.is_hidden = true;
                    }
                }
                None => self.refuse("hide", part, Reason::NotARun(last)),
            }
        }
    }
}
