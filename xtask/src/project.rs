//! Where things are, and which programs are run there.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Result};

/// The folder of the project, and what lies where in it.
pub(crate) struct Project {
    root: PathBuf,
}

impl Project {
    /// The project that this program belongs to.
    pub(crate) fn find() -> Result<Self> {
        // Cargo names the folder when it runs the program; the folder of its
        // build would be wrong after the project was moved.
        let xtask = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = xtask.parent().map(Path::to_path_buf);
        root.map(|root| Self { root })
            .ok_or_else(|| Failure::new("the folder of the project was not found"))
    }

    /// The folder of the project.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// What `cargo xtask` installs, apart from npm's packages; git ignores it.
    pub(crate) fn tools(&self) -> PathBuf {
        self.root.join(".tools")
    }

    /// The programs among the installed tools.
    pub(crate) fn bin(&self) -> PathBuf {
        self.tools().join("bin")
    }

    /// npm's packages.
    pub(crate) fn node_modules(&self) -> PathBuf {
        self.root.join("node_modules")
    }

    /// The page as it is served during development.
    pub(crate) fn served(&self) -> PathBuf {
        self.root.join("target/served")
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

    /// A program started in the folder of the project, which finds the
    /// installed tools before any others of the same name.
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

    /// `PATH`, with the folders of the installed tools in front.
    pub(crate) fn path(&self) -> OsString {
        let own = [self.bin(), self.node_modules().join(".bin")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = own.into_iter().chain(env::split_paths(&inherited));
        // Joining fails only for a folder with the separator in its name: then
        // the tools of that project cannot be put on any PATH.
        env::join_paths(folders).unwrap_or(inherited)
    }
}
