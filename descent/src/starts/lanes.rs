//! Runs side by side.

use super::super::constraint::FeasibleSet;
use super::super::gradient::PreparedTogether;
use super::super::optimizer::{Optimizer, Place};
use super::super::outcome::EndState;
use super::super::precision::Rounding;
use super::super::run::{Descent, Stop};
use super::super::schedule::Follower;
use super::watch::{Row, Watch, pair};
use super::{Course, Ending};

/// How many runs go side by side: their numbers stay in the fastest cache.
pub(super) const LANES: usize = 128;

/// The most steps at a time. The dearest formulas take 1 ms for them; those on
/// data, which go through all samples at every step, take as long for one.
const STRETCH: usize = 8;

/// The most steps whose rows are kept: 21 MB. Longer runs are made one at a time.
const MOST_STEPS: usize = 4096;

/// What moves the runs.
enum Drive {
    /// A rule that treats each parameter by itself moves those of all runs as
    /// those of one.
    Together(Box<dyn Optimizer>),
    /// Any other: one for each run.
    Each(Vec<Box<dyn Optimizer>>),
}

/// A group of runs, all at the same step. Parameters and gradients are all x,
/// then all y.
pub(super) struct Lanes {
    /// The step that comes next; one more than there are when all is done.
    step: usize,
    starts: [[f64; 2]; LANES],
    theta: [f64; 2 * LANES],
    watch: Watch,
    prepared: PreparedTogether,
    drive: Drive,
    /// What sets the rates of each run, where they follow its loss; empty elsewhere.
    followers: Vec<Box<dyn Follower>>,
}

impl Lanes {
    /// Without runs.
    pub(super) fn idle() -> Box<Self> {
        Box::new(Self {
            step: 0,
            starts: [[0.0; 2]; LANES],
            theta: [0.0; 2 * LANES],
            watch: Watch::begin(Vec::new()),
            prepared: PreparedTogether::default(),
            drive: Drive::Each(Vec::new()),
            followers: Vec::new(),
        })
    }

    /// Begins runs from other starts.
    pub(super) fn begin(&mut self, course: &Course<'_>, starts: &[[f64; 2]; LANES]) {
        let precision = course.descent.precision;
        let together = (course.optimizer)(2 * LANES);
        self.step = 0;
        self.starts = *starts;
        for (lane, start) in starts.iter().enumerate() {
            let [x, y] = start.map(|parameter| precision.round(parameter));
            (self.theta[lane], self.theta[LANES + lane]) = (x, y);
        }
        self.watch = Watch::begin(core::mem::take(&mut self.watch.rows));
        self.prepared = PreparedTogether::of(course.descent);
        let follower = |_| course.descent.schedule.follower(course.descent.learning_rate);
        self.followers = (0..LANES).filter_map(follower).collect();
        self.drive = if together.is_elementwise() && self.followers.is_empty() {
            Drive::Together(together)
        } else {
            Drive::Each((0..LANES).map(|_| (course.optimizer)(2)).collect())
        };
    }

    /// Whether nothing is left to be computed side by side.
    pub(super) fn are_done(&self, course: &Course<'_>) -> bool {
        let steps = course.descent.steps;
        steps > MOST_STEPS || self.step > steps || self.watch.have_all_ended()
    }

    /// Takes a few steps.
    pub(super) fn advance(&mut self, course: &Course<'_>) {
        let descent = course.descent;
        let most = if course.loss.samples().is_some() { 1 } else { STRETCH };
        let last = descent.steps.min(self.step + most - 1);
        let mut rates = [0.0; STRETCH];
        let rates = &mut rates[..=last - self.step];
        descent.schedule.fill(descent.learning_rate, self.step, rates);
        for rate in rates {
            let theta = self.theta;
            let mut row = Row { theta, gradients: [0.0; 2 * LANES], values: [0.0; LANES] };
            course.loss.slopes(&row.theta, &mut row.values, &mut row.gradients);
            self.watch.rows.push(row);
            self.watch.look();
            if descent.stop != Stop::default() {
                self.stop(course);
            }
            if self.step < descent.steps {
                self.step_on(course, *rate);
            }
            self.step += 1;
        }
    }

    fn step_on(&mut self, course: &Course<'_>, learning_rate: f64) {
        let Course { loss, descent, .. } = *course;
        let row = &self.watch.rows[self.step];
        let gradients = self.prepared.prepare(loss, descent, &self.theta, &row.gradients);
        let place = Place { loss, value: row.values[0], gradient: gradients, learning_rate };
        match &mut self.drive {
            Drive::Together(optimizer) => {
                optimizer.step(&mut self.theta, &place);
            }
            Drive::Each(optimizers) => {
                for (lane, optimizer) in optimizers.iter_mut().enumerate() {
                    if !self.watch.has_ended(lane) {
                        let follower = self.followers.get_mut(lane);
                        let learning_rate = follower.map_or(learning_rate, |follower| {
                            follower.rate(self.step, row.values[lane])
                        });
                        let mut theta = pair(&self.theta, lane);
                        let gradient = &pair(gradients, lane);
                        let value = row.values[lane];
                        let place = Place { value, gradient, learning_rate, ..place };
                        optimizer.step(&mut theta, &place);
                        (self.theta[lane], self.theta[LANES + lane]) = (theta[0], theta[1]);
                    }
                }
            }
        }
        if let Some(constraint) = descent.constraint {
            let set = FeasibleSet::new(constraint, loss, descent.precision);
            for lane in 0..LANES {
                let mut theta = pair(&self.theta, lane);
                set.project(&mut theta);
                (self.theta[lane], self.theta[LANES + lane]) = (theta[0], theta[1]);
            }
        }
    }

    /// Ends the runs that meet a stop rule at this step.
    fn stop(&mut self, course: &Course<'_>) {
        for lane in 0..LANES {
            let row = &self.watch.rows[self.step];
            let (value, gradient) = (row.values[lane], pair(&row.gradients, lane));
            if !self.watch.has_ended(lane) && course.descent.stop.is_met(value, &gradient) {
                self.watch.stop(lane);
            }
        }
    }

    /// What became of a run when all are done.
    pub(super) fn ending(&self, course: &Course<'_>, lane: usize) -> Ending {
        let Course { loss, descent, minima, .. } = *course;
        if descent.steps > MOST_STEPS {
            let descent = Descent { start: &self.starts[lane], ..descent.clone() };
            let run = loss.descend((course.optimizer)(2).as_mut(), &descent);
            return Ending::new(&EndState::of(loss, &run), run.steps(), minima);
        }
        let run = self.watch.run(lane, descent);
        Ending::new(&EndState::of(loss, &run), run.steps(), minima)
    }
}
