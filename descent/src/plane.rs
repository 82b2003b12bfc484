//! A plane through the space of more than two parameters: what the map of such a loss
//! shows.

mod ends;
mod making;
mod principal;
mod random;
mod way;

pub use making::PlaneMaking;
pub use way::Way;

use crate::linalg::lanes::{dot, norm, sum_of};

/// The points `origin + a·u + b·v`, with u and v at right angles and of length 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    origin: Vec<f64>,
    axes: [Vec<f64>; 2],
}

impl Plane {
    /// The plane of two of the parameters, the others being as they are at `point`: its
    /// coordinates are the two parameters themselves.
    #[must_use]
    pub fn of_parameters(point: &[f64], parameters: [usize; 2]) -> Self {
        let mut origin = point.to_vec();
        let axes = parameters.map(|parameter| {
            let mut axis = vec![0.0; point.len()];
            if let Some(one) = axis.get_mut(parameter) {
                *one = 1.0;
                origin[parameter] = 0.0;
            }
            axis
        });
        Self { origin, axes }
    }

    /// The point with the coordinates 0 and 0.
    #[must_use]
    pub fn origin(&self) -> &[f64] {
        &self.origin
    }

    /// The two directions.
    #[must_use]
    pub fn axes(&self) -> &[Vec<f64>; 2] {
        &self.axes
    }

    /// Writes the point with these coordinates to `theta`.
    pub fn point(&self, [a, b]: [f64; 2], theta: &mut [f64]) {
        let axes = self.axes[0].iter().zip(&self.axes[1]);
        for ((parameter, origin), (u, v)) in theta.iter_mut().zip(&self.origin).zip(axes) {
            *parameter = origin + a * u + b * v;
        }
    }

    /// Moves `theta` by so much along the two directions; of a component that stays, not
    /// a bit changes.
    pub fn shift(&self, [a, b]: [f64; 2], theta: &mut [f64]) {
        for (parameter, (u, v)) in theta.iter_mut().zip(self.axes[0].iter().zip(&self.axes[1])) {
            *parameter += a * u + b * v;
        }
    }

    /// The coordinates of the point of the plane that is nearest to `theta`.
    #[must_use]
    pub fn coordinates(&self, theta: &[f64]) -> [f64; 2] {
        self.axes.each_ref().map(|axis| sum_of(axis, [theta, &self.origin], |u, t, o| u * (t - o)))
    }

    /// The two components of a vector that lie in the plane.
    #[must_use]
    pub fn along(&self, vector: &[f64]) -> [f64; 2] {
        [dot(&self.axes[0], vector), dot(&self.axes[1], vector)]
    }

    /// How far `theta` is from the plane.
    #[must_use]
    pub fn distance(&self, theta: &[f64]) -> f64 {
        let mut nearest = vec![0.0; theta.len()];
        self.point(self.coordinates(theta), &mut nearest);
        let aside: Vec<f64> = theta.iter().zip(&nearest).map(|(t, n)| t - n).collect();
        norm(&aside)
    }
}

/// Turns an axis around where it leads away from `vector`.
fn turn_towards(vector: &[f64], axis: &mut [f64]) {
    if dot(vector, axis) < 0.0 {
        for component in axis {
            *component = -*component;
        }
    }
}

/// Leaves of `vector` what is at right angles to `unit`, which has length 1.
fn take_away(vector: &mut [f64], unit: &[f64]) {
    let along = dot(unit, vector);
    vector.iter_mut().zip(unit).for_each(|(component, unit)| *component -= along * unit);
}

/// Makes two directions into two of length 1 at right angles; those of points on one
/// line, or all on one spot, are open, and parameters take their places.
fn orthonormalize(axes: &mut [Vec<f64>; 2]) {
    let n = axes[0].len();
    for at in 0..2 {
        for unit in 0..3 {
            let size = norm(&axes[at]);
            let (before, rest) = axes.split_at_mut(at);
            let axis = &mut rest[0];
            for other in before {
                take_away(axis, other);
            }
            let left = norm(axis);
            if left > 1e-6 * size && left.is_finite() {
                for component in axis {
                    *component /= left;
                }
                break;
            }
            *axis = vec![0.0; n];
            axis.iter_mut().skip(unit).take(1).for_each(|one| *one = 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(plane: &Plane, at: [f64; 2], n: usize) -> Vec<f64> {
        let mut theta = vec![f64::NAN; n];
        plane.point(at, &mut theta);
        theta
    }

    #[test]
    fn the_coordinates_of_two_parameters_are_the_parameters() {
        let plane = Plane::of_parameters(&[1.0, 2.0, 3.0, 4.0], [3, 1]);
        assert_eq!(point(&plane, [7.0, 8.0], 4), [1.0, 8.0, 3.0, 7.0]);
        assert_eq!(plane.coordinates(&[5.0, 6.0, 7.0, 8.0]), [8.0, 6.0]);
        assert_eq!(plane.along(&[1.0, 2.0, 3.0, 4.0]), [4.0, 2.0]);
        assert_eq!(plane.distance(&[1.0, -9.0, 3.0, 9.0]), 0.0);
        assert_eq!(plane.distance(&[4.0, 0.0, 7.0, 0.0]), 5.0);
    }

    #[test]
    fn principal_directions_hold_points_of_a_plane_whatever_their_number() {
        for n in [3, 13, 40] {
            let axis = |shift: f64| -> Vec<f64> {
                let angle =
                    |at: usize| libm::sin(shift + 1.7 * f64::from(u32::try_from(at).unwrap()));
                (0..n).map(angle).collect()
            };
            let (u, v, origin) = (axis(0.3), axis(2.0), axis(5.0));
            let of = |a: f64, b: f64| -> Vec<f64> {
                (0..n).map(|at| origin[at] + a * u[at] + b * v[at]).collect()
            };
            let points = [of(3.0, 0.5), of(1.0, -0.7), of(-0.5, 0.2), of(0.0, 0.0)];
            let views: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
            let plane = Plane::of_principal_directions(&origin, &views);
            let [x, y] = &plane.axes;
            assert!((norm(x) - 1.0).abs() < 1e-14 && (norm(y) - 1.0).abs() < 1e-14);
            assert!(dot(x, y).abs() < 1e-12);
            assert!(points.iter().all(|point| plane.distance(point) < 1e-12), "{n}");
            let [a, b] = plane.coordinates(&points[0]);
            assert!(a > 0.0 && b > 0.0 && a > b, "{n}: the start is above and to the right");
            assert_eq!(plane.coordinates(&origin), [0.0, 0.0]);
        }
    }

    #[test]
    fn points_on_a_line_or_a_spot_leave_two_directions_at_right_angles() {
        for n in [3, 50] {
            let (origin, mut aside) = (vec![1.0; n], vec![1.0; n]);
            aside[1] = 3.0;
            for points in [vec![&origin[..]], vec![&aside[..], &origin[..]], vec![]] {
                let plane = Plane::of_principal_directions(&origin, &points);
                let [x, y] = &plane.axes;
                assert!((norm(x) - 1.0).abs() < 1e-15 && (norm(y) - 1.0).abs() < 1e-15);
                assert!(dot(x, y).abs() < 1e-15, "{n}");
                assert!(points.iter().all(|point| plane.distance(point) < 1e-15));
            }
        }
    }

    #[test]
    fn a_plane_through_three_points_holds_them() {
        for n in [3, 40, 1000] {
            let wave = |pace: f64, size: f64| -> Vec<f64> {
                let angle = |at: usize| pace * f64::from(u32::try_from(at).unwrap() + 1);
                (0..n).map(|at| size * libm::sin(angle(at))).collect()
            };
            let (start, end) = (wave(1.0, 1.0), wave(1.3, 3.0));
            let (near, far) = (wave(0.4, 0.5), wave(2.1, 2.5));
            let points = [&start[..], &near, &far, &end];
            let plane = Plane::through(&start, &end, &points);
            let size = norm(&end);
            assert!(points[..1].iter().all(|point| plane.distance(point) < 1e-13 * size));
            assert!(plane.distance(&end) < 1e-13 * size && plane.distance(&far) < 1e-13 * size);
            assert!(plane.distance(&near) > 1e-3 * size, "{n}");
            assert_eq!(plane.coordinates(&start), [0.0, 0.0]);
            let [right, up] = plane.coordinates(&end);
            let way: Vec<f64> = end.iter().zip(&start).map(|(end, start)| end - start).collect();
            assert!((right - norm(&way)).abs() < 1e-13 * size && up.abs() < 1e-13 * size);
            assert!(plane.coordinates(&far)[1] > plane.coordinates(&near)[1].abs());
            assert!(dot(&plane.axes[0], &plane.axes[1]).abs() < 1e-14);
        }
    }

    #[test]
    fn a_plane_through_points_of_a_line_or_a_spot_is_one_all_the_same() {
        let (origin, aside) = (vec![1.0; 9], [1.0, 1.0, 4.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
        for end in [&origin[..], &aside] {
            let plane = Plane::through(&origin, end, &[&origin, end]);
            let [x, y] = &plane.axes;
            assert!((norm(x) - 1.0).abs() < 1e-15 && (norm(y) - 1.0).abs() < 1e-15);
            assert!(dot(x, y).abs() < 1e-15 && plane.distance(end) < 1e-15);
        }
    }
}
