//! Runs side by side.

use super::super::gradient::PreparedTogether;
use super::super::optimizer::{Optimizer, Place};
use super::super::outcome::{Rest, climbs};
use super::super::precision::Rounding;
use super::super::run::{Descent, Stop};
use super::watch::{Row, Watch};
use super::{Course, Ending, basin, whole};

/// How many runs go side by side: their numbers stay in the fastest cache.
pub(super) const LANES: usize = 128;

/// The most steps at a time. The dearest formulas take 1 ms for them; those on
/// data, which go through all samples at every step, take as long for one.
const STRETCH: usize = 8;

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
    /// θ one step before the last.
    before_last: [f64; 2 * LANES],
    values: [f64; LANES],
    gradients: [f64; 2 * LANES],
    watch: Watch,
    /// What became of runs that met a stop rule.
    stopped: [Option<Ending>; LANES],
    prepared: PreparedTogether,
    drive: Drive,
}

impl Lanes {
    /// Without runs.
    pub(super) fn idle() -> Box<Self> {
        Box::new(Self {
            step: 0,
            starts: [[0.0; 2]; LANES],
            theta: [0.0; 2 * LANES],
            before_last: [f64::NAN; 2 * LANES],
            values: [0.0; LANES],
            gradients: [0.0; 2 * LANES],
            watch: Watch::over(0),
            stopped: [None; LANES],
            prepared: PreparedTogether::default(),
            drive: Drive::Each(Vec::new()),
        })
    }

    /// Begins runs from other starts.
    pub(super) fn begin(&mut self, course: &Course<'_>, starts: &[[f64; 2]; LANES]) {
        let Descent { steps, precision, .. } = *course.descent;
        let together = (course.optimizer)(2 * LANES);
        self.step = 0;
        self.starts = *starts;
        for (lane, start) in starts.iter().enumerate() {
            let [x, y] = start.map(|parameter| precision.round(parameter));
            (self.theta[lane], self.theta[LANES + lane]) = (x, y);
        }
        self.before_last = [f64::NAN; 2 * LANES];
        self.watch = Watch::over(steps);
        self.stopped = [None; LANES];
        self.prepared = PreparedTogether::of(course.descent);
        self.drive = if together.is_elementwise() {
            Drive::Together(together)
        } else {
            Drive::Each((0..LANES).map(|_| (course.optimizer)(2)).collect())
        };
    }

    /// Whether nothing is left to be computed.
    pub(super) fn are_done(&self, course: &Course<'_>) -> bool {
        self.step > course.descent.steps || self.watch.have_all_ended()
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
            course.loss.slopes(&self.theta, &mut self.values, &mut self.gradients);
            let Self { theta, values, gradients, watch, .. } = self;
            watch.see(self.step, &Row { theta, values, gradients });
            if descent.stop != Stop::default() {
                self.stop(course);
            }
            if self.step < descent.steps {
                if self.step + 1 == descent.steps {
                    self.before_last = self.theta;
                }
                self.step_on(course, *rate);
            }
            self.step += 1;
        }
    }

    fn step_on(&mut self, course: &Course<'_>, learning_rate: f64) {
        let Course { loss, descent, .. } = *course;
        let gradients = self.prepared.prepare(loss, descent, &self.theta, &self.gradients);
        let place = Place { loss, value: self.values[0], gradient: gradients, learning_rate };
        match &mut self.drive {
            Drive::Together(optimizer) => {
                optimizer.step(&mut self.theta, &place);
            }
            Drive::Each(optimizers) => {
                for (lane, optimizer) in optimizers.iter_mut().enumerate() {
                    if self.watch.end(lane).is_none() {
                        let mut theta = pair(&self.theta, lane);
                        let gradient = &pair(gradients, lane);
                        let value = self.values[lane];
                        optimizer.step(&mut theta, &Place { value, gradient, ..place });
                        (self.theta[lane], self.theta[LANES + lane]) = (theta[0], theta[1]);
                    }
                }
            }
        }
    }

    /// Ends the runs that meet a stop rule at this step.
    fn stop(&mut self, course: &Course<'_>) {
        for lane in 0..LANES {
            let (value, gradient) = (self.values[lane], pair(&self.gradients, lane));
            if self.watch.end(lane).is_none() && course.descent.stop.is_met(value, &gradient) {
                self.watch.finish(lane, self.step);
                let point = pair(&self.theta, lane);
                let climbs = value > self.watch.first(lane) && self.has_climbed(course, lane);
                let step = whole(self.step);
                self.stopped[lane] = Some(if climbs {
                    Ending::Diverges { step }
                } else {
                    at_rest(course, point, step, &Rest::at(course.loss, &point))
                });
            }
        }
    }

    /// Whether a run that ends at this step, before its time, climbs: that hangs on
    /// its last tenths, and where they would begin was not known on the way. It is
    /// made again.
    fn has_climbed(&self, course: &Course<'_>, lane: usize) -> bool {
        let Descent { learning_rate, schedule, ascends, clip, precision, .. } = *course.descent;
        let descent = Descent {
            sampling: course.descent.sampling,
            noise: course.descent.noise.clone(),
            ascends,
            clip,
            precision,
            ..Descent::new(&self.starts[lane], self.step, learning_rate, schedule)
        };
        let trajectory = course.loss.descend((course.optimizer)(2).as_mut(), &descent);
        climbs(trajectory.losses())
    }

    /// What became of a run when all are done.
    pub(super) fn ending(&self, course: &Course<'_>, lane: usize) -> Ending {
        if let Some(ending) = self.stopped[lane] {
            return ending;
        }
        if let Some(step) = self.watch.end(lane) {
            return Ending::Diverges { step };
        }
        let last = whole(course.descent.steps);
        let point = pair(&self.theta, lane);
        if self.watch.climbs(lane, self.values[lane]) {
            return Ending::Diverges { step: last };
        }
        let rest = Rest::at(course.loss, &point);
        match self.watch.settled(lane, &rest) {
            Some(step) => at_rest(course, point, step, &rest),
            None if point == pair(&self.before_last, lane) => Ending::Stalls { step: last },
            None => Ending::GoesOn,
        }
    }
}

/// What becomes of a run that has settled.
fn at_rest(course: &Course<'_>, point: [f64; 2], step: u32, rest: &Rest) -> Ending {
    if rest.is_minimum {
        Ending::Settles { step, minimum: basin::of(course.loss, &point, course.minima) }
    } else {
        Ending::Stalls { step }
    }
}

/// The numbers of one run.
fn pair(numbers: &[f64], lane: usize) -> [f64; 2] {
    [numbers[lane], numbers[LANES + lane]]
}
