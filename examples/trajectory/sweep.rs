//! Every run at many rates.

use std::io::{self, Write};

use descent_lab::descent::{Fate, Storage};
use descent_lab::scenario::{Run, SWEEP_HEADER, Scenario, log_spaced, sweep_row};

/// Prints a row for each of `count` rates of each run, as soon as it is known.
pub(super) fn print(
    out: &mut impl Write,
    scenario: &Scenario,
    range: [f64; 2],
    count: usize,
) -> io::Result<()> {
    let loss = scenario.build_loss();
    writeln!(out, "{SWEEP_HEADER}")?;
    let mut storage = Storage::default();
    for (index, run) in scenario.runs.iter().enumerate() {
        for rate in log_spaced(range, count) {
            let run = Run { learning_rate: rate, ..run.clone() };
            let trajectory = scenario.descend_in(storage, &run, loss.as_ref());
            let fate = Fate::of(loss.as_ref(), &trajectory);
            writeln!(out, "{}", sweep_row(index, rate, &fate))?;
            storage = trajectory.into_storage();
        }
    }
    out.flush()
}
