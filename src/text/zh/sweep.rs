//! The sweep over rates, spoken.

use super::super::SweptRun;

/// A run's name, and the rate with its lowest final loss and that loss.
type Lowest = (String, Option<[String; 2]>);

pub(super) fn spoken(runs: &[Lowest]) -> String {
    let lowest = runs.iter().map(|(name, lowest)| match lowest {
        Some([rate, loss]) => format!("{}在学习率 {rate} 处，为 {loss}", leading(name)),
        None => format!("{}在任何学习率下都发散", leading(name)),
    });
    let lowest = lowest.collect::<Vec<_>>().join("；");
    format!("最终损失随学习率的变化（双对数坐标）。最低处：{lowest}。")
}

pub(super) fn at(rate: &str, runs: &[SweptRun]) -> String {
    let runs = runs.iter().map(|(name, outcome, loss)| {
        let (name, words) = (leading(name), outcome.map_or("尚未算出", super::outcome));
        match loss {
            Some(loss) => format!("{name}{words}，最终损失 {loss}"),
            None => format!("{name}{words}"),
        }
    });
    format!("{rate}：{}", runs.collect::<Vec<_>>().join("；"))
}

/// A name at the beginning of a clause.
fn leading(name: &str) -> String {
    super::spaced(name).trim_start().to_owned()
}
