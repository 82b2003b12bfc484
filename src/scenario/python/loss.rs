//! The loss of a script and its derivatives.

use super::super::value::number_text;
use super::template::{fill, indented, joined, uses};
use super::{PythonFlavour, Script};
use crate::descent::Precision;
use crate::descent::data::varies;
use crate::descent::loss::PythonLines;

/// The longest line that PEP 8 asks for.
const WIDTH: usize = 79;

/// With PyTorch's gradients, but not its optimizer, the update is NumPy's.
const AUTOGRAD: &str = "def J(theta):
    return loss(torch.tensor(theta)).item()


def dJ(theta[batch]):
    theta = torch.tensor(theta, requires_grad=True)
    loss(theta[batch]).backward()
    return theta.grad.numpy()";

/// The samples that a function is asked for, where it is not always all of them.
const SOME_SAMPLES: &str = ", batch=slice(None)";

const AUTOGRAD_TWICE: &str = "def hessian(theta):
    theta = torch.tensor(theta)
    return torch.autograd.functional.hessian(loss, theta).numpy()";

/// What damped Newton takes for no curvature at all.
const NO_HESSIAN: &str = "def hessian(theta):
    return np.zeros((1, 1))  # too many parameters: the step is along -g";

impl Script<'_> {
    fn loss_lines(&self) -> PythonLines {
        let loss = &self.scenario.loss;
        loss.rule.python.lines(&self.scenario.setting())
    }

    /// The samples of a loss on data; nothing for another.
    pub(super) fn data(&self) -> Option<String> {
        let lines = self.loss_lines();
        let array = match self.flavour {
            PythonFlavour::PyTorch => "torch.tensor",
            PythonFlavour::NumPy => "np.array",
        };
        let written = lines.columns.iter().map(|(name, column)| {
            let numbers: Vec<String> = column.iter().copied().map(number_text).collect();
            let numbers = indented(&filled(&numbers));
            format!("{name} = {array}(\n    [\n{}\n    ],\n    dtype=float,\n)", indented(&numbers))
        });
        let constant = |name: &str| {
            lines.columns.iter().any(|(column, numbers)| *column == name && !varies(numbers))
        };
        let scaled = lines.standardized.iter().map(|name| {
            if constant(name) {
                return format!(
                    "{name} = {name} - {name}[0]  # constant: no deviation to divide by"
                );
            }
            format!(
                "{name} = {name} - {name}.mean()\n{name} = {name} / ({name} * {name}).mean() ** 0.5"
            )
        });
        let all: Vec<String> = written.chain(scaled).collect();
        (!all.is_empty()).then(|| all.join("\n"))
    }

    /// The functions that the descent calls: the loss, its gradient, and its
    /// Hessian where the update asks for it.
    pub(super) fn loss_functions(&self) -> Vec<String> {
        let python = &self.loss_lines();
        let mut functions = self.called(&python.functions);
        let is_newton = uses(self.run.optimizer.rule.python.step, "hessian");
        match self.flavour {
            PythonFlavour::PyTorch => {
                let value = self.function("loss", &python.value, "");
                functions.push(value.replace("np.", "torch."));
                if !self.uses_torch_optim() {
                    functions.push(self.autograd());
                    let twice = || {
                        let is_known = !python.hessian.is_empty();
                        if is_known { AUTOGRAD_TWICE } else { NO_HESSIAN }.to_owned()
                    };
                    functions.extend(is_newton.then(twice));
                }
            }
            PythonFlavour::NumPy => {
                functions.push(self.function("J", &python.value, ""));
                functions.push(self.function("dJ", &self.vector(&python.gradient), ""));
                functions.extend(is_newton.then(|| self.hessian_function(python)));
            }
        }
        functions
    }

    /// The functions that the loss and, in NumPy, its gradient call.
    fn called(&self, [of_value, of_gradient]: &[Vec<String>; 2]) -> Vec<String> {
        match self.flavour {
            PythonFlavour::PyTorch => {
                of_value.iter().map(|text| text.replace("np.", "torch.")).collect()
            }
            PythonFlavour::NumPy => {
                let all = of_value.iter().chain(of_gradient);
                all.map(|text| text.replace("np.erf", "np.vectorize(math.erf)")).collect()
            }
        }
    }

    /// The function that draws θ of step 0, where it is not written out.
    pub(super) fn draws(&self) -> Option<String> {
        let loss = &self.scenario.loss;
        let draws = self.loss_lines().draws.filter(|_| !self.scenario.may_choose_start());
        draws.map(|text| fill(&text, loss.rule.knobs, &loss.knobs))
    }

    /// With the samples handed on where a batch is asked for.
    fn autograd(&self) -> String {
        let has_batch = !self.scenario.batch_plan(self.run).is_full();
        let [asked, handed] = if has_batch { [SOME_SAMPLES, ", batch"] } else { [""; 2] };
        AUTOGRAD.replacen("[batch]", asked, 1).replacen("[batch]", handed, 1)
    }

    fn hessian_function(&self, python: &PythonLines) -> String {
        if python.hessian.is_empty() {
            return NO_HESSIAN.to_owned();
        }
        let (entries, matrix): (&[&str], _) = match python.hessian[..] {
            [_] if self.dimension() == 1 => (&["xx"], "np.array([[xx]])"),
            [_] => (&["H"], "H"),
            _ => (&["xx", "xy", "yy"], "np.array([[xx, xy], [xy, yy]])"),
        };
        let named = entries.iter().zip(&python.hessian);
        let lines: Vec<String> = named.map(|(name, entry)| format!("{name} = {entry}")).collect();
        self.function("hessian", matrix, &lines.join("\n"))
    }

    /// ∇J from its components, or from the one expression that is all of it.
    fn vector(&self, components: &[String]) -> String {
        match components {
            [whole] if self.dimension() > 1 => whole.clone(),
            _ => array(components),
        }
    }

    /// A function of the parameters that returns `result` after `lines`, with
    /// what both use.
    fn function(&self, name: &str, result: &str, lines: &str) -> String {
        let rule = self.scenario.loss.rule;
        let mut body = joined(&[lines, &format!("return {result}")]);
        for (part, expression) in self.loss_lines().parts.iter().rev() {
            if uses(&body, part) {
                body = format!("{part} = {expression}\n{body}");
            }
        }
        let rounds =
            self.flavour == PythonFlavour::NumPy && self.scenario.precision != Precision::F64;
        let is_array = uses(&body, "theta");
        if uses(&body, "x") || uses(&body, "y") {
            let names = if self.dimension() == 1 { "x = theta[0]" } else { "x, y = theta" };
            body = format!("{names}\n{body}");
        }
        if is_array && rounds {
            // The loss itself is computed in double precision.
            body = format!("theta = np.asarray(theta)\n{body}");
        }
        let mut body = fill(&body, rule.knobs, &self.scenario.loss.knobs);
        let mut samples = SOME_SAMPLES;
        if self.scenario.batch_plan(self.run).is_full()
            || !body.contains("[batch]")
            || name == "hessian"
        {
            body = body.replace("[batch]", "");
            samples = "";
        }
        format!("def {name}(theta{samples}):\n{}", indented(&body))
    }
}

/// Numbers with commas, as many in a line as leave room for eight spaces before it.
fn filled(numbers: &[String]) -> String {
    let mut text = String::new();
    let mut length = 0;
    for number in numbers {
        if length > 0 && length + number.len() + 2 > WIDTH - 8 {
            text.push('\n');
            length = 0;
        } else if length > 0 {
            text.push(' ');
            length += 1;
        }
        text.push_str(number);
        text.push(',');
        length += number.len() + 1;
    }
    text
}

/// An array of these numbers, one below the other where the line would be long.
fn array(numbers: &[String]) -> String {
    let line = format!("np.array([{}])", numbers.join(", "));
    if line.len() + "    return ".len() <= WIDTH {
        return line;
    }
    format!("np.array([\n{},\n])", indented(&numbers.join(",\n")))
}
