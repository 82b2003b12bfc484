//! How far a run is that is being made.

/// A run that is being made.
#[derive(Clone, Copy, Debug)]
pub struct Making<'a> {
    /// Steps made.
    pub done: &'a str,
    /// Steps asked for.
    pub all: &'a str,
    /// How long the rest will take, where that can be told.
    pub left: Option<&'a str>,
    /// Whether that is in minutes rather than seconds.
    pub in_minutes: bool,
}
