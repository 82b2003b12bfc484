//! What the core costs: steps a second of plain descent with the whole
//! trajectory recorded, the verdict on it, and a map of the loss.
//!
//! `cargo bench --bench core` prints the throughput beside each time; `elem/s`
//! are steps (or grid points) a second.
//!
//! A run in memory that the run before has left is what dragging the rate costs;
//! one in fresh memory also pays the system for every page it touches first.

use std::hint::black_box;

use criterion::{Bencher, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use descent_lab::descent::loss::{self, LOSSES, Loss, LossRule};
use descent_lab::descent::schedule::{self, Schedule};
use descent_lab::descent::{Descent, Stop, Storage, Trajectory, Verdict, optimizer};

/// A loss with its knobs at their defaults and a rate at which no run leaves the
/// range early: what is timed must be the number of steps that is divided by.
struct Subject {
    rule: &'static LossRule,
    loss: Box<dyn Loss>,
    schedule: Box<dyn Schedule>,
    learning_rate: f64,
}

impl Subject {
    fn new(rule: &'static LossRule) -> Self {
        let knobs = rule.defaults();
        let schedule = schedule::find("constant").expect("listed");
        Self {
            rule,
            loss: (rule.build)(&knobs),
            schedule: (schedule.build)(&[]),
            learning_rate: (rule.rates)(&knobs)[0],
        }
    }

    fn run(&self, storage: Storage, steps: usize) -> Trajectory {
        let trajectory = self.loss.descend_in(
            storage,
            &mut optimizer::Sgd,
            &Descent {
                start: self.rule.start,
                steps,
                stop: Stop::default(),
                learning_rate: self.learning_rate,
                schedule: self.schedule.as_ref(),
            },
        );
        assert_eq!(trajectory.steps(), steps, "{} ended early", self.rule.key);
        trajectory
    }
}

/// One run after another in the same memory.
fn bench_drag(bencher: &mut Bencher<'_>, subject: &Subject, steps: usize) {
    let mut storage = Storage::default();
    bencher.iter(|| {
        let trajectory = black_box(subject).run(std::mem::take(&mut storage), black_box(steps));
        storage = black_box(trajectory).into_storage();
    });
}

fn elements(count: usize) -> Throughput {
    Throughput::Elements(u64::try_from(count).expect("64 bits"))
}

/// The contract of the project: at least 30 million steps a second.
fn rosenbrock(criterion: &mut Criterion) {
    let subject = Subject::new(loss::find("rosenbrock").expect("listed"));
    let mut group = criterion.benchmark_group("descend/rosenbrock");
    for steps in [1_000, 1_000_000] {
        group.throughput(elements(steps));
        group.bench_function(BenchmarkId::new("dragged", steps), |bencher| {
            bench_drag(bencher, &subject, steps);
        });
        group.bench_function(BenchmarkId::new("fresh memory", steps), |bencher| {
            bencher.iter(|| black_box(&subject).run(Storage::default(), black_box(steps)));
        });
    }
    group.finish();
}

/// The length of a drag: what every other loss costs then.
fn every_loss(criterion: &mut Criterion) {
    const STEPS: usize = 1_000;
    let mut group = criterion.benchmark_group("descend/1000");
    group.throughput(elements(STEPS));
    for rule in LOSSES {
        let subject = Subject::new(rule);
        group.bench_function(rule.key, |bencher| bench_drag(bencher, &subject, STEPS));
    }
    group.finish();
}

/// The verdict follows every drag too.
fn verdict(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("verdict");
    for key in ["rosenbrock", "ackley"] {
        let subject = Subject::new(loss::find(key).expect("listed"));
        for steps in [1_000, 1_000_000] {
            let trajectory = subject.run(Storage::default(), steps);
            group.throughput(elements(steps));
            group.bench_with_input(BenchmarkId::new(key, steps), &trajectory, |bencher, run| {
                bencher.iter(|| Verdict::of(black_box(subject.loss.as_ref()), black_box(run)));
            });
        }
    }
    group.finish();
}

/// The heat map's values.
fn fill(criterion: &mut Criterion) {
    const SIDE: usize = 512;
    let mut group = criterion.benchmark_group("fill/512x512");
    group.throughput(elements(SIDE * SIDE));
    for key in ["quadratic", "rosenbrock", "himmelblau", "gaussian_well", "ackley"] {
        let subject = Subject::new(loss::find(key).expect("listed"));
        let [x0, x1, y0, y1] = subject.rule.window;
        let (xs, ys) = (axis(x0, x1, SIDE), axis(y0, y1, SIDE));
        let mut out = vec![0.0; SIDE * SIDE];
        group.bench_function(key, |bencher| {
            bencher.iter(|| subject.loss.fill(black_box(&xs), black_box(&ys), black_box(&mut out)));
        });
    }
    group.finish();
}

#[expect(clippy::cast_precision_loss, reason = "a few hundred columns")]
fn axis(from: f64, to: f64, count: usize) -> Vec<f64> {
    let step = (to - from) / (count - 1) as f64;
    (0..count).map(|i| from + step * i as f64).collect()
}

criterion_group!(benches, rosenbrock, every_loss, verdict, fill);
criterion_main!(benches);
