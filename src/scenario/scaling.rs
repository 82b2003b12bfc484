//! What standardizing the columns does to a loss: how badly conditioned it is, and the
//! largest stable rate, without and with it.

use super::Scenario;
use crate::descent::Curvature;
use crate::descent::loss::{Loss, Setting};

/// How a loss curves, without and with standardized columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaling {
    /// Without and with.
    pub conditions: [Condition; 2],
    /// Whether the columns are standardized.
    pub is_standardized: bool,
}

/// What a Hessian says of plain descent: its rate of convergence is ruled by the
/// condition number, its stability by λ_max. Source: Nocedal & Wright, *Numerical
/// Optimization*, 2nd edition, theorem 3.3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Condition {
    /// κ = λ_max/λ_min; none where rounding leaves nothing of λ_min.
    pub number: Option<f64>,
    /// 2/λ_max, the largest stable rate.
    pub limit: f64,
}

/// Above this nothing is known of λ_min but rounding errors.
const MOST: f64 = 1e14;

impl Condition {
    /// None where the loss has no curvature of its own.
    fn of(curvature: &Curvature) -> Option<Self> {
        let number = curvature.max / curvature.min;
        let number = (number > 0.0 && number < MOST).then_some(number);
        curvature.limit().map(|limit| Self { number, limit })
    }
}

impl Scaling {
    /// Of the loss of `scenario`, which is `loss`; none where nothing can be
    /// standardized, and where one of the two does not curve or has too many
    /// parameters.
    #[must_use]
    pub fn of(scenario: &Scenario, loss: &dyn Loss) -> Option<Self> {
        let rule = scenario.loss.rule;
        let place = rule.knobs.iter().position(|knob| knob.key == "standardize")?;
        let setting = scenario.setting();
        let is_standardized = setting[place] > 0.0;
        let mut other = setting.clone();
        other.knobs[place] = if is_standardized { 0.0 } else { 1.0 };
        // Where it curves differently from place to place the minimum counts.
        let condition = |setting: &Setting, loss: &dyn Loss| {
            let is_constant = (rule.has_constant_hessian)(setting);
            let minimum = if is_constant { None } else { (rule.minima)(setting).pop() };
            let at = minimum.unwrap_or_else(|| (rule.start)(setting));
            loss.curvature(&at).as_ref().and_then(Condition::of)
        };
        let here = condition(&setting, loss)?;
        let there = condition(&other, (rule.build)(&other).as_ref())?;
        let conditions = if is_standardized { [there, here] } else { [here, there] };
        Some(Self { conditions, is_standardized })
    }
}
