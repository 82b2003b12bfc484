//! Every step of every run.

use std::io::{self, Write};

use descent_lab::descent::{Storage, Trajectory};
use descent_lab::scenario::{Scenario, number_text, parameter_names};

/// Prints a row for each step of each run, then the outcomes.
pub(super) fn print(out: &mut impl Write, scenario: &Scenario) -> io::Result<()> {
    let loss = scenario.build_loss();
    let names: Vec<String> = parameter_names(loss.dimension());
    write!(out, "run,step,lr,loss,grad_norm")?;
    for name in &names {
        write!(out, ",{name}")?;
    }
    writeln!(out)?;
    let mut storage = Storage::default();
    let mut outcomes = Vec::new();
    for (index, run) in scenario.runs.iter().enumerate() {
        let trajectory = scenario.descend_in(storage, run, loss.as_ref());
        print_run(out, index, &trajectory, names.len())?;
        outcomes.push(scenario.judge(run, loss.as_ref(), &trajectory));
        storage = trajectory.into_storage();
    }
    for (index, verdict) in outcomes.iter().enumerate() {
        writeln!(out, "# run {index}: {} at step {}", verdict.outcome.key(), verdict.step)?;
    }
    out.flush()
}

fn print_run(
    out: &mut impl Write,
    index: usize,
    trajectory: &Trajectory,
    named: usize,
) -> io::Result<()> {
    for step in 0..=trajectory.steps() {
        let rate = number_text(trajectory.learning_rates()[step]);
        let loss = number_text(trajectory.losses()[step]);
        let gradient = number_text(trajectory.gradient_norm(step));
        write!(out, "{index},{step},{rate},{loss},{gradient}")?;
        // Of a long run of a network not every point is kept.
        let is_kept = trajectory.kept_step(step) == step;
        for parameter in &trajectory.point(step)[..named] {
            write!(out, ",{}", if is_kept { number_text(*parameter) } else { String::new() })?;
        }
        writeln!(out)?;
    }
    Ok(())
}
