//! A network by its layers, as JSON.

use descent_lab::descent::loss::Whole;
use descent_lab::scenario::{decode, number_text};
use serde_json::Value;

use super::program::{lines, run};

const LINK: &str =
    "#v=1&loss=network,data=wave,width=3,l2=0.1&steps=4&run=sgd,lr=0.3&run=adam,lr=0.01";

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// All numbers of a gradient or of the weights, in their order in θ.
fn flat(layers: &Value) -> Vec<f64> {
    let number = |value: &Value| value.as_f64().expect("a number");
    let layer = |layer: &Value| -> Vec<f64> {
        let weights = list(&layer["weights"]).iter().flat_map(list);
        weights.chain(list(&layer["biases"])).map(number).collect()
    };
    list(layers).iter().flat_map(layer).collect()
}

/// As texts the numbers are the same bits; this reader of JSON is off by the last of them.
fn assert_same(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    let is_same = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-15 * b.abs();
    assert!(found.iter().zip(expected).all(is_same), "{found:?} is not {expected:?}");
}

#[test]
fn weights_gradients_and_losses_are_those_of_the_core() {
    let output = run(&[LINK, "--weights"]);
    assert_eq!((output.status.code(), lines(&output.stderr)), (Some(0), Vec::new()));
    let printed: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let scenario = decode(LINK).0;
    let loss = scenario.build_loss();
    assert_eq!(printed["link"], LINK);
    assert_eq!(
        (&printed["loss"]["key"], &printed["loss"]["width"]),
        (&"network".into(), &3.into())
    );
    assert_same(&flat(&printed["initial"]), &scenario.start);
    let text = String::from_utf8(output.stdout).expect("text");
    for weight in scenario.start.iter().chain(loss.data().expect("samples").target()) {
        assert!(text.contains(&number_text(*weight)), "{weight}: the shortest that reads back");
    }
    let target = loss.data().expect("samples").target();
    assert_eq!(list(&printed["samples"]).len(), 2);
    assert_eq!(list(&printed["samples"][1]).len(), target.len());
    assert_eq!(list(&printed["runs"]).len(), 2);
    for (run, printed) in scenario.runs.iter().zip(list(&printed["runs"])) {
        assert_eq!(printed["run"]["key"], run.optimizer.rule.key);
        let trajectory = scenario.descend(run, &Whole(loss.as_ref()));
        assert_eq!(list(&printed["steps"]).len(), 5);
        for (step, printed) in list(&printed["steps"]).iter().enumerate() {
            assert_eq!(printed["step"], step);
            let number = |key: &str| printed[key].as_f64().expect("a number");
            assert_same(&[number("loss")], &trajectory.losses()[step..=step]);
            assert_same(&[number("lr")], &trajectory.learning_rates()[step..=step]);
            let gradient = trajectory.gradient(step).expect("all are kept");
            assert_same(&flat(&printed["gradient"]), gradient);
        }
    }
}

#[test]
fn what_left_the_range_of_numbers_is_null() {
    let output = run(&["#v=1&loss=network,activation=linear&run=sgd,lr=1e308", "--weights"]);
    let printed: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let steps = list(&printed["runs"][0]["steps"]);
    assert!(steps.last().is_some_and(|step| step["loss"].is_null()), "{steps:?}");
}

#[test]
fn weights_are_refused_where_there_are_none() {
    for (arguments, said) in [
        (&["#v=1", "--weights"][..], "--weights: this loss has no layers."),
        (&[LINK, "--weights", "--weights"], "--weights: given more than once."),
        (&[LINK, "--weights", "--sweep", "5"], "--weights: means nothing beside --sweep."),
        (&[LINK, "--weights=all"], "--weights = all: it takes no value."),
    ] {
        let output = run(arguments);
        assert_eq!(lines(&output.stderr), [said], "{arguments:?}");
        assert_eq!((output.status.code(), &output.stdout[..]), (Some(2), &b""[..]));
    }
}

/// The table of a network has no columns for its parameters where they are many.
#[test]
fn the_table_of_a_network_names_few_parameters_or_none() {
    for (link, header) in [
        ("#v=1&loss=network&steps=3", "run,step,lr,loss,grad_norm"),
        ("#v=1&loss=network,data=wave,depth=1&steps=3", "run,step,lr,loss,grad_norm,x,y"),
        ("#v=1&loss=network,width=1,depth=2&steps=3", "run,step,lr,loss,grad_norm,w0,w1,w2,w3,w4"),
    ] {
        let output = run(&[link]);
        let lines = lines(&output.stdout);
        assert_eq!(lines[0], header, "{link}");
        let cells = header.split(',').count();
        assert!(lines[1..5].iter().all(|line| line.split(',').count() == cells), "{link}");
    }
}
