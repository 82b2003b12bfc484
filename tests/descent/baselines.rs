//! The baselines that choose their own step, held to what defines them.

#![expect(clippy::float_cmp, reason = "what is the same computation has the same bits")]

use descent_lab::descent::loss::{self, LOSSES, Loss, LossRule, Setting};
use descent_lab::descent::optimizer::{self, OPTIMIZERS, RateRole};
use descent_lab::descent::{
    Descent, Outcome, Precision, Theory, Trajectory, Verdict, defaults, schedule,
};

/// The losses of few parameters: a network has tests of its own, in `tests/descent/network_rule.rs`.
fn of_few() -> impl Iterator<Item = &'static LossRule> {
    LOSSES.iter().copied().filter(|rule| rule.dimension(&rule.defaults()) < 64)
}

fn built(rule: &LossRule) -> Box<dyn Loss> {
    (rule.build)(&rule.defaults())
}

fn run_with(
    loss: &dyn Loss,
    (key, knobs): (&str, &[f64]),
    start: &[f64],
    (steps, rate): (usize, f64),
) -> Trajectory {
    let rule = optimizer::find(key).expect("listed");
    let mut optimizer = (rule.build)(knobs, start.len(), Precision::F64);
    let schedule = (schedule::find("constant").expect("listed").build)(&[]);
    loss.descend(optimizer.as_mut(), &Descent::new(start, steps, rate, schedule.as_ref()))
}

/// With the knobs' defaults.
fn run(loss: &dyn Loss, key: &str, start: &[f64], plan: (usize, f64)) -> Trajectory {
    let knobs = defaults(optimizer::find(key).expect("listed").knobs);
    run_with(loss, (key, &knobs), start, plan)
}

/// The loss's own start and places all over its window.
fn starts(rule: &LossRule) -> Vec<Vec<f64>> {
    let knobs = rule.defaults();
    let [x0, x1, y0, y1] = (rule.window)(&knobs);
    let mut starts = vec![(rule.start)(&knobs)];
    for across in [0.1, 0.45, 0.8] {
        for up in [0.15, 0.5, 0.9] {
            let place = [x0 + across * (x1 - x0), y0 + up * (y1 - y0)];
            starts.push(place.into_iter().cycle().take(rule.dimension(&knobs)).collect());
        }
    }
    starts
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn minus(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a - b).collect()
}

/// Steps that were taken, as (step, rate); at all others the point stayed.
fn accepted(run: &Trajectory) -> Vec<(usize, f64)> {
    let steps = (0..run.steps()).map(|t| (t, run.learning_rates()[t]));
    let (taken, refused): (Vec<_>, Vec<_>) = steps.partition(|&(_, rate)| rate > 0.0);
    for (t, rate) in refused {
        assert_eq!((rate, run.point(t + 1)), (0.0, run.point(t)), "step {t}");
    }
    taken
}

/// J(θ − tg) ≤ J(θ) − c₁t‖g‖², to the last bit, and no rate tried before did.
#[test]
fn every_step_of_the_line_search_is_the_first_that_armijo_accepts() {
    for rule in of_few() {
        let loss = built(rule);
        for start in starts(rule) {
            for (c1, shrink) in [(1e-4, 0.5), (0.3, 0.5), (0.5, 0.8), (1e-2, 0.1)] {
                let of = format!("{} from {start:?} with {c1}, {shrink}", rule.key);
                let knobs = [c1, shrink];
                let run = run_with(loss.as_ref(), ("line_search", &knobs), &start, (60, 2.0));
                for (t, rate) in accepted(&run) {
                    let (here, slope) = (run.losses()[t], run.gradient(t).unwrap());
                    let promised = c1 * rate * -dot(slope, slope);
                    assert!(run.losses()[t + 1] <= here + promised, "{of}, step {t}");
                    let there: Vec<f64> =
                        run.point(t).iter().zip(slope).map(|(x, g)| x - rate * g).collect();
                    assert_eq!(run.point(t + 1), there, "{of}, step {t}");
                    // The rate is 2·shrinkᵏ, multiplied out one by one.
                    let mut tried = 2.0;
                    while tried > rate {
                        let trial: Vec<f64> =
                            run.point(t).iter().zip(slope).map(|(x, g)| x - tried * g).collect();
                        let needed = here + c1 * tried * -dot(slope, slope);
                        assert!(loss.value(&trial) > needed, "{of}, step {t}: {tried} would do");
                        tried *= shrink;
                    }
                    assert_eq!(tried, rate, "{of}, step {t}");
                }
            }
        }
    }
}

/// The same inequality along their own directions, with c₁ = 10⁻⁴.
#[test]
fn every_step_of_newton_and_lbfgs_is_one_that_armijo_accepts() {
    for rule in of_few() {
        let loss = built(rule);
        let rate = (rule.rates)(&rule.defaults())[1];
        for start in starts(rule) {
            for key in ["newton", "lbfgs"] {
                let run = run(loss.as_ref(), key, &start, (80, rate));
                for (t, _) in accepted(&run) {
                    let of = format!("{key} on {} from {start:?}, step {t}", rule.key);
                    let step = minus(run.point(t + 1), run.point(t));
                    let slope = dot(run.gradient(t).unwrap(), &step);
                    // The step taken is the direction's but for its last bits.
                    let size = run.point(t).iter().fold(0.0, |size: f64, x| size.max(x.abs()));
                    let bits = 4.0 * f64::EPSILON * size * run.gradient_norm(t);
                    let here = run.losses()[t];
                    assert!(slope <= bits, "{of}: uphill by {slope}");
                    let needed = here + 1e-4 * (slope + bits) + f64::EPSILON * here.abs();
                    assert!(run.losses()[t + 1] <= needed, "{of}");
                }
            }
        }
    }
}

#[test]
fn newton_solves_a_quadratic_in_one_step() {
    let rule = loss::find("quadratic").expect("listed");
    for kappa in [1.0, 2.0, 30.0, 1000.0] {
        for degrees in [-90.0, -37.0, 0.0, 12.5, 45.0, 60.0] {
            let loss = (rule.build)(&Setting::of(&[kappa, degrees]));
            for start in [[-8.0, 2.5], [3.0, 0.0], [1e-3, 700.0]] {
                let run = run(loss.as_ref(), "newton", &start, (1, 0.1));
                let left = dot(run.point(1), run.point(1)).sqrt() / dot(&start, &start).sqrt();
                assert!(left < 1e-12, "κ = {kappa} at {degrees}° from {start:?}: {left}");
                assert_eq!(run.learning_rates()[0], 1.0);
            }
        }
    }
    let line = built(loss::find("parabola").expect("listed"));
    assert_eq!(run(line.as_ref(), "newton", &[2.5], (1, 0.1)).point(1), [0.0]);
}

/// Also where the Hessian has a negative eigenvalue and the undamped step would
/// climb to a saddle or a top, until nothing but rounding is left to descend.
#[test]
fn newton_descends_at_every_step() {
    for (key, lowest) in [("saddle", -0.25), ("himmelblau", 0.0), ("rosenbrock", 0.0)] {
        let rule = loss::find(key).expect("listed");
        let loss = built(rule);
        for start in starts(rule) {
            let run = run(loss.as_ref(), "newton", &start, (100, 0.1));
            let of = format!("{key} from {start:?}");
            let mut steepest: f64 = 0.0;
            for t in 0..run.steps() {
                steepest = steepest.max(run.gradient_norm(t));
                let is_there = run.gradient_norm(t) < 1e-7 * steepest;
                let [here, next] = [run.losses()[t], run.losses()[t + 1]];
                assert!(next < here || (is_there && next <= here), "{of}, step {t}");
            }
            let last = run.losses()[run.steps()];
            // On the saddle's axis the gradient points nowhere else.
            let is_on_axis = key == "saddle" && start[1] == 0.0;
            assert!(is_on_axis || (last - lowest).abs() < 1e-12, "{of}: ends at {last}");
        }
    }
}

/// Down the saddle's ridge as far as the curvature there says, not to the saddle.
#[test]
fn newton_leaves_a_saddle_as_fast_as_its_curvature_says() {
    // At (1.5, 0.25) the gradient is (1.5, y³ − y) = (1.5, −15/64) and the Hessian
    // diag(1, 3y² − 1) = diag(1, −13/16); Newton's own step would end at y = −0.04.
    let loss = built(loss::find("saddle").expect("listed"));
    let run = run(loss.as_ref(), "newton", &[1.5, 0.25], (1, 0.1));
    assert_eq!(run.learning_rates()[0], 1.0);
    assert_eq!(run.point(1)[0], 0.0);
    assert!((run.point(1)[1] - (0.25 + 15.0 / 52.0)).abs() < 1e-15);
}

/// The rate used, of every step but the first, is sᵀs/sᵀy of the step before.
#[test]
fn barzilai_borweins_rate_is_that_of_the_step_before() {
    let mut fallbacks = 0;
    for rule in of_few() {
        let loss = built(rule);
        let rate = (rule.rates)(&rule.defaults())[0];
        for start in starts(rule) {
            let run = run(loss.as_ref(), "barzilai_borwein", &start, (60, rate));
            for t in 0..run.steps() {
                let used = run.learning_rates()[t];
                let mut expected = rate;
                if t > 0 {
                    let s = minus(run.point(t), run.point(t - 1));
                    let y = minus(run.gradient(t).unwrap(), run.gradient(t - 1).unwrap());
                    let measured = dot(&s, &s) / dot(&s, &y);
                    if dot(&s, &y) > 0.0 && (1e-10..=1e10).contains(&measured) {
                        expected = measured;
                    } else {
                        fallbacks += 1;
                    }
                }
                assert_eq!(used, expected, "{} from {start:?}, step {t}", rule.key);
                let there: Vec<f64> = run
                    .point(t)
                    .iter()
                    .zip(run.gradient(t).unwrap())
                    .map(|(x, g)| x - used * g)
                    .collect();
                assert_eq!(run.point(t + 1), there, "{} from {start:?}, step {t}", rule.key);
            }
        }
    }
    assert!(fallbacks > 0, "no run came where the loss curves downwards");
}

/// Against plain descent at the best of many rates.
#[test]
fn lbfgs_beats_plain_descent_on_rosenbrock() {
    let rule = loss::find("rosenbrock").expect("listed");
    let loss = built(rule);
    for start in [[-1.2, 1.0], [0.0, 2.0]] {
        let ends = |key: &str, steps: usize, rate: f64| {
            let run = run(loss.as_ref(), key, &start, (steps, rate));
            let verdict = Verdict::of(loss.as_ref(), &run, Theory::default());
            (run.losses()[run.steps()], verdict)
        };
        let (lowest, verdict) = ends("lbfgs", 100, 1e-3);
        assert_eq!(verdict.outcome, Outcome::Converges, "{start:?}");
        assert!(lowest < 1e-20, "{start:?}: {lowest}");
        let rates = (0..120).map(|i| 1e-5 * libm::pow(10.0, f64::from(i) / 30.0));
        let best = rates.map(|rate| ends("sgd", 1000, rate).0).fold(f64::INFINITY, f64::min);
        assert!(best > 1e6 * lowest, "{start:?}: {best} in ten times the steps");
        let after = |memory: f64| {
            let run = run_with(loss.as_ref(), ("lbfgs", &[memory]), &start, (8, 1e-3));
            run.point(8).to_vec()
        };
        assert_ne!(after(1.0), after(10.0), "{start:?}: what it remembers is used");
    }
}

/// What `RateRole` says of the run's rate holds.
#[test]
fn the_runs_rate_is_what_its_role_says() {
    let loss = built(loss::find("himmelblau").expect("listed"));
    for rule in OPTIMIZERS {
        let rates = |rate: f64| {
            run(loss.as_ref(), rule.key, &[0.5, -0.5], (20, rate)).learning_rates().to_vec()
        };
        let (some, less) = (rates(0.01), rates(0.005));
        match rule.rate {
            RateRole::EveryStep => assert_eq!(some, vec![0.01; 21], "{}", rule.key),
            RateRole::FirstTried => assert!(some[..20].iter().all(|rate| *rate <= 0.01)),
            RateRole::FirstStep => assert_eq!([some[0], less[0]], [0.01, 0.005], "{}", rule.key),
            RateRole::Unused => assert_eq!(some[..20], less[..20], "{}", rule.key),
        }
    }
}
