//! What is refused, under which key and why: one line a case.

use std::collections::BTreeSet;

use descent_lab::descent::loss::LOSSES;
use descent_lab::scenario::{PRESETS, Reason, Refusal, Scenario, decode};

/// The keys of a link, in their order.
const KEYS: [&str; 13] = [
    "v",
    "preset",
    "loss",
    "start",
    "steps",
    "stop_loss",
    "stop_grad",
    "run",
    "step",
    "play",
    "lang",
    "theme",
    "view",
];

/// A link with one thing to refuse: key, value, reason.
type Case = (&'static str, &'static str, &'static str, Reason);

fn whole(min: f64, max: f64) -> Reason {
    Reason::NotInRange { min, max, whole: true }
}

fn range(min: f64, max: f64) -> Reason {
    Reason::NotInRange { min, max, whole: false }
}

fn keys() -> Reason {
    Reason::NotKnown(KEYS.to_vec())
}

fn knobs(known: &[&'static str]) -> Reason {
    Reason::NotKnown(known.to_vec())
}

fn names(known: &[&'static str]) -> Reason {
    Reason::NoSuchName(known.to_vec())
}

fn losses() -> Reason {
    Reason::NoSuchName(LOSSES.iter().map(|rule| rule.key).collect())
}

fn presets() -> Reason {
    Reason::NoSuchName(PRESETS.iter().map(|preset| preset.key).collect())
}

const MOST: f64 = 1e12;

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
        ("#run=sgd,lr=0.2&run=sgd,lr=0.3", "run", "sgd,lr=0.3", Reason::Repeated),
        ("#Steps=5", "Steps", "5", keys()),
        ("#step s=5", "step s", "5", keys()),
        ("#hello", "hello", "", keys()),
        ("hello", "hello", "", keys()),
        ("#=5", "", "5", keys()),
        ("#seed=1", "seed", "1", keys()),
        ("#batch=full", "batch", "full", keys()),
        ("#order=shuffled", "order", "shuffled", keys()),
        ("#noise=0", "noise", "0", keys()),
        ("#precision=f32", "precision", "f32", keys()),
        ("#present=1", "present", "1", keys()),
        ("#embed=1", "embed", "1", keys()),
        ("#hide=chart", "hide", "chart", keys()),
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
        ("#loss=logistic_regression", "loss", "logistic_regression", losses()),
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

/// Numbers of the run.
fn about_runs() -> Vec<Case> {
    vec![
        ("#start=1", "start", "1", Reason::WrongCount(2)),
        ("#start=1,2,3", "start", "1,2,3", Reason::WrongCount(2)),
        ("#start=", "start", "", Reason::WrongCount(2)),
        ("#loss=parabola&start=1,2", "start", "1,2", Reason::WrongCount(1)),
        ("#start=1,2&loss=parabola", "start", "1,2", Reason::WrongCount(1)),
        ("#preset=theta_squared&start=1,2", "start", "1,2", Reason::WrongCount(1)),
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
        ("#run=adam,lr=0.1", "run", "adam", names(&["sgd"])),
        ("#run=", "run", "", names(&["sgd"])),
        ("#run=lr=0.1", "run", "lr=0.1", names(&["sgd"])),
        ("#run=sgd,lr=0", "run.lr", "0", Reason::NotPositive),
        ("#run=sgd,lr=-0.1", "run.lr", "-0.1", Reason::NotPositive),
        ("#run=sgd,lr=1e400", "run.lr", "1e400", Reason::NotPositive),
        ("#run=sgd,lr=1e-400", "run.lr", "1e-400", Reason::NotPositive),
        ("#run=sgd,lr=nan", "run.lr", "nan", Reason::NotPositive),
        ("#run=sgd,lr", "run.lr", "", Reason::NotPositive),
        ("#run=sgd,lr=0.2,lr=0.3", "run.lr", "0.3", Reason::Repeated),
        ("#run=sgd,schedule=cosine", "run.schedule", "cosine", names(&["constant"])),
        ("#run=sgd,schedule", "run.schedule", "", names(&["constant"])),
        (
            "#run=sgd,schedule=constant,schedule=constant",
            "run.schedule",
            "constant",
            Reason::Repeated,
        ),
        ("#run=sgd,momentum=0.9", "run.momentum", "0.9", knobs(&["lr", "schedule"])),
        ("#run=sgd,warmup=5", "run.warmup", "5", knobs(&["lr", "schedule"])),
        ("#run=sgd,clip=norm", "run.clip", "norm", knobs(&["lr", "schedule"])),
    ]
}

/// What the page remembers.
fn about_the_page() -> Vec<Case> {
    vec![
        ("#step=201", "step", "201", whole(0.0, 200.0)),
        ("#step=51&steps=50", "step", "51", whole(0.0, 50.0)),
        ("#step=-1", "step", "-1", whole(0.0, 200.0)),
        ("#step=0.5", "step", "0.5", whole(0.0, 200.0)),
        ("#play=yes", "play", "yes", names(&["0", "1"])),
        ("#play=01", "play", "01", names(&["0", "1"])),
        ("#lang=de", "lang", "de", names(&["en", "zh"])),
        ("#lang=EN", "lang", "EN", names(&["en", "zh"])),
        ("#theme=blue", "theme", "blue", names(&["light", "dark"])),
        ("#view=0,1,0", "view", "0,1,0", Reason::WrongCount(4)),
        ("#view=0,1,0,x", "view", "x", range(-MOST, MOST)),
        ("#view=0,1,0,1e300", "view", "1e300", range(-MOST, MOST)),
        ("#view=1,0,0,1", "view", "1,0,0,1", Reason::NotAWindow),
        ("#view=0,1,1,1", "view", "0,1,1,1", Reason::NotAWindow),
        ("#view=0,1,1e12,1e12", "view", "0,1,1e12,1e12", Reason::NotAWindow),
        ("#view=5,5.000000000000001,0,1", "view", "5,5.000000000000001,0,1", Reason::NotAWindow),
    ]
}

fn cases() -> Vec<Case> {
    [about_keys(), about_losses(), about_runs(), about_the_page()].concat()
}

#[test]
fn each_refusal_names_its_key_its_value_and_its_reason() {
    for (link, key, value, reason) in cases() {
        let (_, refused) = decode(link);
        let expected = Refusal { key: key.to_owned(), value: value.to_owned(), reason };
        assert_eq!(refused, [expected], "{link}");
    }
}

/// The name of a reason; a new one is a compile error here and then a case above.
pub(super) fn name(reason: &Reason) -> &'static str {
    match reason {
        Reason::NotKnown(_) => "NotKnown",
        Reason::NoSuchName(_) => "NoSuchName",
        Reason::NotInRange { .. } => "NotInRange",
        Reason::NotPositive => "NotPositive",
        Reason::WrongCount(_) => "WrongCount",
        Reason::NotAWindow => "NotAWindow",
        Reason::Repeated => "Repeated",
        Reason::NewerVersion => "NewerVersion",
        Reason::NoValue => "NoValue",
        Reason::NotText => "NotText",
        Reason::TooLong => "TooLong",
        Reason::AndMore(_) => "AndMore",
    }
}

/// A link with so many things to refuse that not all are listed.
fn too_much() -> String {
    let parts: Vec<String> = (0..40).map(|i| format!("key{i}={i}")).collect();
    parts.join("&")
}

/// Every refusal of the table, and the two kinds that need a long link.
pub(super) fn examples() -> Vec<Refusal> {
    let long = ["steps=1".repeat(10_000), too_much()];
    let links = cases().into_iter().map(|(link, ..)| link.to_owned()).chain(long);
    links.flat_map(|link| decode(&link).1).collect()
}

#[test]
fn every_reason_has_a_case() {
    let named: BTreeSet<&str> = examples().iter().map(|refusal| name(&refusal.reason)).collect();
    assert_eq!(named.len(), 12, "{named:?}");
}

#[test]
fn what_is_around_a_refused_part_is_kept() {
    let (scenario, refused) = decode(
        "#v=2&loss=quadratic,kappa=0,angle=30&start=9e99,1&steps=77&run=sgd,lr=0.3,clip=norm\
         &batch=8&lang=zh&theme=pink&step=78",
    );
    let keys: Vec<&str> = refused.iter().map(|refusal| refusal.key.as_str()).collect();
    assert_eq!(keys, ["batch", "v", "loss.kappa", "start", "run.clip", "step", "theme"]);
    let expected = decode("#loss=quadratic,angle=30&steps=77&run=sgd,lr=0.3&lang=zh").0;
    assert_eq!(scenario, expected);
    assert_eq!(scenario.loss.knobs, [10.0, 30.0], "what was refused is at its default");
}

#[test]
fn the_first_of_two_is_taken() {
    let taken = |link: &str| decode(link).0;
    assert_eq!(taken("#steps=5&steps=6").steps, 5);
    assert_eq!(taken("#loss=quadratic,kappa=5,kappa=7").loss.knobs[0], 5.0);
    assert_eq!(taken("#run=sgd,lr=0.2,lr=0.3"), taken("#run=sgd,lr=0.2"));
    // A first one that was refused is no answer: the second one still counts as such.
    assert_eq!(decode("#steps=x&steps=6").1.len(), 2);
}

#[test]
fn a_long_list_is_cut_and_counted() {
    let (scenario, refused) = decode(&too_much());
    assert_eq!(scenario, Scenario::default());
    assert_eq!(refused.len(), 13);
    assert_eq!(refused[11].key, "key11");
    assert_eq!(refused[12].reason, Reason::AndMore(28));
}

#[test]
fn a_link_beyond_all_measure_is_not_read() {
    let fits = format!("#steps=7&x={}", "y".repeat(65_536 - "steps=7&x=".len()));
    let (scenario, refused) = decode(&fits);
    assert_eq!((scenario.steps, refused.len()), (7, 1));
    assert_eq!(refused[0].value, format!("{}…", "y".repeat(60)));
    let (scenario, refused) = decode(&format!("{fits}y"));
    assert_eq!(scenario, Scenario::default());
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].reason, Reason::TooLong);
    // Long texts are cut between characters, not within one.
    let (_, refused) = decode(&format!("#lang={}", "中".repeat(100)));
    assert_eq!(refused[0].value, format!("{}…", "中".repeat(60)));
}
