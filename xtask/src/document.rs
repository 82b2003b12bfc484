//! `index.html` as it is deployed: what it marks for the build by `data-trunk`, as Trunk
//! does, replaced by links to the files of the page.

use crate::failure::{Result, fail};
use crate::html::{self, Part, Tag};

/// The module's JavaScript, under the name by which other pages import it.
pub(crate) const GLUE: &str = "descent-lab.js";

/// The module.
pub(crate) const MODULE: &str = "descent-lab_bg.wasm";

/// All style sheets in one.
pub(crate) const STYLE: &str = "style.css";

/// How `www/start.js` finds the module. It is loaded without credentials by these links, by
/// the import and by the fetch, so that each file is loaded once.
const PRELOADS: [(&str, &str, &str); 2] =
    [("modulepreload", GLUE, ""), ("preload", MODULE, " as=\"fetch\" type=\"application/wasm\"")];

/// The deployed document, and what it takes from the sources.
#[derive(Debug)]
pub(crate) struct Document {
    /// Its text.
    pub(crate) html: String,
    /// The style sheets that are joined, in order.
    pub(crate) styles: Vec<String>,
    /// The files that are copied under their own names.
    pub(crate) copies: Vec<String>,
}

impl Document {
    /// Makes of `index.html` the deployed document.
    pub(crate) fn new(source: &str) -> Result<Self> {
        let mut document = Self { html: String::new(), styles: Vec::new(), copies: Vec::new() };
        let mut keeps_space = false;
        for (part, place) in html::parts(source) {
            let text = &source[place];
            match part {
                Part::Tag(tag) if tag.get("data-trunk").is_some() => document.replace(&tag)?,
                Part::Tag(tag) => {
                    keeps_space |= tag.name == "pre";
                    document.html.push_str(text);
                }
                Part::Comment => {}
                Part::Text if !keeps_space => document.push_narrow(text),
                Part::Raw | Part::Text => {
                    document.html.push_str(text);
                    keeps_space &= !text.contains("</pre");
                }
            }
        }
        let Some(end) = document.html.find("</head>") else {
            fail!("index.html has no </head>, before which the module's links belong");
        };
        let preloads = PRELOADS.map(|(relation, file, more)| {
            format!("<link rel=\"{relation}\" href=\"./{file}\" crossorigin=\"anonymous\"{more}>\n")
        });
        document.html.insert_str(end, &preloads.concat());
        Ok(document)
    }

    /// Adds text, with one blank or line end in place of several: HTML shows them alike.
    fn push_narrow(&mut self, text: &str) {
        for letter in text.chars() {
            if !letter.is_ascii_whitespace() {
                self.html.push(letter);
            } else if !self.html.ends_with(|last: char| last.is_ascii_whitespace()) {
                self.html.push(if letter == '\n' { letter } else { ' ' });
            } else if letter == '\n' {
                self.html.pop();
                self.html.push(letter);
            }
        }
    }

    /// Puts in what a marked tag stands for.
    fn replace(&mut self, tag: &Tag) -> Result<()> {
        let kind = if tag.name == "script" { "script" } else { tag.get("rel").unwrap_or_default() };
        let attribute = if kind == "script" { "src" } else { "href" };
        let file = tag.get(attribute).unwrap_or_default();
        match kind {
            "rust" => return Ok(()),
            _ if file.is_empty() => fail!("index.html marks a <{}> without {attribute}", tag.name),
            "css" => {
                if self.styles.is_empty() {
                    self.html.push_str("<link rel=\"stylesheet\" href=\"./");
                    self.html.push_str(STYLE);
                    self.html.push_str("\">");
                }
                self.styles.push(file.into());
                return Ok(());
            }
            "icon" | "script" => self.html.push_str(&unmarked(tag, attribute, name_of(file))),
            "copy-file" => {}
            other => fail!("index.html marks rel={other:?}, which this build does not know"),
        }
        self.copies.push(file.into());
        Ok(())
    }
}

/// The name of a file without its folder.
pub(crate) fn name_of(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// The tag without its marks, with the address of `file` in the page's folder.
fn unmarked(tag: &Tag, address: &str, file: &str) -> String {
    let mut words = vec![tag.name.clone()];
    for (name, value) in tag.attributes().filter(|(name, _)| !name.starts_with("data-")) {
        let value = if name == address { format!("./{file}") } else { value.to_owned() };
        let quote = if value.contains('"') { '\'' } else { '"' };
        words.push(format!("{name}={quote}{value}{quote}"));
    }
    format!("<{}>", words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = r#"<!doctype html>
<html lang="en">
  <head>
    <!-- Not for the reader. -->
    <title>Two  words</title>
    <link data-trunk rel="icon" href="www/icon.svg" />
    <link data-trunk rel="css" href="www/a.css" />
    <link data-trunk rel="css" href="www/b.css" />
    <link data-trunk rel="rust" data-wasm-opt="z" />
    <link data-trunk rel="copy-file" href="www/worker.js" />
    <script data-trunk type="module" src="www/start.js" data-no-minify></script>
  </head>
  <body>
    <p data-text="a">one
      <i>two</i>   <b>three</b></p>
    <pre id="c">  kept
      as it is </pre>   <p
      title='"'>
  </body>
</html>
"#;

    #[test]
    fn marked_tags_become_links_to_the_files_of_the_page() {
        let document = Document::new(SOURCE).unwrap_or_else(|failure| panic!("{failure}"));
        let expected = r#"<!doctype html>
<html lang="en">
<head>
<title>Two  words</title>
<link rel="icon" href="./icon.svg">
<link rel="stylesheet" href="./style.css">
<script type="module" src="./start.js"></script>
<link rel="modulepreload" href="./descent-lab.js" crossorigin="anonymous">
<link rel="preload" href="./descent-lab_bg.wasm" crossorigin="anonymous" as="fetch" type="application/wasm">
</head>
<body>
<p data-text="a">one
<i>two</i> <b>three</b></p>
<pre id="c">  kept
      as it is </pre>   <p
      title='"'>
</body>
</html>
"#;
        assert_eq!(document.html, expected);
        assert_eq!(document.styles, ["www/a.css", "www/b.css"]);
        assert_eq!(document.copies, ["www/icon.svg", "www/worker.js", "www/start.js"]);
    }

    #[test]
    fn what_the_build_does_not_know_is_refused() {
        let refused = [
            ("rel=\"icon\"", "rel=\"sass\"", "\"sass\""),
            (" href=\"www/a.css\"", "", "without href"),
            (" src=\"www/start.js\"", "", "without src"),
            ("</head>", "", "no </head>"),
        ];
        for (old, new, told) in refused {
            let failure = Document::new(&SOURCE.replace(old, new)).err();
            assert!(failure.is_some_and(|failure| failure.to_string().contains(told)), "{new}");
        }
    }
}
