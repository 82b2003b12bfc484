//! Constrained runs: every point after the first step is the nearest allowed one to where
//! the rule went, and the projected gradient says where a constrained minimum is.

use descent_lab::descent::constraint::{self, CONSTRAINTS, Constraint, FeasibleSet, Region};
use descent_lab::descent::loss::{self, Loss};
use descent_lab::descent::{End, Outcome, Precision, Trajectory, Verdict};
use descent_lab::scenario::{Scenario, decode};
use proptest::prelude::*;

use crate::cases::cases;

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(&format!("#v=1&{link}"));
    assert_eq!(refused, [], "{link}");
    scenario
}

fn run(link: &str) -> Trajectory {
    let scenario = scenario(link);
    scenario.descend(&scenario.runs[0], scenario.build_loss().as_ref())
}

fn built(key: &str, bound: f64) -> Box<dyn Constraint> {
    (constraint::find(key).expect("listed").build)(&[bound])
}

fn booth() -> Box<dyn Loss> {
    let rule = loss::find("booth").expect("listed");
    (rule.build)(&rule.defaults())
}

fn count(steps: usize) -> f64 {
    f64::from(u32::try_from(steps).expect("few"))
}

fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

proptest! {
    /// No allowed point is nearer than the projection, and what is allowed stays.
    #[test]
    fn the_projection_is_the_nearest_allowed_point(
        point in proptest::array::uniform5(-9.0..9.0),
        other in proptest::array::uniform5(-9.0..9.0),
        bound in 0.1..12.0,
    ) {
        let loss = booth();
        for rule in CONSTRAINTS {
            let constraint = built(rule.key, bound);
            let set = FeasibleSet::new(constraint.as_ref(), loss.as_ref(), Precision::F64);
            let (mut nearest, mut allowed) = (point, other);
            set.project(&mut nearest);
            set.project(&mut allowed);
            prop_assert!(set.contains(&nearest) && set.contains(&allowed));
            let [least, most] = [&nearest, &allowed].map(|end| distance(&point, end));
            prop_assert!(least <= most * (1.0 + 1e-12), "{}: {least} > {most}", rule.key);
            let is_inside = match set.region() {
                Region::Box(bound) => point.iter().all(|v| v.abs() <= bound),
                Region::Ball(bound) => distance(&point, &[0.0; 5]) <= bound,
            };
            prop_assert!(!is_inside || nearest == point, "{}", rule.key);
        }
    }

    /// The projected gradient is the velocity of the projection of θ − h·g as h goes to 0.
    #[test]
    fn the_projected_gradient_is_the_velocity_along_the_set(
        point in proptest::array::uniform3(-2.0..2.0),
        slope in proptest::array::uniform3(-1.0..1.0),
        is_on_boundary in any::<bool>(),
    ) {
        const H: f64 = 1e-6;
        let loss = booth();
        for rule in CONSTRAINTS {
            let constraint = built(rule.key, 1.0);
            let set = FeasibleSet::new(constraint.as_ref(), loss.as_ref(), Precision::F64);
            let mut theta = point.map(|v| if is_on_boundary { 3.0 * v } else { v / 8.0 });
            set.project(&mut theta);
            let mut projected = slope;
            set.project_gradient(&theta, &mut projected);
            let mut moved = theta;
            moved.iter_mut().zip(slope).for_each(|(v, slope)| *v -= H * slope);
            set.project(&mut moved);
            for ((from, to), slope) in theta.iter().zip(moved).zip(projected) {
                let velocity = (from - to) / H;
                prop_assert!((velocity - slope).abs() < 1e-4, "{}: {velocity}, {slope}", rule.key);
            }
        }
    }
}

/// Booth's bowl has its minimum at (1, 3). In the box the minimum is at (1.8, 2), where the
/// slope along the side is 0; in the ball it lies where the gradient is normal to the circle.
#[test]
fn a_constrained_run_ends_where_the_projected_gradient_is_zero() {
    for (key, expected) in [("value", [1.8, 2.0]), ("norm", [1.193_624_6, 1.604_761_8])] {
        let link = format!("loss=booth&steps=200&run=sgd,lr=0.05,constrain={key},constrain_at=2");
        let (trajectory, loss) = (run(&link), booth());
        let (end, constraint) = (trajectory.point(200), built(key, 2.0));
        let set = FeasibleSet::new(constraint.as_ref(), loss.as_ref(), Precision::F64);
        assert!(distance(end, &expected) < 1e-6, "{key}: {end:?}");
        let mut gradient = trajectory.gradient(200).expect("all are kept").to_vec();
        assert!(distance(&gradient, &[0.0; 2]) > 1.0, "{key}: the loss still falls outwards");
        set.project_gradient(end, &mut gradient);
        assert!(distance(&gradient, &[0.0; 2]) < 1e-9, "{key}: {gradient:?}");
    }
}

/// The rule's own step from each recorded point, then the projection; the start is as given.
#[test]
fn each_step_is_the_rule_s_own_and_then_projected() {
    for rule in CONSTRAINTS {
        let constrained = format!("constrain={},constrain_at=1.5", rule.key);
        for rounded in ["f64", "f32", "bf16"] {
            let tail = format!("precision={rounded}&steps=25&run=sgd,lr=0.03");
            let trajectory = run(&format!("loss=booth&{tail},{constrained}"));
            let precision = trajectory.precision();
            let (loss, constraint) = (booth(), built(rule.key, 1.5));
            let set = FeasibleSet::new(constraint.as_ref(), loss.as_ref(), precision);
            assert_eq!(trajectory.point(0), [-6.0, 4.0]);
            assert!(!set.contains(trajectory.point(0)));
            for step in 0..25 {
                let [x, y] = [0, 1].map(|axis| trajectory.point(step)[axis].to_string());
                let own = run(&format!("loss=booth&start={x},{y}&{tail}"));
                let mut projected = own.point(1).to_vec();
                set.project(&mut projected);
                assert_eq!(trajectory.point(step + 1), projected, "{} {rounded} {step}", rule.key);
                assert!(set.contains(&projected), "{} {rounded} {step}", rule.key);
            }
        }
    }
}

#[test]
fn a_constraint_that_is_never_reached_changes_nothing() {
    for rule in CONSTRAINTS {
        for tail in ["adam,lr=0.3", "momentum,lr=0.01", "newton", "lbfgs,lr=0.01"] {
            let free = run(&format!("loss=himmelblau&steps=80&run={tail}"));
            let key = rule.key;
            let bound = format!("constrain={key},constrain_at=1e6");
            let bounded = run(&format!("loss=himmelblau&steps=80&run={tail},{bound}"));
            assert_eq!(bounded.steps(), free.steps(), "{tail}");
            for step in 0..=free.steps() {
                assert_eq!(bounded.point(step), free.point(step), "{tail} {step}");
            }
            assert_eq!(bounded.learning_rates(), free.learning_rates(), "{tail}");
        }
    }
}

/// Above its limit plain descent leaves every bound; held in a box or a ball it cannot.
#[test]
fn a_constrained_run_does_not_leave_every_bound() {
    for key in ["value", "norm"] {
        for rate in ["0.3", "1e20", "1e300"] {
            let link = format!("steps=50&run=sgd,lr={rate}");
            assert_eq!(run(&link).end(), End::Diverged, "{rate}");
            let trajectory = run(&format!("{link},constrain={key},constrain_at=3"));
            assert_eq!(trajectory.end(), End::StepsDone, "{key} {rate}");
            assert!(trajectory.losses().iter().all(|loss| *loss < 400.0), "{key} {rate}");
        }
    }
}

/// The weight matrix of each layer is a block of its own; biases are free.
#[test]
fn each_layer_of_a_network_has_its_own_bound() {
    for (key, bound) in [("value", 0.2), ("norm", 1.0)] {
        let link = format!(
            "loss=network,count=40,depth=3,width=5&steps=30&run=sgd,lr=0.5,constrain={key},constrain_at={bound}"
        );
        let scenario = scenario(&link);
        let loss = scenario.build_loss();
        let layers = loss.layered().expect("a network").layers().to_vec();
        let trajectory = scenario.descend(&scenario.runs[0], loss.as_ref());
        let end = trajectory.point(30);
        for layer in &layers {
            let weights = &end[layer.weights.clone()];
            match key {
                "value" => assert!(weights.iter().all(|w| w.abs() <= bound)),
                _ => assert!(distance(weights, &vec![0.0; weights.len()]) <= bound + 1e-12),
            }
        }
        let at_bound = |layer: &&descent_lab::descent::Layer| {
            let weights = &end[layer.weights.clone()];
            let largest = weights.iter().fold(0.0, |most: f64, w| most.max(w.abs()));
            let length = distance(weights, &vec![0.0; weights.len()]);
            let size = if key == "value" { largest } else { length };
            (size - bound).abs() < 1e-12
        };
        assert!(layers.iter().filter(at_bound).count() >= 2, "{key}: the bound is felt");
        // One step from the same start: only weights are moved by the projection.
        let free = run(&link.split(",constrain").next().expect("a run").replace("=30", "=1"));
        let once = run(&link.replace("steps=30", "steps=1"));
        for layer in &layers {
            let biases = layer.biases.clone();
            assert_eq!(once.point(1)[biases.clone()], free.point(1)[biases], "{key}");
            assert_ne!(once.point(1)[layer.weights.clone()], free.point(1)[layer.weights.clone()]);
        }
    }
}

fn verdict(link: &str) -> Verdict {
    let scenario = scenario(link);
    let (loss, run) = (scenario.build_loss(), &scenario.runs[0]);
    let trajectory = scenario.descend(run, loss.as_ref());
    scenario.judge(run, loss.as_ref(), &trajectory)
}

/// Where a run on two parameters goes.
fn destination(verdict: &Verdict) -> [f64; 2] {
    verdict.destination.expect("a minimum")
}

/// Booth's bowl has its minimum at (1, 3). In the box it is (1.8, 2), from the slope along the side; on the circle that of a
/// Lagrange multiplier.
#[test]
fn a_run_that_ends_on_the_wall_converges_to_the_constrained_minimum() {
    for (key, expected) in [("value", [1.8, 2.0]), ("norm", [1.193_624_603_8, 1.604_761_759_6])] {
        for rule in ["sgd,lr=0.05", "sgd,lr=0.01", "momentum,lr=0.005"] {
            let link = format!("loss=booth&steps=400&run={rule},constrain={key},constrain_at=2");
            let verdict = verdict(&link);
            assert!(distance(&destination(&verdict), &expected) < 1e-9, "{key} {verdict:?}");
            assert!(verdict.settles.is_some(), "{key} {rule}: {verdict:?}");
            assert!(!verdict.facts.is_stuck && !verdict.facts.has_no_minimum, "{key} {rule}");
        }
        let link = format!("loss=booth&steps=60&run=sgd,lr=0.05,constrain={key},constrain_at=2");
        let settled = verdict(&link);
        assert_eq!(settled.outcome, Outcome::Converges, "{key}: {settled:?}");
        // A gradient that vanishes along the wall is as good as none.
        assert!(settled.facts.gradient_left < 1e-6, "{key}: {}", settled.facts.gradient_left);
        let on_its_way = verdict(&link.replace("lr=0.05", "lr=0.0005"));
        assert_eq!(on_its_way.outcome, Outcome::Crawls, "{key}: {on_its_way:?}");
    }
}

/// Samples that a line separates have no best weights; among those of a bounded length
/// there are some. The saddle's own minima, (0, ±1), lie outside, and its ridge is no wall.
#[test]
fn a_loss_without_a_minimum_has_one_within_walls() {
    for key in ["value", "norm"] {
        let at = |bound: f64| format!("constrain={key},constrain_at={bound}");
        let samples = "data=own,intercept=1&points=0.5,0;0.9,0;2,1;2.8,1";
        let link = format!("loss=logistic_regression,{samples}&steps=4000&run=sgd,lr=1");
        assert!(verdict(&link).facts.has_no_minimum);
        let bounded = verdict(&format!("{link},{}", at(2.0)));
        assert_eq!(bounded.outcome, Outcome::Converges, "{key} {bounded:?}");
        assert!(!bounded.facts.has_no_minimum);
        let link = "loss=saddle&start=1,0.01&steps=900&run=sgd,lr=0.05";
        let saddle = verdict(&format!("{link},{}", at(0.5)));
        assert!(distance(&destination(&saddle), &[0.0, 0.5]) < 1e-9, "{key} {saddle:?}");
        assert_eq!(saddle.outcome, Outcome::Converges, "{key} {saddle:?}");
    }
}

/// A minimum inside is the minimum, with the same steps to settle.
#[test]
fn a_minimum_inside_is_that_of_the_free_run() {
    for key in ["value", "norm"] {
        for link in
            ["loss=booth&steps=300&run=sgd,lr=0.05", "loss=himmelblau&steps=200&run=adam,lr=0.1"]
        {
            let (free, bounded) =
                (verdict(link), verdict(&format!("{link},constrain={key},constrain_at=40")));
            assert_eq!(bounded.outcome, free.outcome, "{key} {link}");
            assert_eq!(bounded.settles, free.settles, "{key} {link}");
            assert!(distance(&destination(&bounded), &destination(&free)) < 1e-9, "{key} {link}");
        }
    }
}

proptest! {
    #![proptest_config(cases(48))]

    /// No allowed point of a fine grid near the destination is lower, whatever the loss.
    #[test]
    fn nothing_allowed_near_the_destination_is_lower(
        (x, y) in (-4.0..4.0, -4.0..4.0),
        bound in 0.3..4.0,
        which in 0_usize..5,
        is_box in any::<bool>(),
    ) {
        let name = ["booth", "himmelblau", "rosenbrock", "styblinski_tang", "three_hump_camel"][which];
        let key = if is_box { "value" } else { "norm" };
        let link = format!(
            "loss={name}&start={x},{y}&steps=300&run=sgd,lr=0.001,constrain={key},constrain_at={bound}"
        );
        let verdict = verdict(&link);
        let scenario = scenario(&link);
        let (loss, constraint) = (scenario.build_loss(), built(key, bound));
        let set = FeasibleSet::new(constraint.as_ref(), loss.as_ref(), Precision::F64);
        let end = destination(&verdict);
        prop_assert!(set.contains(&end));
        let lowest = loss.value(&end);
        for far in [1e-4, 1e-3] {
            for part in 0..64_u8 {
                let (sin, cos) = libm::sincos(f64::from(part) / 32.0 * core::f64::consts::PI);
                let mut near = [end[0] + far * cos, end[1] + far * sin];
                set.project(&mut near);
                let (value, slack) = (loss.value(&near), 1e-9 * lowest.abs().max(1.0));
                prop_assert!(value >= lowest - slack, "{link}: {near:?} {end:?}");
            }
        }
    }
}

/// Networks: each weight of a small one has walls of its own, and a rest on them is an
/// arrival; with a ball per layer none is searched for, and a rest is one as well.
#[test]
fn a_network_rests_on_its_walls() {
    for (key, bound) in [("value", 0.3), ("norm", 0.5)] {
        for width in [2, 12] {
            let link = format!(
                "loss=network,count=40,depth=2,width={width}&steps=3000&run=sgd,lr=0.3,constrain={key},constrain_at={bound}"
            );
            let verdict = verdict(&link);
            assert!(verdict.settles.is_some(), "{link}: {verdict:?}");
        }
    }
}

/// Of a network with too many parameters to keep its gradients, too, a step overshoots where
/// the projected gradients turn back; the others lead out of the allowed set all the time.
#[test]
fn a_large_network_overshoots_along_its_walls() {
    for (key, bound, lr) in [("value", 0.1, 30), ("norm", 1.0, 10)] {
        let link = format!(
            "loss=network,count=40,depth=3,width=12&steps=300&run=sgd,lr={lr},constrain={key},constrain_at={bound}"
        );
        let (loss, trajectory) = (scenario(&link).build_loss(), run(&link));
        assert!(trajectory.dimension() > 64 && trajectory.stride() == 1);
        let set = trajectory.feasible_set(&*loss).expect("a constrained run");
        let projected: Vec<Vec<f64>> = (0..=trajectory.steps())
            .map(|step| {
                let mut gradient = vec![0.0; trajectory.dimension()];
                loss.value_and_gradient(trajectory.point(step), &mut gradient);
                set.project_gradient(trajectory.point(step), &mut gradient);
                gradient
            })
            .collect();
        let turns_back =
            |pair: &[Vec<f64>]| pair[0].iter().zip(&pair[1]).map(|(a, b)| a * b).sum::<f64>() < 0.0;
        let half = trajectory.steps() / 2;
        let turns = projected[half..].windows(2).filter(|pair| turns_back(pair)).count();
        let plain = (half..trajectory.steps()).filter(|t| trajectory.gradient_product(*t) < 0.0);
        assert!(turns > plain.count(), "{link}: the walls make a difference");
        let verdict = verdict(&link);
        assert_eq!(verdict.outcome, Outcome::Bounces, "{link}");
        let share = count(turns) / count(trajectory.steps() - half);
        assert!((verdict.facts.overshooting - share).abs() < 1e-12, "{link}");
    }
}
