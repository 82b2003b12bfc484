//! The playhead, and the question that comes before it moves.

use super::super::address::Entry;
use super::super::message::{Message, Phase};
use super::super::page::Page;

impl Page {
    pub(super) fn move_playhead(&mut self, message: &Message) {
        if self.is_asking() {
            self.controls.guesses.focus();
            return;
        }
        match *message {
            Message::Step(step, phase) => self.go_to(step, phase),
            Message::StepBy(by) => {
                let by = isize::try_from(by).unwrap_or(0);
                self.go_to(self.step().saturating_add_signed(by), Phase::Released);
            }
            Message::Restart => self.go_to(0, Phase::Released),
            _ => {
                let end = if self.are_making() { f64::INFINITY } else { self.end() };
                self.playback.toggle(end);
                if !self.playback.is_playing {
                    self.remember(Entry::Same);
                }
            }
        }
    }

    fn go_to(&mut self, step: usize, phase: Phase) {
        self.playback.stop();
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let playhead = step.min(self.steps()) as f64;
        self.playback.playhead = playhead;
        if phase == Phase::Released {
            self.remember(Entry::Same);
        }
    }

    /// Asks before runs are shown, or asks no more; the score stays.
    pub(super) fn toggle_predict(&mut self) {
        self.scenario.page.predict = !self.scenario.page.predict;
        self.prediction.forget();
        self.remember(Entry::Same);
    }
}
