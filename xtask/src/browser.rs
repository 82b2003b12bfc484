//! The tests of the page in a browser.

use crate::build::{self, Purpose};
use crate::chromium;
use crate::failure::Result;
use crate::program;
use crate::project::Project;
use crate::setup;
use crate::tally::Tally;

/// Runs the tests on the page in `dist`.
pub(crate) fn test(project: &Project, arguments: &[String], tally: &mut Tally) -> Result<()> {
    run(project, "tests/browser/playwright.config.ts", arguments, tally)
}

/// Builds the page that is shipped, and measures it: the figures are printed.
pub(crate) fn figures(project: &Project, arguments: &[String]) -> Result<()> {
    setup::for_browser(project)?;
    build::page(project, Purpose::Shipped)?.write(&project.dist(), |_| false)?;
    run(project, "tests/browser/figures.config.ts", arguments, &mut Tally::default())
}

/// Runs Playwright by one of its configurations.
fn run(project: &Project, config: &str, arguments: &[String], tally: &mut Tally) -> Result<()> {
    let browser = setup::for_browser(project)?;
    project.say().detail(&format!("in {browser}"));
    let mut playwright = project.playwright();
    playwright.args(["test", "--config", config]).args(arguments);
    playwright.env(chromium::VARIABLE, browser);
    playwright.env("DESCENT_DIST", project.dist());
    // Colours would lie in what is read.
    playwright.env_remove("FORCE_COLOR");
    program::run_and_read(&mut playwright, project.say(), |line| tally.read_playwright(line))
}
