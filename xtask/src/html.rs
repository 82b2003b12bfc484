//! An HTML document taken apart: just enough of a reader to write the page's own and to
//! check what any build of it wrote. It takes attributes with and without quotes.

use std::ops::Range;

/// Elements whose insides hold no tags.
const RAW: [&str; 4] = ["script", "style", "title", "textarea"];

/// A start tag and its attributes; names in lower case.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Tag {
    /// `script`, `link`, …
    pub(crate) name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute; empty for one without a value.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes().find_map(|(key, value)| (key == name).then_some(value))
    }

    /// All attributes: name and value.
    pub(crate) fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

/// A piece of a document.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// A start tag.
    Tag(Tag),
    /// A comment.
    Comment,
    /// What is inside a script, a style, a title or a field of text.
    Raw,
    /// Everything else: text, end tags, the document type.
    Text,
}

/// The parts of a document in order, each with its place; together they are all of it.
pub(crate) fn parts(document: &str) -> Vec<(Part, Range<usize>)> {
    let mut parts = Vec::new();
    let (mut done, mut seen) = (0, 0);
    while let Some(found) = document[seen..].find('<') {
        let start = seen + found;
        let rest = &document[start + 1..];
        seen = start + 1;
        let part = if let Some(comment) = rest.strip_prefix("!--") {
            seen = document.len() - after(comment, "-->").len();
            Part::Comment
        } else if rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (tag, behind) = tag(rest);
            seen = document.len() - behind.len();
            Part::Tag(tag)
        } else {
            continue;
        };
        parts.push((Part::Text, done..start));
        let raw_end = match &part {
            Part::Tag(Tag { name, .. }) if RAW.contains(&name.as_str()) => {
                document[seen..].find(&format!("</{name}")).unwrap_or(document.len() - seen)
            }
            _ => 0,
        };
        parts.push((part, start..seen));
        parts.push((Part::Raw, seen..seen + raw_end));
        seen += raw_end;
        done = seen;
    }
    parts.push((Part::Text, done..document.len()));
    parts.retain(|(_, place)| !place.is_empty());
    parts
}

/// Every start tag of a document, in order.
pub(crate) fn tags(document: &str) -> Vec<Tag> {
    let tag = |(part, _)| if let Part::Tag(tag) = part { Some(tag) } else { None };
    parts(document).into_iter().filter_map(tag).collect()
}

/// Reads a tag from behind its `<`; the tag, and what is behind its `>`.
fn tag(text: &str) -> (Tag, &str) {
    let is_end = |letter: char| letter.is_ascii_whitespace() || matches!(letter, '>' | '/');
    let (name, mut rest) = split_at(text, is_end);
    let mut attributes = Vec::new();
    loop {
        rest =
            rest.trim_start_matches(|letter: char| letter.is_ascii_whitespace() || letter == '/');
        if rest.is_empty() {
            break;
        }
        if let Some(behind) = rest.strip_prefix('>') {
            rest = behind;
            break;
        }
        let (name, behind) = split_at(rest, |letter| is_end(letter) || letter == '=');
        let (value, behind) = value(behind);
        // A stray `=` or quote must not stop the reader.
        let stuck = behind.len() == rest.len();
        rest = if stuck { skip_letter(behind) } else { behind };
        attributes.push((name.to_ascii_lowercase(), value.into()));
    }
    let name = name.to_ascii_lowercase();
    (Tag { name, attributes }, rest)
}

/// Reads the value of an attribute from behind its name, if it has one.
fn value(text: &str) -> (&str, &str) {
    let Some(text) = text.trim_start().strip_prefix('=') else {
        return ("", text);
    };
    let text = text.trim_start();
    for quote in ['"', '\''] {
        if let Some(text) = text.strip_prefix(quote) {
            return text.split_once(quote).unwrap_or((text, ""));
        }
    }
    split_at(text, |letter| letter.is_ascii_whitespace() || letter == '>')
}

fn split_at(text: &str, is_end: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(is_end).unwrap_or(text.len()))
}

fn skip_letter(text: &str) -> &str {
    let mut letters = text.chars();
    letters.next();
    letters.as_str()
}

fn after<'a>(text: &'a str, end: &str) -> &'a str {
    text.split_once(end).map_or("", |(_, behind)| behind)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(document: &str) -> Vec<String> {
        tags(document).into_iter().map(|tag| tag.name).collect()
    }

    #[test]
    fn attributes_are_read_with_and_without_quotes() {
        let document = r#"<LINK Rel=preload href="./a b.css" data-x='">' crossorigin/>"#;
        let [tag] = &tags(document)[..] else { panic!("one tag: {document}") };
        assert_eq!(tag.name, "link");
        assert_eq!(tag.get("rel"), Some("preload"));
        assert_eq!(tag.get("href"), Some("./a b.css"));
        assert_eq!(tag.get("data-x"), Some("\">"));
        assert_eq!(tag.get("crossorigin"), Some(""));
        assert_eq!(tag.get("integrity"), None);
    }

    #[test]
    fn the_parts_of_a_document_are_all_of_it() {
        let document = "<!doctype html>\n<!-- <a> --><p>1 < 2<script>'<b>'</script> <i></i>";
        let mut end = 0;
        for (_, place) in parts(document) {
            assert_eq!(place.start, end);
            end = place.end;
        }
        assert_eq!(end, document.len());
        let text = |kind: &Part| {
            let parts = parts(document).into_iter().filter(|(part, _)| part == kind);
            parts.map(|(_, place)| document[place].to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(text(&Part::Comment), ["<!-- <a> -->"]);
        assert_eq!(text(&Part::Raw), ["'<b>'"]);
        assert_eq!(text(&Part::Text), ["<!doctype html>\n", "1 < 2", "</script> ", "</i>"]);
    }

    #[test]
    fn scripts_and_comments_hold_no_tags() {
        let document = "<!doctype html><!-- <a> --><p>1 < 2<script>'<b>'</script><i>";
        assert_eq!(names(document), ["p", "script", "i"]);
    }

    #[test]
    fn a_broken_document_ends() {
        for document in ["<", "<a", "<a =", "<a b=\"", "<!--", "<script>", "<a ='x' \">", "<p/"] {
            tags(document);
        }
    }
}
