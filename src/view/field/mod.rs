//! The loss over a window, sampled on a grid, as logarithms.

mod keys;
mod lattice;
mod nodes;
mod range;
mod refinement;

use super::logarithm::log10;
use crate::descent::loss::Loss;
use lattice::Lattice;
use range::Census;
pub use range::Range;
pub use refinement::Refinement;

/// log₁₀(J − inf J) where J is at its lowest (or the rounding of J hides how
/// close to it).
const FLOOR: f64 = -30.0;

/// log₁₀(J − inf J) where J is larger than this, infinite or not a number.
const CAP: f64 = 200.0;

/// log₁₀(J − inf J) on a regular grid, row by row, the first row at the top.
///
/// Sample (column, row) lies `step · column` device pixels to the right of the
/// window's left edge and `step · row` below its top edge; the last column and row
/// lie on the far edges or up to one step beyond them, so that every pixel of
/// the window is between samples.
#[derive(Clone, Debug)]
pub struct Field {
    width: usize,
    height: usize,
    step: usize,
    /// What was subtracted from every logarithm before it was rounded to `f32`:
    /// far from a minimum and magnified, a map has few decades, and only their
    /// differences matter.
    reference: f64,
    values: Vec<f32>,
    lowest: f64,
    highest: f64,
    range: Range,
}

impl Field {
    /// Samples `loss` over `window` (`[x0, x1, y0, y1]`), whose picture has `size`
    /// (width and height) device pixels, at one pixel in `step` each way. `lowest`
    /// is inf J.
    ///
    /// # Panics
    ///
    /// If a side of the picture or `step` is 0.
    #[must_use]
    pub fn sample(
        loss: &dyn Loss,
        lowest: f64,
        window: [f64; 4],
        size: [usize; 2],
        step: usize,
    ) -> Self {
        assert!(size[0] > 0 && size[1] > 0 && step > 0, "a picture without pixels");
        let [x0, x1, y0, y1] = window;
        let xs = nodes_along(x0, x1, size[0], step);
        let ys = nodes_along(y1, y0, size[1], step);
        let mut center = [0.0];
        loss.fill(&[0.5 * (x0 + x1)], &[0.5 * (y0 + y1)], &mut center);
        let scale = Scale::around(center[0], lowest);

        let mut values = vec![0.0; xs.len() * ys.len()];
        let lattice = Lattice::of(loss, [xs.len(), ys.len()]);
        if !lattice.is_exact() {
            let mut losses = vec![0.0; values.len()];
            lattice.fill(&xs, &ys, &mut losses);
            scale.take_logarithms(&losses, &mut values);
            return Self::new(xs.len(), ys.len(), step, &scale, values);
        }
        let mut losses = vec![0.0; xs.len()];
        for (row, y) in values.chunks_exact_mut(xs.len()).zip(&ys) {
            loss.fill(&xs, core::slice::from_ref(y), &mut losses);
            scale.take_logarithms(&losses, row);
        }
        Self::new(xs.len(), ys.len(), step, &scale, values)
    }

    /// The field of given losses (not logarithms), `width` times `height` of them,
    /// row by row from the top, one a device pixel. `lowest` is inf J.
    ///
    /// # Panics
    ///
    /// If a side is 0 or `losses` has another length than `width · height`.
    #[must_use]
    pub fn from_values(width: usize, height: usize, lowest: f64, losses: &[f64]) -> Self {
        assert!(width > 0 && height > 0 && losses.len() == width * height, "not a full grid");
        let scale = Scale::around(losses[height / 2 * width + width / 2], lowest);
        let mut values = vec![0.0; losses.len()];
        scale.take_logarithms(losses, &mut values);
        Self::new(width, height, 1, &scale, values)
    }

    #[expect(clippy::cast_possible_truncation, reason = "compared with `f32`s")]
    fn new(width: usize, height: usize, step: usize, scale: &Scale, values: Vec<f32>) -> Self {
        let reference = scale.reference;
        let [lowest, highest] = extent(&values, (CAP - reference - 0.001) as f32)
            .map(|value| f64::from(value) + reference);
        let range = Census::of(&values, width, reference).range();
        Self { width, height, step, reference, values, lowest, highest, range }
    }

    /// Samples in a row.
    #[must_use]
    pub fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub fn height(&self) -> usize {
        self.height
    }

    /// Device pixels from one sample to the next.
    #[must_use]
    pub fn step(&self) -> usize {
        self.step
    }

    /// log₁₀(J − inf J) at a sample.
    ///
    /// # Panics
    ///
    /// If there is no such row.
    #[must_use]
    pub fn at(&self, column: usize, row: usize) -> f64 {
        f64::from(self.values[row * self.width + column]) + self.reference
    }

    /// The samples as they are stored: log₁₀(J − inf J) − [`reference`](Self::reference).
    #[must_use]
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// What was subtracted from the stored logarithms.
    #[must_use]
    pub fn reference(&self) -> f64 {
        self.reference
    }

    /// The lowest and the highest log₁₀(J − inf J) among the samples, those at the
    /// cap left out unless there are no others.
    #[must_use]
    pub fn extent(&self) -> [f64; 2] {
        [self.lowest, self.highest]
    }

    /// The decades that the ramp should span: from where the lowest 5000th of the
    /// map lies to where the highest tenth begins (or less far where a cliff rises out
    /// of a plain), in half decades so that the colours hold still while the window
    /// moves a little.
    #[must_use]
    pub fn range(&self) -> Range {
        self.range
    }
}

/// Every `step`-th of `pixels` pixel edges from `from` to `to`, and the first beyond.
#[expect(clippy::cast_precision_loss, reason = "pixels of a screen")]
fn nodes_along(from: f64, to: f64, pixels: usize, step: usize) -> Vec<f64> {
    let scale = step as f64 / pixels as f64;
    (0..=pixels.div_ceil(step))
        .map(|k| {
            let share = k as f64 * scale;
            from * (1.0 - share) + to * share
        })
        .collect()
}

/// How a loss becomes a stored logarithm.
struct Scale {
    lowest: f64,
    floor: f64,
    reference: f64,
    /// 10 to the power −`reference`.
    factor: f64,
}

impl Scale {
    /// The scale on which the loss `center` is 0, so that the `f32`s resolve
    /// best what lies near it.
    fn around(center: f64, lowest: f64) -> Self {
        // Nearer to `lowest` than its own rounding nothing can be told.
        let floor = 1e-30_f64.max(8.0 * f64::EPSILON * lowest.abs());
        let height = center - lowest;
        let (reference, factor) = if height > floor && height < 1e200 {
            (libm::log10(height), 1.0 / height)
        } else {
            (0.0, 1.0)
        };
        Self { lowest, floor, reference, factor }
    }

    /// The stored logarithms of `losses`.
    fn take_logarithms(&self, losses: &[f64], out: &mut [f32]) {
        for (out, &loss) in out.iter_mut().zip(losses) {
            let height = loss - self.lowest;
            // In this order, what is not a number goes to the cap.
            let height = if height < 1e200 { height } else { 1e200 };
            let height = if height > self.floor { height } else { 1e-30 };
            *out = log10(height * self.factor);
        }
    }
}

/// The lowest value and the highest below `cap`. Lane by lane, which costs a
/// fraction of one chain of comparisons.
fn extent(values: &[f32], cap: f32) -> [f32; 2] {
    const LANES: usize = 8;
    let mut low = [f32::INFINITY; LANES];
    let mut high = [f32::NEG_INFINITY; LANES];
    let mut take = |lane: usize, value: f32| {
        low[lane] = if value < low[lane] { value } else { low[lane] };
        let is_higher = value > high[lane] && value < cap;
        high[lane] = if is_higher { value } else { high[lane] };
    };
    let (chunks, rest) = values.as_chunks::<LANES>();
    for chunk in chunks {
        for (lane, &value) in chunk.iter().enumerate() {
            take(lane, value);
        }
    }
    for &value in rest {
        take(0, value);
    }
    let low = low.into_iter().fold(f32::INFINITY, f32::min);
    [low, high.into_iter().fold(low, f32::max)]
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "half decades and caps are exact")]
mod tests {
    use super::*;
    use crate::descent::loss::{self, Setting};

    #[test]
    fn samples_lie_on_pixel_edges_with_the_first_row_at_the_top() {
        let rule = loss::find("booth").expect("listed");
        let loss = (rule.build)(&rule.defaults());
        // 10 pixels at every third edge: 0, 3, 6, 9 and, beyond the window, 12.
        let field = Field::sample(loss.as_ref(), 0.0, [-4.0, 6.0, -1.0, 8.0], [10, 9], 3);
        assert_eq!((field.width(), field.height(), field.step()), (5, 4, 3));
        for (column, row, x, y) in [(0, 0, -4.0, 8.0), (4, 0, 8.0, 8.0), (2, 3, 2.0, -1.0)] {
            let exact = libm::log10(loss.value(&[x, y]));
            assert!((field.at(column, row) - exact).abs() < 1e-6, "{column}, {row}");
        }
    }

    #[test]
    fn given_values_become_logarithms_above_the_lowest() {
        let field = Field::from_values(3, 2, -2.0, &[-1.0, 8.0, 98.0, -1.999, 0.0, 1e6]);
        let exact = [0.0, 1.0, 2.0, -3.0, libm::log10(2.0), libm::log10(1e6 + 2.0)];
        for (sample, exact) in exact.into_iter().enumerate() {
            assert!((field.at(sample % 3, sample / 3) - exact).abs() < 1e-6, "sample {sample}");
        }
        assert_eq!(field.extent().map(libm::round), [-3.0, 6.0]);
    }

    #[test]
    fn what_has_no_logarithm_is_at_the_floor_or_the_cap() {
        let odd =
            [0.0, -3.0, f64::NEG_INFINITY, f64::INFINITY, f64::NAN, f64::MAX, 1e-310, 10.0, 20.0];
        let field = Field::from_values(3, 3, 0.0, &odd);
        let expected = [FLOOR, FLOOR, FLOOR, CAP, CAP, CAP, FLOOR, 1.0, libm::log10(20.0)];
        for (sample, expected) in expected.into_iter().enumerate() {
            let value = field.at(sample % 3, sample / 3);
            assert!((value - expected).abs() < 1e-4, "{}: {value}", odd[sample]);
        }
        // The caps do not count as the highest.
        assert!((field.extent()[1] - libm::log10(20.0)).abs() < 1e-4);
        let Range { low, high, .. } = field.range();
        assert!(low < high && high.is_finite());
    }

    #[test]
    fn the_rounding_of_a_loss_with_a_deep_infimum_is_not_shown_as_relief() {
        let lowest = -78.332_331_407_545_1;
        let noisy = [0.0, 1.0, -2.0, 3.0].map(|ulps| lowest + ulps * 1.42e-14);
        let field = Field::from_values(2, 2, lowest, &noisy);
        assert!(field.values().iter().all(|value| *value == field.values()[0]));
    }

    #[test]
    fn a_window_magnified_ten_thousand_times_keeps_its_slope() {
        let field = {
            let loss = (loss::find("himmelblau").expect("listed").build)(&Setting::default());
            Field::sample(loss.as_ref(), 0.0, [0.5, 0.501, -0.5, -0.499], [610, 520], 2)
        };
        let row = &field.values()[..field.width()];
        let steps: Vec<f32> = row.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mean = (row[row.len() - 1] - row[0]) / 305.0;
        assert!(mean.abs() > 1e-8);
        assert!(steps.iter().all(|step| (step / mean - 1.0).abs() < 0.02), "{mean}");
    }
}
