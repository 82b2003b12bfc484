//! Links that nobody meant: more than a hundred thousand of them, none of which may break
//! anything or lose anything without a word.

use descent_lab::descent::{BatchPlan, Language};
use descent_lab::scenario::{
    Choice, Listed, OwnRefusal, Reason, Refusal, Run, Scenario, Theme, decode, encode, parse_knob,
    parse_number,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::validity::assert_valid;

use crate::cases::cases;

/// Links that work, to be spoilt.
const GOOD: [&str; 26] = [
    "#v=1",
    "#v=1&preset=saddle&run=sgd,lr=0.3",
    "#v=1&loss=rosenbrock,a=0.5,b=20&start=-1.2,1&steps=5000&run=sgd,lr=0.001&step=17",
    "#v=1&loss=quadratic,kappa=20,angle=30&start=-8,2.5&steps=100&run=sgd,lr=0.085",
    "#v=1&loss=parabola,a=2&start=2.7183&steps=1000000&run=sgd,lr=1e-300",
    "#v=1&loss=deep_chain,depth=50&start=1e12,-1e12&run=sgd,lr=1e300,schedule=constant",
    "#v=1&preset=stop_rule&stop_loss=none&stop_grad=0.5",
    "#v=1&stop_loss=-1e12&stop_grad=1e-9&step=200&play=1&lang=zh&theme=dark&view=-1,1,-2,2",
    "https://example.org/lab/#v=1&preset=exploding&lang=en&theme=light&play=0&view=0,1,0,1&predict=1",
    "#v=1&loss=himmelblau&start=0%2C0&run=sgd%2clr=0.022&view=-6e0,6e0,-5.2,5.2",
    "#v=1&preset=himmelblau_near&loss=gaussian_well,width=0.3&steps=1&step=1",
    "#v=1&run=momentum,lr=0.02,momentum=0.5&run=adam,lr=0.5,beta1=0.8,eps=1e-3&run=lion&hide=0,2",
    "#v=1&noise=0.5&seed=18446744073709551615&precision=bf16&run=lbfgs,memory=5&hide=none",
    "#v=1&steps=90&run=sgd,lr=1,schedule=step,step_size=30,gamma=0.5,warmup=90,clip=norm,clip_at=2",
    "#v=1&steps=70&run=sgd,lr=2,constrain=norm,constrain_at=3,schedule=reduce_on_plateau,patience=2",
    "#v=1&run=adamw,schedule=cosine,t_max=50,eta_min=0.01,clip=unit&run=sgd,clip=value&precision=f16",
    "#v=1&run=sgd&run=sgd&run=sgd&run=sgd&run=sgd&run=sgd&run=sgd&run=sgd&hide=1,3,5,7&noise=1e6",
    "#v=1&loss=linear_regression,data=penguins&run=adam,lr=0.1,beta1=1&batch=16&order=sequential&seed=-3",
    "#v=1&loss=linear_regression&batch=1..full&run=sgd,ascent=1,average=0.5&run=sgd,batch=8&run=adam,average=1,ascent=0",
    "#v=1&loss=linear_regression,data=own&points=1,2;2,4.5;-3,1e3&columns=a%252Cb,%E4%B8%AD&batch=2",
    "#v=1&loss=logistic_regression,data=own&points=1,2,0;5,5,1&stored=0123456789abcdef",
    "#v=1&loss=linear_regression,data=own,features=2,standardize=features&points=1,2,3;2,4.5,5;-3,1e3,6&columns=a,b,c&start=1,2,3",
    "#v=1&loss=logistic_regression,data=own,intercept=1&points=1,0;2,1;-3,1&batch=2&start=1,2",
    "#v=1&loss=network,data=spirals,depth=4,width=5,activation=gelu,init=normal,sigma=2&steps=9&run=adam",
    "#v=1&loss=network,data=own,depth=2,width=1&points=1,2;2,4.5;-3,1e3&start=1,2,3,4&batch=2",
    "#v=2&loss=quadratic,kappa=NaN&start=inf,1e400&steps=1.5&run=sgd,lr=-0.1,clip_at=1",
];

/// Pieces that a spoilt link may be made of.
const PIECES: &str = "& = , # % %2 %2C %3D %26 %00 %ff %e4%b8%ad %0A + - . e 0 1e999 1e-999 NaN inf \
    -0 1000001 9007199254740993 v=1 v=1e0 preset=saddle loss= loss=quadratic,kappa=2,kappa=3 \
    start=1,2,3 run=sgd &run=adam,lr=2 run=sgd,lr=1,lr=2 schedule=constant ,schedule=step ,warmup=7 \
    ,clip=norm ,clip_at=3 ,constrain=value ,constrain=norm ,constrain_at=2 ,constrain_at=-2 \
    ,schedule=reduce_on_plateau ,patience=3 ,ascent=1 ,batch=4 ,average=0.5 ,average=2 ,momentum=1 &hide=0 hide=8 seed=7 18446744073709551616 noise=1 \
    precision=f16 batch=4 &batch=full &batch=2..full &batch=3.. order=sequential loss=linear_regression \
    ,intercept=0 ,data=four_points ,reduction=sum ,data=own ,features=2 ,standardize=features \
    &points=1,2;3,4 points=1,2,1;3,4,0 ;5 ; &columns=a,b &stored=00000000000000ff %252C step=7 view=1,1,0,0 view=0,1,1e12,1e12 中 \u{202e} ://";

fn pieces() -> Vec<&'static str> {
    PIECES.split(' ').filter(|piece| !piece.is_empty()).collect()
}

/// One thing that may happen to a link on its way.
#[derive(Clone, Debug)]
enum Mishap {
    Truncate(Index),
    Behead(Index),
    FlipBit(Index, u8),
    Insert(Index, &'static str),
    Remove(Index, usize),
    Repeat(Index, Index),
    Append(&'static str),
    Shuffle(Index, Index),
}

fn mishaps() -> impl Strategy<Value = Mishap> {
    use Mishap::{Append, Behead, FlipBit, Insert, Remove, Repeat, Shuffle, Truncate};
    let at = any::<Index>;
    prop_oneof![
        1 => at().prop_map(Truncate),
        1 => at().prop_map(Behead),
        4 => (at(), 0..8_u8).prop_map(|(at, bit)| FlipBit(at, bit)),
        4 => (at(), select(pieces())).prop_map(|(at, piece)| Insert(at, piece)),
        2 => (at(), 1..9_usize).prop_map(|(at, length)| Remove(at, length)),
        1 => (at(), at()).prop_map(|(from, to)| Repeat(from, to)),
        1 => select(&GOOD[..]).prop_map(Append),
        2 => (at(), at()).prop_map(|(one, other)| Shuffle(one, other)),
    ]
}

fn spoil(link: &mut Vec<u8>, mishap: &Mishap) {
    let place = |at: &Index, link: &[u8]| at.index(link.len() + 1);
    match mishap {
        Mishap::Truncate(at) => link.truncate(place(at, link)),
        Mishap::Behead(at) => drop(link.drain(..place(at, link))),
        Mishap::FlipBit(at, bit) if !link.is_empty() => {
            let at = at.index(link.len());
            link[at] ^= 1 << bit;
        }
        Mishap::FlipBit(..) => {}
        Mishap::Insert(at, piece) => {
            let at = place(at, link);
            link.splice(at..at, piece.bytes());
        }
        Mishap::Remove(at, length) => {
            let at = place(at, link);
            link.drain(at..link.len().min(at + length));
        }
        Mishap::Repeat(from, to) => {
            let (from, to) = (place(from, link), place(to, link));
            let piece = link[from.min(to)..from.max(to)].to_vec();
            link.extend(piece);
        }
        Mishap::Append(other) => link.extend(other.bytes()),
        Mishap::Shuffle(one, other) => {
            let mut parts: Vec<&[u8]> = link.split(|byte| *byte == b'&').collect();
            let (one, other) = (one.index(parts.len()), other.index(parts.len()));
            parts.swap(one, other);
            *link = parts.join(&b'&');
        }
    }
}

/// Links that once worked, or were never any.
fn links() -> impl Strategy<Value = String> {
    let spoilt = (select(&GOOD[..]), vec(mishaps(), 1..6)).prop_map(|(link, mishaps)| {
        let mut link = link.as_bytes().to_vec();
        for mishap in &mishaps {
            spoil(&mut link, mishap);
        }
        String::from_utf8_lossy(&link).into_owned()
    });
    let noise = vec(any::<u8>(), 0..60).prop_map(|bytes| String::from_utf8_lossy(&bytes).into());
    let mosaic = vec(select(pieces()), 0..20).prop_map(|pieces| pieces.concat());
    prop_oneof![8 => spoilt, 1 => noise, 2 => mosaic]
}

/// Whether `scenario` shows what a part of a link says.
fn shows(scenario: &Scenario, key: &str, value: &str) -> bool {
    let numbers = || value.split(',').map(parse_number).collect::<Option<Vec<f64>>>();
    let whole = |number: usize| value.parse::<f64>().ok() == number.to_string().parse().ok();
    let one = |number: Option<f64>| number.is_some() && parse_number(value) == number;
    match key {
        "v" => parse_number(value) == Some(1.0),
        "preset" => scenario.preset.is_some_and(|preset| preset.key == value),
        "loss" => shows_loss(scenario, value),
        "points" => super::own::shows_points(scenario, value),
        "columns" => super::own::shows_columns(scenario, value),
        "stored" => scenario.stored.is_some_and(|print| format!("{print:016x}") == value),
        "start" => numbers().is_some_and(|numbers| numbers == scenario.start),
        "steps" => whole(scenario.steps),
        "stop_loss" if value == "none" => scenario.stop.loss.is_none(),
        "stop_grad" if value == "none" => scenario.stop.gradient.is_none(),
        "view" if value == "none" => scenario.page.view.is_none(),
        "lang" if value == "none" => scenario.page.language.is_none(),
        "theme" if value == "none" => scenario.page.theme.is_none(),
        "stop_loss" => one(scenario.stop.loss),
        "stop_grad" => one(scenario.stop.gradient),
        "seed" => value.parse() == Ok(scenario.seed),
        "batch" => shows_batch(scenario, scenario.batch, value),
        "order" => value == scenario.order.key(),
        "noise" => one(Some(scenario.noise)),
        "precision" => value == scenario.precision.key(),
        "run" => scenario.runs.iter().any(|run| shows_run(scenario, run, value)),
        "hide" => shows_hidden(scenario, value),
        "step" => whole(scenario.page.step),
        "play" => value == if scenario.page.play { "1" } else { "0" },
        "lang" => match scenario.page.language {
            Some(Language::English) => value == "en",
            Some(Language::Chinese) => value == "zh",
            None => false,
        },
        "theme" => match scenario.page.theme {
            Some(Theme::Light) => value == "light",
            Some(Theme::Dark) => value == "dark",
            None => false,
        },
        "chart" => value == scenario.page.chart.key(),
        "predict" => value == if scenario.page.predict { "1" } else { "0" },
        "view" => scenario.page.view.is_some_and(|view| numbers() == Some(view.to_vec())),
        _ => false,
    }
}

/// A size, or the first and the last; equal ones are one, and as many as there are samples
/// are the full batch.
fn shows_batch(scenario: &Scenario, plan: BatchPlan, value: &str) -> bool {
    let is = |text: &str, size: Option<usize>| match size {
        None => {
            let samples = scenario.build_loss().samples();
            text == "full"
                || parse_number(text) == samples.map(|m| m.to_string().parse().unwrap_or(f64::NAN))
        }
        Some(size) => text.parse::<f64>().ok() == size.to_string().parse().ok(),
    };
    match value.split_once("..") {
        Some((first, last)) => is(first, plan.first) && is(last, plan.last),
        None => !plan.grows() && is(value, plan.first),
    }
}

/// The name and every knob of `value`.
fn shows_loss(scenario: &Scenario, value: &str) -> bool {
    let mut parts = value.split(',');
    parts.next() == Some(scenario.loss.rule.key)
        && parts.filter(|part| !part.is_empty()).all(|part| {
            let (key, number) = part.split_once('=').unwrap_or((part, ""));
            shows_knob(&scenario.loss, key, number)
        })
}

fn shows_knob<R: Listed>(choice: &Choice<R>, key: &str, number: &str) -> bool {
    let at = choice.rule.knobs().iter().position(|knob| knob.key == key);
    at.is_some_and(|at| parse_knob(&choice.rule.knobs()[at], number) == Some(choice.knobs[at]))
}

/// The name and every part of `value`.
fn shows_run(scenario: &Scenario, run: &Run, value: &str) -> bool {
    let mut parts = value.split(',');
    parts.next() == Some(run.optimizer.rule.key)
        && parts.filter(|part| !part.is_empty()).all(|part| match part.split_once('=') {
            Some(("lr", rate)) => parse_number(rate) == Some(run.learning_rate),
            Some(("schedule", name)) => run.schedule.rule.key == name,
            Some(("warmup", steps)) => {
                parse_number(steps) == run.warmup.to_string().parse::<f64>().ok()
            }
            Some(("batch", value)) => {
                run.batch.is_some_and(|plan| shows_batch(scenario, plan, value))
            }
            Some(("ascent", value)) => value == if run.ascent { "1" } else { "0" },
            Some(("average", share)) => parse_number(share) == Some(run.average),
            Some(("clip", name)) => run.clip.as_ref().is_some_and(|clip| clip.rule.key == name),
            Some(("constrain", name)) => {
                run.constraint.as_ref().is_some_and(|c| c.rule.key == name)
            }
            Some((key, number)) => {
                shows_knob(&run.optimizer, key, number)
                    || shows_knob(&run.schedule, key, number)
                    || run.clip.as_ref().is_some_and(|clip| shows_knob(clip, key, number))
                    || run.constraint.as_ref().is_some_and(|c| shows_knob(c, key, number))
            }
            None => false,
        })
}

/// Exactly the runs of `value`.
fn shows_hidden(scenario: &Scenario, value: &str) -> bool {
    let named = |index: usize| value.split(',').any(|part| part.parse() == Ok(index));
    scenario.runs.iter().enumerate().all(|(index, run)| run.is_hidden == named(index))
}

/// Whether a part was refused, or so much that it may be among the rest. What
/// cannot be seen and what is too long is not shown as it stood.
fn is_refused(refused: &[Refusal], key: &str) -> bool {
    let is_alike = |(shown, c): (char, char)| shown == c || shown == '\u{fffd}' || shown == '…';
    let is_its = |shown: &str| {
        shown.is_empty() == key.is_empty() && shown.chars().zip(key.chars()).all(is_alike)
    };
    refused.iter().any(|refusal| {
        let parent = refusal.key.split_once('.').map_or("", |(parent, _)| parent);
        is_its(&refusal.key)
            || (parent == key && !key.is_empty())
            || matches!(refusal.reason, Reason::AndMore(_) | Reason::TooLong)
    })
}

/// Panics if anything that `link` says is neither shown nor refused.
fn assert_nothing_is_lost(link: &str, scenario: &Scenario, refused: &[Refusal]) {
    let fragment = match link.split_once('#') {
        Some((_, fragment)) => fragment,
        None if link.contains("://") => return,
        None => link,
    };
    for part in fragment.split('&').filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        if part.contains('%') {
            // Read by hand below, in `refusals`; here they only must not break.
            continue;
        }
        // `hide` counts the runs as the link has them; one that is refused is not hidden.
        let counts_refused = key == "hide" && is_refused(refused, "run");
        // Names of columns that were refused name nothing.
        let names_refused = key == "columns" && is_refused(refused, "points");
        assert!(
            shows(scenario, key, value)
                || is_refused(refused, key)
                || counts_refused
                || names_refused,
            "{part:?} of {link:?} is lost: {refused:?}"
        );
    }
}

proptest! {
    #![proptest_config(cases(12_000))]

    #[test]
    fn any_text_opens_a_valid_scenario_and_nothing_is_lost(link in links()) {
        let (scenario, refused) = decode(&link);
        assert_valid(&scenario);
        assert_nothing_is_lost(&link, &scenario, &refused);
        prop_assert!(refused.len() <= 13, "a notice that nobody reads: {}", refused.len());
        for refusal in &refused {
            let lengths = [&refusal.key, &refusal.value].map(|text| text.chars().count());
            prop_assert!(lengths[0] <= 61 && lengths[1] <= 61, "{:?}", refusal);
        }
        let canonical = encode(&scenario);
        let (again, refused) = decode(&canonical);
        // What a link cannot hold is said each time.
        let is_elsewhere =
            |refusal: &Refusal| refusal.reason == Reason::Own(OwnRefusal::Elsewhere);
        prop_assert_eq!(refused.iter().all(is_elsewhere), true, "{} {:?}", canonical, refused);
        prop_assert_eq!(&again, &scenario, "{}", canonical);
        prop_assert_eq!(encode(&again), canonical);
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn long_texts_are_refused_quickly(piece in select(pieces()), times in 1..200_000_usize) {
        let link = piece.repeat(times);
        let (scenario, refused) = decode(&link);
        assert_valid(&scenario);
        // A key is allowed once, a run eight times.
        let is_address = link.contains("://") && !link.contains('#');
        let says_something = link.trim_matches(['&', '#']).len() > 3;
        prop_assert!(!refused.is_empty() || is_address || !says_something || times <= 8);
        prop_assert!(refused.len() <= 13);
    }
}
