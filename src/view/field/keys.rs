//! What stands between evenly spaced nodes.

/// Nodes that differ by more than this, in natural logarithms, stand on either side of a
/// cliff: eight decades.
const CLIFF: f64 = 18.0;

/// A place among nodes: the four next to it, from the first of them on, with what each
/// counts for.
pub(super) struct Place {
    first: usize,
    weights: [f64; 4],
    /// The same of a straight line between the two nearest.
    straight: [f64; 4],
}

impl Place {
    /// Of `at`, in spacings from the first of `count` nodes, four at least. The weights
    /// are Keys's (*Cubic convolution interpolation for digital image processing*, 1981),
    /// and beyond the ends his continuation: what is shown has no kinks at the nodes, and
    /// quadratics are exact.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "a hundred nodes"
    )]
    pub(super) fn of(at: f64, count: usize) -> Self {
        let cell = (at.max(0.0) as usize).min(count - 2);
        let s = at - cell as f64;
        let [a, b, c, d] = [
            s * (-0.5 + s * (1.0 - 0.5 * s)),
            1.0 + s * s * (-2.5 + 1.5 * s),
            s * (0.5 + s * (2.0 - 1.5 * s)),
            s * s * (-0.5 + 0.5 * s),
        ];
        let (near, far) = (1.0 - s, s);
        if cell == 0 {
            let weights = [b + 3.0 * a, c - 3.0 * a, d + a, 0.0];
            return Self { first: 0, weights, straight: [near, far, 0.0, 0.0] };
        }
        if cell + 2 == count {
            let weights = [0.0, a + d, b - 3.0 * d, c + 3.0 * d];
            return Self { first: count - 4, weights, straight: [0.0, 0.0, near, far] };
        }
        Self { first: cell - 1, weights: [a, b, c, d], straight: [0.0, near, far, 0.0] }
    }

    /// What stands there between `node`s.
    #[inline]
    pub(super) fn between(&self, node: impl Fn(usize) -> f64) -> f64 {
        let near: [f64; 4] = core::array::from_fn(|at| node(self.first + at));
        let low = near[0].min(near[1]).min(near[2].min(near[3]));
        let high = near[0].max(near[1]).max(near[2].max(near[3]));
        let weights = if high - low > CLIFF { &self.straight } else { &self.weights };
        let sum = weights[0] * near[0] + weights[1] * near[1];
        sum + (weights[2] * near[2] + weights[3] * near[3])
    }
}

/// What stands between `nodes` at each of `places`; nothing below 0.
pub(super) fn between(nodes: &[f64], places: &[Place], out: &mut [f64]) {
    for (out, place) in out.iter_mut().zip(places) {
        *out = place.between(|at| nodes[at]).max(0.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_met_and_quadratics_are_exact_to_the_ends() {
        for count in [4, 5, 9] {
            let f = |x: f64| 2.0 - 1.5 * x + 0.3 * x * x;
            let nodes: Vec<f64> = (0..count).map(|at| f(f64::from(at))).collect();
            for part in 0..=10 * (count - 1) {
                let at = 0.1 * f64::from(part);
                let place = Place::of(at, nodes.len());
                assert!((place.between(|at| nodes[at]) - f(at)).abs() < 1e-13, "{count}: {at}");
            }
        }
    }

    #[test]
    fn there_is_no_swing_beside_a_cliff() {
        let nodes = [0.0, 0.1, 0.2, 400.0, 460.0, 460.0];
        for part in 0..=50 {
            let place = Place::of(0.1 * f64::from(part), nodes.len());
            let value = place.between(|at| nodes[at]);
            assert!((0.0..=460.0).contains(&value), "{part}: {value}");
        }
    }
}
