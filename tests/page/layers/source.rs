//! A source file taken apart as far as these tests need it: what is code, what
//! is text, what is comment.

use std::fs;
use std::path::{Path, PathBuf};

/// A file under the project's folder.
pub(super) struct Source {
    /// Its path from the project's folder, with `/`.
    pub(super) path: String,
    /// As it stands.
    pub(super) text: String,
    /// Comments blanked out, lines kept.
    pub(super) without_comments: String,
    /// Comments and the insides of string and character literals blanked out.
    pub(super) code: String,
}

/// What a stretch of a file is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Code,
    Comment,
    Literal,
}

impl Source {
    /// Every Rust file of the page and of the mathematics below it.
    pub(super) fn all() -> Vec<Self> {
        let mut sources = Self::below("descent/src");
        sources.extend(Self::below("src"));
        sources
    }

    /// Every Rust file below `folder`.
    pub(super) fn below(folder: &str) -> Vec<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut paths = Vec::new();
        collect(&root.join(folder), &mut paths);
        paths.sort();
        paths.iter().map(|path| Self::read(root, path)).collect()
    }

    fn read(root: &Path, path: &Path) -> Self {
        let text = fs::read_to_string(path).expect("the sources are UTF-8");
        let relative = path.strip_prefix(root).expect("below the root");
        let names: Vec<_> = relative.iter().map(|name| name.to_string_lossy()).collect();
        Self::of(&names.join("/"), text)
    }

    /// A file with this text.
    pub(super) fn of(path: &str, text: String) -> Self {
        let kinds = kinds(&text);
        let only = |wanted: &[Kind]| -> String {
            let blank = |(c, kind): (char, &Kind)| {
                if c == '\n' || wanted.contains(kind) { c } else { ' ' }
            };
            text.chars().zip(&kinds).map(blank).collect()
        };
        let code = only(&[Kind::Code]);
        let without_comments = only(&[Kind::Code, Kind::Literal]);
        Self { path: path.to_owned(), text, without_comments, code }
    }

    /// The names of the modules down to this file: `src/view/mod.rs` is `[view]`.
    pub(super) fn modules(&self) -> Vec<&str> {
        let below = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let mut names: Vec<&str> = below.trim_end_matches(".rs").split('/').collect();
        if matches!(names.last(), Some(&("mod" | "lib"))) {
            names.pop();
        }
        names
    }

    /// The number of the line in which a place of `code` lies.
    pub(super) fn line_of(&self, place: usize) -> usize {
        self.code[..place].matches('\n').count() + 1
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// The kind of every character.
fn kinds(text: &str) -> Vec<Kind> {
    let chars: Vec<char> = text.chars().collect();
    let mut kinds = Vec::with_capacity(chars.len());
    while kinds.len() < chars.len() {
        let at = kinds.len();
        let (kind, length) = match chars[at..] {
            ['/', '/', ..] => (Kind::Comment, until(&chars[at..], &['\n'])),
            ['/', '*', ..] => (Kind::Comment, block_comment(&chars[at..])),
            ['r', '"' | '#', ..] if !is_word(&chars, at) => raw_string(&chars[at..]),
            ['"', ..] => (Kind::Literal, quoted(&chars[at..], '"')),
            // A character, not a lifetime.
            ['\'', '\\', ..] | ['\'', _, '\'', ..] => (Kind::Literal, quoted(&chars[at..], '\'')),
            _ => (Kind::Code, 1),
        };
        kinds.resize(at + length, kind);
    }
    kinds
}

/// Whether the character before `at` belongs to the same word.
fn is_word(chars: &[char], at: usize) -> bool {
    at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_')
}

/// The length up to the first of `ends`, or to the end.
fn until(chars: &[char], ends: &[char]) -> usize {
    chars.windows(ends.len()).position(|window| window == ends).unwrap_or(chars.len())
}

fn block_comment(chars: &[char]) -> usize {
    (until(chars, &['*', '/']) + 2).min(chars.len())
}

/// `r"…"`, `r#"…"#` and so on; a raw identifier is code.
fn raw_string(chars: &[char]) -> (Kind, usize) {
    let hashes = chars[1..].iter().take_while(|c| **c == '#').count();
    if chars.get(1 + hashes) != Some(&'"') {
        return (Kind::Code, 1);
    }
    let mut end = vec!['"'];
    end.resize(1 + hashes, '#');
    let body = 2 + hashes;
    (Kind::Literal, (body + until(&chars[body..], &end) + end.len()).min(chars.len()))
}

/// The length of a literal between two `quote`s, with escapes.
fn quoted(chars: &[char], quote: char) -> usize {
    let mut at = 1;
    while at < chars.len() && chars[at] != quote {
        at += if chars[at] == '\\' { 2 } else { 1 };
    }
    (at + 1).min(chars.len())
}
