//! `cargo xtask test`: every check of the project. The page is built beside the native
//! checks, since most of its build keeps one core busy.

use std::fs;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crate::browser;
use crate::build::{self, Purpose};
use crate::failure::{Failure, Result, fail};
use crate::native;
use crate::program;
use crate::project::Project;
use crate::say;
use crate::setup;
use crate::size;
use crate::tally::Tally;
use crate::toolchain;
use crate::trunk;

/// One check: its name on the command line, and what it looks at.
struct Step {
    name: &'static str,
    what: &'static str,
    run: fn(&Run, &mut Tally) -> Result<()>,
}

/// In the order in which they run: what is quick to tell comes first.
const STEPS: [Step; 7] = [
    Step { name: "fmt", what: "the sources are formatted", run: format },
    Step { name: "clippy", what: "no warning on this machine's target", run: lint_native },
    Step { name: "wasm", what: "no warning on the page's target", run: lint_wasm },
    Step { name: "native", what: "unit and integration tests", run: test_native },
    Step { name: "doc", what: "the examples in the documentation", run: test_documentation },
    Step { name: "page", what: "the page builds by its rules, and is small", run: build_page },
    Step { name: "browser", what: "the page works in Chromium", run: test_browser },
];

/// The steps beside which the page is built.
const NATIVE: [&str; 4] = ["clippy", "wasm", "native", "doc"];

/// The step that is run beside them.
const PAGE: &str = "page";

/// What a step knows.
#[derive(Clone)]
struct Run {
    project: Project,
    /// Whether the browser tests come later: what they take is then installed
    /// with the tools of the page.
    with_browser: bool,
    /// Arguments for the test runner of the only step asked for.
    arguments: Vec<String>,
}

/// What became of a step.
struct Done {
    name: &'static str,
    time: Duration,
    tally: Tally,
    failure: Option<Failure>,
}

/// Runs the named steps, or all; stops at the first that fails.
pub(crate) fn run(project: &Project, names: &[String], arguments: &[String]) -> Result<()> {
    let chosen = choose(names)?;
    let takes_arguments = matches!(names, [name] if name == "native" || name == "browser");
    if !arguments.is_empty() && !takes_arguments {
        fail!("arguments behind -- are for one step alone: `native` or `browser`");
    }
    let with_browser = chosen.iter().any(|step| step.name == "browser");
    if chosen.iter().any(|step| matches!(step.name, "wasm" | PAGE)) {
        // Before two steps ask for it at once.
        toolchain::ensure_wasm_target(project)?;
    }
    let run = Run { project: project.clone(), with_browser, arguments: arguments.into() };
    let start = Instant::now();
    let done = run_all(&chosen, &run);
    report(&chosen, &done, start.elapsed())
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
        names.is_empty() || asked(step.name) || (step.name == PAGE && asked("browser"))
    };
    Ok(STEPS.iter().filter(runs).collect())
}

/// Runs the steps up to the first that fails.
fn run_all(chosen: &[&'static Step], run: &Run) -> Vec<Done> {
    let has_failed = |done: &[Done]| done.iter().any(|done| done.failure.is_some());
    let mut done = Vec::new();
    let mut is_begun = false;
    let mut page = None;
    for step in chosen {
        if has_failed(&done) {
            break;
        }
        if NATIVE.contains(&step.name) && !is_begun {
            is_begun = true;
            let step = chosen.iter().find(|step| step.name == PAGE);
            page = step.map(|step| Beside::start(step, run));
        }
        let is_due = |page: &mut Beside| page.thread.is_finished() || step.name == PAGE;
        done.extend(page.take_if(is_due).map(|page| page.finish(run)));
        let is_behind = step.name == PAGE && is_begun;
        if !is_behind && !has_failed(&done) {
            done.push(step.run_now(run));
        }
    }
    if let Some(page) = page {
        run.project.say().begin("the build of the page is awaited");
        done.push(page.finish(run));
    }
    done
}

impl Step {
    /// Runs the step, and tells what it is about.
    fn run_now(&self, run: &Run) -> Done {
        run.project.say().begin(&format!("{}: {}", self.name, self.what));
        let start = Instant::now();
        let mut tally = Tally::default();
        let failure = (self.run)(run, &mut tally).err();
        if failure.is_some() {
            tally.failed = tally.failed.max(1);
        }
        Done { name: self.name, time: start.elapsed(), tally, failure }
    }
}

/// A step that runs beside others, and says what it does into a log.
struct Beside {
    name: &'static str,
    thread: JoinHandle<Done>,
}

impl Beside {
    fn start(step: &'static Step, run: &Run) -> Self {
        let terminal = run.project.clone();
        terminal.say().begin(&format!("{} is begun, and goes on beside the others", step.name));
        let run = run.clone();
        let thread = thread::spawn(move || {
            let logged = run.project.logged(step.name);
            let done = match logged {
                Ok(project) => step.run_now(&Run { project, ..run }),
                Err(failure) => Done::failed(step.name, failure),
            };
            // A failure is told at once, although the other step goes on.
            if let Some(failure) = &done.failure {
                terminal.say().begin(&format!("{} failed meanwhile: {failure}", step.name));
            }
            done
        });
        Self { name: step.name, thread }
    }

    /// Waits for its end, and shows what it said.
    fn finish(self, run: &Run) -> Done {
        let done = self.thread.join();
        let log = fs::read_to_string(run.project.log(self.name)).unwrap_or_default();
        run.project.say().line(log.trim_end());
        done.unwrap_or_else(|_| Done::failed(self.name, Failure::new("it panicked")))
    }
}

impl Done {
    fn failed(name: &'static str, failure: Failure) -> Self {
        let tally = Tally { failed: 1, ..Tally::default() };
        Self { name, time: Duration::ZERO, tally, failure: Some(failure) }
    }
}

/// Prints the times, what was skipped, what failed and, as the last line, the count.
fn report(chosen: &[&Step], done: &[Done], time: Duration) -> Result<()> {
    println!();
    for done in done {
        println!("{:>9}  {}", done.name, say::time(done.time));
    }
    println!("{:>9}  {}", "all", say::time(time));
    let mut tally = Tally::default();
    for done in done {
        tally += done.tally.clone();
        if let Some(failure) = &done.failure {
            println!("\n{} failed: {failure}", done.name);
        }
    }
    println!();
    for skipped in &tally.skipped {
        println!("skipped: {skipped}");
    }
    let is_done = |step: &&&Step| done.iter().any(|done| done.name == step.name);
    let rest: Vec<&str> =
        chosen.iter().filter(|step| !is_done(step)).map(|step| step.name).collect();
    if !rest.is_empty() {
        println!("Not run after that: {}", rest.join(", "));
    }
    println!("{} passed, {} failed, {} skipped", tally.passed, tally.failed, tally.skipped.len());
    if tally.failed > 0 { Err(Failure::told()) } else { Ok(()) }
}

fn format(run: &Run, tally: &mut Tally) -> Result<()> {
    toolchain::ensure_component(&run.project, "rustfmt")?;
    let mut cargo = run.project.cargo();
    run.project
        .run(cargo.args(["fmt", "--all", "--check"]))
        .map_err(|failure| Failure::new(format!("{failure}; `cargo fmt` formats the sources")))?;
    tally.pass();
    Ok(())
}

fn lint_native(run: &Run, tally: &mut Tally) -> Result<()> {
    lint(run, &["--workspace", "--all-targets"], tally)
}

fn lint_wasm(run: &Run, tally: &mut Tally) -> Result<()> {
    lint(run, &["--lib", "--target", toolchain::WASM], tally)
}

fn lint(run: &Run, what: &[&str], tally: &mut Tally) -> Result<()> {
    toolchain::ensure_component(&run.project, "clippy")?;
    let mut cargo = run.project.cargo();
    run.project.run(cargo.arg("clippy").args(what).args(["--", "--deny", "warnings"]))?;
    tally.pass();
    Ok(())
}

fn test_native(run: &Run, tally: &mut Tally) -> Result<()> {
    native::run(&run.project, &run.arguments, tally)
}

fn test_documentation(run: &Run, tally: &mut Tally) -> Result<()> {
    let mut cargo = run.project.cargo();
    program::run_and_read(
        cargo.args(["test", "--doc", "--package=descent", "--package=descent-lab"]),
        run.project.say(),
        |line| {
            tally.read_rust(line);
        },
    )
}

/// Builds the page that is shipped, which the browser tests then open.
fn build_page(run: &Run, tally: &mut Tally) -> Result<()> {
    let project = &run.project;
    if run.with_browser {
        setup::for_browser(project)?;
    }
    let page = build::page(project, Purpose::Shipped)?;
    page.write(&project.dist(), |_| false)?;
    tally.pass();
    size::check(project, &page)?;
    tally.pass();
    if let Some(reason) = trunk::missing(project)? {
        tally.skip(format!("page: the comparison with Trunk's: {reason}"));
    } else {
        trunk::compare(project)?;
        tally.pass();
    }
    Ok(())
}

fn test_browser(run: &Run, tally: &mut Tally) -> Result<()> {
    browser::test(&run.project, &run.arguments, tally)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tests::folder;

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

    /// Runs steps of these names, of which the named ones fail.
    fn outcome(steps: &[&'static str], failing: &'static [&'static str]) -> Vec<(String, bool)> {
        let steps: Vec<Step> = steps
            .iter()
            .map(|&name| {
                let run: fn(&Run, &mut Tally) -> Result<()> = if failing.contains(&name) {
                    |_, _| Err(Failure::new("it must"))
                } else {
                    |run, tally| {
                        run.project.say().begin("well");
                        tally.pass();
                        Ok(())
                    }
                };
                Step { name, what: "a test", run }
            })
            .collect();
        let steps: &'static [Step] = steps.leak();
        // Its logs lie in a folder of its own: the project's may be in use just now.
        let folder = folder(&format!("steps-{}-{}", steps.len(), failing.len()));
        let project = Project::at(&folder);
        let run = Run { project, with_browser: false, arguments: Vec::new() };
        let done = run_all(&steps.iter().collect::<Vec<_>>(), &run);
        let _ = fs::remove_dir_all(folder);
        done.into_iter().map(|done| (done.name.to_owned(), done.tally.failed == 0)).collect()
    }

    #[test]
    fn every_step_is_run_once() {
        let mut done = outcome(&["fmt", "clippy", "native", "page", "browser"], &[]);
        assert!(done.iter().all(|(_, is_good)| *is_good));
        // The page is done when it is done, but before it is tested.
        assert!(done.iter().position(|(name, _)| name == "page") < Some(4));
        done.retain(|(name, _)| name != "page");
        let names: Vec<&str> = done.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["fmt", "clippy", "native", "browser"]);
        assert_eq!(outcome(&["fmt", "page"], &[]).len(), 2);
    }

    #[test]
    fn a_failure_ends_the_run() {
        assert_eq!(outcome(&["fmt", "clippy", "page"], &["fmt"]), [("fmt".into(), false)]);
        let mut done = outcome(&["clippy", "native", "page", "browser"], &["clippy"]);
        // What was begun beside it is awaited.
        done.sort();
        assert_eq!(done, [("clippy".into(), false), ("page".into(), true)]);
        let done = outcome(&["native", "page", "browser"], &["page"]);
        assert!(done.contains(&("page".into(), false)));
        assert!(!done.iter().any(|(name, _)| name == "browser"));
    }
}
