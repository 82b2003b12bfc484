//! Update rules beside each other.

use super::shown::{Shown, distance, is_near, preset};

const ORIGIN: [f64; 2] = [0.0, 0.0];

/// Once the runs of a preset are not told apart by their rates.
fn rates(key: &str) -> Vec<f64> {
    preset(key).scenario().runs.iter().map(|run| run.learning_rate).collect()
}

#[test]
fn momentum_is_ahead_after_10_steps_and_pays_by_overshooting() {
    assert_eq!(rates("ravine_momentum"), [0.02, 0.02]);
    let [plain, momentum] = Shown::side_by_side("ravine_momentum");
    let covered = |shown: &Shown| 1.0 - shown.run.point(10)[0] / -8.0;
    assert!(covered(&plain) < 0.2, "{}", covered(&plain));
    assert!(covered(&momentum) > 2.0 / 3.0, "{}", covered(&momentum));
    // Along the floor its gradients agree until it shoots past the minimum.
    let along = momentum.component(0);
    let past = along.iter().position(|x| *x > 0.0).expect("it shoots past");
    assert!((0..past).all(|t| momentum.run.gradient(t).unwrap()[0] < 0.0));
    assert!(along.iter().any(|x| *x > 2.0) && along[past..].iter().any(|x| *x < 0.0));
    assert!(plain.component(0).iter().all(|x| *x < 0.0), "plain descent never does");
}

#[test]
fn momentum_0_99_still_swings_after_300_steps() {
    let [calm, swinging] = Shown::side_by_side("momentum_too_high");
    assert!(calm.settles() && swinging.run.steps() == 300);
    assert!(is_near(&calm.end(), &ORIGIN, 1e-5), "{:?}", calm.end());
    let late = &swinging.component(1)[250..];
    let highest = late.iter().fold(0.0_f64, |most, y| most.max(y.abs()));
    assert!(highest > 0.4, "{highest}");
    let turns = late.windows(2).filter(|pair| pair[0] * pair[1] < 0.0).count();
    assert!(turns >= 10, "from wall to wall: {turns}");
    let kept: Vec<f64> = preset("momentum_too_high")
        .scenario()
        .runs
        .iter()
        .map(|run| run.optimizer.knobs[0])
        .collect();
    assert_eq!(kept, [0.9, 0.99]);
}

#[test]
fn nesterov_swings_less_far_past_the_floor_and_past_the_end() {
    let runs = preset("nesterov_brakes").scenario().runs;
    assert_eq!(runs[0].learning_rate, runs[1].learning_rate);
    assert_eq!(runs[0].optimizer.knobs, runs[1].optimizer.knobs);
    let [momentum, nesterov] = Shown::side_by_side("nesterov_brakes");
    for (axis, past) in [[2.4, 1.8], [2.0, 1.1]].into_iter().enumerate() {
        let swing = |shown: &Shown| {
            let values = shown.component(axis);
            let crossed = values.iter().position(|v| v * values[0] <= 0.0).expect("it crosses");
            values[crossed..].iter().fold(0.0_f64, |most, v| most.max(v.abs()))
        };
        let found = [&momentum, &nesterov].map(swing);
        assert!(is_near(&found, &past, 0.05), "axis {axis}: {found:?}");
    }
}

#[test]
fn adagrad_and_rmsprop_begin_alike_and_adagrad_fades() {
    let [adagrad, rmsprop] = Shown::side_by_side("adagrad_fades");
    for shown in [&adagrad, &rmsprop] {
        let [from, to] = [shown.run.point(0), shown.run.point(1)];
        assert!((0..2).all(|axis| ((to[axis] - from[axis]).abs() - 0.1).abs() < 1e-3));
        assert!(shown.run.losses()[1] < 0.25 * shown.run.losses()[0], "down the steep wall");
    }
    let [slow, fast] = [adagrad.end()[0], rmsprop.end()[0]];
    // The valley leads from about (−1.1, 1.1) to (1, 1).
    assert!(slow < -0.9 && fast > 0.0, "{slow} and {fast}");
    // Without the wall at its start it is faster throughout.
    let mut later = preset("adagrad_fades").scenario();
    later.start = vec![-1.03, 1.068];
    let later = Shown::all_of(&later).remove(0).end()[0] + 1.03;
    let slowed = slow - adagrad.run.point(1)[0];
    assert!(later > 2.0 * slowed, "{later} and {slowed}");
}

#[test]
fn rmsprop_and_adam_set_out_diagonally_and_arrive_before_plain_descent() {
    let [plain, rmsprop, adam] = Shown::side_by_side("badly_scaled");
    assert!(!plain.settles() && rmsprop.settles() && adam.settles());
    for shown in [&rmsprop, &adam] {
        let [from, to] = [shown.run.point(0), shown.run.point(1)];
        let [along, across] = [to[0] - from[0], from[1] - to[1]];
        assert!(along > 0.2 && (along - across).abs() < 1e-6, "{along} and {across}");
    }
    let scenario = preset("badly_scaled").scenario();
    let curvature = scenario.build_loss().curvature(&scenario.start).expect("two");
    assert!((curvature.max / curvature.min - 100.0).abs() < 1e-9);
    assert!((curvature.limit().expect("a valley") - 0.02).abs() < 1e-12);
    assert!(scenario.runs[0].learning_rate < 0.02);
}

#[test]
fn adam_runs_past_the_minimum_while_its_newest_gradient_points_back() {
    let [plain, adam] = Shown::side_by_side("adam_overshoots");
    let [x, y] = [plain.component(0), plain.component(1)];
    assert!(x.iter().all(|x| *x < 0.0) && y.iter().all(|y| *y > 0.0), "never past it");
    let straight = x.iter().zip(&y).all(|(x, y)| (y / x + 4.0 / 6.0).abs() < 1e-9);
    assert!(straight, "straight to it");
    let x = adam.component(0);
    let highest = x.iter().copied().fold(0.0, f64::max);
    assert!(highest > 1.0 && adam.component(1).iter().any(|y| *y < -1.0), "{highest}");
    // Past the minimum, going on although the gradient points back.
    let goes_on =
        |t: &usize| x[*t] > 0.0 && x[t + 1] > x[*t] && adam.run.gradient(*t).unwrap()[0] > 0.0;
    assert!((0..150).filter(goes_on).count() >= 5);
    assert!(adam.settles() && distance(&adam.end(), &ORIGIN) < 0.01, "it comes back");
}

#[test]
fn adamw_stays_below_2_where_its_decay_is_as_long_as_a_step() {
    let [adam, adamw] = Shown::side_by_side("adamw_decays");
    assert!(adam.settles() && is_near(&adam.end(), &[1.0, 3.0], 1e-3), "{:?}", adam.end());
    let y = adamw.component(1);
    let below = y.iter().position(|y| *y < 2.0).expect("it comes down");
    assert!(below < 50 && y[below..].iter().all(|y| (1.0..2.0).contains(y)));
    let mut longer = preset("adamw_decays").scenario();
    longer.steps = 20_000;
    let longer = Shown::all_of(&longer).remove(1).component(1);
    assert!(longer[below..].iter().all(|y| *y < 2.0), "and stays there");
    let run = &preset("adamw_decays").scenario().runs[1];
    let decay = run.optimizer.knobs[3];
    assert_eq!((run.learning_rate, decay), (0.2, 0.5));
    assert_eq!(run.learning_rate * decay * 2.0, run.learning_rate, "a step of Adam");
    let first = (adam.run.point(1)[0] - adam.run.point(0)[0]).abs();
    assert!((first - 0.2).abs() < 1e-6, "is as long as the rate: {first}");
}

#[test]
fn rules_with_their_own_step_are_through_when_plain_descent_begins() {
    let [plain, search, lbfgs, newton] = Shown::side_by_side("curvature_helps");
    assert!(plain.end()[0] < -0.9, "only just in the valley: {:?}", plain.end());
    let [x, y] = plain.end()[..] else { panic!("two parameters") };
    assert!((y - x * x).abs() < 0.02, "but in it");
    let near = search.end();
    assert!(near[0] > 0.9 && !is_near(&near, &[1.0, 1.0], 0.01), "near its end: {near:?}");
    for shown in [&lbfgs, &newton] {
        assert!(is_near(&shown.end(), &[1.0, 1.0], 1e-9), "{:?}", shown.end());
    }
    // Line search: 1, halved and halved again.
    let rates = &search.run.learning_rates()[..100];
    assert!(rates.iter().all(|rate| libm::log2(*rate).fract() == 0.0 && *rate <= 1.0));
    assert!(rates.iter().any(|rate| *rate < 0.01));
}

#[test]
fn one_rate_is_eight_different_things() {
    let shown: [Shown; 8] = Shown::side_by_side("eight_rules");
    assert_eq!(rates("eight_rules"), [0.1; 8]);
    let keys: Vec<&str> =
        preset("eight_rules").scenario().runs.iter().map(|run| run.optimizer.rule.key).collect();
    let of = |key: &str| &shown[keys.iter().position(|other| *other == key).expect("beside it")];
    let moved = distance(&of("adadelta").end(), &preset("eight_rules").scenario().start);
    assert!(moved < 0.2, "Adadelta has hardly left the start: {moved}");
    let mut longer = preset("eight_rules").scenario();
    longer.steps = 5000;
    longer.runs.retain(|run| run.optimizer.rule.key == "lion");
    let lion = Shown::of(&longer);
    let late = &lion.strides()[4000..];
    assert!(late.iter().all(|stride| *stride > 0.09), "Lion never rests");
    assert!(lion.distances(&ORIGIN)[4000..].iter().all(|far| *far < 0.5), "around the minimum");
    for key in ["adam", "lion"] {
        let [from, to] = [of(key).run.point(0), of(key).run.point(1)];
        assert!((0..2).all(|axis| ((to[axis] - from[axis]).abs() - 0.1).abs() < 1e-6), "{key}");
    }
    let factor = (of("sgd").run.point(1)[0] + 4.5) / -of("sgd").run.gradient(0).unwrap()[0];
    assert!((factor - 0.1).abs() < 1e-12, "a factor of the gradient");
}
