//! The Rust compiler and what rustup adds to it.

use std::path::Path;

use crate::failure::{Result, fail};
use crate::program;
use crate::project::Project;
use crate::version::{self, Version};

/// The target that the page is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Refuses a compiler that is older than the page asks for. Nothing newer is
/// downloaded unasked: the toolchain belongs to the person, not to the project.
pub(crate) fn check_compiler(project: &Project) -> Result<()> {
    let manifest = project.read("Cargo.toml")?;
    let oldest = version::rust_version(&manifest).and_then(Version::parse);
    let printed = program::output_of(project.command("rustc").arg("--version"));
    let present = printed.as_deref().and_then(version::in_output);
    let (Some(oldest), Some(present)) = (oldest, present) else {
        fail!("rustc was not found; install Rust with rustup (https://rustup.rs)");
    };
    if Version::parse(present) < Some(oldest) {
        let wanted = version::rust_version(&manifest).unwrap_or_default();
        fail!(
            "this is Rust {present}, and the page needs {wanted} or newer: run `rustup update stable`"
        );
    }
    Ok(())
}

/// Sees to it that the standard library for WebAssembly is there.
pub(crate) fn ensure_wasm_target(project: &Project) -> Result<()> {
    let mut rustc = project.command("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM]);
    let folder = program::output_of(&mut rustc);
    if folder.is_some_and(|folder| Path::new(folder.trim()).is_dir()) {
        return Ok(());
    }
    project.say().begin(&format!("installing Rust's target {WASM}: the page is WebAssembly"));
    rustup(project, &["target", "add", WASM])
}

/// Sees to it that `cargo fmt` and `cargo clippy` are there.
pub(crate) fn ensure_component(project: &Project, component: &str) -> Result<()> {
    let subcommand = if component == "rustfmt" { "fmt" } else { component };
    if program::output_of(project.cargo().args([subcommand, "--version"])).is_some() {
        return Ok(());
    }
    project.say().begin(&format!("installing Rust's component {component}: the checks use it"));
    rustup(project, &["component", "add", component])
}

fn rustup(project: &Project, arguments: &[&str]) -> Result<()> {
    let mut rustup = project.command("rustup");
    if program::output_of(rustup.arg("--version")).is_none() {
        fail!(
            "rustup was not found, which would run `rustup {}`; \
             install Rust with rustup (https://rustup.rs)",
            arguments.join(" ")
        );
    }
    project.run(project.command("rustup").args(arguments))
}
