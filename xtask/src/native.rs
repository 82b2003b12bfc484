//! The native tests, with those that need Python where it is there.

use std::env;
use std::process::Command;

use crate::failure::Result;
use crate::program;
use crate::project::Project;
use crate::tally::{self, Tally};

/// Names the Python to use; the tests that run scripts read it, too.
const PYTHON: &str = "DESCENT_PYTHON";

/// What property tests draw their cases from. The same cases in every run: a run that fails
/// has found something in the change before it. A variable of this name draws others.
const SEED: (&str, &str) = ("PROPTEST_RNG_SEED", "1");

/// How the reason begins for which a test is ignored that needs Python; the packages follow,
/// as in `needs Python with numpy and torch`.
const NEEDS_PYTHON: &str = "needs Python with ";

/// Runs all tests but those that are ignored; then of these the ones for which this machine
/// has what they say they need. The others are skipped.
pub(crate) fn run(project: &Project, arguments: &[String], tally: &mut Tally) -> Result<()> {
    let mut ignored = Vec::new();
    let mut parts = arguments.splitn(2, |argument| argument == "--");
    let (of_cargo, of_tests) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let mut first = cargo_test(project, of_cargo);
    program::run_and_read(first.arg("--").args(of_tests), project.say(), |line| {
        tally.read_rust(line);
        let test = tally::ignored(line);
        ignored.extend(test.map(|(name, reason)| (name.to_owned(), reason.to_owned())));
    })?;
    // One question for each reason: Python takes a while to answer.
    let mut answers: Vec<(String, bool)> = Vec::new();
    ignored.retain(|(name, reason)| {
        let known = answers.iter().find(|(asked, _)| asked == reason).map(|(_, can)| *can);
        let can = known.unwrap_or_else(|| can_run(project, reason));
        if known.is_none() {
            answers.push((reason.clone(), can));
        }
        if !can {
            tally.skip(format!("native: {name}: {reason}"));
        }
        can
    });
    if ignored.is_empty() {
        return Ok(());
    }
    let mut second = cargo_test(project, of_cargo);
    second.args(["--", "--ignored", "--exact"]).args(ignored.iter().map(|(name, _)| name));
    program::run_and_read(&mut second, project.say(), |line| tally.read_rust(line))
}

/// What compiles and runs the tests of the mathematics, the page and this program; those of
/// `page-bindgen`, which has none, would compile its forty packages again.
fn cargo_test(project: &Project, arguments: &[String]) -> Command {
    let mut cargo = project.cargo();
    cargo.args(["test", "--package=descent", "--package=descent-lab", "--package=xtask"]);
    if !arguments.iter().any(|argument| chooses(argument)) {
        // Benchmarks are compiled by clippy; to run them once proves nothing.
        cargo.args(["--lib", "--bins", "--tests", "--examples"]);
    }
    if env::var_os(SEED.0).is_none() {
        cargo.env(SEED.0, SEED.1);
    }
    cargo.args(arguments);
    cargo
}

/// Whether an argument tells Cargo which programs to test.
fn chooses(argument: &str) -> bool {
    let name = argument.split('=').next().unwrap_or_default();
    matches!(name, "--lib" | "--bin" | "--bins" | "--test" | "--tests" | "--example" | "--examples")
}

/// Whether this machine has what a test needs, according to its reason to be ignored.
fn can_run(project: &Project, reason: &str) -> bool {
    let Some(packages) = reason.strip_prefix(NEEDS_PYTHON) else {
        return false;
    };
    let python = env::var(PYTHON).unwrap_or_else(|_| "python3".into());
    // Looked for, not imported: that takes seconds. The program exits with 1 where one is missing.
    let line = "import sys, importlib.util as u; sys.exit(not all(map(u.find_spec, sys.argv[1:])))";
    let mut command = project.command(&python);
    program::output_of(command.args(["-c", line]).args(packages.split(" and "))).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_choose_among_the_programs() {
        let project = Project::find().unwrap_or_else(|failure| panic!("{failure}"));
        let holds_all = |arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
            cargo_test(&project, &arguments).get_args().any(|argument| argument == "--examples")
        };
        assert!(holds_all(&[]) && holds_all(&["golden"]) && holds_all(&["--jobs", "1"]));
        assert!(!holds_all(&["--test", "golden"]) && !holds_all(&["--test=golden"]));
    }

    #[test]
    fn only_known_reasons_are_looked_into() {
        let project = Project::find().unwrap_or_else(|failure| panic!("{failure}"));
        assert!(!can_run(&project, "needs a day"));
        assert!(!can_run(&project, ""));
        assert!(!can_run(&project, "needs Python with no_such_package_of_python"));
    }
}
