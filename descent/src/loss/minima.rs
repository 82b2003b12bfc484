//! What a loss knows of its minima.

/// The minima of a loss as far as they are the same for every run.
#[derive(Clone, Debug, PartialEq)]
pub enum Minima {
    /// Every run goes to this point: the loss is convex and attains its infimum here.
    One(Vec<f64>),
    /// The infimum is not attained: the loss falls for ever, as with separable classes.
    None,
    /// There are several, or their places have no formula: the minimum that a run goes to
    /// is searched for from where it ends.
    Searched,
}
