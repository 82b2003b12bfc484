//! Scripts run by Python print the numbers of the core.

use std::env;
use std::io::Write as _;
use std::process::{Command, Stdio};

use descent_lab::descent::clip::CLIPS;
use descent_lab::descent::constraint::CONSTRAINTS;
use descent_lab::descent::loss::LOSSES;
use descent_lab::descent::optimizer::{OPTIMIZERS, OptimizerRule, RateRole};
use descent_lab::descent::schedule::SCHEDULES;
use descent_lab::descent::{End, Precision, Trajectory};
use descent_lab::scenario::{PythonFlavour, number_text, parameter_names};

use super::cases::Case;
use super::snapshots::PINNED;

/// In size 1 and below this much, beyond it this share.
const TOLERANCE: f64 = 1e-9;

/// Runs each script of a JSON list by itself, as `python3 script.py` would, and
/// prints the list of what they printed: one start of the interpreter for all,
/// since importing torch takes seconds.
const DRIVER: &str = "
import contextlib, io, json, sys, traceback
printed = []
for script in json.load(sys.stdin):
    if 'torch' in sys.modules:  # as it is in an interpreter of its own
        sys.modules['torch'].set_default_dtype(sys.modules['torch'].float32)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            exec(compile(script, 'script', 'exec'), {'__name__': '__main__'})
        except Exception:
            print(traceback.format_exc())
    printed.append(out.getvalue())
json.dump(printed, sys.stdout)
";

fn python() -> Command {
    Command::new(env::var_os("DESCENT_PYTHON").unwrap_or_else(|| "python3".into()))
}

fn package(flavour: PythonFlavour) -> &'static str {
    match flavour {
        PythonFlavour::PyTorch => "torch",
        PythonFlavour::NumPy => "numpy",
    }
}

/// What each script printed.
fn printed(scripts: &[String]) -> Vec<String> {
    let mut command = python();
    command.args(["-W", "ignore", "-c", DRIVER]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().expect("Python starts");
    let scripts = serde_json::to_string(scripts).expect("text is JSON");
    let mut input = child.stdin.take().expect("it is piped");
    input.write_all(scripts.as_bytes()).expect("Python reads");
    drop(input);
    let output = child.wait_with_output().expect("Python ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    serde_json::from_slice(&output.stdout).expect("a list of texts")
}

/// The numbers of one step in the order of a script's columns.
fn row(trajectory: &Trajectory, step: usize) -> Vec<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a few hundred steps")]
    let mut row = vec![
        step as f64,
        trajectory.learning_rates()[step],
        trajectory.losses()[step],
        trajectory.gradient_norm(step),
    ];
    row.extend_from_slice(&trajectory.point(step)[..parameter_names(trajectory.dimension()).len()]);
    row
}

fn is_near(found: f64, expected: f64) -> bool {
    found.to_bits() == expected.to_bits()
        || (found.is_nan() && expected.is_nan())
        || (found - expected).abs() <= TOLERANCE * expected.abs().max(1.0)
}

fn assert_prints(case: &Case, flavour: PythonFlavour, text: &str) {
    let of = format!("{} as {}", case.link, package(flavour));
    let trajectory = case.trajectory();
    let mut lines = text.lines();
    let columns = parameter_names(trajectory.dimension());
    let columns: String = columns.into_iter().map(|name| ",".to_owned() + &name).collect();
    let header = format!("step,lr,loss,grad_norm{columns}");
    assert_eq!(lines.next(), Some(header.as_str()), "{of}: {text}");
    for step in 0..=trajectory.steps() {
        let line = lines.next().unwrap_or_else(|| panic!("{of}: no step {step} in {text}"));
        let found: Vec<f64> =
            line.split(',').map(|n| n.parse().unwrap_or_else(|_| panic!("{of}: {text}"))).collect();
        let expected = row(&trajectory, step);
        assert_eq!(found.len(), expected.len(), "{of}: {line}");
        let is_same = found.iter().zip(&expected).all(|(f, e)| is_near(*f, *e));
        assert!(is_same, "{of}:\n{found:?} is not\n{expected:?}\n{}", case.script(flavour));
    }
    if let Some(average) = case.average(&trajectory) {
        let line = lines.next().unwrap_or_else(|| panic!("{of}: no average in {text}"));
        let found: Vec<&str> = line.split(',').collect();
        assert!(found.len() >= 4, "{of}: {text}");
        assert_eq!((found[0], found[1], found[3]), ("average", "", ""), "{of}: {line}");
        let numbers = [&found[2..3], &found[4..]].concat();
        for (found, expected) in numbers.iter().zip(average) {
            let is_same = found.parse().is_ok_and(|found| is_near(found, expected));
            assert!(is_same, "{of}: {line}: {found} is not {expected}");
        }
    }
    assert_eq!(lines.next(), None, "{of}: the run ends at step {}", trajectory.steps());
}

/// All runs in one start of the interpreter.
fn assert_printed(cases: &[Case], flavour: PythonFlavour) {
    let scripts: Vec<String> = cases.iter().map(|case| case.script(flavour)).collect();
    let printed = printed(&scripts);
    assert_eq!(printed.len(), cases.len());
    for (case, text) in cases.iter().zip(&printed) {
        assert_prints(case, flavour, text);
    }
}

/// When a run with this rule ends. A rule that measures its rate makes differences
/// in the last digit ten times larger each step, and a search among losses that
/// differ only by rounding finds anything: such runs are short and end before.
fn end_of(rule: &OptimizerRule) -> &'static str {
    match rule.rate {
        RateRole::EveryStep => "steps=60",
        _ => "steps=12&stop_grad=1e-5",
    }
}

/// Every loss under plain descent and under each rule that asks for its Hessian.
fn losses() -> Vec<String> {
    let mut links = Vec::new();
    let asks = |rule: &&&OptimizerRule| rule.python.step.contains("hessian");
    let rules: Vec<_> = OPTIMIZERS[..1].iter().chain(OPTIMIZERS.iter().filter(asks)).collect();
    for (loss, rule) in LOSSES.iter().flat_map(|loss| rules.iter().map(move |rule| (loss, rule))) {
        let [low, high] = (loss.rates)(&loss.defaults());
        let rate = number_text((low * high).sqrt());
        let end = end_of(rule);
        links.push(format!("loss={}&{end}&run={},lr={rate}", loss.key, rule.key));
    }
    links
}

/// Every loss in every precision.
fn precisions() -> Vec<String> {
    let mut links = Vec::new();
    for (loss, precision) in
        LOSSES.iter().flat_map(|loss| Precision::ALL.map(move |precision| (loss, precision.key())))
    {
        let [low, high] = (loss.rates)(&loss.defaults());
        let rate = number_text((low * high).sqrt());
        links.push(format!(
            "loss={}&precision={precision}&steps=8&run=momentum,lr={rate}",
            loss.key
        ));
    }
    links
}

/// Columns without a deviation or a width to be divided by, of numbers whose plain sum is
/// rounded and of others.
fn constant_columns() -> Vec<String> {
    let lines = ["1,2;1,4", "0.1,1;0.1,5;0.1,2", "7,3;8,3;11,3", "5,1", "1e9,2e9;1e9,2e9;1e9,2e9"];
    let classes = ["2,1,0;2,4,1;2,9,1", "0.1,0.1,0;0.1,0.1,1;0.1,0.1,1"];
    let curves = "standardize=1,held_out=0&start=0.5,1,-1";
    let basis = "basis=chebyshev";
    let mut links = Vec::new();
    for points in lines {
        for loss in [
            "linear_regression,data=own,standardize=1&start=1,1".to_owned(),
            "linear_regression,data=own,intercept=0,standardize=1&start=1".to_owned(),
            format!("polynomial_regression,data=own,degree=2,{curves}"),
            format!("polynomial_regression,data=own,degree=2,{basis},{curves}"),
            "network,data=own,depth=2,width=2,standardize=1".to_owned(),
        ] {
            links.push(format!("loss={loss}&points={points}&steps=9&run=sgd,lr=0.1"));
        }
        let raw = format!("{basis},standardize=0,held_out=0&start=0.5,1,-1");
        let loss = format!("polynomial_regression,data=own,degree=2,{raw}");
        links.push(format!("loss={loss}&points={points}&steps=9&run=sgd,lr=1e-20"));
    }
    for points in classes {
        for loss in ["logistic_regression", "network"] {
            let loss = format!("{loss},data=own,standardize=1");
            links.push(format!("loss={loss}&points={points}&steps=9&run=sgd,lr=0.1"));
        }
    }
    links
}

/// Batches of one size that does and does not divide the samples, and of sizes that grow and
/// fall, over more than an epoch, in either order.
fn batches() -> Vec<String> {
    let mut links = Vec::new();
    for loss in ["linear_regression", "logistic_regression", "polynomial_regression"] {
        for batch in ["1", "7", "15", "20", "2..full", "full..3", "9..2"] {
            for order in ["shuffled", "sequential"] {
                let tail = format!("steps=90&seed=4&batch={batch}&order={order}&run=sgd,lr=0.0001");
                links.push(format!("loss={loss}&{tail}"));
            }
        }
    }
    links
}

/// Every optimizer on a curved valley and a tilted ravine, in every precision.
fn optimizers() -> Vec<String> {
    let places = [("rosenbrock", "0.0005"), ("quadratic,kappa=20,angle=30", "0.04")];
    let mut links = Vec::new();
    for rule in OPTIMIZERS {
        let end = end_of(rule);
        for precision in Precision::ALL.map(Precision::key) {
            links.extend(places.map(|(loss, rate)| {
                let tail = format!("precision={precision}&{end}&run={},lr={rate}", rule.key);
                format!("loss={loss}&{tail}")
            }));
        }
    }
    links
}

/// Every schedule with and without warm-up, at its defaults and fitted to the run.
fn schedules() -> Vec<String> {
    let mut links = Vec::new();
    for rule in SCHEDULES {
        let knobs = rule.knobs.iter().zip((rule.fitted)(40));
        let fitted: Vec<String> =
            knobs.map(|(knob, value)| format!(",{}={value}", knob.key)).collect();
        let fitted = fitted.concat();
        for warmup in ["", ",warmup=7"] {
            links.push(format!("steps=60&run=sgd,lr=0.12,schedule={}{warmup}", rule.key));
            links.push(format!("steps=60&run=adam,schedule={}{fitted}{warmup}", rule.key));
        }
    }
    let plateau = "schedule=reduce_on_plateau,factor=0.5,threshold=0.01";
    for run in ["adam,lr=0.5,patience=2", "momentum,lr=0.08,patience=0,cooldown=3,min_lr=0.01"] {
        for precision in ["f64", "f32"] {
            links.push(format!("steps=60&precision={precision}&run={run},{plateau}"));
            links.push(format!("steps=60&precision={precision}&run={run},{plateau},warmup=8"));
        }
    }
    links.push(format!("steps=12&run=line_search,lr=0.3,{plateau},patience=1"));
    links
}

/// Every way to clip after noise, and every constraint, in double precision and in another.
fn clips() -> Vec<String> {
    let mut links = vec!["steps=40&seed=18446744073709551615&noise=2&run=adam".to_owned()];
    for rule in CLIPS {
        let bound = if rule.knobs.is_empty() { "" } else { ",clip_at=0.7" };
        let run = format!("run=momentum,lr=0.02,clip={}{bound}", rule.key);
        for precision in ["f64", "bf16"] {
            links.push(format!("steps=80&seed=3&noise=0.1&precision={precision}&{run}"));
        }
    }
    for rule in CONSTRAINTS {
        let run = format!("lr=0.02,constrain={},constrain_at=1.3", rule.key);
        for rule in ["momentum", "adam", "line_search"] {
            for precision in ["f64", "f32", "bf16"] {
                links.push(format!("loss=booth&precision={precision}&steps=12&run={rule},{run}"));
            }
        }
    }
    links
}

/// Regressions with every value of their knobs, by whole data and by batches.
fn data() -> Vec<String> {
    let losses = [
        "linear_regression,data=four_points,intercept=0,reduction=mean",
        "linear_regression,data=line_3x2_seed42,intercept=0,reduction=half_sum,l1=0.3",
        "linear_regression,data=line_2x1_seed0,reduction=sum,l1=0.5,l2=2",
        // At b = 0 the slope is nothing but rounding, which Adam makes steps of.
        "linear_regression,data=penguins,standardize=1,l2=0.1&start=-1,0.5",
        "logistic_regression,standardize=1,l2=0.01",
        "logistic_regression",
    ];
    let batches = [
        "",
        "&batch=3",
        "&batch=4&order=sequential&precision=f32",
        "&batch=1&noise=0.1",
        "&batch=1..full",
        "&batch=4..2&order=sequential",
    ];
    let mut links = Vec::new();
    for loss in losses {
        for batch in batches {
            for run in ["sgd,lr=0.002", "adam,lr=0.05,clip=norm", "newton"] {
                // At the bottom Newton's search finds anything.
                let end = if run == "newton" { "steps=12&stop_grad=1e-5" } else { "steps=40" };
                if run != "newton" || batch.is_empty() {
                    links.push(format!("loss={loss}&{end}&seed=5{batch}&run={run}"));
                }
            }
        }
    }
    links
}

/// A person's own samples in the shapes that a line or a curve has not: a plane over two
/// features, classes with an intercept and by one feature.
fn own_samples() -> Vec<String> {
    let linear =
        "&points=1,0.5,2;-0.4,1,1.2;0.3,-1.1,0.4;1.7,0.2,3;-1,-0.6,-0.8;0.6,1.4,2.9;-1.3,0.9,0.1";
    let plane =
        "&points=1,0.5,1;-0.4,1,0;0.3,-1.1,0;1.7,0.2,1;-1,-0.6,0;0.6,1.4,1;-1.3,0.9,1;0.2,0.1,0";
    let axis = "&points=0.5,0;0.9,0;1.4,1;1.6,0;2,1;2.8,1;3.1,0;3.5,1";
    let losses = [
        ("linear_regression,data=own,features=2", linear),
        ("linear_regression,data=own,features=2,intercept=0,reduction=sum,l1=0.2,l2=0.3", linear),
        (
            "linear_regression,data=own,features=2,error=huber,delta=0.5,reduction=mean,l2=0.1",
            linear,
        ),
        (
            "linear_regression,data=own,features=2,intercept=0,error=absolute,reduction=half_sum",
            linear,
        ),
        ("linear_regression,data=own,features=2,standardize=features,l1=0.1", linear),
        ("linear_regression,data=penguins,standardize=features", ""),
        ("logistic_regression,intercept=1,standardize=1", ""),
        ("logistic_regression,data=own,intercept=1,l2=0.1", plane),
        ("logistic_regression,data=own,intercept=1,l2=0.05", axis),
        ("logistic_regression,data=own,standardize=1", axis),
    ];
    let runs = [
        ("run=sgd,lr=0.02", "steps=40"),
        ("batch=3&run=adam,lr=0.05", "steps=40"),
        ("batch=4&order=sequential&noise=0.01&precision=f32&run=momentum,lr=0.01", "steps=40"),
        ("run=newton", "steps=9&stop_grad=1e-5"),
    ];
    let of = |(loss, points): &(&str, &str), (run, end): &(&str, &str)| {
        format!("loss={loss}{points}&{end}&seed=4&{run}")
    };
    losses.iter().flat_map(|loss| runs.iter().map(move |run| of(loss, run))).collect()
}

/// Curves: more than two parameters, a part of the samples, every error and basis.
fn curves() -> Vec<String> {
    let losses = [
        "degree=5",
        "degree=1,held_out=0",
        "degree=7,basis=chebyshev,reduction=mean,l1=0.01,l2=0.1",
        "degree=2,data=penguins,reduction=half_sum,split=3,held_out=0.5",
        "degree=3,error=huber,delta=0.4,reduction=sum,l2=0.2",
        "degree=4,error=absolute,basis=chebyshev,standardize=0",
    ];
    let runs = [
        "run=sgd,lr=0.0002",
        "precision=f32&run=momentum,lr=0.0001",
        "batch=5&run=adam,lr=0.01,average=0.5",
        "batch=3&order=sequential&noise=0.01&precision=bf16&run=rmsprop",
    ];
    let of =
        |loss: &str, run: &str| format!("loss=polynomial_regression,{loss}&steps=30&seed=4&{run}");
    let mut links: Vec<String> =
        losses.iter().flat_map(|loss| runs.iter().map(|run| of(loss, run))).collect();
    let newton =
        |loss| format!("loss=polynomial_regression,{loss}&steps=9&stop_grad=1e-5&run=newton");
    links.extend([losses[0], losses[1]].map(newton));
    links
}

/// Networks of every part, with their start drawn or written out.
fn networks() -> Vec<String> {
    let nets = [
        "",
        "activation=linear,init=orthogonal,data=circles",
        "activation=sigmoid,init=normal,sigma=0.8,data=spirals,error=squared",
        "activation=relu,init=he,depth=6,width=7,l2=0.01",
        "activation=leaky_relu,bias=0,data=penguins,l1=0.01,init_seed=3",
        "activation=gelu,data=wave,gain=1.5,depth=4",
        "data=penguins_mass,depth=1,standardize=0",
        "data=line,width=3,depth=2,bias=0,init=orthogonal",
        "width=9,depth=9,activation=tanh,init=orthogonal,bias=0,l2=0.1",
    ];
    let runs = [
        "run=sgd,lr=0.05",
        "batch=16&run=adam,lr=0.01,average=0.5",
        "batch=20&order=sequential&precision=f32&run=momentum,lr=0.01,clip=norm",
        "noise=0.01&run=rmsprop,lr=0.001,schedule=cosine,t_max=20",
        "run=lbfgs,lr=0.01",
        "run=sgd,lr=0.5,constrain=norm,constrain_at=0.9",
        "precision=f32&run=momentum,lr=0.1,constrain=value,constrain_at=0.3",
        "run=adam,lr=0.3,schedule=reduce_on_plateau,patience=1,warmup=3",
    ];
    let of = |net: &str, run: &str| {
        let comma = if net.is_empty() { "" } else { "," };
        // Grams are far from everything else.
        let run = if net.contains("standardize=0") {
            run.replace("lr=0.0", "lr=0.0000000")
        } else {
            run.to_owned()
        };
        let steps = if run.contains("lbfgs") { 4 } else { 15 };
        format!("loss=network{comma}{net},count=40&steps={steps}&seed=4&{run}")
    };
    // A search in grams magnifies the last digits.
    let is_fair = |net: &str, run: &str| !(net.contains("standardize=0") && run.contains("lbfgs"));
    let pairs = nets.iter().flat_map(|net| runs.iter().map(move |run| (*net, *run)));
    pairs.filter(|(net, run)| is_fair(net, run)).map(|(net, run)| of(net, run)).collect()
}

/// Every optimizer with the wrong sign, and averages of runs that end in every way.
fn run_knobs() -> Vec<String> {
    let mut links = Vec::new();
    for rule in OPTIMIZERS {
        let run = format!("run={},lr=0.01,ascent=1", rule.key);
        links.push(format!("loss=saddle&steps=12&{run}"));
        links.push(format!("steps=9&precision=f32&noise=0.1&{run},clip=norm,average=0.3"));
    }
    for run in ["sgd,lr=0.05", "adam", "line_search,lr=0.2", "newton"] {
        for average in ["1", "0.5", "0.01"] {
            let run = format!("run={run},average={average}");
            links.push(format!("steps=12&noise=0.5&seed=2&{run}"));
            links.push(format!("loss=parabola&start=-2&steps=7&stop_loss=1&{run}"));
        }
    }
    let data = "loss=linear_regression&batch=2..9&seed=8&steps=25";
    links.push(format!("{data}&run=momentum,lr=0.05,average=0.5"));
    links.push(format!("{data}&run=sgd,lr=0.05,ascent=1,average=0.5"));
    links.push("run=sgd,lr=0.3,average=0.5".to_owned());
    links.push("loss=logistic_regression&steps=9&run=sgd,average=0.5".to_owned());
    links.push("loss=beale&run=line_search,ascent=1,average=0.5".to_owned());
    links
}

/// Every way to end, long paths of the schedules, and places where a formula needs
/// care.
const ENDS: [(&str, End); 17] = [
    ("loss=parabola,a=0.3&start=-2&steps=30&run=sgd,lr=0.4", End::StepsDone),
    ("stop_loss=0.01&run=sgd", End::StopRuleMet),
    ("stop_grad=0.01&run=nesterov,lr=0.05", End::StopRuleMet),
    ("stop_loss=1e-6&stop_grad=1e-2&run=adam,lr=0.5", End::StopRuleMet),
    ("stop_loss=1&run=line_search,lr=0.5,schedule=exponential", End::StopRuleMet),
    ("run=sgd,lr=0.3", End::Diverged),
    ("loss=beale&run=momentum,lr=0.5", End::Diverged),
    ("loss=rosenbrock&precision=f16&run=sgd,lr=1", End::Diverged),
    ("loss=deep_chain,depth=50&start=3,2&run=sgd,lr=1", End::Diverged),
    ("loss=ackley&start=0,0&steps=5&run=newton", End::StepsDone),
    ("loss=quadratic,angle=90&start=3,0&steps=60&run=sgd,lr=0.3", End::Diverged),
    ("loss=quadratic,angle=-90&start=0,3&steps=60&run=sgd,lr=0.3", End::StepsDone),
    ("loss=deep_chain,depth=2&start=0,0.5&steps=20&run=newton", End::StepsDone),
    ("loss=saddle&start=1.5,0&steps=20&run=barzilai_borwein", End::StepsDone),
    ("steps=300&run=sgd,schedule=warm_restarts,t_0=20,t_mult=2,eta_min=0.01", End::StepsDone),
    // Autograd that loses small numbers and state in single precision would show.
    ("loss=gaussian_well,width=0.3&steps=20&run=sgd,clip=unit", End::StepsDone),
    ("loss=three_hump_camel&steps=12&run=nadam,beta2=0.96,eps=1e-14,lr=0.3", End::StepsDone),
];

#[test]
fn runs_end_in_every_way() {
    for (link, end) in ENDS {
        assert_eq!(Case::of(link).trajectory().end(), end, "{link}");
    }
}

/// Everything that a script may hold.
fn cases() -> Vec<Case> {
    let links = [
        losses(),
        precisions(),
        optimizers(),
        schedules(),
        clips(),
        data(),
        constant_columns(),
        batches(),
        curves(),
        networks(),
        run_knobs(),
    ];
    let links = [links.concat(), own_samples()].concat();
    let fixed = ENDS.iter().map(|(link, _)| *link).chain(PINNED.iter().map(|(_, link)| *link));
    links.iter().map(String::as_str).chain(fixed).map(Case::of).collect()
}

// `cargo xtask test` runs these where it finds Python with the packages that are named.

#[test]
#[ignore = "needs Python with numpy"]
fn numpy_scripts_print_the_trajectories_of_the_core() {
    assert_printed(&cases(), PythonFlavour::NumPy);
}

#[test]
#[ignore = "needs Python with numpy and torch"]
fn pytorch_scripts_print_the_trajectories_of_the_core() {
    assert_printed(&cases(), PythonFlavour::PyTorch);
}
