//! The packages of package-lock.json: wasm-opt, uglify-js, Playwright, axe.

use std::fs;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result, fail};
use crate::program;
use crate::project::Project;
use crate::say;
use crate::version::Version;

/// The oldest Node that Playwright runs on.
const OLDEST_NODE: &str = "20";

/// Longer than any connection that is worth waiting for takes.
const LIMIT: Duration = Duration::from_secs(10 * 60);

/// Written last, with the lock file that was installed: packages whose
/// installation was interrupted, or that are of an older lock, do not count.
const MARK: &str = ".installed-lock.json";

#[cfg(windows)]
const NPM: &str = "npm.cmd";
#[cfg(not(windows))]
const NPM: &str = "npm";

/// Sees to it that the packages are those of package-lock.json.
pub(crate) fn ensure_packages(project: &Project) -> Result<()> {
    let lock_file = project.read("package-lock.json")?;
    let mark = project.node_modules().join(MARK);
    if fs::read_to_string(&mark).is_ok_and(|installed| installed == lock_file) {
        return Ok(());
    }
    project.say().begin(
        "installing npm's packages: binaryen (makes the module small and fast), \
         UglifyJS (makes its JavaScript small), Playwright and axe (test the page)",
    );
    // npm empties the folder first, but only after it has read the lock file.
    let _ = fs::remove_file(&mark);
    let start = Instant::now();
    let mut npm = project.command(NPM);
    npm.args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]);
    // The browser is seen to elsewhere.
    npm.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    project.run_into_log(&mut npm, "npm", LIMIT)?;
    fs::write(&mark, lock_file)
        .map_err(|error| Failure::new(format!("node_modules cannot be written to: {error}")))?;
    project.say().detail(&format!("npm's packages: {}", say::time(start.elapsed())));
    Ok(())
}

/// Refuses a Node that is missing or too old.
pub(crate) fn check_node(project: &Project) -> Result<()> {
    let printed = program::output_of(project.command("node").arg("--version"));
    let Some(present) = printed.as_deref().and_then(Version::parse) else {
        fail!("node was not found; install Node.js {OLDEST_NODE} or newer (https://nodejs.org)");
    };
    if Some(present) < Version::parse(OLDEST_NODE) {
        let printed = printed.unwrap_or_default();
        fail!("this is Node.js {}, and {OLDEST_NODE} or newer is needed", printed.trim());
    }
    Ok(())
}
