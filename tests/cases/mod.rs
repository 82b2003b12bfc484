//! How many cases a property test draws.

use proptest::test_runner::Config;

/// Draws `count` cases, or as many times more as `PROPTEST_CASES` is above proptest's own
/// number, which is what a test draws that does not choose: with 2560 each draws ten times
/// as many.
pub(crate) fn cases(count: u32) -> Config {
    let (asked, usual) = (u64::from(Config::default().cases), 256);
    let count = u32::try_from(u64::from(count) * asked / usual).unwrap_or(u32::MAX);
    Config { cases: count.max(1), ..Config::default() }
}
