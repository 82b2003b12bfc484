//! Every picture of every loss. What it must not hold is checked as it is drawn.

use descent_lab::descent::loss::{LOSSES, LossRule};
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::descent::{Language, Outcome, Verdict};
use descent_lab::scenario::{Choice, Run, Scenario, Theme};
use descent_lab::view::{Quantity, Vectors};
use proptest::prelude::*;

use super::boxes::overlap;
use super::recorder::{Recorder, Word};
use super::stage::{Charted, DESKTOP, PHONE, Sizes, Stage};

const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];

fn scenario(rule: &'static LossRule, rate: f64) -> Scenario {
    let mut scenario = Scenario { steps: 120, ..Scenario::default() };
    let mut loss = Choice::of(rule);
    for (knob, value) in rule.knobs.iter().zip(&mut loss.knobs) {
        // A network of few layers and units on a few samples is drawn like any other.
        match knob.key {
            "width" | "depth" => *value = 2.0,
            "count" => *value = value.min(12.0),
            _ => {}
        }
    }
    scenario.replace_loss(loss);
    scenario.runs[0].learning_rate = rate;
    scenario
}

fn verdict(scenario: &Scenario) -> Verdict {
    let loss = scenario.build_loss();
    let run = &scenario.runs[0];
    scenario.judge(run, loss.as_ref(), &scenario.descend(run, loss.as_ref()))
}

/// A scenario of the loss that settles, and one that leaves all bounds.
fn calm_and_wild(rule: &'static LossRule) -> [Scenario; 2] {
    let usual = scenario(rule, 1.0);
    let [low, high] = usual.rates(&usual.runs[0]);
    let mut rates = (0..60).map(|k| low * libm::pow(high / low, f64::from(k) / 60.0));
    // Where no rate settles within these steps, the smallest is at least calm.
    let calm = rates
        .find(|rate| {
            let outcome = verdict(&scenario(rule, *rate)).outcome;
            matches!(outcome, Outcome::Converges | Outcome::Oscillates)
        })
        .or(Some(low))
        .map(|rate| scenario(rule, rate));
    let wild = (0..20)
        .map(|k| scenario(rule, high * libm::pow(10.0, f64::from(k))))
        .find(|it| verdict(it).facts.left_all_bounds);
    [calm, wild].map(|found| found.unwrap_or_else(|| panic!("{}: no such rate", rule.key)))
}

/// Panics if a word covers another.
pub(super) fn assert_words_apart(picture: &Recorder) {
    let texts: Vec<&Word> = picture.texts().collect();
    for (index, one) in texts.iter().enumerate() {
        let other = texts[..index].iter().find(|other| overlap(&one.bounds, &other.bounds));
        assert!(other.is_none(), "{one:?} covers {other:?}");
    }
}

/// All pictures at all kinds of steps, in both themes and languages.
fn draw_everything(mut stage: Stage) {
    let map = stage.map();
    for theme in THEMES {
        assert_words_apart(&stage.draw_ground(map.as_ref(), theme));
    }
    for language in Language::ALL {
        stage.scenario.page.language = Some(language);
        draw_steps(&stage);
    }
}

fn draw_steps(stage: &Stage) {
    let last = stage.run.steps();
    for theme in THEMES {
        for step in [0, 1, last / 2, last.saturating_sub(1), last] {
            let step = step.min(last);
            #[expect(clippy::cast_precision_loss, reason = "a hundred steps")]
            let playhead = step as f64;
            stage.draw_run(theme, playhead);
            stage.draw_run(theme, playhead + 0.37);
            assert_words_apart(&stage.draw_chart(theme, step));
            assert_words_apart(&stage.draw_scale(theme, playhead));
        }
    }
}

#[test]
fn every_loss_can_be_drawn_calm_and_wild() {
    for rule in LOSSES {
        for scenario in calm_and_wild(rule) {
            let rate = scenario.runs[0].learning_rate;
            for sizes in [DESKTOP, PHONE] {
                draw_everything(Stage::showing(scenario.clone(), sizes).with_ghost(0.9 * rate));
            }
        }
    }
}

/// What a value of a network may cost to be drawn here.
const LITTLE: usize = 5_000;

#[test]
fn every_preset_can_be_drawn_in_each_language() {
    for preset in descent_lab::scenario::PRESETS {
        let mut scenario = preset.scenario();
        let loss = scenario.build_loss();
        if loss.layered().is_some() {
            // The map of a deep one takes a minute, the spectrum of many steps longer:
            // those are opened in a browser (`tests/browser/layout.spec.ts`).
            if loss.cost() > LITTLE {
                continue;
            }
            scenario.steps = scenario.steps.min(20);
        }
        for sizes in [DESKTOP, PHONE] {
            draw_everything(Stage::showing(scenario.clone(), sizes).with_ghost(0.02));
        }
    }
}

fn numbers() -> impl Strategy<Value = f64> {
    let size = (-12.0..12.0).prop_map(|decade| libm::pow(10.0, decade));
    prop_oneof![
        2 => -4.0..4.0,
        1 => (size, any::<bool>()).prop_map(|(size, up)| if up { size } else { -size }),
        1 => prop_oneof![Just(0.0), Just(1e12), Just(-1e12)],
    ]
}

/// Sizes of all shapes: a window may be drawn to a sliver.
fn sizes() -> impl Strategy<Value = Sizes> {
    let random = (120.0..900.0, 120.0..700.0, 250.0..600.0, 40.0..300.0, 352.0..700.0);
    random.prop_map(|(w, h, cw, ch, scale)| Sizes { map: [w, h], chart: [cw, ch], scale })
}

proptest! {

    #[test]
    fn nothing_a_link_can_ask_for_breaks_a_picture(
        at in 0..LOSSES.len(),
        others in proptest::collection::vec((0..OPTIMIZERS.len(), -6.0..4.0), 0..8),
        vectors in option(proptest::array::uniform6(numbers())),
        pointed in option(0..50_usize),
        start in option(proptest::array::uniform2(numbers())),
        view in option(proptest::array::uniform4(numbers())),
        decade in prop_oneof![3 => -4.0..3.0, 1 => -300.0..300.0],
        playhead in 0.0..40.0,
        sizes in sizes(),
    ) {
        let mut scenario = scenario(LOSSES[at], libm::pow(10.0, decade));
        scenario.steps = 40;
        if let Some(start) = start {
            scenario.start = start.into_iter().cycle().take(scenario.start.len()).collect();
        }
        let sorted = view.map(|[a, b, c, d]| [a.min(b), a.max(b), c.min(d), c.max(d)]);
        scenario.page.view = sorted.filter(|view| descent_lab::scenario::is_window(*view));
        for (rule, decade) in others {
            scenario.runs.push(Run {
                optimizer: Choice::of(OPTIMIZERS[rule]),
                learning_rate: libm::pow(10.0, decade),
                ..Run::default()
            });
        }
        let vectors = vectors.map(|[a, b, c, d, e, f]| Vectors {
            gradient: [a, b],
            momentum: Some([c, d]),
            step: Some([e, f]),
            sample: Some((7, [b, c])),
            is_batch: true,
        });
        let stage = Stage::showing(scenario, sizes).with_ghost(0.1);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a step")]
        let step = (playhead as usize).min(stage.last());
        stage.draw_runs(Theme::Light, playhead, at, vectors.as_ref());
        for quantity in Quantity::ALL {
            let charted = Charted { quantity, step, pointed };
            assert_words_apart(&stage.draw_chart_of(Theme::Dark, charted).0);
        }
        stage.draw_scale(Theme::Light, playhead);
        stage.draw_ground(stage.map().as_ref(), Theme::Dark);
    }
}

fn option<T: std::fmt::Debug>(
    strategy: impl Strategy<Value = T>,
) -> impl Strategy<Value = Option<T>> {
    proptest::option::of(strategy)
}
