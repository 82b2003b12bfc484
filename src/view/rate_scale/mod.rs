//! The ruler around the learning-rate slider: numbers and ticks above its track,
//! the previous rate and those of other runs on it; under it the spectrum of what
//! every rate does, and 'best' and 'limit' hanging below.

mod flags;

use super::marker::draw_on_page;
use super::painter::{Outline, Painter, Stroke, TextStyle};
use super::palette::{Palette, RunLook};
use super::spectrum::{SpectrumScene, draw_spectrum};
use super::ticks::log_ticks;
use crate::text::{Text, tick};
use flags::draw_flags;

/// The thumb's centre runs from this far inside the left edge to as far inside
/// the right one, so that it may overhang the scale.
pub const SIDE: f64 = 12.0;
/// The middle of the track.
const TRACK: f64 = 35.0;

/// The thumb's radius.
const THUMB: f64 = 12.0;

/// Everything the ruler depends on.
pub struct RateScene<'a> {
    /// The width of the canvas in CSS pixels.
    pub width: f64,
    /// The colours.
    pub palette: &'a Palette,
    /// The words.
    pub text: &'a Text,
    /// The smallest and largest rate of the slider.
    pub rates: [f64; 2],
    /// The present rate.
    pub rate: f64,
    /// The rate before, if it was another.
    pub previous: Option<f64>,
    /// The rates of the other runs.
    pub others: &'a [(f64, &'a RunLook)],
    /// The best fixed rate at the current point, where theory has one.
    pub best: Option<Mark<'a>>,
    /// The limit at the current point, where theory has one.
    pub limit: Option<Mark<'a>>,
    /// The limit at the minimum that the run goes to, where it is known.
    pub limit_at_minimum: Option<f64>,
    /// Whether the two hold near the current point only, as on any loss whose Hessian
    /// is not the same everywhere.
    pub are_local: bool,
    /// Why there is no limit, or beside the limit why there is no best rate.
    pub silence: Option<&'a str>,
    /// The rates that were nearly the fastest when they were tried.
    pub fastest: Option<[f64; 2]>,
    /// What every rate does; none while that is kept secret.
    pub spectrum: Option<SpectrumScene<'a>>,
}

/// A rate that theory marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark<'a> {
    /// The rate, or the lowest of a band.
    pub rate: f64,
    /// The highest of a band of rates that are as good; otherwise the rate again.
    pub until: f64,
    /// Its formula in parts; `true` for an index.
    pub formula: &'a [(&'static str, bool)],
}

impl RateScene<'_> {
    /// The x of a rate, which may lie outside the scale.
    #[must_use]
    pub fn x(&self, rate: f64) -> f64 {
        SIDE + position(self.rates, rate) * (self.width - 2.0 * SIDE)
    }

    /// The x of a rate, at the end of the scale for one beyond it; at the left end of a
    /// scale without any width.
    pub(super) fn x_within(&self, rate: f64) -> f64 {
        self.x(rate).min(self.width - SIDE).max(SIDE)
    }
}

/// The place of a rate on its logarithmic slider, 0 to 1 within its range.
#[must_use]
pub fn position([low, high]: [f64; 2], rate: f64) -> f64 {
    libm::log(rate / low) / libm::log(high / low)
}

/// Draws the ruler; nothing on a canvas that has no width between its sides.
pub fn draw_rate_scale(painter: &mut dyn Painter, scene: &RateScene<'_>) {
    if scene.width < 2.0 * SIDE + 1.0 {
        return;
    }
    draw_ruler(painter, scene);
    if let Some(previous) = scene.previous {
        let x = scene.x(previous);
        let is_visible = (SIDE..=scene.width - SIDE).contains(&x);
        if is_visible && !is_under_thumb(scene, x) {
            let stroke = Stroke { color: scene.palette.ink_2, width: 1.5, dash: &[2.2, 2.0] };
            painter.discs(&[[x, TRACK]], 5.5, scene.palette.background);
            painter.ring([x, TRACK], 5.5, &stroke);
        }
    }
    for (rate, look) in scene.others {
        let x = scene.x_within(*rate);
        if x.is_finite() && !is_under_thumb(scene, x) {
            draw_on_page(painter, look, &[[x, TRACK]], 5.0, scene.palette.background);
        }
    }
    draw_spectrum(painter, scene);
    draw_flags(painter, scene);
}

/// Whether a mark at `x` would lie on the thumb, which is drawn by the browser
/// under this canvas.
fn is_under_thumb(scene: &RateScene<'_>, x: f64) -> bool {
    (x - scene.x(scene.rate)).abs() < THUMB
}

fn draw_ruler(painter: &mut dyn Painter, scene: &RateScene<'_>) {
    let [low, high] = scene.rates;
    let decades = libm::log10(high / low);
    let per_decade = (scene.width - 2.0 * SIDE) / decades;
    let style = TextStyle::plain(12.0, scene.palette.ink_3);
    let mut lines = Outline::default();
    let mut taken = f64::NEG_INFINITY;
    for (value, digit) in log_ticks(low, high) {
        let x = libm::round(scene.x(value) - 0.5) + 0.5;
        let is_main = matches!(digit, 1 | 2 | 5);
        if per_decade > 60.0 || digit == 1 {
            lines.move_to([x, if is_main { 24.0 } else { 26.0 }]);
            lines.line_to([x, 29.0]);
        }
        // Long decimals are named at whole decades only.
        let is_named = digit == 1 || (is_main && per_decade > 110.0 && value >= 1e-4);
        let label = tick(value);
        let width = painter.text_width(&label, &style);
        let [first, last] = [SIDE - 8.0, scene.width - SIDE + 8.0 - width];
        let left = (x - 0.5 * width).min(last).max(first);
        // A scale narrower than the number has no room for it.
        if is_named && first <= last && left > taken + 8.0 {
            painter.text(&label, [left, 16.0], &style);
            taken = left + width;
        }
    }
    painter.stroke(&lines, &[Stroke::solid(scene.palette.line_2, 1.0)]);
}
