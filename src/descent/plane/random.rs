//! A plane along two random directions.

use super::super::gradient::Noise;
use super::super::layers::Layer;
use super::super::trajectory::norm;
use super::{Plane, orthonormalize};

impl Plane {
    /// The plane through `origin` along two directions drawn from a seed. Each is normal
    /// in every weight; then every unit's row of weights is scaled to the length it has
    /// at `origin`, so that what rescaling a layer's weights does not change is not seen
    /// either, and all that is no weight stays. Without `layers` all numbers are weights
    /// of one row. Source: Li and others, *Visualizing the Loss Landscape of Neural Nets*
    /// (2018), section 4.
    #[must_use]
    pub fn of_random_directions(origin: &[f64], layers: &[Layer], seed: u64) -> Self {
        let mut noise = Noise::new(1.0, seed);
        let n = origin.len();
        let all = [Layer { weights: 0..n, biases: n..n, inputs: n, outputs: 1 }];
        let layers = if layers.is_empty() { &all[..] } else { layers };
        let mut axes = [(); 2].map(|()| direction(origin, layers, &mut noise));
        orthonormalize(&mut axes);
        Self { origin: origin.to_vec(), axes }
    }
}

/// One of the two before they are made to stand at right angles.
fn direction(origin: &[f64], layers: &[Layer], noise: &mut Noise) -> Vec<f64> {
    let mut drawn = vec![0.0; origin.len()];
    noise.add_to(&mut drawn);
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
    if norm(&scaled) > 0.0 { scaled } else { drawn }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "the same bits")]
mod tests {
    use super::super::dot;
    use super::*;

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
