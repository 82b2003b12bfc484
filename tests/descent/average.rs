//! What is told of a run besides its points: their average, and how far they stray.

use descent_lab::descent::loss::Whole;
use descent_lab::descent::{Average, End, Spread, Storage, Trajectory};
use descent_lab::scenario::{RunProgress, Scenario, decode};

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    scenario
}

fn run(scenario: &Scenario) -> Trajectory {
    scenario.descend(&scenario.runs[0], scenario.build_loss().as_ref())
}

fn average(scenario: &Scenario) -> Option<Average> {
    let loss = scenario.build_loss();
    Average::of(loss.as_ref(), &run(scenario), scenario.runs[0].average)
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand points")]
fn plain_mean(trajectory: &Trajectory, steps: core::ops::RangeInclusive<usize>) -> Vec<f64> {
    (0..trajectory.dimension())
        .map(|axis| {
            let component: Vec<f64> = steps.clone().map(|t| trajectory.point(t)[axis]).collect();
            component.iter().sum::<f64>() / component.len() as f64
        })
        .collect()
}

#[test]
fn the_average_is_the_mean_of_the_last_points() {
    // The link, the first step averaged, the last.
    for (link, first, last) in [
        ("steps=100&noise=1&run=sgd,average=0.5", 50, 100),
        ("steps=101&noise=1&run=sgd,average=0.5", 51, 101),
        ("steps=3000&noise=1&run=adam,average=0.9", 300, 3000),
        ("steps=40&noise=1&run=sgd,average=1", 0, 40),
        ("steps=40&noise=1&run=sgd,average=0.001", 40, 40),
        ("steps=1&run=sgd,average=0.7", 1, 1),
        ("loss=parabola&start=-2&steps=30&noise=0.1&run=sgd,average=0.25", 23, 30),
        ("loss=linear_regression&batch=1..full&steps=60&run=sgd,lr=0.5,average=0.5", 30, 60),
    ] {
        let scenario = scenario(link);
        let (loss, trajectory) = (scenario.build_loss(), run(&scenario));
        let average = average(&scenario).expect("it has one");
        let steps = average.steps();
        assert_eq!((steps[0], steps[steps.len() - 1]), (first, last), "{link}");
        assert!(steps.is_sorted_by(|a, b| a < b), "{link}: {steps:?}");
        for (place, step) in steps.iter().enumerate() {
            let expected = plain_mean(&trajectory, first..=*step);
            for (found, expected) in average.point(place).iter().zip(&expected) {
                let error = (found - expected).abs();
                assert!(error < 1e-12 * expected.abs().max(1.0), "{link}: {found} {expected}");
            }
            let value = loss.value(average.point(place));
            assert_eq!(average.losses()[place].to_bits(), value.to_bits());
        }
        assert_eq!(average.place_at(last), Some(steps.len() - 1), "{link}");
        assert_eq!(first.checked_sub(1).and_then(|before| average.place_at(before)), None);
        assert!(steps.len() <= 257, "no more than a chart can show: {}", steps.len());
    }
}

#[test]
fn a_run_ends_where_it_ends_for_its_average_too() {
    let stopped = scenario("steps=500&stop_loss=0.001&run=sgd,average=0.5");
    let last = run(&stopped).steps();
    assert!(last < 500);
    let average_of_it = average(&stopped).expect("it has one");
    assert_eq!(average_of_it.steps()[0], last.div_ceil(2));
    assert_eq!(average(&scenario("run=sgd,lr=0.3,average=0.5")), None, "it diverges");
    assert_eq!(average(&scenario("run=sgd")), None, "none is asked for");
}

/// Networks that keep every second, fourth, … of their points: the link, and how it ends.
const THINNED: [(&str, End); 5] = [
    (
        "loss=network,depth=12,width=48,count=8&steps=200&batch=3&run=sgd,lr=0.02,average=0.1",
        End::StepsDone,
    ),
    ("loss=network,depth=9,width=48,count=8&steps=301&run=adam,lr=0.001,average=1", End::StepsDone),
    (
        "loss=network,depth=9,width=48,count=8&steps=230&noise=0.01&run=sgd,average=0.37",
        End::StepsDone,
    ),
    (
        "loss=network,depth=9,width=48,count=8&steps=400&batch=5&stop_loss=0.05&run=adam,lr=0.0001,average=0.5",
        End::StopRuleMet,
    ),
    (
        "loss=network,depth=9,width=48,count=8&steps=999&stop_loss=0.05&run=adam,lr=0.0001,average=0.21",
        End::StopRuleMet,
    ),
];

#[test]
fn the_average_of_a_thinned_run_is_that_of_all_its_points() {
    for (link, end) in THINNED {
        let scenario = scenario(link);
        let (loss, trajectory) = (scenario.build_loss(), run(&scenario));
        assert_eq!(trajectory.end(), end, "{link}: {:?}", trajectory.losses().last());
        assert!(trajectory.stride() > 1, "{link}: {} steps", trajectory.steps());
        let all = scenario.descend(&scenario.runs[0], &Whole(loss.as_ref()));
        assert_eq!((all.stride(), all.steps()), (1, trajectory.steps()), "{link}");
        let share = scenario.runs[0].average;
        let [found, expected] = [&trajectory, &all]
            .map(|run| Average::of(loss.as_ref(), run, share).expect("it has one"));
        assert_eq!(found, expected, "{link}");
        let steps = found.steps();
        let [first, last] = [steps[0], steps[steps.len() - 1]];
        let mean = plain_mean(&all, first..=last);
        for (found, expected) in found.point(steps.len() - 1).iter().zip(&mean) {
            assert!((found - expected).abs() < 1e-12, "{link}: {found} {expected}");
        }
        // Of the points that are kept alone it would be another.
        let kept = trajectory.kept_steps(last).filter(|step| *step >= first);
        let kept: Vec<&[f64]> = kept.map(|step| trajectory.point(step)).collect();
        #[expect(clippy::cast_precision_loss, reason = "some hundred points")]
        let of_kept = kept.iter().map(|point| point[0]).sum::<f64>() / kept.len() as f64;
        assert!((of_kept - mean[0]).abs() > 1e-9, "{link}: {of_kept} {}", mean[0]);
    }
}

/// Also where a stop rule ends it and the run is taken once more, up to there.
#[test]
fn a_run_is_the_same_with_its_average_however_it_is_cut() {
    let (link, _) = THINNED[3];
    let scenario = scenario(link);
    let (loss, selected) = (scenario.build_loss(), &scenario.runs[0]);
    let loss = loss.as_ref();
    let whole = run(&scenario);
    for (stretch, effort) in [(1, usize::MAX), (7, 200_000), (1000, 50_000)] {
        let mut progress = RunProgress::begin(Storage::default(), &scenario, selected, loss);
        progress.limit(effort);
        let mut calls = 0;
        while !progress.is_done() {
            let until = progress.recorded() + stretch;
            progress.advance(&scenario, selected, loss, until);
            calls += 1;
            assert!(calls < 100_000, "it ends");
        }
        let trajectory = progress.finish();
        let [found, expected] =
            [&trajectory, &whole].map(|run| Average::of(loss, run, selected.average));
        assert!(found.is_some() && found == expected, "{stretch} steps at a time");
        assert_eq!((trajectory.end(), trajectory.losses()), (whole.end(), whole.losses()));
    }
}

/// Polyak and Juditsky's point.
#[test]
fn the_average_of_a_noisy_run_is_closer_than_its_last_points() {
    for link in [
        "steps=2000&noise=1&run=sgd,average=0.5",
        "loss=linear_regression,data=line_2x1_seed0&batch=1&steps=4000&run=sgd,lr=0.2,average=0.5",
    ] {
        let scenario = scenario(link);
        let lowest = (scenario.loss.rule.lowest)(&scenario.setting());
        let (mut last, mut averaged) = (0.0, 0.0);
        for seed in 0..20 {
            let seeded = Scenario { seed, ..scenario.clone() };
            last += run(&seeded).losses()[seeded.steps] - lowest;
            averaged += average(&seeded).expect("it has one").last_loss() - lowest;
        }
        assert!(averaged < 0.1 * last, "{link}: {averaged} {last}");
    }
}

/// On a quadratic, plain descent with noise σ is an autoregression of first order along
/// each eigenvector: its variance is ησ²/(λ(2 − ηλ)).
#[test]
fn a_noisy_run_strays_as_far_as_theory_says() {
    let (rate, sigma) = (0.1, 0.5);
    let deviation = |lambda: f64| sigma * (rate / (lambda * (2.0 - rate * lambda))).sqrt();
    for angle in [0.0, 30.0, 90.0] {
        let scenario = scenario(&format!(
            "loss=quadratic,angle={angle}&noise={sigma}&seed=1&steps=600000&run=sgd,lr={rate}"
        ));
        let trajectory = run(&scenario);
        let place = |step: usize| [trajectory.point(step)[0], trajectory.point(step)[1]];
        let spread = Spread::of_second_half(&trajectory, &place).expect("it strays");
        let angle: f64 = libm::cos(f64::to_radians(angle));
        // Along the flat direction it strays farther.
        for (axis, lambda) in spread.axes.iter().zip([1.0, 10.0]) {
            let length = libm::hypot(axis[0], axis[1]);
            let expected = deviation(lambda);
            assert!((length / expected - 1.0).abs() < 0.02, "λ = {lambda}: {length} {expected}");
        }
        let [long, short] = spread.axes;
        let along = long[0].abs() / libm::hypot(long[0], long[1]);
        assert!((along - angle).abs() < 0.02, "{along} {angle}");
        assert!((long[0] * short[0] + long[1] * short[1]).abs() < 1e-12);
        assert!(libm::hypot(spread.mean[0], spread.mean[1]) < 0.02, "{:?}", spread.mean);
    }
}

#[test]
fn what_has_come_to_rest_does_not_stray() {
    let scenario = scenario("loss=booth&start=1,3&steps=10&run=sgd,lr=0.01");
    let trajectory = run(&scenario);
    let place = |step: usize| [trajectory.point(step)[0], trajectory.point(step)[1]];
    assert_eq!(Spread::of_second_half(&trajectory, &place), None);
}
