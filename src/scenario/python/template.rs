//! Python text from pieces: knobs filled in, names found, lines indented.

use super::super::value::number_text;
use crate::descent::Knob;

/// `text` with the value of each knob in the place of its `{key}`.
pub(super) fn fill(text: &str, knobs: &[Knob], values: &[f64]) -> String {
    let mut text = text.to_owned();
    for (knob, value) in knobs.iter().zip(values) {
        text = text.replace(&format!("{{{}}}", knob.key), &number_text(*value));
    }
    text
}

/// Whether `text` uses a variable of this name.
pub(super) fn uses(text: &str, name: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
    text.match_indices(name).any(|(at, _)| {
        !text[..at].ends_with(is_word)
            && !text[at + name.len()..].starts_with(|c| is_word(c) && c != '.')
    })
}

/// Each line of `text` one level deeper.
pub(super) fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}

/// The pieces that are not empty, one below the other.
pub(super) fn joined(pieces: &[&str]) -> String {
    let there: Vec<&str> = pieces.iter().copied().filter(|piece| !piece.is_empty()).collect();
    there.join("\n")
}

/// `text` without the lines that only round an array, or end its rounding:
/// `g = rounded(g)`, `g = np.asarray(g)`.
pub(super) fn without_rounding(text: &str) -> String {
    let only_rounds = |line: &&str| {
        let Some((name, call)) = line.trim().split_once(" = ") else { return false };
        let forms = [("rounded(", ")"), ("np.asarray(", ")"), ("np.asarray(rounded(", "))")];
        forms.iter().any(|(before, after)| call == format!("{before}{name}{after}"))
    };
    text.lines().filter(|line| !only_rounds(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_only_round_are_left_out() {
        let text = "if t:\n    d = rounded(d)\n    d = -d\nd = np.asarray(d)\nd = np.asarray(rounded(d))\ng = rounded(d)";
        assert_eq!(without_rounding(text), "if t:\n    d = -d\ng = rounded(d)");
    }

    #[test]
    fn a_name_is_used_only_as_a_whole_word() {
        assert!(uses("p * p", "p") && uses("(p)", "p") && uses("p.sum()", "p"));
        assert!(!uses("np.exp(power)", "p") && !uses("x.p", "p") && !uses("p2", "p"));
    }
}
