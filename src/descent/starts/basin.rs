//! Which minimum a run has reached.

use super::super::loss::{Loss, newton_step};

/// Steps of Newton's method from where a run ended to the bottom; it doubles the
/// digits with each.
const STEPS: usize = 20;
/// As near as this, relative to its distance from the origin, is at the minimum.
const AT: f64 = 1e-6;

/// The place in `minima` of the minimum that Newton's method finds from `point`,
/// where a run with two parameters settled; none if it finds another point. A run
/// settles when its gradient is a thousandth of the largest: in a narrow valley
/// that is long before it is near its minimum, and the nearest in the list may be
/// that of another valley.
pub(super) fn of(loss: &dyn Loss, point: &[f64], minima: &[Vec<f64>]) -> Option<u16> {
    let &[mut x, mut y] = point else { return None };
    let (mut gradient, mut hessian) = ([0.0; 2], [0.0; 4]);
    for _ in 0..=STEPS {
        let is_at = |minimum: &Vec<f64>| {
            let &[a, b] = minimum.as_slice() else { return false };
            let distance = (x - a).abs().max((y - b).abs());
            distance <= AT * (1.0 + a.abs().max(b.abs()))
        };
        if let Some(place) = minima.iter().position(is_at) {
            return u16::try_from(place).ok();
        }
        loss.value_and_gradient(&[x, y], &mut gradient);
        if !loss.hessian(&[x, y], &mut hessian) {
            return None;
        }
        let [a, b, _, c] = hessian;
        let [dx, dy] = newton_step(gradient, [[a, b], [b, c]]);
        (x, y) = (x + dx, y + dy);
        let length = dx.abs().max(dy.abs());
        if length == 0.0 || length.is_nan() {
            return None;
        }
    }
    None
}
