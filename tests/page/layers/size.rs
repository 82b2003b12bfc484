//! How long a function may be, and what a file may be called.

use super::source::Source;

const MOST_LINES_OF_A_FUNCTION: usize = 70;

fn all() -> Vec<Source> {
    ["src", "examples", "benches", "tests", "xtask/src", "xtask/bindgen/src"]
        .into_iter()
        .flat_map(Source::below)
        .collect()
}

/// The name and the number of lines of every function with a body.
fn functions(source: &Source) -> Vec<(&str, usize)> {
    let code = &source.code;
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        if code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let rest = &code[at..];
        let name = rest[3..].split(|c: char| !c.is_alphanumeric() && c != '_').next();
        let name = name.unwrap_or_default();
        let Some(length) = body(rest) else { continue };
        found.push((name, rest[..length].matches('\n').count() + 1));
    }
    found
}

/// The length from here to the end of the body; none for a mere declaration.
fn body(code: &str) -> Option<usize> {
    let mut depth = 0_i32;
    let mut brackets = 0_i32;
    for (at, c) in code.char_indices() {
        match c {
            '(' | '[' => brackets += 1,
            ')' | ']' => brackets -= 1,
            ';' if depth == 0 && brackets == 0 => return None,
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

#[test]
fn no_function_is_long() {
    let mut seen = 0;
    for source in all() {
        for (name, lines) in functions(&source) {
            seen += 1;
            assert!(lines <= MOST_LINES_OF_A_FUNCTION, "{}: {name} has {lines}", source.path);
        }
    }
    assert!(seen > 500, "only {seen} functions were found");
}

#[test]
fn the_length_of_a_function_is_counted() {
    let text = "trait T { fn none(&self, a: [u8; 3]); }\nfn one<T>(f: fn(u8) -> u8) -> T\nwhere\n    T: X,\n{\n    if a { \"}\" }\n}\n";
    let source = Source::of("src/x.rs", text.to_owned());
    assert_eq!(functions(&source), [("one", 6)]);
}

#[test]
fn a_file_is_named_after_what_is_in_it() {
    let empty = ["utils", "util", "common", "helpers", "helper", "misc", "types", "stuff"];
    for source in all() {
        let name = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        assert!(!empty.contains(&name), "{}", source.path);
    }
}
