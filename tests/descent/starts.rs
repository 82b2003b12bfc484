//! The map of starts: each cell is what the verdict says of the full run from
//! there, however the work is cut.

#![expect(clippy::float_cmp, reason = "bit for bit")]

use descent_lab::descent::loss::{LOSSES, Loss};
use descent_lab::descent::optimizer::{OPTIMIZERS, Place};
use descent_lab::descent::{Ending, Outcome, Precision, StartsMap, defaults};
use descent_lab::scenario::{Choice, Scenario, Starts, decode, log_spaced};

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert!(refused.is_empty(), "{link}: {refused:?}");
    scenario
}

/// The losses that have a map, each with plain descent.
fn scenarios() -> impl Iterator<Item = Scenario> {
    let with = |loss| {
        let mut scenario = Scenario::default();
        scenario.replace_loss(Choice::of(loss));
        scenario
    };
    let usual = LOSSES.iter().map(move |loss| with(loss));
    // Samples of a person's own whose shape the sets of no loss have.
    let own = [
        "loss=logistic_regression,data=own,intercept=1&points=0.5,0;0.9,0;1.4,1;1.6,0;2,1;2.8,1",
        "loss=linear_regression,data=own,intercept=0,features=2&points=1,2,3;2,1,5;4,4,1;0,3,2",
    ];
    let usual = usual.filter(|scenario| scenario.start.len() == 2);
    usual.chain(own.into_iter().map(scenario))
}

fn window(scenario: &Scenario) -> [f64; 4] {
    (scenario.loss.rule.window)(&scenario.setting())
}

fn begin(scenario: &Scenario, size: [usize; 2]) -> Starts {
    Starts::begin(scenario, &scenario.runs[0], window(scenario), size)
}

fn complete(scenario: &Scenario, size: [usize; 2]) -> Starts {
    let mut starts = begin(scenario, size);
    assert!(starts.advance(scenario.build_loss().as_ref(), &mut || false));
    starts
}

fn minima(scenario: &Scenario) -> Vec<Vec<f64>> {
    (scenario.loss.rule.minima)(&scenario.setting())
}

/// What becomes of the full run from a point, by its verdict.
fn full_run(scenario: &Scenario, loss: &dyn Loss, minima: &[Vec<f64>], start: [f64; 2]) -> Ending {
    let scenario = Scenario { start: start.to_vec(), ..scenario.clone() };
    let run = &scenario.runs[0];
    let trajectory = scenario.descend(run, loss);
    let verdict = scenario.judge(run, loss, &trajectory);
    let ending = Ending::of(&trajectory, loss, minima);
    let is_as_judged = match ending {
        Ending::Diverges { step } => {
            verdict.outcome == Outcome::Diverges && verdict.step == step as usize
        }
        Ending::Settles { step, .. } => verdict.settles == Some(step as usize),
        Ending::Stalls { .. } => verdict.outcome == Outcome::Stalls,
        Ending::GoesOn => verdict.settles.is_none(),
    };
    assert!(is_as_judged, "{ending:?}: {verdict:?}");
    ending
}

fn cells(map: &StartsMap) -> impl Iterator<Item = [usize; 2]> {
    let [columns, rows] = map.size();
    (0..rows).flat_map(move |row| (0..columns).map(move |column| [column, row]))
}

/// Compares every cell with the full run from it. Returns how many cells diverge,
/// settle, stall and go on.
fn assert_true(scenario: &Scenario, size: [usize; 2]) -> [usize; 4] {
    let starts = complete(scenario, size);
    let (map, loss, minima) = (starts.map(), scenario.build_loss(), minima(scenario));
    let mut counts = [0; 4];
    for [column, row] in cells(map) {
        let start = map.start(column, row);
        let ending = map.ending(column, row).expect("complete");
        let run = &scenario.runs[0];
        let what = || format!("{} {} {start:?}", scenario.loss.rule.key, run.optimizer.rule.key);
        assert_eq!(ending, full_run(scenario, loss.as_ref(), &minima, start), "{}", what());
        counts[match ending {
            Ending::Diverges { .. } => 0,
            Ending::Settles { .. } => 1,
            Ending::Stalls { .. } => 2,
            Ending::GoesOn => 3,
        }] += 1;
    }
    counts
}

#[test]
fn every_cell_is_the_full_run_from_it_on_all_losses_and_rules() {
    let mut counts = [0; 4];
    for mut scenario in scenarios() {
        let has_samples = scenario.build_loss().samples().is_some();
        for optimizer in OPTIMIZERS {
            scenario.runs[0].optimizer = Choice::of(optimizer);
            let rates = log_spaced(scenario.rates(&scenario.runs[0]), 4);
            for (rate, steps) in rates.into_iter().zip([90, 60, 33, 200]) {
                scenario.runs[0].learning_rate = rate;
                // Each step of these goes through hundreds of samples.
                scenario.steps = if has_samples { steps / 6 } else { steps };
                let more = assert_true(&scenario, [11, 7]);
                counts = core::array::from_fn(|which| counts[which] + more[which]);
            }
        }
    }
    assert!(counts.iter().all(|count| *count > 500), "{counts:?}");
}

#[test]
fn every_cell_is_the_full_run_whatever_comes_between_gradient_and_rule() {
    for link in [
        "#v=1&loss=himmelblau&steps=120&noise=0.4&seed=3&run=sgd,lr=0.012",
        "#v=1&loss=himmelblau&steps=120&noise=0.4&run=newton,lr=0.5",
        "#v=1&loss=himmelblau&steps=150&precision=bf16&run=momentum,lr=0.004",
        "#v=1&loss=himmelblau&steps=150&precision=f16&run=adam,lr=0.3",
        "#v=1&loss=rosenbrock&steps=300&run=sgd,lr=0.01,clip=norm,clip_at=2",
        "#v=1&loss=rosenbrock&steps=300&run=adam,lr=0.1,clip=value,clip_at=2",
        "#v=1&loss=rosenbrock&steps=90&precision=f32&noise=0.1&run=lbfgs,lr=1,clip=unit",
        "#v=1&loss=saddle&steps=200&run=nesterov,lr=0.9,schedule=cosine,t_max=200,warmup=20",
        "#v=1&loss=linear_regression,data=penguins,standardize=1&steps=40&batch=16&run=sgd,lr=0.4",
        "#v=1&loss=logistic_regression,standardize=1&steps=20&batch=9&order=sequential&run=adam,lr=0.4",
        "#v=1&loss=linear_regression&steps=40&batch=1..full&run=sgd,lr=0.4",
        "#v=1&loss=himmelblau&steps=60&noise=0.4&run=sgd,lr=0.012,ascent=1",
        "#v=1&loss=himmelblau&steps=90&run=sgd,lr=0.012,constrain=value,constrain_at=2.5",
        "#v=1&loss=himmelblau&steps=90&precision=bf16&run=momentum,lr=0.01,constrain=norm,constrain_at=4",
        "#v=1&loss=himmelblau&steps=60&stop_loss=30&run=newton,constrain=norm,constrain_at=3",
        "#v=1&loss=himmelblau&steps=90&run=sgd,lr=0.03,schedule=reduce_on_plateau,patience=3",
        "#v=1&loss=himmelblau&steps=90&stop_grad=1&noise=0.3&run=adam,lr=0.9,schedule=reduce_on_plateau,factor=0.5,patience=2,warmup=9,constrain=norm,constrain_at=4",
    ] {
        assert_true(&scenario(link), [9, 9]);
    }
}

#[test]
fn a_run_settles_on_a_wall_in_the_map_as_by_itself() {
    for link in [
        "#v=1&loss=booth&steps=90&run=sgd,lr=0.03,constrain=value,constrain_at=2",
        "#v=1&loss=booth&steps=90&run=sgd,lr=0.03,constrain=norm,constrain_at=2",
        "#v=1&loss=saddle&steps=200&run=sgd,lr=0.1,constrain=value,constrain_at=0.5",
    ] {
        let [_, settled, stalled, _] = assert_true(&scenario(link), [9, 9]);
        assert!(settled > 60 && stalled < 10, "{link}: {settled} {stalled}");
    }
}

#[test]
fn every_cell_is_the_full_run_under_stop_rules() {
    for link in [
        "#v=1&loss=himmelblau&steps=120&stop_loss=0.01&run=sgd,lr=0.013",
        "#v=1&loss=himmelblau&steps=120&stop_loss=50&run=newton,lr=0.5",
        "#v=1&loss=himmelblau&steps=60&stop_grad=0.001&run=newton,lr=1",
        "#v=1&loss=styblinski_tang&steps=60&stop_grad=0.01&run=newton,lr=0.3",
        "#v=1&loss=himmelblau&steps=200&stop_grad=0.1&stop_loss=1&run=adam,lr=0.3",
    ] {
        let scenario = scenario(link);
        assert_true(&scenario, [13, 13]);
    }
}

#[test]
fn a_run_that_a_stop_rule_ends_on_a_plateau_has_met_it() {
    // Out of the well onto the plateau.
    let scenario = scenario("#v=1&loss=gaussian_well&steps=200&stop_grad=0.001&run=sgd,lr=20");
    let [_, settled, ..] = assert_true(&scenario, [13, 13]);
    assert!(settled > 5, "{settled}");
}

#[test]
fn however_its_work_is_cut_the_map_is_the_same() {
    for link in [
        "#v=1&loss=himmelblau&steps=100&run=adam,lr=0.2",
        "#v=1&loss=himmelblau&steps=100&noise=0.3&run=lbfgs,lr=0.2",
    ] {
        let scenario = scenario(link);
        let loss = scenario.build_loss();
        let size = [40, 30];
        let whole = complete(&scenario, size);
        let mut parts = begin(&scenario, size);
        let (mut calls, mut before) = (0, 0.0);
        loop {
            let (mut looks, most) = (0, 1 + calls % 5);
            calls += 1;
            let is_complete = parts.advance(loss.as_ref(), &mut || {
                looks += 1;
                looks >= most
            });
            let progress = parts.map().progress();
            assert!(progress >= before, "progress goes forward");
            before = progress;
            if is_complete {
                break;
            }
        }
        assert!(calls > 30, "{calls} slices");
        let (whole, parts) = (whole.map(), parts.map());
        assert!(cells(whole).all(|[c, r]| whole.ending(c, r) == parts.ending(c, r)));
    }
}

#[test]
fn a_cell_and_the_point_it_stands_for() {
    let starts = begin(&scenario("#v=1&loss=quadratic"), [10, 4]);
    let map = starts.map();
    for [column, row] in cells(map) {
        assert_eq!(map.cell(map.start(column, row)), Some([column, row]));
    }
    let [x0, x1, y0, y1] = window(&Scenario::default());
    assert_eq!(map.start(0, 0), [x0 + 0.05 * (x1 - x0), y1 + 0.125 * (y0 - y1)]);
    for outside in [[x0 - 0.1, 0.0], [x1 + 0.1, 0.0], [0.0, y0 - 0.1], [0.0, f64::NAN]] {
        assert_eq!(map.cell(outside), None);
    }
}

#[test]
fn the_ends_of_the_scale() {
    // One step.
    for rate in ["0.1", "1000"] {
        let link = format!("#v=1&loss=himmelblau&steps=1&run=sgd,lr={rate}");
        assert_true(&scenario(&link), [9, 9]);
    }
    // Every start diverges.
    let [diverging, ..] = assert_true(&scenario("#v=1&steps=400&run=sgd,lr=5"), [9, 9]);
    assert_eq!(diverging, 81);
    // A plateau, with a well in its middle.
    let flat = scenario("#v=1&loss=gaussian_well,width=0.3&steps=50&run=sgd,lr=0.1");
    let [_, _, stalling, _] = assert_true(&flat, [9, 9]);
    assert!(stalling > 40, "{stalling}");
    // Coarse rounding takes the steps away.
    let stuck = scenario("#v=1&loss=quadratic&steps=50&precision=bf16&run=sgd,lr=0.0001");
    let [_, _, stalling, _] = assert_true(&stuck, [9, 9]);
    assert!(stalling > 40, "{stalling}");
}

#[test]
fn a_start_on_a_minimum_is_there() {
    let scenario = scenario("#v=1&loss=quadratic&steps=10&run=sgd,lr=0.1");
    let mut starts = Starts::begin(&scenario, &scenario.runs[0], [-1.0, 1.0, -1.0, 1.0], [3, 3]);
    starts.advance(scenario.build_loss().as_ref(), &mut || false);
    assert_eq!(starts.map().start(1, 1), [0.0, 0.0]);
    let there = Some(Ending::Settles { step: 0, minimum: Some(0) });
    assert_eq!(starts.map().ending(1, 1), there);
}

#[test]
fn the_minimum_is_the_one_at_the_end_of_the_valley() {
    // Runs on the floor of the valley arrive only at its end.
    let scenario = scenario("#v=1&loss=rosenbrock&steps=3000&run=nesterov,lr=0.001,momentum=0.9");
    let map = complete(&scenario, [31, 31]);
    let reached = |cell: [usize; 2]| {
        matches!(map.map().ending(cell[0], cell[1]), Some(Ending::Settles { minimum: Some(0), .. }))
    };
    let settled = |cell: &[usize; 2]| {
        matches!(map.map().ending(cell[0], cell[1]), Some(Ending::Settles { .. }))
    };
    let cells: Vec<[usize; 2]> = cells(map.map()).filter(settled).collect();
    assert!(cells.len() > 300 && cells.into_iter().all(reached));
    // Ackley's other minima are not in its list, which has only the one at 0.
    let scenario = self::scenario("#v=1&loss=ackley&steps=300&run=sgd,lr=0.01");
    let (loss, minima) = (scenario.build_loss(), minima(&scenario));
    assert_eq!(
        full_run(&scenario, loss.as_ref(), &minima, [2.95, 0.05]),
        Ending::Settles { step: 7, minimum: None }
    );
}

#[test]
fn many_runs_step_as_one_where_a_rule_is_elementwise() {
    let loss = Scenario::default().build_loss();
    let mut together_count = 0;
    for rule in OPTIMIZERS {
        for precision in [Precision::F64, Precision::Bf16] {
            let build = |dimension| (rule.build)(&defaults(rule.knobs), dimension, precision);
            let mut together = build(6);
            if !together.is_elementwise() {
                continue;
            }
            together_count += 1;
            let mut alone = [build(2), build(2), build(2)];
            let mut theta = [0.3, -1.7, 2.5, 1e-3, -40.0, 0.0];
            for step in 1..60_u32 {
                let gradient: [f64; 6] = core::array::from_fn(|place| {
                    let place = u32::try_from(place).expect("small");
                    libm::sin(f64::from(step * (place + 3))) * f64::from(10 * place)
                });
                let place = Place {
                    loss: loss.as_ref(),
                    value: 1.0,
                    gradient: &gradient,
                    learning_rate: 0.1 / f64::from(step),
                };
                let mut one_by_one = theta;
                together.step(&mut theta, &place);
                for (run, optimizer) in alone.iter_mut().enumerate() {
                    // As on the map: first all x, then all y.
                    let mut point = [one_by_one[run], one_by_one[3 + run]];
                    let gradient = &[gradient[run], gradient[3 + run]];
                    optimizer.step(&mut point, &Place { gradient, ..place });
                    [one_by_one[run], one_by_one[3 + run]] = point;
                }
                assert_eq!(one_by_one, theta, "{} at {step}", rule.key);
            }
        }
    }
    assert!(together_count >= 2 * 13, "{together_count}");
}

#[test]
fn many_slopes_at_once_are_those_of_each() {
    for scenario in scenarios() {
        let loss = scenario.build_loss();
        let [x0, x1, y0, y1] = window(&scenario);
        // Odd: the last one has no partner.
        let count = 301_u32;
        let share = |k: u32, by: f64| (f64::from(k) * by).rem_euclid(1.0);
        let xs = (0..count).map(|k| x0 + (x1 - x0) * share(k, 0.618));
        let ys = (0..count).map(|k| y0 + (y1 - y0) * share(k, 0.414));
        let points: Vec<f64> = xs.chain(ys).collect();
        let count = count as usize;
        let (mut values, mut gradients) = (vec![0.0; count], vec![0.0; 2 * count]);
        loss.slopes(&points, &mut values, &mut gradients);
        for k in 0..count {
            let mut gradient = [0.0; 2];
            let value = loss.value_and_gradient(&[points[k], points[count + k]], &mut gradient);
            let together = [values[k], gradients[k], gradients[count + k]];
            let alone = [value, gradient[0], gradient[1]];
            assert_eq!(together.map(f64::to_bits), alone.map(f64::to_bits));
        }
    }
}
