//! What makes a scenario valid, and random scenarios that are.

use descent_lab::descent::loss::{LOSSES, LossRule};
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::descent::schedule::SCHEDULES;
use descent_lab::descent::{Knob, Language, Scale, Stop};
use descent_lab::scenario::{
    Choice, LARGEST_PARAMETER, Listed, MOST_STEPS, PRESETS, Page, Run, Scenario, Theme, is_window,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

/// Panics unless everything that the page relies on holds.
pub(super) fn assert_valid(scenario: &Scenario) {
    assert_knobs(&scenario.loss);
    assert_knobs(&scenario.run.optimizer);
    assert_knobs(&scenario.run.schedule);
    assert_eq!(scenario.start.len(), scenario.loss.rule.dimension());
    let is_parameter = |v: &f64| v.is_finite() && v.abs() <= LARGEST_PARAMETER;
    assert!(scenario.start.iter().all(is_parameter), "{:?}", scenario.start);
    assert!((1..=MOST_STEPS).contains(&scenario.steps), "{}", scenario.steps);
    assert!(scenario.page.step <= scenario.steps, "{}", scenario.page.step);
    let rate = scenario.run.learning_rate;
    assert!(rate > 0.0 && rate.is_finite(), "{rate}");
    assert!(scenario.stop.loss.is_none_or(f64::is_finite), "{:?}", scenario.stop);
    assert!(
        scenario.stop.gradient.is_none_or(|limit| limit.is_finite() && limit >= 0.0),
        "{:?}",
        scenario.stop
    );
    if let Some(view) = scenario.page.view {
        let [x0, x1, y0, y1] = view;
        assert!(view.iter().all(is_parameter) && is_window(view) && x0 < x1 && y0 < y1, "{view:?}");
    }
    let [low, high] = scenario.rates();
    assert!(low > 0.0 && low < high && high.is_finite(), "{low}, {high}");
}

fn assert_knobs<R: Listed>(choice: &Choice<R>) {
    let knobs = choice.rule.knobs();
    assert_eq!(choice.knobs.len(), knobs.len(), "{}", choice.rule.key());
    for (knob, value) in knobs.iter().zip(&choice.knobs) {
        assert!(value.is_finite() && knob.allows(*value), "{}: {value}", knob.key);
    }
}

/// Any valid scenario that a link can say.
pub(super) fn scenarios() -> impl Strategy<Value = Scenario> {
    let mathematics = (
        option::of(0..PRESETS.len()),
        option::of(losses()),
        option::of([parameters(), parameters()]),
        option::of(1..=MOST_STEPS),
        (option::of(parameters()), option::of(parameters())),
        option::of(runs()),
    );
    (mathematics, pages()).prop_map(|((preset, loss, start, steps, stop, run), page)| {
        let mut scenario = preset.map_or_else(Scenario::default, |at| PRESETS[at].scenario());
        if let Some(loss) = loss {
            scenario.replace_loss(loss);
        }
        if let Some(start) = start {
            scenario.start = start[..scenario.loss.rule.dimension()].to_vec();
        }
        scenario.steps = steps.unwrap_or(scenario.steps);
        scenario.stop = Stop { loss: stop.0, gradient: stop.1.map(f64::abs) };
        scenario.run = run.unwrap_or(scenario.run);
        scenario.page = Page { step: page.step % (scenario.steps + 1), ..page };
        scenario
    })
}

fn losses() -> impl Strategy<Value = Choice<LossRule>> {
    (0..LOSSES.len(), vec(option::of(0.0..=1.0), 4))
        .prop_map(|(at, places)| with_knobs(at, &places))
}

/// The rule at this place of its list, its knobs at these places of their ranges
/// or at their defaults.
fn with_knobs<R: Listed>(at: usize, places: &[Option<f64>]) -> Choice<R> {
    let mut choice = Choice::of(R::list()[at]);
    assert!(choice.knobs.len() <= places.len(), "more places for {}", choice.rule.key());
    for ((value, knob), place) in choice.knobs.iter_mut().zip(choice.rule.knobs()).zip(places) {
        *value = place.map_or(*value, |place| within(knob, place));
    }
    choice
}

/// Not rounded to what a slider gives: a link holds any number of the range.
fn within(knob: &Knob, place: f64) -> f64 {
    match knob.scale {
        Scale::Integer => knob.value_at(place),
        Scale::Linear | Scale::Log => (knob.min + place * (knob.max - knob.min)).min(knob.max),
    }
}

fn runs() -> impl Strategy<Value = Run> {
    let places = || vec(option::of(0.0..=1.0), 4);
    let rules = (0..OPTIMIZERS.len(), places(), 0..SCHEDULES.len(), places());
    (rules, rates()).prop_map(|((optimizer, of_optimizer, schedule, of_schedule), rate)| Run {
        optimizer: with_knobs(optimizer, &of_optimizer),
        learning_rate: rate,
        schedule: with_knobs(schedule, &of_schedule),
    })
}

/// Rates of every size, 0.1 among them.
fn rates() -> impl Strategy<Value = f64> {
    let any = (-300.0..300.0).prop_map(|decade| libm::pow(10.0, decade));
    prop_oneof![1 => Just(0.1), 4 => any, 1 => 1e-4..10.0]
}

/// Parameters of every size, zeros of both signs and the largest among them.
fn parameters() -> impl Strategy<Value = f64> {
    let size = (-20.0..12.0).prop_map(|decade| libm::pow(10.0, decade));
    prop_oneof![
        4 => -10.0..10.0,
        2 => (size, any::<bool>()).prop_map(|(size, up)| if up { size } else { -size }),
        1 => prop_oneof![
            Just(0.0),
            Just(-0.0),
            Just(LARGEST_PARAMETER),
            Just(-LARGEST_PARAMETER),
            Just(5e-324),
        ],
    ]
}

fn pages() -> impl Strategy<Value = Page> {
    let languages = prop_oneof![Just(Language::English), Just(Language::Chinese)];
    let themes = prop_oneof![Just(Theme::Light), Just(Theme::Dark)];
    let view = option::of(windows());
    let step = prop_oneof![Just(0), 0..=MOST_STEPS];
    (step, any::<bool>(), option::of(languages), option::of(themes), view)
        .prop_map(|(step, play, language, theme, view)| Page { step, play, language, theme, view })
}

fn windows() -> impl Strategy<Value = [f64; 4]> {
    let sides = [parameters(), parameters(), parameters(), parameters()];
    sides
        .prop_map(|[a, b, c, d]| [a.min(b), a.max(b), c.min(d), c.max(d)])
        .prop_filter("a window has an extent", |window| is_window(*window))
}
