//! A quantity over the steps of a run, thinned to the columns of a chart.

use crate::descent::Average;

/// A step and the decimal logarithm of the value there.
pub(super) type Point = (f64, f64);

/// Steps and the decimal logarithm of a positive quantity, at most a few points
/// for each column of pixels: its first, smallest, largest and last value, so
/// that no peak is lost (Jugel et al., M4, VLDB 2014).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// Step and log10 of the value; a value that is not positive is −∞.
    points: Vec<Point>,
}

impl Series {
    /// Thins `values`, one a step, to about `columns` columns.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,001 steps")]
    pub fn of(values: impl ExactSizeIterator<Item = f64>, columns: usize) -> Self {
        let per_column = values.len().div_ceil(columns.max(1)).max(1);
        let mut points = Vec::new();
        let mut column: Option<Column> = None;
        for (step, value) in values.enumerate() {
            if !value.is_finite() {
                break;
            }
            if step % per_column == 0 {
                points.extend(column.take().into_iter().flat_map(Column::points));
            }
            let point = (step as f64, log10(value));
            column.get_or_insert(Column::of(point)).gather(point);
        }
        points.extend(column.into_iter().flat_map(Column::points));
        Self { points }
    }

    /// `value` at about `columns` steps from 0 to `last`, evenly spaced: of what has no
    /// peaks to lose.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub fn sampled(last: usize, columns: usize, value: impl Fn(usize) -> f64) -> Self {
        let count = columns.min(last).max(1);
        let steps = (0..=count).map(|at| at * last / count);
        Self { points: steps.map(|step| (step as f64, log10(value(step)))).collect() }
    }

    /// Some steps with finite values.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub fn of_points(points: impl Iterator<Item = (usize, f64)>) -> Self {
        Self { points: points.map(|(step, value)| (step as f64, log10(value))).collect() }
    }

    /// How far the loss of an average lies above `lowest`.
    #[must_use]
    pub fn of_average(average: &Average, lowest: f64) -> Self {
        let losses = average.steps().iter().zip(average.losses());
        Self::of_points(losses.map(|(step, loss)| (*step, loss - lowest)))
    }

    /// All points.
    #[must_use]
    pub fn points(&self) -> &[Point] {
        &self.points
    }

    /// The points up to `step` and those from there on.
    #[must_use]
    pub fn split(&self, step: f64) -> (&[Point], &[Point]) {
        let count = self.points.partition_point(|(at, _)| *at <= step);
        (&self.points[..count], &self.points[count.saturating_sub(1)..])
    }

    /// The smallest and largest finite logarithm.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        let finite = self.points.iter().map(|(_, log)| *log).filter(|log| log.is_finite());
        finite.fold(None, |range, log| {
            let (low, high): (f64, f64) = range.unwrap_or((log, log));
            Some((low.min(log), high.max(log)))
        })
    }
}

/// log10 of a positive number; −∞ for none, which lies below every axis.
#[must_use]
pub fn log10(value: f64) -> f64 {
    if value > 0.0 { libm::log10(value) } else { f64::NEG_INFINITY }
}

/// What is kept of the steps that share a column.
struct Column {
    first: (f64, f64),
    least: (f64, f64),
    most: (f64, f64),
    last: (f64, f64),
}

impl Column {
    fn of(point: (f64, f64)) -> Self {
        Self { first: point, least: point, most: point, last: point }
    }

    fn gather(&mut self, point: (f64, f64)) {
        if point.1 < self.least.1 {
            self.least = point;
        }
        if point.1 > self.most.1 {
            self.most = point;
        }
        self.last = point;
    }

    /// The points in the order of their steps, each once.
    fn points(self) -> Vec<(f64, f64)> {
        let falls = self.most.0 < self.least.0;
        let (former, latter) =
            if falls { (self.most, self.least) } else { (self.least, self.most) };
        let mut points = vec![self.first, former, latter, self.last];
        points.dedup();
        points
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_runs_keep_every_step() {
        let series = Series::of([100.0, 10.0, 1.0].into_iter(), 200);
        assert_eq!(series.points(), [(0.0, 2.0), (1.0, 1.0), (2.0, 0.0)]);
    }

    #[test]
    fn a_single_peak_among_a_million_steps_is_kept() {
        let values = (0..1_000_000_u32).map(|i| if i == 123_456 { 1e9 } else { 1.0 });
        let series = Series::of(values.collect::<Vec<_>>().into_iter(), 300);
        assert!(series.points().len() <= 4 * 301);
        assert_eq!(series.range(), Some((0.0, 9.0)));
        assert!(series.points().windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(series.points().last(), Some(&(999_999.0, 0.0)));
    }

    #[test]
    fn zero_lies_below_every_axis_and_overflow_ends_the_line() {
        let series = Series::of([1.0, 0.0, f64::INFINITY, 1.0].into_iter(), 10);
        assert_eq!(series.points(), [(0.0, 0.0), (1.0, f64::NEG_INFINITY)]);
        assert_eq!(series.range(), Some((0.0, 0.0)));
    }

    #[test]
    fn past_and_future_share_the_current_point() {
        let series = Series::of([8.0, 4.0, 2.0, 1.0].into_iter(), 10);
        let (past, future) = series.split(1.0);
        assert_eq!((past.len(), future.len()), (2, 3));
        assert_eq!(past.last(), future.first());
    }
}
