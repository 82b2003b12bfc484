//! The loss of a script and its derivatives.

use super::template::{fill, indented, joined, uses};
use super::{PythonFlavour, Script};
use crate::descent::loss::Python;

/// The longest line that PEP 8 asks for.
const WIDTH: usize = 79;

/// With PyTorch's gradients, but not its optimizer, the update is NumPy's.
const AUTOGRAD: &str = "def J(theta):
    return loss(torch.tensor(theta)).item()


def dJ(theta):
    theta = torch.tensor(theta, requires_grad=True)
    loss(theta).backward()
    return theta.grad.numpy()";

const AUTOGRAD_TWICE: &str = "def hessian(theta):
    theta = torch.tensor(theta)
    return torch.autograd.functional.hessian(loss, theta).numpy()";

impl Script<'_> {
    /// The functions that the descent calls: the loss, its gradient, and its
    /// Hessian where the update asks for it.
    pub(super) fn loss_functions(&self) -> Vec<String> {
        let python = &self.scenario.loss.rule.python;
        let is_newton = uses(self.run.optimizer.rule.python.step, "hessian");
        let mut functions = Vec::new();
        match self.flavour {
            PythonFlavour::PyTorch => {
                let value = self.function("loss", python.value, "");
                functions.push(value.replace("np.", "torch."));
                if !self.uses_torch_optim() {
                    functions.push(AUTOGRAD.to_owned());
                    functions.extend(is_newton.then(|| AUTOGRAD_TWICE.to_owned()));
                }
            }
            PythonFlavour::NumPy => {
                functions.push(self.function("J", python.value, ""));
                functions.push(self.function("dJ", &array(python.gradient), ""));
                functions.extend(is_newton.then(|| self.hessian_function(python)));
            }
        }
        functions
    }

    fn hessian_function(&self, python: &Python) -> String {
        let (entries, matrix): (&[&str], _) = match python.hessian {
            [_] => (&["xx"], "np.array([[xx]])"),
            _ => (&["xx", "xy", "yy"], "np.array([[xx, xy], [xy, yy]])"),
        };
        let named = entries.iter().zip(python.hessian);
        let lines: Vec<String> = named.map(|(name, entry)| format!("{name} = {entry}")).collect();
        self.function("hessian", matrix, &lines.join("\n"))
    }

    /// A function of the parameters that returns `result` after `lines`, with
    /// what both use.
    fn function(&self, name: &str, result: &str, lines: &str) -> String {
        let rule = self.scenario.loss.rule;
        let mut body = joined(&[lines, &format!("return {result}")]);
        for (part, expression) in rule.python.parts.iter().rev() {
            if uses(&body, part) {
                body = format!("{part} = {expression}\n{body}");
            }
        }
        if self.dimension() == 1 {
            body = format!("x = theta[0]\n{body}");
        } else if uses(&body, "x") || uses(&body, "y") {
            body = format!("x, y = theta\n{body}");
        }
        let body = fill(&body, rule.knobs, &self.scenario.loss.knobs);
        format!("def {name}(theta):\n{}", indented(&body))
    }
}

/// An array of these numbers, one below the other where the line would be long.
fn array(numbers: &[&str]) -> String {
    let line = format!("np.array([{}])", numbers.join(", "));
    if line.len() + "    return ".len() <= WIDTH {
        return line;
    }
    format!("np.array([\n{},\n])", indented(&numbers.join(",\n")))
}
