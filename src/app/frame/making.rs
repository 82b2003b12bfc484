//! What is said of a run while it is being made: how far it is, how long it will take,
//! and that fewer steps take less.

use web_sys::HtmlElement;

use super::super::derived::{RunCache, RunParts};
use super::super::dom;
use super::super::page::Page;
use crate::descent::Outcome;
use crate::text::{Making, count};

/// So many milliseconds of making say how long the rest will take.
const TELLING: f64 = 400.0;
/// Who waits longer than so many milliseconds is offered fewer steps.
const PATIENCE: f64 = 20_000.0;
/// As many as take so many milliseconds.
const OFFERED: f64 = 8_000.0;

impl Page {
    /// What became of a run; none while it is being made.
    pub(in super::super) fn outcome(&self, run: usize) -> Option<Outcome> {
        self.derived.runs.get(run)?.parts().verdict.map(|verdict| verdict.outcome)
    }

    /// Whether one of the runs shown, or the selected one, is still being made.
    pub(in super::super) fn are_making(&self) -> bool {
        let is_seen = |index: usize| {
            index == self.side.selected
                || self.scenario.runs.get(index).is_some_and(|r| !r.is_hidden)
        };
        let making = |cache: &RunCache| cache.run.peek().is_some_and(RunParts::is_making);
        let mut runs = self.derived.runs.iter().enumerate();
        runs.any(|(index, cache)| is_seen(index) && making(cache))
    }

    /// How far the runs shown are, all together: steps made, steps asked for, and how
    /// many milliseconds the rest will take, where that can be told. None when all are
    /// made.
    fn making(&self) -> Option<(usize, usize, Option<f64>)> {
        if !self.are_making() {
            return None;
        }
        let (mut done, mut all, mut elapsed) = (0, 0, 0.0_f64);
        for cache in &self.derived.runs {
            let Some((time, rows)) = cache.parts().progress() else { continue };
            done += rows.saturating_sub(1);
            all += self.scenario.steps;
            elapsed = elapsed.max(time);
        }
        #[expect(clippy::cast_precision_loss, reason = "some millions of steps")]
        let left = (elapsed >= TELLING && done > 0)
            .then(|| elapsed * all.saturating_sub(done) as f64 / done as f64);
        Some((done, all, left))
    }

    /// What stands in the place of the verdict while there is none.
    pub(super) fn making_words(&self) -> Option<[String; 2]> {
        let (done, all, left) = self.making()?;
        let left = left.map(|left| match left / 1000.0 {
            seconds if seconds < 90.0 => (libm::ceil(seconds), false),
            seconds => (libm::ceil(seconds / 60.0), true),
        });
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a time in words"
        )]
        let time = left.map(|(number, _)| count(number as usize));
        let in_minutes = left.is_some_and(|(_, in_minutes)| in_minutes);
        let (done, all) = (count(done), count(all));
        let making = Making { done: &done, all: &all, left: time.as_deref(), in_minutes };
        // In one part: figures that grow would push the words behind them.
        Some((self.text().making)(&making).map(|words| words.replace('*', "")))
    }

    /// So many steps would not take long, where those asked for do.
    pub(in super::super) fn fewer_steps(&self) -> Option<usize> {
        let (done, all, left) = self.making()?;
        let left = left.filter(|left| *left > PATIENCE)?;
        let steps = self.scenario.steps;
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most 1,000,000 steps"
        )]
        let fewer = (steps as f64 * OFFERED * (all - done) as f64 / (left * all as f64)) as usize;
        let mut unit = 1;
        while 10 * unit <= fewer {
            unit *= 10;
        }
        let fewer = (fewer / unit * unit).max(10);
        (2 * fewer <= steps).then_some(fewer)
    }

    /// Shows how far the runs are.
    pub(super) fn show_making(&self) {
        let Some((done, all, _)) = self.making() else { return };
        #[expect(clippy::cast_precision_loss, reason = "some millions of steps")]
        let share = done as f64 / all.max(1) as f64;
        let glyph: HtmlElement = dom::element("verdict-glyph");
        dom::set_property(&glyph, "--made", &format!("{share:.3}"));
    }

    /// Offers fewer steps where those asked for take long.
    pub(super) fn offer_fewer_steps(&self) {
        let element: HtmlElement = dom::element("fewer");
        let fewer = self.fewer_steps();
        element.set_hidden(fewer.is_none());
        if let Some(fewer) = fewer {
            dom::set_text(&element, &(self.text().fewer_steps)(&count(fewer)));
        }
    }
}
