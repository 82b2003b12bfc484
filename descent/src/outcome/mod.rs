//! What became of a run: one of six outcomes, computed from the run itself and
//! used alike by verdict, spectrum, command line, page and tests.

mod constrained;
mod destination;
mod end_state;
mod fate;
mod pace;
mod tally;
mod verdict;
mod walls;

pub(super) use end_state::{EndState, Ended, Record};
pub use fate::{Fate, Judging};
pub use pace::Swings;
pub use verdict::{Facts, Learning, StopRule, Theory, Verdict};

/// The six fates of a run. Source: the rules are those of `docs/outcomes.md`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Still on its way when the steps run out.
    Crawls,
    /// Arrives at its minimum without much overshooting.
    Converges,
    /// Arrives at its minimum after overshooting again and again, or swings towards it
    /// with swings that die down.
    Oscillates,
    /// Does not arrive: walls, cycles, a noise floor, chaos.
    Bounces,
    /// Comes to rest where there is no minimum.
    Stalls,
    /// Leaves every bound, or climbs for good.
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
