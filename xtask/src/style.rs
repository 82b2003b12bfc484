//! Style sheets made smaller without reading what they say: comments and blanks that mean
//! nothing are left out. Strings and addresses stay as they are.

/// The style sheets in their order as one, made small.
pub(crate) fn join<'a>(sheets: impl IntoIterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for sheet in sheets {
        joined.push_str(&narrow(sheet));
        joined.push('\n');
    }
    joined
}

/// A style sheet without its comments and needless blanks.
fn narrow(sheet: &str) -> String {
    let mut narrowed = String::new();
    let mut rest = sheet;
    while !rest.is_empty() {
        let length = token(rest);
        let (text, behind) = rest.split_at(length);
        rest = behind;
        let is_parted = narrowed.is_empty() || narrowed.ends_with(is_parting);
        if text.starts_with(is_space) {
            narrowed.push_str(if is_parted { "" } else { " " });
            continue;
        }
        if text.starts_with("/*") {
            // Between two words it parts them, and says nothing of what a blank would say.
            let is_needed = !is_parted && !rest.starts_with(is_parting);
            narrowed.push_str(if is_needed { "/**/" } else { "" });
            continue;
        }
        if text.starts_with(ends_before) && narrowed.ends_with(' ') {
            narrowed.pop();
        }
        narrowed.push_str(text);
    }
    narrowed.truncate(narrowed.trim_end().len());
    narrowed
}

/// The length of what comes first: a run of blanks, a comment, a string, an address, or
/// one letter.
fn token(text: &str) -> usize {
    let first = text.chars().next().unwrap_or_default();
    let is_address = text.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("url("));
    if is_space(first) {
        text.find(|letter| !is_space(letter)).unwrap_or(text.len())
    } else if let Some(comment) = text.strip_prefix("/*") {
        comment.find("*/").map_or(text.len(), |end| end + 4)
    } else if matches!(first, '"' | '\'') {
        string(text, first)
    } else if is_address && !text[4..].trim_start().starts_with(['"', '\'']) {
        text.find(')').map_or(text.len(), |end| end + 1)
    } else if first == '\\' {
        // What is escaped is no quote and no brace.
        first.len_utf8() + text[1..].chars().next().map_or(0, char::len_utf8)
    } else {
        first.len_utf8()
    }
}

/// The length of the string that begins here.
fn string(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    let end = text[1..].find(|letter| {
        let ends = letter == quote && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// Whether no blank is needed behind this.
fn is_parting(letter: char) -> bool {
    matches!(letter, '{' | '}' | ';' | ',') || is_space(letter)
}

fn is_space(letter: char) -> bool {
    letter.is_ascii_whitespace()
}

/// Whether no blank is needed before this. `;` is not among them: `--empty: ;` is a value.
fn ends_before(letter: char) -> bool {
    matches!(letter, '{' | '}' | ',')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_blanks_are_left_out() {
        let sheet = "/* head */\n.a,\n.b > i:not(.c) {\n  color: red; /* why */\n  margin: 0 -1px;\n}\n\n@media (min-width: 3px) {\n  a :hover { top: calc(1px + 2px) }\n}\n";
        let expected = ".a,.b > i:not(.c){color: red;margin: 0 -1px;}@media (min-width: 3px){a :hover{top: calc(1px + 2px)}}";
        assert_eq!(narrow(sheet), expected);
    }

    #[test]
    fn strings_and_addresses_stay_as_they_are() {
        for text in [
            r#"a{content: "  /* no */ \"  } "}"#,
            "a{content: '  {  '}",
            "a{background: url(data:a;b,  c  /* d */)}",
            r#"a{background: url( "x  y" )}"#,
            r"a\{b{top: 0}",
            r"a{--empty: ;top: 0}",
        ] {
            assert_eq!(narrow(text), text);
        }
    }

    #[test]
    fn a_broken_sheet_ends() {
        for text in ["/*", "\"", "'\\", "url(", "\\", "a{", "é/*é*/é"] {
            narrow(text);
        }
        assert_eq!(narrow("a/*é*/.b"), "a/**/.b");
    }

    #[test]
    fn sheets_are_joined_in_order() {
        assert_eq!(join(["a { top: 0 }\n", "/* b */ b { top: 1px }"]), "a{top: 0}\nb{top: 1px}\n");
    }
}
