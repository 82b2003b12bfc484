//! The sharpness of losses with many parameters, at some of the steps of a run, against
//! dense Hessians.

use descent_lab::descent::loss::Loss;
use descent_lab::descent::{Curvature, Lanczos, Product, Storage, Trajectory};
use descent_lab::scenario::{RunProgress, Scenario, SharpnessLooks, decode};

fn read(link: &str) -> (Scenario, Box<dyn Loss>, Trajectory) {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    let loss = scenario.build_loss();
    let trajectory = scenario.descend(&scenario.runs[0], loss.as_ref());
    (scenario, loss, trajectory)
}

/// All looks at the first run of a link, each slice a few calls of the clock long; none
/// where nothing belongs to its rule.
fn looks(link: &str, slice: usize) -> Option<SharpnessLooks> {
    let (scenario, loss, trajectory) = read(link);
    let run = &scenario.runs[0];
    let mut looks = SharpnessLooks::begin(&scenario, run, loss.as_ref(), &trajectory)?;
    let mut asked = 0;
    while !looks.advance((&scenario, run), loss.as_ref(), &trajectory, &mut || {
        asked += 1;
        asked % slice == 0
    }) {}
    assert!(looks.is_done() && looks.progress() == 1.0);
    Some(looks)
}

/// H at θ, by a product for each parameter.
fn hessian(loss: &dyn Loss, theta: &[f64]) -> Vec<f64> {
    let n = theta.len();
    let mut hessian = vec![0.0; n * n];
    for (place, row) in hessian.chunks_mut(n).enumerate() {
        let mut axis = vec![0.0; n];
        axis[place] = 1.0;
        assert!(loss.curvature_product(theta, &axis, row));
    }
    hessian
}

/// The same by differences of the gradient.
fn differences(loss: &dyn Loss, theta: &[f64]) -> Vec<f64> {
    const STEP: f64 = 1e-5;
    let n = theta.len();
    let mut hessian = vec![0.0; n * n];
    let [mut above, mut below] = [vec![0.0; n], vec![0.0; n]];
    for place in 0..n {
        for (shift, gradient) in [(STEP, &mut above), (-STEP, &mut below)] {
            let mut theta = theta.to_vec();
            theta[place] += shift;
            loss.value_and_gradient(&theta, gradient);
        }
        for (row, (above, below)) in above.iter().zip(&below).enumerate() {
            hessian[row * n + place] += 0.5 * (above - below) / (2.0 * STEP);
            hessian[place * n + row] += 0.5 * (above - below) / (2.0 * STEP);
        }
    }
    hessian
}

fn assert_near(found: f64, expected: f64, allowed: f64, what: &str) {
    let size = expected.abs().max(1e-9);
    assert!((found - expected).abs() <= allowed * size, "{what}: {found}, not {expected}");
}

const SMALL: [&str; 6] = [
    "network,data=moons,count=40,depth=3,width=4,activation=tanh",
    "network,data=circles,count=30,depth=2,width=7,activation=sigmoid,error=squared",
    "network,data=wave,count=25,depth=4,width=4,activation=gelu",
    "network,data=blobs,count=20,depth=3,width=5,activation=linear,bias=0,l2=0.02",
    "network,data=spirals,count=40,depth=5,width=3,activation=tanh,init=orthogonal,gain=1.5",
    "network,data=line,count=20,depth=1",
];

#[test]
fn the_largest_eigenvalue_of_a_small_network_is_that_of_its_dense_hessian() {
    for loss in SMALL {
        let (_, loss_built, trajectory) = read(&format!("#loss={loss}&steps=30&run=sgd,lr=0.2"));
        let n = loss_built.dimension();
        for step in [0, 30] {
            let theta = trajectory.point(step);
            let mut search = Lanczos::begin(n, None, 1e-9, 20 * n);
            let mut multiply = |v: &[f64], out: &mut [f64]| {
                assert!(loss_built.curvature_product(theta, v, out));
                Product::Made
            };
            assert!(search.advance(&mut multiply, &mut || false));
            let dense = Curvature::of_symmetric(&hessian(loss_built.as_ref(), theta)).max;
            assert_near(search.largest(), dense, 1e-9, loss);
            let rough = Curvature::of_symmetric(&differences(loss_built.as_ref(), theta)).max;
            assert_near(search.largest(), rough, 1e-5, loss);
        }
    }
}

#[test]
fn along_a_run_every_look_is_the_sharpness_of_its_step() {
    for loss in SMALL {
        for run in ["sgd,lr=0.2", "momentum,lr=0.05"] {
            let link = format!("#loss={loss}&steps=12&run={run}");
            let (_, built, trajectory) = read(&link);
            let looks = looks(&link, usize::MAX).expect("it belongs to these rules");
            let points: Vec<(usize, f64)> = looks.points().collect();
            assert_eq!(points.len(), 13, "{link}");
            for (step, found) in points {
                let dense =
                    Curvature::of_symmetric(&hessian(built.as_ref(), trajectory.point(step)));
                assert_near(found, dense.max, 1e-6, &link);
                assert_eq!(looks.at(step), (step, found));
            }
        }
    }
}

#[test]
fn where_the_rule_preconditions_the_run_is_gone_again_for_what_p_was() {
    for run in ["adam,lr=0.02", "rmsprop,lr=0.01", "adagrad,lr=0.05"] {
        let link = format!("#loss={}&steps=20&batch=8&order=shuffled&seed=3&run={run}", SMALL[0]);
        let (scenario, loss, trajectory) = read(&link);
        let looks = looks(&link, 3).expect("they have one");
        let mut again =
            RunProgress::begin(Storage::default(), &scenario, &scenario.runs[0], loss.as_ref());
        let n = loss.dimension();
        let (mut p, mut count) = (vec![0.0; n], 0);
        for (step, found) in looks.points() {
            again.advance(&scenario, &scenario.runs[0], loss.as_ref(), step + 1);
            assert!(again.optimizer().preconditioner(&mut p));
            let mut dense = hessian(loss.as_ref(), trajectory.point(step));
            for (at, entry) in dense.iter_mut().enumerate() {
                *entry /= p[at / n].sqrt() * p[at % n].sqrt();
            }
            assert_near(found, Curvature::of_symmetric(&dense).max, 1e-6, &link);
            count += 1;
        }
        assert_eq!(count, 20, "no step leaves the last point");
        assert_eq!(looks.at(20).0, 19);
        assert!(looks.at(21).1.is_nan());
    }
    assert!(looks(&format!("#loss={}&steps=5&run=lion", SMALL[0]), 2).is_none());
}

#[test]
fn a_loss_with_a_hessian_is_looked_at_as_well() {
    for run in ["sgd,lr=0.01", "nesterov,lr=0.01", "adam,lr=0.01"] {
        let link = format!("#loss=polynomial_regression,degree=6&steps=40&run={run}");
        let (scenario, loss, trajectory) = read(&link);
        let dense = scenario.sharpness(&scenario.runs[0], loss.as_ref(), &trajectory);
        let dense = dense.expect("few parameters");
        for (step, found) in looks(&link, 5).expect("it applies").points() {
            let expected = dense.products[step] / trajectory.learning_rates()[step];
            assert_near(found, expected, 1e-6, &link);
        }
    }
}

#[test]
fn however_it_is_cut_the_looks_are_the_same_and_the_ends_come_first() {
    let link = format!("#loss={}&steps=600&run=sgd,lr=0.2", SMALL[0]);
    let [whole, cut] = [usize::MAX, 3].map(|slice| {
        let looks = looks(&link, slice).expect("it applies");
        looks.points().map(|(step, found)| (step, found.to_bits())).collect::<Vec<_>>()
    });
    assert_eq!(whole, cut);
    assert!(whole.len() > 200 && whole.len() < 300, "{}", whole.len());
    assert_eq!((whole[0].0, whole[whole.len() - 1].0), (0, 600));
    let (scenario, loss, trajectory) = read(&link);
    let run = &scenario.runs[0];
    let mut looks =
        SharpnessLooks::begin(&scenario, run, loss.as_ref(), &trajectory).expect("it applies");
    assert!(looks.points().next().is_none() && looks.at(300).1.is_nan());
    let mut seen = Vec::new();
    while looks.made() < 5 {
        let made = looks.made();
        looks.advance((&scenario, run), loss.as_ref(), &trajectory, &mut {
            let mut asked = 0;
            move || {
                asked += 1;
                asked > 2
            }
        });
        if looks.made() > made {
            seen.extend(
                looks
                    .points()
                    .map(|(step, _)| step)
                    .filter(|step| !seen.contains(step))
                    .collect::<Vec<_>>(),
            );
        }
    }
    assert_eq!(seen[..2], [0, 600], "{seen:?}");
    assert!(looks.progress() > 0.0 && looks.progress() < 0.1);
}

#[test]
fn of_a_thinned_run_only_steps_that_are_kept_are_looked_at() {
    let link = "#loss=network,data=moons,count=8,depth=8,width=32&steps=700&run=sgd,lr=0.05";
    let (scenario, loss, trajectory) = read(link);
    assert!(trajectory.stride() > 1, "{}", trajectory.stride());
    let run = &scenario.runs[0];
    let mut looks =
        SharpnessLooks::begin(&scenario, run, loss.as_ref(), &trajectory).expect("it applies");
    let mut slices = 0;
    while looks.made() < 9 {
        looks.advance((&scenario, run), loss.as_ref(), &trajectory, &mut {
            let mut asked = 0;
            move || {
                asked += 1;
                asked > 4
            }
        });
        slices += 1;
        assert!(slices < 1_000_000);
    }
    for (step, _) in looks.points() {
        assert_eq!(trajectory.kept_step(step), step);
    }
}

#[test]
fn whatever_a_run_does_a_look_is_a_number_or_none() {
    for (loss, run) in [
        (SMALL[0], "sgd,lr=1e6"),
        (SMALL[2], "momentum,lr=50"),
        (SMALL[0], "adam,lr=1e9"),
        ("network,data=moons,depth=12,width=6,activation=relu,init=normal,sigma=0", "sgd,lr=1"),
        ("network,data=moons,depth=12,width=6,activation=relu,init=normal,sigma=10", "adam,lr=1"),
        ("network,data=circles,depth=30,width=3,activation=sigmoid", "sgd,lr=0.1"),
    ] {
        for steps in [1, 40] {
            let link = format!("#loss={loss}&steps={steps}&run={run}");
            let looks = looks(&link, 4).expect("it applies");
            assert!(looks.points().all(|(_, found)| found.is_finite()), "{link}");
        }
    }
}
