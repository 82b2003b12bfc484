//! The text of a few scripts, every part of one among them, byte for byte.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::{env, fs};

use descent_lab::descent::Precision;
use descent_lab::descent::clip::CLIPS;
use descent_lab::descent::constraint::CONSTRAINTS;
use descent_lab::descent::loss::{LOSSES, LossRule};
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::descent::schedule::SCHEDULES;
use descent_lab::scenario::PythonFlavour::{self, NumPy, PyTorch};
use descent_lab::scenario::decode;

use super::cases::Case;

/// What is pinned; between them every rule of every list.
pub(super) const PINNED: [(PythonFlavour, &str); 31] = [
    (PyTorch, "loss=parabola&steps=20&run=sgd,lr=0.4"),
    (NumPy, "loss=parabola&steps=20&run=sgd,lr=0.4"),
    (PyTorch, "loss=rosenbrock&run=adam,lr=0.02,schedule=cosine,warmup=10"),
    (NumPy, "loss=rosenbrock&run=adam,lr=0.02,schedule=cosine,warmup=10"),
    (
        PyTorch,
        "loss=quadratic,angle=30&seed=7&noise=0.5&run=momentum,lr=0.02,schedule=step,clip=norm",
    ),
    (
        NumPy,
        "loss=quadratic,angle=30&seed=7&noise=0.5&precision=bf16&run=nesterov,lr=0.02,clip=norm",
    ),
    (PyTorch, "loss=himmelblau&precision=f16&run=adagrad,lr=0.5,clip=value"),
    (NumPy, "loss=saddle&precision=f32&run=rmsprop,lr=0.05,schedule=exponential"),
    (PyTorch, "loss=gaussian_well&stop_grad=0.01&run=adadelta,lr=1,warmup=5"),
    (NumPy, "loss=deep_chain&steps=50&run=amsgrad,lr=0.02,clip=unit"),
    (PyTorch, "loss=beale&steps=50&run=adamax,lr=0.02,schedule=inverse_time"),
    (NumPy, "loss=beale&steps=50&stop_loss=0.1&run=nadam,lr=0.02"),
    (PyTorch, "loss=six_hump_camel&steps=50&run=radam,lr=0.02,schedule=polynomial,warmup=3"),
    (NumPy, "loss=styblinski_tang&steps=50&run=adamw,lr=0.02,schedule=warm_restarts,warmup=5"),
    (PyTorch, "loss=booth&steps=50&run=lion,lr=0.02"),
    (NumPy, "loss=matyas&steps=9&stop_grad=0.01&run=line_search,lr=5,schedule=exponential"),
    (PyTorch, "loss=three_hump_camel&steps=9&run=barzilai_borwein,lr=0.01"),
    (NumPy, "loss=ackley&start=0.2,0.1&steps=3&run=newton"),
    (NumPy, "loss=linear_regression,l2=0.1&steps=50&run=sgd,lr=0.5"),
    (PyTorch, "loss=logistic_regression,standardize=1&steps=50&run=sgd,lr=0.5"),
    (PyTorch, "loss=linear_regression&steps=50&seed=3&batch=16&run=momentum,lr=0.02"),
    (NumPy, "loss=linear_regression&steps=50&batch=1&order=sequential&run=adam,lr=0.05"),
    (PyTorch, "loss=polynomial_regression,l1=0.1&steps=50&run=sgd,lr=0.05"),
    (
        NumPy,
        "loss=polynomial_regression,degree=5,basis=chebyshev,l2=0.1&steps=5&stop_grad=0.001&run=newton",
    ),
    (PyTorch, "loss=network&steps=20&run=sgd,lr=0.5"),
    (
        NumPy,
        "loss=network,data=wave,depth=6,activation=gelu,init=orthogonal,bias=0,l2=0.01&steps=20&run=adam,lr=0.01",
    ),
    (PyTorch, "loss=rastrigin&steps=6&stop_grad=0.001&run=lbfgs,lr=0.001"),
    (
        PyTorch,
        "loss=booth&steps=50&run=adam,lr=0.3,schedule=reduce_on_plateau,warmup=5,constrain=norm,constrain_at=2.5",
    ),
    (
        NumPy,
        "loss=booth&steps=50&run=momentum,lr=0.05,schedule=reduce_on_plateau,factor=0.5,patience=3,constrain=value,constrain_at=2",
    ),
    (PyTorch, "loss=network,data=wave,bias=0&steps=9&run=momentum,lr=0.1,constrain=value"),
    (
        NumPy,
        "loss=network,data=wave&precision=f32&steps=9&run=sgd,lr=0.1,constrain=norm,constrain_at=2",
    ),
];

fn file(case: &Case, flavour: PythonFlavour) -> PathBuf {
    let (loss, run) = (case.scenario.loss.rule.key, &case.scenario.runs[0]);
    let package = if flavour == PyTorch { "torch" } else { "numpy" };
    let name = format!("{loss}-{}-{package}.py", run.optimizer.rule.key);
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/page/python/snapshots").join(name)
}

#[test]
fn the_text_of_scripts_is_pinned() {
    let is_update = env::var_os("UPDATE_SNAPSHOTS").is_some();
    for (flavour, link) in PINNED {
        let case = Case::of(link);
        let (file, script) = (file(&case, flavour), case.script(flavour));
        if is_update {
            fs::write(&file, &script).expect("the folder is there");
        }
        let pinned = fs::read_to_string(&file).unwrap_or_default();
        assert_eq!(script, pinned, "{}: UPDATE_SNAPSHOTS=1 rewrites it", file.display());
    }
}

#[test]
fn every_rule_is_in_a_pinned_script_and_every_script_in_the_list() {
    let cases: Vec<Case> = PINNED.iter().map(|(_, link)| Case::of(link)).collect();
    let losses: BTreeSet<_> = cases.iter().map(|case| case.scenario.loss.rule.key).collect();
    assert_eq!(losses, LOSSES.iter().map(|rule| rule.key).collect());
    let precisions: BTreeSet<_> = cases.iter().map(|case| case.scenario.precision.key()).collect();
    assert_eq!(precisions, Precision::ALL.iter().map(|precision| precision.key()).collect());
    let runs: Vec<_> = cases.iter().map(|case| &case.scenario.runs[0]).collect();
    let optimizers: BTreeSet<_> = runs.iter().map(|run| run.optimizer.rule.key).collect();
    assert_eq!(optimizers, OPTIMIZERS.iter().map(|rule| rule.key).collect());
    let schedules: BTreeSet<_> = runs.iter().map(|run| run.schedule.rule.key).collect();
    assert_eq!(schedules, SCHEDULES.iter().map(|rule| rule.key).collect());
    let clips = runs.iter().filter_map(|run| run.clip.as_ref()).map(|clip| clip.rule.key);
    let clips: BTreeSet<_> = clips.collect();
    assert_eq!(clips, CLIPS.iter().map(|rule| rule.key).collect());
    let constraints = runs.iter().filter_map(|run| run.constraint.as_ref());
    let constraints: BTreeSet<_> = constraints.map(|constraint| constraint.rule.key).collect();
    assert_eq!(constraints, CONSTRAINTS.iter().map(|rule| rule.key).collect());
    let pinned = cases.iter().zip(PINNED).map(|(case, (flavour, _))| file(case, flavour));
    let folder = file(&cases[0], PyTorch).parent().expect("a folder").to_owned();
    let present =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("a file").path());
    assert_eq!(present.collect::<BTreeSet<_>>(), pinned.collect());
}

/// As many components and second derivatives as there are parameters and pairs of
/// them, each in Python.
#[test]
fn every_loss_has_its_value_and_derivatives_in_python() {
    for rule in LOSSES {
        let (LossRule { key, python, .. }, knobs) = (rule, rule.defaults());
        let (python, dimension) = (python.lines(&knobs), rule.dimension(&knobs));
        // Or all of them as an array.
        let components = if dimension > 2 { 1 } else { dimension };
        assert_eq!(python.gradient.len(), components, "{key}");
        let second = components * (components + 1) / 2;
        // Of hundreds of parameters it is not asked for.
        assert_eq!(python.hessian.len(), if dimension > 100 { 0 } else { second }, "{key}");
        let parts = python.parts.iter().map(|(_, expression)| expression);
        let texts = parts.chain(&python.gradient).chain(&python.hessian).chain([&python.value]);
        assert!(texts.clone().all(|text| !text.trim().is_empty()), "{key}");
    }
}

#[test]
fn a_script_is_plain_text_without_gaps() {
    for (flavour, link) in PINNED {
        let case = Case::of(link);
        let script = case.script(flavour);
        assert!(!script.contains(['{', '}', '\t']), "an open placeholder in {script}");
        assert!(script.ends_with('\n') && !script.ends_with("\n\n"), "{script}");
        for (number, line) in script.lines().enumerate() {
            assert_eq!(line, line.trim_end(), "{link}, line {number}");
            // The second line is the link, as long as it is.
            assert!(number == 1 || line.chars().count() <= 79, "{link}: {line}");
        }
        assert!(!script.contains("\n\n\n\n"), "{script}");
    }
}

#[test]
fn the_link_in_a_script_opens_its_run() {
    let links = "preset=ravine&run=sgd,lr=0.125&run=adam,lr=0.25,clip=value&hide=1&step=3&lang=zh";
    let (scenario, _) = decode(&format!("#v=1&{links}"));
    let run = &scenario.runs[1];
    let script = descent_lab::scenario::python_script(&scenario, run, NumPy);
    let link = script.lines().nth(1).and_then(|line| line.split_once(": ")).expect("a link").1;
    let (opened, refused) = decode(link);
    assert_eq!(refused, []);
    assert_eq!((opened.runs.len(), opened.preset, opened.page.step), (1, None, 0));
    assert_eq!((&opened.loss, &opened.start), (&scenario.loss, &scenario.start));
    assert_eq!(opened.runs[0].optimizer, run.optimizer);
    assert_eq!((opened.runs[0].clip.clone(), opened.runs[0].is_hidden), (run.clip.clone(), false));
}
