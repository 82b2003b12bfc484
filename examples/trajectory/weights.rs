//! A network by its layers, as JSON.

use std::io::{self, Write};

use descent_lab::descent::loss::{Loss, Whole};
use descent_lab::descent::{Layer, Trajectory};
use descent_lab::scenario::{Choice, Listed, Scenario, encode, knob_text, number_text};

/// Prints the initial weights and every step of every run; none where the loss has no
/// layers.
pub(super) fn print(out: &mut impl Write, scenario: &Scenario) -> Option<io::Result<()>> {
    let loss = scenario.build_loss();
    let layers = loss.layered()?.layers();
    Some(print_all(out, scenario, loss.as_ref(), layers))
}

fn print_all(
    out: &mut impl Write,
    scenario: &Scenario,
    loss: &dyn Loss,
    layers: &[Layer],
) -> io::Result<()> {
    writeln!(out, "{{\n\"link\": \"{}\",", encode(scenario))?;
    writeln!(out, "\"loss\": {},", choice(&scenario.loss, ""))?;
    let samples = loss.data();
    let columns = samples.iter().flat_map(|samples| samples.columns());
    let columns: Vec<String> = columns.map(|column| numbers(&column.numbers)).collect();
    writeln!(out, "\"samples\": [\n{}\n],", columns.join(",\n"))?;
    writeln!(out, "\"initial\": {},", by_layer(layers, &scenario.start))?;
    writeln!(out, "\"runs\": [")?;
    for (index, run) in scenario.runs.iter().enumerate() {
        let trajectory = scenario.descend(run, &Whole(loss));
        let rate = format!(", \"lr\": {}", number(run.learning_rate));
        writeln!(out, "{{\n\"run\": {},\n\"steps\": [", choice(&run.optimizer, &rate))?;
        print_steps(out, layers, &trajectory)?;
        writeln!(out, "]\n}}{}", comma(index, scenario.runs.len()))?;
    }
    writeln!(out, "]\n}}")?;
    out.flush()
}

fn print_steps(out: &mut impl Write, layers: &[Layer], trajectory: &Trajectory) -> io::Result<()> {
    for step in 0..=trajectory.steps() {
        let rate = number(trajectory.learning_rates()[step]);
        let loss = number(trajectory.losses()[step]);
        let gradient = by_layer(layers, trajectory.gradient(step).unwrap_or_default());
        let end = comma(step, trajectory.steps() + 1);
        writeln!(
            out,
            "{{\"step\": {step}, \"lr\": {rate}, \"loss\": {loss}, \"gradient\": {gradient}}}{end}"
        )?;
    }
    Ok(())
}

/// A comma behind all but the last.
fn comma(index: usize, count: usize) -> &'static str {
    if index + 1 < count { "," } else { "" }
}

/// A rule's key with the values of its knobs, a name or a number each.
fn choice<R: Listed>(choice: &Choice<R>, more: &str) -> String {
    let knobs = choice.rule.knobs().iter().zip(&choice.knobs).map(|(knob, value)| {
        let text = knob_text(knob, *value);
        let is_name = knob.names().is_some() && text.parse::<f64>().is_err();
        let text = if is_name { format!("\"{text}\"") } else { text };
        format!(", \"{}\": {text}", knob.key)
    });
    let knobs: String = knobs.collect();
    format!("{{\"key\": \"{}\"{more}{knobs}}}", choice.rule.key())
}

/// Numbers of as many parameters, layer by layer.
fn by_layer(layers: &[Layer], parameters: &[f64]) -> String {
    let layers = layers.iter().map(|layer| {
        let rows = parameters[layer.weights.clone()].chunks(layer.inputs).map(numbers);
        let rows: Vec<String> = rows.collect();
        let biases = numbers(&parameters[layer.biases.clone()]);
        format!("{{\"weights\": [{}], \"biases\": {biases}}}", rows.join(", "))
    });
    format!("[{}]", layers.collect::<Vec<_>>().join(", "))
}

fn numbers(numbers: &[f64]) -> String {
    let texts: Vec<String> = numbers.iter().map(|value| number(*value)).collect();
    format!("[{}]", texts.join(", "))
}

/// As JSON writes it.
fn number(value: f64) -> String {
    if value.is_finite() { number_text(value) } else { "null".to_owned() }
}
