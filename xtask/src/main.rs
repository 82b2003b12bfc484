//! `cargo xtask`: builds, serves and checks the page, and installs what that
//! takes into the project's own folder.
//!
//! ```text
//! main       the commands
//! build      `build`: compiles, ties together, makes small
//!            document, style, html        what becomes of index.html and its style sheets
//!            page, rules, size            the files of a page; what they must be
//! serve      `serve`                      sources   what the page is made of
//! checks     `test`: every check, step by step
//!            native, browser, trunk       the steps that take more than one program
//!            tally                        how many checks passed, failed, were skipped
//! site       `site`
//! setup      what must be there first: toolchain, npm, chromium
//! program, project, version, say, failure   what they all use
//! ```

mod browser;
mod build;
mod checks;
mod chromium;
mod document;
mod failure;
mod html;
mod native;
mod npm;
mod page;
mod program;
mod project;
mod rules;
mod say;
mod serve;
mod setup;
mod site;
mod size;
mod sources;
mod style;
mod tally;
mod toolchain;
mod trunk;
mod version;

use std::env;
use std::process::ExitCode;

use build::Purpose;
use failure::{Failure, Result, fail};
use page::Page;
use project::Project;
use serve::Serving;

const USAGE: &str = "\
cargo xtask serve [--port N] [--open] [--debug]
    builds the page, serves it on http://127.0.0.1:8080/ and builds it anew
    when a source changes (reload the page then)
cargo xtask build
    builds the page into dist/, ready to be copied to any path of any host
cargo xtask test [STEP…] [-- ARGUMENT…]
    runs every check, or only these: fmt clippy wasm native doc page browser;
    `native` or `browser` alone passes the arguments on to its test runner
cargo xtask figures [-- ARGUMENT…]
    measures the page in Chromium, as the README quotes it
cargo xtask size
    prints the size of every file in dist/, and compressed by gzip -9
cargo xtask site --version vX.Y.Z --into FOLDER
    lays dist/ at the root of FOLDER and at vX.Y/; what is at other versions stays

What is missing is installed into .tools/ and node_modules/ on the way.";

/// The port that the page is served on unless another is named.
const PORT: u16 = 8080;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !failure.is_told() {
                eprintln!("xtask: {failure}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let Some((command, arguments)) = arguments.split_first() else {
        fail!("no command\n\n{USAGE}");
    };
    let project = Project::find()?;
    match command.as_str() {
        "serve" => {
            let serving = serving(arguments)?;
            setup::for_compiling(&project)?;
            serve::serve(&project, &serving)
        }
        "build" => {
            nothing_more(arguments)?;
            setup::for_compiling(&project)?;
            build::page(&project, Purpose::Shipped)?.write(&project.dist(), |_| false)
        }
        "test" => {
            let (steps, more) = split(arguments);
            toolchain::check_compiler(&project)?;
            checks::run(&project, steps, more)
        }
        "figures" => {
            let (none, more) = split(arguments);
            nothing_more(none)?;
            setup::for_compiling(&project)?;
            browser::figures(&project, more)
        }
        "size" => {
            nothing_more(arguments)?;
            size::print(&project, &Page::built(&project)?).map(|_| ())
        }
        "site" => {
            let (version, folder) = release(arguments)?;
            site::lay(&project, version, folder.as_ref())
        }
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => fail!("there is no command {other:?}\n\n{USAGE}"),
    }
}

/// The arguments before `--`, and those behind it.
fn split(arguments: &[String]) -> (&[String], &[String]) {
    let mut parts = arguments.splitn(2, |argument| argument == "--");
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

/// Reads the options of `site`: version and folder.
fn release(arguments: &[String]) -> Result<(&str, &str)> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["--version", version, "--into", folder] | ["--into", folder, "--version", version] => {
            Ok((version, folder))
        }
        _ => fail!("`site` takes --version and --into\n\n{USAGE}"),
    }
}

/// Reads the options of `serve`.
fn serving(arguments: &[String]) -> Result<Serving> {
    let mut serving = Serving { port: PORT, open: false, debug: false };
    let mut arguments = arguments.iter();
    while let Some(argument) = arguments.next() {
        let (name, value) = match argument.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (argument.as_str(), None),
        };
        match (name, value) {
            ("--port", value) => {
                let value = value.or_else(|| arguments.next().map(String::as_str));
                let port = value.and_then(|value| value.parse().ok()).filter(|port| *port > 0);
                serving.port = port.ok_or_else(|| {
                    Failure::new("--port takes a number from 1 to 65535, as in --port 8081")
                })?;
            }
            ("--open", None) => serving.open = true,
            ("--debug", None) => serving.debug = true,
            ("--release", None) => serving.debug = false,
            _ => fail!("`serve` knows no {argument:?}\n\n{USAGE}"),
        }
    }
    Ok(serving)
}

fn nothing_more(arguments: &[String]) -> Result<()> {
    match arguments.first() {
        Some(argument) => fail!("there is no {argument:?} here\n\n{USAGE}"),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Result<(u16, bool, bool)> {
        let arguments: Vec<String> = line.split_whitespace().map(Into::into).collect();
        serving(&arguments).map(|serving| (serving.port, serving.open, serving.debug))
    }

    #[test]
    fn the_options_of_serve_are_read() {
        assert_eq!(read("").ok(), Some((8080, false, false)));
        assert_eq!(read("--port 8081 --open").ok(), Some((8081, true, false)));
        assert_eq!(read("--debug --port=9000").ok(), Some((9000, false, true)));
        assert_eq!(read("--release").ok(), Some((8080, false, false)));
    }

    #[test]
    fn arguments_behind_a_double_dash_are_for_others() {
        let words = |line: &str| line.split_whitespace().map(Into::into).collect::<Vec<String>>();
        let arguments = words("native -- --test a -- b");
        assert_eq!(split(&arguments), (&words("native")[..], &words("--test a -- b")[..]));
        assert_eq!(split(&words("fmt")).1.len(), 0);
        assert_eq!(release(&words("--into s --version v1.0.0")).ok(), Some(("v1.0.0", "s")));
        assert!(release(&words("--version v1.0.0")).is_err());
    }

    #[test]
    fn wrong_options_are_refused() {
        for line in ["--port", "--port x", "--port 0", "--port 70000", "--opne", "--open=x"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
