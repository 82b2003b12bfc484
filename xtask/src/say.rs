//! Lines for the person at the terminal.

use std::time::Duration;

/// Tells what begins now, and why.
pub(crate) fn begin(line: &str) {
    println!("xtask: {line}");
}

/// Adds to what was told before.
pub(crate) fn detail(line: &str) {
    println!("       {line}");
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
}
