//! Building the page: Cargo compiles the module, `page-bindgen` ties it to JavaScript,
//! wasm-opt and `UglifyJS` make both small, and the document gets links to it all.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use crate::document::{self, Document, GLUE, MODULE, STYLE};
use crate::failure::{Failure, Result};
use crate::npm;
use crate::page::Page;
use crate::project::Project;
use crate::rules;
use crate::say;
use crate::style;
use crate::toolchain;

/// What the page is built for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be deployed: compiled for speed, and as small as it gets.
    Shipped,
    /// To be looked at on this machine, where nothing is downloaded: without what would
    /// only make it smaller, half a minute a build.
    Served,
    /// To find a fault: with the checks of a debug build.
    Debugged,
}

/// The package whose program writes the module's JavaScript.
const BINDGEN: &str = "page-bindgen";

/// Many times what a slow machine needs.
const LIMIT: Duration = Duration::from_secs(60 * 60);

/// Builds the page and checks what any build of it must be.
pub(crate) fn page(project: &Project, purpose: Purpose) -> Result<Page> {
    if purpose == Purpose::Shipped {
        npm::check_node(project)?;
    }
    // What is wrong with the document is told before minutes of compiling.
    let document = Document::new(&project.read("index.html")?)?;
    rules::check(&document.html)?;
    compile_all(project, purpose)?;
    let folder = bind(project, purpose)?;
    if purpose == Purpose::Shipped {
        make_small(project, &folder)?;
    }
    assemble(project, document, &folder)
}

/// Sees to the module and the programs that its page takes. The page's own crate is compiled
/// on one core for most of a minute: what is missing is compiled on another, or fetched.
fn compile_all(project: &Project, purpose: Purpose) -> Result<()> {
    let is_new = !bindgen(project).is_file();
    thread::scope(|scope| {
        let packages = scope.spawn(|| match purpose {
            Purpose::Shipped => npm::ensure_packages(project),
            Purpose::Served | Purpose::Debugged => Ok(()),
        });
        let program = is_new.then(|| scope.spawn(|| compile_bindgen(project, is_new)));
        let module = compile(project, purpose);
        // Where it is there Cargo only looks at it: beside another Cargo it would wait.
        let program = program.map_or_else(|| compile_bindgen(project, is_new), join);
        join(packages).and(program).and(module)
    })
}

fn join<T>(thread: thread::ScopedJoinHandle<Result<T>>) -> Result<T> {
    thread.join().unwrap_or_else(|_| Err(Failure::new("the build panicked")))
}

/// Compiles the module. The folder is named: what the environment says is for others.
fn compile(project: &Project, purpose: Purpose) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["build", "--package=descent-lab", "--lib", "--target", toolchain::WASM]);
    cargo.arg("--target-dir").arg(project.target());
    if purpose != Purpose::Debugged {
        cargo.arg("--release");
    }
    project.run(&mut cargo)
}

/// Compiles the program that ties the module to JavaScript, unless it is there in the version
/// that Cargo.lock names.
fn compile_bindgen(project: &Project, is_new: bool) -> Result<()> {
    let start = Instant::now();
    if is_new {
        project.say().begin(&format!("compiling {BINDGEN}, which ties the module to the page"));
    }
    let mut cargo = project.cargo();
    cargo.args(["build", "--package", BINDGEN, "--profile=tools"]);
    cargo.arg("--target-dir").arg(project.target());
    project.run_into_log(&mut cargo, BINDGEN, LIMIT)?;
    if is_new {
        project.say().detail(&format!("{BINDGEN}: {}", say::time(start.elapsed())));
    }
    Ok(())
}

fn bindgen(project: &Project) -> PathBuf {
    project.target().join("tools").join(BINDGEN).with_extension(std::env::consts::EXE_EXTENSION)
}

/// Writes the JavaScript beside a copy of the module that fits it; the folder of both.
fn bind(project: &Project, purpose: Purpose) -> Result<PathBuf> {
    let (profile, folder) = match purpose {
        Purpose::Shipped => ("release", "shipped"),
        Purpose::Served => ("release", "served"),
        Purpose::Debugged => ("debug", "debugged"),
    };
    let folder = project.target().join("page").join(folder);
    let compiled = project.target().join(toolchain::WASM).join(profile).join("descent_lab.wasm");
    let mut command = project.command(&bindgen(project).to_string_lossy());
    command.arg(compiled).arg(GLUE.trim_end_matches(".js")).arg(&folder);
    project.run(&mut command)?;
    Ok(folder)
}

/// Makes the module and its JavaScript small.
fn make_small(project: &Project, folder: &Path) -> Result<()> {
    thread::scope(|scope| {
        let glue = scope.spawn(|| minify_glue(project, &folder.join(GLUE)));
        let module = optimize(project, &folder.join(MODULE));
        join(glue).and(module)
    })
}

/// Has binaryen rewrite the module, a quarter smaller.
fn optimize(project: &Project, module: &Path) -> Result<()> {
    let start = Instant::now();
    project.say().begin("wasm-opt makes the module small, for half a minute");
    let mut wasm_opt = project.command("node");
    wasm_opt.arg(project.node_modules().join("binaryen/bin/wasm-opt"));
    project.run(wasm_opt.arg("-Oz").arg("--output").arg(module).arg(module))?;
    project.say().detail(&format!("wasm-opt: {}", say::time(start.elapsed())));
    Ok(())
}

/// Takes remarks, blanks and long names out of the JavaScript between page and
/// module, a third of it; what it exports keeps its names.
fn minify_glue(project: &Project, glue: &Path) -> Result<()> {
    let mut uglify = project.command("node");
    uglify.arg(project.node_modules().join("uglify-js/bin/uglifyjs"));
    uglify.args(["--module", "--compress", "--mangle", "--output"]).arg(glue);
    project.run(uglify.arg("--").arg(glue))
}

/// Puts the page together: the document, what it links to, and the module from `folder`.
fn assemble(project: &Project, document: Document, folder: &Path) -> Result<Page> {
    let sheets: Vec<String> =
        document.styles.iter().map(|file| project.read(file)).collect::<Result<_>>()?;
    let style = style::join(sheets.iter().map(String::as_str));
    let mut files = BTreeMap::from([
        ("index.html".to_owned(), document.html.into_bytes()),
        (STYLE.to_owned(), style.into_bytes()),
        (GLUE.to_owned(), read(&folder.join(GLUE))?),
        (MODULE.to_owned(), read(&folder.join(MODULE))?),
    ]);
    for file in &document.copies {
        files.insert(document::name_of(file).to_owned(), read(&project.root().join(file))?);
    }
    Ok(Page::new(files))
}

fn read(file: &Path) -> Result<Vec<u8>> {
    fs::read(file)
        .map_err(|error| Failure::new(format!("{} cannot be read: {error}", file.display())))
}
