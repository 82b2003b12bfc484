//! Networks as a loss among the others: everything that a run may have works on them and
//! does what it should.

#![expect(clippy::float_cmp, reason = "bit for bit")]

use std::fmt::Write as _;

use descent_lab::descent::clip::CLIPS;
use descent_lab::descent::data::{EITHER, Task};
use descent_lab::descent::loss::{self, Loss, Setting, Whole};
use descent_lab::descent::network::{ACTIVATIONS, ERRORS, INITIALISATIONS};
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::descent::schedule::SCHEDULES;
use descent_lab::descent::{End, Precision, Storage, Trajectory};
use descent_lab::scenario::{MOST_CHOSEN, RunProgress, Scenario, decode, encode};
use proptest::prelude::*;

use crate::cases::cases;

/// A scenario of `loss=network,` and the rest.
fn scenario(rest: &str) -> Scenario {
    let link = format!("#v=1&loss=network,{rest}");
    let (scenario, refused) = decode(&link);
    assert_eq!(refused, [], "{link}");
    assert_eq!(decode(&encode(&scenario)), (scenario.clone(), Vec::new()), "{link}");
    scenario
}

fn run(rest: &str) -> Trajectory {
    let scenario = scenario(rest);
    scenario.descend(&scenario.runs[0], scenario.build_loss().as_ref())
}

/// Losses, rates and the end: what tells one run from another.
fn story(trajectory: &Trajectory) -> Vec<u64> {
    let rates = trajectory.learning_rates().iter();
    let end = trajectory.point(trajectory.steps()).iter();
    trajectory.losses().iter().chain(rates).chain(end).map(|number| number.to_bits()).collect()
}

/// Small enough to be made a hundred times.
const SMALL: &str = "width=6,count=40";

#[test]
fn every_optimizer_learns_moons_in_coarse_numbers_too() {
    for rule in OPTIMIZERS {
        // The squares of small slopes are 0 in half precision.
        for precision in [Precision::F64, Precision::F32, Precision::Bf16] {
            let of = format!("{} in {}", rule.key, precision.key());
            // A rule for rates near 1 takes one; small numbers are lost in the others.
            let [low, high] = (rule.rates)([0.05, 0.05]);
            let rate = (low * high).sqrt().min(0.5);
            let rest = format!("{SMALL}&steps=25&precision={}", precision.key());
            let trajectory = run(&format!("{rest}&run={},lr={rate}", rule.key));
            assert_eq!((trajectory.steps(), trajectory.end()), (25, End::StepsDone), "{of}");
            let losses = trajectory.losses();
            let lowest = losses.iter().copied().fold(f64::INFINITY, f64::min);
            assert!(lowest < 0.95 * losses[0], "{of}: from {} to {lowest}", losses[0]);
        }
    }
}

#[test]
fn steps_of_any_rule_can_be_taken_in_parts_of_any_size() {
    let gradients = ["", "&batch=7&noise=0.01", "&batch=3..30&precision=f32&order=sequential"];
    for rule in OPTIMIZERS {
        for gradient in gradients {
            let link = format!("{SMALL},depth=3&steps=12{gradient}&run={},lr=0.05", rule.key);
            let scenario = scenario(&link);
            let (run, loss) = (&scenario.runs[0], scenario.build_loss());
            let whole = scenario.descend(run, loss.as_ref());
            for effort in [1, 400, 5_000] {
                let mut progress =
                    RunProgress::begin(Storage::default(), &scenario, run, loss.as_ref());
                progress.limit(effort);
                let mut calls = 0;
                while !progress.is_done() {
                    progress.advance(&scenario, run, loss.as_ref(), usize::MAX);
                    calls += 1;
                }
                assert!(calls > whole.steps() || effort > 400, "{link}: {calls} of {effort}");
                assert_eq!(story(&progress.finish()), story(&whole), "{link}: {effort}");
            }
        }
    }
}

#[test]
fn every_schedule_and_clip_changes_what_it_should() {
    let plain = run(&format!("{SMALL}&steps=40&run=sgd,lr=0.3"));
    for rule in SCHEDULES {
        let link = format!("{SMALL}&steps=40&run=sgd,lr=0.3,warmup=4,schedule={}", rule.key);
        let trajectory = run(&link);
        assert_eq!(trajectory.steps(), 40, "{}", rule.key);
        let rates = trajectory.learning_rates();
        let schedule = (rule.build)(&descent_lab::descent::defaults(rule.knobs));
        assert_eq!(rates[0], 0.075, "{}", rule.key);
        // One that follows the loss may only be lower than its plan.
        let follows = schedule.follower(0.3).is_some();
        let planned = schedule.rate(0.3, 26);
        assert!(rates[30] == planned || follows && rates[30] < planned, "{}", rule.key);
        assert_ne!(story(&trajectory), story(&plain), "{}", rule.key);
    }
    for rule in CLIPS {
        let bound = if rule.knobs.is_empty() { "" } else { ",clip_at=0.01" };
        let trajectory = run(&format!("{SMALL}&steps=40&run=sgd,lr=0.3,clip={}{bound}", rule.key));
        assert_ne!(story(&trajectory), story(&plain), "{}", rule.key);
        let length = trajectory.step_length(3);
        let longest = if rule.knobs.is_empty() { 0.3 } else { 0.3 * 0.01 * 13.0 };
        assert!(length <= longest * (1.0 + 1e-12), "{}: {length}", rule.key);
    }
}

#[test]
fn batches_noise_penalties_and_data_change_the_run() {
    let rests = [
        "",
        "&batch=5",
        "&batch=5&order=sequential",
        "&batch=1..full",
        "&noise=0.1",
        "&noise=0.1&seed=1",
        "&precision=f32",
        "&precision=bf16",
        "&run=sgd,average=0.5,lr=0.2",
        "&run=sgd,ascent=1",
        ",l1=0.01",
        ",l2=0.01",
        ",bias=0",
        ",gain=2",
        ",init=normal",
        ",init=normal,sigma=1",
        ",init=he",
        ",init=orthogonal",
        ",init_seed=1",
        ",error=squared",
        ",standardize=0",
        ",noise=1",
        ",outliers=0.2",
        ",data_seed=1",
        ",depth=2",
        ",depth=4",
        ",data=spirals",
        ",data=wave",
        ",data=penguins",
        ",data=penguins_mass",
    ];
    let mut stories = Vec::new();
    for rest in rests {
        let trajectory = run(&format!("{SMALL}{rest}&steps=12"));
        assert_eq!(trajectory.steps(), 12, "{rest}");
        let story = story(&trajectory);
        let same = stories.iter().position(|other| *other == story);
        assert_eq!(same.map(|at: usize| rests[at]), None, "{rest}");
        stories.push(story);
    }
}

/// A penalty is paid by the weights and not by the biases.
#[test]
fn penalties_are_of_the_weights_alone() {
    let [plain, l2, l1] =
        ["", ",l2=0.5", ",l1=0.5"].map(|rest| scenario(&format!("{SMALL}{rest}")).build_loss());
    let mut theta: Vec<f64> = (0_u32..67).map(|n| libm::sin(f64::from(n))).collect();
    let layers = plain.layered().expect("layers").layers().to_vec();
    assert_eq!(layers.last().map(|layer| layer.biases.end), Some(67));
    let weights = || layers.iter().flat_map(|layer| layer.weights.clone());
    let squares: f64 = weights().map(|at| theta[at] * theta[at]).sum();
    let sizes: f64 = weights().map(|at| theta[at].abs()).sum();
    let value = plain.value(&theta);
    assert!((l2.value(&theta) - value - 0.25 * squares).abs() < 1e-12);
    assert!((l1.value(&theta) - value - 0.5 * sizes).abs() < 1e-12);
    for at in weights() {
        theta[at] = 0.0;
    }
    assert_eq!(l2.value(&theta), plain.value(&theta));
}

#[test]
fn zero_weights_are_allowed_and_learn_nothing_but_the_last_bias() {
    let trajectory = run("data=penguins,gain=0&steps=20&run=sgd,lr=0.5");
    assert_eq!(trajectory.steps(), 20);
    let (start, end) = (trajectory.point(0), trajectory.point(20));
    assert!(start.iter().all(|weight| *weight == 0.0));
    let moved = start.iter().zip(end).filter(|(from, to)| from != to).count();
    assert_eq!(moved, 1, "the last bias alone");
}

/// What a set is for says what is learnt from it, by which error, in which units.
#[test]
fn every_set_has_its_task() {
    let rule = loss::find("network").expect("listed");
    assert_eq!(rule.tasks().collect::<Vec<_>>(), [Task::Classification, Task::Regression]);
    for set in EITHER.iter().filter(|set| !set.is_own()) {
        let scenario = scenario(&format!("data={}", set.named.key));
        let (loss, task) = (scenario.build_loss(), rule.task(&scenario.setting()));
        assert_eq!(task, set.task(), "{}", set.named.key);
        let task = task.expect("a set has one");
        let samples = loss.data().expect("it learns");
        assert!(task.fits(samples), "{}", set.named.key);
        let is_chance = |said: f64| (0.0..=1.0).contains(&said);
        let rows = || (0..samples.len()).map(|row| samples.row(row));
        let theta: Vec<f64> = scenario.start.iter().map(|weight| 30.0 * weight).collect();
        let all_chances =
            rows().all(|row| is_chance(loss.predict(&theta, &row[..task.features()])));
        assert_eq!(all_chances, task == Task::Classification, "{}", set.named.key);
        for place in 0..task.features() {
            let mean: f64 = samples.column(place).iter().sum::<f64>();
            assert!(mean.abs() < 1e-9, "{}: standardized", set.named.key);
        }
    }
}

#[test]
fn a_persons_own_table_says_what_is_learnt() {
    let classes = scenario("data=own,width=3&points=0,0,0;1,0,1;0,1,1;1,1,0&steps=3");
    let curve = scenario("data=own,width=3&points=0,0;1,2;2,3&steps=3");
    let rule = classes.loss.rule;
    assert_eq!(rule.task(&classes.setting()), Some(Task::Classification));
    assert_eq!(rule.task(&curve.setting()), Some(Task::Regression));
    assert_eq!((classes.start.len(), curve.start.len()), (9 + 12 + 4, 6 + 12 + 4));
    // Edited, it stays what it is; with a table of the other shape it becomes the other.
    let mut scenario = classes.clone();
    scenario.replace_samples(curve.own.clone().expect("a table"));
    assert_eq!((scenario.start.len(), scenario.uses_own()), (22, true));
    assert_eq!(scenario.start, curve.start);
    let mut polynomial = decode("#v=1&loss=polynomial_regression").0;
    polynomial.replace_samples(classes.own.clone().expect("a table"));
    assert!(!polynomial.wants_own(), "two features are not for a polynomial");
}

#[test]
fn the_start_follows_the_knobs_that_draw_it() {
    let mut scenario = scenario("");
    assert_eq!(scenario.start.len(), 337);
    assert!(!scenario.may_choose_start());
    for change in ["init_seed=1", "gain=2", "init=he", "init=orthogonal", "width=15"] {
        let before = scenario.start.clone();
        scenario.replace_loss(decode(&format!("#v=1&loss=network,{change}")).0.loss);
        assert_ne!(scenario.start, before, "{change}");
        assert!(!encode(&scenario).contains("start="), "{change}");
    }
    // What a person chose stays while it fits.
    let mut chosen = decode("#v=1&loss=network,data=wave,depth=1&start=0.5,2").0;
    assert!(chosen.start.len() <= MOST_CHOSEN);
    chosen.replace_loss(decode("#v=1&loss=network,data=wave,depth=1,gain=2").0.loss);
    assert_eq!(chosen.start, [0.5, 2.0]);
    chosen.replace_loss(decode("#v=1&loss=network,data=wave,depth=2,gain=2").0.loss);
    assert_eq!(chosen.start, (chosen.loss.rule.start)(&chosen.setting()));
}

/// The largest network takes a step, by the rule that asks for a matrix, too, and is judged:
/// a matrix of all its parameters fits into no memory.
#[test]
fn the_largest_network_takes_steps_and_is_judged() {
    for key in ["sgd", "newton", "lbfgs", "adam"] {
        for constraint in ["", ",constrain=value,constrain_at=0.05"] {
            let rest = "depth=50,width=64,count=8,activation=relu,init=he&steps=2";
            let scenario = scenario(&format!("{rest}&run={key},lr=1e-6{constraint}"));
            let (run, loss) = (&scenario.runs[0], scenario.build_loss());
            let trajectory = scenario.descend(run, loss.as_ref());
            assert_eq!((trajectory.steps(), trajectory.dimension()), (2, 199_937), "{key}");
            let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
            assert_eq!(verdict.destination, None, "{key}{constraint}");
        }
    }
}

/// Every rule of a network's lists, on every shape that is different.
fn settings() -> Vec<Setting> {
    let mut links = Vec::new();
    for activation in ACTIVATIONS {
        for init in INITIALISATIONS {
            for error in ERRORS {
                let mut rest = format!("count=9,standardize=0,activation={}", activation.key);
                write!(rest, ",init={},error={},sigma=0.7", init.key, error.key).expect("text");
                links.push(format!("{rest},depth=3,width=4"));
                links.push(format!("{rest},depth=5,width=3,bias=0,l2=0.3,l1=0.05,data=circles"));
            }
            let rest = format!("count=9,activation={},init={}", activation.key, init.key);
            links.push(format!("{rest},data=wave,sigma=0.7,depth=4,width=5,l2=0.1"));
            links.push(format!("{rest},data=line,depth=1"));
        }
    }
    links.iter().map(|rest| scenario(rest).setting()).collect()
}

fn gradient(loss: &dyn Loss, theta: &[f64]) -> Vec<f64> {
    let mut gradient = vec![f64::NAN; theta.len()];
    loss.value_and_gradient(theta, &mut gradient);
    gradient
}

/// Central differences of widths h and 2h, combined so that their h² terms cancel.
fn difference(f: &dyn Fn(&[f64]) -> f64, theta: &[f64], axis: usize) -> f64 {
    let central = |h: f64| {
        let (mut up, mut down) = (theta.to_vec(), theta.to_vec());
        up[axis] += h;
        down[axis] -= h;
        (f(&up) - f(&down)) / (up[axis] - down[axis])
    };
    (4.0 * central(1e-4) - central(2e-4)) / 3.0
}

#[test]
fn gradients_and_products_agree_with_differences() {
    let rule = loss::find("network").expect("listed");
    for (index, setting) in settings().iter().enumerate() {
        let loss = (rule.build)(setting);
        let of = format!("{setting:?}");
        // A little aside of the initial weights, where biases are not 0.
        let aside = |at: usize| 0.1 * libm::cos(f64::from(u32::try_from(at + index).unwrap_or(0)));
        let theta: Vec<f64> = (rule.start)(setting);
        let theta: Vec<f64> = theta.iter().enumerate().map(|(at, w)| w + aside(at)).collect();
        let exact = gradient(loss.as_ref(), &theta);
        assert_eq!(loss.value(&theta), loss.value_and_gradient(&theta, &mut exact.clone()), "{of}");
        // Kinks of an activation are nowhere near by luck of the seed; those that are move
        // a difference by a share of a sample.
        let size: f64 = exact.iter().map(|slope| slope * slope).sum::<f64>().sqrt();
        let near = exact.iter().enumerate().filter(|(axis, slope)| {
            let estimate = difference(&|at| loss.value(at), &theta, *axis);
            // |w| has a kink at 0.
            let is_kink = setting[10] > 0.0 && theta[*axis].abs() < 1e-3;
            is_kink || (*slope - estimate).abs() <= 1e-8 * (1.0 + size)
        });
        let far = exact.len() - near.count();
        let has_kinks = ACTIVATIONS[as_place(setting[3])].key.contains("relu");
        assert!(far == 0 || has_kinks && far <= exact.len() / 4, "{of}: {far} of {}", exact.len());
        // H·v by the difference of gradients along v.
        let mut product = vec![f64::NAN; theta.len()];
        assert!(loss.curvature_product(&theta, &exact, &mut product), "{of}");
        assert!(product.iter().all(|entry| entry.is_finite()), "{of}");
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place of a list")]
fn as_place(value: f64) -> usize {
    value as usize
}

/// Small ones hand out their Hessian, which is symmetric and that of the products; where
/// there are two parameters the map has its curvature.
#[test]
fn small_networks_have_a_hessian() {
    for (rest, n) in [("data=wave,depth=1", 2), ("width=3,depth=2", 13), ("width=2", 15)] {
        let scenario = scenario(rest);
        let loss = scenario.build_loss();
        assert_eq!(loss.dimension(), n, "{rest}");
        let mut hessian = vec![f64::NAN; n * n];
        assert!(loss.hessian(&scenario.start, &mut hessian), "{rest}");
        for of in 0..n {
            for by in 0..n {
                let (one, other) = (hessian[of * n + by], hessian[by * n + of]);
                assert!((one - other).abs() < 1e-13, "{rest}");
                let slope = |at: &[f64]| gradient(loss.as_ref(), at)[of];
                let estimate = difference(&slope, &scenario.start, by);
                assert!((one - estimate).abs() < 1e-8, "{rest}: {one} against {estimate}");
            }
        }
        assert_eq!(loss.curvature(&scenario.start).is_some(), n == 2, "{rest}");
    }
    let large = scenario("width=6").build_loss();
    assert!(!large.hessian(&vec![0.1; 67], &mut vec![0.0; 67 * 67]));
    assert!(large.curvature(&vec![0.1; 67]).is_none());
}

proptest! {
    #![proptest_config(cases(40))]

    /// Whatever may be asked of a network, a run of it ends without a panic, and keeps what
    /// one that keeps everything has.
    #[test]
    fn nothing_that_a_network_may_be_breaks_it(
        depth in 1..13_u8, width in 1..20_u8, activation in 0..6_usize, init in 0..4_usize,
        data in 0..8_usize, sigma in 0.0..10.0, gain in prop_oneof![Just(0.0), 0.0..10.0],
        (bias, squared, plain) in any::<(bool, bool, bool)>(),
        optimizer in 0..OPTIMIZERS.len(), decade in -6.0..6.0, steps in 1..12_usize,
        batch in 1..12_usize,
    ) {
        let keys = (ACTIVATIONS[activation].key, INITIALISATIONS[init].key);
        let set = EITHER[data].named.key;
        let error = if squared { ",error=squared" } else { "" };
        let rest = format!(
            "depth={depth},width={width},activation={},init={},data={set},sigma={sigma},gain={gain},bias={},standardize={},count=20{error}",
            keys.0, keys.1, u8::from(bias), u8::from(plain),
        );
        let rate = libm::pow(10.0, decade);
        let run = format!("run={},lr={rate}", OPTIMIZERS[optimizer].key);
        let scenario = scenario(&format!("{rest}&steps={steps}&batch={batch}&{run}"));
        let loss = scenario.build_loss();
        let kept = scenario.descend(&scenario.runs[0], loss.as_ref());
        let whole = scenario.descend(&scenario.runs[0], &Whole(loss.as_ref()));
        prop_assert_eq!(story(&kept), story(&whole));
        let verdict = scenario.judge(&scenario.runs[0], loss.as_ref(), &kept);
        prop_assert!(verdict.step <= steps);
    }
}
