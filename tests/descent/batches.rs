//! Losses on data by parts: what mini-batches take, and what a run records of it.

use descent_lab::descent::BatchPlan;
use descent_lab::descent::loss::{LOSSES, Loss};
use descent_lab::scenario::{Scenario, decode, encode};

fn scenario(link: &str) -> Scenario {
    let (scenario, refused) = decode(link);
    assert_eq!(refused, [], "{link}");
    scenario
}

fn whole(loss: &dyn Loss, theta: &[f64]) -> Vec<f64> {
    let mut gradient = vec![f64::NAN; theta.len()];
    loss.value_and_gradient(theta, &mut gradient);
    gradient
}

fn part(loss: &dyn Loss, theta: &[f64], batch: &[usize]) -> Vec<f64> {
    let mut gradient = vec![f64::NAN; theta.len()];
    loss.batch_gradient(theta, batch, &mut gradient);
    gradient
}

fn assert_near(found: &[f64], expected: &[f64], of: &str) {
    let size = expected.iter().fold(1.0_f64, |most, v| most.max(v.abs()));
    let near = found.iter().zip(expected).all(|(f, e)| (f - e).abs() <= 1e-12 * size);
    assert!(near && found.len() == expected.len(), "{of}: {found:?} is not {expected:?}");
}

const MEANS: [&str; 8] = [
    "loss=linear_regression&start=0.5,-1",
    "loss=linear_regression,intercept=0,reduction=mean,l1=0.5&start=0.5",
    "loss=linear_regression,data=penguins,l2=3&start=40,-4000",
    "loss=logistic_regression,l2=0.1&start=0.1,-0.2",
    "loss=logistic_regression,standardize=1&start=2,-1",
    "loss=polynomial_regression,degree=5,l2=0.1,l1=0.01&start=0.5,-1,0.2,0.1,0.3,-0.4",
    "loss=polynomial_regression,basis=chebyshev,error=huber,degree=2&start=0.1,1,-1",
    "loss=polynomial_regression,degree=1,error=absolute,held_out=0&start=0.1,1",
];

#[test]
fn all_samples_in_one_batch_make_the_whole_gradient() {
    let sums = ["half_sum", "sum"]
        .map(|of| format!("loss=linear_regression,reduction={of},l1=0.2&start=-1,2"));
    for link in MEANS.into_iter().chain(sums.iter().map(String::as_str)) {
        let (scenario, loss) = (scenario(link), scenario(link).build_loss());
        let samples: Vec<usize> = (0..loss.samples().expect("on data")).rev().collect();
        let found = part(loss.as_ref(), &scenario.start, &samples);
        assert_near(&found, &whole(loss.as_ref(), &scenario.start), link);
    }
}

#[test]
fn the_gradients_of_single_samples_have_the_whole_one_as_their_mean() {
    for link in MEANS {
        let (scenario, loss) = (scenario(link), scenario(link).build_loss());
        let samples = loss.samples().expect("on data");
        let mut mean = vec![0.0; scenario.start.len()];
        for sample in 0..samples {
            let single = part(loss.as_ref(), &scenario.start, &[sample]);
            #[expect(clippy::cast_precision_loss, reason = "a few hundred")]
            mean.iter_mut().zip(single).for_each(|(mean, slope)| *mean += slope / samples as f64);
        }
        assert_near(&mean, &whole(loss.as_ref(), &scenario.start), link);
    }
}

#[test]
fn a_run_by_batches_records_the_whole_loss_and_gradient() {
    let scenario = scenario("loss=linear_regression&seed=4&batch=8&steps=60&run=sgd,lr=0.3");
    let loss = scenario.build_loss();
    let run = scenario.descend(&scenario.runs[0], loss.as_ref());
    let full = Scenario { batch: BatchPlan::FULL, ..scenario.clone() };
    let straight = full.descend(&full.runs[0], loss.as_ref());
    assert_ne!(run.point(1), straight.point(1), "only eight samples made the step");
    for step in 0..=60 {
        assert_eq!(run.gradient(step).unwrap(), whole(loss.as_ref(), run.point(step)), "{step}");
        assert_eq!(run.losses()[step].to_bits(), loss.value(run.point(step)).to_bits());
    }
    // Another seed draws other samples, the same seed the same.
    let other = Scenario { seed: 5, ..scenario.clone() };
    assert_ne!(other.descend(&other.runs[0], loss.as_ref()).point(1), run.point(1));
    assert_eq!(scenario.descend(&scenario.runs[0], loss.as_ref()).point(60), run.point(60));
}

#[test]
fn other_data_keep_the_batch_only_where_they_are_enough() {
    let batched = scenario("loss=linear_regression&batch=50");
    let with = |link: &str| {
        let mut scenario = batched.clone();
        scenario.replace_loss(decode(link).0.loss);
        scenario.batch
    };
    assert_eq!(with("loss=linear_regression,data=penguins"), BatchPlan::constant(50));
    assert_eq!(with("loss=linear_regression,data=four_points"), BatchPlan::FULL);
    assert_eq!(with("loss=booth"), BatchPlan::FULL);
    let growing = scenario("loss=linear_regression&batch=2..50");
    let mut scenario = growing.clone();
    scenario.replace_loss(decode("loss=linear_regression,data=four_points").0.loss);
    assert_eq!(scenario.batch, BatchPlan { first: Some(2), last: None });
}

/// Friedlander and Schmidt's point.
#[test]
fn growing_batches_lose_their_noise_on_the_way() {
    let end = |batch: &str| {
        let link = format!("loss=linear_regression&seed=2&steps=300&batch={batch}&run=sgd,lr=0.5");
        let scenario = scenario(&link);
        let loss = scenario.build_loss();
        let run = scenario.descend(&scenario.runs[0], loss.as_ref());
        run.gradient_norm(300)
    };
    let [single, growing, full] = ["1", "1..full", "full"].map(end);
    assert!(full < 1e-5 && growing < 0.05 * single, "{single} {growing} {full}");
}

#[test]
fn the_momentum_of_a_step_is_that_of_the_run_itself() {
    let scenario =
        scenario("loss=linear_regression&seed=1&steps=40&batch=1..full&run=momentum,lr=0.05");
    let (loss, run) = (scenario.build_loss(), &scenario.runs[0]);
    let trajectory = scenario.descend(run, loss.as_ref());
    for step in 0..40 {
        let momentum = scenario.momentum_at(step, run, loss.as_ref()).expect("it keeps one");
        let (from, to) = (trajectory.point(step), trajectory.point(step + 1));
        for ((from, to), momentum) in from.iter().zip(to).zip(&momentum) {
            assert_eq!(from - 0.05 * momentum, *to, "step {step}");
        }
    }
}

#[test]
fn a_loss_on_a_formula_has_no_samples() {
    let on_data = LOSSES.iter().filter(|rule| (rule.build)(&rule.defaults()).samples().is_some());
    let keys: Vec<&str> = on_data.map(|rule| rule.key).collect();
    let expected = ["linear_regression", "polynomial_regression", "logistic_regression", "network"];
    assert_eq!(keys, expected);
}

#[test]
fn another_number_of_parameters_brings_another_start() {
    let mut scenario = scenario("loss=linear_regression&start=3,4&view=0,1,0,1");
    scenario.replace_loss(decode("loss=linear_regression,l2=1").0.loss);
    assert_eq!((scenario.start.len(), scenario.page.view.is_some()), (2, true));
    scenario.replace_loss(decode("loss=linear_regression,intercept=0").0.loss);
    assert_eq!((scenario.start, scenario.page.view), (vec![0.0], None));
}

/// What the data view shows is what the run used.
#[test]
fn the_cursor_finds_the_samples_that_made_each_step() {
    for batch in ["8", "30", "3..full", "full..7"] {
        let link = format!("loss=linear_regression&seed=6&steps=90&batch={batch}&run=sgd,lr=0.1");
        let scenario = scenario(&link);
        let loss = scenario.build_loss();
        let trajectory = scenario.descend(&scenario.runs[0], loss.as_ref());
        let mut cursor = scenario.batch_cursor(&scenario.runs[0], loss.as_ref()).expect("it draws");
        for step in (0..90).rev() {
            let from = trajectory.point(step);
            let gradient = match cursor.batch_at(step) {
                Some(batch) => part(loss.as_ref(), from, batch),
                None => whole(loss.as_ref(), from),
            };
            for ((from, slope), to) in from.iter().zip(&gradient).zip(trajectory.point(step + 1)) {
                assert_eq!(from - 0.1 * slope, *to, "batch={batch}, step {step}");
            }
        }
    }
    for full in ["", "&batch=100", "&batch=100..100"] {
        let full = scenario(&format!("loss=linear_regression{full}"));
        assert!(full.batch_cursor(&full.runs[0], full.build_loss().as_ref()).is_none());
    }
}

/// The last batch of an epoch is the short one, in either order and whatever the size, and
/// each epoch takes each sample once.
#[test]
fn no_batch_lies_across_two_epochs() {
    let losses = ["linear_regression", "logistic_regression", "polynomial_regression", "network"];
    for (loss, order) in
        losses.iter().flat_map(|loss| ["shuffled", "sequential"].map(|o| (loss, o)))
    {
        for batch in ["1", "7", "16", "20", "1..full", "13..2", "full..5"] {
            let link = format!("loss={loss}&batch={batch}&order={order}&seed=3&steps=400");
            let scenario = scenario(&link);
            let built = scenario.build_loss();
            let m = built.samples().expect("on data");
            let run = &scenario.runs[0];
            let sampling = scenario.sampling(run, built.as_ref()).expect("it draws");
            let mut cursor = scenario.batch_cursor(run, built.as_ref()).expect("it draws");
            let mut epoch: Vec<usize> = Vec::new();
            for step in 0..400 {
                let drawn = cursor.batch_at(step).map(<[usize]>::to_vec);
                let drawn = drawn.unwrap_or_else(|| (0..m).collect());
                let expected = sampling.taken_at(step, m - epoch.len());
                let is_short = drawn.len() < sampling.size_at(step);
                assert!(!is_short || epoch.len() + drawn.len() == m, "{link}, step {step}");
                assert_eq!(drawn.len(), expected, "{link}, step {step}");
                epoch.extend(drawn);
                if epoch.len() == m {
                    epoch.sort_unstable();
                    assert!(epoch.drain(..).eq(0..m), "{link}, step {step}");
                }
            }
        }
    }
}

/// Four of ten samples in order, as PyTorch's `DataLoader` hands them out.
#[test]
fn a_batch_of_four_of_ten_has_two_at_the_end_of_an_epoch() {
    let mut cursor = {
        let points: Vec<String> = (0..10).map(|x| format!("{x},{}", 2 * x)).collect();
        let link = format!(
            "loss=linear_regression,data=own&points={}&batch=4&order=sequential",
            points.join(";")
        );
        let scenario = scenario(&link);
        scenario.batch_cursor(&scenario.runs[0], scenario.build_loss().as_ref()).expect("it draws")
    };
    for step in (0..12).step_by(3) {
        assert_eq!(cursor.batch_at(step), Some(&[0, 1, 2, 3][..]));
        assert_eq!(cursor.batch_at(step + 1), Some(&[4, 5, 6, 7][..]));
        assert_eq!(cursor.batch_at(step + 2), Some(&[8, 9][..]));
    }
}

/// All of the samples are the full batch, however that is asked for: nothing is disturbed,
/// nothing drawn, and the link says nothing of it.
#[test]
fn a_batch_of_all_samples_is_the_full_batch() {
    let full = scenario("loss=linear_regression&steps=100&run=sgd,lr=0.3");
    let loss = full.build_loss();
    for batch in
        ["batch=100&run=sgd,lr=0.3", "batch=100..100&run=sgd,lr=0.3", "run=sgd,lr=0.3,batch=100"]
    {
        let same = scenario(&format!("loss=linear_regression&steps=100&{batch}"));
        let run = &same.runs[0];
        assert!(!same.is_disturbed(run) && !same.is_stochastic(run), "{batch}");
        let [trajectory, expected] = [(&same, run), (&full, &full.runs[0])]
            .map(|(scenario, run)| scenario.descend(run, loss.as_ref()));
        assert_eq!(trajectory, expected, "{batch}");
        let verdict = same.judge(run, loss.as_ref(), &trajectory);
        assert_eq!(verdict, full.judge(&full.runs[0], loss.as_ref(), &expected), "{batch}");
    }
    assert_eq!(
        encode(&scenario("loss=linear_regression&batch=100")),
        "#v=1&loss=linear_regression"
    );
    let growing = scenario("loss=linear_regression&batch=1..100");
    assert_eq!(growing.batch, BatchPlan { first: Some(1), last: None });
}
