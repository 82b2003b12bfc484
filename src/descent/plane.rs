//! A plane through the space of more than two parameters: what the map of such a loss
//! shows.

use super::eigen::Eigen;
use super::trajectory::{Trajectory, norm};

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

    /// The plane through `origin` that holds most of what `points` are away from it,
    /// spanned by their principal directions; the first of them is on the side of
    /// positive coordinates. Source: Li and others, *Visualizing the Loss Landscape of
    /// Neural Nets* (2018), section 7.
    #[must_use]
    pub fn of_principal_directions(origin: &[f64], points: &[&[f64]]) -> Self {
        let difference = |point: &&[f64]| point.iter().zip(origin).map(|(p, o)| p - o).collect();
        let rows: Vec<Vec<f64>> = points.iter().map(difference).collect();
        let mut axes = principal(&rows, origin.len());
        for axis in &mut axes {
            if rows.first().is_some_and(|row| dot(row, axis) < 0.0) {
                for component in axis.iter_mut() {
                    *component = -*component;
                }
            }
        }
        Self { origin: origin.to_vec(), axes }
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
        let from: Vec<f64> = theta.iter().zip(&self.origin).map(|(t, o)| t - o).collect();
        self.along(&from)
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

    /// The share of the length of a run's way up to step `last` that lies in the plane,
    /// 0 to 1; none of a run that does not move.
    #[must_use]
    pub fn share_of(&self, trajectory: &Trajectory, last: usize) -> Option<f64> {
        let (mut within, mut all) = (0.0, 0.0);
        for t in 0..last {
            let (from, to) = (trajectory.point(t), trajectory.point(t + 1));
            let step: Vec<f64> = to.iter().zip(from).map(|(to, from)| to - from).collect();
            within += norm(&self.along(&step));
            all += norm(&step);
        }
        (all > 0.0 && all.is_finite()).then(|| (within / all).min(1.0))
    }
}

/// With more parameters than this the eigenvectors are looked for among the points.
const FEW: usize = 32;

/// The two eigenvectors of the largest eigenvalues of Σ rowᵀ·row; of the matrix of
/// products of the rows where there are fewer rows than parameters (Sirovich 1987).
fn principal(rows: &[Vec<f64>], n: usize) -> [Vec<f64>; 2] {
    let mut axes = if n <= FEW.max(rows.len()) {
        let mut squares = vec![0.0; n * n];
        for row in rows {
            for (out, a) in squares.chunks_exact_mut(n).zip(row) {
                out.iter_mut().zip(row).for_each(|(out, b)| *out += a * b);
            }
        }
        largest_two(squares, n)
    } else {
        let products = rows.iter().flat_map(|a| rows.iter().map(move |b| dot(a, b))).collect();
        largest_two(products, rows.len()).map(|weights| {
            let mut axis = vec![0.0; n];
            for (row, weight) in rows.iter().zip(weights) {
                axis.iter_mut().zip(row).for_each(|(axis, v)| *axis += weight * v);
            }
            axis
        })
    };
    // Points on one line, or all on one spot, leave directions open.
    for at in 0..2 {
        for unit in 0..3 {
            let size = norm(&axes[at]);
            let before = axes[..at].to_vec();
            for other in &before {
                let along = dot(other, &axes[at]);
                axes[at].iter_mut().zip(other).for_each(|(axis, other)| *axis -= along * other);
            }
            let left = norm(&axes[at]);
            if left > 1e-6 * size {
                axes[at].iter_mut().for_each(|component| *component /= left);
                break;
            }
            axes[at] = vec![0.0; n];
            axes[at].iter_mut().skip(unit).take(1).for_each(|one| *one = 1.0);
        }
    }
    axes
}

/// The eigenvectors of the two largest eigenvalues of a symmetric matrix.
fn largest_two(matrix: Vec<f64>, n: usize) -> [Vec<f64>; 2] {
    let largest = matrix.iter().fold(0.0_f64, |most, entry| most.max(entry.abs()));
    let scale = if largest > 0.0 { 1.0 / largest } else { 1.0 };
    let eigen = Eigen::of_symmetric(matrix.into_iter().map(|entry| entry * scale).collect(), n);
    let mut found = [const { Vec::new() }; 2];
    let mut values = [f64::NEG_INFINITY; 2];
    for (axis, value) in eigen.axes() {
        if value > values[0] {
            (values, found) = ([value, values[0]], [axis, core::mem::take(&mut found[0])]);
        } else if value > values[1] {
            (values[1], found[1]) = (value, axis);
        }
    }
    found.map(|axis| if axis.is_empty() { vec![0.0; n] } else { axis })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
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
}
