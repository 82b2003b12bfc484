//! Where the parts of the picture lie, and the numbers along their axes.

use super::super::axes::crisp;
use super::super::painter::{Align, Outline, Painter, Rect, Stroke, TextStyle};
use super::super::palette::Palette;
use super::super::ticks::decade_ticks;
use super::LayersScene;
use crate::text::raised;

/// The least room for the layers, across and down.
const LEAST: [f64; 2] = [60.0, 120.0];
/// From numbers to their axis, and from a line's end to its name.
pub(super) const GAP: f64 = 8.0;
/// Names of lines take no more than this of the width.
const NAMES: f64 = 0.24;
/// So far beside all of them the nearest layer is still meant.
const BESIDE: f64 = 24.0;
/// Layer numbers stand so far apart at least.
const NUMBERS_APART: f64 = 20.0;

/// The parts of the picture, one above the other; all have the same left and right.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Panels {
    /// How many layers stand side by side.
    pub layers: usize,
    /// The way of the gradient.
    pub flow: Rect,
    /// Norms.
    pub norms: Rect,
    /// Update over weights.
    pub ratios: Rect,
    /// Spread and idle units.
    pub units: Rect,
}

/// Heights: of the way of the gradient, a caption, the ratios, the units at least, the
/// numbers below, and the gap between parts.
struct Heights {
    flow: f64,
    caption: f64,
    ratios: f64,
    units: f64,
    numbers: f64,
    gap: f64,
}

impl Heights {
    fn of(height: f64, is_compact: bool) -> Self {
        if is_compact {
            let units = (0.17 * height).max(26.0);
            return Self {
                flow: 22.0,
                caption: 15.0,
                ratios: 26.0,
                units,
                numbers: 18.0,
                gap: 4.0,
            };
        }
        let ratios = (0.1 * height).clamp(36.0, 60.0);
        let units = (0.17 * height).clamp(52.0, 130.0);
        Self { flow: 36.0, caption: 18.0, ratios, units, numbers: 38.0, gap: 10.0 }
    }
}

/// The size of numbers and names.
pub(super) fn font(is_compact: bool) -> f64 {
    if is_compact { 11.0 } else { 12.0 }
}

impl Panels {
    /// The parts on a canvas; none where they have no room.
    pub(super) fn of(painter: &mut dyn Painter, scene: &LayersScene<'_>) -> Option<Self> {
        let layers = scene.figures.len();
        let [width, height] = scene.size;
        let style = TextStyle::plain(font(scene.is_compact), scene.palette.ink_2);
        let words = scene.words;
        let mut names = painter.text_width("100 %", &style);
        for name in [words.weights, words.gradient, words.update, words.backward] {
            names = names.max(painter.text_width(name, &style));
        }
        let right = (names + GAP + 4.0).min(NAMES * width);
        let mut tick = painter.text_width("10⁻⁰⁰", &style);
        for exponent in [scene.span.norms, scene.span.spreads].concat() {
            let label = format!("10{}", raised(exponent));
            tick = tick.max(painter.text_width(&label, &style));
        }
        let left = tick + GAP;
        let wide = width - left - right;
        let heights = Heights::of(height, scene.is_compact);
        let Heights { flow, caption, ratios, units, numbers, gap } = heights;
        let norms = height - flow - ratios - units - numbers - 3.0 * caption - 2.0 * gap;
        if layers == 0 || wide < LEAST[0] || height < LEAST[1] || norms < 24.0 {
            return None;
        }
        let mut top = 0.0;
        let mut rect = |above: f64, height: f64| {
            let rect = Rect { left, top: top + above, width: wide, height };
            top = rect.bottom();
            rect
        };
        let flow = rect(0.0, flow);
        let norms = rect(caption, norms);
        let ratios = rect(gap + caption, ratios);
        let units = rect(gap + caption, units);
        Some(Self { layers, flow, norms, ratios, units })
    }

    /// The width that a layer has.
    #[expect(clippy::cast_precision_loss, reason = "a few layers")]
    pub(super) fn each(&self) -> f64 {
        self.norms.width / self.layers as f64
    }

    /// The middle of a layer.
    #[expect(clippy::cast_precision_loss, reason = "a few layers")]
    #[must_use]
    pub fn x(&self, layer: usize) -> f64 {
        self.norms.left + (layer as f64 + 0.5) * self.each()
    }

    /// The radius of its marks.
    pub(super) fn radius(&self) -> f64 {
        (0.34 * self.each()).clamp(1.4, 3.6)
    }

    /// The layer at so many pixels from the left edge of the canvas.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few layers")]
    #[must_use]
    pub fn layer_at(&self, x: f64) -> Option<usize> {
        let place = (x - self.norms.left) / self.each();
        let is_near = x > self.norms.left - BESIDE && x < self.norms.right() + BESIDE;
        let last = self.layers.saturating_sub(1);
        is_near.then(|| (place.max(0.0) as usize).min(last))
    }

    /// All of a layer, from top to bottom.
    pub(super) fn column(&self, layer: usize) -> Rect {
        let wide = self.each().clamp(3.0, 44.0);
        let top = self.flow.top;
        Rect {
            left: self.x(layer) - 0.5 * wide,
            top,
            width: wide,
            height: self.units.bottom() - top,
        }
    }

    /// The numbers of the layers below all parts, as many as have room, and the last.
    pub(super) fn draw_numbers(&self, painter: &mut dyn Painter, scene: &LayersScene<'_>) {
        let palette = scene.palette;
        let style = TextStyle::plain(font(scene.is_compact), palette.ink_3).aligned(Align::Center);
        let step = [1, 2, 5, 10, 20];
        #[expect(clippy::cast_precision_loss, reason = "a few layers")]
        let is_apart = |step: &usize| *step as f64 * self.each() >= NUMBERS_APART;
        let step = step.into_iter().find(is_apart).unwrap_or(50);
        let y = self.units.bottom() + if scene.is_compact { 14.0 } else { 16.0 };
        for number in 1..=self.layers {
            let is_last = number == self.layers;
            let is_round = number == 1 || number.is_multiple_of(step);
            let x = self.x(number - 1);
            let is_free = number == 1 || x - self.x(0) >= NUMBERS_APART;
            let is_free = is_free && self.x(self.layers - 1) - x >= NUMBERS_APART;
            if is_last || (is_round && is_free) {
                painter.text(&number.to_string(), [x, y], &style);
            }
        }
        let words = scene.words;
        if scene.is_compact {
            let style = style.aligned(Align::Left);
            painter.text(words.layer, [self.norms.right() + GAP, y], &style);
            return;
        }
        let y = self.units.bottom() + 34.0;
        let style = TextStyle::plain(12.0, palette.ink_2);
        painter.text(words.input, [self.norms.left, y], &style);
        let middle = self.norms.left + 0.5 * self.norms.width;
        painter.text(words.layer, [middle, y], &style.aligned(Align::Center));
        painter.text(words.output, [self.norms.right(), y], &style.aligned(Align::Right));
    }
}

/// A panel with a logarithmic axis.
#[derive(Clone, Copy)]
pub(super) struct LogAxis {
    pub(super) plot: Rect,
    /// Its lowest and highest decade.
    pub(super) low: f64,
    pub(super) high: f64,
}

impl LogAxis {
    pub(super) fn of(plot: Rect, [low, high]: [i32; 2]) -> Self {
        Self { plot, low: f64::from(low), high: f64::from(high) }
    }

    /// The y of a positive number; what lies beyond the axis is at its end.
    pub(super) fn y(&self, value: f64) -> f64 {
        let log = libm::log10(value).clamp(self.low, self.high);
        self.plot.top + (self.high - log) / (self.high - self.low) * self.plot.height
    }

    /// Hairlines and numbers at powers of ten, as many as stand so far apart.
    pub(super) fn draw_grid(
        &self,
        painter: &mut dyn Painter,
        palette: &Palette,
        is_compact: bool,
        apart: f64,
    ) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let most = (self.plot.height / apart).clamp(2.0, 9.0) as usize;
        let style = TextStyle {
            middle: true,
            ..TextStyle::plain(font(is_compact), palette.ink_3).aligned(Align::Right)
        };
        let mut grid = Outline::default();
        for exponent in decade_ticks(self.low, self.high, most) {
            let part = (self.high - f64::from(exponent)) / (self.high - self.low);
            let y = self.plot.top + part * self.plot.height;
            grid.move_to([self.plot.left, crisp(y)]);
            grid.line_to([self.plot.right(), crisp(y)]);
            let label = format!("10{}", raised(exponent));
            painter.text(&label, [self.plot.left - GAP, y], &style);
        }
        if !grid.points.is_empty() {
            painter.stroke(&grid, &[Stroke::solid(palette.line, 1.0)]);
        }
    }
}

/// Writes what a panel shows above it.
pub(super) fn draw_caption(
    painter: &mut dyn Painter,
    scene: &LayersScene<'_>,
    plot: Rect,
    words: &str,
) {
    let style = TextStyle::plain(font(scene.is_compact), scene.palette.ink_2);
    painter.text(words, [plot.left, plot.top - 6.0], &style);
}
