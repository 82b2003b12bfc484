//! Contour lines: marching squares over a field, all levels in one pass.

mod cells;

use super::field::Field;
use cells::segments;

/// No edge.
const NONE: u32 = u32::MAX;

/// One unbroken piece of a contour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run<'a> {
    /// Which of the levels it belongs to.
    pub level: usize,
    /// Its points, x and y in turn, in samples to the right of and below the field's
    /// first one. The higher loss is on the right of the way along them, as seen on
    /// the screen.
    pub points: &'a [f32],
    /// Whether the last point joins the first (which is not repeated).
    pub is_closed: bool,
}

/// The contour lines of a field.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contours {
    points: Vec<f32>,
    /// Level, end of its points, closed or not; in the order of the levels.
    runs: Vec<(usize, usize, bool)>,
}

impl Contours {
    /// Traces the lines at `levels`, each a log₁₀(J − inf J), rising; at most 255 of
    /// them.
    ///
    /// # Panics
    ///
    /// If there are more levels.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "an `f32` is all that the samples are, and they fit on a screen"
    )]
    pub fn trace(field: &Field, levels: &[f64]) -> Self {
        let levels: Vec<f32> =
            levels.iter().map(|level| (level - field.reference()) as f32).collect();
        let mut tracer = Tracer {
            values: field.values(),
            width: field.width() as u32,
            height: field.height() as u32,
            next: vec![NONE; 2 * field.values().len()],
            contours: Self::default(),
        };
        for (level, segments) in segments(field, &levels).iter().enumerate() {
            tracer.stitch(level, levels[level], segments);
        }
        tracer.contours
    }

    /// Every run, those of the lowest level first.
    pub fn runs(&self) -> impl Iterator<Item = Run<'_>> {
        let starts = core::iter::once(0).chain(self.runs.iter().map(|&(_, end, _)| end));
        starts.zip(&self.runs).map(|(start, &(level, end, is_closed))| Run {
            level,
            points: &self.points[start..end],
            is_closed,
        })
    }
}

/// Joins segments to runs.
struct Tracer<'a> {
    values: &'a [f32],
    width: u32,
    height: u32,
    /// For each edge the one at which the segment leaves that enters there; all
    /// [`NONE`] between two levels.
    next: Vec<u32>,
    contours: Contours,
}

impl Tracer<'_> {
    fn stitch(&mut self, level: usize, value: f32, segments: &[[u32; 2]]) {
        for &[enter, leave] in segments {
            self.next[enter as usize] = leave;
        }
        // First what comes in over the border; what is left then is closed.
        for &[enter, _] in segments {
            if self.is_on_border(enter) {
                self.follow(level, value, enter);
            }
        }
        for &[enter, _] in segments {
            if self.next[enter as usize] != NONE {
                self.follow(level, value, enter);
            }
        }
    }

    fn follow(&mut self, level: usize, value: f32, start: u32) {
        let mut edge = start;
        loop {
            let point = self.crossing(edge, value);
            self.contours.points.extend(point);
            let next = core::mem::replace(&mut self.next[edge as usize], NONE);
            if next == NONE || next == start {
                self.contours.runs.push((level, self.contours.points.len(), next == start));
                return;
            }
            edge = next;
        }
    }

    fn is_on_border(&self, edge: u32) -> bool {
        let (column, row) = self.sample_before(edge);
        if edge.is_multiple_of(2) {
            row == 0 || row + 1 == self.height
        } else {
            column == 0 || column + 1 == self.width
        }
    }

    fn sample_before(&self, edge: u32) -> (u32, u32) {
        let (sample, width) = (edge / 2, self.width);
        let row = sample / width;
        (sample - row * width, row)
    }

    /// Where on an edge the field has this value.
    #[expect(clippy::cast_precision_loss, reason = "samples fit on a screen")]
    fn crossing(&self, edge: u32, value: f32) -> [f32; 2] {
        let (column, row) = self.sample_before(edge);
        let (x, y) = (column as f32, row as f32);
        let values = self.values;
        let sample = edge as usize / 2;
        let is_across = edge.is_multiple_of(2);
        let ahead = if is_across { 1 } else { self.width as usize };
        let (from, to) = (values[sample], values[sample + ahead]);
        // The ends are on different sides of the level, so they differ.
        let share = (value - from) / (to - from);
        if is_across { [x + share, y] } else { [x, y + share] }
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "crossings on the border and on edges are exact")]
mod tests {
    use super::*;
    use crate::descent::loss::LOSSES;
    use proptest::prelude::*;

    /// A field whose stored logarithms are those of `losses` on a square of samples.
    fn square(side: usize, loss: impl Fn(f64, f64) -> f64) -> Field {
        #[expect(clippy::cast_precision_loss, reason = "a few samples")]
        let losses: Vec<f64> = (0..side * side)
            .map(|sample| loss((sample % side) as f64, (sample / side) as f64))
            .collect();
        Field::from_values(side, side, 0.0, &losses)
    }

    fn points<'a>(run: &Run<'a>) -> impl Iterator<Item = [f32; 2]> + use<'a> {
        run.points.as_chunks::<2>().0.iter().copied()
    }

    #[test]
    fn lines_of_a_bowl_are_closed_circles_a_twentieth_of_a_sample_from_the_truth() {
        let field = square(101, |x, y| (x - 50.0) * (x - 50.0) + (y - 50.0) * (y - 50.0));
        let radii = [10.0, 23.4, 49.0];
        let contours = Contours::trace(&field, &radii.map(|radius| 2.0 * libm::log10(radius)));
        let runs: Vec<Run<'_>> = contours.runs().collect();
        assert_eq!(runs.len(), 3);
        for (run, radius) in runs.iter().zip(radii) {
            assert!(run.is_closed);
            assert!(run.points.len() > 40);
            for [x, y] in points(run) {
                let (dx, dy) = (f64::from(x) - 50.0, f64::from(y) - 50.0);
                let error = libm::sqrt(dx * dx + dy * dy) - radius;
                assert!(error.abs() < 0.05, "{error} off the circle of {radius}");
            }
        }
    }

    #[test]
    fn higher_loss_is_on_the_right_of_the_way() {
        let field = square(41, |x, y| 1.0 + (x - 20.0) * (x - 20.0) + (y - 20.0) * (y - 20.0));
        let contours = Contours::trace(&field, &[2.0]);
        let run = contours.runs().next().expect("a circle");
        let around: Vec<[f32; 2]> = points(&run).collect();
        let turn = |(from, to): (&[f32; 2], &[f32; 2])| {
            let [x0, y0] = from.map(|v| v - 20.0);
            let [x1, y1] = to.map(|v| v - 20.0);
            x0 * y1 - y0 * x1
        };
        // Around a bowl the way turns against the clock, y being downwards.
        let area: f32 = around.iter().zip(around.iter().cycle().skip(1)).map(turn).sum();
        assert!(area < -2.0 * 250.0, "{area}");
    }

    #[test]
    fn lines_that_leave_the_field_end_on_its_border() {
        let field = square(30, |x, y| libm::exp(0.1 * x + 0.03 * y));
        let levels: Vec<f64> = (1..6).map(|k| 0.25 * f64::from(k)).collect();
        let contours = Contours::trace(&field, &levels);
        assert_eq!(contours.runs().count(), 5);
        for run in contours.runs() {
            assert!(!run.is_closed);
            let on_border = |[x, y]: [f32; 2]| [x, y].iter().any(|v| *v == 0.0 || *v == 29.0);
            assert!(points(&run).next().is_some_and(on_border));
            assert!(points(&run).last().is_some_and(on_border));
        }
    }

    #[test]
    fn the_middle_of_a_saddle_joins_what_is_on_its_side() {
        // Logarithms 1 and 0 at opposite corners: the mean is 0.5.
        for (corners, is_rising) in
            [([10.0, 1.0, 1.0, 10.0], true), ([1.0, 10.0, 10.0, 1.0], false)]
        {
            let field = Field::from_values(2, 2, 0.0, &corners);
            for level in [0.4, 0.6] {
                let contours = Contours::trace(&field, &[level]);
                let runs: Vec<Run<'_>> = contours.runs().collect();
                assert_eq!(runs.len(), 2);
                // Below the mean the higher corners are joined: each line cuts a
                // lower corner off.
                let are_high_joined = level < 0.5;
                for run in runs {
                    let sum: f32 = run.points.iter().sum();
                    let cuts_off_rising = !(1.0..=3.0).contains(&sum);
                    assert_eq!(
                        cuts_off_rising,
                        is_rising != are_high_joined,
                        "{corners:?} {level}"
                    );
                }
            }
        }
    }

    #[test]
    fn caps_floors_and_values_on_a_level_give_finite_lines() {
        let odd =
            [0.0, 1.0, f64::INFINITY, f64::NAN, f64::NEG_INFINITY, 10.0, 1e300, 1e-320, 100.0];
        let field = square(24, |x, y| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a sample")]
            let index = (7.0 * x + 5.0 * y + x * y) as usize;
            odd[index % odd.len()]
        });
        let contours = Contours::trace(&field, &[-30.0, -1.0, 0.0, 1.0, 2.0, 150.0, 200.0]);
        assert!(contours.runs().count() > 10);
        for run in contours.runs() {
            assert!(run.points.iter().all(|v| (0.0..=23.0).contains(v)));
        }
    }

    #[test]
    fn nothing_is_traced_without_cells_or_levels() {
        assert_eq!(Contours::trace(&square(9, |x, _| x), &[]).runs().count(), 0);
        let row = Field::from_values(5, 1, 0.0, &[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(Contours::trace(&row, &[0.3]).runs().count(), 0);
        let column = Field::from_values(1, 5, 0.0, &[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!(Contours::trace(&column, &[0.3]).runs().count(), 0);
    }

    proptest! {

        /// Every edge of the grid whose ends are on different sides of a level is
        /// crossed by exactly one of its lines, at the right place, and no other is.
        #[test]
        fn every_line_separates_below_from_above(
            index in 1..LOSSES.len(),
            center in [-3.0..3.0, -3.0..3.0_f64],
            size in 0.01..20.0_f64,
            step in 0.05..0.5_f64,
        ) {
            let rule = LOSSES[index];
            let knobs = rule.defaults();
            // A network has a map of a plane alone.
            prop_assume!(rule.dimension(&knobs) < 9);
            let loss = (rule.build)(&knobs);
            let [x, y] = center;
            let window = [x - size, x + size, y - size, y + size];
            let field = Field::sample(loss.as_ref(), (rule.lowest)(&knobs), window, [32, 25], 1);
            let [low, high] = field.extent();
            let levels: Vec<f64> = (0..20)
                .map(|k| low.max(-8.0) + step * (f64::from(k) + 0.37))
                .filter(|level| *level < high)
                .collect();
            let contours = Contours::trace(&field, &levels);
            for (index, &level) in levels.iter().enumerate() {
                #[expect(clippy::cast_possible_truncation, reason = "as the tracer does")]
                let level = (level - field.reference()) as f32;
                let mut expected = crossed_edges(&field, level);
                for run in contours.runs().filter(|run| run.level == index) {
                    for point in points(&run) {
                        let found = expected.iter().position(|at| *at == point);
                        prop_assert!(found.is_some(), "{point:?} is on no edge");
                        expected.swap_remove(found.unwrap_or(0));
                    }
                }
                prop_assert!(expected.is_empty(), "{} edges not crossed", expected.len());
            }
        }
    }

    /// Where the edges of the grid are crossed, edge by edge.
    #[expect(clippy::cast_precision_loss, reason = "a few samples")]
    fn crossed_edges(field: &Field, level: f32) -> Vec<[f32; 2]> {
        let mut edges = Vec::new();
        let value = |column: usize, row: usize| field.values()[row * field.width() + column];
        for row in 0..field.height() {
            for column in 0..field.width() {
                let from = value(column, row);
                let mut cross = |to: f32, along: [f32; 2]| {
                    if (from >= level) != (to >= level) {
                        let share = (level - from) / (to - from);
                        let [x, y] = [column as f32, row as f32];
                        edges.push([x + along[0] * share, y + along[1] * share]);
                    }
                };
                if column + 1 < field.width() {
                    cross(value(column + 1, row), [1.0, 0.0]);
                }
                if row + 1 < field.height() {
                    cross(value(column, row + 1), [0.0, 1.0]);
                }
            }
        }
        edges
    }
}
