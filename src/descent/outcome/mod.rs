//! What became of a run: one of six outcomes, computed from the run itself and
//! used alike by verdict, spectrum, command line, page and tests.

mod fate;
mod pace;
mod rest;
mod tally;
mod verdict;

pub use fate::{Fate, Judging};
pub(super) use fate::{SETTLED, climbs, has_climbed, tenth_of};
pub(super) use rest::Rest;
pub use verdict::{Facts, Theory, Verdict};

/// The six fates of a run. The rules are in [`Verdict::of`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Still on its way when the steps run out.
    Crawls,
    /// Settles in a minimum without much overshooting.
    Converges,
    /// Settles in a minimum after overshooting it again and again.
    Oscillates,
    /// Does not settle: walls, cycles, a noise floor, chaos.
    Bounces,
    /// Comes to rest where there is no minimum.
    Stalls,
    /// Leaves every bound, or climbs.
    Diverges,
}

impl Outcome {
    /// All six, in the order of growing rates on a simple valley.
    pub const ALL: [Self; 6] = [
        Self::Crawls,
        Self::Converges,
        Self::Oscillates,
        Self::Bounces,
        Self::Stalls,
        Self::Diverges,
    ];

    /// Whether the run has no end worth a number.
    #[must_use]
    pub fn diverges(self) -> bool {
        self == Self::Diverges
    }

    /// The word used on the command line and in JavaScript.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Crawls => "crawls",
            Self::Converges => "converges",
            Self::Oscillates => "oscillates",
            Self::Bounces => "bounces",
            Self::Stalls => "stalls",
            Self::Diverges => "diverges",
        }
    }
}
