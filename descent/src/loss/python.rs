//! Losses in Python, for 'Copy as Python'.

use super::Setting;

/// How a loss is written in Python: expressions in the parameters `x` and `y`, also
/// as the array `theta`, with `{knob}` for a knob's value. Functions of arrays are
/// NumPy's, `np.exp`, and only those that PyTorch calls by the same name: there the
/// gradient comes from the value by autograd.
#[derive(Debug)]
pub enum Python {
    /// The same expressions whatever the knobs.
    Formula {
        /// Names for what stands in the expressions, each of those before it. A
        /// function of a script gets those that it needs.
        parts: &'static [(&'static str, &'static str)],
        /// J(θ).
        value: &'static str,
        /// The components of ∇J(θ).
        gradient: &'static [&'static str],
        /// The matrix of second derivatives without what is below its diagonal,
        /// row by row: xx, xy, yy.
        hessian: &'static [&'static str],
    },
    /// What it is for these values of the knobs.
    OnData(fn(&Setting) -> PythonLines),
}

/// A loss in Python for some values of its knobs, as in [`Python::Formula`], and
/// its data.
#[derive(Debug, Default)]
pub struct PythonLines {
    /// The columns of the samples. In the expressions `[batch]` stands behind the
    /// name of each, where only some of its samples may be asked for.
    pub columns: Vec<(&'static str, Vec<f64>)>,
    /// Those of them that are brought to mean 0 and standard deviation 1.
    pub standardized: Vec<&'static str>,
    /// Functions that the expressions call: those of J, then those of its gradient.
    /// `np.erf`, which NumPy lacks, stands for PyTorch's.
    pub functions: [Vec<String>; 2],
    /// The function `initial_parameters` of θ at step 0, in NumPy, of a loss that draws it
    /// with `normals`.
    pub draws: Option<String>,
    /// Names for what stands in the expressions.
    pub parts: Vec<(&'static str, String)>,
    /// J(θ).
    pub value: String,
    /// The components of ∇J(θ); of more than one parameter all of it may be one
    /// expression in `theta`.
    pub gradient: Vec<String>,
    /// Second derivatives: xx, xy, yy; or all of the matrix as one expression; none where
    /// there are too many parameters.
    pub hessian: Vec<String>,
}

impl Python {
    /// The lines for these values of the knobs.
    #[must_use]
    pub fn lines(&self, setting: &Setting) -> PythonLines {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        match self {
            Self::Formula { parts, value, gradient, hessian } => PythonLines {
                parts: parts.iter().map(|&(name, text)| (name, text.to_owned())).collect(),
                value: (*value).to_owned(),
                gradient: owned(gradient),
                hessian: owned(hessian),
                ..PythonLines::default()
            },
            Self::OnData(lines) => lines(setting),
        }
    }
}
