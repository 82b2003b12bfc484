//! Programs that `cargo install` builds into the project's own folder: Trunk and the
//! command line of wasm-bindgen.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result};
use crate::program;
use crate::project::Project;
use crate::say;
use crate::version;

/// The last version of Trunk that Rust 1.95 compiles.
const TRUNK: &str = "0.21.14";

/// Many times what a slow machine needs.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// How the tools are compiled. They work for a second at a time, even so: the
/// minutes that any optimizing takes would never come back.
const SETTINGS: [(&str, &str); 6] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_DEBUG", "false"),
    ("CARGO_INCREMENTAL", "0"),
    // Without a lock file: no newer dependency than this compiler takes.
    ("CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS", "fallback"),
];

/// A program, the package it comes from, and what it is needed for.
struct Tool {
    program: &'static str,
    package: &'static str,
    version: String,
    arguments: &'static [&'static str],
    why: &'static str,
}

/// Sees to it that both tools are there in exactly the right version.
pub(crate) fn ensure_all(project: &Project) -> Result<()> {
    let tools = [trunk(), wasm_bindgen(project)?];
    let missing: Vec<&Tool> = tools.iter().filter(|tool| !tool.is_there(project)).collect();
    for tool in &missing {
        tool.install(project)?;
    }
    if !missing.is_empty() {
        // What was compiled on the way is more than a gigabyte and of no more
        // use. After an interruption it is kept: the next try goes on there.
        let _ = fs::remove_dir_all(build_folder(project));
    }
    Ok(())
}

fn trunk() -> Tool {
    Tool {
        program: "trunk",
        package: "trunk",
        version: TRUNK.into(),
        // Without its defaults it has no TLS: less to compile, and it
        // cannot download a tool behind the back of what is pinned here.
        arguments: &["--no-default-features"],
        why: "it builds and serves the page",
    }
}

/// wasm-bindgen's command line refuses a module that was compiled with any
/// other version of the library.
fn wasm_bindgen(project: &Project) -> Result<Tool> {
    let lock_file = project.read("Cargo.lock")?;
    let version = version::in_lock_file(&lock_file, "wasm-bindgen")
        .ok_or_else(|| Failure::new("Cargo.lock names no wasm-bindgen"))?;
    Ok(Tool {
        program: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: version.into(),
        arguments: &["--no-default-features", "--bin", "wasm-bindgen"],
        why: "it ties the module to the page, and must be of Cargo.lock's version",
    })
}

impl Tool {
    /// Whether the program that would be run is of the right version. Cargo
    /// puts a program into its place whole or not at all.
    fn is_there(&self, project: &Project) -> bool {
        let printed = program::output_of(project.command(self.program).arg("--version"));
        printed.as_deref().and_then(version::in_output) == Some(&self.version)
    }

    fn install(&self, project: &Project) -> Result<()> {
        say::begin(&format!(
            "compiling {} {} into .tools: {} (a few minutes, once)",
            self.package, self.version, self.why
        ));
        let start = Instant::now();
        let log = project.tools().join(format!("log/{}.txt", self.package));
        let locked = program::run_into_log(self.cargo(project).arg("--locked"), &log, LIMIT);
        if locked.is_err() {
            // A lock file may name a version that the registry does not have
            // (any more); the tool's own version stays exact either way.
            say::detail(&format!(
                "{} did not install with the lock file it came with; trying without",
                self.package
            ));
            program::run_into_log(&mut self.cargo(project), &log, LIMIT)?;
        }
        if !self.is_there(project) {
            return Err(Failure::new(format!(
                "{} was installed, but does not run as version {}",
                self.program, self.version
            )));
        }
        say::detail(&format!("{}: {}", self.package, say::time(start.elapsed())));
        Ok(())
    }

    fn cargo(&self, project: &Project) -> Command {
        let mut cargo = project.cargo();
        cargo.args(["install", self.package, "--force"]);
        cargo.arg(format!("--version={}", self.version));
        cargo.arg("--root").arg(project.tools());
        cargo.args(self.arguments);
        cargo.envs(SETTINGS);
        // One folder for both: what both use is compiled once.
        cargo.env("CARGO_TARGET_DIR", build_folder(project));
        cargo
    }
}

fn build_folder(project: &Project) -> PathBuf {
    project.tools().join("target")
}
