//! A scenario to its canonical link: defaults left out, keys in a fixed order.

use super::choice::{Choice, Listed};
use super::decode::NONE;
use super::value::{knob_text, number_text};
use super::{Beside, Directions, LINK_VERSION, Run, Scenario, Theme};
use crate::descent::{BatchPlan, Language};

/// The fragment that [`super::decode`] reads back as the same scenario.
#[must_use]
pub fn encode(scenario: &Scenario) -> String {
    let mut link = format!("#v={LINK_VERSION}");
    let mut put = |key: &str, value: &str| {
        link.push('&');
        link.push_str(key);
        link.push('=');
        link.push_str(value);
    };
    let mut base = Scenario::default();
    if let Some(preset) = scenario.preset {
        put("preset", preset.key);
        base = preset.scenario();
    }
    // What a preset brings need not be said again.
    let own_of_base = base.own_texts();
    if scenario.loss != base.loss {
        put("loss", &choice_text(&scenario.loss));
        base.own.clone_from(&scenario.own);
        base.replace_loss(scenario.loss.clone());
    }
    let own = scenario.own_texts();
    for (key, text) in own.iter().filter(|_| own != own_of_base) {
        if let Some(text) = text {
            put(key, text);
        }
    }
    // One that cannot be chosen is the loss's own.
    if scenario.may_choose_start() && scenario.start != base.start {
        put("start", &numbers_text(&scenario.start));
    }
    if scenario.steps != base.steps {
        put("steps", &scenario.steps.to_string());
    }
    let stops = [
        ("stop_loss", scenario.stop.loss, base.stop.loss),
        ("stop_grad", scenario.stop.gradient, base.stop.gradient),
    ];
    for (key, value, _) in stops.into_iter().filter(|(_, value, base)| value != base) {
        put(key, &value.map_or_else(|| NONE.to_owned(), unsigned_zero));
    }
    if scenario.seed != base.seed {
        put("seed", &scenario.seed.to_string());
    }
    if scenario.batch != base.batch {
        put("batch", &batch_text(scenario.batch));
    }
    if scenario.order != base.order {
        put("order", scenario.order.key());
    }
    if scenario.noise != base.noise {
        put("noise", &number_text(scenario.noise));
    }
    if scenario.precision != base.precision {
        put("precision", scenario.precision.key());
    }
    let texts = |scenario: &Scenario| scenario.runs.iter().map(run_text).collect::<Vec<_>>();
    let (runs, base_runs) = (texts(scenario), texts(&base));
    if runs != base_runs {
        base.runs.clear();
        for run in &runs {
            put("run", run);
        }
    }
    let (hidden, base_hidden) = (hidden_text(scenario), hidden_text(&base));
    if hidden != base_hidden {
        put("hide", &hidden);
    }
    put_page(&mut put, scenario, &base);
    link
}

fn put_page(put: &mut impl FnMut(&str, &str), scenario: &Scenario, base: &Scenario) {
    let (page, base) = (&scenario.page, &base.page);
    if page.step != base.step {
        put("step", &page.step.to_string());
    }
    if page.play != base.play {
        put("play", if page.play { "1" } else { "0" });
    }
    if page.language != base.language {
        let language = page.language.map(|language| match language {
            Language::English => "en",
            Language::Chinese => "zh",
        });
        put("lang", language.unwrap_or(NONE));
    }
    if page.theme != base.theme {
        let theme = page.theme.map(|theme| match theme {
            Theme::Light => "light",
            Theme::Dark => "dark",
        });
        put("theme", theme.unwrap_or(NONE));
    }
    if page.view != base.view {
        put("view", &page.view.map_or_else(|| NONE.to_owned(), |view| numbers_text(&view)));
    }
    if page.plane != base.plane {
        put("plane", &plane_text(page.plane));
    }
    if page.chart != base.chart {
        put("chart", page.chart.key());
    }
    if page.beside != base.beside {
        put("beside", if page.beside == Beside::Layers { "layers" } else { "data" });
    }
    if page.predict != base.predict {
        put("predict", if page.predict { "1" } else { "0" });
    }
}

fn plane_text(plane: Directions) -> String {
    match plane {
        Directions::Principal => "pca".to_owned(),
        Directions::Parameters([right, up]) => format!("{right},{up}"),
        Directions::Ends => "ends".to_owned(),
        Directions::Random(0) => "random".to_owned(),
        Directions::Random(seed) => format!("random,{seed}"),
    }
}

fn run_text(run: &Run) -> String {
    let mut text = run.optimizer.rule.key.to_owned();
    let base = Run::default();
    if run.learning_rate != base.learning_rate {
        text.push_str(",lr=");
        text.push_str(&number_text(run.learning_rate));
    }
    text.push_str(&knobs_text(&run.optimizer));
    if run.schedule != base.schedule {
        text.push_str(",schedule=");
        text.push_str(&choice_text(&run.schedule));
    }
    if run.warmup > 0 {
        text.push_str(",warmup=");
        text.push_str(&run.warmup.to_string());
    }
    if let Some(clip) = &run.clip {
        text.push_str(",clip=");
        text.push_str(&choice_text(clip));
    }
    if let Some(constraint) = &run.constraint {
        text.push_str(",constrain=");
        text.push_str(&choice_text(constraint));
    }
    if let Some(plan) = run.batch {
        text.push_str(",batch=");
        text.push_str(&batch_text(plan));
    }
    if run.ascent {
        text.push_str(",ascent=1");
    }
    if run.average > 0.0 {
        text.push_str(",average=");
        text.push_str(&number_text(run.average));
    }
    text
}

/// A size, or the first and the last with `..` between them.
fn batch_text(plan: BatchPlan) -> String {
    let [first, last] =
        [plan.first, plan.last].map(|size| size.map_or("full".to_owned(), |size| size.to_string()));
    if plan.grows() { first + ".." + &last } else { first }
}

/// The numbers of the hidden runs; `none` where a preset hides some and this
/// scenario none of them.
fn hidden_text(scenario: &Scenario) -> String {
    let hidden = scenario.runs.iter().enumerate().filter(|(_, run)| run.is_hidden);
    let numbers: Vec<String> = hidden.map(|(index, _)| index.to_string()).collect();
    if numbers.is_empty() { NONE.to_owned() } else { numbers.join(",") }
}

/// `name,knob=value…` with the knobs that are not at their default.
fn choice_text<R: Listed>(choice: &Choice<R>) -> String {
    choice.rule.key().to_owned() + &knobs_text(choice)
}

fn knobs_text<R: Listed>(choice: &Choice<R>) -> String {
    let mut text = String::new();
    for (knob, value) in choice.rule.knobs().iter().zip(&choice.knobs) {
        if *value != knob.default {
            text.push(',');
            text.push_str(knob.key);
            text.push('=');
            text.push_str(&knob_text(knob, *value));
        }
    }
    text
}

/// The number's text; 0 for −0, as [`super::parse_number`] reads it.
fn unsigned_zero(number: f64) -> String {
    number_text(number + 0.0)
}

fn numbers_text(numbers: &[f64]) -> String {
    numbers.iter().map(|number| unsigned_zero(*number)).collect::<Vec<_>>().join(",")
}
