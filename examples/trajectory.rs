//! A link in, CSV out: the core without a browser.
//!
//! ```sh
//! cargo run --release --example trajectory -- '#v=1&loss=rosenbrock&steps=50&run=sgd,lr=0.001'
//! ```
//!
//! Prints `run,step,lr,loss,grad_norm,x,y` for every step of every run (no `y` for
//! a loss with one parameter) and then a line with the outcome of each. A link of which anything was refused ends
//! with status 2 and one line a refusal on standard error.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use descent_lab::descent::{Language, Storage, Trajectory};
use descent_lab::scenario::{Scenario, decode, number_text};
use descent_lab::text;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(link), None) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: cargo run --release --example trajectory -- '<link or fragment>'");
        return ExitCode::from(2);
    };
    let (scenario, refused) = decode(&link);
    if !refused.is_empty() {
        for refusal in &refused {
            eprintln!("{}", (text::of(Language::English).refusal)(refusal));
        }
        return ExitCode::from(2);
    }
    match print(&scenario) {
        // A reader that has seen enough, `head` say, is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write the trajectory: {error}");
            ExitCode::FAILURE
        }
        Ok(()) => ExitCode::SUCCESS,
    }
}

fn print(scenario: &Scenario) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let loss = scenario.build_loss();
    let names = ["x", "y"][..loss.dimension()].join(",");
    writeln!(out, "run,step,lr,loss,grad_norm,{names}")?;
    let mut storage = Storage::default();
    let mut outcomes = Vec::new();
    for (index, run) in scenario.runs.iter().enumerate() {
        let trajectory = scenario.descend_in(storage, run, loss.as_ref());
        print_run(&mut out, index, &trajectory)?;
        outcomes.push(scenario.judge(run, loss.as_ref(), &trajectory));
        storage = trajectory.into_storage();
    }
    for (index, verdict) in outcomes.iter().enumerate() {
        writeln!(out, "# run {index}: {} at step {}", verdict.outcome.key(), verdict.step)?;
    }
    out.flush()
}

fn print_run(out: &mut impl Write, index: usize, trajectory: &Trajectory) -> io::Result<()> {
    for step in 0..=trajectory.steps() {
        let rate = number_text(trajectory.learning_rates()[step]);
        let loss = number_text(trajectory.losses()[step]);
        let gradient = number_text(trajectory.gradient_norm(step));
        write!(out, "{index},{step},{rate},{loss},{gradient}")?;
        for parameter in trajectory.point(step) {
            write!(out, ",{}", number_text(*parameter))?;
        }
        writeln!(out)?;
    }
    Ok(())
}
