//! The samples of each step of a script.

use super::Script;
use crate::descent::{Order, Sampling};

impl Script<'_> {
    fn sampling(&self) -> Option<Sampling> {
        self.scenario.sampling(self.run, self.scenario.build_loss().as_ref())
    }

    /// The functions that draw samples, apart from the generator of random bits,
    /// and say how many.
    pub(super) fn sampling_functions(&self) -> Vec<String> {
        let Some(sampling) = self.sampling() else { return Vec::new() };
        let grows = sampling.plan.grows();
        let drawn = match sampling.order {
            Order::Shuffled => Some(include_str!("shuffled.py")),
            // Of one size they are found without drawing.
            Order::Sequential => grows.then_some(include_str!("in_order.py")),
        };
        let drawn = drawn.map(|text| text.trim_end().to_owned());
        drawn.into_iter().chain(grows.then(|| size_function(&sampling))).collect()
    }

    /// Whether samples are drawn at random.
    pub(super) fn is_shuffled(&self) -> bool {
        self.sampling().is_some_and(|sampling| sampling.order == Order::Shuffled)
    }

    /// What the samples of each step come from.
    pub(super) fn samples_state(&self) -> String {
        match self.sampling() {
            Some(Sampling { order: Order::Shuffled, samples, seed, .. }) => {
                format!("samples = shuffled({samples}, {})", !seed)
            }
            Some(Sampling { plan, samples, .. }) if plan.grows() => {
                format!("samples = in_order({samples})")
            }
            _ => String::new(),
        }
    }

    /// The lines that draw the samples of a step.
    pub(super) fn batch(&self) -> Option<String> {
        let Sampling { plan, samples, order, .. } = self.sampling()?;
        let Some(size) = plan.first.filter(|_| !plan.grows()) else {
            let draw = "batch = [next(samples) for i in range(size)]";
            let lines = if self.takes_all_at_times() {
                format!("if size == {samples}:\n    batch = slice(None)\nelse:\n    {draw}")
            } else {
                draw.to_owned()
            };
            return Some(format!("size = batch_size(t)\n{lines}"));
        };
        Some(match order {
            Order::Shuffled => format!("batch = [next(samples) for i in range({size})]"),
            Order::Sequential => {
                format!("batch = [({size} * t + i) % {samples} for i in range({size})]")
            }
        })
    }

    /// Whether some steps of a plan that grows take all samples.
    fn takes_all_at_times(&self) -> bool {
        self.sampling().is_some_and(|Sampling { plan, samples, .. }| {
            [plan.first, plan.last].iter().any(|size| size.is_none_or(|size| size == samples))
        })
    }
}

fn size_function(sampling: &Sampling) -> String {
    let Sampling { plan, steps, samples, .. } = sampling;
    let [first, last] = [plan.first, plan.last].map(|size| size.unwrap_or(*samples));
    let size = if *steps > 1 {
        format!("round({first} * ({last} / {first}) ** (t / {}))", steps - 1)
    } else {
        first.to_string()
    };
    format!(
        "def batch_size(t):\n    \"\"\"From {first} to {last}, by the same factor each step.\"\"\"\n    return {size}"
    )
}
