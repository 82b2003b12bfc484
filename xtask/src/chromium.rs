//! The browser that the page is tested in.

use std::env;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::failure::{Result, fail};
use crate::program;
use crate::project::Project;
use crate::say;

/// Names the browser to use, and tells the browser tests which it is.
pub(crate) const VARIABLE: &str = "DESCENT_CHROMIUM";

/// What Chromium and Chrome are called.
const NAMES: [&str; 6] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// A download that takes longer is not going to arrive.
const DOWNLOAD_LIMIT: Duration = Duration::from_secs(180);

/// Longer than a package manager takes on a slow connection.
const APT_LIMIT: Duration = Duration::from_secs(10 * 60);

/// What is installed from Debian; the fonts are for the Chinese page.
const DEBIAN_PACKAGES: [&str; 2] = ["chromium", "fonts-noto-cjk"];

/// The browser that the variable names, if it is set.
pub(crate) fn named(project: &Project) -> Result<Option<String>> {
    let Ok(name) = env::var(VARIABLE) else {
        return Ok(None);
    };
    let browser = full_path(project, &name).filter(|browser| runs(project, browser));
    if browser.is_none() {
        fail!("{VARIABLE} names {name:?}, which does not run");
    }
    Ok(browser)
}

/// A browser that runs: an installed one, or one that is installed now. npm's
/// packages must be there.
pub(crate) fn ensure(project: &Project) -> Result<String> {
    if let Some(browser) = find(project) {
        return Ok(browser);
    }
    let start = Instant::now();
    let downloaded = download(project);
    if downloaded.is_err() {
        install_from_debian(project)?;
    }
    let Some(browser) = find(project) else {
        fail!(
            "a Chromium was installed, but none runs; \
             install Chromium or Chrome, or name one in {VARIABLE}"
        );
    };
    project.say().detail(&format!("Chromium: {}", say::time(start.elapsed())));
    Ok(browser)
}

/// A browser that is there and runs.
fn find(project: &Project) -> Option<String> {
    let installed = NAMES.into_iter().filter_map(|name| full_path(project, name));
    installed.chain(playwrights(project)).find(|browser| runs(project, browser))
}

/// Whether a browser starts: one without the libraries it needs does not, and
/// neither does Ubuntu's stand-in that asks for a snap.
fn runs(project: &Project, browser: &str) -> bool {
    program::output_of(project.command(browser).arg("--version"))
        .is_some_and(|printed| printed.contains("Chrom"))
}

/// Where on `PATH` a program is: Playwright takes no bare name.
fn full_path(project: &Project, name: &str) -> Option<String> {
    // A name that is a path already replaces the folder it is joined to.
    let path = project.path();
    let mut candidates = env::split_paths(&path).map(|folder| folder.join(name));
    let found = candidates.find(|candidate| candidate.is_file())?;
    found.to_str().map(Into::into)
}

/// Where Playwright keeps the browser of its own version, there or not.
fn playwrights(project: &Project) -> Option<String> {
    let script = "process.stdout.write(require('@playwright/test').chromium.executablePath())";
    let mut node = project.command("node");
    node.args(["-e", script]);
    node.env("PLAYWRIGHT_BROWSERS_PATH", project.tools().join("browsers"));
    program::output_of(&mut node)
}

/// Playwright marks a download as whole itself, and takes up a broken one anew.
fn download(project: &Project) -> Result<()> {
    project.say().begin("downloading Playwright's Chromium into .tools: the page is tested in it");
    let mut playwright = project.playwright();
    playwright.args(["install", "--no-shell", "chromium"]);
    let result = project.run_into_log(&mut playwright, "playwright", DOWNLOAD_LIMIT);
    if let Err(failure) = &result {
        let first = failure.to_string();
        project.say().detail(first.split(';').next().unwrap_or_default());
    } else if playwrights(project).is_none_or(|browser| !runs(project, &browser)) {
        fail!("Playwright's Chromium does not run here: a library may be missing");
    }
    result
}

fn install_from_debian(project: &Project) -> Result<()> {
    let packages = DEBIAN_PACKAGES.join(" ");
    let Some(root) = as_root(project) else {
        fail!(
            "no Chromium for the browser tests: Playwright's could not be downloaded, and \
             this is no Debian machine on which the packages can be installed unasked; \
             install Chromium or Chrome (on Debian: `apt-get install {packages}`), \
             or name one in {VARIABLE}"
        );
    };
    project.say().begin(&format!("installing Debian's {packages}: the page is tested in them"));
    let apt = |arguments: &[&str]| {
        let mut command = project.command(root[0]);
        command.args(&root[1..]).args(arguments);
        project.run_into_log(&mut command, "apt", APT_LIMIT)
    };
    // An old list may do as well: the installation tells.
    let _ = apt(&["update"]);
    let install = ["install", "--yes", "--no-install-recommends"];
    apt(&[&install[..], &DEBIAN_PACKAGES].concat())
}

/// How apt-get is run without a password, if it can be.
fn as_root(project: &Project) -> Option<&'static [&'static str]> {
    const APT: &[&str] = &["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    const SUDO: &[&str] =
        &["sudo", "--non-interactive", "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"];
    let prints = |command: &mut Command| program::output_of(command);
    prints(project.command("apt-get").arg("--version"))?;
    if prints(project.command("id").arg("-u")).is_some_and(|id| id.trim() == "0") {
        return Some(APT);
    }
    prints(project.command("sudo").args(["--non-interactive", "true"])).map(|_| SUDO)
}
