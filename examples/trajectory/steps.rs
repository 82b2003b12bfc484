//! Every step of every run.

use std::io::{self, Write};

use descent_lab::descent::{Storage, Trajectory};
use descent_lab::scenario::{Scenario, number_text, parameter_names};

/// Prints a row for each step of each run, then the outcomes.
pub(super) fn print(out: &mut impl Write, scenario: &Scenario) -> io::Result<()> {
    let loss = scenario.build_loss();
    let names = parameter_names(loss.dimension()).join(",");
    writeln!(out, "run,step,lr,loss,grad_norm,{names}")?;
    let mut storage = Storage::default();
    let mut outcomes = Vec::new();
    for (index, run) in scenario.runs.iter().enumerate() {
        let trajectory = scenario.descend_in(storage, run, loss.as_ref());
        print_run(out, index, &trajectory)?;
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
