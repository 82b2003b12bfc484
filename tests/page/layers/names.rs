//! What a file may be called.

use super::source::Source;

fn all() -> Vec<Source> {
    ["descent/src", "src", "examples", "benches", "tests", "xtask/src", "xtask/bindgen/src"]
        .into_iter()
        .flat_map(Source::below)
        .collect()
}

#[test]
fn a_file_is_named_after_what_is_in_it() {
    let empty = ["utils", "util", "common", "helpers", "helper", "misc", "types", "stuff"];
    for source in all() {
        let name = source.path.rsplit('/').next().unwrap_or_default().trim_end_matches(".rs");
        assert!(!empty.contains(&name), "{}", source.path);
    }
}
