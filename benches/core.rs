//! What the core costs: steps a second of plain descent and of every other rule
//! with the whole trajectory recorded, what noise, clipping and coarse precision
//! add, the verdict, and a map of the loss.
//!
//! `cargo bench --package benches --bench core` prints the throughput beside each time; `elem/s`
//! are steps (or grid points) a second.
//!
//! A run in memory that the run before has left is what dragging the rate costs;
//! one in fresh memory also pays the system for every page it touches first.

use std::hint::black_box;

use criterion::{Bencher, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use descent_lab::descent::clip::{self, Clip};
use descent_lab::descent::loss::{self, LOSSES, Loss, LossRule};
use descent_lab::descent::optimizer::{self, OPTIMIZERS, OptimizerRule};
use descent_lab::descent::schedule::{self, SCHEDULES, Schedule};
use descent_lab::descent::{
    Descent, Noise, Precision, Storage, Theory, Trajectory, Verdict, defaults,
};
use descent_lab::scenario::{Starts, decode};

/// A loss with its knobs at their defaults and a rate at which no run leaves the
/// range early: what is timed must be the number of steps that is divided by.
struct Subject {
    rule: &'static LossRule,
    loss: Box<dyn Loss>,
    optimizer: &'static OptimizerRule,
    schedule: Box<dyn Schedule>,
    learning_rate: f64,
    noise: Option<Noise>,
    clip: Option<Box<dyn Clip>>,
    precision: Precision,
}

impl Subject {
    /// Plain descent at a constant rate.
    fn new(rule: &'static LossRule) -> Self {
        let knobs = rule.defaults();
        let schedule = schedule::find("constant").expect("listed");
        Self {
            rule,
            loss: (rule.build)(&knobs),
            optimizer: optimizer::find("sgd").expect("listed"),
            schedule: (schedule.build)(&[]),
            learning_rate: (rule.rates)(&knobs)[0],
            noise: None,
            clip: None,
            precision: Precision::F64,
        }
    }

    fn on(key: &str) -> Self {
        Self::new(loss::find(key).expect("listed"))
    }

    fn run(&self, storage: Storage, steps: usize) -> Trajectory {
        let knobs = defaults(self.optimizer.knobs);
        let mut optimizer = (self.optimizer.build)(&knobs, self.loss.dimension(), self.precision);
        let start = (self.rule.start)(&self.rule.defaults());
        let descent = Descent {
            noise: self.noise.clone(),
            clip: self.clip.as_deref(),
            precision: self.precision,
            ..Descent::new(&start, steps, self.learning_rate, self.schedule.as_ref())
        };
        let trajectory = self.loss.descend_in(storage, optimizer.as_mut(), &descent);
        let of = (self.rule.key, self.optimizer.key);
        assert_eq!(trajectory.steps(), steps, "{of:?} ended early");
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
    let subject = Subject::on("rosenbrock");
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

/// The length of a drag.
const STEPS: usize = 1_000;

/// The contract of the project: Adam costs at most three times plain descent. The
/// first and the seventh line of this group, side by side with all others.
fn every_optimizer(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rosenbrock/1000/optimizer");
    group.throughput(elements(STEPS));
    for rule in OPTIMIZERS {
        let subject = Subject { optimizer: rule, ..Subject::on("rosenbrock") };
        group.bench_function(rule.key, |bencher| bench_drag(bencher, &subject, STEPS));
    }
    group.finish();
}

/// What a schedule adds, and what comes between gradient and step.
fn on_the_way(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("rosenbrock/1000/with");
    group.throughput(elements(STEPS));
    for rule in SCHEDULES {
        let schedule = (rule.build)(&(rule.fitted)(STEPS));
        let subject = Subject { schedule, ..Subject::on("rosenbrock") };
        group.bench_function(rule.key, |bencher| bench_drag(bencher, &subject, STEPS));
    }
    let noise = Some(Noise::new(1e-3, 1));
    let clip = Some((clip::find("norm").expect("listed").build)(&[1.0]));
    let subjects = [
        ("noise", Subject { noise, ..Subject::on("rosenbrock") }),
        ("clip", Subject { clip, ..Subject::on("rosenbrock") }),
    ];
    for (name, subject) in subjects {
        group.bench_function(name, |bencher| bench_drag(bencher, &subject, STEPS));
    }
    for key in ["sgd", "adam"] {
        let optimizer = optimizer::find(key).expect("listed");
        for precision in Precision::ALL {
            let subject = Subject { optimizer, precision, ..Subject::on("rosenbrock") };
            let name = BenchmarkId::new(key, precision.key());
            group.bench_function(name, |bencher| bench_drag(bencher, &subject, STEPS));
        }
    }
    group.finish();
}

/// What every other loss costs.
fn every_loss(criterion: &mut Criterion) {
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
    let rule = optimizer::find("sgd").expect("listed");
    let theory = Theory { stability: rule.theory(&[]), is_undisturbed: true, ..Theory::default() };
    let mut group = criterion.benchmark_group("verdict");
    for key in ["rosenbrock", "ackley"] {
        let subject = Subject::on(key);
        for steps in [1_000, 1_000_000] {
            let trajectory = subject.run(Storage::default(), steps);
            group.throughput(elements(steps));
            group.bench_with_input(BenchmarkId::new(key, steps), &trajectory, |bencher, run| {
                bencher
                    .iter(|| Verdict::of(black_box(subject.loss.as_ref()), black_box(run), theory));
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
        let subject = Subject::on(key);
        let [x0, x1, y0, y1] = (subject.rule.window)(&subject.rule.defaults());
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

/// A map of starts: so many runs side by side.
fn starts(c: &mut Criterion) {
    let mut group = c.benchmark_group("starts, 64 × 64, 300 steps");
    group.throughput(Throughput::Elements(64 * 64 * 300));
    for link in [
        "#v=1&loss=quadratic&steps=300&run=sgd,lr=0.1",
        "#v=1&loss=himmelblau&steps=300&run=momentum,lr=0.01",
        "#v=1&loss=himmelblau&steps=300&run=adam,lr=0.1",
        "#v=1&loss=himmelblau&steps=300&run=lbfgs,lr=1",
    ] {
        let (scenario, _) = decode(link);
        let loss = scenario.build_loss();
        let window = (scenario.loss.rule.window)(&scenario.setting());
        group.bench_function(link, |b| {
            b.iter(|| {
                let mut starts = Starts::begin(&scenario, &scenario.runs[0], window, [64, 64]);
                starts.advance(loss.as_ref(), &mut || false);
                black_box(starts.map().known())
            });
        });
    }
    group.finish();
}

criterion_group!(
    benches,
    rosenbrock,
    every_optimizer,
    on_the_way,
    every_loss,
    verdict,
    fill,
    starts
);
criterion_main!(benches);
