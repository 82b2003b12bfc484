//! A person's own samples in a link.

use descent_lab::descent::data::{Column, ColumnName, Samples, Task};
use descent_lab::descent::{BatchPlan, Language};
use descent_lab::scenario::table::TableReader;
use descent_lab::scenario::{
    MOST_POINT_TEXT, OwnRefusal, Reason, Scenario, decode, decode_with, encode, own_samples,
    parse_number,
};

use super::cases::Case;

/// Links with one thing to refuse about them.
pub(super) fn cases() -> Vec<Case> {
    let row = |row, cells, expected| OwnRefusal::Uneven { row, cells, expected };
    let number = |row| OwnRefusal::NotANumber { row };
    let cases: Vec<(&str, &str, &str, OwnRefusal)> = vec![
        ("#points=1,2;3,4", "points", "1,2;3,4", OwnRefusal::NotUsed),
        ("#loss=linear_regression&points=1,2;3,4", "points", "1,2;3,4", OwnRefusal::NotUsed),
        ("#columns=a,b", "columns", "a,b", OwnRefusal::NotUsed),
        ("#stored=0123456789abcdef", "stored", "0123456789abcdef", OwnRefusal::NotUsed),
        ("#loss=linear_regression,data=own", "loss.data", "own", OwnRefusal::NoPoints),
        ("#points=1", "points", "1", OwnRefusal::NotPoints),
        ("#points=", "points", "", OwnRefusal::NotPoints),
        ("#points=1,2,3,4", "points", "1,2,3,4", OwnRefusal::NotPoints),
        ("#points=1,2;3", "points", "3", row(2, 1, 2)),
        ("#points=1,2;3,4;", "points", "", row(3, 1, 2)),
        ("#points=1,2,0;3,4,1,5", "points", "3,4,1,5", row(2, 4, 3)),
        ("#points=1,2;3,4;5,abc", "points", "abc", number(3)),
        ("#points=1,", "points", "", number(1)),
        ("#points=1,1e13", "points", "1e13", number(1)),
        ("#points=1,2;1e400,2", "points", "1e400", number(2)),
        ("#points=1,nan", "points", "nan", number(1)),
        ("#points=1,-inf", "points", "-inf", number(1)),
        ("#stored=0123", "stored", "0123", OwnRefusal::NotAFingerprint),
        ("#stored=0123456789ABCDEF", "stored", "0123456789ABCDEF", OwnRefusal::NotAFingerprint),
        (
            "#loss=linear_regression,data=own&points=1,2;3,4&columns=a",
            "columns",
            "a",
            OwnRefusal::WrongNames(2),
        ),
        (
            "#loss=linear_regression,data=own&points=1,2;3,4&columns=,b",
            "columns",
            ",b",
            OwnRefusal::WrongNames(2),
        ),
        (
            "#loss=linear_regression,data=own&points=1,2;3,4&stored=0123456789abcdef",
            "stored",
            "0123456789abcdef",
            OwnRefusal::NotUsed,
        ),
        (
            "#loss=linear_regression,data=own&stored=0123456789abcdef",
            "stored",
            "0123456789abcdef",
            OwnRefusal::Elsewhere,
        ),
    ];
    cases.into_iter().map(|(link, key, value, why)| (link, key, value, Reason::Own(why))).collect()
}

/// The name of a reason; a new one is a compile error here and then a case above.
pub(super) fn name(reason: OwnRefusal) -> &'static str {
    match reason {
        OwnRefusal::NotUsed => "NotUsed",
        OwnRefusal::NoPoints => "NoPoints",
        // Never alone: said of points that are there, beside a loss that shows others.
        OwnRefusal::DoNotFit(_) | OwnRefusal::OtherFeatures { .. } => "DoNotFit",
        OwnRefusal::NotPoints => "NotPoints",
        OwnRefusal::Uneven { .. } => "Uneven",
        OwnRefusal::NotANumber { .. } => "NotANumber",
        OwnRefusal::WrongNames(_) => "WrongNames",
        OwnRefusal::NotAFingerprint => "NotAFingerprint",
        OwnRefusal::Elsewhere => "Elsewhere",
    }
}

/// What a sentence has to hold, in English and in Chinese.
pub(super) fn allowed(reason: OwnRefusal) -> [Vec<String>; 2] {
    let both = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        [words.clone(), words]
    };
    let each = |en: &str, zh: &str| [vec![en.to_owned()], vec![zh.to_owned()]];
    match reason {
        OwnRefusal::NotUsed => both(&["data=own"]),
        OwnRefusal::NoPoints => each("shows its own data instead", "自带的数据"),
        OwnRefusal::DoNotFit(Some(Task::Regression)) => both(&["x,y"]),
        OwnRefusal::DoNotFit(Some(Task::Classification)) => both(&["x1,x2,class", "x,class"]),
        OwnRefusal::OtherFeatures { are_two: true } => both(&["features=2", "x1,x2,y"]),
        OwnRefusal::OtherFeatures { are_two: false } => both(&["x,y", "features=2", "x1,x2,y"]),
        OwnRefusal::DoNotFit(None) => both(&["x,y", "x1,x2,class"]),
        OwnRefusal::NotPoints => both(&["1,2;3,4"]),
        OwnRefusal::Uneven { row, cells, expected } => each(
            &format!("row {row} has {cells} numbers and not {expected}"),
            &format!("第 {row} 行有 {cells} 个数，应为 {expected} 个"),
        ),
        OwnRefusal::NotANumber { row } => {
            [vec![format!("row {row}"), "1e12".to_owned()], vec![format!("第 {row} 行")]]
        }
        OwnRefusal::WrongNames(count) => {
            each(&format!("{count} names"), &format!("{count} 个名称"))
        }
        OwnRefusal::NotAFingerprint => both(&["16"]),
        OwnRefusal::Elsewhere => each("in the browser in which", "那个浏览器"),
    }
}

/// Whether the samples are those that `points` writes.
pub(super) fn shows_points(scenario: &Scenario, points: &str) -> bool {
    let Some(own) = &scenario.own else { return false };
    let rows: Option<Vec<Vec<f64>>> =
        points.split(';').map(|row| row.split(',').map(parse_number).collect()).collect();
    rows.is_some_and(|rows| {
        rows.len() == own.len() && rows.iter().enumerate().all(|(at, row)| own.row(at) == *row)
    })
}

/// Whether the columns have these names.
pub(super) fn shows_columns(scenario: &Scenario, columns: &str) -> bool {
    let Some(own) = &scenario.own else { return false };
    let is = |(column, name): (&Column, &str)| column.name == ColumnName::Own(name.to_owned());
    own.columns().len() == columns.split(',').count()
        && own.columns().iter().zip(columns.split(',')).all(is)
}

#[test]
fn what_does_not_fit_is_said_twice_and_the_loss_shows_its_own() {
    let classes = OwnRefusal::DoNotFit(Some(Task::Classification));
    for (link, reason) in [
        (
            "#loss=linear_regression,data=own&points=1,2,0;3,4,1",
            OwnRefusal::OtherFeatures { are_two: false },
        ),
        (
            "#loss=linear_regression,data=own,features=2&points=1,2;3,4",
            OwnRefusal::OtherFeatures { are_two: true },
        ),
        (
            "#loss=polynomial_regression,data=own&points=1,2,0;3,4,1",
            OwnRefusal::DoNotFit(Some(Task::Regression)),
        ),
        ("#loss=logistic_regression,data=own&points=1,2;3,4", classes),
        ("#loss=logistic_regression,data=own&points=1,2,0;3,4,2", classes),
        ("#loss=network,data=own&points=1,2,0;3,4,2", OwnRefusal::DoNotFit(None)),
    ] {
        let (scenario, refused) = decode(link);
        let reasons: Vec<&Reason> = refused.iter().map(|refusal| &refusal.reason).collect();
        let expected = [reason, OwnRefusal::NoPoints].map(Reason::Own);
        assert_eq!(reasons, expected.iter().collect::<Vec<_>>(), "{link}");
        let without = link.split("&points").next().unwrap_or_default().replace(",data=own", "");
        let without = without.replace(",features=2", "");
        assert_eq!(scenario, decode(&without).0);
    }
}

#[test]
fn names_may_hold_anything() {
    let names = ["a,b;c&d=e#%2C", "体重 (g)"];
    let samples = own_samples(names.map(|name| (name.to_owned(), vec![1.0, 2.5])));
    let mut scenario = decode("loss=linear_regression").0;
    scenario.replace_samples(samples);
    let link = encode(&scenario);
    assert_eq!(
        link,
        "#v=1&loss=linear_regression,data=own&points=1,1;2.5,2.5\
         &columns=a%252Cb%3Bc%26d%3De%23%25252C,%E4%BD%93%E9%87%8D%20(g)"
    );
    assert_eq!(decode(&link), (scenario, vec![]));
}

#[test]
fn samples_are_saved_as_a_table_that_is_read_back() {
    let names = ["a,b", "say \"c\""];
    let samples = own_samples(names.map(|name| (name.to_owned(), vec![1.0, -2.5e-7])));
    let mut scenario = decode("loss=linear_regression").0;
    scenario.replace_samples(samples);
    let csv = scenario.samples_csv(Language::English).expect("samples");
    assert_eq!(csv, "\"a,b\",\"say \"\"c\"\"\"\n1,1\n-2.5e-7,-2.5e-7\n");
    let mut reader = TableReader::new(None);
    reader.feed(csv.as_bytes());
    reader.end();
    reader.advance(&mut || false);
    let table = reader.finish().expect("a table");
    assert_eq!(table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>(), names);
    assert_eq!(decode("loss=booth").0.samples_csv(Language::English), None);
    let penguins = decode("loss=linear_regression,data=penguins").0;
    let [en, zh] = Language::ALL.map(|language| penguins.samples_csv(language).expect("samples"));
    assert_eq!((en.lines().count(), zh.lines().count()), (343, 343));
    assert_ne!(en.lines().next(), zh.lines().next());
}

/// Samples whose numbers take more characters than a link should have.
fn long() -> Samples {
    let rows = 0..u16::try_from(MOST_POINT_TEXT).expect("a few thousand");
    let numbers = |factor: f64| rows.clone().map(|at| factor * f64::from(at)).collect();
    own_samples([("x".to_owned(), numbers(0.5)), ("y".to_owned(), numbers(0.1))])
}

#[test]
fn a_long_table_is_named_by_its_fingerprint_and_found_by_it() {
    let samples = long();
    let mut scenario = decode("loss=linear_regression&run=sgd,lr=1e-8").0;
    scenario.replace_samples(samples.clone());
    scenario.batch = BatchPlan::constant(MOST_POINT_TEXT - 1);
    assert!(scenario.uses_own() && !scenario.carries_own());
    let link = encode(&scenario);
    let print = format!("{:016x}", samples.fingerprint());
    let expected =
        format!("#v=1&loss=linear_regression,data=own&stored={print}&batch=3999&run=sgd,lr=1e-8");
    assert_eq!(link, expected);
    let find = |print: u64| Some(samples.clone()).filter(|samples| samples.fingerprint() == print);
    assert_eq!(decode_with(&link, &find), (scenario.clone(), vec![]));
    // Elsewhere the link is kept, and what it cannot show is said.
    let (elsewhere, refused) = decode(&link);
    assert_eq!(refused[0].reason, Reason::Own(OwnRefusal::Elsewhere));
    assert_eq!((elsewhere.stored, &elsewhere.own), (Some(samples.fingerprint()), &None));
    let own = elsewhere.loss.rule.samples(&elsewhere.setting());
    assert_eq!(own, decode("loss=linear_regression").0.samples().expect("samples"));
    assert_eq!(encode(&decode(&link).0), link.replace("&batch=3999", ""));
    // With another loss the samples are no part of the link.
    scenario.replace_loss(decode("loss=booth").0.loss);
    assert!(!encode(&scenario).contains("stored"));
}

#[test]
fn every_shape_of_a_table_is_carried_by_a_link() {
    for (link, parameters, names) in [
        (
            "#v=1&loss=linear_regression,data=own,features=2&points=1,2,3;2,1,5;4,4,1",
            3,
            ["x1", "y"],
        ),
        (
            "#v=1&loss=linear_regression,data=own,intercept=0,standardize=features,features=2\
             &points=1,2,3;2,1,5;4,4,1&columns=size,rooms,price",
            2,
            ["size", "price"],
        ),
        (
            "#v=1&loss=logistic_regression,data=own,intercept=1&points=1,2,0;2,1,1",
            3,
            ["x1", "class"],
        ),
        ("#v=1&loss=logistic_regression,data=own,intercept=1&points=1,0;2,1", 2, ["x", "class"]),
        (
            "#v=1&loss=logistic_regression,data=own&points=1,0;2,1&columns=hours,pass",
            1,
            ["hours", "pass"],
        ),
    ] {
        let (scenario, refused) = decode(link);
        assert!(refused.is_empty(), "{link}: {refused:?}");
        assert_eq!(scenario.start.len(), parameters, "{link}");
        let columns = scenario.own.as_ref().expect("own samples").columns();
        let ends = [&columns[0].name, &columns[columns.len() - 1].name].map(|name| match name {
            ColumnName::Own(name) => name.as_str(),
            ColumnName::Known(words) => words.en,
        });
        assert_eq!(ends, names, "{link}");
        assert_eq!(encode(&scenario), link);
    }
}

#[test]
fn data_that_a_person_brings_have_an_intercept() {
    let table = |columns: &[&[f64]]| {
        own_samples(columns.iter().map(|numbers| ("c".to_owned(), numbers.to_vec())))
    };
    let (one, two) = ([1.0, 2.0, 5.0], [4.0, 0.5, 3.0]);
    let classes = [0.0, 1.0, 1.0];
    for (loss, columns, parameters) in [
        ("logistic_regression", &[&one[..], &two, &classes][..], 3),
        ("logistic_regression", &[&one, &classes], 2),
        ("linear_regression", &[&one, &two], 2),
        ("linear_regression", &[&one, &two, &one], 3),
        ("linear_regression,intercept=0", &[&one, &two, &one], 2),
    ] {
        let mut scenario = decode(&format!("loss={loss}&start=7&view=0,1,0,1")).0;
        scenario.take_samples(table(columns));
        assert!(scenario.uses_own(), "{loss}");
        assert_eq!(scenario.start, vec![0.0; parameters], "{loss}");
        assert_eq!(decode(&encode(&scenario)), (scenario, vec![]), "{loss}");
    }
    // Edited, a table keeps the model that it had.
    let mut scenario = decode("loss=logistic_regression,data=own&points=1,0;2,1").0;
    scenario.replace_samples(table(&[&one, &classes]));
    assert_eq!(scenario.start.len(), 1);
}

#[test]
fn what_a_preset_brings_is_not_said_again() {
    let (mut scenario, refused) = decode("#v=1&preset=admission");
    assert!(refused.is_empty() && scenario.uses_own());
    assert_eq!(encode(&scenario), "#v=1&preset=admission");
    let other = "#v=1&preset=admission&loss=booth";
    let (booth, refused) = decode(other);
    assert_eq!((&refused[..], &booth.own), (&[][..], &None));
    assert_eq!(encode(&booth), other);
    let knob = "#v=1&preset=admission&loss=logistic_regression,data=own,standardize=1";
    assert_eq!((encode(&decode(knob).0).as_str(), decode(knob).0.start.len()), (knob, 2));
    // Others take their place.
    let points = "#v=1&preset=admission&points=1,2,0;3,1,1";
    let (others, refused) = decode(points);
    assert_eq!((&refused[..], others.samples().map(|samples| samples.len())), (&[][..], Some(2)));
    assert_eq!(encode(&others), points);
    scenario.replace_samples(others.own.clone().expect("own samples"));
    assert_eq!(encode(&scenario), points);
}
