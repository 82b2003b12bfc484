//! The start tags of an HTML document: just enough of a reader to check what
//! Trunk wrote. It takes attributes with and without quotes.

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

/// Every start tag of a document, in order; what is inside scripts, styles and
/// comments is no tag.
pub(crate) fn tags(document: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = document;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = after(comment, "-->");
        } else if rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            let (tag, behind) = tag(rest);
            rest = behind;
            if matches!(tag.name.as_str(), "script" | "style" | "title" | "textarea") {
                rest = after(rest, &format!("</{}", tag.name));
            }
            tags.push(tag);
        }
    }
    tags
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
