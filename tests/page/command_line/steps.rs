//! A link in, every step of every run out.

use descent_lab::scenario::{Scenario, decode, number_text, parse_number};

use super::program::{first_line_only, lines, run};

/// What a link that nothing is wrong with prints.
struct Printed {
    header: String,
    /// The rows of all runs, in their order.
    rows: Vec<Vec<String>>,
    /// A line a run.
    outcomes: Vec<String>,
}

impl Printed {
    /// The rows of one run.
    fn of_run(&self, index: usize) -> Vec<&Vec<String>> {
        let index = index.to_string();
        self.rows.iter().filter(|row| row[0] == index).collect()
    }
}

fn print(link: &str) -> Printed {
    let output = run(&[link]);
    assert_eq!(lines(&output.stderr), [""; 0], "{link}");
    assert_eq!(output.status.code(), Some(0), "{link}");
    assert!(output.stdout.ends_with(b"\n"));
    let lines = lines(&output.stdout);
    let first_outcome = lines.iter().position(|line| line.starts_with('#'));
    let (table, outcomes) = lines.split_at(first_outcome.expect("outcomes"));
    let [header, rows @ ..] = table else { panic!("{link}: {lines:?}") };
    let cells = |row: &&str| row.split(',').map(str::to_owned).collect();
    Printed {
        header: (*header).to_owned(),
        rows: rows.iter().map(cells).collect(),
        outcomes: outcomes.iter().map(|&line| line.to_owned()).collect(),
    }
}

/// Two parameters, one, all kinds of ends, numbers of every size, several runs.
const LINKS: [&str; 16] = [
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
    "#v=1&steps=60&run=sgd,lr=0.19&run=momentum,lr=0.05&run=adam,lr=0.5,beta1=0.5&run=sgd,lr=0.3",
    "#v=1&loss=parabola&steps=30&noise=0.5&seed=7&run=sgd,schedule=step,step_size=9&run=sgd&hide=1",
    "#v=1&loss=deep_chain&start=1.9,1.4&steps=50&run=sgd,lr=0.01,clip=norm,warmup=5&run=sgd,lr=1",
    "#v=1&precision=bf16&steps=40&run=rmsprop,lr=0.3,schedule=cosine,t_max=40&run=line_search,lr=1",
    "#v=1&loss=booth&steps=40&run=adam,lr=1,schedule=reduce_on_plateau,patience=2,constrain=norm,constrain_at=2",
];

#[test]
fn every_step_of_every_run_is_a_row_from_0_to_the_last() {
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
        let columns = expected.split(',').count();
        assert!(printed.rows.iter().all(|row| row.len() == columns), "{link}");
        // One run after the other, hidden or not.
        let mut in_order = Vec::new();
        for run in 0..scenario.runs.len() {
            for (step, row) in printed.of_run(run).into_iter().enumerate() {
                assert_eq!(row[1], step.to_string(), "{link}, run {run}");
                in_order.push(row.clone());
            }
        }
        assert_eq!(printed.rows, in_order, "{link}");
    }
}

#[test]
fn the_numbers_are_those_of_the_run_to_the_bit() {
    for link in LINKS {
        let scenario = decode(link).0;
        let loss = scenario.build_loss();
        let printed = print(link);
        for (index, run) in scenario.runs.iter().enumerate() {
            let run = scenario.descend(run, loss.as_ref());
            let rows = printed.of_run(index);
            assert_eq!(rows.len(), run.steps() + 1, "{link}, run {index}");
            for (step, row) in rows.into_iter().enumerate() {
                let mut expected =
                    vec![run.learning_rates()[step], run.losses()[step], run.gradient_norm(step)];
                expected.extend_from_slice(run.point(step));
                let found: Vec<f64> =
                    row[2..].iter().map(|cell| cell.parse().expect(cell)).collect();
                let bits =
                    |numbers: &[f64]| numbers.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(&found), bits(&expected), "{link}, run {index}, step {step}");
            }
        }
    }
}

#[test]
fn a_run_among_others_is_the_run_by_itself() {
    let runs = ["sgd,lr=0.19", "momentum,lr=0.05", "adam,lr=0.5,beta1=0.5", "sgd,lr=0.3"];
    let link = |runs: &[&str]| format!("#v=1&steps=60&noise=0.1&seed=3&run={}", runs.join("&run="));
    let together = print(&link(&runs));
    assert_eq!(together.outcomes.len(), runs.len());
    for (index, run) in runs.iter().enumerate() {
        let alone = print(&link(&[run]));
        let beside: Vec<&[String]> =
            together.of_run(index).into_iter().map(|row| &row[1..]).collect();
        let by_itself: Vec<&[String]> = alone.rows.iter().map(|row| &row[1..]).collect();
        assert_eq!(beside, by_itself, "{run}");
        let outcome = alone.outcomes[0].replacen("run 0", &format!("run {index}"), 1);
        assert_eq!(together.outcomes[index], outcome);
    }
}

#[test]
fn a_hidden_run_is_printed_all_the_same() {
    let shown = "#v=1&steps=20&run=sgd&run=adam";
    let hidden = format!("{shown}&hide=0,1");
    assert_eq!(run(&[shown]).stdout, run(&[&hidden]).stdout);
}

/// Runs on ½(u² + 10v²) from (−8, 2.5) that a pencil can follow.
#[test]
fn the_rates_and_steps_of_several_runs_are_those_of_the_formulas() {
    let printed = print(
        "#v=1&steps=3&run=sgd,lr=0.1,warmup=2&run=sgd,lr=0.5,clip=unit\
         &run=sgd,lr=0.25,clip=value,clip_at=2,schedule=step,step_size=1,gamma=0.5\
         &run=momentum,lr=0.125,momentum=0.5&run=newton",
    );
    let column = |run: usize, column: usize| -> Vec<f64> {
        printed.of_run(run).into_iter().map(|row| row[column].parse().expect("a number")).collect()
    };
    let [lr, x, y] = [2, 5, 6];
    assert_eq!(column(0, lr), [0.05, 0.1, 0.1, 0.1]);
    assert_eq!(column(0, x)[1], -8.0 + 0.05 * 8.0);
    // (−8, 25) has length √689.
    assert!((column(1, x)[1] - (-8.0 + 0.5 * 8.0 / 689.0_f64.sqrt())).abs() < 1e-12);
    assert!((column(1, y)[1] - (2.5 - 0.5 * 25.0 / 689.0_f64.sqrt())).abs() < 1e-12);
    assert_eq!(column(2, lr), [0.25, 0.125, 0.0625, 0.03125]);
    assert_eq!(column(2, x), [-8.0, -7.5, -7.25, -7.125]);
    assert_eq!(column(2, y), [2.5, 2.0, 1.75, 1.625]);
    // v = 25, then 0.5·25 − 6.25.
    assert_eq!(column(3, y)[..3], [2.5, -0.625, -1.40625]);
    assert_eq!([column(4, x)[1], column(4, y)[1]], [0.0, 0.0]);
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
fn the_last_lines_are_the_outcomes_and_their_steps() {
    for link in LINKS {
        let scenario = decode(link).0;
        let loss = scenario.build_loss();
        let expected = scenario.runs.iter().enumerate().map(|(index, run)| {
            let trajectory = scenario.descend(run, loss.as_ref());
            let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
            format!("# run {index}: {} at step {}", verdict.outcome.key(), verdict.step)
        });
        assert_eq!(print(link).outcomes, expected.collect::<Vec<_>>(), "{link}");
    }
    let outcomes = |link: &str| print(link).outcomes;
    assert_eq!(outcomes("#v=1&preset=condition_100"), ["# run 0: diverges at step 6"]);
    assert_eq!(outcomes("#v=1&preset=too_small"), ["# run 0: crawls at step 100"]);
    assert_eq!(
        outcomes("preset=theta_squared&run=sgd,lr=0.5&run=sgd,lr=1&run=newton"),
        [
            "# run 0: converges at step 1",
            "# run 1: bounces at step 1000",
            "# run 2: converges at step 1",
        ]
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
    let output =
        run(&["#v=1&loss=quadratic,kappa=0&steps=many&run=adamm,lr=0.1&run=sgd,beta1=1&batch=8"]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(output.stdout, b"", "no trajectory of something else");
    let lines = lines(&output.stderr);
    let expected = [
        ["loss.kappa", "0", "from 1 to 1000"],
        ["steps", "many", "a whole number from 1 to 1000000"],
        ["batch", "8", "has to be full"],
        ["run", "adamm", "sgd, momentum, nesterov"],
        ["run.beta1", "1", "lr, schedule, warmup, clip"],
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
    let link = "#v=1&steps=1000000&loss=matyas&run=sgd,lr=1e-9";
    first_line_only(&[link], "run,step,lr,loss,grad_norm,x,y\n");
}

#[test]
fn the_default_scenario_is_what_no_link_shows() {
    let default = Scenario::default();
    let printed = print("");
    assert_eq!(printed.rows.len(), default.steps + 1);
    assert_eq!(printed.rows[0][5..], ["-8", "2.5"]);
}
