//! A link and `--sweep N` in, what becomes of each run at N rates out.

use descent_lab::descent::Fate;
use descent_lab::scenario::{Run, Scenario, Spectrum, decode, log_spaced, sweep_csv};

use super::program::{first_line_only, lines, run};

const HEADER: &str = "run,lr,outcome,steps_to_settle,final_loss";

/// The rows of a sweep that nothing is wrong with.
fn sweep(arguments: &[&str]) -> Vec<Vec<String>> {
    let output = run(arguments);
    assert_eq!(lines(&output.stderr), [""; 0], "{arguments:?}");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}");
    assert!(output.stdout.ends_with(b"\n"));
    let lines = lines(&output.stdout);
    assert_eq!(lines[0], HEADER);
    lines[1..].iter().map(|row| row.split(',').map(str::to_owned).collect()).collect()
}

fn number(cell: &str) -> f64 {
    cell.parse().expect("a number")
}

fn rates(rows: &[Vec<String>]) -> Vec<f64> {
    rows.iter().map(|row| number(&row[1])).collect()
}

/// Every row is the full run at its rate.
fn assert_true(scenario: &Scenario, rows: &[Vec<String>]) {
    let loss = scenario.build_loss();
    for row in rows {
        let [index, rate, outcome, settles, last] = &row[..] else { panic!("{row:?}") };
        let index: usize = index.parse().expect("a run");
        let run = Run { learning_rate: number(rate), ..scenario.runs[index].clone() };
        let trajectory = scenario.descend(&run, loss.as_ref());
        let verdict = scenario.judge(&run, loss.as_ref(), &trajectory);
        assert_eq!(outcome, verdict.outcome.key(), "{row:?}");
        let fate = Fate::of(loss.as_ref(), &trajectory);
        assert_eq!(settles.parse().ok(), fate.settles, "{row:?}");
        assert!(fate.settles.is_some() || settles.is_empty(), "{row:?}");
        let end = trajectory.losses()[trajectory.steps()];
        assert_eq!(number(last).to_bits(), end.to_bits(), "{row:?}");
    }
}

/// All six outcomes, several runs, hidden ones, chance, stop rules, one parameter.
const LINKS: [&str; 7] = [
    "#v=1",
    "#v=1&loss=saddle&start=1.5,0&steps=120&run=sgd,lr=0.1",
    "#v=1&loss=himmelblau&start=0,0&run=sgd,lr=0.01&run=adam,lr=0.1&run=momentum&hide=1",
    "#v=1&loss=parabola&steps=50&stop_loss=1e-4&run=sgd&run=newton",
    "#v=1&loss=quadratic&noise=0.3&seed=9&run=sgd&run=nesterov",
    "#v=1&loss=linear_regression&batch=2&seed=4&steps=60&run=sgd,schedule=cosine,warmup=5",
    "#v=1&loss=gaussian_well&start=50,50&precision=bf16&steps=30&run=rmsprop",
];

#[test]
fn every_row_is_the_full_run_at_its_rate() {
    let mut outcomes = std::collections::BTreeSet::new();
    for link in LINKS {
        let scenario = decode(link).0;
        let rows = sweep(&[link, "--sweep", "40"]);
        let order: Vec<usize> = rows.iter().map(|row| row[0].parse().expect("a run")).collect();
        let expected: Vec<usize> = (0..scenario.runs.len()).flat_map(|run| [run; 40]).collect();
        assert_eq!(order, expected, "{link}");
        assert_true(&scenario, &rows);
        outcomes.extend(rows.into_iter().map(|row| row[2].clone()));
    }
    assert_eq!(outcomes.len(), 6, "{outcomes:?}");
}

#[test]
fn every_run_has_the_same_rates_and_both_ends_are_exact() {
    let link = "#v=1&steps=20&run=sgd,lr=0.1&run=adam,lr=0.5";
    let rows = sweep(&[link, "--sweep", "7", "--from", "0.003", "--to", "7"]);
    let [first, second] = [&rows[..7], &rows[7..]].map(rates);
    assert_eq!(first, second);
    assert_eq!((first[0], first[6]), (0.003, 7.0));
    assert!(
        first.windows(2).all(|pair| (pair[1] / pair[0] / (first[1] / 0.003) - 1.0).abs() < 1e-9)
    );
    assert_eq!(first, log_spaced([0.003, 7.0], 7));
    // The widest that can be asked for, and no range at all.
    let [least, most] = ["5e-324", "1.7976931348623157e308"];
    let wide = rates(&sweep(&["#steps=1", "--sweep", "5", "--from", least, "--to", most]));
    assert_eq!((wide[0], wide[4]), (5e-324, f64::MAX));
    assert!(wide.windows(2).all(|pair| pair[0] < pair[1]), "{wide:?}");
    assert_eq!(rates(&sweep(&["", "--sweep=3", "--from=2", "--to=2"])), [2.0; 3]);
    assert_eq!(rates(&sweep(&["", "--sweep=1", "--from=0.25", "--to=2"])), [0.25]);
}

#[test]
fn without_ends_the_rates_are_those_of_the_sliders_of_all_runs() {
    // The second lies beyond its slider.
    let link = "#v=1&steps=5&run=sgd,lr=0.1&run=adam,lr=300";
    let scenario = decode(link).0;
    let [sgd, adam] = [0, 1].map(|run| scenario.rates(&scenario.runs[run]));
    let both = rates(&sweep(&[link, "--sweep", "5"]));
    assert_eq!((both[0], both[4]), (sgd[0].min(adam[0]), 300.0));
    let low = rates(&sweep(&[link, "--sweep", "5", "--from", "0.5"]));
    assert_eq!((low[0], low[4]), (0.5, 300.0));
    let high = rates(&sweep(&[link, "--sweep", "5", "--to", "0.5"]));
    assert_eq!((high[0], high[4]), (both[0], 0.5));
}

#[test]
fn options_stand_before_or_after_the_link_and_with_a_sign_or_without() {
    let link = "#v=1&steps=9&run=sgd";
    let expected = run(&[link, "--sweep", "4", "--from", "1e-3", "--to", "1"]).stdout;
    for arguments in [
        &["--sweep", "4", "--from", "1e-3", "--to", "1", link][..],
        &["--to=1", link, "--from=0.001", "--sweep=4"],
        &["--sweep=4", "--from", "1e-3", link, "--to=1"],
    ] {
        assert_eq!(run(arguments).stdout, expected, "{arguments:?}");
    }
}

#[test]
fn the_page_saves_the_same_table() {
    for link in LINKS {
        let scenario = decode(link).0;
        let loss = scenario.build_loss();
        let range = scenario.sweep_range(scenario.runs.iter());
        let spectra: Vec<Spectrum> = (scenario.runs.iter())
            .map(|run| {
                let mut spectrum = Spectrum::begin(&scenario, run, log_spaced(range, 30), 1);
                assert!(spectrum.advance(loss.as_ref(), &mut || false));
                spectrum
            })
            .collect();
        let printed = run(&[link, "--sweep", "30"]).stdout;
        let saved = sweep_csv(&spectra.iter().enumerate().collect::<Vec<_>>());
        assert_eq!(String::from_utf8(printed).expect("text"), saved, "{link}");
    }
}

#[test]
fn an_option_that_cannot_be_taken_is_named_with_what_is_allowed() {
    let whole = "a whole number from 1 to 100000";
    let positive = "a positive finite number";
    let cases: [(&[&str], &str, &str); 20] = [
        (&["--sweep", "0"], "--sweep = 0:", whole),
        (&["--sweep", "100001"], "--sweep = 100001:", whole),
        (&["--sweep", "-3"], "--sweep = -3:", whole),
        (&["--sweep", "2.5"], "--sweep = 2.5:", whole),
        (&["--sweep=many"], "--sweep = many:", whole),
        (&["--sweep="], "--sweep:", whole),
        (&["--sweep"], "--sweep:", "no value"),
        (&["--sweep", "5", "--from", "0"], "--from = 0:", positive),
        (&["--sweep", "5", "--from", "-1"], "--from = -1:", positive),
        (&["--sweep", "5", "--from=inf"], "--from = inf:", positive),
        (&["--sweep", "5", "--to=NaN"], "--to = NaN:", positive),
        (&["--sweep", "5", "--to=1e999"], "--to = 1e999:", positive),
        (&["--sweep", "5", "--to\n=1"], "--to\u{fffd}:", "--sweep, --from, --to"),
        (&["--sweep", "5", "--to=1\n2"], "--to = 1\u{fffd}2:", positive),
        (&["--sweep", "5", "--from", "2", "--to", "1"], "--to = 1:", "from 2 to"),
        (&["--sweep", "5", "--from", "1e9"], "--from = 1000000000:", "say --to as well"),
        (&["--sweep", "5", "--to", "1e-9"], "--to = 1e-9:", "say --from as well"),
        (&["--sweep", "5", "--sweep", "6"], "--sweep = 6:", "more than once"),
        (&["--from", "0.1"], "--from = 0.1:", "--sweep N"),
        (&["--swep", "5"], "--swep:", "--sweep, --from, --to"),
    ];
    for (options, begins, allowed) in cases {
        let arguments: Vec<&str> = ["#v=1"].iter().chain(options).copied().collect();
        let output = run(&arguments);
        assert_eq!(output.status.code(), Some(2), "{options:?}");
        assert_eq!(output.stdout, b"", "{options:?}");
        let [line] = lines(&output.stderr)[..] else { panic!("{options:?}: {output:?}") };
        assert!(line.starts_with(begins) && line.contains(allowed), "{options:?}: {line}");
    }
}

#[test]
fn a_refused_link_is_refused_as_without_a_sweep() {
    let link = "#v=1&loss=nothing&steps=many";
    let [alone, swept] = [run(&[link]), run(&[link, "--sweep", "5"])];
    assert_eq!((swept.status.code(), &swept.stdout[..]), (Some(2), &b""[..]));
    assert_eq!(swept.stderr, alone.stderr);
    let without_link = run(&["--sweep", "5"]);
    assert_eq!(without_link.status.code(), Some(2));
    assert!(lines(&without_link.stderr)[0].starts_with("usage: "));
    assert!(lines(&without_link.stderr)[0].contains("--sweep N"));
}

#[test]
fn a_reader_of_a_sweep_that_has_seen_enough_is_no_failure() {
    let link = "#v=1&steps=2000&run=sgd&run=adam";
    first_line_only(&[link, "--sweep", "100000"], &format!("{HEADER}\n"));
}
