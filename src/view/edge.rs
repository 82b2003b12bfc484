//! What the sharpness of a run is compared with.

use super::series::Series;
use crate::descent::optimizer::OptimizerRule;
use crate::descent::{Sharpness, Trajectory};
use crate::text::{figure, mark};

/// The lines beside the products of the selected run.
#[derive(Clone, Debug)]
pub struct EdgeLines {
    /// Where its rule's edge of stability lies at each step, and what it is called: the
    /// figure at the last; none where theory has none.
    pub edge: Option<(Series, String)>,
    /// λ_max itself; none where the line is that.
    pub largest: Option<Series>,
}

impl EdgeLines {
    /// Of a run with this rule and these knobs, for an axis to step `last` that is
    /// `columns` columns wide.
    #[must_use]
    pub fn of(
        (rule, knobs): (&OptimizerRule, &[f64]),
        (trajectory, sharpness): (&Trajectory, &Sharpness),
        last: usize,
        columns: usize,
    ) -> Self {
        let rates = trajectory.learning_rates();
        let at = |step: usize| rule.edge_at(knobs, step, rates[step.min(rates.len() - 1)]);
        let edge = at(last).map(|end| {
            let edge = |step| at(step).unwrap_or(f64::NAN);
            (Series::sampled(last, columns, edge), mark(end))
        });
        let positive = sharpness.largest.iter().map(|v| if v.is_finite() { *v } else { 0.0 });
        Self { edge, largest: Some(Series::of(positive, columns)) }
    }

    /// Beside λ_max itself: the same limit of the product, over the rate of each step.
    /// Source: Cohen et al., *Gradient Descent on Neural Networks Typically Occurs at the
    /// Edge of Stability* (2021).
    #[must_use]
    pub fn over_rate(
        (rule, knobs): (&OptimizerRule, &[f64]),
        trajectory: &Trajectory,
        last: usize,
        columns: usize,
    ) -> Self {
        let rates = trajectory.learning_rates();
        // No step leaves the last point.
        let most = rates.len().saturating_sub(2);
        let limit = |step: usize| rule.edge_at(knobs, step, rates[step.min(most)]);
        let edge = limit(last).map(|end| {
            let at = |step: usize| limit(step).unwrap_or(f64::NAN) / rates[step.min(most)];
            let name = format!("{}/η = {}", mark(end), figure(at(last), 3));
            (Series::sampled(last, columns, at), name)
        });
        Self { edge, largest: None }
    }
}
