//! Networks in Python.

use super::super::super::data::Task;
use super::super::PythonLines;
use super::adapter::FEW;
use super::{
    BIAS_PLACE, DEPTH_PLACE, L1_PLACE, L2_PLACE, RULE, STANDARDIZE_PLACE, Setting, activation,
    error, initialisation, place, shape,
};

/// The loss for these values of the knobs: the output of all layers, and its gradient by
/// back-propagation.
pub(super) fn lines(setting: &Setting) -> PythonLines {
    let has_classes = RULE.task(setting) == Some(Task::Classification);
    let names: &[&str] =
        if has_classes { &["first", "second", "classes"] } else { &["inputs", "targets"] };
    let (features, target) = (&names[..names.len() - 1], names[names.len() - 1]);
    let standardized = if has_classes { features } else { names };
    let is_standardized = setting[STANDARDIZE_PLACE] > 0.0;
    let [has_l1, has_l2] = [L1_PLACE, L2_PLACE].map(|knob| setting[knob] > 0.0);
    let with = |condition: bool, text: &str| (if condition { text } else { "" }).to_owned();
    let stacked: Vec<String> = features.iter().map(|name| format!("{name}[batch]")).collect();
    let [value, slope] =
        error(setting).python.map(|text| text.replace("{y}", &format!("{target}[batch]")));
    let weights = if setting[BIAS_PLACE] > 0.0 { "weights_of(theta)" } else { "theta" };
    PythonLines {
        columns: names.iter().copied().zip(RULE.columns(setting)).collect(),
        standardized: if is_standardized { standardized.to_vec() } else { Vec::new() },
        functions: functions(setting),
        draws: Some(draws(setting)),
        parts: vec![
            ("features", format!("np.stack([{}])", stacked.join(", "))),
            ("z", "sums(theta, features)[-1][0]".to_owned()),
            ("losses", value),
            ("delta", format!("({slope})[None] / len(z)")),
            ("weights", weights.to_owned()),
        ],
        value: "losses.mean()".to_owned()
            + &with(has_l2, " + {l2} / 2 * (weights @ weights)")
            + &with(has_l1, " + {l1} * np.abs(weights).sum()"),
        gradient: vec![
            "backward(theta, features, delta)".to_owned()
                + &with(has_l2, " + {l2} * weights")
                + &with(has_l1, " + {l1} * np.sign(weights)"),
        ],
        hessian: if shape(setting).dimension() > FEW {
            Vec::new()
        } else {
            vec![DIFFERENCES.to_owned()]
        },
    }
}

/// The Hessian by differences of the gradient along each parameter.
const DIFFERENCES: &str =
    "np.stack([dJ(theta + e) - dJ(theta - e) for e in 1e-5 * np.eye(len(theta))]) / 2e-5";

/// What the expressions call: all that a loss asks for, then what its gradient does.
fn functions(setting: &Setting) -> [Vec<String>; 2] {
    let rule = activation(setting);
    let inner: Vec<String> =
        shape(setting).layers().iter().map(|l| format!("({}, {})", l.inputs, l.outputs)).collect();
    let depth = place(setting[DEPTH_PLACE]);
    let between = "(W, W)".replace('W', &setting[super::WIDTH_PLACE].to_string());
    let all = match inner.as_slice() {
        // Many that are alike are counted.
        [first, .., last] if depth > 4 => {
            format!("[{first}] + {} * [{between}] + [{last}]", depth - 2)
        }
        _ => format!("[{}]", inner.join(", ")),
    };
    let layers = format!("LAYERS = {all}  # inputs, outputs");
    let of_z = |name: &str, text: &str| {
        let (lines, value) = text.rsplit_once('\n').unwrap_or(("", text));
        let lines = lines.lines().flat_map(|line| ["    ", line, "\n"]).collect::<String>();
        format!("def {name}(z):\n{lines}    return {value}")
    };
    let phi = of_z("phi", rule.python[0]);
    let has_bias = setting[BIAS_PLACE] > 0.0;
    let text = |text: &str| without_bias(text.trim_end(), has_bias);
    let mut forward = vec![layers, phi, text(include_str!("layers.py"))];
    if has_bias && (setting[L1_PLACE] > 0.0 || setting[L2_PLACE] > 0.0) {
        forward.push(include_str!("weights.py").trim_end().to_owned());
    }
    let backward = [of_z("dphi", rule.python[1]), text(include_str!("backward.py"))];
    [forward, backward.to_vec()]
}

/// The function that draws θ of step 0.
fn draws(setting: &Setting) -> String {
    let rule = initialisation(setting);
    let shape = rule.python.replace('\n', "\n        ");
    let text = include_str!("initial.py").trim_end();
    let text = text.replace("{words}", rule.name.en).replace("{shape}", &shape);
    without_bias(&text, setting[BIAS_PLACE] > 0.0)
}

/// `text` without what it says of biases, where there are none.
fn without_bias(text: &str, has_bias: bool) -> String {
    if has_bias {
        return text.to_owned();
    }
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("b = ") && *line != "        at += outputs");
    let text = lines.collect::<Vec<_>>().join("\n");
    [
        ("W and b of each layer, in PyTorch's order", "W of each layer, in PyTorch's order"),
        ("yield W, b", "yield W"),
        ("for W, b in", "for W in"),
        ("W @ a + b[:, None]", "W @ a"),
        ("for at, (W, b) in", "for at, W in"),
        ("[(delta @ a.T).ravel(), delta.sum(axis=1)] + parts", "[(delta @ a.T).ravel()] + parts"),
        ("parts += [W.ravel(), np.zeros(outputs)]", "parts += [W.ravel()]"),
    ]
    .iter()
    .fold(text, |text, (with, without)| text.replace(with, without))
}
