//! `cargo xtask`: builds, serves and checks the page, and installs what that
//! takes into the project's own folder.
//!
//! ```text
//! main      the commands
//! checks    `test`: every check, step by step
//! trunk     `build` and `serve`        page, html   what a built page must be
//! size      `size`
//! setup     what must be there first, installed side by side:
//!           toolchain   cargo_tool   npm   chromium
//! program, project, version, say, failure          what they all use
//! ```

mod cargo_tool;
mod checks;
mod chromium;
mod failure;
mod html;
mod npm;
mod page;
mod program;
mod project;
mod say;
mod setup;
mod size;
mod toolchain;
mod trunk;
mod version;

use std::env;
use std::process::ExitCode;

use failure::{Failure, Result, fail};
use project::Project;
use trunk::Serving;

const USAGE: &str = "\
cargo xtask serve [--port N] [--open] [--debug]
    builds the page, serves it on http://127.0.0.1:8080/ and builds it anew
    when a source changes (reload the page then)
cargo xtask build
    builds the page into dist/, ready to be copied to any path of any host
cargo xtask test [STEP…] [-- ARGUMENT…]
    runs every check, or only these: fmt clippy wasm native doc page browser;
    `native` or `browser` alone passes the arguments on to its test runner
cargo xtask size
    prints the size of every file in dist/, and compressed by gzip -9

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
            toolchain::check_compiler(&project)?;
            setup::for_page(&project)?;
            trunk::serve(&project, &serving)
        }
        "build" => {
            nothing_more(arguments)?;
            toolchain::check_compiler(&project)?;
            setup::for_page(&project)?;
            trunk::build(&project)
        }
        "test" => {
            let mut parts = arguments.splitn(2, |argument| argument == "--");
            let steps = parts.next().unwrap_or_default();
            toolchain::check_compiler(&project)?;
            checks::run(&project, steps, parts.next().unwrap_or_default())
        }
        "size" => nothing_more(arguments).and_then(|()| size::print(&project)),
        "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => fail!("there is no command {other:?}\n\n{USAGE}"),
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
    fn wrong_options_are_refused() {
        for line in ["--port", "--port x", "--port 0", "--port 70000", "--opne", "--open=x"] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
