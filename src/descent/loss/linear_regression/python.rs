//! Linear regression in Python.

use super::super::PythonLines;
use super::{ERROR_PLACE, RULE, Setting, place};

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
pub(super) fn lines(setting: &Setting) -> PythonLines {
    let [has_intercept, has_l1, has_l2] = [1, 3, 4].map(|knob| setting[knob] > 0.0);
    let error = place(setting[ERROR_PLACE]);
    // The ½ belongs to the square.
    let reduction = if error == 0 { place(setting[2]) } else { place(setting[2]) / 2 * 2 };
    let with = |condition: bool, text: &str| (if condition { text } else { "" }).to_owned();
    let residuals = format!("x * inputs[batch]{} - targets[batch]", with(has_intercept, " + y"));
    let [sizes, slopes, bends] = match error {
        0 => ["residuals * residuals", "residuals", "1.0"],
        1 => ["np.abs(residuals)", "np.sign(residuals)", "0.0"],
        _ => [
            "np.where(np.abs(residuals) <= {delta}, residuals * residuals / 2, \
             {delta} * (np.abs(residuals) - {delta} / 2))",
            "np.clip(residuals, -{delta}, {delta})",
            "(np.abs(residuals) <= {delta})",
        ],
    };
    let halved = with(error == 0 && reduction.is_multiple_of(2), " / 2");
    let value = format!("({sizes}){}{halved}", if reduction < 2 { ".mean()" } else { ".sum()" });
    let by_w = reduced(reduction, &format!("({slopes} * inputs[batch])"))
        + &with(has_l2, " + {l2} * x")
        + &with(has_l1, " + {l1} * np.sign(x)");
    let bend = |of: &str| match error {
        0 => reduced(reduction, of),
        _ => reduced(reduction, &format!("({bends} * {of})")),
    };
    let ones = match error {
        0 => ["1.0", "2.0", "len(inputs)", "2 * len(inputs)"][reduction].to_owned(),
        _ => bend("inputs ** 0"),
    };
    let in_brackets = |slopes: &str| match error {
        0 => slopes.to_owned(),
        _ => format!("({slopes})"),
    };
    let mut lines = PythonLines {
        columns: ["inputs", "targets"].into_iter().zip(RULE.columns(setting)).collect(),
        standardized: if setting[5] > 0.0 { vec!["inputs", "targets"] } else { Vec::new() },
        parts: vec![("residuals", residuals)],
        value: value + &with(has_l2, " + {l2} / 2 * x * x") + &with(has_l1, " + {l1} * np.abs(x)"),
        gradient: vec![by_w],
        hessian: vec![bend("(inputs * inputs)") + &with(has_l2, " + {l2}")],
        ..PythonLines::default()
    };
    if has_intercept {
        lines.gradient.push(reduced(reduction, &in_brackets(slopes)));
        lines.hessian.extend([bend("inputs"), ones]);
    }
    lines
}
