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
    if RULE.features(setting) > 1 {
        return of_two_features(setting);
    }
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
        standardized: standardized(setting, &["inputs", "targets"]),
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

/// The columns that are brought to mean 0 and standard deviation 1.
fn standardized(setting: &Setting, names: &[&'static str]) -> Vec<&'static str> {
    let count = match place(setting[5]) {
        0 => 0,
        1 => names.len(),
        _ => names.len() - 1,
    };
    names[..count].to_vec()
}

/// A plane over two features, with all of the gradient and of the Hessian in one
/// expression.
fn of_two_features(setting: &Setting) -> PythonLines {
    let [has_intercept, has_l1, has_l2] = [1, 3, 4].map(|knob| setting[knob] > 0.0);
    let error = place(setting[ERROR_PLACE]);
    // The ½ belongs to the square.
    let reduction = if error == 0 { place(setting[2]) } else { place(setting[2]) / 2 * 2 };
    let with = |condition: bool, text: &str| (if condition { text } else { "" }).to_owned();
    let [sizes, slopes, bends] = match error {
        0 => ["residuals * residuals", "residuals", "features"],
        1 => ["np.abs(residuals)", "np.sign(residuals)", "(features * 0.0)"],
        _ => [
            "np.where(np.abs(residuals) <= {delta}, residuals * residuals / 2, \
             {delta} * (np.abs(residuals) - {delta} / 2))",
            "np.clip(residuals, -{delta}, {delta})",
            "(features * (np.abs(residuals) <= {delta}))",
        ],
    };
    let halved = with(error == 0 && reduction.is_multiple_of(2), " / 2");
    let value = format!("({sizes}){}{halved}", if reduction < 2 { ".mean()" } else { ".sum()" });
    // What a reduction makes of a sum of derivatives; half of those of a square.
    let summed = |sum: &str| {
        let twice = with(!reduction.is_multiple_of(2), "2 * ");
        format!("{twice}({sum}){}", with(reduction < 2, " / len(residuals)"))
    };
    let rows = if has_intercept {
        "np.stack([first[batch], second[batch], first[batch] ** 0])"
    } else {
        "np.stack([first[batch], second[batch]])"
    };
    let penalised = if has_intercept { "np.array([1.0, 1.0, 0.0])" } else { "np.ones(2)" };
    let names = ["first", "second", "targets"];
    PythonLines {
        columns: names.into_iter().zip(RULE.columns(setting)).collect(),
        standardized: standardized(setting, &names),
        parts: vec![
            ("features", rows.to_owned()),
            ("residuals", "theta @ features - targets[batch]".to_owned()),
            ("weights", "theta[:2]".to_owned()),
            ("penalised", penalised.to_owned()),
        ],
        value: value
            + &with(has_l2, " + {l2} / 2 * (weights @ weights)")
            + &with(has_l1, " + {l1} * np.abs(weights).sum()"),
        gradient: vec![
            summed(&format!("features @ {slopes}"))
                + &with(has_l2, " + {l2} * penalised * theta")
                + &with(has_l1, " + {l1} * penalised * np.sign(theta)"),
        ],
        hessian: vec![
            summed(&format!("{bends} @ features.T"))
                + &with(has_l2, " + {l2} * np.diag(penalised)"),
        ],
        ..PythonLines::default()
    }
}
