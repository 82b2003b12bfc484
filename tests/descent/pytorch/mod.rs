//! Networks take the steps that PyTorch takes: its numbers are stored, by `network.py`
//! beside this file, which compares much more where PyTorch is present.

use descent_lab::descent::Layer;
use descent_lab::descent::loss::Whole;
use descent_lab::scenario::decode;
use serde_json::Value;

/// As a share of the length of a layer's gradient; near a minimum, where all is cancelled
/// but rounding, of a millionth of what it was at first.
const TOLERANCE: f64 = 1e-9;

const LINKS: &str = include_str!("links.txt");
const REFERENCE: &str = include_str!("reference.json");

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// The length of a gradient, its first and its last component, as the reference has them.
fn summary(slopes: &[f64]) -> Vec<f64> {
    let length = slopes.iter().map(|slope| slope * slope).sum::<f64>().sqrt();
    let ends = slopes.first().zip(slopes.last());
    ends.map_or_else(Vec::new, |(first, last)| vec![length, *first, *last])
}

fn assert_near(found: &[f64], expected: &Value, first: &Value, of: &str) {
    let expected: Vec<f64> = list(expected).iter().map(number).collect();
    let least = first.get(0).map_or(0.0, |length| 1e-6 * number(length)).max(1e-18);
    assert_eq!(found.len(), expected.len(), "{of}");
    for (found, number) in found.iter().zip(&expected) {
        let size = expected[0].max(least);
        assert!((found - number).abs() <= TOLERANCE * size, "{of}: {found} is not {number}");
    }
}

fn assert_layers(layers: &[Layer], gradient: &[f64], [expected, first]: [&Value; 2], of: &str) {
    assert_eq!(layers.len(), list(expected).len(), "{of}");
    for (place, (layer, expected)) in layers.iter().zip(list(expected)).enumerate() {
        let of = format!("{of}, layer {}", place + 1);
        for (part, range) in [("weights", &layer.weights), ("biases", &layer.biases)] {
            let found = summary(&gradient[range.clone()]);
            assert_near(&found, &expected[part], &first[place][part], &of);
        }
    }
}

#[test]
fn losses_and_gradients_are_pytorchs() {
    let reference: Value = serde_json::from_str(REFERENCE).expect("it is JSON");
    let mut compared = Vec::new();
    for case in list(&reference) {
        let link = case["link"].as_str().expect("a link");
        let (scenario, refused) = decode(link);
        assert_eq!(refused, [], "{link}");
        let loss = scenario.build_loss();
        let layers = loss.layered().expect("a network").layers();
        let whole = Whole(loss.as_ref());
        let trajectory = scenario.descend(&scenario.runs[0], &whole);
        // A run that keeps less takes the same steps.
        let usual = scenario.descend(&scenario.runs[0], loss.as_ref());
        assert_eq!(usual.losses(), trajectory.losses(), "{link}");
        for expected in list(&case["steps"]) {
            let step = usize::try_from(expected["step"].as_u64().expect("a step")).expect("small");
            let of = format!("{link}, step {step}");
            let (found, loss) = (trajectory.losses()[step], number(&expected["loss"]));
            assert!((found - loss).abs() <= TOLERANCE * loss, "{of}: {found} is not {loss}");
            let gradient = trajectory.gradient(step).expect("all are kept");
            let first = &case["steps"][0]["layers"];
            assert_layers(layers, gradient, [&expected["layers"], first], &of);
        }
        compared.push(link);
    }
    assert_eq!(compared, LINKS.split_whitespace().collect::<Vec<_>>(), "run network.py --write");
}

/// Between them the links have everything that a network may be made of.
#[test]
fn every_part_of_a_network_has_a_link() {
    let parts = [
        &["activation=linear", "sigmoid", "relu", "leaky_relu", "gelu"][..],
        &["init=normal", "init=he", "init=orthogonal", "gain=", "init_seed="],
        &["error=squared", "data=wave", "depth=1", "depth=8", "bias=0", "standardize=0"],
        &["l1=", "l2=", "run=momentum", "run=adam", "batch=", "order=sequential"],
    ];
    for part in parts.concat() {
        assert!(LINKS.contains(part), "{part}");
    }
}
