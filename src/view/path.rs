//! A trajectory as it lies on the map: thinned to what can be told apart, so that
//! a million steps are drawn as fast as a thousand.

use super::painter::{Outline, Rect};
use super::viewport::Viewport;

/// Steps closer together than this many pixels are drawn as one.
const NEAR: f64 = 0.4;
/// Farther from the plot than this a line is cut; canvases lose precision there.
const FAR: f64 = 20_000.0;
/// So many of the latest vertices are drawn one by one; of those before, which
/// then cover each other anyway, about as many single steps are drawn.
const MOST: usize = 4096;

/// The vertices of a path in pixels.
#[derive(Clone, Debug, Default)]
pub struct PixelPath {
    vertices: Vec<[f64; 2]>,
    /// The step of each vertex, rising.
    steps: Vec<usize>,
}

impl PixelPath {
    /// Lays `points`, one a step, on the map.
    #[must_use]
    pub fn of(points: impl Iterator<Item = [f64; 2]>, viewport: &Viewport) -> Self {
        Self::of_steps(points.enumerate(), viewport)
    }

    /// Lays points on the map, each with its step: a run may keep only some of them.
    #[must_use]
    pub fn of_steps(points: impl Iterator<Item = (usize, [f64; 2])>, viewport: &Viewport) -> Self {
        let mut path = Self::default();
        for (step, point) in points {
            let [x, y] = viewport.to_pixel(point);
            if !(x.is_finite() && y.is_finite()) {
                break;
            }
            let is_near = path
                .vertices
                .last()
                .is_some_and(|[a, b]| (x - a).abs() < NEAR && (y - b).abs() < NEAR);
            if !is_near {
                path.vertices.push([x, y]);
                path.steps.push(step);
            }
        }
        path
    }

    /// The number of vertices at or before `step`.
    fn count_until(&self, step: usize) -> usize {
        self.steps.partition_point(|at| *at <= step)
    }

    /// The lines from the start to `step`.
    #[must_use]
    pub fn until(&self, step: usize) -> Outline {
        let count = self.count_until(step);
        let recent = count.saturating_sub(MOST);
        let mut outline = Outline::default();
        if recent > 1 {
            // A power of two changes seldom while the run is played, so the
            // sample does not flicker.
            let stride = recent.div_ceil(MOST).next_power_of_two();
            for index in (0..recent - 1).step_by(stride) {
                append(&mut outline, self.vertices[index], self.vertices[index + 1], true);
            }
        }
        let vertices = &self.vertices[recent.saturating_sub(1)..count];
        append_line(&mut outline, vertices);
        outline
    }

    /// The lines from the start to `step` and on to the puck, which slides from
    /// there to the next step.
    #[must_use]
    pub fn walked(&self, step: usize, puck: [f64; 2]) -> Outline {
        let mut outline = self.until(step);
        let last = self.vertices[..self.count_until(step)].last();
        if let Some(&last) =
            last.filter(|last| **last != puck && puck.iter().all(|v| v.is_finite()))
        {
            let is_new = outline.points.is_empty();
            append(&mut outline, last, puck, is_new);
        }
        outline
    }

    /// The lines from `step` on, as far as they are worth drawing.
    #[must_use]
    pub fn after(&self, step: usize) -> Outline {
        let from = self.count_until(step).saturating_sub(1);
        let to = self.vertices.len().min(from + MOST);
        let mut outline = Outline::default();
        append_line(&mut outline, &self.vertices[from..to]);
        outline
    }

    /// The places of the steps after 0 and before `step` that get a dot: none
    /// within `apart` pixels of the dot before, none outside `viewport`.
    #[must_use]
    pub fn dots(&self, step: usize, apart: f64, viewport: &Viewport) -> Vec<[f64; 2]> {
        let count = self.count_until(step.saturating_sub(1));
        let mut dots: Vec<[f64; 2]> = Vec::new();
        let mut places = Places::over(viewport.plot, 0.5 * apart);
        let first = count.saturating_sub(MOST).max(1);
        for &[x, y] in self.vertices.get(first..count).unwrap_or(&[]) {
            let near = dots
                .last()
                .is_some_and(|[a, b]| (x - a) * (x - a) + (y - b) * (y - b) < apart * apart);
            if !near && viewport.plot.contains([x, y]) && places.take([x, y]) {
                dots.push([x, y]);
            }
        }
        dots
    }
}

/// Cells of the plot that have a dot: where a run comes by again and again, one
/// is enough.
struct Places {
    plot: Rect,
    side: f64,
    columns: usize,
    taken: Vec<bool>,
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the plot")]
impl Places {
    fn over(plot: Rect, side: f64) -> Self {
        let columns = (plot.width / side) as usize + 1;
        let rows = (plot.height / side) as usize + 1;
        Self { plot, side, columns, taken: vec![false; columns * rows] }
    }

    /// Takes the cell of a point within the plot; says whether it was free.
    fn take(&mut self, [x, y]: [f64; 2]) -> bool {
        let column = ((x - self.plot.left) / self.side) as usize;
        let row = ((y - self.plot.top) / self.side) as usize;
        let cell = self.taken.get_mut(row * self.columns + column);
        cell.is_some_and(|taken| !std::mem::replace(taken, true))
    }
}

/// A polyline of finite pixels, cut where it leaves the far surroundings of the plot.
pub(super) fn cut_line(vertices: &[[f64; 2]]) -> Outline {
    let mut outline = Outline::default();
    append_line(&mut outline, vertices);
    outline
}

/// Appends a polyline, cut where it leaves the far surroundings of the plot.
pub(super) fn append_line(outline: &mut Outline, vertices: &[[f64; 2]]) {
    for (index, pair) in vertices.windows(2).enumerate() {
        append(outline, pair[0], pair[1], index == 0);
    }
}

/// Appends the visible part of one segment, as a new polyline where it does not
/// go on from the last point.
fn append(outline: &mut Outline, from: [f64; 2], to: [f64; 2], is_new: bool) {
    let is_close = |[x, y]: [f64; 2]| x.abs() <= FAR && y.abs() <= FAR;
    if is_close(from) && is_close(to) {
        if is_new || outline.points.last() != Some(&from) {
            outline.move_to(from);
        }
        outline.line_to(to);
    } else if let Some((from, to)) = cut(from, to) {
        outline.move_to(from);
        outline.line_to(to);
    }
}

/// The part of a segment within ±[`FAR`] (Liang and Barsky 1984).
fn cut(from: [f64; 2], to: [f64; 2]) -> Option<([f64; 2], [f64; 2])> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in 0..2 {
        let delta = to[axis] - from[axis];
        if delta == 0.0 {
            if from[axis].abs() > FAR {
                return None;
            }
            continue;
        }
        let (a, b) = ((-FAR - from[axis]) / delta, (FAR - from[axis]) / delta);
        enter = enter.max(a.min(b));
        leave = leave.min(a.max(b));
    }
    // Far out, rounding may leave the bounds again.
    let at = |t: f64| [0, 1].map(|k| (from[k] + t * (to[k] - from[k])).clamp(-FAR, FAR));
    (enter < leave).then(|| (at(enter), at(leave)))
}

#[cfg(test)]
mod tests {
    use super::super::painter::Rect;
    use super::*;

    fn viewport() -> Viewport {
        let plot = Rect { left: 0.0, top: 0.0, width: 100.0, height: 100.0 };
        Viewport { window: [0.0, 100.0, 0.0, 100.0], plot }
    }

    #[test]
    fn every_step_that_can_be_told_apart_is_a_vertex() {
        let path = PixelPath::of((0..50).map(|i| [2.0 * f64::from(i), 50.0]), &viewport());
        assert_eq!(path.until(10).points.len(), 11);
        assert_eq!(path.after(40).points.len(), 10);
        assert_eq!(path.dots(49, 8.0, &viewport()).len(), 12);
    }

    #[test]
    fn steps_on_one_spot_are_one_vertex_and_the_prefix_ends_there() {
        let path = PixelPath::of(
            (0..1000).map(|i| if i < 3 { [10.0 * f64::from(i), 0.0] } else { [30.0, 0.0] }),
            &viewport(),
        );
        assert_eq!(path.until(999).points.len(), 4);
        assert_eq!(path.until(500).points.last(), Some(&[30.0, 100.0]));
    }

    #[test]
    fn a_million_steps_stay_drawable_and_are_true_steps() {
        let far = [[10.0, 10.0], [90.0, 90.0], [10.0, 90.0]];
        let path = PixelPath::of((0..1_000_000).map(|i| far[i % 3]), &viewport());
        let outline = path.until(900_000);
        assert!(outline.points.len() < 4 * MOST);
        let corners = [[10.0, 90.0], [90.0, 10.0], [10.0, 10.0]];
        assert!(outline.polylines().all(|line| line.windows(2).all(|pair| {
            let of = |p| corners.iter().position(|corner| *corner == p).expect("a step");
            (of(pair[0]) + 1) % 3 == of(pair[1])
        })));
    }

    #[test]
    fn a_diverging_line_keeps_its_direction_and_nothing_is_clamped() {
        let path = PixelPath::of([[50.0, 50.0], [50.0, 1e9]].into_iter(), &viewport());
        let outline = path.until(1);
        let end = outline.points[1];
        assert!((end[0] - 50.0).abs() < 1e-6 && end[1] <= -FAR + 1.0, "{end:?}");
        let slant =
            PixelPath::of([[50.0, 50.0], [50.0 + 1e9, 50.0 + 2e9]].into_iter(), &viewport());
        let [x, y] = slant.until(1).points[1];
        assert!(((50.0 - y) / (x - 50.0) - 2.0).abs() < 1e-6, "still in the direction of the step");
    }

    #[test]
    fn the_path_ends_where_numbers_do() {
        let path = PixelPath::of(
            [[1.0, 1.0], [5.0, 5.0], [f64::INFINITY, 0.0], [9.0, 9.0]].into_iter(),
            &viewport(),
        );
        assert_eq!(path.until(3).points.len(), 2);
    }
}
