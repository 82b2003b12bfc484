//! `cargo xtask test`: every check of the project, one after the other.

use std::time::{Duration, Instant};

use crate::chromium;
use crate::failure::{Failure, Result, fail};
use crate::program;
use crate::project::Project;
use crate::say;
use crate::setup;
use crate::toolchain;
use crate::trunk;

/// One check: its name on the command line, and what it looks at.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&Run) -> Result<()>,
}

/// In the order in which they run: what is quick to tell comes first.
const STEPS: [Step; 7] = [
    Step { name: "fmt", what: "the sources are formatted", run: format },
    Step { name: "clippy", what: "no warning on this machine's target", run: lint_native },
    Step { name: "wasm", what: "no warning on the page's target", run: lint_wasm },
    Step { name: "native", what: "unit and integration tests", run: test_native },
    Step { name: "doc", what: "the examples in the documentation", run: test_documentation },
    Step { name: "page", what: "the release page builds by its rules", run: build_page },
    Step { name: "browser", what: "the release page works in Chromium", run: test_browser },
];

/// What a step knows.
struct Run<'a> {
    project: &'a Project,
    /// Whether the browser tests come later: what they take is then installed
    /// while the tools of the page compile.
    with_browser: bool,
    /// Arguments for the test runner of the only step asked for.
    arguments: &'a [String],
}

/// Runs the named steps, or all; stops at the first that fails.
pub(crate) fn run(project: &Project, names: &[String], arguments: &[String]) -> Result<()> {
    let chosen = choose(names)?;
    let takes_arguments = matches!(names, [name] if name == "native" || name == "browser");
    if !arguments.is_empty() && !takes_arguments {
        fail!("arguments behind -- are for one step alone: `native` or `browser`");
    }
    let with_browser = chosen.iter().any(|step| step.name == "browser");
    let run = Run { project, with_browser, arguments };

    let mut times = Vec::new();
    let mut failure = None;
    for step in &chosen {
        say::begin(&format!("{}: {}", step.name, step.what));
        let start = Instant::now();
        let result = (step.run)(&run);
        times.push((step.name, start.elapsed()));
        if let Err(reason) = result {
            failure = Some(Failure::new(format!("{} failed: {reason}", step.name)));
            break;
        }
    }
    report(&chosen, &times, failure)
}

/// The steps by these names; the browser tests need the page as it is now.
fn choose(names: &[String]) -> Result<Vec<&'static Step>> {
    for name in names {
        if !STEPS.iter().any(|step| step.name == name) {
            let known = STEPS.map(|step| step.name).join(", ");
            fail!("there is no step {name:?}; the steps are {known}");
        }
    }
    let asked = |name: &str| names.iter().any(|asked| asked == name);
    let runs = |step: &&Step| {
        names.is_empty() || asked(step.name) || (step.name == "page" && asked("browser"))
    };
    Ok(STEPS.iter().filter(runs).collect())
}

/// Prints the times and, as the last line, the count.
fn report(chosen: &[&Step], times: &[(&str, Duration)], failure: Option<Failure>) -> Result<()> {
    println!();
    for (name, time) in times {
        println!("{name:>9}  {}", say::time(*time));
    }
    let total = times.iter().map(|(_, time)| *time).sum();
    println!("{:>9}  {}", "all", say::time(total));
    let failed = usize::from(failure.is_some());
    let passed = times.len() - failed;
    if let Some(failure) = &failure {
        println!("\n{failure}");
        let rest: Vec<&str> = chosen[times.len()..].iter().map(|step| step.name).collect();
        if !rest.is_empty() {
            println!("Not run after that: {}", rest.join(", "));
        }
    }
    println!("\n{passed} passed, {failed} failed");
    failure.map_or(Ok(()), |_| Err(Failure::told()))
}

fn format(run: &Run) -> Result<()> {
    toolchain::ensure_component(run.project, "rustfmt")?;
    let mut cargo = run.project.cargo();
    program::run(cargo.args(["fmt", "--all", "--check"]))
        .map_err(|failure| Failure::new(format!("{failure}; `cargo fmt` formats the sources")))
}

fn lint_native(run: &Run) -> Result<()> {
    toolchain::ensure_component(run.project, "clippy")?;
    let arguments = ["--workspace", "--all-targets", "--", "--deny", "warnings"];
    program::run(run.project.cargo().arg("clippy").args(arguments))
}

fn lint_wasm(run: &Run) -> Result<()> {
    toolchain::ensure_component(run.project, "clippy")?;
    toolchain::ensure_wasm_target(run.project)?;
    let arguments = ["--lib", "--target", toolchain::WASM, "--", "--deny", "warnings"];
    program::run(run.project.cargo().arg("clippy").args(arguments))
}

fn test_native(run: &Run) -> Result<()> {
    let mut cargo = run.project.cargo();
    // Benchmarks are compiled by clippy; to run them once proves nothing.
    cargo.args(["test", "--workspace", "--lib", "--bins", "--tests", "--examples"]);
    program::run(cargo.args(run.arguments))
}

fn test_documentation(run: &Run) -> Result<()> {
    program::run(run.project.cargo().args(["test", "--doc"]))
}

fn build_page(run: &Run) -> Result<()> {
    if run.with_browser {
        setup::for_browser(run.project)?;
    } else {
        setup::for_page(run.project)?;
    }
    trunk::build(run.project)
}

fn test_browser(run: &Run) -> Result<()> {
    let browser = setup::for_browser(run.project)?;
    say::detail(&format!("in {browser}"));
    let mut playwright = run.project.playwright();
    playwright.args(["test", "--config", "tests/browser/playwright.config.ts"]);
    playwright.env(chromium::VARIABLE, browser);
    playwright.env("DESCENT_DIST", run.project.dist());
    program::run(playwright.args(run.arguments))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(asked: &[&str]) -> Vec<&'static str> {
        let asked: Vec<String> = asked.iter().map(ToString::to_string).collect();
        let chosen = choose(&asked).unwrap_or_else(|failure| panic!("{failure}"));
        chosen.iter().map(|step| step.name).collect()
    }

    #[test]
    fn no_name_means_every_step() {
        assert_eq!(names(&[]).len(), STEPS.len());
    }

    #[test]
    fn named_steps_run_in_their_own_order() {
        assert_eq!(names(&["native", "fmt"]), ["fmt", "native"]);
    }

    #[test]
    fn the_browser_tests_bring_the_page() {
        assert_eq!(names(&["browser"]), ["page", "browser"]);
    }

    #[test]
    fn an_unknown_step_is_told_with_the_known_ones() {
        let failure = choose(&["speed".into()]).err().map(|failure| failure.to_string());
        assert!(failure.is_some_and(|told| told.contains("\"speed\"") && told.contains("native")));
    }
}
