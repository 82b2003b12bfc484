//! What is refused, under which key and why, and what is kept beside it.

use std::collections::BTreeSet;

use descent_lab::scenario::{Reason, Refusal, Run, Scenario, decode};

use super::cases::{NINE_RUNS, cases};

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
        Reason::NoSamples => "NoSamples",
        Reason::NotABatchPlan(_) => "NotABatchPlan",
        Reason::NotPositive => "NotPositive",
        Reason::NotASeed => "NotASeed",
        Reason::TooManyRuns(_) => "TooManyRuns",
        Reason::NotARun(_) => "NotARun",
        Reason::NeedsClasses(_) => "NeedsClasses",
        Reason::StartIsDrawn(_) => "StartIsDrawn",
        Reason::WrongCount(_) => "WrongCount",
        Reason::NotAWindow => "NotAWindow",
        Reason::Own(reason) => super::own::name(*reason),
        Reason::NoPlane => "NoPlane",
        Reason::NoLayers => "NoLayers",
        Reason::NotAPlane(_) => "NotAPlane",
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
    assert_eq!(named.len(), 30, "{named:?}");
}

#[test]
fn what_is_around_a_refused_part_is_kept() {
    let (scenario, refused) = decode(
        "#v=2&loss=quadratic,kappa=0,angle=30&start=9e99,1&steps=77&run=sgd,lr=0.3,clip=hard\
         &batch=8&lang=zh&theme=pink&step=78",
    );
    let keys: Vec<&str> = refused.iter().map(|refusal| refusal.key.as_str()).collect();
    assert_eq!(keys, ["v", "loss.kappa", "start", "batch", "run.clip", "step", "theme"]);
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

/// The rates of the runs that a link gives.
fn rates(link: &str) -> Vec<f64> {
    decode(link).0.runs.iter().map(|run| run.learning_rate).collect()
}

#[test]
fn of_nine_runs_the_first_eight_are_kept_in_their_order() {
    assert_eq!(rates(NINE_RUNS), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]);
    // What follows the ninth is read all the same.
    let (scenario, refused) = decode(&format!("{NINE_RUNS}&run=sgd,lr=10&steps=7"));
    assert_eq!((scenario.runs.len(), scenario.steps, refused.len()), (8, 7, 2));
}

#[test]
fn a_refused_run_leaves_the_others() {
    let (scenario, refused) = decode("#run=sgd,lr=1&run=adamm,lr=2&run=adam,lr=3,beta1=7&hide=1");
    let keys: Vec<&str> = refused.iter().map(|refusal| refusal.key.as_str()).collect();
    assert_eq!(keys, ["run", "run.beta1"]);
    // The run to be hidden is the one that was refused.
    assert_eq!(scenario, decode("#run=sgd,lr=1&run=adam,lr=3").0);
    let (scenario, _) = decode("#run=sgd,lr=1&run=adamm,lr=2&run=adam,lr=3&hide=2");
    assert_eq!(scenario, decode("#run=sgd,lr=1&run=adam,lr=3&hide=1").0);
    // A run that is refused leaves its place to another.
    let (scenario, refused) = decode(&NINE_RUNS.replace("sgd,lr=2", "x"));
    assert_eq!((scenario.runs.len(), refused.len()), (8, 1));
}

#[test]
fn where_all_runs_are_refused_those_of_the_preset_stay() {
    let (scenario, refused) = decode("#preset=oscillating&run=adamm,lr=2&run=,lr=3");
    assert_eq!(refused.len(), 2);
    assert_eq!(scenario, decode("#preset=oscillating").0);
    assert_eq!(decode("#run=adamm,lr=2").0, Scenario::default(), "or the default's");
}

#[test]
fn what_a_run_may_not_have_takes_its_default() {
    let given = "#run=adam,lr=0,beta1=1,beta2=0.5,schedule=cosinus,warmup=500,clip=norm,clip_at=-1";
    let (scenario, refused) = decode(given);
    assert_eq!(refused.len(), 5);
    let [run] = &scenario.runs[..] else { panic!("one run") };
    let expected = decode("#run=adam,beta2=0.5,clip=norm").0;
    assert_eq!(*run, expected.runs[0]);
    assert_eq!(run.learning_rate, Run::default().learning_rate);
    assert_eq!((run.optimizer.knobs[0], run.optimizer.knobs[1], run.warmup), (0.9, 0.5, 0));
    assert_eq!(run.clip.as_ref().map(|clip| clip.knobs[0]), Some(1.0));
}

#[test]
fn a_warm_up_may_be_as_long_as_the_steps_wherever_they_are_said() {
    for link in ["#steps=300&run=sgd,warmup=300", "#run=sgd,warmup=300&steps=300"] {
        let (scenario, refused) = decode(link);
        assert_eq!((scenario.runs[0].warmup, refused), (300, vec![]), "{link}");
    }
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
