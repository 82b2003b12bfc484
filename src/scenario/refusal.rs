//! What a link said that could not be taken.

use crate::descent::data::Task;

/// One part of a link that was left out, and why. The words are in `text`.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The key, or the knob within it, as `key` or `key.knob`.
    pub key: String,
    /// What it was given, shortened where long.
    pub value: String,
    /// Why it was left out, and what would be allowed.
    pub reason: Reason,
}

/// Why a part of a link was left out.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// No such key or knob; these are known.
    NotKnown(Vec<&'static str>),
    /// No such name in the list; these are.
    NoSuchName(Vec<&'static str>),
    /// Not a number, or outside `min..=max`, or not whole where it has to be.
    NotInRange {
        /// The smallest allowed.
        min: f64,
        /// The largest allowed.
        max: f64,
        /// Whether only whole numbers are allowed.
        whole: bool,
    },
    /// Not a positive finite number.
    NotPositive,
    /// Not a whole number of at most 64 bits.
    NotASeed,
    /// This loss has no samples to make a batch of.
    NoSamples,
    /// Not two sizes of a batch with `..` between them, each from 1 to so many or
    /// `full`.
    NotABatchPlan(usize),
    /// It needs data with classes, and these have none: this is taken.
    NeedsClasses(&'static str),
    /// This loss has so many parameters that its start is its own.
    StartIsDrawn(usize),
    /// Another count of numbers separated by commas is needed.
    WrongCount(usize),
    /// Not x0 < x1 and y0 < y1.
    NotAWindow,
    /// This loss has no more parameters than the map has directions.
    NoPlane,
    /// This loss has no layers.
    NoLayers,
    /// Neither `pca` nor the numbers of two parameters, which are counted from 0 to this.
    NotAPlane(usize),
    /// There are so many runs already, the most that are allowed.
    TooManyRuns(usize),
    /// Not the number of one of the runs, which are counted from 0 to this.
    NotARun(usize),
    /// Something is wrong with a person's own samples.
    Own(OwnRefusal),
    /// The key stands in the link more than once; the first was taken.
    Repeated,
    /// Made by a newer version of this page.
    NewerVersion,
    /// A key without `=` and a value.
    NoValue,
    /// Percent-encoding that is no text.
    NotText,
    /// The link is too long to be one of ours.
    TooLong,
    /// More was refused than is worth listing; so many more.
    AndMore(usize),
}

/// Why samples of a person's own are not taken from a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnRefusal {
    /// The loss does not learn from them here.
    NotUsed,
    /// The loss is to learn from them, and the link has none.
    NoPoints,
    /// This loss cannot learn from these: it needs such as are for this, or for either.
    DoNotFit(Option<Task>),
    /// Rows of two features where the loss is to have one, or the other way round.
    OtherFeatures {
        /// Whether it is to have two.
        are_two: bool,
    },
    /// No rows of two or three numbers.
    NotPoints,
    /// A row with another number of cells than the first.
    Uneven {
        /// Which, counted from 1.
        row: usize,
        /// How many it has.
        cells: usize,
        /// How many the first has.
        expected: usize,
    },
    /// A cell that is no number up to [`super::LARGEST_PARAMETER`].
    NotANumber {
        /// Its row, counted from 1.
        row: usize,
    },
    /// Not so many names of columns, or one that is none.
    WrongNames(usize),
    /// Not 16 digits.
    NotAFingerprint,
    /// They are in the browser in which they were loaded, if anywhere.
    Elsewhere,
}

impl Refusal {
    /// With `value` shortened for display.
    #[must_use]
    pub fn new(key: &str, value: &str, reason: Reason) -> Self {
        Self { key: shorten(key), value: shorten(value), reason }
    }
}

/// At most 60 characters, the rest as an ellipsis. A refusal is one line, so what
/// would break it or turn the direction of writing is shown as a replacement.
fn shorten(text: &str) -> String {
    let is_hidden =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let visible = |c| if is_hidden(c) { char::REPLACEMENT_CHARACTER } else { c };
    let mut rest = text.chars().map(visible);
    let mut short: String = rest.by_ref().take(60).collect();
    if rest.next().is_some() {
        short.push('…');
    }
    short
}
