//! Logistic regression in Python.

use super::super::PythonLines;
use super::{INTERCEPT_PLACE, L2_PLACE, RULE, STANDARDIZE_PLACE, Setting};

/// The loss for these values of the knobs: with up to two parameters by the component, with
/// three with all of the gradient and of the Hessian in one expression.
pub(super) fn lines(setting: &Setting) -> PythonLines {
    let is_plane = RULE.features(setting) > 1;
    let names: &[&str] =
        if is_plane { &["first", "second", "classes"] } else { &["inputs", "classes"] };
    let features = &names[..names.len() - 1];
    let common = PythonLines {
        columns: names.iter().copied().zip(RULE.columns(setting)).collect(),
        standardized: if setting[STANDARDIZE_PLACE] > 0.0 { features.to_vec() } else { Vec::new() },
        ..PythonLines::default()
    };
    let has_penalty = setting[L2_PLACE] > 0.0;
    match (is_plane, setting[INTERCEPT_PLACE] > 0.0) {
        (true, true) => of_three(common, has_penalty),
        (_, has_intercept) => by_component(common, features, has_intercept, has_penalty),
    }
}

/// The parts that lead from z to the loss of each sample.
fn parts(z: String) -> Vec<(&'static str, String)> {
    vec![
        ("z", z),
        // exp(−z) would leave the range.
        ("chance", "(1 + np.tanh(z / 2)) / 2".to_owned()),
        ("losses", "np.logaddexp(0 * z, z) - classes[batch] * z".to_owned()),
    ]
}

fn by_component(
    common: PythonLines,
    features: &[&str],
    has_intercept: bool,
    has_penalty: bool,
) -> PythonLines {
    let with = |text: String, penalty: &str| text + if has_penalty { penalty } else { "" };
    let penalties = [" + {l2} * x", " + {l2} * y"];
    let weighted = |(name, feature): (&str, &&str)| format!("{name} * {feature}[batch]");
    let mut z: Vec<String> = ["x", "y"].into_iter().zip(features).map(weighted).collect();
    if has_intercept {
        z.push("y".to_owned());
    }
    let slope = |feature: &&str| format!("((chance - classes[batch]) * {feature}[batch]).mean()");
    let mut gradient: Vec<String> = features.iter().map(slope).collect();
    for (slope, penalty) in gradient.iter_mut().zip(penalties) {
        *slope = with(core::mem::take(slope), penalty);
    }
    let bend = |feature: &str| format!("(chance * (1 - chance){feature}).mean()");
    let by = |one: &str, other: &str| bend(&format!(" * {one}[batch] * {other}[batch]"));
    let mut hessian = vec![with(by(features[0], features[0]), " + {l2}")];
    if let [first, second] = features {
        hessian.extend([by(first, second), with(by(second, second), " + {l2}")]);
    } else if has_intercept {
        gradient.push("(chance - classes[batch]).mean()".to_owned());
        hessian.extend([bend(&format!(" * {}[batch]", features[0])), bend("")]);
    }
    let squares = if features.len() > 1 { "(x * x + y * y)" } else { "x * x" };
    PythonLines {
        parts: parts(z.join(" + ")),
        value: with("losses.mean()".to_owned(), &format!(" + {{l2}} / 2 * {squares}")),
        gradient,
        hessian,
        ..common
    }
}

fn of_three(common: PythonLines, has_penalty: bool) -> PythonLines {
    let with = |text: &str, penalty: &str| text.to_owned() + if has_penalty { penalty } else { "" };
    let rows = "np.stack([first[batch], second[batch], first[batch] ** 0])";
    let mut all = vec![("features", rows.to_owned())];
    all.extend(parts("theta @ features".to_owned()));
    all.extend([
        ("weights", "theta[:2]".to_owned()),
        // All but the last, which moves the boundary without turning it.
        ("penalised", "np.array([1.0, 1.0, 0.0])".to_owned()),
    ]);
    PythonLines {
        parts: all,
        value: with("losses.mean()", " + {l2} / 2 * (weights @ weights)"),
        gradient: vec![with(
            "(features @ (chance - classes[batch])) / len(z)",
            " + {l2} * penalised * theta",
        )],
        hessian: vec![with(
            "((features * (chance * (1 - chance))) @ features.T) / len(z)",
            " + {l2} * np.diag(penalised)",
        )],
        ..common
    }
}
