//! Links with one thing to refuse: one line a case.

use descent_lab::descent::loss::LOSSES;
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::descent::schedule::SCHEDULES;
use descent_lab::scenario::{PRESETS, Reason};

/// The keys of a link, in their order.
const KEYS: [&str; 26] = [
    "v",
    "preset",
    "loss",
    "points",
    "columns",
    "stored",
    "start",
    "steps",
    "stop_loss",
    "stop_grad",
    "seed",
    "batch",
    "order",
    "noise",
    "precision",
    "run",
    "hide",
    "step",
    "play",
    "lang",
    "theme",
    "view",
    "plane",
    "chart",
    "beside",
    "predict",
];

/// A link with one thing to refuse: key, value, reason.
pub(super) type Case = (&'static str, &'static str, &'static str, Reason);

pub(super) fn whole(min: f64, max: f64) -> Reason {
    Reason::NotInRange { min, max, whole: true }
}

pub(super) fn range(min: f64, max: f64) -> Reason {
    Reason::NotInRange { min, max, whole: false }
}

fn bounds((min, max): (f64, f64)) -> Reason {
    range(min, max)
}

fn count() -> Reason {
    whole(COUNT.0, COUNT.1)
}

fn keys() -> Reason {
    Reason::NotKnown(KEYS.to_vec())
}

fn knobs(known: &[&'static str]) -> Reason {
    Reason::NotKnown(known.to_vec())
}

pub(super) fn names(known: &[&'static str]) -> Reason {
    Reason::NoSuchName(known.to_vec())
}

fn losses() -> Reason {
    Reason::NoSuchName(LOSSES.iter().map(|rule| rule.key).collect())
}

fn optimizers() -> Reason {
    Reason::NoSuchName(OPTIMIZERS.iter().map(|rule| rule.key).collect())
}

fn schedules() -> Reason {
    Reason::NoSuchName(SCHEDULES.iter().map(|rule| rule.key).collect())
}

fn clips() -> Reason {
    names(&["norm", "value", "unit"])
}

/// The keys of a run whose rules have these knobs.
fn run_knobs(of_rules: &[&'static str]) -> Reason {
    Reason::NotKnown(
        [
            &["lr", "schedule", "warmup", "clip", "constrain", "batch", "ascent", "average"],
            of_rules,
        ]
        .concat(),
    )
}

fn presets() -> Reason {
    Reason::NoSuchName(PRESETS.iter().map(|preset| preset.key).collect())
}

pub(super) const MOST: f64 = 1e12;

/// The data sets for a line.
const LINES: [&str; 8] = [
    "line_3x2_seed0",
    "line_3x2_seed42",
    "line_2x1_seed0",
    "four_points",
    "penguins",
    "line",
    "wave",
    "own",
];

/// The bounds of a β, of a bound to clip at, of a number of steps.
const BETA: (f64, f64) = (0.0, 0.999_999);
const CLIP_AT: (f64, f64) = (1e-6, 1e6);
const COUNT: (f64, f64) = (1.0, 1e6);

/// Keys and what stands around them.
fn about_keys() -> Vec<Case> {
    vec![
        ("#v=2", "v", "2", Reason::NewerVersion),
        ("#v=17&steps=3", "v", "17", Reason::NewerVersion),
        ("#v=0", "v", "0", whole(1.0, 1.0)),
        ("#v=1.5", "v", "1.5", whole(1.0, 1.0)),
        ("#v=one", "v", "one", whole(1.0, 1.0)),
        ("#v=", "v", "", whole(1.0, 1.0)),
        ("#v", "v", "", Reason::NoValue),
        ("#v=1&steps", "steps", "", Reason::NoValue),
        ("#steps=5&steps=6", "steps", "6", Reason::Repeated),
        ("#steps=5&steps=5", "steps", "5", Reason::Repeated),
        ("#seed=5&seed=6", "seed", "6", Reason::Repeated),
        ("#hide=0&hide=none", "hide", "none", Reason::Repeated),
        ("#Steps=5", "Steps", "5", keys()),
        ("#step s=5", "step s", "5", keys()),
        ("#hello", "hello", "", keys()),
        ("hello", "hello", "", keys()),
        ("#=5", "", "5", keys()),
        ("#present=1", "present", "1", keys()),
        ("#embed=1", "embed", "1", keys()),
        ("#steps=%zz", "steps", "%zz", Reason::NotText),
        ("#steps=5%", "steps", "5%", Reason::NotText),
        ("#steps=5%2", "steps", "5%2", Reason::NotText),
        ("#%ff=5", "%ff", "5", Reason::NotText),
        ("#lang=%e4%b8", "lang", "%e4%b8", Reason::NotText),
        ("#lang=%e4%b8%ad", "lang", "中", names(&["en", "zh"])),
        ("#st%65ps=0", "steps", "0", whole(1.0, 1e6)),
    ]
}

/// Presets, losses and their knobs.
fn about_losses() -> Vec<Case> {
    vec![
        ("#preset=nowhere", "preset", "nowhere", presets()),
        ("#preset=", "preset", "", presets()),
        ("#preset=Saddle", "preset", "Saddle", presets()),
        ("#loss=quadratik", "loss", "quadratik", losses()),
        ("#loss=", "loss", "", losses()),
        ("#loss=,kappa=3", "loss", "", losses()),
        ("#loss=kappa=3", "loss", "kappa=3", losses()),
        ("#loss=spline_regression", "loss", "spline_regression", losses()),
        ("#loss=linear_regression,data=iris", "loss.data", "iris", names(&LINES)),
        ("#loss=linear_regression,data=1", "loss.data", "1", names(&LINES)),
        ("#loss=linear_regression,data", "loss.data", "", names(&LINES)),
        (
            "#loss=linear_regression,reduction=Mean",
            "loss.reduction",
            "Mean",
            names(&["half_mean", "mean", "half_sum", "sum"]),
        ),
        ("#loss=linear_regression,intercept=2", "loss.intercept", "2", names(&["0", "1"])),
        ("#loss=linear_regression,intercept=yes", "loss.intercept", "yes", names(&["0", "1"])),
        (
            "#loss=linear_regression,standardize=",
            "loss.standardize",
            "",
            names(&["0", "1", "features"]),
        ),
        ("#loss=linear_regression,l1=-1", "loss.l1", "-1", range(0.0, 100.0)),
        ("#loss=linear_regression,l2=101", "loss.l2", "101", range(0.0, 100.0)),
        (
            "#loss=logistic_regression,data=four_points",
            "loss.data",
            "four_points",
            names(&["penguins", "blobs", "moons", "circles", "spirals", "own"]),
        ),
        (
            "#loss=logistic_regression,features=2",
            "loss.features",
            "2",
            knobs(&[
                "data",
                "intercept",
                "l2",
                "standardize",
                "count",
                "noise",
                "outliers",
                "data_seed",
            ]),
        ),
        ("#loss=quadratic,kappa=0.5", "loss.kappa", "0.5", range(1.0, 1000.0)),
        ("#loss=quadratic,kappa=1e4", "loss.kappa", "1e4", range(1.0, 1000.0)),
        ("#loss=quadratic,kappa=NaN", "loss.kappa", "NaN", range(1.0, 1000.0)),
        ("#loss=quadratic,kappa", "loss.kappa", "", range(1.0, 1000.0)),
        ("#loss=quadratic,kappa=", "loss.kappa", "", range(1.0, 1000.0)),
        ("#loss=quadratic,kappa=1=2", "loss.kappa", "1=2", range(1.0, 1000.0)),
        ("#loss=quadratic,angle=-90.01", "loss.angle", "-90.01", range(-90.0, 90.0)),
        ("#loss=quadratic,a=1", "loss.a", "1", knobs(&["kappa", "angle"])),
        ("#loss=booth,a=1", "loss.a", "1", knobs(&[])),
        ("#loss=deep_chain,depth=2.5", "loss.depth", "2.5", whole(2.0, 50.0)),
        ("#loss=deep_chain,depth=51", "loss.depth", "51", whole(2.0, 50.0)),
        ("#loss=quadratic,kappa=5,kappa=7", "loss.kappa", "7", Reason::Repeated),
        ("#preset=saddle&loss=x", "loss", "x", losses()),
    ]
}

/// How many features there are, and which of them are scaled.
fn about_features() -> Vec<Case> {
    vec![
        ("#loss=linear_regression,features=3", "loss.features", "3", whole(1.0, 2.0)),
        ("#loss=linear_regression,features=1.5", "loss.features", "1.5", whole(1.0, 2.0)),
        (
            "#loss=logistic_regression,standardize=features",
            "loss.standardize",
            "features",
            names(&["0", "1"]),
        ),
    ]
}

/// Where the runs begin and end, and what disturbs them all.
fn about_numbers() -> Vec<Case> {
    vec![
        ("#start=1", "start", "1", Reason::WrongCount(2)),
        ("#start=1,2,3", "start", "1,2,3", Reason::WrongCount(2)),
        ("#start=", "start", "", Reason::WrongCount(2)),
        ("#loss=parabola&start=1,2", "start", "1,2", Reason::WrongCount(1)),
        ("#start=1,2&loss=parabola", "start", "1,2", Reason::WrongCount(1)),
        ("#preset=theta_squared&start=1,2", "start", "1,2", Reason::WrongCount(1)),
        ("#loss=linear_regression,intercept=0&start=1,2", "start", "1,2", Reason::WrongCount(1)),
        ("#loss=linear_regression&start=1", "start", "1", Reason::WrongCount(2)),
        ("#start=1,", "start", "", range(-MOST, MOST)),
        ("#start=1, 2", "start", " 2", range(-MOST, MOST)),
        ("#start=a,2", "start", "a", range(-MOST, MOST)),
        ("#start=inf,2", "start", "inf", range(-MOST, MOST)),
        ("#start=1,1e13", "start", "1e13", range(-MOST, MOST)),
        ("#start=1,1e400", "start", "1e400", range(-MOST, MOST)),
        ("#start=0x10,2", "start", "0x10", range(-MOST, MOST)),
        ("#start=１,2", "start", "１", range(-MOST, MOST)),
        ("#steps=0", "steps", "0", whole(1.0, 1e6)),
        ("#steps=-5", "steps", "-5", whole(1.0, 1e6)),
        ("#steps=1000001", "steps", "1000001", whole(1.0, 1e6)),
        ("#steps=2.5", "steps", "2.5", whole(1.0, 1e6)),
        ("#steps=many", "steps", "many", whole(1.0, 1e6)),
        ("#stop_loss=low", "stop_loss", "low", range(-MOST, MOST)),
        ("#stop_loss=1e13", "stop_loss", "1e13", range(-MOST, MOST)),
        ("#stop_grad=-1", "stop_grad", "-1", range(0.0, MOST)),
        ("#noise=-1", "noise", "-1", range(0.0, 1e6)),
        ("#noise=1e7", "noise", "1e7", range(0.0, 1e6)),
        ("#noise=loud", "noise", "loud", range(0.0, 1e6)),
        ("#seed=-1", "seed", "-1", Reason::NotASeed),
        ("#seed=+1", "seed", "+1", Reason::NotASeed),
        ("#seed=1.0", "seed", "1.0", Reason::NotASeed),
        ("#seed=1e3", "seed", "1e3", Reason::NotASeed),
        ("#seed=", "seed", "", Reason::NotASeed),
        ("#seed=lucky", "seed", "lucky", Reason::NotASeed),
        ("#seed=18446744073709551616", "seed", "18446744073709551616", Reason::NotASeed),
        ("#batch=1", "batch", "1", Reason::NoSamples),
        ("#batch=none", "batch", "none", Reason::NoSamples),
        ("#loss=linear_regression&batch=0", "batch", "0", whole(1.0, 100.0)),
        ("#loss=linear_regression&batch=101", "batch", "101", whole(1.0, 100.0)),
        ("#loss=linear_regression&batch=2.5", "batch", "2.5", whole(1.0, 100.0)),
        ("#loss=linear_regression&batch=Full", "batch", "Full", whole(1.0, 100.0)),
        ("#batch=5&loss=linear_regression,data=four_points", "batch", "5", whole(1.0, 4.0)),
        ("#loss=logistic_regression&batch=275", "batch", "275", whole(1.0, 274.0)),
        ("#batch=1..full", "batch", "1..full", Reason::NoSamples),
        ("#loss=linear_regression&batch=1..", "batch", "1..", Reason::NotABatchPlan(100)),
        ("#loss=linear_regression&batch=..8", "batch", "..8", Reason::NotABatchPlan(100)),
        ("#loss=linear_regression&batch=0..8", "batch", "0..8", Reason::NotABatchPlan(100)),
        ("#loss=linear_regression&batch=1..101", "batch", "1..101", Reason::NotABatchPlan(100)),
        ("#loss=linear_regression&batch=1...8", "batch", "1...8", Reason::NotABatchPlan(100)),
        ("#loss=linear_regression&batch=1..all", "batch", "1..all", Reason::NotABatchPlan(100)),
        ("#order=random", "order", "random", names(&["shuffled", "sequential"])),
        ("#order=", "order", "", names(&["shuffled", "sequential"])),
        ("#precision=f8", "precision", "f8", names(&["f64", "f32", "bf16", "f16"])),
        ("#precision=F32", "precision", "F32", names(&["f64", "f32", "bf16", "f16"])),
        ("#precision=", "precision", "", names(&["f64", "f32", "bf16", "f16"])),
    ]
}

/// Runs: optimizers, rates, how many there may be.
fn about_runs() -> Vec<Case> {
    vec![
        ("#run=adamm,lr=0.1", "run", "adamm", optimizers()),
        ("#run=Adam", "run", "Adam", optimizers()),
        ("#run=", "run", "", optimizers()),
        ("#run=lr=0.1", "run", "lr=0.1", optimizers()),
        ("#run=sgd,lr=0", "run.lr", "0", Reason::NotPositive),
        ("#run=sgd,lr=-0", "run.lr", "-0", Reason::NotPositive),
        ("#run=sgd,lr=-0.1", "run.lr", "-0.1", Reason::NotPositive),
        ("#run=adam,lr=inf", "run.lr", "inf", Reason::NotPositive),
        ("#run=sgd,lr=1e400", "run.lr", "1e400", Reason::NotPositive),
        ("#run=sgd,lr=1e-400", "run.lr", "1e-400", Reason::NotPositive),
        ("#run=sgd,lr=nan", "run.lr", "nan", Reason::NotPositive),
        ("#run=sgd,lr", "run.lr", "", Reason::NotPositive),
        ("#run=sgd,lr=0.2,lr=0.3", "run.lr", "0.3", Reason::Repeated),
        ("#run=adam,beta1=1", "run.beta1", "1", bounds(BETA)),
        ("#run=adam,beta2=1", "run.beta2", "1", bounds(BETA)),
        ("#run=momentum,momentum=1", "run.momentum", "1", bounds(BETA)),
        ("#run=nesterov,momentum=1.5", "run.momentum", "1.5", bounds(BETA)),
        ("#run=rmsprop,alpha=1e0", "run.alpha", "1e0", bounds(BETA)),
        ("#run=adadelta,rho=2", "run.rho", "2", bounds(BETA)),
        ("#run=lion,beta1=-0.1", "run.beta1", "-0.1", bounds(BETA)),
        ("#run=momentum,momentum", "run.momentum", "", bounds(BETA)),
        ("#run=adagrad,eps=0", "run.eps", "0", range(1e-16, 1.0)),
        ("#run=adamw,weight_decay=-1", "run.weight_decay", "-1", range(0.0, 1.0)),
        ("#run=lbfgs,memory=2.5", "run.memory", "2.5", whole(1.0, 50.0)),
        ("#run=sgd,momentum=0.9", "run.momentum", "0.9", run_knobs(&[])),
        ("#run=momentum,beta1=0.9", "run.beta1", "0.9", run_knobs(&["momentum"])),
        ("#run=adam,alpha=0.9", "run.alpha", "0.9", run_knobs(&["beta1", "beta2", "eps"])),
        ("#run=sgd,gamma=0.5", "run.gamma", "0.5", run_knobs(&[])),
        ("#run=sgd,batch=8", "run.batch", "8", Reason::NoSamples),
        ("#loss=linear_regression&run=sgd,batch=101", "run.batch", "101", whole(1.0, 100.0)),
        (
            "#loss=linear_regression&run=sgd,batch=2..",
            "run.batch",
            "2..",
            Reason::NotABatchPlan(100),
        ),
        ("#run=sgd,ascent=2", "run.ascent", "2", names(&["0", "1"])),
        ("#run=sgd,ascent", "run.ascent", "", names(&["0", "1"])),
        ("#run=sgd,average=1.5", "run.average", "1.5", range(0.0, 1.0)),
        ("#run=sgd,average=-0.5", "run.average", "-0.5", range(0.0, 1.0)),
        ("#run=sgd,average=half", "run.average", "half", range(0.0, 1.0)),
        ("#run=sgd&run=adamm", "run", "adamm", optimizers()),
        ("#hide=1", "hide", "1", Reason::NotARun(0)),
        ("#hide=", "hide", "", Reason::NotARun(0)),
        ("#hide=chart", "hide", "chart", Reason::NotARun(0)),
        ("#run=sgd&run=adam&hide=0,2", "hide", "2", Reason::NotARun(1)),
        ("#run=sgd&hide=-1", "hide", "-1", Reason::NotARun(0)),
        ("#hide=1.0&run=sgd&run=sgd", "hide", "1.0", Reason::NotARun(1)),
        ("#hide=none,0", "hide", "none", Reason::NotARun(0)),
    ]
}

/// Schedules, warm-up, clipping and constraints.
fn about_schedules() -> Vec<Case> {
    vec![
        ("#run=sgd,schedule=cosinus", "run.schedule", "cosinus", schedules()),
        ("#run=sgd,schedule", "run.schedule", "", schedules()),
        ("#run=sgd,schedule=step,schedule=step", "run.schedule", "step", Reason::Repeated),
        ("#run=sgd,schedule=step,step_size=0", "run.step_size", "0", count()),
        ("#run=sgd,schedule=step,step_size=2.5", "run.step_size", "2.5", count()),
        ("#run=sgd,schedule=step,gamma=2", "run.gamma", "2", range(1e-3, 1.0)),
        ("#run=sgd,schedule=step,gamma=0", "run.gamma", "0", range(1e-3, 1.0)),
        ("#run=sgd,schedule=cosine,t_max=0", "run.t_max", "0", count()),
        ("#run=sgd,schedule=cosine,eta_min=-1", "run.eta_min", "-1", range(0.0, 1.0)),
        (
            "#run=sgd,schedule=cosine,gamma=0.5",
            "run.gamma",
            "0.5",
            run_knobs(&["t_max", "eta_min"]),
        ),
        (
            "#run=momentum,schedule=step,beta1=0.5",
            "run.beta1",
            "0.5",
            run_knobs(&["momentum", "step_size", "gamma"]),
        ),
        ("#run=sgd,warmup=201", "run.warmup", "201", whole(0.0, 200.0)),
        ("#steps=50&run=sgd,warmup=51", "run.warmup", "51", whole(0.0, 50.0)),
        ("#run=sgd,warmup=51&steps=50", "run.warmup", "51", whole(0.0, 50.0)),
        ("#run=sgd,warmup=101&preset=oscillating", "run.warmup", "101", whole(0.0, 100.0)),
        ("#run=sgd,warmup=-1", "run.warmup", "-1", whole(0.0, 200.0)),
        ("#run=sgd,warmup=0.5", "run.warmup", "0.5", whole(0.0, 200.0)),
        ("#run=sgd,warmup", "run.warmup", "", whole(0.0, 200.0)),
        ("#run=sgd,warmup=5,warmup=6", "run.warmup", "6", Reason::Repeated),
        ("#run=sgd,clip=hard", "run.clip", "hard", clips()),
        ("#run=sgd,clip", "run.clip", "", clips()),
        ("#run=sgd,clip=norm,clip=unit", "run.clip", "unit", Reason::Repeated),
        ("#run=sgd,clip=norm,clip_at=0", "run.clip_at", "0", bounds(CLIP_AT)),
        ("#run=sgd,clip_at=-1,clip=value", "run.clip_at", "-1", bounds(CLIP_AT)),
        ("#run=sgd,clip_at=1", "run.clip_at", "1", run_knobs(&[])),
        ("#run=sgd,clip=unit,clip_at=1", "run.clip_at", "1", run_knobs(&[])),
        ("#run=sgd,constrain=unit", "run.constrain", "unit", names(&["value", "norm"])),
        ("#run=sgd,constrain", "run.constrain", "", names(&["value", "norm"])),
        ("#run=sgd,constrain=norm,constrain_at=0", "run.constrain_at", "0", bounds(CLIP_AT)),
        ("#run=sgd,constrain_at=2e6,constrain=value", "run.constrain_at", "2e6", bounds(CLIP_AT)),
        ("#run=sgd,constrain_at=1", "run.constrain_at", "1", run_knobs(&[])),
        ("#run=sgd,schedule=reduce_on_plateau,factor=1", "run.factor", "1", range(1e-3, 0.999)),
        (
            "#run=sgd,schedule=reduce_on_plateau,patience=2.5",
            "run.patience",
            "2.5",
            whole(0.0, 1000.0),
        ),
        (
            "#run=sgd,schedule=reduce_on_plateau,threshold=-1",
            "run.threshold",
            "-1",
            range(0.0, 1.0),
        ),
    ]
}

/// One run more than there may be.
pub(super) const NINE_RUNS: &str = "#run=sgd,lr=1&run=sgd,lr=2&run=sgd,lr=3&run=sgd,lr=4&run=sgd,lr=5\
    &run=sgd,lr=6&run=sgd,lr=7&run=sgd,lr=8&run=sgd,lr=9";

/// All of them.
pub(super) fn cases() -> Vec<Case> {
    [
        about_keys(),
        super::networks::cases(),
        about_losses(),
        about_features(),
        super::own::cases(),
        super::plane::cases(),
        about_numbers(),
        about_runs(),
        about_schedules(),
        super::page_cases::cases(),
        vec![(NINE_RUNS, "run", "sgd,lr=9", Reason::TooManyRuns(8))],
    ]
    .concat()
}
