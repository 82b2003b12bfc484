//! A preset's runs, made and judged.

use descent_lab::descent::{Trajectory, Verdict};
use descent_lab::scenario::{Preset, Scenario};

/// A run and what became of it.
pub(crate) struct Shown {
    pub(crate) run: Trajectory,
    pub(crate) verdict: Verdict,
}

impl Shown {
    /// The only run of a scenario.
    pub(crate) fn of(scenario: &Scenario) -> Self {
        let mut all = Self::all_of(scenario);
        assert_eq!(all.len(), 1, "one run");
        all.remove(0)
    }

    /// Every run of a scenario.
    pub(crate) fn all_of(scenario: &Scenario) -> Vec<Self> {
        let loss = scenario.build_loss();
        let made = scenario.runs.iter().map(|run| {
            let trajectory = scenario.descend(run, loss.as_ref());
            let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
            Self { run: trajectory, verdict }
        });
        made.collect()
    }

    /// The preset as it is.
    pub(crate) fn preset(key: &str) -> Self {
        Self::of(&preset(key).scenario())
    }

    /// The runs of a preset that compares so many.
    pub(crate) fn side_by_side<const N: usize>(key: &str) -> [Self; N] {
        let all = Self::all_of(&preset(key).scenario());
        all.try_into().unwrap_or_else(|_| panic!("{key} has another number of runs"))
    }

    /// The preset under another rate, as its caption asks one to drag it.
    pub(crate) fn at_rate(key: &str, rate: f64) -> Self {
        let mut scenario = preset(key).scenario();
        scenario.runs[0].learning_rate = rate;
        Self::of(&scenario)
    }

    /// The runs of a preset with one run from starts that differ from its own by 1e-13 of
    /// each parameter, up or down: what is said of a chaotic run has to hold of all of them.
    pub(crate) fn nudged(key: &str) -> Vec<Self> {
        (0..4).map(|seed| Self::of(&nudged(&preset(key).scenario(), seed))).collect()
    }

    pub(crate) fn outcome(&self) -> &'static str {
        self.verdict.outcome.key()
    }

    /// Whether it comes to rest in a minimum before its steps are used up.
    pub(crate) fn settles(&self) -> bool {
        ["converges", "oscillates"].contains(&self.outcome())
    }

    pub(crate) fn component(&self, axis: usize) -> Vec<f64> {
        self.run.component(axis).collect()
    }

    pub(crate) fn end(&self) -> Vec<f64> {
        self.run.point(self.run.steps()).to_vec()
    }

    /// How far from a point it is at each step.
    pub(crate) fn distances(&self, from: &[f64]) -> Vec<f64> {
        (0..=self.run.steps()).map(|t| distance(self.run.point(t), from)).collect()
    }

    /// How long each step is.
    pub(crate) fn strides(&self) -> Vec<f64> {
        let pairs = (0..self.run.steps()).map(|t| (self.run.point(t), self.run.point(t + 1)));
        pairs.map(|(from, to)| distance(from, to)).collect()
    }
}

pub(crate) fn preset(key: &str) -> &'static Preset {
    Preset::find(key).unwrap_or_else(|| panic!("no preset {key}"))
}

/// The scenario with each parameter of its start changed by 1e-13 of itself.
pub(crate) fn nudged(scenario: &Scenario, seed: u64) -> Scenario {
    let mut bits = seed;
    let start = scenario.start.iter().map(|parameter| {
        bits = bits.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = if bits >> 63 == 0 { 1e-13 } else { -1e-13 };
        parameter * (1.0 + share)
    });
    Scenario { start: start.collect(), ..scenario.clone() }
}

pub(crate) fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt()
}

pub(crate) fn is_near(found: &[f64], expected: &[f64], tolerance: f64) -> bool {
    found.iter().zip(expected).all(|(a, b)| (a - b).abs() <= tolerance)
}

/// Each value over the one before.
pub(crate) fn ratios(values: &[f64]) -> Vec<f64> {
    values.windows(2).map(|pair| pair[1] / pair[0]).collect()
}

/// The minimum of a preset's loss.
pub(crate) fn minimum(key: &str) -> Vec<f64> {
    let scenario = preset(key).scenario();
    (scenario.loss.rule.minima)(&scenario.setting()).remove(0)
}
