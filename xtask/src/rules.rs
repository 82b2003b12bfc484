//! What every build of the page must be, whoever serves it: it runs under any
//! path, and its content security policy allows what it does and no more.

use crate::failure::{Result, fail};
use crate::html::{self, Tag};

/// Sources that would let in what is not the page's own.
const REFUSED_SOURCES: [&str; 5] = ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:"];

/// Checks the document of a built page.
pub(crate) fn check(document: &str) -> Result<()> {
    let faults = faults(document);
    if !faults.is_empty() {
        fail!("the page that would be built\n  - {}", faults.join("\n  - "));
    }
    Ok(())
}

/// What is wrong with a built page, each as the end of a sentence about it.
fn faults(document: &str) -> Vec<String> {
    let tags = html::tags(document);
    let mut faults = policy_faults(&tags);
    for tag in &tags {
        faults.extend(inline_faults(tag));
        faults.extend(address_fault(tag));
    }
    let starts = |tag: &Tag| tag.get("type") == Some("module") && tag.get("src").is_some();
    if !tags.iter().any(starts) {
        faults.push("starts nothing: it has no script of type=\"module\" with a src".into());
    }
    // www/start.js finds the module by these two.
    for relation in ["modulepreload", "preload"] {
        if !tags.iter().any(|tag| tag.name == "link" && tag.get("rel") == Some(relation)) {
            faults.push(format!("has no link to the module with rel=\"{relation}\""));
        }
    }
    faults
}

/// A policy holds only for what comes after it.
fn policy_faults(tags: &[Tag]) -> Vec<String> {
    let is_policy = |tag: &Tag| {
        let header = tag.get("http-equiv").unwrap_or_default();
        tag.name == "meta" && header.eq_ignore_ascii_case("content-security-policy")
    };
    let Some(place) = tags.iter().position(is_policy) else {
        return vec!["has no content security policy".into()];
    };
    let mut faults = Vec::new();
    if tags[..place].iter().any(|tag| matches!(tag.name.as_str(), "script" | "link" | "style")) {
        faults.push("loads something before its content security policy".into());
    }
    let policy = tags[place].get("content").unwrap_or_default();
    if !policy.contains("default-src 'none'") {
        faults.push("has a policy without default-src 'none'".into());
    }
    for source in policy.split([' ', ';']) {
        if REFUSED_SOURCES.contains(&source) || source.contains("//") {
            faults.push(format!("has a policy that allows {source}"));
        }
    }
    faults
}

/// What the policy forbids: the browser would leave it out without a word.
fn inline_faults(tag: &Tag) -> Vec<String> {
    let mut faults = Vec::new();
    let is_data = tag.get("type").is_some_and(|kind| kind.ends_with("json"));
    if tag.name == "script" && tag.get("src").is_none() && !is_data {
        faults.push("has an inline script, which its policy forbids".into());
    }
    if tag.name == "style" {
        faults.push("has a style element, which its policy forbids".into());
    }
    for (name, _) in tag.attributes() {
        if name == "style" || name.starts_with("on") {
            faults.push(format!(
                "has the attribute {name} on <{}>, which its policy forbids",
                tag.name
            ));
        }
    }
    faults
}

/// Only relative addresses work under any path; hyperlinks may lead anywhere.
fn address_fault(tag: &Tag) -> Option<String> {
    if tag.name == "a" || tag.get("rel") == Some("canonical") {
        return None;
    }
    let address = tag.get("src").or_else(|| tag.get("href"))?;
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let leads_away = path.starts_with('/') || (path.contains(':') && !path.starts_with("data:"));
    leads_away.then(|| format!("loads {address}, which is not relative to the page"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = concat!(
        "<!doctype html><html><head><meta charset=utf-8>",
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; ",
        "script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:\">",
        "<link rel=stylesheet href=./style.css><link rel=modulepreload href=./lab.js>",
        "<link rel=preload as=fetch href=./lab.wasm><script type=module src=./start.js></script>",
        "</head><body><a href=https://example.org/>more</a></body></html>",
    );

    #[test]
    fn a_page_by_the_rules_has_no_fault() {
        assert_eq!(faults(GOOD), Vec::<String>::new());
    }

    #[test]
    fn each_broken_rule_is_told() {
        let broken = [
            ("</body>", "<script>go()</script>", "an inline script"),
            ("</body>", "<p style=\"color:red\">", "the attribute style on <p>"),
            ("</body>", "<button onclick=go()>", "the attribute onclick"),
            ("</body>", "<img src=/a.png>", "loads /a.png"),
            ("</body>", "<img src=//example.org/a.png>", "loads //example.org"),
            ("./style.css", "https://example.org/a.css", "loads https:"),
            ("'wasm-unsafe-eval'", "'unsafe-eval'", "allows 'unsafe-eval'"),
            ("img-src 'self'", "img-src https://example.org", "allows https:"),
            ("default-src 'none'", "default-src 'self'", "without default-src"),
            ("<meta charset=utf-8>", "<script src=./a.js></script>", "before its"),
            ("type=module src=./start.js", "src=./start.js", "starts nothing"),
            ("rel=modulepreload", "rel=other", "rel=\"modulepreload\""),
        ];
        for (old, new, told) in broken {
            let faults = faults(&GOOD.replace(old, new));
            assert!(faults.len() == 1 && faults[0].contains(told), "{new}: {faults:?}");
        }
    }

    #[test]
    fn a_page_without_a_policy_is_refused() {
        let document = GOOD.replace("http-equiv", "name");
        assert_eq!(faults(&document), ["has no content security policy"]);
    }
}
