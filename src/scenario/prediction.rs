//! How a guess of what a run will do is graded: by what the words mean.

use crate::descent::Outcome;

/// How good a guess was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// It is the outcome.
    Right,
    /// 'Converges' of a run that arrives at a minimum and oscillates on its way there.
    RightOnTheWhole,
    /// It is another.
    Wrong,
}

impl Grade {
    /// The grade of a guess of a run with this outcome that came to rest in a minimum, or
    /// did not: an oscillation that has not died down yet when the steps run out has not.
    #[must_use]
    pub fn of(guess: Outcome, outcome: Outcome, has_arrived: bool) -> Self {
        match (guess, outcome) {
            _ if guess == outcome => Self::Right,
            (Outcome::Converges, Outcome::Oscillates) if has_arrived => Self::RightOnTheWhole,
            _ => Self::Wrong,
        }
    }

    /// Whether it counts.
    #[must_use]
    pub fn is_right(self) -> bool {
        self != Self::Wrong
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_its_own_right_answer() {
        for outcome in Outcome::ALL {
            for has_arrived in [true, false] {
                assert_eq!(Grade::of(outcome, outcome, has_arrived), Grade::Right);
            }
        }
    }

    #[test]
    fn a_run_that_oscillates_and_arrives_converges_as_well() {
        let grade = Grade::of(Outcome::Converges, Outcome::Oscillates, true);
        assert_eq!(grade, Grade::RightOnTheWhole);
        assert!(grade.is_right());
        let grade = Grade::of(Outcome::Converges, Outcome::Oscillates, false);
        assert_eq!(grade, Grade::Wrong, "it is still swinging");
    }

    #[test]
    fn no_other_answer_is_right() {
        let pairs = Outcome::ALL.into_iter().flat_map(|a| Outcome::ALL.map(|b| (a, b)));
        for (guess, outcome) in pairs.filter(|(guess, outcome)| guess != outcome) {
            let is_on_the_whole = (guess, outcome) == (Outcome::Converges, Outcome::Oscillates);
            assert_eq!(Grade::of(guess, outcome, true).is_right(), is_on_the_whole);
            assert!(!Grade::of(guess, outcome, false).is_right(), "{guess:?} {outcome:?}");
        }
    }
}
