//! What of one long computation is given to workers.

use std::collections::VecDeque;
use std::ops::Range;

use super::super::background;
use super::{Rank, begin, end, hand, ready};
use crate::descent::loss::Loss;
use crate::scenario::{FINDING, Finding, Job, Scenario, Spectrum, Starts, Task, encode};

/// Workers are begun for what has not been computed here after so many milliseconds: to
/// begin one takes as long.
const PATIENCE_MS: f64 = 50.0;
/// The jobs that each thread gets of one computation, if all are equally fast.
const JOBS: usize = 12;
/// The jobs of one computation that a worker has at a time: while it tells what one has
/// found it computes the next.
const AT_A_TIME: usize = 2;

/// A computation of which parts can be computed elsewhere.
pub(in super::super) trait Computation {
    /// Computes here until time is up or nothing is left to compute here.
    fn advance(&mut self, loss: &dyn Loss, is_time_up: &mut dyn FnMut() -> bool);
    /// Whether nothing is left to compute here.
    fn is_idle(&self) -> bool;
    /// Gives up what is computed here; the part that is left.
    fn hand_over(&mut self) -> Range<usize>;
    /// Computes a part here.
    fn take_up(&mut self, which: Range<usize>);
    /// Adds what was found elsewhere.
    fn record(&mut self, finding: &[f64; FINDING]);
}

impl Computation for Spectrum {
    fn advance(&mut self, loss: &dyn Loss, is_time_up: &mut dyn FnMut() -> bool) {
        Spectrum::advance(self, loss, is_time_up);
    }

    fn is_idle(&self) -> bool {
        Spectrum::is_idle(self)
    }

    fn hand_over(&mut self) -> Range<usize> {
        Spectrum::hand_over(self)
    }

    fn take_up(&mut self, which: Range<usize>) {
        Spectrum::take_up(self, which);
    }

    fn record(&mut self, finding: &[f64; FINDING]) {
        Spectrum::record(self, &Finding::trial(finding));
    }
}

impl Computation for Starts {
    fn advance(&mut self, loss: &dyn Loss, is_time_up: &mut dyn FnMut() -> bool) {
        Starts::advance(self, loss, is_time_up);
    }

    fn is_idle(&self) -> bool {
        Starts::is_idle(self)
    }

    fn hand_over(&mut self) -> Range<usize> {
        Starts::hand_over(self)
    }

    fn take_up(&mut self, which: Range<usize>) {
        Starts::take_up(self, which);
    }

    fn record(&mut self, finding: &[f64; FINDING]) {
        let (cell, ending) = Finding::ending(finding);
        Starts::record(self, cell, ending);
    }
}

/// What is computed: of which run of a scenario, and how soon.
#[derive(Clone)]
pub(in super::super) struct Order {
    pub(in super::super) scenario: Scenario,
    pub(in super::super) run: usize,
    pub(in super::super) task: Task,
    pub(in super::super) rank: Rank,
}

/// A computation with what of it workers compute. When it is dropped their jobs end.
pub(in super::super) struct Shared<C> {
    pub(in super::super) computation: C,
    /// When it was begun, in milliseconds.
    pub(in super::super) began: f64,
    /// What is given to workers, with the link of its scenario; none before that.
    given: Option<(Order, String)>,
    /// The parts that nobody computes yet, coarse ones first.
    waiting: VecDeque<Range<usize>>,
    /// The parts that workers compute, by the numbers of their jobs.
    jobs: Vec<(u32, Range<usize>)>,
}

impl<C: Computation> Shared<C> {
    /// All of it is computed here so far.
    pub(in super::super) fn begin(computation: C) -> Self {
        Self {
            computation,
            began: background::now(),
            given: None,
            waiting: VecDeque::new(),
            jobs: Vec::new(),
        }
    }

    /// Gives what is left to the workers, once, when some are ready.
    pub(in super::super) fn give(&mut self, order: impl FnOnce(&C) -> Order) {
        if self.given.is_some() || self.computation.is_idle() {
            return;
        }
        let workers = ready();
        if workers == 0 {
            if background::now() - self.began > PATIENCE_MS {
                begin();
            }
            return;
        }
        let order = order(&self.computation);
        let link = encode(&order.scenario);
        self.given = Some((order, link));
        let all = self.computation.hand_over();
        let length = all.len().div_ceil(JOBS * (workers + 1)).max(1);
        self.waiting =
            all.clone().step_by(length).map(|from| from..all.end.min(from + length)).collect();
        self.hand_out();
    }

    /// Hands waiting parts to workers that have not enough to do.
    fn hand_out(&mut self) {
        let Some((order, link)) = &self.given else { return };
        while self.jobs.len() < AT_A_TIME * ready()
            && let Some(which) = self.waiting.pop_front()
        {
            let (run, task) = (order.run, order.task.clone());
            let job = Job { run, task, which: which.clone() };
            match hand(&order.scenario, link, &job, order.rank) {
                Some(id) => self.jobs.push((id, which)),
                None => return self.waiting.push_front(which),
            }
        }
    }

    /// Whether waiting parts are computed here: where there are at most two threads.
    fn is_helped(&self) -> bool {
        !self.waiting.is_empty() && ready() < 2
    }

    /// Whether nothing is left to compute here.
    pub(in super::super) fn is_idle(&self) -> bool {
        self.computation.is_idle() && !self.is_helped()
    }

    /// Takes up a waiting part where nothing else is left to compute here.
    pub(in super::super) fn help(&mut self) {
        if self.computation.is_idle()
            && self.is_helped()
            && let Some(which) = self.waiting.pop_front()
        {
            self.computation.take_up(which);
        }
    }

    /// Goes on with what is computed here until time is up; says whether nothing is left of
    /// that.
    pub(in super::super) fn advance(
        &mut self,
        loss: &dyn Loss,
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> bool {
        while !self.is_idle() {
            self.help();
            self.computation.advance(loss, is_time_up);
            if !self.computation.is_idle() {
                return false;
            }
        }
        true
    }

    /// Records what a job has found, if it is one of these.
    pub(in super::super) fn record(&mut self, (id, is_done): (u32, bool), numbers: &[f64]) {
        let Some(at) = self.jobs.iter().position(|(job, _)| *job == id) else { return };
        let (findings, _) = numbers.as_chunks::<FINDING>();
        for finding in findings {
            self.computation.record(finding);
        }
        if is_done {
            self.jobs.remove(at);
            self.hand_out();
        }
    }

    /// Takes back the parts whose jobs are lost.
    pub(in super::super) fn lose(&mut self, lost: &[u32]) {
        let Self { jobs, waiting, .. } = self;
        jobs.retain(|(id, which)| {
            let is_lost = lost.contains(id);
            if is_lost {
                waiting.push_front(which.clone());
            }
            !is_lost
        });
        self.hand_out();
    }
}

impl<C> Drop for Shared<C> {
    fn drop(&mut self) {
        self.jobs.iter().for_each(|(id, _)| end(*id));
    }
}
