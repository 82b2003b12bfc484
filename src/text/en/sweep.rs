//! The sweep over rates, spoken.

use super::super::SweptRun;

/// A run's name, and the rate with its lowest final loss and that loss.
type Lowest = (String, Option<[String; 2]>);

pub(super) fn spoken(runs: &[Lowest]) -> String {
    let lowest = runs.iter().map(|(name, lowest)| match lowest {
        Some([rate, loss]) => format!("{name} at {rate}, with {loss}"),
        None => format!("{name} diverges at every rate"),
    });
    let lowest = lowest.collect::<Vec<_>>().join("; ");
    format!("Final loss by learning rate, both logarithmic. The lowest: {lowest}.")
}

pub(super) fn at(rate: &str, runs: &[SweptRun]) -> String {
    let runs = runs.iter().map(|(name, outcome, loss)| {
        let words = outcome.map_or("not yet computed", super::outcome);
        match loss {
            Some(loss) => format!("{name} {words}, final loss {loss}"),
            None => format!("{name} {words}"),
        }
    });
    format!("{rate}: {}", runs.collect::<Vec<_>>().join("; "))
}
