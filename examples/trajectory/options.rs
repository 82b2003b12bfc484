//! What the command line asks for.

use descent_lab::scenario::{Reason, Refusal, Scenario, number_text, parse_number};

use super::sentence;

/// The most rates of a sweep.
const MOST_RATES: usize = 100_000;

const SWEEP: &str = "--sweep";
const FROM: &str = "--from";
const TO: &str = "--to";
/// The one that has no value.
const WEIGHTS: &str = "--weights";
const KNOWN: [&str; 4] = [SWEEP, FROM, TO, WEIGHTS];

/// What was asked for.
pub(super) struct Options {
    pub(super) link: String,
    /// Rates rather than steps.
    pub(super) sweep: Option<SweepOptions>,
    /// Weights and gradients by layer rather than a table.
    pub(super) weights: bool,
}

/// How many rates, and between which.
pub(super) struct SweepOptions {
    pub(super) count: usize,
    from: Option<f64>,
    to: Option<f64>,
}

impl Options {
    /// Reads the arguments after the program's name; options may stand before the
    /// link or after it. None without exactly one link.
    ///
    /// # Errors
    ///
    /// A sentence about the first option that cannot be taken.
    pub(super) fn read(arguments: impl Iterator<Item = String>) -> Result<Option<Self>, String> {
        let mut links = Vec::new();
        let mut given: [Option<String>; 3] = [None, None, None];
        let mut weights = false;
        let mut arguments = arguments;
        while let Some(argument) = arguments.next() {
            if !argument.starts_with("--") {
                links.push(argument);
                continue;
            }
            let (name, value) = match argument.split_once('=') {
                Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
                None => (argument, None),
            };
            let Some(place) = KNOWN.iter().position(|known| *known == name) else {
                return Err(refusal(&name, "", Reason::NotKnown(KNOWN.to_vec())));
            };
            if name == WEIGHTS {
                if let Some(value) = value {
                    return Err(format!("{}: it takes no value.", named(&name, &value)));
                }
                if weights {
                    return Err(format!("{WEIGHTS}: given more than once."));
                }
                weights = true;
                continue;
            }
            let Some(value) = value.or_else(|| arguments.next()) else {
                return Err(refusal(&name, "", Reason::NoValue));
            };
            if given[place].is_some() {
                return Err(format!("{}: given more than once.", named(&name, &value)));
            }
            given[place] = Some(value);
        }
        let sweep = SweepOptions::read(given)?;
        if weights && sweep.is_some() {
            return Err(format!("{WEIGHTS}: means nothing beside {SWEEP}."));
        }
        let link = links.pop().filter(|_| links.is_empty());
        Ok(link.map(|link| Self { link, sweep, weights }))
    }
}

impl SweepOptions {
    fn read([sweep, from, to]: [Option<String>; 3]) -> Result<Option<Self>, String> {
        let Some(sweep) = sweep else {
            let lone = [(FROM, from), (TO, to)];
            let lone = lone.into_iter().find_map(|(name, value)| Some((name, value?)));
            return match lone {
                Some((name, value)) => {
                    Err(format!("{}: means something beside {SWEEP} N only.", named(name, &value)))
                }
                None => Ok(None),
            };
        };
        let count = sweep.parse().ok().filter(|count| (1..=MOST_RATES).contains(count));
        let Some(count) = count else {
            #[expect(clippy::cast_precision_loss, reason = "a round number")]
            let max = MOST_RATES as f64;
            return Err(refusal(SWEEP, &sweep, Reason::NotInRange { min: 1.0, max, whole: true }));
        };
        let (from, to) = (positive(FROM, from)?, positive(TO, to)?);
        Ok(Some(Self { count, from, to }))
    }

    /// The smallest and largest rate; what is not said is the end of the sliders of
    /// the runs.
    ///
    /// # Errors
    ///
    /// A sentence if the range would be empty.
    pub(super) fn range(&self, scenario: &Scenario) -> Result<[f64; 2], String> {
        let [low, high] = scenario.sweep_range(scenario.runs.iter());
        let [from, to] = [self.from.unwrap_or(low), self.to.unwrap_or(high)];
        if from <= to {
            return Ok([from, to]);
        }
        let beyond = |name, end, other| {
            let given = named(name, &number_text(if name == FROM { from } else { to }));
            let end = number_text(end);
            Err(format!(
                "{given}: beyond the sliders of these runs, which end at {end}; say {other} as well."
            ))
        };
        match (self.from, self.to) {
            (Some(_), None) => beyond(FROM, high, TO),
            (None, Some(_)) => beyond(TO, low, FROM),
            _ => {
                let allowed = Reason::NotInRange { min: from, max: f64::MAX, whole: false };
                Err(refusal(TO, &number_text(to), allowed))
            }
        }
    }
}

fn positive(name: &str, value: Option<String>) -> Result<Option<f64>, String> {
    let Some(value) = value else { return Ok(None) };
    match parse_number(&value).filter(|rate| *rate > 0.0) {
        Some(rate) => Ok(Some(rate)),
        None => Err(refusal(name, &value, Reason::NotPositive)),
    }
}

fn refusal(name: &str, value: &str, reason: Reason) -> String {
    sentence(&Refusal::new(name, value, reason))
}

/// An option and its value as a sentence begins with them.
fn named(name: &str, value: &str) -> String {
    let Refusal { key, value, .. } = Refusal::new(name, value, Reason::Repeated);
    format!("{key} = {value}")
}
