//! What makes a scenario valid, and random scenarios that are.

use descent_lab::descent::clip::{CLIPS, ClipRule};
use descent_lab::descent::constraint::{CONSTRAINTS, ConstraintRule};
use descent_lab::descent::data::{Samples, Task};
use descent_lab::descent::loss::{FEATURES, LOSSES, LossRule};
use descent_lab::descent::optimizer::{OPTIMIZERS, OptimizerRule};
use descent_lab::descent::schedule::{SCHEDULES, ScheduleRule};
use descent_lab::descent::{BatchPlan, Knob, Language, Order, Precision, Stop};
use descent_lab::scenario::{
    Beside, Choice, Directions, LARGEST_PARAMETER, Listed, MOST_NOISE, MOST_RUNS, MOST_STEPS,
    PRESETS, Page, Quantity, Run, Scenario, Theme, is_window, own_samples,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

/// Panics unless everything that the page relies on holds.
pub(super) fn assert_valid(scenario: &Scenario) {
    if scenario.wants_own() {
        assert!(scenario.fits_own() != scenario.stored.is_some());
        let own = scenario.own.iter().flat_map(Samples::columns);
        assert!(own.flat_map(|column| &column.numbers).all(|number| number.abs() <= 1e12));
    }
    assert_knobs(&scenario.loss);
    assert_eq!(scenario.start.len(), scenario.loss.rule.dimension(&scenario.setting()));
    let is_parameter = |v: &f64| v.is_finite() && v.abs() <= LARGEST_PARAMETER;
    assert!(scenario.start.iter().all(is_parameter), "{:?}", scenario.start);
    let own = || (scenario.loss.rule.start)(&scenario.setting());
    assert!(scenario.may_choose_start() || scenario.start == own(), "it is drawn");
    assert!((1..=MOST_STEPS).contains(&scenario.steps), "{}", scenario.steps);
    assert!(scenario.page.step <= scenario.steps, "{}", scenario.page.step);
    let samples = scenario.build_loss().samples();
    assert_eq!(scenario.batch.within(samples), scenario.batch, "of {samples:?}");
    for run in &scenario.runs {
        let plan = scenario.batch_plan(run);
        assert_eq!(plan.within(samples), plan, "of {samples:?}");
    }
    assert!([scenario.batch.first, scenario.batch.last].iter().all(|size| *size != Some(0)));
    assert!((0.0..=MOST_NOISE).contains(&scenario.noise), "{}", scenario.noise);
    assert!((1..=MOST_RUNS).contains(&scenario.runs.len()), "{}", scenario.runs.len());
    scenario.runs.iter().for_each(|run| assert_run(scenario, run));
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
}

fn assert_run(scenario: &Scenario, run: &Run) {
    assert_knobs(&run.optimizer);
    assert_knobs(&run.schedule);
    run.clip.iter().for_each(assert_knobs);
    run.constraint.iter().for_each(assert_knobs);
    let rate = run.learning_rate;
    assert!(rate > 0.0 && rate.is_finite(), "{rate}");
    assert!((0.0..=1.0).contains(&run.average), "{}", run.average);
    assert!(run.warmup <= scenario.steps, "{} of {}", run.warmup, scenario.steps);
    let [low, high] = scenario.rates(run);
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
        option::of((losses(), own())),
        option::of([parameters(), parameters()]),
        option::of(steps()),
        (option::of(parameters()), option::of(parameters())),
    );
    let descents = (option::of(vec(runs(), 1..=MOST_RUNS)), disturbances(), any::<u8>());
    (mathematics, descents, pages()).prop_map(|(mathematics, (runs, disturbance, hidden), page)| {
        let (preset, loss, start, steps, stop) = mathematics;
        let mut scenario = preset.map_or_else(Scenario::default, |at| PRESETS[at].scenario());
        if let Some((loss, own)) = loss {
            let asked = Scenario { loss, ..Scenario::default() };
            // What it learns most, and of a table of an odd number of rows what else it may.
            let shapes: Vec<(Task, usize)> = asked.loss.rule.shapes().collect();
            let shape = shapes.get(own.0.len() % 2).or(shapes.first());
            let asked_for = asked.loss.rule.knob(FEATURES, &asked.setting());
            let asked_for = asked_for.map(|count| if count > 1.0 { 2 } else { 1 });
            let features = asked_for.or(shape.map(|(_, features)| *features));
            let features = features.unwrap_or_default();
            scenario.own = asked.wants_own().then(|| samples(features, own));
            scenario.replace_loss(asked.loss);
        }
        if let Some(start) = start.filter(|_| scenario.may_choose_start()) {
            let dimension = scenario.loss.rule.dimension(&scenario.setting());
            scenario.start = start.into_iter().cycle().take(dimension).collect();
        }
        scenario.steps = steps.unwrap_or(scenario.steps);
        scenario.stop = Stop { loss: stop.0, gradient: stop.1.map(f64::abs) };
        if let Some(disturbance) = disturbance {
            (scenario.noise, scenario.seed, scenario.precision) = disturbance;
            scenario.order = Order::ALL[usize::from(hidden) % 2];
            let samples = scenario.build_loss().samples();
            let [first, last] = [hidden, hidden.rotate_right(3)]
                .map(|n| samples.map(|samples| 1 + usize::from(n) % samples));
            // Of one size, growing to another, to all.
            let last = [first, last, None][usize::from(hidden) % 3];
            scenario.batch = BatchPlan { first, last }.within(samples);
        }
        scenario.runs = runs.unwrap_or(scenario.runs);
        if !scenario.batch.is_full() {
            // The second of two runs has batches of its own.
            let plan = BatchPlan { first: scenario.batch.last, last: None };
            scenario.runs.iter_mut().skip(1).step_by(2).for_each(|run| run.batch = Some(plan));
        }
        for (index, run) in scenario.runs.iter_mut().enumerate() {
            run.warmup = run.warmup.min(scenario.steps);
            run.is_hidden = hidden >> index & 1 == 1;
        }
        let dimension = scenario.start.len();
        let step = page.step % (scenario.steps + 1);
        let seed = scenario.seed;
        let plane = match (dimension > 2 && page.play, step % 4) {
            (false, _) => Directions::Principal,
            (true, 0) => Directions::Ends,
            (true, 1) => Directions::Random(seed % 3),
            (true, 2) => Directions::Random(seed),
            (true, _) => Directions::Parameters([step % dimension, (step + 1) % dimension]),
        };
        let has_layers = page.predict && scenario.build_loss().layered().is_some();
        let beside = if has_layers { Beside::Layers } else { Beside::Data };
        scenario.page = Page { step, plane, beside, ..page };
        scenario
    })
}

/// Often fewer than a preset's or a run's warm-up.
fn steps() -> impl Strategy<Value = usize> {
    prop_oneof![1..=100_usize, 1..=MOST_STEPS]
}

/// σ and seed of the noise, and a precision.
fn disturbances() -> impl Strategy<Value = Option<(f64, u64, Precision)>> {
    let noise = prop_oneof![Just(0.0), Just(MOST_NOISE), 0.0..1.0, 0.0..MOST_NOISE];
    // Beyond 2⁵³ a seed read as a floating-point number would be another one.
    let seed = prop_oneof![Just(0), Just(u64::MAX), 0..100_u64, any::<u64>()];
    let precision = (0..Precision::ALL.len()).prop_map(|at| Precision::ALL[at]);
    option::of((noise, seed, precision))
}

/// Rows of a person's own table, and names for its columns.
type Own = (Vec<([f64; 2], bool)>, Option<[String; 3]>);

fn own() -> impl Strategy<Value = Own> {
    let name = || "[a-z,;&=%# 中]{1,8}";
    let row = ([parameters(), parameters()], any::<bool>());
    (vec(row, 1..30), option::of([name(), name(), name()]))
}

/// A table with so many features.
fn samples(features: usize, (rows, names): Own) -> Samples {
    // Every other table of two columns has classes.
    let has_classes = features > 1 || rows.len() % 2 == 1;
    let number = |column: usize, (numbers, class): &([f64; 2], bool)| match column {
        // 0 for −0, as a number is read.
        _ if column < features || !has_classes => numbers[column] + 0.0,
        _ => f64::from(u8::from(*class)),
    };
    let usual = if features == 1 { ["x", "y", ""] } else { ["x1", "x2", "class"] };
    let names = names.unwrap_or(usual.map(str::to_owned));
    let columns = names.into_iter().take(features + 1).enumerate();
    own_samples(
        columns.map(|(column, name)| (name, rows.iter().map(|row| number(column, row)).collect())),
    )
}

fn losses() -> impl Strategy<Value = Choice<LossRule>> {
    rules(LOSSES.len())
}

/// Any of the first `count` rules of a list.
fn rules<R: Listed + std::fmt::Debug>(count: usize) -> impl Strategy<Value = Choice<R>> {
    (0..count, vec(option::of(0.0..=1.0), 17)).prop_map(|(at, places)| with_knobs(at, &places))
}

/// The rule at this place of its list, its knobs at these places of their ranges
/// or at their defaults.
fn with_knobs<R: Listed>(at: usize, places: &[Option<f64>]) -> Choice<R> {
    let mut choice = Choice::of(R::list()[at]);
    assert!(choice.knobs.len() <= places.len(), "more places for {}", choice.rule.key());
    for ((value, knob), place) in choice.knobs.iter_mut().zip(choice.rule.knobs()).zip(places) {
        *value = place.map_or(*value, |place| within(knob, place));
        if knob.key == "count" {
            // A hundred thousand samples would show no more, but take their time.
            *value = value.min(300.0);
        }
    }
    choice
}

/// Not rounded to what a slider gives: a link holds any number of the range.
fn within(knob: &Knob, place: f64) -> f64 {
    if knob.scale.is_whole() {
        return knob.value_at(place);
    }
    (knob.min + place * (knob.max - knob.min)).min(knob.max)
}

fn runs() -> impl Strategy<Value = Run> {
    let optimizers = rules::<OptimizerRule>(OPTIMIZERS.len());
    let schedules = rules::<ScheduleRule>(SCHEDULES.len());
    let clips = option::of(rules::<ClipRule>(CLIPS.len()));
    let warmups = prop_oneof![Just(0), 1..300_usize, 1..=MOST_STEPS];
    let averages = prop_oneof![3 => Just(0.0), 2 => 0.0..=1.0];
    let constraints = option::of(rules::<ConstraintRule>(CONSTRAINTS.len()));
    let knobs = (any::<bool>(), averages, constraints);
    (optimizers, rates(), schedules, warmups, clips, knobs).prop_map(
        |(optimizer, learning_rate, schedule, warmup, clip, (ascent, average, constraint))| Run {
            optimizer,
            learning_rate,
            schedule,
            warmup,
            clip,
            constraint,
            batch: None,
            ascent,
            average,
            is_hidden: false,
        },
    )
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
    let view = (option::of(windows()), select(&Quantity::ALL[..]));
    let step = prop_oneof![Just(0), 0..=MOST_STEPS];
    let switches = any::<(bool, bool)>();
    (step, switches, option::of(languages), option::of(themes), view).prop_map(
        |(step, (play, predict), language, theme, (view, chart))| Page {
            step,
            play,
            language,
            theme,
            view,
            plane: Directions::default(),
            chart,
            beside: Beside::default(),
            predict,
        },
    )
}

fn windows() -> impl Strategy<Value = [f64; 4]> {
    let sides = [parameters(), parameters(), parameters(), parameters()];
    sides
        .prop_map(|[a, b, c, d]| [a.min(b), a.max(b), c.min(d), c.max(d)])
        .prop_filter("a window has an extent", |window| is_window(*window))
}
