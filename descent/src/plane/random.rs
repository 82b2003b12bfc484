//! A plane along two random directions.

use super::super::gradient::Noise;
use super::super::layers::Layer;
use super::{norm, orthonormalize};

/// So many numbers are drawn between two looks at the clock.
const STRETCH: usize = 4096;

/// The drawing of the two.
pub(super) struct Drawing {
    noise: Noise,
    layers: Vec<Layer>,
    /// As far as they are drawn; the second is drawn after the first.
    drawn: [Vec<f64>; 2],
}

impl Drawing {
    pub(super) fn new(n: usize, layers: &[Layer], seed: u64) -> Self {
        let all = Layer { weights: 0..n, biases: n..n, inputs: n, outputs: 1 };
        let layers = if layers.is_empty() { vec![all] } else { layers.to_vec() };
        let drawn = [const { Vec::new() }; 2];
        Self { noise: Noise::new(1.0, seed), layers, drawn }
    }

    pub(super) fn advance(
        &mut self,
        origin: &[f64],
        is_time_up: &mut dyn FnMut() -> bool,
    ) -> Option<[Vec<f64>; 2]> {
        for drawn in &mut self.drawn {
            while drawn.len() < origin.len() {
                let known = drawn.len();
                drawn.resize((known + STRETCH).min(origin.len()), 0.0);
                self.noise.add_to(&mut drawn[known..]);
                if is_time_up() {
                    return None;
                }
            }
        }
        let mut axes = core::mem::take(&mut self.drawn);
        for axis in &mut axes {
            scale(axis, origin, &self.layers);
        }
        orthonormalize(&mut axes);
        Some(axes)
    }
}

/// Scales a direction to the weights at `origin`.
fn scale(drawn: &mut Vec<f64>, origin: &[f64], layers: &[Layer]) {
    let mut scaled = vec![0.0; origin.len()];
    for Layer { weights, inputs, .. } in layers {
        for first in weights.clone().step_by((*inputs).max(1)) {
            let row = first..(first + inputs).min(weights.end);
            let (size, own) = (norm(&drawn[row.clone()]), norm(&origin[row.clone()]));
            let factor = if size > 0.0 { own / size } else { 0.0 };
            let numbers = scaled[row.clone()].iter_mut().zip(&drawn[row]);
            numbers.for_each(|(scaled, drawn)| *scaled = factor * drawn);
        }
    }
    // Where all weights are 0 there are no lengths to be scaled to.
    if norm(&scaled) > 0.0 {
        *drawn = scaled;
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the same bits")]
mod tests {
    use super::super::{Plane, dot};
    use super::*;

    /// One of the two before they are made to stand at right angles.
    fn direction(origin: &[f64], layers: &[Layer], noise: &mut Noise) -> Vec<f64> {
        let mut drawn = vec![0.0; origin.len()];
        noise.add_to(&mut drawn);
        scale(&mut drawn, origin, layers);
        drawn
    }

    /// Two layers with biases, 3 → 2 → 1, and weights of very different sizes.
    fn network() -> (Vec<f64>, Vec<Layer>) {
        let theta = vec![1.0, 2.0, 2.0, 30.0, 40.0, 0.0, 7.0, 8.0, 0.3, -0.4, 9.0];
        let hidden = Layer { weights: 0..6, biases: 6..8, inputs: 3, outputs: 2 };
        let last = Layer { weights: 8..10, biases: 10..11, inputs: 2, outputs: 1 };
        (theta, vec![hidden, last])
    }

    #[test]
    fn every_row_has_the_length_of_the_weights_and_biases_stay() {
        let (theta, layers) = network();
        for seed in 0..20 {
            let drawn = direction(&theta, &layers, &mut Noise::new(1.0, seed));
            for (row, length) in [(0..3, 3.0), (3..6, 50.0), (8..10, 0.5)] {
                assert!((norm(&drawn[row]) / length - 1.0).abs() < 1e-14);
            }
            assert_eq!([drawn[6], drawn[7], drawn[10]], [0.0; 3]);
        }
    }

    #[test]
    fn random_directions_stand_at_right_angles_and_depend_on_the_seed_alone() {
        let (theta, layers) = network();
        let of = |seed| Plane::of_random_directions(&theta, &layers, seed);
        for seed in 0..20 {
            let plane = of(seed);
            let [x, y] = plane.axes();
            assert!((norm(x) - 1.0).abs() < 1e-14 && (norm(y) - 1.0).abs() < 1e-14);
            assert!(dot(x, y).abs() < 1e-14);
            assert_eq!(plane, of(seed));
            assert_ne!(plane.axes()[0], of(seed + 1).axes()[0]);
            assert_eq!(plane.coordinates(&theta), [0.0, 0.0]);
        }
    }

    #[test]
    fn without_layers_or_weights_there_is_a_plane_all_the_same() {
        let (_, layers) = network();
        for (origin, layers) in [(vec![0.0; 11], &layers[..]), (vec![2.0; 5], &[])] {
            let plane = Plane::of_random_directions(&origin, layers, 3);
            let [x, y] = plane.axes();
            assert!((norm(x) - 1.0).abs() < 1e-14 && (norm(y) - 1.0).abs() < 1e-14);
            assert!(dot(x, y).abs() < 1e-14 && x.iter().all(|v| *v != 0.0));
        }
    }
}
