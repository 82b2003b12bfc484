//! Running other programs: aloud, silently, or into a log with a time limit.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::failure::{Failure, Result, fail};
use crate::say::{self, Output};

/// How often a program that writes into a log is looked after.
const POLL: Duration = Duration::from_millis(100);

/// How often a line tells that such a program is still at work.
const SIGN_OF_LIFE: Duration = Duration::from_secs(45);

/// How many lines of its log are shown when such a program fails.
const LAST_LINES: usize = 25;

/// What a program prints, or nothing if it is missing or fails.
pub(crate) fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then_some(text)
}

/// Runs a program that prints what it does.
pub(crate) fn run(command: &mut Command, output: &Output) -> Result<()> {
    let name = name_of(command);
    command.stdin(Stdio::null()).stdout(output.stdio()).stderr(output.stdio());
    let status = command.status().map_err(|error| cannot_start(&name, &error))?;
    accept(status, &name)
}

/// Runs a program that prints what it does, and reads along.
pub(crate) fn run_and_read(
    command: &mut Command,
    output: &Output,
    mut read: impl FnMut(&str),
) -> Result<()> {
    let name = name_of(command);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(output.stdio());
    let mut child = command.spawn().map_err(|error| cannot_start(&name, &error))?;
    for line in child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).split(b'\n')) {
        let line = line.map_err(|error| Failure::new(format!("`{name}`: {error}")))?;
        let line = String::from_utf8_lossy(&line);
        output.line(&line);
        read(&line);
    }
    let status = child.wait().map_err(|error| Failure::new(format!("`{name}`: {error}")))?;
    accept(status, &name)
}

fn cannot_start(name: &str, error: &std::io::Error) -> Failure {
    Failure::new(format!("`{name}` cannot be started: {error}"))
}

/// Runs a program that prints into `log`, with a sign of life now and then.
/// It is ended after `limit`; if it fails, the end of the log is shown.
pub(crate) fn run_into_log(
    command: &mut Command,
    log: &Path,
    limit: Duration,
    output: &Output,
) -> Result<()> {
    let name = name_of(command);
    let cannot = |error| cannot_start(&name, &error);
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder).map_err(cannot)?;
    }
    let file = File::create(log).map_err(cannot)?;
    let errors = file.try_clone().map_err(cannot)?;
    let mut child =
        command.stdin(Stdio::null()).stdout(file).stderr(errors).spawn().map_err(cannot)?;
    let result =
        wait(&mut child, &name, log, limit, output).and_then(|status| accept(status, &name));
    result.map_err(|failure| {
        let text = fs::read_to_string(log).unwrap_or_default();
        Failure::new(format!("{failure}; the end of its output:\n{}", end_of(&text)))
    })
}

/// Waits for `child`, no longer than `limit`.
fn wait(
    child: &mut Child,
    name: &str,
    log: &Path,
    limit: Duration,
    output: &Output,
) -> Result<ExitStatus> {
    let start = Instant::now();
    let mut next_sign = SIGN_OF_LIFE;
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Ok(None) => thread::sleep(POLL),
            Err(error) => fail!("`{name}` cannot be waited for: {error}"),
        }
        let elapsed = start.elapsed();
        if elapsed > limit {
            // Both may fail only because the program has just ended by itself.
            let _ = child.kill();
            let _ = child.wait();
            fail!("`{name}` was ended: not done within {}", say::time(limit));
        }
        if elapsed > next_sign {
            next_sign += SIGN_OF_LIFE;
            let text = fs::read_to_string(log).unwrap_or_default();
            let last = text.lines().last().unwrap_or_default().trim();
            output.detail(&format!("{} of `{name}`: {last}", say::time(elapsed)));
        }
    }
}

/// A failure unless the program ended well.
fn accept(status: ExitStatus, name: &str) -> Result<()> {
    match status.code() {
        Some(0) => Ok(()),
        Some(code) => fail!("`{name}` failed with exit status {code}"),
        None => fail!("`{name}` was ended by a signal"),
    }
}

/// A short name of a command: the program and its first plain words.
fn name_of(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let mut words = vec![program.file_name().unwrap_or_default().to_string_lossy()];
    let arguments = command.get_args().map(|argument| argument.to_string_lossy());
    words.extend(arguments.take(2).map(|argument| {
        let argument = argument.rsplit(['/', '\\']).next().unwrap_or_default();
        argument.to_owned().into()
    }));
    words.join(" ")
}

/// The last lines of a log.
fn end_of(text: &str) -> String {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    let first = lines.len().saturating_sub(LAST_LINES);
    lines[first..].join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_log_is_its_last_lines() {
        let lines: Vec<String> = (1..=100).map(|line| format!("line {line}")).collect();
        let text = lines.join("\n") + "\n";
        assert!(end_of(&text).starts_with("line 76\n"));
        assert!(end_of(&text).ends_with("\nline 100"));
        assert_eq!(end_of("one\ntwo\n"), "one\ntwo");
    }

    #[test]
    fn a_command_is_called_by_its_first_words() {
        let mut command = Command::new("node");
        command.args(["node_modules/@playwright/test/cli.js", "install", "chromium"]);
        assert_eq!(name_of(&command), "node cli.js install");
    }

    #[test]
    fn what_a_program_prints_is_read_line_by_line() {
        let mut read = Vec::new();
        let mut command = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()));
        let result = run_and_read(command.arg("--version"), &Output::Terminal, |line| {
            read.push(line.to_owned());
        });
        assert!(result.is_ok() && read.len() == 1 && read[0].starts_with("cargo "), "{read:?}");
    }

    #[cfg(unix)]
    #[test]
    fn a_program_past_its_time_is_ended() {
        let log = std::env::temp_dir().join(format!("xtask-{}.txt", std::process::id()));
        let mut command = Command::new("sleep");
        let start = Instant::now();
        let result =
            run_into_log(command.arg("60"), &log, Duration::from_millis(50), &Output::Terminal);
        let _ = fs::remove_file(&log);
        assert!(result.is_err_and(|failure| failure.to_string().contains("was ended")));
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
