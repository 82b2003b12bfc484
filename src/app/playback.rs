//! Playing: time moves the playhead along a finished trajectory. It never steps
//! an optimizer.

use super::dom;

/// Steps a second at speed 1.
const PACE: f64 = 6.0;
/// The slide from step to step takes this part of a step's time at speed 1:
/// 140 ms of 167.
const SLIDE: f64 = 0.84;
/// At this speed and above steps do not slide.
const NO_SLIDE: f64 = 4.0;
/// With reduced motion the picture changes so many times a second at most.
const CALM: f64 = 4.0;
/// A run is played within about so many seconds unless a speed was chosen.
const PATIENCE: f64 = 18.0;

/// The speeds to choose from.
pub(super) const SPEEDS: [f64; 9] = [0.25, 1.0, 4.0, 16.0, 64.0, 256.0, 1024.0, 4096.0, 16384.0];

/// The playhead and whether it moves.
pub(super) struct Playback {
    /// The step, with the part of the way to the next one. It may lie beyond the
    /// end of a run that was cut short, so that it is still there when the rate
    /// is dragged back.
    pub(super) playhead: f64,
    pub(super) is_playing: bool,
    /// The speed chosen by hand.
    pub(super) chosen: Option<f64>,
    /// Time of the last advance, in milliseconds.
    last: Option<f64>,
    is_calm: bool,
}

impl Playback {
    /// Standing at `step`, with the speed that was chosen before.
    pub(super) fn at(step: f64, chosen: Option<f64>) -> Self {
        Self { playhead: step, is_playing: false, chosen, last: None, is_calm: false }
    }

    /// Starts or stops; at the end of a run of `steps` it starts over.
    pub(super) fn toggle(&mut self, steps: f64) {
        self.is_playing = !self.is_playing;
        self.last = None;
        self.is_calm = dom::media("(prefers-reduced-motion: reduce)");
        if self.is_playing && self.playhead >= steps {
            self.playhead = 0.0;
        }
        if !self.is_playing {
            self.playhead = libm::floor(self.playhead);
        }
    }

    /// Stops where it is.
    pub(super) fn stop(&mut self) {
        self.is_playing = false;
        self.last = None;
        self.playhead = libm::floor(self.playhead);
    }

    /// The speed in force for a run of `steps`.
    pub(super) fn speed(&self, steps: f64) -> f64 {
        let automatic = || SPEEDS[1..].iter().copied().find(|s| steps / (PACE * s) <= PATIENCE);
        self.chosen.or_else(automatic).unwrap_or(SPEEDS[SPEEDS.len() - 1])
    }

    /// Moves the playhead at `speed` to the time `now`, in milliseconds; says
    /// whether the end of a run of `steps` was reached. Where the run `goes_on`, being
    /// made, it waits there.
    pub(super) fn advance(&mut self, now: f64, steps: f64, speed: f64, goes_on: bool) -> bool {
        if !self.is_playing {
            return false;
        }
        let elapsed = self.last.map_or(0.0, |last| (now - last).max(0.0)) / 1000.0;
        if self.is_calm && self.last.is_some() && elapsed < 1.0 / CALM {
            return false;
        }
        self.last = Some(now);
        // A tab that was in the background does not leap.
        let elapsed = elapsed.min(0.5);
        self.playhead = (self.playhead + elapsed * PACE * speed).min(steps);
        if self.playhead >= steps && !goes_on {
            self.stop();
            return true;
        }
        false
    }

    /// Where the puck is shown in a run of `steps` played at `speed`: on a step, or
    /// sliding from one to the next.
    pub(super) fn shown(&self, steps: f64, speed: f64) -> f64 {
        let playhead = self.playhead.min(steps);
        let step = libm::floor(playhead);
        if !self.is_playing || self.is_calm || speed >= NO_SLIDE {
            return step;
        }
        // A step rests first and slides at the end of its time, so that it
        // arrives when the numbers change.
        let part = (playhead - step - (1.0 - SLIDE)) / SLIDE;
        step + part.max(0.0)
    }
}
