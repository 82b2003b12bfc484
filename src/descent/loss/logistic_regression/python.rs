//! Logistic regression in Python.

use super::super::PythonLines;
use super::{RULE, Setting};

/// The loss for these values of the knobs.
pub(super) fn lines(setting: &Setting) -> PythonLines {
    let has_penalty = setting[1] > 0.0;
    let with = |text: &str, penalty: &str| text.to_owned() + if has_penalty { penalty } else { "" };
    let names = ["first", "second", "classes"];
    let slope = |feature: &str| format!("((chance - classes[batch]) * {feature}[batch]).mean()");
    let bend = |one: &str, other: &str| {
        format!("(chance * (1 - chance) * {one}[batch] * {other}[batch]).mean()")
    };
    PythonLines {
        columns: names.into_iter().zip(RULE.columns(setting)).collect(),
        standardized: if setting[2] > 0.0 { vec!["first", "second"] } else { Vec::new() },
        parts: vec![
            ("z", "x * first[batch] + y * second[batch]".to_owned()),
            // exp(−z) would leave the range.
            ("chance", "(1 + np.tanh(z / 2)) / 2".to_owned()),
            ("losses", "np.logaddexp(0 * z, z) - classes[batch] * z".to_owned()),
        ],
        value: with("losses.mean()", " + {l2} / 2 * (x * x + y * y)"),
        gradient: vec![with(&slope("first"), " + {l2} * x"), with(&slope("second"), " + {l2} * y")],
        hessian: vec![
            with(&bend("first", "first"), " + {l2}"),
            bend("first", "second"),
            with(&bend("second", "second"), " + {l2}"),
        ],
        ..PythonLines::default()
    }
}
