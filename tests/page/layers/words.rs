//! Words that a person reads stand where both languages are.

use super::source::Source;

/// Chinese characters and their punctuation.
fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

/// The text without the insides of every `Words { … }`, where both languages
/// stand side by side.
fn without_names(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::new();
    while let Some(at) = rest.find("Words {") {
        let end = rest[at..].find('}').map_or(rest.len(), |length| at + length);
        kept.push_str(&rest[..at]);
        rest = &rest[end..];
    }
    kept + rest
}

#[test]
fn chinese_stands_in_its_file_or_beside_the_english_name() {
    for source in Source::all() {
        if source.path == "src/text/zh.rs" || source.path.starts_with("src/text/zh/") {
            assert!(source.without_comments.contains(is_chinese));
            continue;
        }
        let elsewhere = without_names(&source.without_comments);
        let stray = elsewhere.lines().find(|line| line.contains(is_chinese));
        assert_eq!(stray, None, "{}", source.path);
    }
}

/// The string literals of the code before its tests, without reasons for lints and
/// what a broken promise would print.
fn literals(source: &Source) -> Vec<&str> {
    let end = source.text.find("#[cfg(test)]").unwrap_or(source.text.len());
    let text = &source.without_comments[..end.min(source.without_comments.len())];
    let quotes: Vec<&str> = text.split('"').collect();
    let is_for_programmers = |before: &str| {
        let statement = before.rsplit([';', '{', '}']).next().unwrap_or_default();
        before.trim_end().ends_with("reason =") || statement.contains("assert")
    };
    quotes
        .chunks(2)
        .filter(|pair| pair.len() == 2 && !is_for_programmers(pair[0]))
        .map(|pair| pair[1])
        .collect()
}

#[test]
fn pictures_hold_no_words_of_their_own() {
    // Indices of formulas, families of type, the ends of a colour ramp in tests.
    let known = ["min", "max", "math", "page"];
    let has_word = |text: &str| {
        // What stands in braces is code.
        let shown = text.split('{').map(|part| part.rsplit('}').next().unwrap_or_default());
        let mut words = shown.flat_map(|part| part.split(|c: char| !c.is_ascii_alphabetic()));
        words.any(|word| word.len() > 2 && !known.contains(&word))
    };
    for source in Source::below("src/view") {
        let stray: Vec<&str> =
            literals(&source).into_iter().filter(|text| has_word(text)).collect();
        assert_eq!(stray, [""; 0], "{}", source.path);
    }
}

#[test]
fn both_languages_have_the_same_places_for_numbers() {
    // A `{step}` that one language forgets is no compile error.
    let [en, zh] = ["src/text/en", "src/text/zh"].map(|path| {
        let sources = Source::below("src/text").into_iter();
        let of_language = sources.filter(|source| source.path.starts_with(path));
        let words: String = of_language.map(|source| source.without_comments).collect();
        assert!(!words.is_empty(), "{path}");
        words
    });
    let count = |text: &str, name: &str| text.matches(&format!("{{{name}}}")).count();
    for name in [
        "step", "product", "factor", "growth", "along", "left", "share", "rising", "rate", "from",
        "distance", "last", "least", "more", "max",
    ] {
        assert_eq!(count(&en, name) > 0, count(&zh, name) > 0, "{name}");
    }
}
