//! Polynomial regression in Python.

use super::super::{Loss, PythonLines};
use super::basis::Basis;
use super::{
    Curve, ERROR_PLACE, L1_PLACE, L2_PLACE, REDUCTION_PLACE, RULE, STANDARDIZE_PLACE, Setting,
    place,
};

/// The loss for these values of the knobs: of the samples learnt from, with all of the
/// gradient and of the Hessian in one expression.
pub(super) fn lines(setting: &Setting) -> PythonLines {
    let [has_l1, has_l2] = [L1_PLACE, L2_PLACE].map(|knob| setting[knob] > 0.0);
    let error = place(setting[ERROR_PLACE]);
    // The ½ belongs to the square.
    let reduction = place(setting[REDUCTION_PLACE]);
    let reduction = if error == 0 { reduction } else { reduction / 2 * 2 };
    let with = |condition: bool, text: &str| (if condition { text } else { "" }).to_owned();
    let [sizes, slopes, bends] = match error {
        0 => ["residuals * residuals", "residuals", "features"],
        1 => ["np.abs(residuals)", "np.sign(residuals)", "features * 0.0"],
        _ => [
            "np.where(np.abs(residuals) <= {delta}, residuals * residuals / 2, \
             {delta} * (np.abs(residuals) - {delta} / 2))",
            "np.clip(residuals, -{delta}, {delta})",
            "features * (np.abs(residuals) <= {delta})",
        ],
    };
    let halved = with(error == 0 && reduction.is_multiple_of(2), " / 2");
    let value = format!("({sizes}){}{halved}", if reduction < 2 { ".mean()" } else { ".sum()" });
    // What a reduction makes of a sum of derivatives; half of those of a square.
    let reduced = |sum: String| {
        let twice = with(!reduction.is_multiple_of(2), "2 * ");
        format!("{twice}{sum}{}", with(reduction < 2, " / len(residuals)"))
    };
    let curve = Curve::new(setting);
    let is_powers = matches!(curve.basis, Basis::Powers);
    let function = if is_powers { "inputs[batch] ** k" } else { "np.cos(k * angles)" };
    let features = format!("np.stack([{function} for k in range({{degree}} + 1)])");
    let residuals = "theta @ features - targets[batch]".to_owned();
    let x: Vec<f64> = learnt(&curve, setting, 0);
    // All in one place, any width will do.
    let has_width = Basis::half_width(&x) > 0.0;
    let width = if has_width { "inputs.max() - inputs.min()" } else { "2.0" };
    let scaled = [
        ("width", width.to_owned()),
        ("t", "(2 * inputs[batch] - inputs.max() - inputs.min()) / width".to_owned()),
        ("angles", "np.arccos(np.clip(t, -1, 1))".to_owned()),
    ];
    let parts = scaled.into_iter().filter(|_| !is_powers);
    let learnt = [x, learnt(&curve, setting, 1)];
    let names = ["inputs", "targets"];
    let is_standardized = setting[STANDARDIZE_PLACE] > 0.0;
    PythonLines {
        columns: names.into_iter().zip(learnt).collect(),
        standardized: names.into_iter().filter(|_| is_standardized).collect(),
        parts: parts
            .chain([
                ("features", features),
                ("residuals", residuals),
                // All but the first, which only lifts the curve.
                ("weights", "theta[1:]".to_owned()),
                ("penalised", "np.append(0.0, np.ones({degree}))".to_owned()),
            ])
            .collect(),
        value: value
            + &with(has_l2, " + {l2} / 2 * (weights @ weights)")
            + &with(has_l1, " + {l1} * np.abs(weights).sum()"),
        gradient: vec![
            reduced(format!("(features @ {})", in_brackets(slopes)))
                + &with(has_l2, " + {l2} * penalised * theta")
                + &with(has_l1, " + {l1} * penalised * np.sign(theta)"),
        ],
        hessian: vec![
            reduced(format!("({} @ features.T)", in_brackets(bends)))
                + &with(has_l2, " + {l2} * np.diag(penalised)"),
        ],
        ..PythonLines::default()
    }
}

/// A column of the samples learnt from, before anything is standardized.
fn learnt(curve: &Curve, setting: &Setting, column: usize) -> Vec<f64> {
    let samples = RULE.samples(setting);
    let rows = curve.trained().unwrap_or_default().iter();
    rows.map(|sample| samples.column(column)[*sample]).collect()
}

/// An expression that may stand beside another.
fn in_brackets(expression: &str) -> String {
    if expression.contains(' ') { format!("({expression})") } else { expression.to_owned() }
}
