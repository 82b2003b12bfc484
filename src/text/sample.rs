//! A sample in words.

/// A sample, in numbers as people read them.
pub struct SampleWords<'a> {
    /// Its number, from 1.
    pub number: &'a str,
    /// The names of its columns with what stands in them.
    pub cells: &'a [(&'a str, String)],
    /// y less what the selected run predicts, where that may be known.
    pub residual: Option<&'a str>,
    /// The probability that the selected run gives the class 1.
    pub chance: Option<&'a str>,
    /// Whether it is in the mini-batch; none where each step takes all.
    pub is_in_batch: Option<bool>,
    /// Whether the loss does not know it.
    pub is_held_out: bool,
}

/// What was done to a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SampleEvent {
    /// It follows the arrow keys now.
    PickedUp,
    /// It stays where it is.
    PutDown,
    /// It is where it was before.
    PutBack,
    /// It is new, and follows the arrow keys.
    Added,
    /// It is gone; the next one is looked at.
    Removed,
    /// It has another class.
    Reclassified,
    /// It has another number.
    Renumbered,
    /// It may not go: two have to stay.
    TwoStay,
    /// The data were changed for the first time: they are the reader's own now.
    OwnNow,
}
