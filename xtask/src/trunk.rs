//! `trunk serve` and `trunk build` make the same page of the same `index.html`, for whoever
//! has Trunk; this compares what they make with what `cargo xtask` makes.

use std::fs;

use crate::build::{self, Purpose};
use crate::document::STYLE;
use crate::failure::{Result, fail};
use crate::html::{self, Tag};
use crate::page::Page;
use crate::program;
use crate::project::Project;
use crate::style;
use crate::version;

/// Why the pages cannot be compared here, if they cannot. Trunk would download a
/// wasm-bindgen that is missing; here nothing is downloaded for a comparison.
pub(crate) fn missing(project: &Project) -> Result<Option<String>> {
    let of = |name| {
        let printed = program::output_of(project.command(name).arg("--version"))?;
        version::in_output(&printed).map(str::to_owned)
    };
    if of("trunk").is_none() {
        return Ok(Some("Trunk is not installed".into()));
    }
    let lock_file = project.read("Cargo.lock")?;
    let wanted = version::in_lock_file(&lock_file, "wasm-bindgen").unwrap_or_default();
    let present = of("wasm-bindgen");
    Ok((present.as_deref() != Some(wanted))
        .then(|| format!("Trunk needs the command line of wasm-bindgen {wanted}")))
}

/// Builds the page with Trunk as well, and compares the two. Neither is made small: what
/// does that is not the same, and this takes seconds where the module is compiled already.
pub(crate) fn compare(project: &Project) -> Result<()> {
    let ours = build::page(project, Purpose::Served)?;
    let folder = project.target().join("page/trunk");
    let mut trunk = project.command("trunk");
    trunk.args(["build", "--release=false", "--cargo-profile=release", "--offline=true"]);
    trunk.arg("--skip-version-check").arg("--dist").arg(&folder);
    trunk.env("CARGO_TARGET_DIR", project.target());
    // Trunk reads `NO_COLOR` as a truth value, and refuses the usual `1`.
    trunk.env_remove("NO_COLOR");
    project.run(&mut trunk)?;
    let theirs = Page::read(&folder)?;
    // It is of no more use, and looks like a page to deploy.
    let _ = fs::remove_dir_all(&folder);
    let differences = differences(&ours, &theirs);
    if !differences.is_empty() {
        fail!("Trunk builds another page:\n  - {}", differences.join("\n  - "));
    }
    Ok(())
}

/// What differs, each as a sentence.
fn differences(ours: &Page, theirs: &Page) -> Vec<String> {
    let mut found = Vec::new();
    let sheets = style_sheets(theirs);
    let joined = style::join(sheets.iter().map(|name| theirs.text(name)));
    if joined != ours.text(STYLE) {
        found.push(format!("its style sheets joined are not {STYLE}"));
    }
    let [own, other] = [ours, theirs].map(|page| described(page.text("index.html")));
    for (missing, kind) in [(without(&own, &other), "has no"), (without(&other, &own), "has a")] {
        found.extend(missing.into_iter().map(|tag| format!("its document {kind} {tag}")));
    }
    if found.is_empty() && own != other {
        found.push("the tags of its document have another order".into());
    }
    for (name, content) in ours.files().filter(|(name, _)| !matches!(*name, STYLE | "index.html")) {
        if theirs.get(name) != Some(content) {
            found.push(format!("its {name} is another"));
        }
    }
    for (name, _) in theirs.files() {
        if ours.get(name).is_none() && !sheets.iter().any(|sheet| sheet == name) {
            found.push(format!("it has a file {name}"));
        }
    }
    found
}

/// The files of a document's style sheets, in order.
fn style_sheets(page: &Page) -> Vec<String> {
    let tags = html::tags(page.text("index.html")).into_iter().filter(is_style_sheet);
    tags.filter_map(|tag| Some(tag.get("href")?.trim_start_matches("./").to_owned())).collect()
}

fn is_style_sheet(tag: &Tag) -> bool {
    tag.name == "link" && tag.get("rel") == Some("stylesheet")
}

/// Every tag of a document but its style sheets, with its attributes in alphabetic order.
fn described(document: &str) -> Vec<String> {
    let describe = |tag: Tag| {
        let mut attributes: Vec<String> =
            tag.attributes().map(|(name, value)| format!(" {name}={value:?}")).collect();
        attributes.sort();
        format!("<{}{}>", tag.name, attributes.concat())
    };
    html::tags(document).into_iter().filter(|tag| !is_style_sheet(tag)).map(describe).collect()
}

/// What is in `one` and not in `other`.
fn without<'a>(one: &'a [String], other: &[String]) -> Vec<&'a String> {
    one.iter().filter(|tag| !other.contains(tag)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tests::page;

    const OURS: [(&str, &str); 4] = [
        (
            "index.html",
            "<meta charset=a><link rel=stylesheet href=./style.css><script src=./start.js></script>",
        ),
        ("style.css", "a{top: 0}\nb{top: 0}\n"),
        ("descent-lab.js", "glue"),
        ("descent-lab_bg.wasm", "module"),
    ];

    const THEIRS: [(&str, &str); 5] = [
        (
            "index.html",
            "<meta charset=\"a\"/>\n<link href=./a.css rel=stylesheet><link href=./b.css \
             rel=stylesheet><script src=./start.js></script>",
        ),
        ("a.css", "/* a */ a { top: 0 }"),
        ("b.css", "b { top: 0 }"),
        ("descent-lab.js", "glue"),
        ("descent-lab_bg.wasm", "module"),
    ];

    #[test]
    fn the_same_page_in_other_files_is_the_same() {
        assert_eq!(differences(&page(&OURS), &page(&THEIRS)), Vec::<String>::new());
    }

    #[test]
    fn each_difference_is_told() {
        for (file, content, told) in [
            (1, "a { top: 1px }", "style sheets joined"),
            (3, "other glue", "its descent-lab.js is another"),
            (4, "", "its descent-lab_bg.wasm is another"),
        ] {
            let mut theirs = THEIRS;
            theirs[file].1 = content;
            let found = differences(&page(&OURS), &page(&theirs));
            assert!(found.len() == 1 && found[0].contains(told), "{found:?}");
        }
        for (old, new, told) in [
            ("<meta charset=\"a\"/>", "", "has no <meta"),
            ("</script>", "</script><base>", "has a <base>"),
        ] {
            let mut theirs = THEIRS;
            let document = theirs[0].1.replace(old, new);
            theirs[0].1 = &document;
            let found = differences(&page(&OURS), &page(&theirs));
            assert!(found.len() == 1 && found[0].contains(told), "{found:?}");
        }
        let more = [&THEIRS[..], &[("more.js", "")]].concat();
        assert_eq!(differences(&page(&OURS), &page(&more)), ["it has a file more.js"]);
    }
}
