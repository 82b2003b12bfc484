//! What a run on a network keeps is what the same run keeps that keeps everything.

use descent_lab::descent::loss::{Loss, Whole};
use descent_lab::descent::{End, Trajectory};
use descent_lab::scenario::{Scenario, decode};

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    scenario
}

fn bits(numbers: &[f64]) -> Vec<u64> {
    numbers.iter().map(|number| number.to_bits()).collect()
}

fn run(scenario: &Scenario, loss: &dyn Loss) -> Trajectory {
    scenario.descend(&scenario.runs[0], loss)
}

/// Networks of 1 to 64 parameters, every point of which is kept in so few steps.
const SMALL: [&str; 7] = [
    "loss=network,data=line,depth=1,bias=0&steps=90&run=sgd,lr=0.3",
    "loss=network,data=line,depth=1&steps=90&run=momentum,lr=0.3,momentum=0.3",
    "loss=network,data=line,depth=1&steps=90&stop_grad=0.01&run=sgd,lr=0.3",
    "loss=network,data=line,depth=1&steps=90&run=sgd,lr=5",
    "loss=network,data=wave,depth=2,width=3&steps=90&batch=7&run=adam,lr=0.05",
    "loss=network,depth=2,width=15&steps=60&noise=0.01&run=sgd,lr=0.1",
    "loss=network,depth=3,width=5&steps=60&run=lbfgs,lr=0.1",
];

#[test]
fn gradients_of_up_to_64_parameters_are_kept() {
    for link in SMALL {
        let scenario = scenario(link);
        let loss = scenario.build_loss();
        assert!(loss.dimension() <= 64 && loss.layered().is_some(), "{link}");
        let (thinned, all) = (run(&scenario, loss.as_ref()), run(&scenario, &Whole(loss.as_ref())));
        assert_eq!((thinned.stride(), thinned.end()), (1, all.end()), "{link}");
        assert_eq!(thinned.steps(), all.steps(), "{link}");
        for t in 0..=all.steps() {
            let kept = thinned.gradient(t).expect("it is kept");
            assert_eq!(bits(kept), bits(all.gradient(t).expect("all are")), "{link}, step {t}");
            assert_eq!(bits(thinned.point(t)), bits(all.point(t)), "{link}, step {t}");
            let is_near = |a: f64, b: f64| a == b || (a - b).abs() <= 1e-12 * a.abs().max(1e-6);
            assert!(is_near(thinned.gradient_norm(t), all.gradient_norm(t)), "{link}, step {t}");
            if t < all.steps() && all.end() != End::Diverged {
                let [a, b] = [&thinned, &all].map(|run| run.gradient_product(t));
                assert!(is_near(a, b), "{link}, step {t}: {a} {b}");
            }
        }
    }
}

#[test]
fn between_the_points_that_are_kept_there_is_no_gradient_and_no_nought() {
    let scenario = scenario("loss=network,width=15,depth=2,count=4&steps=70000&run=sgd,lr=0.01");
    let loss = scenario.build_loss();
    let trajectory = run(&scenario, loss.as_ref());
    assert_eq!((loss.dimension(), trajectory.stride()), (61, 4));
    let mut gradient = vec![0.0; loss.dimension()];
    for t in (0..70_000).step_by(997).chain([69_999, 70_000]) {
        let is_kept = trajectory.kept_step(t) == t;
        assert_eq!(trajectory.gradient(t).is_some(), is_kept, "step {t}");
        if let Some(kept) = trajectory.gradient(t) {
            loss.value_and_gradient(trajectory.point(t), &mut gradient);
            assert_eq!(bits(kept), bits(&gradient), "step {t}");
        }
        assert!(trajectory.gradient_norm(t) > 0.0, "known at every step");
    }
    let large = decode("loss=network&steps=3").0;
    let large = run(&large, large.build_loss().as_ref());
    assert!((0..=3).all(|t| large.gradient(t).is_none()), "of more than 64 parameters none is");
}

/// The same mathematics in two guises, from the same start: what became of one became of the
/// other, at the same step.
#[test]
fn a_line_has_the_verdict_of_the_network_that_is_the_same_line() {
    for run in [
        "momentum,lr=0.3,momentum=0.3",
        "momentum,lr=0.1",
        "sgd,lr=0.005",
        "sgd,lr=0.3",
        "sgd,lr=1.2",
        "sgd,lr=1.9",
        "sgd,lr=3",
        "adam,lr=0.1",
    ] {
        let tail = format!("start=-1.5,1&steps=100&run={run}");
        let of = |loss: &str| {
            let scenario = scenario(&format!("loss={loss}&{tail}"));
            let loss = scenario.build_loss();
            let run = &scenario.runs[0];
            let trajectory = scenario.descend(run, loss.as_ref());
            let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
            (trajectory, verdict)
        };
        let (line, of_line) = of("linear_regression,data=line,standardize=1");
        let (network, of_network) = of("network,data=line,depth=1");
        for t in 0..=line.steps() {
            for (a, b) in line.point(t).iter().zip(network.point(t)) {
                assert!((a - b).abs() <= 1e-9 * a.abs().max(1.0), "{run}, step {t}: {a} {b}");
            }
        }
        assert_eq!(
            (of_line.outcome, of_line.step),
            (of_network.outcome, of_network.step),
            "{run}: {of_line:?}\n{of_network:?}"
        );
    }
}

/// A network whose run keeps everything is judged as one whose run does not.
#[test]
fn keeping_everything_changes_no_verdict_of_two_parameters() {
    for link in &SMALL[..4] {
        let scenario = scenario(link);
        let (loss, run) = (scenario.build_loss(), &scenario.runs[0]);
        let loss = loss.as_ref();
        let [thinned, all] = [loss, &Whole(loss) as &dyn Loss].map(|loss| {
            let trajectory = scenario.descend(run, loss);
            scenario.judge(run, loss, &trajectory)
        });
        assert_eq!((thinned.outcome, thinned.step), (all.outcome, all.step), "{link}");
    }
}

/// A run from the very minimum, or from so near that its loss is as good as 0, that noise
/// keeps in motion; and runs that do explode.
#[test]
fn a_start_at_the_minimum_hides_no_points() {
    let curve = "loss=polynomial_regression,data=own,degree=2,standardize=0,held_out=0\
        &points=0,0;1,1;2,4;3,9";
    for start in ["0,0,1", "0,0,1.0000000001", "0,0,1.01", "1,1,1"] {
        let scenario =
            scenario(&format!("{curve}&start={start}&noise=1&steps=100&run=sgd,lr=0.01"));
        let trajectory = run(&scenario, scenario.build_loss().as_ref());
        assert_eq!(trajectory.tame_points(), 101, "from {start}");
    }
    // At rest there everything is 0.
    let still = scenario(&format!("{curve}&start=0,0,1&steps=100&run=sgd,lr=0.01"));
    assert_eq!(run(&still, still.build_loss().as_ref()).tame_points(), 101);
    // What explodes is cut off where it has a hundred times the loss of its beginning.
    for (start, noise) in [("1,1,1", 0), ("0,0,1", 1)] {
        let link = format!("{curve}&start={start}&noise={noise}&steps=100&run=sgd,lr=0.2");
        let scenario = scenario(&link);
        let trajectory = run(&scenario, scenario.build_loss().as_ref());
        assert_eq!(trajectory.end(), End::Diverged, "{link}");
        let (losses, tame) = (trajectory.losses(), trajectory.tame_points());
        let first = losses[0].max(losses[1].min(if losses[0] < 1e-20 { f64::MAX } else { 0.0 }));
        assert!(tame >= 2 && tame < losses.len() - 3, "{link}: {tame} of {}", losses.len());
        assert!(losses[tame - 1] <= 100.0 * first && losses[tame] > 100.0 * first, "{link}");
    }
}
