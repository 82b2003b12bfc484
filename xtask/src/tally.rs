//! How many checks passed, failed and were skipped, read out of what test runners print.

use std::ops::AddAssign;

/// A count of checks, with what was skipped and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) passed: usize,
    pub(crate) failed: usize,
    /// Of each skipped check its name and the reason.
    pub(crate) skipped: Vec<String>,
}

impl Tally {
    /// One more check that passed.
    pub(crate) fn pass(&mut self) {
        self.passed += 1;
    }

    /// One more check that could not be made here.
    pub(crate) fn skip(&mut self, what: impl Into<String>) {
        self.skipped.push(what.into());
    }

    /// Reads a line of Rust's test runner. Each test program ends with
    /// `test result: ok. 12 passed; 0 failed; 1 ignored; …`.
    pub(crate) fn read_rust(&mut self, line: &str) {
        if let Some((_, counts)) =
            line.strip_prefix("test result: ").and_then(|r| r.split_once(". "))
        {
            let count = |of: &str| {
                let mut counts = counts.split("; ");
                let count = counts.find_map(|count| count.strip_suffix(of));
                count.and_then(|count| count.parse().ok()).unwrap_or(0)
            };
            self.passed += count(" passed");
            self.failed += count(" failed");
        }
    }

    /// Reads a line of Playwright, which ends with a line for each kind:
    /// `  324 passed (17.2m)`, `  2 skipped`.
    pub(crate) fn read_playwright(&mut self, line: &str) {
        let text = line.trim();
        let text = text.split(" (").next().unwrap_or_default();
        let Some((count, kind)) = text.split_once(' ') else { return };
        let Ok(count) = count.parse() else { return };
        match kind {
            "passed" => self.passed = count,
            "failed" => self.failed = count,
            "skipped" => self.skipped = vec!["browser: a test skips itself".into(); count],
            _ => {}
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped.extend(other.skipped);
    }
}

/// A test that Rust's test runner was told to leave out, from its line
/// `test drawing::walk ... ignored, needs a day`: name and reason.
pub(crate) fn ignored(line: &str) -> Option<(&str, &str)> {
    let (name, reason) = line.strip_prefix("test ")?.split_once(" ... ignored")?;
    Some((name, reason.trim_start_matches(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_of_rust_tests_are_added_up() {
        let mut tally = Tally::default();
        for line in [
            "running 3 tests",
            "test a::b ... ok",
            "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.00s",
        ] {
            tally.read_rust(line);
        }
        assert_eq!((tally.passed, tally.failed), (15, 2));
    }

    #[test]
    fn ignored_tests_are_named_with_their_reason() {
        let line = "test execution::numpy ... ignored, needs Python with numpy";
        assert_eq!(ignored(line), Some(("execution::numpy", "needs Python with numpy")));
        assert_eq!(ignored("test a ... ignored"), Some(("a", "")));
        assert_eq!(ignored("test a ... ok"), None);
    }

    #[test]
    fn the_closing_lines_of_playwright_are_read() {
        let mut tally = Tally::default();
        let lines = [
            "  ✓  7 a.spec.ts:3:5 › 2 skipped (1.0s)",
            "  1 failed",
            "    [x] › a.spec.ts",
            "  2 skipped",
            "  324 passed (17.2m)",
        ];
        for line in lines {
            tally.read_playwright(line);
        }
        assert_eq!((tally.passed, tally.failed, tally.skipped.len()), (324, 1, 2));
    }

    #[test]
    fn tallies_add_up() {
        let mut tally = Tally { passed: 1, failed: 0, skipped: vec!["a".into()] };
        tally += Tally { passed: 2, failed: 1, skipped: vec!["b".into()] };
        tally.pass();
        tally.skip("c");
        assert_eq!((tally.passed, tally.failed), (4, 1));
        assert_eq!(tally.skipped, ["a", "b", "c"]);
    }
}
