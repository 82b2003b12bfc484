//! Lines for the person at the terminal, or for a log where two things go on at once.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use crate::failure::{Failure, Result};

/// Where lines go, and what programs print.
#[derive(Clone)]
pub(crate) enum Output {
    /// The terminal.
    Terminal,
    /// A file that is shown later.
    Log(Arc<File>),
}

impl Output {
    /// A new log.
    pub(crate) fn log(path: &Path) -> Result<Self> {
        let cannot = |error| Failure::new(format!("{} cannot be written: {error}", path.display()));
        path.parent().map_or(Ok(()), fs::create_dir_all).map_err(cannot)?;
        Ok(Self::Log(Arc::new(File::create(path).map_err(cannot)?)))
    }

    /// Tells what begins now, and why.
    pub(crate) fn begin(&self, line: &str) {
        self.line(&format!("xtask: {line}"));
    }

    /// Adds to what was told before.
    pub(crate) fn detail(&self, line: &str) {
        self.line(&format!("       {line}"));
    }

    /// Prints a line as it is.
    pub(crate) fn line(&self, line: &str) {
        match self {
            Self::Terminal => println!("{line}"),
            // A log that is full is no reason to stop.
            Self::Log(file) => drop(writeln!(&**file, "{line}")),
        }
    }

    /// Where a program prints: what it says, or what it complains of.
    pub(crate) fn stdio(&self) -> Stdio {
        match self {
            Self::Terminal => Stdio::inherit(),
            Self::Log(file) => file.try_clone().map_or_else(|_| Stdio::null(), Stdio::from),
        }
    }
}

/// A stretch of time as a person says it.
pub(crate) fn time(time: Duration) -> String {
    let tenths = (time.as_millis() + 50) / 100;
    if tenths < 600 {
        return format!("{}.{} s", tenths / 10, tenths % 10);
    }
    let seconds = (tenths + 5) / 10;
    format!("{} min {:02} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_spoken() {
        assert_eq!(time(Duration::from_millis(840)), "0.8 s");
        assert_eq!(time(Duration::from_millis(59_990)), "1 min 00 s");
        assert_eq!(time(Duration::from_secs(245)), "4 min 05 s");
    }

    #[test]
    fn a_log_holds_what_was_said() {
        let path = std::env::temp_dir().join(format!("xtask-say-{}/log.txt", std::process::id()));
        let output = Output::log(&path).unwrap_or_else(|failure| panic!("{failure}"));
        output.begin("one");
        output.detail("two");
        let text = fs::read_to_string(&path).unwrap_or_default();
        let _ = path.parent().map(fs::remove_dir_all);
        assert_eq!(text, "xtask: one\n       two\n");
    }
}
