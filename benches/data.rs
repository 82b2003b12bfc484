//! What learning from data costs: a gradient of logistic regression over all of
//! 100,000 samples, beside the same in NumPy on one core where there is a Python
//! that has it; and what samples cost where squared residuals make them a quadratic
//! form.
//!
//! `cargo bench --package benches --bench data` prints the times.

use std::hint::black_box;
use std::process::Command;

use criterion::{Criterion, criterion_group, criterion_main};
use descent_lab::scenario::decode;

/// The same gradient, the fastest of fifty in milliseconds.
const NUMPY: &str = r#"
import os
os.environ["OMP_NUM_THREADS"] = os.environ["OPENBLAS_NUM_THREADS"] = "1"
import time
import numpy as np
x = np.random.default_rng(0).normal(size=(100_000, 2))
y = (x[:, 0] > 0).astype(float)
w = np.array([0.3, -0.2])
def gradient():
    return x.T @ (1 / (1 + np.exp(-(x @ w))) - y) / len(y)
def timed():
    begin = time.perf_counter()
    gradient()
    return time.perf_counter() - begin
print(f"{1e3 * min(timed() for _ in range(50)):.3f}")
"#;

fn logistic(criterion: &mut Criterion) {
    let (scenario, refused) = decode("#v=1&loss=logistic_regression,data=blobs,count=100000");
    assert!(refused.is_empty(), "{refused:?}");
    let loss = scenario.build_loss();
    let mut gradient = [0.0; 2];
    let mut group = criterion.benchmark_group("logistic regression, 100,000 samples");
    group.bench_function("loss and gradient", |bencher| {
        bencher.iter(|| loss.value_and_gradient(black_box(&[0.3, -0.2]), &mut gradient));
    });
    group.bench_function("loss", |bencher| {
        bencher.iter(|| loss.value(black_box(&[0.3, -0.2])));
    });
    let mut hessian = [0.0; 4];
    group.bench_function("second derivatives", |bencher| {
        bencher.iter(|| loss.hessian(black_box(&[0.3, -0.2]), &mut hessian));
    });
    group.finish();
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    match Command::new(&python).args(["-c", NUMPY]).output() {
        Ok(output) if output.status.success() => {
            println!(
                "the gradient in NumPy: {} ms",
                String::from_utf8_lossy(&output.stdout).trim()
            );
        }
        _ => println!("no NumPy beside it: PYTHON may name a Python that has it"),
    }
}

fn quadratic_form(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("linear regression, 1,000 steps");
    for count in [100, 100_000] {
        let link = format!("#v=1&loss=linear_regression,data=line,count={count}&steps=1000");
        let (scenario, refused) = decode(&link);
        assert!(refused.is_empty(), "{refused:?}");
        let loss = scenario.build_loss();
        group.bench_function(format!("{count} samples"), |bencher| {
            bencher.iter(|| scenario.descend(&scenario.runs[0], black_box(loss.as_ref())));
        });
    }
    group.finish();
}

criterion_group!(benches, logistic, quadratic_form);
criterion_main!(benches);
