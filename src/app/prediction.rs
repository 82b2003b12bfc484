//! 'Predict first': what the reader said a rate would do, before it was shown.

use super::derived::RunKey;
use super::dom;
use super::page::Page;
use crate::descent::Outcome;
use crate::scenario::Grade;

/// What was said of a run.
struct Guess {
    of: RunKey,
    outcome: Outcome,
    /// Whether the reader was told if it is right; before that the run plays.
    is_told: bool,
}

/// The guess at hand, and how often a guess was right since the page was opened.
pub(super) struct Prediction {
    guess: Option<Guess>,
    right: usize,
    told: usize,
}

impl Prediction {
    /// Nothing said yet.
    pub(super) fn none() -> Self {
        Self { guess: None, right: 0, told: 0 }
    }

    /// Whatever is shown next is asked about, though it be what was answered last.
    pub(super) fn forget(&mut self) {
        self.guess = None;
    }

    /// How many of the guesses were right, and how many were made; none as long as
    /// there is no score to speak of.
    pub(super) fn score(&self) -> Option<[usize; 2]> {
        (self.told > 0).then_some([self.right, self.told])
    }
}

impl Page {
    fn selected_key(&self) -> RunKey {
        RunKey::of(&self.scenario, &self.scenario.runs[self.side.selected])
    }

    /// What was said of the selected run as it is now.
    fn guess(&self) -> Option<&Guess> {
        self.prediction.guess.as_ref().filter(|guess| guess.of == self.selected_key())
    }

    /// Whether the reader is to say first what the selected run will do: nothing of
    /// any run may be seen.
    pub(super) fn is_asking(&self) -> bool {
        self.scenario.page.predict && self.guess().is_none()
    }

    /// Whether what becomes of the selected run is not to be known yet: it is asked
    /// for, or is being played to whoever answered.
    pub(super) fn hides_outcomes(&self) -> bool {
        self.scenario.page.predict && !self.guess().is_some_and(|guess| guess.is_told)
    }

    /// Whether what other rates do is not to be known: one answer would give away
    /// the next.
    pub(super) fn hides_other_rates(&self) -> bool {
        self.scenario.page.predict
    }

    /// What was said of the selected run.
    pub(super) fn guessed(&self) -> Option<Outcome> {
        let guess = self.guess().filter(|_| self.scenario.page.predict)?;
        Some(guess.outcome)
    }

    /// Takes the reader's answer and plays the run to them.
    pub(super) fn take_guess(&mut self, outcome: Outcome) {
        if !self.is_asking() {
            return;
        }
        self.prediction.guess = Some(Guess { of: self.selected_key(), outcome, is_told: false });
        if dom::media("(prefers-reduced-motion: reduce)") {
            self.playback.playhead = self.told_end();
        } else {
            self.playback.playhead = 0.0;
            self.playback.toggle(f64::INFINITY);
        }
    }

    /// An open question stands at the start of the run.
    pub(super) fn await_guess(&mut self) {
        if self.is_asking() {
            self.playback.stop();
            self.playback.playhead = 0.0;
            self.prediction.forget();
        }
    }

    /// Tells how the guess was as soon as the run does not play any more.
    pub(super) fn tell(&mut self) {
        if self.is_asking() || !self.hides_outcomes() || self.playback.is_playing {
            return;
        }
        let Some(grade) = self.grade() else { return };
        if let Some(guess) = &mut self.prediction.guess {
            guess.is_told = true;
            self.prediction.told += 1;
            self.prediction.right += usize::from(grade.is_right());
        }
    }

    /// How good the guess was; none without one, or while the run is being made.
    pub(super) fn grade(&self) -> Option<Grade> {
        let verdict = self.selected_cache().parts().verdict.as_ref()?;
        Some(Grade::of(self.guessed()?, verdict.outcome, verdict.settles_in_minimum()))
    }
}
