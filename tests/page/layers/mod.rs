//! The rules of the sources: who may import whom, where words stand, what a file may be called.

mod names;
mod source;
mod words;

use source::Source;

/// Each layer of the page with those it may import from. All may import from the crate
/// `descent`, which knows nothing of them.
const LAYERS: [(&str, &[&str]); 4] = [
    ("scenario", &["scenario"]),
    ("text", &["text", "scenario"]),
    ("view", &["view", "text", "scenario"]),
    ("app", &["app", "view", "text", "scenario"]),
];

/// Crates with the layers that may use them.
const CRATES: [(&str, &[&str]); 6] = [
    ("web_sys", &["app"]),
    ("js_sys", &["app"]),
    ("wasm_bindgen", &["app"]),
    ("console_error_panic_hook", &["app"]),
    ("plotters", &["view"]),
    ("plotters_backend", &["view"]),
];

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Every place in `code` where `word` stands as a word of its own.
fn places(code: &str, word: &str) -> Vec<usize> {
    let is_apart = |at: &usize| {
        let (before, after) = (&code[..*at], &code[at + word.len()..]);
        !before.ends_with(is_name) && !after.starts_with(is_name)
    };
    code.match_indices(word).map(|(at, _)| at).filter(is_apart).collect()
}

/// The names that may follow a path's `::`: one, or those of a group.
fn names_after(code: &str) -> Vec<&str> {
    let first = |text: &'_ str| text.trim_start().split(|c| !is_name(c)).next().map(str::len);
    if let Some(group) = code.strip_prefix('{') {
        let mut depth = 1;
        let end = group.find(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0
        });
        let mut depth = 0;
        let parts = group[..end.unwrap_or(group.len())].split(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            c == ',' && depth == 0
        });
        return parts
            .map(str::trim)
            .filter_map(|part| first(part).map(|length| &part[..length]))
            .filter(|name| !name.is_empty())
            .collect();
    }
    first(code).map(|length| vec![&code[..length]]).unwrap_or_default()
}

/// The modules directly below the root that a file names, with the place.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let code = &source.code;
    for (at, _) in code.match_indices("crate::") {
        for name in names_after(&code[at + "crate::".len()..]) {
            found.push((at, name.to_owned()));
        }
    }
    // As many `super::` as it takes from here to the root.
    let climb = "super::".repeat(source.modules().len().max(1));
    for (at, _) in code.match_indices(&climb) {
        let rest = &code[at + climb.len()..];
        for name in names_after(rest.trim_start_matches("super::")) {
            found.push((at, name.to_owned()));
        }
    }
    found
}

/// The layer that a file belongs to; none for the crate's root.
fn layer(source: &Source) -> Option<String> {
    source.modules().first().map(|&name| name.to_owned())
}

#[test]
fn imports_run_downwards_only() {
    let mut checked = 0;
    for source in Source::below("src") {
        let Some(layer) = layer(&source) else { continue };
        let (_, allowed) = LAYERS
            .iter()
            .find(|(name, _)| *name == layer)
            .unwrap_or_else(|| panic!("{} is in no layer", source.path));
        for (at, name) in imports(&source) {
            let is_layer = LAYERS.iter().any(|(layer, _)| *layer == name);
            assert!(
                !is_layer || allowed.contains(&name.as_str()),
                "{}:{} {layer} imports from {name}",
                source.path,
                source.line_of(at)
            );
            checked += usize::from(is_layer);
        }
    }
    assert!(checked > 50, "only {checked} imports were found");
}

#[test]
fn an_import_is_found_however_it_is_written() {
    let found = |path: &str, text: &str| -> Vec<String> {
        let source = Source::of(path, text.to_owned());
        imports(&source).into_iter().map(|(_, name)| name).collect()
    };
    assert_eq!(found("src/scenario/run.rs", "use crate::text::Side;"), ["text"]);
    assert_eq!(
        found("src/scenario/run.rs", "use crate::{descent::{Knob, Words}, view, app::{x}};"),
        ["descent", "view", "app"]
    );
    assert_eq!(found("src/scenario/run.rs", "super::super::scenario::decode(link)"), ["scenario"]);
    assert_eq!(
        found("src/scenario/loss/booth.rs", "use super::super::super::view::Ramp;"),
        ["view"]
    );
    assert_eq!(found("src/scenario/mod.rs", "use super::scenario;"), ["scenario"]);
    let group = "use super::super::{scenario, text};";
    assert_eq!(found("src/scenario/run.rs", group), ["scenario", "text"]);
    assert_eq!(found("src/scenario/run.rs", "use super::trajectory::End;"), [""; 0]);
    assert_eq!(found("src/scenario/run.rs", "// crate::text\n\"crate::text\";"), [""; 0]);
}

#[test]
fn only_the_app_knows_the_web_and_only_the_view_the_plotter() {
    for source in Source::below("src") {
        let layer = layer(&source).unwrap_or_default();
        for (name, allowed) in CRATES {
            let place = places(&source.code, name).first().copied();
            assert!(
                place.is_none() || allowed.contains(&layer.as_str()),
                "{}:{} uses {name}",
                source.path,
                source.line_of(place.unwrap_or(0))
            );
        }
    }
}

#[test]
fn the_core_has_no_clock_no_files_and_no_dice() {
    let strange =
        ["time", "Instant", "SystemTime", "thread", "fs", "env", "net", "rand", "process"];
    for source in Source::all() {
        if layer(&source).is_none_or(|layer| layer == "app") {
            continue;
        }
        for library in ["std::", "core::", "use "] {
            for name in strange {
                let path = format!("{library}{name}");
                let place = places(&source.code, &path).first().copied();
                assert_eq!(place, None, "{} uses {path}", source.path);
            }
        }
    }
}

#[test]
fn no_two_elements_of_the_skeleton_share_an_id() {
    let skeleton = std::fs::read_to_string("index.html").expect("the skeleton");
    let ids = skeleton.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut seen: Vec<&str> = Vec::new();
    for id in ids {
        assert!(!seen.contains(&id), "{id} stands twice");
        seen.push(id);
    }
    assert!(seen.len() > 100, "only {} were found", seen.len());
}
