//! The heat map: a field as an image.

use super::field::{Field, Range};
use super::levels::Spacing;
use super::ramp::Ramp;

/// How far a colour is drawn from the exact one towards that of the middle
/// between the two contours around it: the soft terraces that make a slope read
/// as a relief.
const TERRACE: f64 = 0.45;

/// The largest part of the ramp that a terrace takes.
const WIDEST: f64 = 0.3;

/// Entries of the table: fine enough that an edge of a terrace lies under its
/// contour line.
const ENTRIES: usize = 4096;

/// From a log-loss straight to the bytes of a pixel, terraces included.
#[derive(Clone, Debug)]
pub struct Palette {
    range: Range,
    table: Box<[[u8; 4]; ENTRIES]>,
}

impl Palette {
    /// The colours of `ramp` over `range`, with terraces between contours of this
    /// spacing (none: a smooth map).
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "at most 4095")]
    pub fn new(ramp: &Ramp, range: Range, spacing: Option<Spacing>) -> Self {
        let color = |k: usize| {
            let exact = (k as f64 + 0.5) / ENTRIES as f64;
            let t = spacing.map_or(exact, |spacing| {
                let log_loss = range.low + exact * (range.high - range.low);
                let [below, above] = spacing.around(log_loss).map(|level| range.share(level));
                // With few levels on the ramp terraces would be all there is to see.
                let terrace = if above - below > WIDEST { 0.0 } else { TERRACE };
                (1.0 - terrace) * exact + terrace * 0.5 * (below + above)
            });
            ramp.rgba_at(t)
        };
        let mut table = Box::new([[0; 4]; ENTRIES]);
        for (k, entry) in table.iter_mut().enumerate() {
            *entry = color(k);
        }
        Self { range, table }
    }

    /// The bytes at `place`, the share of the range in entries of the table.
    #[inline]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "`as` takes what lies below the range to entry 0"
    )]
    fn at(&self, place: f32) -> [u8; 4] {
        self.table[(place as usize).min(ENTRIES - 1)]
    }
}

/// Paints the window of `field`, `width` device pixels wide, into `out`: four bytes
/// a pixel (red, green, blue, 255), row by row from the top. Between samples the
/// log-loss is interpolated bilinearly, at the middle of each pixel.
///
/// # Panics
///
/// If `out` is not a whole number of rows, or reaches beyond the samples.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "pixels of a screen, and an `f32` is all that the samples are"
)]
pub fn paint(field: &Field, palette: &Palette, width: usize, out: &mut [u8]) {
    let (pixels, rest) = out.as_chunks_mut::<4>();
    assert!(rest.is_empty() && pixels.len().is_multiple_of(width), "not whole rows");
    let step = field.step();
    assert!(width <= (field.width() - 1) * step, "wider than the field");
    assert!(pixels.len() / width <= (field.height() - 1) * step, "higher than the field");

    let scale = ENTRIES as f64 / (palette.range.high - palette.range.low);
    let offset = ((field.reference() - palette.range.low) * scale) as f32;
    let scale = scale as f32;
    let mut places = vec![0.0_f32; field.width()];
    for (row, line) in pixels.chunks_exact_mut(width).enumerate() {
        let first = row / step * field.width();
        let (above, below) =
            field.values()[first..first + 2 * field.width()].split_at(field.width());
        let share = ((row % step) as f32 + 0.5) / step as f32;
        for ((place, above), below) in places.iter_mut().zip(above).zip(below) {
            *place = (above + (below - above) * share) * scale + offset;
        }
        match step {
            1 => paint_row::<1>(&places, palette, line),
            2 => paint_row::<2>(&places, palette, line),
            3 => paint_row::<3>(&places, palette, line),
            4 => paint_row::<4>(&places, palette, line),
            _ => paint_cells(&places, palette, step, line),
        }
    }
}

/// Paints `STEP` pixels between each place and the next: a fixed number, which
/// the compiler unrolls.
#[expect(clippy::cast_precision_loss, reason = "at most 4")]
fn paint_row<const STEP: usize>(places: &[f32], palette: &Palette, line: &mut [[u8; 4]]) {
    let whole = line.len() / STEP;
    let (cells, rest) = line.as_chunks_mut::<STEP>();
    for (cell, ends) in cells.iter_mut().zip(places.windows(2)) {
        let slope = (ends[1] - ends[0]) / STEP as f32;
        for (k, pixel) in cell.iter_mut().enumerate() {
            *pixel = palette.at(ends[0] + slope * (k as f32 + 0.5));
        }
    }
    paint_cells(&places[whole..], palette, STEP, rest);
}

/// The same for any step, and for a last cell that is cut off.
#[expect(clippy::cast_precision_loss, reason = "pixels of a screen")]
fn paint_cells(places: &[f32], palette: &Palette, step: usize, line: &mut [[u8; 4]]) {
    for (cell, ends) in line.chunks_mut(step).zip(places.windows(2)) {
        let slope = (ends[1] - ends[0]) / step as f32;
        for (k, pixel) in cell.iter_mut().enumerate() {
            *pixel = palette.at(ends[0] + slope * (k as f32 + 0.5));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::levels::Levels;
    use super::super::theme::Theme;
    use super::*;
    use crate::descent::loss::{self, LOSSES, LossRule};

    fn lightness([r, g, b, _]: [u8; 4]) -> u32 {
        2 * u32::from(r) + 5 * u32::from(g) + u32::from(b)
    }

    fn painted(field: &Field, palette: &Palette, size: [usize; 2]) -> Vec<[u8; 4]> {
        let mut out = vec![0; 4 * size[0] * size[1]];
        paint(field, palette, size[0], &mut out);
        out.as_chunks().0.to_vec()
    }

    #[test]
    fn every_pixel_of_every_loss_is_opaque_and_on_the_ramp() {
        let ramp = Ramp::of(Theme::Dark);
        // A network has a map of a plane alone.
        let few = |rule: &&&LossRule| rule.dimension(&rule.defaults()) < 9;
        for rule in LOSSES.iter().filter(few) {
            let knobs = rule.defaults();
            let loss = (rule.build)(&knobs);
            for step in 1..=5 {
                let size = [50, 31];
                let (lowest, window) = ((rule.lowest)(&knobs), (rule.window)(&knobs));
                let field = Field::sample(loss.as_ref(), lowest, window, size, step);
                let levels = Levels::across(field.range(), field.extent());
                let palette = Palette::new(&ramp, field.range(), levels.spacing);
                for pixel in painted(&field, &palette, size) {
                    assert_eq!(pixel[3], 255);
                    assert!(palette.table.contains(&pixel), "{}: {pixel:?}", rule.key);
                }
            }
        }
    }

    #[test]
    fn pixels_between_samples_have_the_colour_of_the_interpolated_loss() {
        // Logarithms that are linear in x and y, so that interpolation is exact.
        let plane = |x: f64, y: f64| 0.05 * x - 0.02 * y + 0.5;
        let range = Range { low: -1.0, high: 3.0, plain: 0.0 };
        let ramp = Ramp::of(Theme::Light);
        let palette = Palette::new(&ramp, range, None);
        let losses: Vec<f64> = (0..12 * 9)
            .map(|k| libm::pow(10.0, plane(f64::from(k % 12), f64::from(k / 12))))
            .collect();
        let field = Field::from_values(12, 9, 0.0, &losses);
        let pixels = painted(&field, &palette, [11, 8]);
        for (index, pixel) in (0_i32..).zip(pixels) {
            let (x, y) = (f64::from(index % 11) + 0.5, f64::from(index / 11) + 0.5);
            let exact = ramp.rgba_at(range.share(plane(x, y)));
            for (channel, exact) in pixel.into_iter().zip(exact) {
                assert!(channel.abs_diff(exact) <= 1, "at {x}, {y}");
            }
        }
    }

    #[test]
    fn a_coarse_field_paints_nearly_the_same_picture() {
        let rule = loss::find("himmelblau").expect("listed");
        let loss = (rule.build)(&rule.defaults());
        let size = [240, 200];
        let window = (rule.window)(&rule.defaults());
        let fine = Field::sample(loss.as_ref(), 0.0, window, size, 1);
        let palette = Palette::new(&Ramp::of(Theme::Light), fine.range(), None);
        let exact = painted(&fine, &palette, size);
        for step in 2..=5 {
            let field = Field::sample(loss.as_ref(), 0.0, window, size, step);
            let pixels = painted(&field, &palette, size);
            let differing = exact
                .iter()
                .zip(&pixels)
                .filter(|(exact, pixel)| exact.iter().zip(*pixel).any(|(a, b)| a.abs_diff(*b) > 5))
                .count();
            // Only the tips of the four minima.
            assert!(differing * 100 < pixels.len(), "step {step}: {differing} pixels");
        }
    }

    #[test]
    fn terraces_break_at_the_levels_and_rise_everywhere() {
        let range = Range { low: -2.0, high: 2.5, plain: 1.0 };
        let spacing = Levels::across(range, [-3.0, 2.6]).spacing;
        for theme in [Theme::Light, Theme::Dark] {
            let ramp = Ramp::of(theme);
            let terraced = Palette::new(&ramp, range, spacing);
            let smooth = Palette::new(&ramp, range, None);
            let light = terraced.table.map(lightness);
            // A grey value of rounding in a channel is 5 at most.
            assert!(light.windows(2).all(|pair| pair[0] <= pair[1] + 5));
            // Steps of 1/3 decade in 4.5 decades: 13 breaks, each above what the
            // smooth ramp rises by between neighbours.
            let step = smooth.table.map(lightness).windows(2).map(|p| p[1].abs_diff(p[0])).max();
            let breaks: Vec<usize> = (1..ENTRIES)
                .filter(|&k| light[k].abs_diff(light[k - 1]) > step.unwrap_or(0) + 3)
                .collect();
            assert_eq!(breaks.len(), 13, "{theme:?}");
            for (k, entry) in (1..).zip(breaks) {
                // Break k is at 2 k / 27 of the range, give or take an entry.
                assert!((27 * entry).abs_diff(2 * k * ENTRIES) < 41, "{theme:?}: {entry}");
            }
        }
    }

    #[test]
    fn losses_beyond_the_range_take_the_colours_of_its_ends() {
        let range = Range { low: 0.0, high: 2.0, plain: 1.0 };
        let ramp = Ramp::of(Theme::Light);
        let palette = Palette::new(&ramp, range, None);
        let low = Field::from_values(2, 2, 0.0, &[0.0, -1.0, 1e-9, 0.0]);
        assert_eq!(painted(&low, &palette, [1, 1]), [ramp.rgba_at(0.0)]);
        let high = Field::from_values(2, 2, 0.0, &[f64::NAN, f64::INFINITY, 1e9, 1e300]);
        assert_eq!(painted(&high, &palette, [1, 1]), [ramp.rgba_at(1.0)]);
    }
}
