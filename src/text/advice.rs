//! Which rate would be better: what the sentence is made from.

use super::{count, figure};
use crate::descent::optimizer::RateRole;
use crate::descent::{Curvature, Outcome, Verdict};
use crate::scenario::{Run, Scenario, Spectrum};

/// The rate to try instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Advice {
    /// Another rate settles in clearly fewer steps.
    Better {
        /// That rate.
        rate: String,
        /// How many steps it takes.
        steps: String,
        /// Why, where theory says it.
        why: Option<Why>,
    },
    /// The present rate is about as fast as any.
    FastEnough,
    /// No rate of the slider settles in the steps there are.
    NoneSettles,
}

/// Why a rate is the fastest for plain descent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is about 2/(λ_min + λ_max), where |1 − ηλ_min| = |1 − ηλ_max|.
    Balance,
    /// The present rate lies below it.
    ShorterBelow,
    /// The present rate lies above it.
    FartherAbove,
}

/// A rate that takes up to so many times the fewest steps is as good.
const FAST_ENOUGH: f64 = 1.15;
/// The fastest rate counts as 2/(λ_min + λ_max) up to this share of it: from most
/// starts one of the two directions has less far to go.
const NEAR: f64 = 0.06;

impl Advice {
    /// Whether there will be advice once the spectrum is complete: not for stochastic
    /// runs, whose steps depend on the seed, nor for those that climb at any rate, nor for
    /// a rule that does without the rate.
    #[must_use]
    pub fn is_due(scenario: &Scenario, run: &Run) -> bool {
        !scenario.is_stochastic(run) && !run.ascent && run.optimizer.rule.rate != RateRole::Unused
    }

    /// For a run of a scenario with this verdict, from its spectrum over the rates of
    /// its slider; `curvature` is that of the start, where
    /// it is known. None while the spectrum is not
    /// complete, and where none is due.
    #[must_use]
    pub fn of(
        (scenario, run): (&Scenario, &Run),
        verdict: &Verdict,
        spectrum: &Spectrum,
        curvature: Option<&Curvature>,
    ) -> Option<Self> {
        // Where the run does not leave its start the rate is no matter.
        if !spectrum.is_done() || !Self::is_due(scenario, run) || verdict.step == 0 {
            return None;
        }
        let optimizer = &run.optimizer;
        if spectrum.fastest().is_none() {
            return Some(Self::NoneSettles);
        }
        let destination = verdict.destination.or(spectrum.usual_destination());
        let (rate, steps) = spectrum.reliably_fastest(destination)?;
        let is_plain = verdict.facts.limit == Some(2.0) && verdict.facts.is_steady;
        let best = curvature.and_then(|here| optimizer.rule.best(&optimizer.knobs, here));
        let best = best.filter(|_| scenario.has_constant_hessian());
        let is_near = |rate: f64, best: f64| (rate / best - 1.0).abs() <= NEAR;
        // Where theory knows the best rate and the runs agree, it is that one.
        let marked = best.filter(|best| is_near(rate, *best));
        let marked = marked.and_then(|best| Some((best, spectrum.steps_near(best)?)));
        let (rate, steps) = marked.unwrap_or((rate, steps));
        #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
        let is_fast = |own: usize| own as f64 <= FAST_ENOUGH * steps as f64 + 0.5;
        let is_marked = best.is_some_and(|best| is_near(run.learning_rate, best));
        if verdict.settles.is_some_and(|own| is_fast(own) || is_marked) {
            return Some(Self::FastEnough);
        }
        // One direction has nothing to balance, nor have two that are alike; and where
        // the present rate is near the balance, too, that is no reason.
        let is_ravine = curvature.is_some_and(|here| here.min < 0.9 * here.max);
        let is_balance = best.is_some_and(|best| {
            is_ravine && is_near(rate, best) && !is_near(run.learning_rate, best)
        });
        let why = match run.learning_rate < rate {
            _ if is_balance => Why::Balance,
            true => Why::ShorterBelow,
            false => Why::FartherAbove,
        };
        // On a plateau no theory of valleys holds.
        let why = Some(why).filter(|_| is_plain && verdict.outcome != Outcome::Stalls);
        Some(Self::Better { rate: figure(rate, 3), steps: count(steps), why })
    }
}
