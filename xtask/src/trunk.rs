//! Building and serving the page with Trunk.

use std::ffi::OsStr;
use std::net::{Ipv4Addr, TcpListener};
use std::process::Command;

use crate::failure::{Result, fail};
use crate::page;
use crate::program;
use crate::project::Project;
use crate::say;
use crate::toolchain;

/// What the page is made of: a change of these builds it anew while it is
/// served. Trunk's default, the whole folder, would watch what builds write.
const WATCHED: [&str; 6] = ["index.html", "www", "src", "data", "Cargo.toml", "Cargo.lock"];

/// How the page is served.
pub(crate) struct Serving {
    /// The port on 127.0.0.1.
    pub(crate) port: u16,
    /// Whether a browser is opened once the page is there.
    pub(crate) open: bool,
    /// Whether the page is compiled for debugging, not for speed and size.
    pub(crate) debug: bool,
}

/// Builds the page into `dist`, and checks what any build of it must be.
pub(crate) fn build(project: &Project) -> Result<()> {
    let mut trunk = trunk(project, "build")?;
    program::run(trunk.arg("--release=true"))?;
    minify_glue(project)?;
    page::check(project)
}

/// Takes remarks, blanks and long names out of the JavaScript between page and
/// module, a third of it; what it exports keeps its names. Trunk's own minifier
/// does not read today's JavaScript.
fn minify_glue(project: &Project) -> Result<()> {
    let file = project.dist().join("descent-lab.js");
    let mut uglify = project.command("node");
    uglify.arg(project.node_modules().join("uglify-js/bin/uglifyjs"));
    uglify.args(["--module", "--compress", "--mangle", "--output"]).arg(&file);
    program::run(uglify.arg("--").arg(&file))
}

/// Builds the page, serves it, and builds it anew on every change.
pub(crate) fn serve(project: &Project, serving: &Serving) -> Result<()> {
    let Serving { port, open, debug } = *serving;
    if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        fail!(
            "port {port} cannot be used ({error}): \
             end what is served there, or choose another with --port"
        );
    }
    say::begin(&format!(
        "building the page, to serve it on http://127.0.0.1:{port}/ until Ctrl-C is pressed"
    ));
    let mut trunk = trunk(project, "serve")?;
    // Trunk's own --release would run wasm-opt, for ten seconds a build: it
    // makes the module smaller to download, and here nothing is downloaded.
    trunk.arg("--release=false");
    if !debug {
        trunk.arg("--cargo-profile=release");
    }
    // Not into dist/: what lies there can be deployed, and may be under test.
    trunk.arg("--dist").arg(project.served());
    trunk.arg("--address=127.0.0.1").arg(format!("--port={port}"));
    trunk.arg(format!("--open={open}"));
    for path in WATCHED {
        if project.root().join(path).exists() {
            trunk.arg("--watch").arg(path);
        }
    }
    program::run_as_last(&mut trunk)
}

/// Trunk, kept from the network: what it uses is installed, and what the page
/// is compiled from is fetched beforehand.
fn trunk(project: &Project, subcommand: &str) -> Result<Command> {
    let mut fetch = project.cargo();
    fetch.args(["fetch", "--quiet", "--target", toolchain::WASM]);
    program::run(&mut fetch)?;

    let mut trunk = project.command("trunk");
    trunk.args([subcommand, "--skip-version-check", "--offline=true"]);
    // Trunk reads `NO_COLOR` as a truth value, and refuses the usual `1`.
    let colourless = std::env::var_os("NO_COLOR").is_some_and(|value| value != OsStr::new(""));
    trunk.env("NO_COLOR", if colourless { "true" } else { "false" });
    Ok(trunk)
}
