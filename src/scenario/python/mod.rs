//! 'Copy as Python': one run as a script that, run alone, prints the same
//! trajectory as lines of numbers.
//!
//! The mathematics comes from the rules' own `python` fields. A script holds only
//! what its run needs: each part is there or not, nothing is switched off in it.

mod batch;
mod descent;
mod loss;
mod template;

use super::{Choice, Run, Scenario, encode};
use crate::descent::Precision;
use crate::descent::schedule::{Following, ScheduleRule};
use template::{fill, indented, joined, uses};

/// Which packages a script uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PythonFlavour {
    /// PyTorch: the gradient by autograd, the update by `torch.optim` where it has
    /// the rule and numbers are in double precision.
    PyTorch,
    /// NumPy alone: gradient and update written out.
    NumPy,
}

impl PythonFlavour {
    /// Both.
    pub const ALL: [Self; 2] = [Self::PyTorch, Self::NumPy];
}

/// What the parts of a script ask for.
struct Script<'a> {
    scenario: &'a Scenario,
    run: &'a Run,
    flavour: PythonFlavour,
}

/// `run` of `scenario` as a script. It prints the columns step, lr, loss,
/// grad_norm and the parameters: one line for every step from 0 to
/// where the run ends.
#[must_use]
pub fn python_script(scenario: &Scenario, run: &Run, flavour: PythonFlavour) -> String {
    let script = Script { scenario, run, flavour };
    let mut parts = Vec::new();
    parts.extend(rounding(scenario.precision));
    parts.extend(script.randomness());
    parts.extend(script.data());
    parts.extend(script.loss_functions());
    parts.extend(script.draws());
    parts.extend(script.schedule_function());
    parts.extend(script.follower_class());
    parts.push(script.descent());
    let body = parts.join("\n\n\n");
    let heading = format!(
        "# {}: {}\n# Descent Lab: {}",
        scenario.loss.rule.name.en,
        run.optimizer.rule.name.en,
        link(scenario, run)
    );
    format!("{heading}\n{}\n\n{body}\n", imports(&body))
}

/// The link of this run alone. It says everything itself: a preset's story may be
/// about runs that are not in it.
fn link(scenario: &Scenario, run: &Run) -> String {
    let run = Run { is_hidden: false, ..run.clone() };
    let page = super::Page::default();
    encode(&Scenario { preset: None, runs: vec![run], page, ..scenario.clone() })
}

/// The packages that `body` uses, Python's own apart from the others.
fn imports(body: &str) -> String {
    let groups = [
        &[("math", "import math\n")][..],
        &[("np", "import numpy as np\n"), ("torch", "import torch\n")],
    ];
    let lines = groups.map(|group| {
        let used = group.iter().filter(|(name, _)| uses(body, name));
        used.map(|(_, line)| *line).collect::<String>()
    });
    lines.into_iter().filter(|lines| !lines.is_empty()).collect::<Vec<_>>().join("\n")
}

/// What rounds numbers to a format; nothing for double precision.
fn rounding(precision: Precision) -> Option<String> {
    // bfloat16 has 8 digits, down to 2⁻¹³³ in steps of that size; NumPy lacks it.
    let (format, lines) = match precision {
        Precision::F64 => return None,
        Precision::F32 => ("float32", "return x.astype(np.float32).astype(float).view(Rounded)"),
        Precision::F16 => ("float16", "return x.astype(np.float16).astype(float).view(Rounded)"),
        Precision::Bf16 => (
            "bfloat16",
            "_, exponent = np.frexp(x)\n    unit = np.ldexp(1.0, np.maximum(exponent, -125) - 8)\n    x = np.rint(x / unit) * unit\n    x = np.where(np.abs(x) >= 2.0**128, np.copysign(np.inf, x), x)\n    return x.view(Rounded)",
        ),
    };
    let text = include_str!("rounded.py").trim_end();
    Some(text.replace("{format}", format).replace("{lines}", lines))
}

impl Script<'_> {
    /// Whether PyTorch's own optimizer makes the steps.
    fn uses_torch_optim(&self) -> bool {
        self.flavour == PythonFlavour::PyTorch
            && self.scenario.precision == Precision::F64
            && !self.run.optimizer.rule.python.torch.is_empty()
    }

    /// What draws noise and samples.
    fn randomness(&self) -> Vec<String> {
        let has_noise = self.scenario.noise > 0.0;
        let draws = self.draws().is_some();
        let texts = [
            (draws || has_noise || self.is_shuffled(), include_str!("generator.py")),
            (draws || has_noise, include_str!("noise.py")),
        ];
        let used = texts.into_iter().filter(|(is_used, _)| *is_used);
        let used = used.map(|(_, text)| text.trim_end().to_owned());
        used.chain(self.sampling_functions()).collect()
    }

    /// Lines of `lr` and `t` that end in η(t), without warm-up.
    fn rate(&self) -> String {
        let Choice { rule, knobs } = &self.run.schedule;
        let ScheduleRule { python, knobs: names, .. } = rule;
        fill(python, names, knobs)
    }

    /// The schedule's own class, where the rate follows the loss.
    fn following(&self) -> Option<&'static Following> {
        self.run.schedule.rule.following.as_ref()
    }

    /// `text` of that class, with the schedule's knobs.
    fn of_schedule(&self, text: &str) -> String {
        fill(text, self.run.schedule.rule.knobs, &self.run.schedule.knobs)
    }

    /// The class that the rate comes from, where PyTorch's own is not used.
    fn follower_class(&self) -> Option<String> {
        let following = self.following().filter(|_| !self.uses_torch_optim())?;
        Some(self.of_schedule(following.class.trim_end()))
    }

    /// Whether the rate is the same at every step.
    fn has_constant_rate(&self) -> bool {
        self.following().is_none() && self.run.warmup == 0 && !uses(&self.rate(), "t")
    }

    /// The function of the step, unless the rate is constant.
    fn schedule_function(&self) -> Option<String> {
        if self.has_constant_rate() || self.following().is_some() {
            return None;
        }
        let (rate, warmup) = (self.rate(), self.run.warmup);
        let rise = format!("if t < {warmup}:\n    return lr * (t + 1) / {warmup}");
        let shift = format!("t -= {warmup}");
        let rise = if warmup > 0 { rise.as_str() } else { "" };
        let shift = if warmup > 0 && uses(&rate, "t") { shift.as_str() } else { "" };
        let (lines, value) = rate.rsplit_once('\n').unwrap_or(("", &rate));
        let body = joined(&[rise, shift, lines, &format!("return {value}")]);
        Some(format!("def schedule(lr, t):\n{}", indented(&body)))
    }
}
