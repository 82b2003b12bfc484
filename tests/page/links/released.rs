//! Links that were once published work for ever: one file per version, each
//! line a link, its canonical form and what it shows.
//!
//! A line may be added, none may change. Where a later version prints another
//! canonical form, that is for its own file; here the old one must still mean
//! the same.

use std::collections::BTreeSet;

use descent_lab::descent::clip::CLIPS;
use descent_lab::descent::constraint::CONSTRAINTS;
use descent_lab::descent::loss::{LOSSES, LossRule};
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::descent::schedule::SCHEDULES;
use descent_lab::descent::{BatchPlan, Knob, Language, Order, Precision};
use descent_lab::scenario::{
    Beside, Choice, Directions, MOST_RUNS, PRESETS, Page, Quantity, Run, Scenario, Theme, decode,
    encode, knob_text, number_text,
};

const VERSION_1: &str = include_str!("v1.txt");

/// A line of a file.
struct Published<'a> {
    link: &'a str,
    canonical: &'a str,
    meaning: &'a str,
}

fn published(file: &str) -> Vec<Published<'_>> {
    let lines = file.lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines
        .map(|line| {
            let parts: Vec<&str> = line.split(" | ").collect();
            let [link, canonical, meaning] = parts[..] else { panic!("three parts: {line}") };
            Published { link, canonical, meaning }
        })
        .collect()
}

/// What a scenario shows, in words that do not depend on how links are written:
/// loss, start, steps, each run, what disturbs them, page; then what became of each.
fn meaning(scenario: &Scenario) -> String {
    let mut parts = vec![
        loss_meaning(&scenario.loss),
        if scenario.may_choose_start() {
            format!("from {}", numbers(&scenario.start))
        } else {
            format!("from {} parameters drawn", scenario.start.len())
        },
        format!("{} steps", scenario.steps),
    ];
    parts.extend(scenario.runs.iter().flat_map(run_meaning));
    if !scenario.batch.is_full() {
        parts.push(format!("batches of {}", batch_meaning(scenario.batch)));
    }
    if scenario.order != Order::default() {
        parts.push(scenario.order.key().to_owned());
    }
    if scenario.noise > 0.0 || scenario.seed > 0 {
        parts.push(format!("noise {} of seed {}", number_text(scenario.noise), scenario.seed));
    }
    if let Some(own) = scenario.own.as_ref().filter(|_| scenario.uses_own()) {
        parts.push(format!("{} samples of one's own, {:016x}", own.len(), own.fingerprint()));
    }
    if scenario.precision != Precision::F64 {
        parts.push(scenario.precision.key().to_owned());
    }
    let stop = [("loss", scenario.stop.loss), ("gradient", scenario.stop.gradient)];
    for (what, limit) in stop {
        parts.extend(limit.map(|limit| format!("stop at {what} {}", number_text(limit))));
    }
    parts.extend(page_meaning(&scenario.page));
    let loss = scenario.build_loss();
    parts.extend(scenario.runs.iter().map(|run| {
        let trajectory = scenario.descend(run, loss.as_ref());
        let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
        let end = trajectory.losses()[trajectory.steps()];
        format!("{} at {}, loss {end:.11e}", verdict.outcome.key(), verdict.step)
    }));
    parts.join("; ")
}

/// Knobs that were added after these links were written: at their default they say nothing.
const ADDED: [(&str, &str); 1] = [("logistic_regression", "intercept")];

/// Optimizer, rate and schedule, and what only some runs have.
/// A loss with those of its knobs that do anything.
fn loss_meaning(loss: &Choice<LossRule>) -> String {
    let is_new = |place: &usize| {
        let knob = &loss.rule.knobs[*place];
        ADDED.contains(&(loss.rule.key, knob.key))
            && loss.knobs[*place].to_bits() == knob.default.to_bits()
    };
    let places = (0..loss.knobs.len())
        .filter(|place| (loss.rule.applies)(&loss.knobs, *place) && !is_new(place));
    let (rules, values): (Vec<Knob>, Vec<f64>) =
        places.map(|place| (loss.rule.knobs[place], loss.knobs[place])).unzip();
    knobs(loss.rule.key, &rules, &values)
}

fn batch_meaning(plan: BatchPlan) -> String {
    let [first, last] =
        [plan.first, plan.last].map(|size| size.map_or("all".to_owned(), |size| size.to_string()));
    if plan.grows() { format!("{first} to {last}") } else { first }
}

fn run_meaning(run: &Run) -> Vec<String> {
    let mut parts = vec![
        knobs(run.optimizer.rule.key, run.optimizer.rule.knobs, &run.optimizer.knobs),
        format!("at {}", number_text(run.learning_rate)),
        knobs(run.schedule.rule.key, run.schedule.rule.knobs, &run.schedule.knobs),
    ];
    if run.warmup > 0 {
        parts.push(format!("after a warm-up of {}", run.warmup));
    }
    parts.extend(
        run.clip
            .iter()
            .map(|clip| "clip ".to_owned() + &knobs(clip.rule.key, clip.rule.knobs, &clip.knobs)),
    );
    parts.extend(run.constraint.iter().map(|constraint| {
        "constrain ".to_owned()
            + &knobs(constraint.rule.key, constraint.rule.knobs, &constraint.knobs)
    }));
    if let Some(plan) = run.batch {
        parts.push(format!("batches of its own: {}", batch_meaning(plan)));
    }
    if run.ascent {
        parts.push("up the slope".to_owned());
    }
    if run.average > 0.0 {
        parts.push(format!("average of the last {}", number_text(run.average)));
    }
    if run.is_hidden {
        parts.push("hidden".to_owned());
    }
    parts
}

fn page_meaning(page: &Page) -> Vec<String> {
    let mut parts = vec![format!("step {}{}", page.step, if page.play { " playing" } else { "" })];
    parts.extend(page.language.map(|language| match language {
        Language::English => "English".to_owned(),
        Language::Chinese => "Chinese".to_owned(),
    }));
    parts.extend(page.theme.map(|theme| match theme {
        Theme::Light => "light".to_owned(),
        Theme::Dark => "dark".to_owned(),
    }));
    parts.extend(page.view.map(|view| format!("view {}", numbers(&view))));
    match page.plane {
        Directions::Principal => {}
        Directions::Parameters([right, up]) => parts.push(format!("plane of w{right} and w{up}")),
        Directions::Ends => parts.push("plane through start and end".to_owned()),
        Directions::Random(seed) => parts.push(format!("random plane {seed}")),
    }
    if page.chart != Quantity::default() {
        parts.push(format!("chart of {}", page.chart.key()));
    }
    parts.extend((page.beside == Beside::Layers).then(|| "layers beside the map".to_owned()));
    parts.extend(page.predict.then(|| "predict first".to_owned()));
    parts
}

fn numbers(numbers: &[f64]) -> String {
    numbers.iter().map(|number| number_text(*number)).collect::<Vec<_>>().join(" ")
}

fn knobs(key: &str, knobs: &[Knob], values: &[f64]) -> String {
    let values = knobs.iter().zip(values);
    let texts = values.map(|(knob, value)| format!(" {} {}", knob.key, knob_text(knob, *value)));
    key.to_owned() + &texts.collect::<String>()
}

#[test]
fn a_link_that_once_worked_works_for_ever() {
    let mut wrong = Vec::new();
    for Published { link, canonical, meaning: expected } in published(VERSION_1) {
        let (scenario, refused) = decode(link);
        assert_eq!(refused, [], "{link}");
        let found = format!("{link} | {} | {}", encode(&scenario), meaning(&scenario));
        if found != format!("{link} | {canonical} | {expected}") {
            wrong.push(found);
        }
    }
    assert!(wrong.is_empty(), "these links mean something else now:\n{}", wrong.join("\n"));
}

#[test]
fn canonical_forms_are_their_own() {
    for Published { link, canonical, .. } in published(VERSION_1) {
        let (scenario, refused) = decode(canonical);
        assert_eq!(refused, [], "{canonical}");
        assert_eq!(encode(&scenario), canonical);
        assert_eq!(scenario, decode(link).0, "{link}");
    }
}

/// What of a list no scenario shows.
fn missing<'a>(
    all: impl IntoIterator<Item = &'a str>,
    shown: impl Iterator<Item = &'a str>,
) -> Vec<&'a str> {
    let shown: BTreeSet<&str> = shown.collect();
    all.into_iter().filter(|key| !shown.contains(key)).collect()
}

#[test]
fn every_published_rule_and_key_has_a_line() {
    let all = published(VERSION_1);
    assert!(all.len() >= 120, "{}", all.len());
    let scenarios: Vec<Scenario> = all.iter().map(|line| decode(line.link).0).collect();
    let runs: Vec<&Run> = scenarios.iter().flat_map(|shown| &shown.runs).collect();
    let keys = [
        missing(
            LOSSES.iter().map(|rule| rule.key),
            scenarios.iter().map(|shown| shown.loss.rule.key),
        ),
        missing(
            PRESETS.iter().map(|preset| preset.key),
            scenarios.iter().filter_map(|shown| Some(shown.preset?.key)),
        ),
        missing(
            OPTIMIZERS.iter().map(|rule| rule.key),
            runs.iter().map(|run| run.optimizer.rule.key),
        ),
        missing(
            SCHEDULES.iter().map(|rule| rule.key),
            runs.iter().map(|run| run.schedule.rule.key),
        ),
        missing(
            CLIPS.iter().map(|rule| rule.key),
            runs.iter().filter_map(|run| Some(run.clip.as_ref()?.rule.key)),
        ),
        missing(
            CONSTRAINTS.iter().map(|rule| rule.key),
            runs.iter().filter_map(|run| Some(run.constraint.as_ref()?.rule.key)),
        ),
        missing(
            Precision::ALL.map(Precision::key),
            scenarios.iter().map(|shown| shown.precision.key()),
        ),
    ];
    assert!(keys.iter().all(Vec::is_empty), "not in the file: {keys:?}");
    let said = ["stop_loss=", "stop_grad=", "seed=", "noise=", "hide=", "step=", "play="];
    let also = [
        "lang=",
        "theme=",
        "view=",
        "chart=",
        "predict=",
        "warmup=",
        "clip_at=",
        "constrain_at=",
        "%2C",
    ];
    for key in said.into_iter().chain(also) {
        assert!(all.iter().any(|line| line.link.contains(key)), "{key}");
    }
    for knob in OPTIMIZERS
        .iter()
        .flat_map(|rule| rule.knobs)
        .chain(SCHEDULES.iter().flat_map(|rule| rule.knobs))
    {
        let said = format!(",{}=", knob.key);
        assert!(all.iter().any(|line| line.link.contains(&said)), "{said}");
    }
    let most = scenarios.iter().map(|shown| shown.runs.len()).max();
    assert_eq!(most, Some(MOST_RUNS));
}
