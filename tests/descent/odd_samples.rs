//! Samples that hardly say anything: one alone, two, all above one another, all the same,
//! so large that their powers leave every bound. Nothing panics, nothing is NaN.

use descent_lab::descent::loss::Loss;
use descent_lab::descent::{HeldOut, Language};
use descent_lab::scenario::{
    PythonFlavour, Scenario, Spectrum, decode, encode, is_window, log_spaced, python_script,
};
use descent_lab::text::{self, Cause};
use descent_lab::view::{Rect, Viewport, data_window};

const LINES: [&str; 9] = [
    "5,1",
    "0,0",
    "1,2;3,5",
    "2,1;2,4",
    "7,1;7,2;7,3;7,9",
    "0.1,1;0.1,1;0.1,1",
    "1,3;2,3;5,3;9,3",
    "1e12,-1e12;-1e12,1e12;999999999999,5",
    "1e-300,1e-300;2e-300,1;1,1e12",
];

const CLASSES: [&str; 6] = [
    "5,1,1",
    "1,2,0;3,5,1",
    "2,1,0;2,4,1;2,9,1",
    "7,7,0;7,7,1",
    "1,2,1;3,5,1",
    "1e12,0,0;-1e12,1e12,1",
];

/// Every combination of these.
fn settings(of: &[&[&str]]) -> Vec<String> {
    of.iter().fold(vec![String::new()], |all, choices| {
        let with = |one: &String| choices.iter().map(|choice| format!("{one}{choice}")).collect();
        all.iter().flat_map::<Vec<String>, _>(with).collect()
    })
}

fn scenario(loss: &str, points: &str, rest: &str) -> Scenario {
    let link = format!("#loss={loss},data=own&points={points}{rest}");
    let (scenario, refused) = decode(&link);
    assert_eq!(refused, [], "{link}");
    scenario
}

/// What is known of a loss before any run.
fn assert_known(scenario: &Scenario, loss: &dyn Loss, link: &str) {
    let (rule, setting) = (scenario.loss.rule, scenario.setting());
    let window = (rule.window)(&setting);
    assert!(is_window(window), "{link}: {window:?}");
    let [low, high] = (rule.rates)(&setting);
    assert!(low > 0.0 && low < high && high.is_finite(), "{link}: {low} to {high}");
    for minimum in (rule.minima)(&setting) {
        assert!(minimum.iter().all(|number| number.is_finite()), "{link}: {minimum:?}");
        assert!(loss.value(&minimum).is_finite(), "{link}: {minimum:?}");
        let lowest = (rule.lowest)(&setting);
        assert!(lowest <= loss.value(&minimum), "{link}: {lowest} at {minimum:?}");
    }
    let samples = loss.data().expect("it learns from samples");
    assert!(is_window(data_window(samples)), "{link}");
    let plot = Rect { left: 0.0, top: 0.0, width: 300.0, height: 200.0 };
    let viewport = Viewport::showing(data_window(samples), plot, false);
    for sample in 0..samples.len() {
        let pixel = viewport.to_pixel([samples.column(0)[sample], samples.column(1)[sample]]);
        assert!(pixel.iter().all(|place| place.is_finite()), "{link}: {pixel:?}");
    }
    assert!(!loss.value(&scenario.start).is_nan(), "{link}");
}

/// The run and all that is said of it.
fn assert_run(scenario: &Scenario, loss: &dyn Loss, link: &str) {
    let run = &scenario.runs[0];
    let trajectory = scenario.descend(run, loss);
    for t in 0..trajectory.steps() {
        let at = trajectory.point(t);
        assert!(at.iter().all(|number| number.is_finite()), "{link}: {at:?} at {t}");
        assert!(!trajectory.losses()[t].is_nan(), "{link}: at {t}");
    }
    let verdict = scenario.judge(run, loss, &trajectory);
    let cause = Cause::of(&verdict, scenario.has_constant_hessian());
    for language in Language::ALL {
        let sentence = text::sentence(text::of(language), &cause);
        assert!(!sentence.contains("NaN"), "{link}: {sentence}");
    }
    if let Some(held_out) = HeldOut::along(loss, &trajectory) {
        assert!(held_out.least.is_finite() && held_out.last.is_finite(), "{link}");
    }
    let rates = log_spaced(scenario.rates(run), 8);
    assert!(rates.iter().all(|rate| rate.is_finite() && *rate > 0.0), "{link}");
    let mut spectrum = Spectrum::begin(scenario, run, rates, 1);
    spectrum.advance(loss, &mut || false);
    assert!(spectrum.is_done(), "{link}");
    let script = python_script(scenario, run, PythonFlavour::NumPy);
    assert!(!script.contains("NaN"), "{link}");
}

fn assert_sound(losses: &[String], tables: &[&str], batches: &[&str]) {
    for loss in losses {
        for points in tables {
            for batch in batches {
                let mut scenario = scenario(loss, points, &format!("&steps=40{batch}"));
                let link = encode(&scenario);
                let built = scenario.build_loss();
                assert_known(&scenario, built.as_ref(), &link);
                // A rate that suits the loss, and one that suits none.
                for rate in [scenario.usual_rates(&scenario.runs[0])[1], 10.0] {
                    scenario.runs[0].learning_rate = rate;
                    assert_run(&scenario, built.as_ref(), &link);
                }
            }
        }
    }
}

const ERRORS: [&str; 3] = ["", ",error=absolute", ",error=huber"];

#[test]
fn lines() {
    let losses = settings(&[
        &["linear_regression"],
        &["", ",standardize=1"],
        &["", ",intercept=0"],
        &ERRORS,
        &["", ",l1=0.5", ",l2=1", ",reduction=sum"],
    ]);
    assert_sound(&losses, &LINES, &["", "&batch=1"]);
}

#[test]
fn polynomials() {
    let losses = settings(&[
        &["polynomial_regression"],
        &[",degree=1", ",degree=3", ",degree=12"],
        &["", ",standardize=0"],
        &["", ",basis=chebyshev"],
        &ERRORS,
        &["", ",l1=0.5", ",l2=1,held_out=0"],
    ]);
    assert_sound(&losses, &LINES, &[""]);
}

#[test]
fn classes() {
    let losses = settings(&[&["logistic_regression"], &["", ",standardize=1"], &["", ",l2=1"]]);
    assert_sound(&losses, &CLASSES, &["", "&batch=1..full"]);
}
