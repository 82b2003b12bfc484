//! Links that no one should have made, opened as the page opens them: what is said of each
//! in words, what of it is kept, and that its run has a verdict. Those that need a browser
//! to be dangerous are in `tests/browser/hostile.spec.ts`.

use descent_lab::descent::Language;
use descent_lab::scenario::{Scenario, decode};
use descent_lab::text::{self, Cause};

/// What of a link is kept.
#[derive(Clone, Copy)]
enum Kept {
    Loss(&'static str),
    Rate(f64),
    Steps(usize),
}

use Kept::{Loss, Rate, Steps};

impl Kept {
    fn is_kept_by(self, scenario: &Scenario) -> bool {
        match self {
            Loss(key) => scenario.loss.rule.key == key,
            Rate(rate) => scenario.runs[0].learning_rate == rate,
            Steps(steps) => scenario.steps == steps,
        }
    }
}

/// A link; per refusal words that its sentence has to hold; what is kept.
type Opened = (String, &'static [&'static [&'static str]], &'static [Kept]);

fn numbers() -> Vec<Opened> {
    let largest = "#v=1&run=sgd,lr=1.7976931348623157e308".to_owned();
    let smallest = "#v=1&run=sgd,lr=5e-324".to_owned();
    let not_whole = "#v=1&steps=10.5&loss=matyas".to_owned();
    let too_many = "#v=1&start=1e999,-1e999&steps=99999999999999999999&run=sgd,lr=0.02".to_owned();
    vec![
        (
            "#v=1&loss=rosenbrock&start=NaN,inf&steps=50&run=sgd,lr=0.001".to_owned(),
            &[&["start", "NaN"]],
            &[Loss("rosenbrock"), Steps(50), Rate(0.001)],
        ),
        (
            "#v=1&loss=booth&run=sgd,lr=inf".to_owned(),
            &[&["lr", "inf", "positive"]],
            &[Loss("booth")],
        ),
        (
            "#v=1&loss=booth&run=sgd,lr=-1".to_owned(),
            &[&["lr", "-1", "positive"]],
            &[Loss("booth")],
        ),
        ("#v=1&run=sgd,lr=0".to_owned(), &[&["lr", "0", "positive"]], &[]),
        (largest, &[], &[Rate(f64::MAX)]),
        (smallest, &[], &[Rate(5e-324)]),
        (
            too_many,
            &[&["start", "1e999"], &["steps", "99999999999999999999", "1000000"]],
            &[Rate(0.02), Steps(200)],
        ),
        ("#v=1&start=1e12,-1e12&steps=20".to_owned(), &[], &[Steps(20)]),
        (not_whole, &[&["steps", "10.5", "whole"]], &[Loss("matyas")]),
        ("#v=1&steps=0&loss=matyas".to_owned(), &[&["steps", "0"]], &[Loss("matyas"), Steps(200)]),
        ("#v=1&steps=30&step=31".to_owned(), &[&["step", "31", "30"]], &[Steps(30)]),
        ("#v=1&view=1,1,2,2&steps=40".to_owned(), &[&["view"]], &[Steps(40)]),
        ("#v=1&view=-1e12,1e12,-1e12,1e12&steps=40".to_owned(), &[], &[Steps(40)]),
        ("#v=1&view=1,1.00000001,1,1.00000001&steps=40".to_owned(), &[], &[Steps(40)]),
        (
            "#v=1&loss=parabola&start=1,2&steps=40".to_owned(),
            &[&["start", "one number"]],
            &[Loss("parabola"), Steps(40)],
        ),
        ("#v=1&steps=40&batch=8".to_owned(), &[&["batch = 8", "full"]], &[Steps(40)]),
    ]
}

fn keys_and_names() -> Vec<Opened> {
    let ten_kilobytes = format!("#v=1&{}steps=70", "a=&".repeat(3_333));
    vec![
        ("#".to_owned(), &[], &[Loss("quadratic")]),
        ("#&&&==&=&".to_owned(), &[&["not known"]], &[]),
        ("#hello".to_owned(), &[&["hello", "not known"]], &[]),
        (
            "#v=1&loss=%&steps=%zz&run=sgd,lr=0.05".to_owned(),
            &[&["loss", "UTF-8"], &["steps", "UTF-8"]],
            &[Rate(0.05)],
        ),
        ("#v=1&steps=70&loss=booth%2".to_owned(), &[&["loss"]], &[Steps(70)]),
        (ten_kilobytes, &[&["not known"], &["more"]], &[Steps(70)]),
        (
            "#v=1&steps=40&steps=50&loss=booth&loss=matyas".to_owned(),
            &[&["steps", "50", "more than once"], &["loss", "matyas", "more than once"]],
            &[Steps(40), Loss("booth")],
        ),
        (
            "#v=1&colour=red&steps=40&constructor=1&__proto__=2".to_owned(),
            &[&["colour"], &["constructor"], &["__proto__"]],
            &[Steps(40)],
        ),
        (
            "#v=1&loss=mystery,kappa=2&steps=40".to_owned(),
            &[&["mystery", "rosenbrock"]],
            &[Loss("quadratic"), Steps(40)],
        ),
        (
            "#v=1&loss=quadratic,kappa=1e9,shoes=2&steps=40".to_owned(),
            &[&["kappa", "1000"], &["shoes"]],
            &[Loss("quadratic"), Steps(40)],
        ),
        ("#v=one&steps=40".to_owned(), &[&["v", "one"]], &[Steps(40)]),
        (
            "#v=1&view=a,b,c&steps=40&lang=fr&theme=pink&play=maybe".to_owned(),
            &[&["view"], &["fr"], &["pink"], &["maybe"]],
            &[Steps(40)],
        ),
        (
            "#v=1&steps=40&present=1&noise=0.1&precision=f16".to_owned(),
            &[&["present", "not known"]],
            &[Steps(40)],
        ),
        (
            "#v=1&steps=4%000&loss=bo%E2%80%8Both&run=sgd,lr=0.05".to_owned(),
            &[&["steps"], &["loss"]],
            &[Rate(0.05)],
        ),
    ]
}

#[test]
fn a_hostile_link_opens_and_says_in_words_what_it_left_out() {
    let text = text::of(Language::English);
    for (link, says, keeps) in numbers().into_iter().chain(keys_and_names()) {
        let link_shown = &link[..link.len().min(80)];
        let (scenario, refused) = decode(&link);
        let sentences: Vec<String> = refused.iter().map(|it| (text.refusal)(it)).collect();
        assert_eq!(sentences.is_empty(), says.is_empty(), "{link_shown}: {sentences:?}");
        for words in says {
            let is_said = |sentence: &String| words.iter().all(|word| sentence.contains(word));
            assert!(sentences.iter().any(is_said), "{link_shown}: {words:?} in {sentences:?}");
        }
        for kept in keeps {
            assert!(kept.is_kept_by(&scenario), "{link_shown}");
        }
        assert_has_a_verdict(&scenario, link_shown);
    }
}

fn assert_has_a_verdict(scenario: &Scenario, link: &str) {
    let (loss, run) = (scenario.build_loss(), &scenario.runs[0]);
    let verdict = scenario.judge(run, loss.as_ref(), &scenario.descend(run, loss.as_ref()));
    let cause = Cause::of(&verdict, scenario.has_constant_hessian());
    for language in Language::ALL {
        let sentence = text::sentence(text::of(language), &cause);
        assert!(!sentence.is_empty(), "{link}");
        for nonsense in ["NaN", "undefined", "Infinity", " inf"] {
            assert!(!sentence.contains(nonsense), "{link}: {sentence}");
        }
    }
}
