//! Linear regression in Python.

use super::super::PythonLines;
use super::{REGRESSION, place};

/// An expression by the sample, as the reduction makes a derivative of it.
fn reduced(reduction: usize, expression: &str) -> String {
    match reduction {
        0 => format!("{expression}.mean()"),
        1 => format!("2 * {expression}.mean()"),
        2 => format!("{expression}.sum()"),
        _ => format!("2 * {expression}.sum()"),
    }
}

/// The loss for these values of the knobs.
pub(super) fn lines(knobs: &[f64]) -> PythonLines {
    let [has_intercept, has_l1, has_l2] = [1, 3, 4].map(|knob| knobs[knob] > 0.0);
    let reduction = place(knobs[2]);
    let with = |condition: bool, text: &str| (if condition { text } else { "" }).to_owned();
    let residuals = format!("x * inputs[batch]{} - targets[batch]", with(has_intercept, " + y"));
    let squares = "(residuals * residuals)";
    let value = match reduction {
        0 => format!("{squares}.mean() / 2"),
        1 => format!("{squares}.mean()"),
        2 => format!("{squares}.sum() / 2"),
        _ => format!("{squares}.sum()"),
    };
    let by_w = reduced(reduction, "(residuals * inputs[batch])")
        + &with(has_l2, " + {l2} * x")
        + &with(has_l1, " + {l1} * np.sign(x)");
    let ones = ["1.0", "2.0", "len(inputs)", "2 * len(inputs)"][reduction];
    let mut lines = PythonLines {
        columns: ["inputs", "targets"]
            .into_iter()
            .zip(REGRESSION[place(knobs[0])].read())
            .collect(),
        standardized: if knobs[5] > 0.0 { vec!["inputs", "targets"] } else { Vec::new() },
        parts: vec![("residuals", residuals)],
        value: value + &with(has_l2, " + {l2} / 2 * x * x") + &with(has_l1, " + {l1} * np.abs(x)"),
        gradient: vec![by_w],
        hessian: vec![reduced(reduction, "(inputs * inputs)") + &with(has_l2, " + {l2}")],
    };
    if has_intercept {
        lines.gradient.push(reduced(reduction, "residuals"));
        lines.hessian.extend([reduced(reduction, "inputs"), ones.to_owned()]);
    }
    lines
}
