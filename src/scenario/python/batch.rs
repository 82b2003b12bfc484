//! The samples of each step of a script.

use super::Script;
use super::template::{indented, joined};
use crate::descent::{Order, Sampling};

impl Script<'_> {
    fn sampling(&self) -> Option<Sampling> {
        self.scenario.sampling(self.run, self.scenario.build_loss().as_ref())
    }

    /// The functions that draw samples, apart from the generator of random bits,
    /// and say how many.
    pub(super) fn sampling_functions(&self) -> Vec<String> {
        let Some(sampling) = self.sampling() else { return Vec::new() };
        let drawn = self.is_shuffled().then(|| include_str!("shuffled.py").trim_end().to_owned());
        let size = sampling.plan.grows().then(|| size_function(&sampling));
        drawn.into_iter().chain(size).collect()
    }

    /// Whether samples are drawn at random.
    pub(super) fn is_shuffled(&self) -> bool {
        self.sampling().is_some_and(|sampling| sampling.order == Order::Shuffled)
    }

    /// What the samples of each step come from, and how many of an epoch were taken.
    pub(super) fn samples_state(&self) -> String {
        let Some(Sampling { plan, samples, seed, .. }) = self.sampling() else {
            return String::new();
        };
        let epochs = format!("epochs = shuffled({samples}, {})", !seed);
        let epochs = if self.is_shuffled() { epochs.as_str() } else { "" };
        joined(&[epochs, if plan.grows() { "taken = 0" } else { "" }])
    }

    /// The lines that draw the samples of a step.
    pub(super) fn batch(&self) -> Option<String> {
        let sampling = self.sampling()?;
        let Sampling { plan, samples, .. } = sampling;
        Some(match plan.first.filter(|_| !plan.grows()) {
            Some(size) => self.batch_of(size, samples),
            None => self.growing_batch(&sampling),
        })
    }

    /// A batch of one size; at the end of an epoch what is left of it.
    fn batch_of(&self, size: usize, samples: usize) -> String {
        let steps = samples.div_ceil(size.max(1));
        let taken = format!("taken = {size} * (t % {steps})");
        if self.is_shuffled() {
            format!(
                "if t % {steps} == 0:\n    epoch = next(epochs)\n{taken}\nbatch = epoch[taken : taken + {size}]"
            )
        } else {
            format!("{taken}\nbatch = slice(taken, min(taken + {size}, {samples}))")
        }
    }

    /// A batch of another size at each step, of all samples at the end of a plan that takes
    /// them all.
    fn growing_batch(&self, sampling: &Sampling) -> String {
        let samples = sampling.samples;
        let size = format!(
            "size = min(batch_size(t), {samples} - taken)\nif 2 * ({samples} - taken - size) < size:\n    size = {samples} - taken  # what would be less than half a batch"
        );
        let next = format!("taken = (taken + size) % {samples}");
        if !self.is_shuffled() {
            return format!("{size}\nbatch = slice(taken, taken + size)\n{next}");
        }
        let draw = "if taken == 0:\n    epoch = next(epochs)\nbatch = epoch[taken : taken + size]";
        let draw = if Self::takes_all_at_times(sampling) {
            format!("if size == {samples}:\n    batch = slice(None)\nelse:\n{}", indented(draw))
        } else {
            draw.to_owned()
        };
        format!("{size}\n{draw}\n{next}")
    }

    /// Whether some batch of a plan that grows is long enough to take all samples.
    fn takes_all_at_times(sampling: &Sampling) -> bool {
        let Sampling { plan, samples, .. } = *sampling;
        let is_long = |size: Option<usize>| size.is_none_or(|size| 3 * size > 2 * samples);
        is_long(plan.first) || is_long(plan.last)
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
