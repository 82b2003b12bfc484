//! Where things are, and which programs are run there.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::failure::{Failure, Result};
use crate::program;
use crate::say::Output;

/// The folder of the project, what lies where in it, and where it says what goes on.
#[derive(Clone)]
pub(crate) struct Project {
    root: PathBuf,
    output: Output,
}

impl Project {
    /// The project that this program belongs to.
    pub(crate) fn find() -> Result<Self> {
        // Cargo names the folder when it runs the program; the folder of its
        // build would be wrong after the project was moved.
        let xtask = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = xtask.parent().map(Path::to_path_buf);
        root.map(|root| Self { root, output: Output::Terminal })
            .ok_or_else(|| Failure::new("the folder of the project was not found"))
    }

    /// A project of a test's own.
    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.into(), output: Output::Terminal }
    }

    /// The same project, which says everything into a log.
    pub(crate) fn logged(&self, name: &str) -> Result<Self> {
        Ok(Self { output: Output::log(&self.log(name))?, ..self.clone() })
    }

    /// The folder of the project.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// What `cargo xtask` installs, apart from npm's packages; git ignores it.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// Where a program's output is kept.
    pub(crate) fn log(&self, name: &str) -> PathBuf {
        self.tools().join("log").join(name).with_extension("txt")
    }

    /// npm's packages.
    pub(crate) fn node_modules(&self) -> PathBuf {
        self.root.join("node_modules")
    }

    /// What Cargo compiles.
    pub(crate) fn target(&self) -> PathBuf {
        self.root.join("target")
    }

    /// The built page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The text of a file of the project.
    pub(crate) fn read(&self, file: &str) -> Result<String> {
        fs::read_to_string(self.root.join(file))
            .map_err(|error| Failure::new(format!("{file} cannot be read: {error}")))
    }

    /// Where lines for the person go.
    pub(crate) fn say(&self) -> &Output {
        &self.output
    }

    /// Runs a program that prints what it does.
    pub(crate) fn run(&self, command: &mut Command) -> Result<()> {
        program::run(command, &self.output)
    }

    /// Runs a program that prints into a log of this name, no longer than `limit`.
    pub(crate) fn run_into_log(
        &self,
        command: &mut Command,
        name: &str,
        limit: Duration,
    ) -> Result<()> {
        program::run_into_log(command, &self.log(name), limit, &self.output)
    }

    /// A program started in the folder of the project, which finds npm's programs before
    /// any others of the same name.
    pub(crate) fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command.env("PATH", self.path());
        command
    }

    /// The Cargo that runs this program.
    pub(crate) fn cargo(&self) -> Command {
        self.command(&env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
    }

    /// Playwright's command line, without npx: that might ask or download.
    pub(crate) fn playwright(&self) -> Command {
        let mut command = self.command("node");
        command.arg(self.node_modules().join("@playwright/test/cli.js"));
        command.env("PLAYWRIGHT_BROWSERS_PATH", self.tools().join("browsers"));
        command
    }

    /// `PATH`, with the folder of npm's programs in front.
    pub(crate) fn path(&self) -> OsString {
        let own = self.node_modules().join(".bin");
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = [own].into_iter().chain(env::split_paths(&inherited));
        // Joining fails only for a folder with the separator in its name: then
        // the programs of that project cannot be put on any PATH.
        env::join_paths(folders).unwrap_or(inherited)
    }
}
