//! The descent itself: the state before the first step, then step by step.

use super::Script;
use super::template::{fill, indented, joined, without_rounding};
use crate::descent::optimizer::RateRole;
use crate::descent::{DIVERGED_ABOVE, Precision};
use crate::scenario::{number_text, parameter_names};

/// Loss and gradient of a step.
const SLOPE: &str = "value, g = J(theta), dJ(theta)
norm = np.linalg.norm(g)";

/// The same by autograd, into the place where PyTorch's optimizer looks for it.
const SLOPE_OF_TORCH: &str = "optimizer.zero_grad()
value = loss(theta)
value.backward()
g = theta.grad
norm = torch.linalg.norm(g)";

/// The gradient over some of the samples, in the place of that over all.
const SOME_OF_TORCH: &str = "optimizer.zero_grad()
loss(theta, batch).backward()
g = theta.grad";

impl Script<'_> {
    /// Everything from the start to the last line printed.
    pub(super) fn descent(&self) -> String {
        let mut step = if self.uses_torch_optim() {
            self.step_of_torch()
        } else if self.chooses_its_rate() {
            self.step_with_its_own_rate()
        } else {
            self.step_with_the_rate()
        };
        if self.scenario.precision == Precision::F64 {
            step = without_rounding(&step);
        }
        let columns = parameter_names(self.dimension())
            .into_iter()
            .map(|name| ",".to_owned() + &name)
            .collect::<String>();
        format!(
            "{}\n\nprint(\"step,lr,loss,grad_norm{columns}\")\nfor t in range({}):\n{}{}",
            self.before(),
            self.scenario.steps + 1,
            indented(&step),
            self.average()
        )
    }

    pub(super) fn dimension(&self) -> usize {
        self.scenario.start.len()
    }

    /// Whether the rate of a step is known only after it.
    fn chooses_its_rate(&self) -> bool {
        self.run.optimizer.rule.rate != RateRole::EveryStep
    }

    /// Lines of the optimizer's with its knobs.
    fn of_optimizer(&self, text: &str) -> String {
        let optimizer = &self.run.optimizer;
        fill(text, optimizer.rule.knobs, &optimizer.knobs)
    }

    /// The line that sets the rate: before the first step where it stays the same,
    /// else in each step.
    fn rate_lines(&self) -> [String; 2] {
        let base = number_text(self.run.learning_rate);
        if self.following().is_some() {
            return [String::new(), String::new()];
        }
        match (self.has_constant_rate(), self.chooses_its_rate()) {
            (true, false) => [format!("lr = {base}"), String::new()],
            (true, true) => [String::new(), format!("lr = {base}")],
            (false, _) => [String::new(), format!("lr = schedule({base}, t)")],
        }
    }

    /// What the rate comes from, where it follows the loss.
    fn follower_state(&self) -> String {
        let Some(following) = self.following() else { return String::new() };
        if self.uses_torch_optim() {
            let call = self.of_schedule(following.torch);
            return format!("scheduler = torch.optim.lr_scheduler.{call}");
        }
        let class = following.class.trim_start_matches("class ").split(':').next();
        let base = number_text(self.run.learning_rate);
        format!("scheduler = {}({base})", class.unwrap_or_default())
    }

    /// The lines that set the rate when the loss of the step is known.
    fn followed_rate(&self) -> String {
        if self.following().is_none() {
            return String::new();
        }
        let (warmup, base) = (self.run.warmup, number_text(self.run.learning_rate));
        let observe = format!("if t > {warmup}:\n    scheduler.step(value)");
        let rise = format!(" * min(1, (t + 1) / {warmup})");
        let rise = if warmup > 0 { rise.as_str() } else { "" };
        if !self.uses_torch_optim() {
            return format!("{observe}\nlr = scheduler.lr{rise}");
        }
        let group = "optimizer.param_groups[0][\"lr\"]";
        let other =
            if warmup > 0 { format!("else:\n    {group} = {base}{rise}") } else { String::new() };
        joined(&[&observe, &other, &format!("lr = {group}")])
    }

    /// The projection of the parameters after a step; empty where they are free.
    fn projection(&self) -> String {
        let Some(constraint) = &self.run.constraint else { return String::new() };
        let rule = constraint.rule;
        let text = fill(rule.python, rule.knobs, &constraint.knobs);
        let loss = self.scenario.build_loss();
        let in_place = text.replace("W = ", "W[...] = ");
        let on_layers = loss.layered().map(|layered| {
            let has_bias = layered.layers().iter().any(|layer| !layer.biases.is_empty());
            let names = if has_bias { "W, b" } else { "W" };
            format!("for {names} in unpacked(theta):\n{}", indented(&in_place))
        });
        if self.uses_torch_optim() {
            let text = on_layers.unwrap_or_else(|| in_place.replace('W', "theta"));
            return format!("with torch.no_grad():\n{}", indented(&text.replace("np.", "torch.")));
        }
        let (plain, text) = match on_layers {
            // A copy: the layers are changed in place.
            Some(text) => ("theta = np.array(theta)", text),
            None => ("theta = np.asarray(theta)", text.replace('W', "theta")),
        };
        joined(&[plain, &text, "theta = rounded(theta)"])
    }

    /// θ at step 0 and the state of everything that has one.
    fn before(&self) -> String {
        let python = &self.run.optimizer.rule.python;
        let start = self.start();
        let [rate, _] = self.rate_lines();
        let has_noise = self.scenario.noise > 0.0;
        let noise = if has_noise { self.noise_state() } else { String::new() };
        let (theta, state) = if self.uses_torch_optim() {
            let theta = format!("torch.tensor({start}, dtype=float, requires_grad=True)");
            (theta, self.torch_optimizer(python.torch))
        } else if self.scenario.precision == Precision::F64 {
            (format!("np.array({start}, dtype=float)"), self.of_optimizer(python.state))
        } else {
            (format!("rounded({start})"), self.of_optimizer(python.state))
        };
        // Without it some rules keep scalars of their state in single precision.
        let all_double = "torch.set_default_dtype(torch.float64)";
        let all_double = if self.uses_torch_optim() { all_double } else { "" };
        let samples = self.samples_state();
        let theta = format!("theta = {theta}");
        let points = if self.run.average > 0.0 { "points = []" } else { "" };
        let follower = self.follower_state();
        joined(&[all_double, &rate, &noise, &samples, &theta, &state, &follower, points])
    }

    /// θ at step 0: its numbers, or the call of what draws them.
    fn start(&self) -> String {
        if self.draws().is_some() {
            return "initial_parameters()".to_owned();
        }
        let numbers: Vec<String> = self.scenario.start.iter().copied().map(number_text).collect();
        format!("[{}]", numbers.join(", "))
    }

    /// `text`, which hands parameters on to `print`, where they are printed.
    fn printed(&self, text: &'static str) -> &'static str {
        if self.scenario.may_choose_start() { text } else { "" }
    }

    fn noise_state(&self) -> String {
        format!("noise = normals({})", self.scenario.seed)
    }

    fn torch_optimizer(&self, call: &str) -> String {
        let call = self.of_optimizer(call).replacen('(', "([theta], ", 1);
        if self.has_constant_rate() {
            return format!("optimizer = torch.optim.{call}");
        }
        // `lr` is not there yet; the schedule sets it before every step.
        let base = format!("lr={}", number_text(self.run.learning_rate));
        format!("optimizer = torch.optim.{}", call.replace("lr=lr", &base))
    }

    /// Whether a number has left the range in which a run goes on; NaN has, too.
    fn has_diverged(&self) -> &'static str {
        match (self.scenario.may_choose_start(), self.uses_torch_optim()) {
            (true, _) => "not all(abs(n) <= bound for n in (value, *theta, *g))",
            (false, true) => "not all(abs(n).max() <= bound for n in (value, theta, g))",
            (false, false) => "not all(np.abs(n).max() <= bound for n in (value, theta, g))",
        }
    }

    /// Whether a stop rule is met; empty without one.
    fn stop_rules(&self) -> String {
        let stop = self.scenario.stop;
        let limits = [("value", stop.loss), ("norm", stop.gradient)];
        let rules = limits.into_iter().filter_map(|(name, limit)| Some((name, limit?)));
        let rules = rules.map(|(name, limit)| format!("{name} <= {}", number_text(limit)));
        rules.collect::<Vec<_>>().join(" or ")
    }

    /// The end of a run whose line is printed already.
    fn breaks(&self) -> String {
        let clear = if self.run.average > 0.0 { "    points.clear()\n" } else { "" };
        let diverged =
            format!("{}\nif {}:\n{clear}    break  # diverged", bound(), self.has_diverged());
        match self.stop_rules().as_str() {
            "" => diverged,
            rules => format!("{diverged}\nif {rules}:\n    break"),
        }
    }

    /// What happens to the gradient on its way to the optimizer.
    fn preparation(&self) -> String {
        let mut lines = Vec::new();
        if let Some(batch) = self.batch() {
            let slope =
                if self.uses_torch_optim() { SOME_OF_TORCH } else { "g = dJ(theta, batch)" };
            lines.extend([batch, slope.to_owned()]);
        }
        if self.run.ascent {
            lines.push("g = -g  # the wrong sign".to_owned());
        }
        lines.push("g = rounded(g)".to_owned());
        if self.scenario.noise > 0.0 {
            let (range, sigma) = (self.dimension(), number_text(self.scenario.noise));
            lines.push(format!("for i in range({range}):\n    g[i] += {sigma} * next(noise)"));
            lines.push("g = rounded(g)".to_owned());
        }
        if let Some(clip) = &self.run.clip {
            // Rounded is what clipping leaves, not each of its operations.
            lines.push("g = np.asarray(g)".to_owned());
            lines.push(fill(clip.rule.python, clip.rule.knobs, &clip.knobs));
            lines.push("g = rounded(g)".to_owned());
        }
        let lines = lines.join("\n");
        lines.replace("g = rounded(g)\ng = np.asarray(g)", "g = np.asarray(rounded(g))")
    }

    /// `line`, where the points are averaged in the end.
    fn keeps(&self, line: &'static str) -> &'static str {
        if self.run.average > 0.0 { line } else { "" }
    }

    /// The row of the average, which has neither rate nor gradient; none of a run that
    /// diverged.
    fn average(&self) -> String {
        if self.run.average <= 0.0 {
            return String::new();
        }
        let share = number_text(self.run.average);
        let loss = if self.uses_torch_optim() { "loss(mean).item()" } else { "J(mean)" };
        format!(
            "\n\nif points:  # Polyak and Juditsky's average of the last ones\n    begin = len(points) - 1 - int({share} * (len(points) - 1))\n    mean = sum(points[begin:]) / len(points[begin:])\n    print(\"average\", \"\", {loss}, \"\"{}, sep=\",\")",
            self.printed(", *mean.tolist()")
        )
    }

    fn step_of_torch(&self) -> String {
        let [_, rate] = self.rate_lines();
        let set_rate = if rate.is_empty() { "" } else { "optimizer.param_groups[0][\"lr\"] = lr" };
        let theta = self.printed(", *theta.tolist()");
        let print = format!("print(t, lr, value.item(), norm.item(){theta}, sep=\",\")");
        let preparation = without_rounding(&self.preparation()).replace("np.", "torch.");
        let is_another = self.run.clip.is_some() || self.run.ascent;
        let hand_over = if is_another { "theta.grad = g" } else { "" };
        joined(&[
            &rate,
            set_rate,
            SLOPE_OF_TORCH,
            &self.followed_rate(),
            &print,
            self.keeps("points.append(theta.detach().clone())"),
            &self.breaks(),
            &preparation,
            hand_over,
            "optimizer.step()",
            &self.projection(),
        ])
    }

    fn step_with_the_rate(&self) -> String {
        let [_, rate] = self.rate_lines();
        let print = format!("print(t, lr, value, norm{}, sep=\",\")", self.printed(", *theta"));
        let update = self.of_optimizer(self.run.optimizer.rule.python.step);
        let keep = self.keeps("points.append(np.array(theta))");
        let followed = self.followed_rate();
        let before = [&rate, SLOPE, &followed, &print, keep, &self.breaks()];
        joined(&[&joined(&before), &self.preparation(), &update, &self.projection()])
    }

    /// The line of a step is printed when its rate is known.
    fn step_with_its_own_rate(&self) -> String {
        let [_, rate] = self.rate_lines();
        let diverged = self.has_diverged();
        let mut end = format!("t == {}", self.scenario.steps);
        let stop_rules = self.stop_rules();
        if !stop_rules.is_empty() {
            end = format!("{end} or {stop_rules}");
        }
        let update = self.of_optimizer(self.run.optimizer.rule.python.step);
        let update = indented(&joined(&[&self.preparation(), &update, &self.projection()]));
        let keep = self.keeps("points.append(np.array(theta))");
        let clear = if keep.is_empty() { "" } else { "if ended:\n    points.clear()" };
        let diverged = joined(&[keep, &bound(), &format!("ended = {diverged}"), clear]);
        format!(
            "{}\npoint = theta\n{diverged}\nended = ended or {end}\nif not ended:\n{update}\nprint(t, lr, value, norm{}, sep=\",\")\nif ended:\n    break",
            joined(&[&rate, SLOPE, &self.followed_rate()]),
            self.printed(", *point")
        )
    }
}

/// The lines that set the bound beyond which a run has diverged.
fn bound() -> String {
    format!(
        "if t == 0:\n    bound = {DIVERGED_ABOVE:e} * max(1, abs(value), norm, abs(theta).max())\n    bound = min(bound, {:e})",
        f64::MAX
    )
}
