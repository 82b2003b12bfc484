//! The example as a program.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

/// The example, built as this test was: cargo tells a test where binaries are but
/// not where examples are, and does not build them for one test alone.
fn program() -> &'static Path {
    static PROGRAM: OnceLock<PathBuf> = OnceLock::new();
    PROGRAM.get_or_init(|| {
        // <target>/<profile>/deps/command_line-…
        let test = std::env::current_exe().expect("this test is a file");
        let profile = test.ancestors().nth(2).expect("a folder for the profile");
        let target = profile.parent().expect("a folder for everything");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.current_dir(env!("CARGO_MANIFEST_DIR"));
        cargo.args(["build", "--quiet", "--example", "trajectory", "--target-dir"]).arg(target);
        if profile.ends_with("release") {
            cargo.arg("--release");
        }
        assert!(cargo.status().expect("cargo runs").success(), "the example does not build");
        let name = format!("trajectory{}", std::env::consts::EXE_SUFFIX);
        profile.join("examples").join(name)
    })
}

pub(super) fn run(arguments: &[&str]) -> Output {
    Command::new(program()).args(arguments).output().expect("the example runs")
}

pub(super) fn lines(bytes: &[u8]) -> Vec<&str> {
    std::str::from_utf8(bytes).expect("text").lines().collect()
}

/// Reads one line of what is printed and hangs up, as `head -1` does: no failure.
pub(super) fn first_line_only(arguments: &[&str], expected: &str) {
    let mut command = Command::new(program());
    let mut child = command
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut first = String::new();
    BufReader::new(child.stdout.take().expect("piped")).read_line(&mut first).expect("a line");
    assert_eq!(first, expected);
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!((ended.status.code(), &ended.stderr[..]), (Some(0), &b""[..]));
}
