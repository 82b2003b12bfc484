//! What went wrong, as a sentence for the person at the terminal.

use std::fmt;

/// A sentence that says what went wrong and, where it can, what to do.
#[derive(Debug)]
pub(crate) struct Failure(String);

/// The result of anything here that can go wrong.
pub(crate) type Result<T> = std::result::Result<T, Failure>;

impl Failure {
    /// A failure with this sentence.
    pub(crate) fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }

    /// A failure that was printed already, where it belongs.
    pub(crate) fn told() -> Self {
        Self(String::new())
    }

    /// Whether nothing is left to print.
    pub(crate) fn is_told(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Returns early with a sentence, formatted as by `format!`.
macro_rules! fail {
    ($($sentence:tt)*) => {
        return Err($crate::failure::Failure::new(format!($($sentence)*)))
    };
}
pub(crate) use fail;
