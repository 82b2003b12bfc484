//! The run records what the formulas say, step by step, bit for bit, whatever
//! way it takes through memory; and it does what theory says of the formulas.

#![expect(clippy::float_cmp, reason = "bit for bit")]

use descent_lab::descent::loss::{self, LOSSES, LossRule, Setting};
use descent_lab::descent::optimizer::{self, OPTIMIZERS, Optimizer, OptimizerRule, Place};
use descent_lab::descent::schedule::{self, Schedule};
use descent_lab::descent::{
    Descent, End, Fate, Judging, Outcome, Precision, Stop, Storage, Theory, Trajectory, Verdict,
    defaults,
};
use descent_lab::scenario::{RunProgress, decode};
use proptest::prelude::*;

/// The losses of few parameters: a network has tests of its own, in `tests/descent/network_rule.rs`.
fn of_few() -> impl Iterator<Item = &'static LossRule> {
    LOSSES.iter().copied().filter(|rule| rule.dimension(&rule.defaults()) < 64)
}

/// A rule that hides behind this one says nothing of itself, and therefore goes
/// the general way.
struct Incognito(Box<dyn Optimizer>);

impl Optimizer for Incognito {
    fn step(&mut self, theta: &mut [f64], place: &Place<'_>) -> f64 {
        self.0.step(theta, place)
    }
}

fn built(rule: &OptimizerRule, dimension: usize) -> Box<dyn Optimizer> {
    (rule.build)(&defaults(rule.knobs), dimension, Precision::F64)
}

fn plain() -> Box<dyn Optimizer> {
    built(optimizer::find("sgd").expect("listed"), 2)
}

fn constant() -> Box<dyn Schedule> {
    (schedule::find("constant").expect("listed").build)(&[])
}

fn run(
    rule: &LossRule,
    storage: Storage,
    optimizer: &mut dyn Optimizer,
    (steps, learning_rate): (usize, f64),
) -> Trajectory {
    let loss = (rule.build)(&rule.defaults());
    let schedule = constant();
    let start = (rule.start)(&rule.defaults());
    let descent = Descent::new(&start, steps, learning_rate, schedule.as_ref());
    loss.descend_in(storage, optimizer, &descent)
}

/// θ ← θ − η·∇J(θ), as short as it can be written.
fn points_by_hand(rule: &LossRule, steps: usize, rate: f64) -> Vec<Vec<f64>> {
    let loss = (rule.build)(&rule.defaults());
    let mut theta = (rule.start)(&rule.defaults());
    let mut points = vec![theta.clone()];
    for _ in 0..steps {
        let mut gradient = vec![0.0; theta.len()];
        loss.value_and_gradient(&theta, &mut gradient);
        theta.iter_mut().zip(&gradient).for_each(|(parameter, slope)| *parameter -= rate * slope);
        points.push(theta.clone());
    }
    points
}

fn assert_records(rule: &LossRule, trajectory: &Trajectory, points: &[Vec<f64>], rate: f64) {
    let loss = (rule.build)(&rule.defaults());
    assert_eq!(trajectory.dimension(), rule.dimension(&rule.defaults()));
    assert_eq!(trajectory.steps() + 1, points.len(), "{}", rule.key);
    assert_eq!(trajectory.losses().len(), points.len());
    assert_eq!(trajectory.learning_rates(), vec![rate; points.len()]);
    for (t, point) in points.iter().enumerate() {
        let mut gradient = vec![0.0; point.len()];
        let value = loss.value_and_gradient(point, &mut gradient);
        assert_eq!(trajectory.point(t), point, "{} at {t}", rule.key);
        assert_eq!(trajectory.gradient(t), Some(&gradient[..]), "{} at {t}", rule.key);
        assert_eq!(trajectory.losses()[t], value, "{} at {t}", rule.key);
    }
    for axis in 0..rule.dimension(&rule.defaults()) {
        assert!(trajectory.component(axis).eq(points.iter().map(|point| point[axis])));
    }
}

/// Numbers of steps around every length at which the way through memory may
/// change; the rate is the loss's smallest, at which no run ends early.
#[test]
fn every_loss_is_descended_as_by_hand() {
    for rule in of_few() {
        let rate = (rule.rates)(&rule.defaults())[0];
        let points = points_by_hand(rule, 1030, rate);
        for steps in [0, 1, 2, 254, 255, 256, 257, 511, 512, 1023, 1024, 1030] {
            let inlined = run(rule, Storage::default(), plain().as_mut(), (steps, rate));
            assert_eq!(inlined.end(), End::StepsDone, "{}", rule.key);
            assert_records(rule, &inlined, &points[..=steps], rate);
            let general = run(rule, Storage::default(), &mut Incognito(plain()), (steps, rate));
            assert_eq!(inlined, general, "{}", rule.key);
        }
    }
}

/// A rule whose loop is compiled into the loss gives the bits of one that is
/// called step by step.
#[test]
fn every_optimizer_takes_the_same_steps_either_way() {
    for rule in of_few() {
        let rate = (rule.rates)(&rule.defaults())[0];
        for optimizer in OPTIMIZERS {
            let of = || built(optimizer, rule.dimension(&rule.defaults()));
            let itself = run(rule, Storage::default(), of().as_mut(), (300, rate));
            let general = run(rule, Storage::default(), &mut Incognito(of()), (300, rate));
            assert_eq!(format!("{itself:?}"), format!("{general:?}"), "{}", optimizer.key);
        }
    }
}

#[test]
fn a_run_of_a_million_steps_is_recorded_to_its_end() {
    let rule = loss::find("rosenbrock").expect("listed");
    let trajectory = run(rule, Storage::default(), plain().as_mut(), (1_000_000, 1e-3));
    assert_eq!((trajectory.steps(), trajectory.end()), (1_000_000, End::StepsDone));
    let [x, y] = [trajectory.point(1_000_000)[0], trajectory.point(1_000_000)[1]];
    assert!((x - 1.0).abs() < 1e-9 && (y - 1.0).abs() < 1e-9, "{x}, {y}");
}

/// Runs of a rule on a ravine, from a start with equal gradient components along
/// it and across it.
fn on_ravine(optimizer: &OptimizerRule, knobs: &[f64], rate: f64) -> Verdict {
    let loss = (loss::find("quadratic").expect("listed").build)(&Setting::of(&RAVINE));
    let [kappa, degrees] = RAVINE;
    let (cos, sin) = (libm::cos(degrees.to_radians()), libm::sin(degrees.to_radians()));
    let start = [cos - sin / kappa, sin + cos / kappa];
    let mut built = (optimizer.build)(knobs, 2, Precision::F64);
    let schedule = constant();
    let run = loss.descend(built.as_mut(), &Descent::new(&start, 6_000, rate, schedule.as_ref()));
    Verdict::of(loss.as_ref(), &run, Theory::default())
}

/// Its κ and its angle.
const RAVINE: [f64; 2] = [20.0, 30.0];

/// On a ravine a rule is stable up to its limit and no further, and it settles
/// soonest at its best rate.
#[test]
fn limits_and_best_rates_are_what_runs_find() {
    let loss = (loss::find("quadratic").expect("listed").build)(&Setting::of(&RAVINE));
    let curvature = loss.curvature(&[0.0, 0.0]).unwrap();
    let mut tested = Vec::new();
    for optimizer in OPTIMIZERS.iter().filter(|optimizer| optimizer.stability.is_some()) {
        // All that theory knows of have β as their only knob, or none.
        let betas: &[&[f64]] = match optimizer.knobs {
            [] => &[&[]],
            _ => &[&[0.0], &[0.2], &[0.5], &[0.9], &[0.98]],
        };
        for knobs in betas {
            let of = format!("{} {knobs:?}", optimizer.key);
            let limit = optimizer.limit(knobs, &curvature).expect("a limit");
            let below = on_ravine(optimizer, knobs, 0.98 * limit).outcome;
            assert!(matches!(below, Outcome::Converges | Outcome::Oscillates), "{of}: {below:?}");
            assert_eq!(
                on_ravine(optimizer, knobs, 1.02 * limit).outcome,
                Outcome::Diverges,
                "{of}"
            );
            let Some(best) = optimizer.best(knobs, &curvature) else { continue };
            // With more of β than this both components shrink by √β at many rates.
            if knobs.iter().all(|beta| *beta < 0.3) {
                let fewest = on_ravine(optimizer, knobs, best).step;
                for part in [0.5, 0.7, 0.85, 1.03] {
                    let other = on_ravine(optimizer, knobs, part * best).step;
                    assert!(fewest < other, "{of}: {fewest} steps, {other} at {part} of the rate");
                }
            }
        }
        tested.push(optimizer.key);
    }
    assert_eq!(tested, ["sgd", "momentum", "nesterov"]);
}

proptest! {
    /// One run after another in the same memory: longer, shorter, in other
    /// dimensions, ended early.
    #[test]
    fn memory_of_earlier_runs_leaves_no_trace(
        runs in proptest::collection::vec((0..of_few().count(), 0_usize..1200, 0.0..=1.0), 1..6),
    ) {
        let mut storage = Storage::default();
        for (index, steps, position) in runs {
            let rule = of_few().nth(index).expect("so many");
            let [low, high] = (rule.rates)(&rule.defaults());
            let rate = low + position * (high - low);
            let reused = run(rule, storage, plain().as_mut(), (steps, rate));
            let fresh = run(rule, Storage::default(), plain().as_mut(), (steps, rate));
            // Bits, because what left the range may be NaN.
            let bits = |trajectory: &Trajectory| format!("{trajectory:?}");
            prop_assert_eq!(bits(&reused), bits(&fresh));
            storage = reused.into_storage();
        }
    }

    /// A run ends at the first step that meets a rule or leaves the range, and
    /// up to there it is the run without the rule.
    #[test]
    fn a_stop_rule_only_cuts_the_run_short(
        index in 0..of_few().count(),
        position in 0.0..=1.0,
        at in 0_usize..600,
    ) {
        let rule = of_few().nth(index).expect("so many");
        let [low, high] = (rule.rates)(&rule.defaults());
        let rate = low + position * (high - low);
        let whole = run(rule, Storage::default(), plain().as_mut(), (600, rate));
        let at = at.min(whole.steps());
        let (limit, slope) = (whole.losses()[at], whole.gradient_norm(at));
        for stop in [
            Stop { loss: Some(limit), gradient: None },
            Stop { loss: None, gradient: Some(slope) },
        ] {
            let is_met = |t: usize| {
                stop.loss.is_some_and(|limit| whole.losses()[t] <= limit)
                    || stop.gradient.is_some_and(|limit| whole.gradient_norm(t) <= limit)
            };
            let last = (0..=whole.steps()).find(|&t| is_met(t)).unwrap_or(whole.steps());
            let loss = (rule.build)(&rule.defaults());
            let (start, schedule) = ((rule.start)(&rule.defaults()), constant());
            let descent =
                Descent { stop, ..Descent::new(&start, 600, rate, schedule.as_ref()) };
            let cut = loss.descend(plain().as_mut(), &descent);
            prop_assert_eq!(cut.steps(), last);
            prop_assert_eq!(cut.point(last), whole.point(last));
            // Leaving the range comes first: such a run has not arrived.
            let ends_outside = last == whole.steps() && whole.end() == End::Diverged;
            let expected = match (ends_outside, is_met(last)) {
                (true, _) => End::Diverged,
                (false, true) => End::StopRuleMet,
                (false, false) => End::StepsDone,
            };
            prop_assert_eq!(cut.end(), expected);
        }
    }
}

#[test]
fn a_run_made_part_by_part_is_the_same_run() {
    for link in [
        "#v=1&loss=rosenbrock&steps=700&run=adam,lr=0.01",
        "#v=1&loss=himmelblau&steps=700&noise=0.2&seed=3&run=nadam,lr=0.01,clip=norm,clip_at=1",
        "#v=1&loss=linear_regression,data=line_3x2_seed0&batch=7&steps=300&precision=f32&run=sgd,lr=0.01",
        "#v=1&loss=linear_regression&batch=2..full&steps=400&run=momentum,lr=0.01,ascent=1",
        "#v=1&loss=quadratic&steps=900&run=sgd,lr=0.25",
        "#v=1&loss=quadratic&steps=900&stop_grad=0.001&run=lbfgs,lr=0.1",
        "#v=1&loss=booth&steps=700&run=adam,lr=0.3,constrain=norm,constrain_at=2",
    ] {
        let (scenario, refused) = decode(link);
        assert!(refused.is_empty(), "{refused:?}");
        let (run, loss) = (&scenario.runs[0], scenario.build_loss());
        let whole = scenario.descend(run, loss.as_ref());
        for part in [1, 7, 256, 1000] {
            let storage = whole.clone().into_storage();
            let mut progress = RunProgress::begin(storage, &scenario, run, loss.as_ref());
            while !progress.is_done() {
                let recorded = progress.recorded();
                progress.advance(&scenario, run, loss.as_ref(), recorded + part);
                assert!(progress.recorded() <= recorded + part);
            }
            let made = progress.finish();
            assert_eq!((made.steps(), made.end()), (whole.steps(), whole.end()), "{link}");
            assert_eq!(made, whole, "{link} by {part}");
        }
    }
}

#[test]
fn a_run_judged_part_by_part_has_the_same_fate() {
    for rate in [0.001, 0.05, 0.15, 0.2, 0.21] {
        let (scenario, _) = decode(&format!("#v=1&loss=quadratic&steps=500&run=sgd,lr={rate}"));
        let loss = scenario.build_loss();
        let trajectory = scenario.descend(&scenario.runs[0], loss.as_ref());
        let whole = Fate::of(loss.as_ref(), &trajectory);
        for part in [1, 3, 100] {
            let mut judging = Judging::new();
            let fate = loop {
                if let Some(fate) = judging.advance(loss.as_ref(), &trajectory, part) {
                    break fate;
                }
            };
            assert_eq!(fate, whole, "{rate} by {part}");
        }
    }
}

/// The bug that a class should see once: a run with the wrong sign on one loss is a run
/// down another, turned upside down.
#[test]
fn with_the_wrong_sign_each_step_climbs() {
    let (up, refused) = decode("#v=1&loss=saddle&start=0.3,0.2&steps=30&run=sgd,lr=0.1,ascent=1");
    assert!(refused.is_empty(), "{refused:?}");
    let loss = up.build_loss();
    let trajectory = up.descend(&up.runs[0], loss.as_ref());
    for step in 0..trajectory.steps() {
        // The record keeps the loss's own gradient.
        let (from, slope) = (trajectory.point(step), trajectory.gradient(step).unwrap());
        let mut gradient = [0.0; 2];
        loss.value_and_gradient(from, &mut gradient);
        assert_eq!(slope, gradient, "step {step}");
        for ((from, slope), to) in from.iter().zip(slope).zip(trajectory.point(step + 1)) {
            assert_eq!((from - 0.1 * -slope).to_bits(), to.to_bits(), "step {step}");
        }
        assert!(trajectory.losses()[step + 1] > trajectory.losses()[step], "step {step}");
    }
}
