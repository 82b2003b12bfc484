//! What has to be there before the page can be built and tested.

use crate::chromium;
use crate::failure::Result;
use crate::npm;
use crate::project::Project;
use crate::toolchain;

/// Sees to what compiling the page takes.
pub(crate) fn for_compiling(project: &Project) -> Result<()> {
    toolchain::check_compiler(project)?;
    toolchain::ensure_wasm_target(project)
}

/// Sees to everything that testing the page in a browser takes; the browser to use.
pub(crate) fn for_browser(project: &Project) -> Result<String> {
    npm::check_node(project)?;
    let named = chromium::named(project)?;
    npm::ensure_packages(project)?;
    named.map_or_else(|| chromium::ensure(project), Ok)
}
