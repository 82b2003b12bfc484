//! Refusals in words, in both languages.

use descent_lab::descent::Language;
use descent_lab::scenario::{Reason, Refusal, decode, number_text};
use descent_lab::text;

use super::refusals::examples;

/// What a sentence has to hold so that its reader knows what would be allowed:
/// in English, and in Chinese.
fn allowed(refusal: &Refusal) -> [Vec<String>; 2] {
    let both = |words: &[&str]| -> [Vec<String>; 2] {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        [words.clone(), words]
    };
    let each = |en: &str, zh: &str| [vec![en.to_owned()], vec![zh.to_owned()]];
    match &refusal.reason {
        Reason::NotKnown(known) | Reason::NoSuchName(known) => both(known),
        Reason::NotInRange { min, max, whole } => {
            let [mut en, mut zh] = both(&[&number_text(*min), &number_text(*max)]);
            en.push(if *whole { "a whole number" } else { "a number" }.to_owned());
            zh.push(if *whole { "之间的整数" } else { "之间的数" }.to_owned());
            [en, zh]
        }
        Reason::NoSamples => both(&["full"]),
        Reason::NotABatchPlan(most) => both(&["1..full", &format!("{most}")]),
        Reason::NotPositive => each("positive finite", "有限的正数"),
        Reason::NotASeed => each(
            "a whole number from 0 to 18446744073709551615",
            "0 到 18446744073709551615 之间的整数",
        ),
        Reason::TooManyRuns(most) => both(&[&most.to_string()]),
        Reason::NotARun(last) => each(&format!("0 to {last}"), &format!("从 0 编号到 {last}")),
        Reason::NeedsClasses(taken) => both(&[taken]),
        Reason::StartIsDrawn(count) => both(&[&count.to_string(), "init_seed"]),
        Reason::WrongCount(1) => each("one number", "一个数"),
        Reason::WrongCount(count) => {
            each(&format!("{count} numbers with commas"), &format!("逗号隔开的 {count} 个数"))
        }
        Reason::NotAWindow => both(&["x0,x1,y0,y1", "x0 < x1", "y0 < y1"]),
        Reason::Own(reason) => super::own::allowed(*reason),
        Reason::NoLayers => each("no layers", "没有层"),
        Reason::NoPlane => each("on the map as it is", "已经都在地图上"),
        Reason::NotAPlane(last) => both(&["pca", &last.to_string(), "1,2"]),
        Reason::Repeated => each("Only the first one counts", "以第一个为准"),
        Reason::NewerVersion => each("newer version", "更新的版本"),
        Reason::NoValue => each(&format!("{}=value", refusal.key), &format!("{}=值", refusal.key)),
        Reason::NotText => both(&["UTF-8"]),
        Reason::TooLong => both(&["65,536"]),
        Reason::AndMore(more) => both(&[&more.to_string()]),
    }
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn a_refusal_names_key_value_and_what_is_allowed_in_both_languages() {
    let examples = examples();
    assert!(examples.len() > 100, "{}", examples.len());
    for refusal in &examples {
        for (language, allowed) in Language::ALL.into_iter().zip(allowed(refusal)) {
            let sentence = (text::of(language).refusal)(refusal);
            // Of a link that was not read at all there is no key to name.
            let is_whole_link = matches!(refusal.reason, Reason::TooLong | Reason::AndMore(_));
            let named = [refusal.key.clone(), refusal.value.clone()];
            let named = if is_whole_link { &[][..] } else { &named };
            for part in named.iter().chain(&allowed) {
                assert!(sentence.contains(part), "{part:?} is not in {sentence:?}");
            }
            assert!(sentence.ends_with(['.', '。']), "{sentence:?}");
        }
    }
}

#[test]
fn each_language_is_spoken_in_its_own_words() {
    for refusal in examples().iter().filter(|refusal| !refusal.value.contains(is_chinese)) {
        let [en, zh] = Language::ALL.map(|language| (text::of(language).refusal)(refusal));
        assert!(!en.contains(is_chinese), "{en}");
        assert!(zh.contains(is_chinese), "{zh}");
        assert!(!zh.contains("not "), "{zh}");
    }
}

#[test]
fn nothing_allowed_is_said_in_words() {
    // `Known are .` would be no sentence.
    let (_, refused) = decode("#loss=booth,a=1");
    assert_eq!(refused[0].reason, Reason::NotKnown(vec![]));
    for language in Language::ALL {
        let sentence = (text::of(language).refusal)(&refused[0]);
        assert!(!sentence.contains("are ."), "{sentence}");
        assert!(!sentence.contains("有 。"), "{sentence}");
    }
}

#[test]
fn a_refusal_is_one_line_whatever_the_link_holds() {
    // On the command line a refusal is a line; what turns the direction of
    // writing would garble the words after it.
    for hidden in
        ["%0A", "%0D", "%00", "%1b[31m", "%7f", "%e2%80%a8", "%e2%80%ae", "\n", "\u{202e}"]
    {
        for link in
            [format!("#steps=1{hidden}2"), format!("#st{hidden}eps=1"), format!("#{hidden}")]
        {
            let (_, refused) = decode(&link);
            assert_eq!(refused.len(), 1, "{link:?}");
            for language in Language::ALL {
                let sentence = (text::of(language).refusal)(&refused[0]);
                let is_invisible = |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}');
                assert!(!sentence.contains(is_invisible), "{link:?}: {sentence:?}");
            }
        }
    }
}
