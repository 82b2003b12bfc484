//! Every preset shows what its title and caption say.

mod fitting;
mod landscape;
mod network;
mod optimizer;
mod precision;
mod rate;
mod samples;
mod schedule;
mod sentences;
mod shown;
mod stability;

use std::collections::BTreeSet;

use descent_lab::descent::{Language, Stop, Words};
use descent_lab::scenario::{PRESETS, Preset, Scenario, Theme, decode, encode};
use shown::{Shown, preset};

#[test]
fn there_are_enough_and_none_is_there_twice() {
    assert!(PRESETS.len() >= 33);
    let keys: BTreeSet<&str> = PRESETS.iter().map(|preset| preset.key).collect();
    assert_eq!(keys.len(), PRESETS.len());
    for language in Language::ALL {
        let titles: BTreeSet<&str> =
            PRESETS.iter().map(|preset| preset.title.in_language(language)).collect();
        assert_eq!(titles.len(), PRESETS.len(), "{language:?}");
    }
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    assert!(keys.iter().all(|key| key.chars().all(is_plain)), "a link needs plain keys");
}

#[test]
fn the_link_of_a_preset_is_clean_and_canonical() {
    for preset in PRESETS {
        let (scenario, refused) = decode(preset.link);
        assert_eq!(refused, [], "{}", preset.key);
        let canonical = encode(&scenario);
        let spelled: BTreeSet<&str> = preset.link.split('&').collect();
        let printed: BTreeSet<&str> = canonical.split('&').skip(1).collect();
        // A default that a preset says nevertheless is one it relies on.
        assert!(printed.is_subset(&spelled), "{}: {canonical}", preset.key);
        let all_said = decode(&format!("{}&{}", &canonical[1..], "")).0;
        assert_eq!(all_said, scenario, "{}", preset.key);
    }
}

#[test]
fn a_preset_holds_nothing_that_a_link_could_not_take_back() {
    for preset in PRESETS {
        let Scenario { page, .. } = preset.scenario();
        let link = format!("#v=1&preset={}&stop_loss=none&stop_grad=none", preset.key);
        let (back, refused) = decode(&link);
        assert_eq!((back.stop, refused), (Stop::default(), Vec::new()), "{}", preset.key);
        assert_eq!(decode(&encode(&back)).0, back, "{}", preset.key);
        let none: (Option<Language>, Option<Theme>, Option<[f64; 4]>) = (None, None, None);
        assert_eq!((page.language, page.theme, page.view), none, "{}", preset.key);
    }
}

/// How many sentences a text has. A full stop within a number ends none.
fn sentences(text: &str) -> usize {
    let after = text.chars().skip(1).chain([' ']);
    let ends = |(c, next): &(char, char)| match c {
        '。' | '！' | '？' => true,
        '.' | '!' | '?' => next.is_whitespace(),
        _ => false,
    };
    text.chars().zip(after).filter(ends).count()
}

#[test]
fn captions_are_two_sentences_in_each_language() {
    assert_eq!(sentences("At 0.5 it stops. At 1.0 it does not!"), 2);
    assert_eq!(sentences("等于 0.5 时停住。等于 1 时不停！真的？"), 3);
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for Preset { key, title, caption, .. } in PRESETS {
        for Words { en, zh } in [title, caption] {
            assert!(!en.is_empty() && !en.contains(is_chinese), "{key}: {en}");
            assert!(zh.contains(is_chinese), "{key}: {zh}");
            assert!(en.trim() == *en && zh.trim() == *zh, "{key}");
        }
        assert_eq!(sentences(caption.en), 2, "{key}: {}", caption.en);
        assert_eq!(sentences(caption.zh), 2, "{key}: {}", caption.zh);
        assert!(caption.en.ends_with('.') && caption.zh.ends_with('。'), "{key}");
    }
}

#[test]
fn both_languages_name_the_same_numbers() {
    // «half a percent» and 千分之五, «a few millionths» and so on are words.
    for Preset { key, caption, .. } in PRESETS {
        let numbers = |text: &'static str| -> BTreeSet<&str> {
            let is_part = |c: char| c.is_ascii_digit() || c == '.';
            text.split(|c| !is_part(c))
                .map(|number| number.trim_matches('.'))
                .filter(|number| number.contains('.') || number.len() > 1)
                .collect()
        };
        assert_eq!(numbers(caption.en), numbers(caption.zh), "{key}");
    }
}

/// Presets whose story is that a run leaves the map.
const LEAVING: [&str; 8] = [
    "too_large",
    "condition_100",
    "thrown_out",
    "exploding",
    "clipped_cliff",
    "wrong_sign",
    "sum_not_mean",
    "too_fast_for_one",
];

#[test]
fn paths_stay_in_the_window_of_their_loss() {
    for preset in PRESETS.iter().filter(|preset| !LEAVING.contains(&preset.key)) {
        let scenario = preset.scenario();
        if scenario.start.len() > 2 {
            // Its map is a plane laid through the path.
            continue;
        }
        let [x0, x1, y0, y1] = (scenario.loss.rule.window)(&scenario.setting());
        for shown in Shown::all_of(&scenario) {
            let inside = |point: &[f64]| {
                (x0..=x1).contains(&point[0]) && point.get(1).is_none_or(|y| (y0..=y1).contains(y))
            };
            let outside = (0..=shown.run.steps()).find(|t| !inside(shown.run.point(*t)));
            assert_eq!(outside, None, "{}", preset.key);
        }
    }
}

#[test]
fn runs_beside_each_other_differ_in_what_the_title_says() {
    for preset in PRESETS {
        let runs = preset.scenario().runs;
        for (at, run) in runs.iter().enumerate() {
            assert!(!runs[..at].contains(run), "{}: a run twice", preset.key);
            assert!(!run.is_hidden, "{}", preset.key);
        }
    }
    assert_eq!(preset("eight_rules").scenario().runs.len(), 8);
}
