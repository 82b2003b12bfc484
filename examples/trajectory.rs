//! A link in, CSV out: the core without a browser.
//!
//! ```sh
//! cargo run --release --example trajectory -- '#v=1&loss=rosenbrock&steps=50&run=sgd,lr=0.001'
//! ```
//!
//! Prints `run,step,lr,loss,grad_norm,x,y` for every step (no `y` for a loss with
//! one parameter) and then the outcome. A link of which anything was refused ends
//! with status 2 and one line a refusal on standard error.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use descent_lab::descent::{Language, Trajectory, Verdict};
use descent_lab::scenario::{decode, number_text};
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
    let loss = scenario.build_loss();
    let trajectory = scenario.descend(loss.as_ref());
    let verdict = Verdict::of(loss.as_ref(), &trajectory);
    match print(&trajectory, &verdict) {
        // A reader that has seen enough, `head` say, is no failure.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("cannot write the trajectory: {error}");
            ExitCode::FAILURE
        }
        Ok(()) => ExitCode::SUCCESS,
    }
}

fn print(trajectory: &Trajectory, verdict: &Verdict) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    let names = ["x", "y"][..trajectory.dimension()].join(",");
    writeln!(out, "run,step,lr,loss,grad_norm,{names}")?;
    for step in 0..=trajectory.steps() {
        let rate = number_text(trajectory.learning_rates()[step]);
        let loss = number_text(trajectory.losses()[step]);
        let gradient = number_text(trajectory.gradient_norm(step));
        write!(out, "0,{step},{rate},{loss},{gradient}")?;
        for parameter in trajectory.point(step) {
            write!(out, ",{}", number_text(*parameter))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "# run 0: {} at step {}", verdict.outcome.key(), verdict.step)?;
    out.flush()
}
