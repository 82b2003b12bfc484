//! Whether a line tells two classes apart.

use core::cmp::Ordering;

use super::orientation::orientation;

type Point = [f64; 2];
const ORIGIN: Point = [0.0; 2];

/// Whether some w (and b, with an intercept) has every sample on the side of its class or
/// on the line itself, and not all of them on the line. Then the longer w, the lower the
/// loss, and without a penalty there is no minimum (Albert and Anderson, Biometrika 71
/// (1984) 1: complete and quasi-complete separation). Decided without rounding.
///
/// `points` are the features of the samples, 0 for a second one that is not there.
pub(super) fn are_separable(points: &[Point], classes: &[f64], has_intercept: bool) -> bool {
    if has_intercept {
        let of_class = |wanted: bool| -> Vec<Point> {
            let samples = points.iter().zip(classes);
            samples.filter(|(_, class)| (**class > 0.0) == wanted).map(|(at, _)| *at).collect()
        };
        return have_line_between(of_class(false), of_class(true));
    }
    let signed = points.iter().zip(classes);
    let turned = signed.map(|([x, y], class)| if *class > 0.0 { [*x, *y] } else { [-x, -y] });
    share_half_plane(turned.collect())
}

/// Whether a line through the origin has all of these on one side or on it, and not all on
/// it.
fn share_half_plane(mut vectors: Vec<Point>) -> bool {
    vectors.retain(|vector| *vector != ORIGIN);
    vectors.sort_by(by_angle);
    vectors.dedup_by(|a, b| by_angle(a, b) == Ordering::Equal);
    // A gap of half a turn or more between neighbours leaves room for the line; where it
    // is exactly half a turn between the only two directions, all are on the line.
    let gaps = vectors.iter().zip(vectors.iter().cycle().skip(1));
    let count = vectors.len();
    count == 1
        || gaps.into_iter().any(|(from, to)| match orientation(ORIGIN, *from, *to) {
            -1 => true,
            0 => count > 2,
            _ => false,
        })
}

/// The order of directions around the origin, from 0 to a whole turn.
fn by_angle(a: &Point, b: &Point) -> Ordering {
    let is_below = |[x, y]: &Point| *y < 0.0 || (*y == 0.0 && *x < 0.0);
    is_below(a).cmp(&is_below(b)).then_with(|| 0.cmp(&orientation(ORIGIN, *a, *b)))
}

/// Whether a line has one class on one side or on it, the other on the other or on it, and
/// not all on it.
fn have_line_between(zeros: Vec<Point>, ones: Vec<Point>) -> bool {
    if zeros.is_empty() || ones.is_empty() {
        // The line may be moved as far away as one likes.
        return zeros.len() != ones.len();
    }
    let (zeros, ones) = (hull(zeros), hull(ones));
    let all: Vec<Point> = zeros.iter().chain(&ones).copied().collect();
    let Some(other) = all.iter().find(|point| **point != all[0]) else { return false };
    if all.iter().all(|point| orientation(all[0], *other, *point) == 0) {
        return are_apart_on_line(&zeros, &ones);
    }
    // A line between two polygons can be moved until it lies along an edge of one.
    has_edge_between(&zeros, &ones) || has_edge_between(&ones, &zeros)
}

/// The same of points on one line: none of one class lies between two of the other.
fn are_apart_on_line(zeros: &[Point], ones: &[Point]) -> bool {
    let ends = |points: &[Point]| {
        let mut sorted = points.to_vec();
        sorted.sort_by(by_place);
        [sorted[0], sorted[sorted.len() - 1]]
    };
    let ([a, b], [c, d]) = (ends(zeros), ends(ones));
    by_place(&b, &c) != Ordering::Greater || by_place(&d, &a) != Ordering::Greater
}

/// Whether the line along an edge of a polygon has all of `others` on its far side.
fn has_edge_between(polygon: &[Point], others: &[Point]) -> bool {
    let next = polygon.iter().cycle().skip(1);
    // The polygon lies to the left of its edges; a segment has one edge each way.
    let mut edges = polygon.iter().zip(next).filter(|_| polygon.len() > 1);
    edges.any(|(from, to)| others.iter().all(|point| orientation(*from, *to, *point) <= 0))
}

fn by_place(a: &Point, b: &Point) -> Ordering {
    let order = |a: f64, b: f64| a.partial_cmp(&b).unwrap_or(Ordering::Equal);
    order(a[0], b[0]).then_with(|| order(a[1], b[1]))
}

/// The corners of the smallest convex polygon around some points, to the left around it
/// (Andrew, Information Processing Letters 9 (1979) 216); of points on one line its ends.
fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(by_place);
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let half = |points: &mut dyn Iterator<Item = Point>| {
        let mut corners: Vec<Point> = Vec::new();
        for point in points {
            while let [.., from, to] = corners[..]
                && orientation(from, to, point) <= 0
            {
                corners.pop();
            }
            corners.push(point);
        }
        corners.pop();
        corners
    };
    let mut corners = half(&mut points.iter().copied());
    corners.extend(half(&mut points.iter().rev().copied()));
    corners
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn separable(rows: &[[f64; 3]], has_intercept: bool) -> bool {
        let points: Vec<Point> = rows.iter().map(|[x, y, _]| [*x, *y]).collect();
        let classes: Vec<f64> = rows.iter().map(|[.., class]| *class).collect();
        are_separable(&points, &classes, has_intercept)
    }

    #[test]
    fn an_intercept_tells_apart_what_no_line_through_the_origin_does() {
        let exam = [
            [1.0, 2.0, 0.0],
            [2.0, 1.0, 0.0],
            [2.0, 3.0, 0.0],
            [6.0, 5.0, 1.0],
            [7.0, 8.0, 1.0],
            [8.0, 6.0, 1.0],
        ];
        assert!(separable(&exam, true));
        assert!(!separable(&exam, false));
        let opposite =
            exam.map(|[x, y, class]| if class > 0.0 { [x, y, 1.0] } else { [-x, -y, 0.0] });
        assert!(separable(&opposite, false));
    }

    #[test]
    fn touching_is_apart_and_lying_on_the_line_together_is_not() {
        let corners = [[0.0, 0.0, 0.0], [1.0, 1.0, 0.0], [1.0, 1.0, 1.0], [2.0, 3.0, 1.0]];
        assert!(separable(&corners, true), "they share a point");
        let crossed = [[0.0, 0.0, 0.0], [2.0, 2.0, 0.0], [1.0, 1.0, 1.0], [3.0, 3.0, 1.0]];
        assert!(!separable(&crossed, true), "on one line, one within the other");
        assert!(separable(&[crossed[0], crossed[1], [2.0, 2.0, 1.0], crossed[3]], true));
        assert!(!separable(&[[1.0, 1.0, 0.0], [1.0, 1.0, 1.0]], true), "the same place");
        assert!(separable(&[[1.0, 1.0, 0.0], [1.0, 1.0, 0.0]], true), "one class");
        let inside = [[0.0, 0.0, 0.0], [4.0, 0.0, 0.0], [0.0, 4.0, 0.0], [1.0, 1.0, 1.0]];
        assert!(!separable(&inside, true));
        assert!(separable(&[inside[0], inside[1], inside[2], [2.0, 2.0, 1.0]], true), "on an edge");
        // Opposite directions alone lie on one line; a third beside it does not.
        let opposite = [[1.0, 0.0, 1.0], [1.0, 0.0, 0.0]];
        assert!(!separable(&opposite, false));
        assert!(separable(&[opposite[0], opposite[1], [0.0, 1.0, 1.0]], false));
        assert!(!separable(&[[0.0, 0.0, 1.0], [0.0, 0.0, 0.0]], false));
    }

    /// By trying the line through each pair of samples, in whole numbers.
    fn by_pairs(rows: &[(i32, i32, bool)], has_intercept: bool) -> bool {
        let lifted: Vec<[i64; 3]> = rows
            .iter()
            .map(|(x, y, class)| {
                let sign = if *class { 1 } else { -1 };
                let b = if has_intercept { sign } else { 0 };
                [sign * i64::from(*x), sign * i64::from(*y), b]
            })
            .collect();
        let mut normals = vec![[0, 0, 1]];
        let directions = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
        for v in &lifted {
            for u in lifted.iter().chain(&directions) {
                normals.push([
                    v[1] * u[2] - v[2] * u[1],
                    v[2] * u[0] - v[0] * u[2],
                    v[0] * u[1] - v[1] * u[0],
                ]);
            }
            normals.push(*v);
        }
        let dot = |a: &[i64; 3], b: &[i64; 3]| a.iter().zip(b).map(|(a, b)| a * b).sum::<i64>();
        normals.iter().flat_map(|n| [*n, n.map(|part| -part)]).any(|n| {
            let n = if has_intercept { n } else { [n[0], n[1], 0] };
            let sides: Vec<i64> = lifted.iter().map(|v| dot(v, &n)).collect();
            sides.iter().all(|side| *side >= 0) && sides.iter().any(|side| *side > 0)
        })
    }

    proptest! {
        #[test]
        fn as_trying_every_line_finds(
            rows in proptest::collection::vec((-3_i32..4, -3_i32..4, any::<bool>()), 1..9),
            has_intercept in any::<bool>(),
        ) {
            let found: Vec<[f64; 3]> = rows
                .iter()
                .map(|(x, y, class)| [f64::from(*x), f64::from(*y), f64::from(u8::from(*class))])
                .collect();
            prop_assert_eq!(separable(&found, has_intercept), by_pairs(&rows, has_intercept));
        }
    }
}
