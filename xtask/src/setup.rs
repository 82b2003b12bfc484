//! What has to be there before the page can be built and tested.

use std::thread;

use crate::cargo_tool;
use crate::chromium;
use crate::failure::{Failure, Result};
use crate::npm;
use crate::project::Project;
use crate::say;
use crate::toolchain;

/// Sees to everything that building the page takes.
pub(crate) fn for_page(project: &Project) -> Result<()> {
    npm::check_node(project)?;
    toolchain::ensure_wasm_target(project)?;
    beside_compiling(project, || npm::ensure_packages(project))
}

/// Sees to everything that building the page and testing it in a browser
/// takes; the browser to use.
pub(crate) fn for_browser(project: &Project) -> Result<String> {
    npm::check_node(project)?;
    let named = chromium::named(project)?;
    toolchain::ensure_wasm_target(project)?;
    beside_compiling(project, || {
        npm::ensure_packages(project)?;
        named.map_or_else(|| chromium::ensure(project), Ok)
    })
}

/// Compiles the tools, which keeps every core busy for minutes, while `other`
/// waits for the network most of the time. What `other` fails at is told at
/// once; the tools are finished all the same, for the next try.
fn beside_compiling<T: Send>(
    project: &Project,
    other: impl FnOnce() -> Result<T> + Send,
) -> Result<T> {
    thread::scope(|scope| {
        let other = scope.spawn(|| other().inspect_err(|failure| say::begin(&failure.to_string())));
        let tools = cargo_tool::ensure_all(project);
        let other = other.join().unwrap_or_else(|_| Err(Failure::new("the set-up panicked")));
        tools.and(other)
    })
}
