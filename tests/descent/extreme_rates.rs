//! Rates at the ends of what a number can hold: every rule under every schedule ends, after
//! a number of evaluations that is bounded by its steps.

use std::cell::Cell;

use descent_lab::descent::loss::{Loss, Whole};
use descent_lab::descent::optimizer::{OPTIMIZERS, Optimizer};
use descent_lab::descent::schedule::{SCHEDULES, Schedule, Warmup};
use descent_lab::descent::{Curvature, Descent, Precision, Progress, defaults};
use descent_lab::scenario::{decode, number_text};

const RATES: [f64; 7] = [5e-324, 1e-308, 1.0, 1e154, 1e307, 1e308, f64::MAX];
const STEPS: usize = 12;
/// A search tries 400 lengths at most; the step itself and the record ask for a few more.
const MOST_EVALUATIONS: usize = (STEPS + 1) * 410;

/// A loss that counts how often it is asked, and ends a test that would not end by itself.
struct Counting<'a> {
    loss: &'a dyn Loss,
    asked: Cell<usize>,
}

impl Counting<'_> {
    fn count(&self) {
        self.asked.set(self.asked.get() + 1);
        assert!(self.asked.get() <= MOST_EVALUATIONS, "too many evaluations");
    }
}

impl Loss for Counting<'_> {
    fn dimension(&self) -> usize {
        self.loss.dimension()
    }

    fn value(&self, theta: &[f64]) -> f64 {
        self.count();
        self.loss.value(theta)
    }

    fn value_and_gradient(&self, theta: &[f64], gradient: &mut [f64]) -> f64 {
        self.count();
        self.loss.value_and_gradient(theta, gradient)
    }

    fn batch_gradient(&self, theta: &[f64], batch: &[usize], gradient: &mut [f64]) {
        self.count();
        self.loss.batch_gradient(theta, batch, gradient);
    }

    fn curvature(&self, theta: &[f64]) -> Option<Curvature> {
        self.count();
        self.loss.curvature(theta)
    }

    fn hessian(&self, theta: &[f64], out: &mut [f64]) -> bool {
        self.count();
        self.loss.hessian(theta, out)
    }

    fn curvature_product(&self, theta: &[f64], vector: &[f64], out: &mut [f64]) -> bool {
        self.count();
        self.loss.curvature_product(theta, vector, out)
    }

    fn advance(
        &self,
        progress: &mut Progress,
        optimizer: &mut dyn Optimizer,
        descent: &Descent<'_>,
        until: usize,
    ) {
        Whole(self).advance(progress, optimizer, descent, until);
    }
}

/// Valleys, a saddle, a tip, flat ground, and starts on which lengths cannot shrink: at 0
/// the smallest step there is still moves.
const LOSSES: [&str; 8] = [
    "loss=quadratic",
    "loss=rosenbrock&start=0,0",
    "loss=saddle&start=1.5,0",
    "loss=ackley&start=0,0",
    "loss=gaussian_well&start=30,0",
    "loss=deep_chain,depth=50&start=3,2",
    "loss=linear_regression,error=absolute",
    "loss=network,width=2,count=12",
];

fn schedules() -> Vec<Box<dyn Schedule>> {
    SCHEDULES.iter().map(|rule| (rule.build)(&(rule.fitted)(STEPS))).collect()
}

fn assert_ends(loss: &dyn Loss, start: &[f64], of: &str) {
    for rule in OPTIMIZERS {
        for then in schedules() {
            for warmup in [0, 5] {
                let schedule = Warmup { steps: warmup, then: then.as_ref() };
                for rate in RATES {
                    for (precision, ascends) in
                        [(Precision::F64, false), (Precision::F64, true), (Precision::Bf16, false)]
                    {
                        let counting = Counting { loss, asked: Cell::new(0) };
                        let knobs = defaults(rule.knobs);
                        let mut optimizer = (rule.build)(&knobs, start.len(), precision);
                        let descent = Descent {
                            ascends,
                            precision,
                            ..Descent::new(start, STEPS, rate, &schedule)
                        };
                        let run = counting.descend(optimizer.as_mut(), &descent);
                        let of = format!("{of}, {} at {rate:e}", rule.key);
                        assert!(run.steps() <= STEPS, "{of}");
                        let rates = &run.learning_rates()[..run.steps()];
                        assert!(rates.iter().all(|rate| rate.is_finite()), "{of}: {rates:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn every_rule_ends_under_every_schedule_at_every_rate() {
    for link in LOSSES {
        let (scenario, refused) = decode(link);
        assert_eq!(refused, [], "{link}");
        let loss = scenario.build_loss();
        assert_ends(loss.as_ref(), &scenario.start, link);
    }
}

/// The same search with the slowest shrinking there is.
#[test]
fn a_search_whose_lengths_cannot_shrink_ends() {
    let rule = OPTIMIZERS.iter().find(|rule| rule.key == "line_search").expect("listed");
    for link in LOSSES {
        let scenario = decode(link).0;
        let loss = scenario.build_loss();
        for rate in RATES {
            for (ascends, shrink) in [(false, 0.9), (true, 0.9), (true, 0.1)] {
                let counting = Counting { loss: loss.as_ref(), asked: Cell::new(0) };
                let mut optimizer =
                    (rule.build)(&[0.5, shrink], scenario.start.len(), Precision::F64);
                let schedules = schedules();
                let descent = Descent {
                    ascends,
                    ..Descent::new(&scenario.start, STEPS, rate, schedules[0].as_ref())
                };
                assert!(counting.descend(optimizer.as_mut(), &descent).steps() <= STEPS);
            }
        }
    }
}

#[test]
fn no_schedule_leaves_the_range_of_its_base_rate() {
    for then in schedules() {
        for warmup in [0, 5, 1_000_000] {
            let schedule = Warmup { steps: warmup, then: then.as_ref() };
            for rate in RATES {
                for step in [0, 1, 4, 5, STEPS, 999_999] {
                    let planned = schedule.rate(rate, step);
                    assert!(planned >= 0.0 && planned <= rate, "{planned:e} of {rate:e} at {step}");
                }
            }
        }
    }
}

/// The link that froze a page: half a wave of 10³⁰⁸ was infinite, and so was the first
/// length of a search that halved it for ever.
#[test]
fn links_with_such_rates_are_run_and_judged() {
    for schedule in SCHEDULES {
        for rule in OPTIMIZERS {
            for rate in RATES {
                let rate = number_text(rate);
                let run = format!("{},lr={rate},schedule={}", rule.key, schedule.key);
                let link = format!("#steps=40&run={run}&run={run},warmup=20");
                let (scenario, refused) = decode(&link);
                assert_eq!(refused, [], "{link}");
                let loss = scenario.build_loss();
                for run in &scenario.runs {
                    let trajectory = scenario.descend(run, loss.as_ref());
                    let verdict = scenario.judge(run, loss.as_ref(), &trajectory);
                    assert!(verdict.step <= 40, "{link}");
                }
            }
        }
    }
}
