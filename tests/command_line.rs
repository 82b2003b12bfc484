//! The core without a browser: a link in, CSV out.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use descent_lab::descent::Verdict;
use descent_lab::scenario::{Scenario, decode, number_text, parse_number};

/// The example, built as this test was: cargo tells a test where binaries are but
/// not where examples are, and does not build them for one test alone.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        // <target>/<profile>/deps/command_line-…
        let test = std::env::current_exe().expect("this test is a file");
        let profile = test.ancestors().nth(2).expect("a folder for the profile");
        let target = profile.parent().expect("a folder for everything");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
        cargo.args(["build", "--quiet", "--example", "trajectory", "--target-dir"]).arg(target);
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        assert!(cargo.status().expect("cargo runs").success(), "the example does not build");
        let name = format!("trajectory{}", std::env::consts::EXE_SUFFIX);
        profile.join("examples").join(name)
    })
}

fn run(arguments: &[&str]) -> Output {
    Command::new(program()).args(arguments).output().expect("the example runs")
}

fn lines(bytes: &[u8]) -> Vec<&str> {
    std::str::from_utf8(bytes).expect("text").lines().collect()
}

/// What a link that nothing is wrong with prints.
struct Printed {
    header: String,
    rows: Vec<Vec<String>>,
    outcome: String,
}

fn print(link: &str) -> Printed {
    let output = run(&[link]);
    assert_eq!(lines(&output.stderr), [""; 0], "{link}");
    assert_eq!(output.status.code(), Some(0), "{link}");
    assert!(output.stdout.ends_with(b"\n"));
    let lines = lines(&output.stdout);
    let [header, rows @ .., outcome] = &lines[..] else { panic!("{link}: {lines:?}") };
    let cells = |row: &&str| row.split(',').map(str::to_owned).collect();
    Printed {
        header: (*header).to_owned(),
        rows: rows.iter().map(cells).collect(),
        outcome: (*outcome).to_owned(),
    }
}

/// Two parameters, one, all kinds of ends, numbers of every size.
const LINKS: [&str; 11] = [
    "#v=1&loss=rosenbrock&steps=50&run=sgd,lr=0.001",
    "#v=1&loss=parabola,a=1&start=2.5&steps=1000&run=sgd,lr=0.01",
    "#v=1&preset=condition_100",
    "#v=1&preset=exploding",
    "#v=1&preset=thrown_out",
    "#v=1&preset=himmelblau_far",
    "#v=1&loss=himmelblau&start=0,0&run=sgd,lr=0.03",
    "#v=1&stop_grad=1e-8&steps=1000000",
    "#v=1&run=sgd,lr=1e300",
    "#v=1&loss=deep_chain,depth=50&start=1e12,-1e12&run=sgd,lr=1e-300",
    "https://example.org/lab/#v=1&preset=saddle&steps=1&lang=zh",
];

#[test]
fn every_step_is_a_row_from_0_to_the_last() {
    for link in LINKS {
        let scenario = decode(link).0;
        let is_plane = scenario.start.len() == 2;
        let printed = print(link);
        let expected = if is_plane {
            "run,step,lr,loss,grad_norm,x,y"
        } else {
            "run,step,lr,loss,grad_norm,x"
        };
        assert_eq!(printed.header, expected, "{link}");
        for (step, row) in printed.rows.iter().enumerate() {
            assert_eq!(row.len(), expected.split(',').count(), "{link}");
            assert_eq!([&row[0], &row[1]], ["0", &step.to_string()], "{link}");
        }
    }
}

#[test]
fn the_numbers_are_those_of_the_run_to_the_bit() {
    for link in LINKS {
        let scenario = decode(link).0;
        let run = scenario.descend(scenario.build_loss().as_ref());
        let printed = print(link);
        assert_eq!(printed.rows.len(), run.steps() + 1, "{link}");
        for (step, row) in printed.rows.iter().enumerate() {
            let mut expected =
                vec![run.learning_rates()[step], run.losses()[step], run.gradient_norm(step)];
            expected.extend_from_slice(run.point(step));
            let found: Vec<f64> = row[2..].iter().map(|cell| cell.parse().expect(cell)).collect();
            let bits = |numbers: &[f64]| numbers.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
            assert_eq!(bits(&found), bits(&expected), "{link}, step {step}");
        }
    }
}

/// Whether no shorter text means the same number: with one digit less, up or
/// down, it is another.
fn is_shortest(cell: &str) -> bool {
    let value: f64 = cell.parse().expect("a number");
    let (mantissa, exponent) = cell.split_once('e').unwrap_or((cell, "0"));
    let digits = mantissa.chars().filter(char::is_ascii_digit).count();
    let significant = mantissa.trim_start_matches(['-', '0', '.']).trim_end_matches('0');
    let places = significant.chars().filter(char::is_ascii_digit).count();
    let is_needed = places < 2 || {
        let shorter: f64 = format!("{value:.*e}", places - 2).parse().expect("a number");
        shorter.to_bits() != value.to_bits()
    };
    let has_empty_digits = mantissa.contains('.') && mantissa.ends_with(['0', '.']);
    is_needed && !has_empty_digits && digits <= 21 && !exponent.starts_with('+')
}

#[test]
fn numbers_are_printed_in_shortest_round_trip_form() {
    assert!(is_shortest("0.1") && is_shortest("-2.5e-300") && is_shortest("200"));
    assert!(!is_shortest("0.10") && !is_shortest("0.10000000000000001") && !is_shortest("2.0"));
    let mut seen = 0;
    for link in LINKS {
        for cell in print(link).rows.iter().flat_map(|row| &row[2..]) {
            let Some(value) = parse_number(cell) else {
                let is_no_number = ["inf", "-inf", "NaN"].contains(&cell.as_str());
                assert!(is_no_number, "{link}: {cell}");
                continue;
            };
            assert!(is_shortest(cell), "{link}: {cell}");
            assert_eq!(&number_text(value), cell, "{link}");
            seen += 1;
        }
    }
    assert!(seen > 5000, "{seen}");
}

#[test]
fn the_last_line_is_the_outcome_and_its_step() {
    for link in LINKS {
        let scenario = decode(link).0;
        let loss = scenario.build_loss();
        let verdict = Verdict::of(loss.as_ref(), &scenario.descend(loss.as_ref()));
        let expected = format!("# run 0: {} at step {}", verdict.outcome.key(), verdict.step);
        assert_eq!(print(link).outcome, expected, "{link}");
    }
    assert_eq!(print("#v=1&preset=condition_100").outcome, "# run 0: diverges at step 5");
    assert_eq!(print("#v=1&preset=too_small").outcome, "# run 0: crawls at step 100");
    assert_eq!(
        print("preset=theta_squared&run=sgd,lr=0.5").outcome,
        "# run 0: converges at step 1"
    );
}

#[test]
fn what_is_shown_on_the_page_does_not_matter() {
    let plain = run(&["#v=1&preset=saddle"]).stdout;
    let shown = "#preset=saddle&step=7&play=1&lang=zh&theme=dark&view=0,1,0,1&v=1";
    assert_eq!(run(&[shown]).stdout, plain);
    assert_eq!(run(&[""]).stdout, run(&["#v=1"]).stdout);
}

#[test]
fn a_refused_link_ends_with_status_2_and_a_line_a_refusal() {
    let output = run(&["#v=1&loss=quadratic,kappa=0&steps=many&run=adam,lr=0.1&batch=8"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"", "no trajectory of something else");
    let lines = lines(&output.stderr);
    let expected = [
        ["batch", "8", "steps, stop_loss"],
        ["loss.kappa", "0", "from 1 to 1000"],
        ["steps", "many", "a whole number from 1 to 1000000"],
        ["run", "adam", "sgd"],
    ];
    assert_eq!(lines.len(), expected.len(), "{lines:?}");
    for (line, [key, value, allowed]) in lines.iter().zip(expected) {
        assert!(line.starts_with(&format!("{key} = {value}:")), "{line}");
        assert!(line.contains(allowed), "{line}");
    }
}

#[test]
fn nothing_breaks_a_refusal_into_lines() {
    for link in ["#steps=1%0A2", "#steps=1\n2", "#a\r\nb=3", "#%0a%0d"] {
        let output = run(&[link]);
        assert_eq!(output.status.code(), Some(2), "{link:?}");
        assert_eq!(lines(&output.stderr).len(), 1, "{link:?}");
    }
}

#[test]
fn without_exactly_one_link_it_says_how_it_is_used() {
    for arguments in [&[][..], &["#v=1", "#v=1"]] {
        let output = run(arguments);
        assert_eq!(output.status.code(), Some(2));
        assert_eq!(output.stdout, b"");
        let lines = lines(&output.stderr);
        assert!(lines.len() == 1 && lines[0].starts_with("usage: "), "{lines:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    use std::io::{BufRead, BufReader};
    use std::process::Stdio;

    let link = "#v=1&steps=1000000&loss=matyas&run=sgd,lr=1e-9";
    let mut child =
        Command::new(program()).arg(link).stdout(Stdio::piped()).spawn().expect("it runs");
    let mut first = String::new();
    // Read one line and hang up, as `head -1` does.
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut first).expect("a line");
    assert_eq!(first, "run,step,lr,loss,grad_norm,x,y\n");
    assert_eq!(child.wait().expect("it ends").code(), Some(0));
}

#[test]
fn the_default_scenario_is_what_no_link_shows() {
    let default = Scenario::default();
    let printed = print("");
    assert_eq!(printed.rows.len(), default.steps + 1);
    assert_eq!(printed.rows[0][5..], ["-8", "2.5"]);
}
