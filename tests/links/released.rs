//! Links that were once published work for ever: one file per version, each
//! line a link, its canonical form and what it shows.
//!
//! A line may be added, none may change. Where a later version prints another
//! canonical form, that is for its own file; here the old one must still mean
//! the same.

use std::collections::BTreeSet;

use descent_lab::descent::{Knob, Language, Verdict};
use descent_lab::scenario::{Scenario, Theme, decode, encode, number_text};

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
/// loss, start, steps, run, page; then what became of it.
fn meaning(scenario: &Scenario) -> String {
    let loss = scenario.build_loss();
    let trajectory = scenario.descend(loss.as_ref());
    let verdict = Verdict::of(loss.as_ref(), &trajectory);
    let end = trajectory.losses()[trajectory.steps()];
    let numbers = |numbers: &[f64]| {
        let texts: Vec<String> = numbers.iter().map(|number| number_text(*number)).collect();
        texts.join(" ")
    };
    let run = &scenario.run;
    let mut parts = vec![
        knobs(scenario.loss.rule.key, scenario.loss.rule.knobs, &scenario.loss.knobs),
        format!("from {}", numbers(&scenario.start)),
        format!("{} steps", scenario.steps),
        knobs(run.optimizer.rule.key, run.optimizer.rule.knobs, &run.optimizer.knobs),
        format!("at {}", number_text(run.learning_rate)),
        run.schedule.rule.key.to_owned(),
    ];
    let stop = [("loss", scenario.stop.loss), ("gradient", scenario.stop.gradient)];
    for (what, limit) in stop {
        parts.extend(limit.map(|limit| format!("stop at {what} {}", number_text(limit))));
    }
    let page = &scenario.page;
    parts.push(format!("step {}{}", page.step, if page.play { " playing" } else { "" }));
    parts.extend(page.language.map(|language| match language {
        Language::English => "English".to_owned(),
        Language::Chinese => "Chinese".to_owned(),
    }));
    parts.extend(page.theme.map(|theme| match theme {
        Theme::Light => "light".to_owned(),
        Theme::Dark => "dark".to_owned(),
    }));
    parts.extend(page.view.map(|view| format!("view {}", numbers(&view))));
    parts.push(format!("{} at {}, loss {end:.11e}", verdict.outcome.key(), verdict.step));
    parts.join("; ")
}

fn knobs(key: &str, knobs: &[Knob], values: &[f64]) -> String {
    let values = knobs.iter().zip(values);
    let texts = values.map(|(knob, value)| format!(" {} {}", knob.key, number_text(*value)));
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

#[test]
fn the_file_covers_what_version_1_had() {
    let all = published(VERSION_1);
    assert!(all.len() >= 60, "{}", all.len());
    let scenarios: Vec<Scenario> = all.iter().map(|line| decode(line.link).0).collect();
    let losses: BTreeSet<&str> = scenarios.iter().map(|shown| shown.loss.rule.key).collect();
    let presets: BTreeSet<&str> =
        scenarios.iter().filter_map(|shown| Some(shown.preset?.key)).collect();
    assert_eq!((losses.len(), presets.len()), (15, 19));
    for key in
        ["stop_loss", "stop_grad", "step", "play", "lang", "theme", "view", "schedule", "%2C"]
    {
        assert!(all.iter().any(|line| line.link.contains(key)), "{key}");
    }
}
