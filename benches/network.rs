//! What a network costs: forward and backward of depth 8, width 32 and 256 samples, beside
//! the same in NumPy on one core where there is a Python that has it; values, products with
//! the Hessian and predictions; the longest part that a gradient is made in.
//!
//! `cargo bench --package benches --bench network` prints the times.

use std::hint::black_box;
use std::process::Command;
use std::time::Instant;

use criterion::{Criterion, criterion_group, criterion_main};
use descent_lab::descent::network::{
    ACTIVATIONS, ERRORS, INITIALISATIONS, Network, Shape, initial_parameters,
};

const NUMPY: &str = include_str!("network_numpy.py");

/// A network of tanh units that learns two classes of 256 samples, with two places.
fn made(depth: usize, width: usize, activation: usize) -> (Network, [Vec<f64>; 2]) {
    let shape = Shape { inputs: 2, depth, width, bias: true };
    let column = |step: f64| (0..256).map(|k| libm::sin(f64::from(k) * step)).collect();
    let columns: Vec<Vec<f64>> = vec![column(0.7), column(1.3)];
    let classes = columns[0].iter().map(|x| f64::from(*x > 0.0)).collect();
    let network =
        Network::new(shape, ACTIVATIONS[activation], ERRORS[0], columns, classes, 0.0, 0.0);
    let theta = |seed| initial_parameters(&shape, INITIALISATIONS[1], 1.0, 1.0, seed);
    (network, [theta(0), theta(1)])
}

/// Calls `work` with one place and the other in turn: what was found is kept.
fn in_turn<'a>(places: &'a [Vec<f64>; 2], mut work: impl FnMut(&'a [f64])) -> impl FnMut() {
    let mut calls = 0;
    move || {
        calls += 1;
        work(black_box(&places[calls % 2]));
    }
}

fn network(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("network of depth 8, width 32, 256 samples");
    for (place, rule) in ACTIVATIONS.iter().enumerate() {
        let (network, places) = made(8, 32, place);
        let mut gradient = vec![0.0; network.dimension()];
        let mut work = in_turn(&places, |theta| {
            network.value_and_gradient(theta, &mut gradient);
        });
        let name = format!("loss and gradient, {}", rule.key);
        group.bench_function(name, |bencher| bencher.iter(&mut work));
    }
    let (network, places) = made(8, 32, 2);
    let mut work = in_turn(&places, |theta| {
        black_box(network.value(theta));
    });
    group.bench_function("loss, tanh", |bencher| bencher.iter(&mut work));
    let mut out = vec![0.0; network.dimension()];
    let mut work = in_turn(&places, |theta| network.curvature_product(theta, theta, &mut out));
    group.bench_function("product with the Hessian, tanh", |bencher| bencher.iter(&mut work));
    group.finish();
    let python = std::env::var("PYTHON").unwrap_or_else(|_| "python3".to_owned());
    match Command::new(&python).args(["-c", NUMPY]).output() {
        Ok(output) if output.status.success() => {
            println!(
                "loss and gradient, tanh, in NumPy: {} ms",
                String::from_utf8_lossy(&output.stdout).trim()
            );
        }
        _ => println!("no NumPy beside it: PYTHON may name a Python that has it"),
    }
}

/// The longest part of the largest network, of the best of ten walks: the machine may be
/// taken away in the middle of one.
fn parts(_: &mut Criterion) {
    let (network, places) = made(50, 64, 2);
    let mut least = f64::INFINITY;
    for walk in 0..10 {
        let theta = &places[walk % 2];
        let mut longest = 0.0_f64;
        let mut is_done = false;
        while !is_done {
            let begin = Instant::now();
            is_done = network.prepare(theta, 1);
            longest = longest.max(begin.elapsed().as_secs_f64());
        }
        least = least.min(longest);
    }
    println!("longest part of a gradient of depth 50, width 64: {:.3} ms", 1e3 * least);
}

criterion_group!(benches, network, parts);
criterion_main!(benches);
