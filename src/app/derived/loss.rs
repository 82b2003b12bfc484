//! What of a loss is worked out once.

use super::LossParts;
use crate::scenario::{Scaling, Scenario};
use crate::view::curve_window;

/// The loss of a scenario, ready for use.
pub(super) fn loss_parts(scenario: &Scenario) -> LossParts {
    let (rule, knobs) = (scenario.loss.rule, &scenario.setting());
    let loss = scenario.build_loss();
    let on_map = |point: &Vec<f64>| match point[..] {
        [x] => [x, loss.value(&[x])],
        [x, y, ..] => [x, y],
        [] => [0.0, 0.0],
    };
    let minima = (rule.minima)(knobs);
    let marks = minima.iter().map(on_map).collect();
    let own = (rule.window)(knobs);
    let [x0, x1, ..] = own;
    let window = if loss.dimension() == 1 { curve_window(loss.as_ref(), x0, x1) } else { own };
    let lowest = (rule.lowest)(knobs);
    let holds_out = loss.held_out_loss(&scenario.start).is_some();
    let charted_from = if holds_out { 0.0 } else { lowest };
    let scaling = Scaling::of(scenario, loss.as_ref());
    LossParts { loss, lowest, charted_from, minima, marks, window, scaling }
}
