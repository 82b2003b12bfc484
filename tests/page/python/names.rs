//! Every name in a script means something: without running it.

use std::collections::BTreeSet;

use descent_lab::descent::Precision;
use descent_lab::descent::loss::LOSSES;
use descent_lab::descent::optimizer::OPTIMIZERS;
use descent_lab::scenario::PythonFlavour;

use super::cases::Case;

/// Python's own, as far as scripts use them.
const KNOWN: &str = "False None True abs and as break def class dict dtype else enumerate except float for from if \
    getattr import in int is lambda len list map max min next not np numpy or print range return round self sep slice \
    sum super torch try while with yield zip all any reversed math";

/// The names in a line that stand for themselves: no attributes, arguments' names, texts or
/// comments.
fn names(line: &str) -> Vec<&str> {
    let line = line.split('#').next().unwrap_or_default();
    let code: Vec<&str> = line.split('"').step_by(2).collect();
    let mut found = Vec::new();
    for part in code {
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let mut at = 0;
        while at < part.len() {
            let rest = &part[at..];
            let Some(begin) = rest.find(is_word) else { break };
            let word = rest[begin..].split(|c| !is_word(c)).next().unwrap_or_default();
            let before = part[..at + begin].trim_end();
            let after = part[at + begin + word.len()..].trim_start();
            let is_number = word.starts_with(|c: char| c.is_ascii_digit());
            let is_argument = after.starts_with('=')
                && !after.starts_with("==")
                && (before.ends_with('(') || before.ends_with(','))
                && part.contains('(');
            if !before.ends_with('.') && !is_number && !is_argument {
                found.push(word);
            }
            at += begin + word.len();
        }
    }
    found
}

/// The names that a line gives a meaning to.
fn defined(line: &str) -> Vec<&str> {
    let line = line.trim_start();
    let mut found = Vec::new();
    for loops in line.split("for ").skip(1) {
        found.extend(names(loops.split(" in ").next().unwrap_or_default()));
    }
    if let Some(head) = line.strip_prefix("def ").or_else(|| line.strip_prefix("class ")) {
        let words = head.split(|c: char| !c.is_alphanumeric() && c != '_');
        found.extend(words.filter(|word| !word.is_empty()));
    }
    if let Some((_, name)) = line.split_once("import ") {
        found.extend(name.rsplit(' ').next());
    }
    for assigned in ["=", "+=", "-=", "*="] {
        let sides = line.split_once(&format!(" {assigned} "));
        if let Some((left, _)) = sides.filter(|(left, _)| !left.contains(['(', '"'])) {
            found.extend(names(left.split('[').next().unwrap_or_default()));
        }
    }
    found
}

/// The blocks of a script that begin at the left margin: functions with their lines, and
/// what stands between them.
fn blocks(script: &str) -> Vec<Vec<&str>> {
    let mut blocks: Vec<Vec<&str>> = vec![Vec::new()];
    let mut is_function = false;
    for line in script.lines().filter(|line| !line.is_empty()) {
        let begins = line.starts_with("def ") || line.starts_with("class ");
        if begins || (is_function && !line.starts_with(' ')) {
            blocks.push(Vec::new());
        }
        if !line.starts_with(' ') {
            is_function = begins;
        }
        blocks.last_mut().expect("one").push(line);
    }
    blocks
}

/// The first name that means nothing where it stands.
fn undefined(script: &str) -> Option<String> {
    let blocks = blocks(script);
    let is_function =
        |block: &[&str]| block[0].starts_with("def ") || block[0].starts_with("class ");
    let mut global: BTreeSet<&str> = KNOWN.split_whitespace().collect();
    for block in &blocks {
        let lines = if is_function(block) { &block[..1] } else { &block[..] };
        for line in lines {
            let all = defined(line);
            // Of a function its own name.
            global.extend(all.iter().take(if is_function(block) { 1 } else { all.len() }));
        }
    }
    for block in &blocks {
        let mut local = global.clone();
        local.extend(block.iter().flat_map(|line| defined(line)));
        for line in block {
            if let Some(name) = names(line).into_iter().find(|name| !local.contains(name)) {
                return Some(format!("{name} in: {line}"));
            }
        }
    }
    None
}

#[test]
fn every_name_in_a_script_is_defined() {
    for loss in LOSSES {
        for precision in Precision::ALL {
            for rule in OPTIMIZERS {
                let tail = format!("precision={}&steps=3&run={}", precision.key(), rule.key);
                let case = Case::of(&format!("loss={}&{tail}", loss.key));
                for flavour in PythonFlavour::ALL {
                    let script = case.script(flavour);
                    assert_eq!(undefined(&script), None, "{} {flavour:?}:\n{script}", case.link);
                }
            }
        }
    }
}

/// What draws samples, noise and rates has names of its own beside those of the losses.
#[test]
fn no_name_is_given_two_meanings_by_a_batch() {
    for loss in ["linear_regression", "logistic_regression", "polynomial_regression", "network"] {
        for batch in ["3", "3&order=sequential", "2..full", "9..2&order=sequential"] {
            let tail = "noise=0.1&run=adam,schedule=cosine,warmup=3,clip=norm,average=0.5";
            let case = Case::of(&format!("loss={loss}&steps=9&batch={batch}&{tail}"));
            for flavour in PythonFlavour::ALL {
                let script = case.script(flavour);
                assert_eq!(undefined(&script), None, "{}:\n{script}", case.link);
                let columns = ["inputs", "targets", "first", "second", "classes"];
                let lines = script.lines().skip_while(|line| !line.starts_with("for t in"));
                let assigned: Vec<&str> = lines.flat_map(defined).collect();
                let taken = columns.iter().find(|column| assigned.contains(column));
                assert_eq!(taken, None, "{}:\n{script}", case.link);
            }
        }
    }
}

#[test]
fn a_name_without_a_meaning_is_seen() {
    let script = "import numpy as np\n\n\ndef J(theta):\n    rho = np.abs(theta)\n    return rho + x\n\n\nx = 1\n";
    assert_eq!(undefined(script), None);
    let local = script.replace("\nx = 1\n", "\nprint(J(1), sep=rho)\n");
    assert_eq!(undefined(&local).as_deref(), Some("x in:     return rho + x"));
    let outside = local.replace("rho + x", "rho");
    assert_eq!(undefined(&outside).as_deref(), Some("rho in: print(J(1), sep=rho)"));
}
