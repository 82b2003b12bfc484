//! The axes of the chart, drawn with plotters.

use core::convert::Infallible;

use plotters::coord::types::RangedCoordf64;
use plotters::element::{PathElement, Text as TextElement};
use plotters::prelude::{Cartesian2d, DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color as _, FontDesc, FontFamily, FontStyle, RGBAColor, TextStyle as Style};

use super::super::painter::{Color, Painter, Rect, TextStyle};
use super::super::palette::Palette;
use super::super::plot_backend::{GRAIN, PlotBackend};
use super::super::quantity::Quantity;
use super::super::series::log10;
use super::super::ticks::{decade_ticks, linear_ticks, log_ticks};
use super::ChartScene;
use crate::text::{raised, tick};

type Area<'a> = DrawingArea<PlotBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;

/// The margins: at the left at least, for long numbers more; at the right as wide
/// as the names of the lines, within these.
const LEFT: f64 = 38.0;
const RIGHT: [f64; 2] = [68.0, 134.0];
const TOP: f64 = 10.0;
const BOTTOM: f64 = 24.0;
/// The height of a line of words.
const LINE: f64 = 14.0;
/// The least that lines need.
const LEAST: [f64; 2] = [40.0, 30.0];
/// What is smaller than this power of ten is as good as zero and not worth an axis.
const FLOOR: f64 = -6.0;
/// Rates spread over fewer decades than this have ticks between the powers of ten.
const FEW_DECADES: f64 = 2.0;
/// How many decades around the edge of stability are shown at most.
const AROUND_EDGE: f64 = 4.0;
/// How many decades below the lines the threshold of a stop rule may lie to be shown.
const BELOW_LINES: f64 = 4.0;
/// Ticks stand at least so far apart.
const TICKS_APART: f64 = 16.0;
/// From a number to the axis.
const GAP: f64 = 7.0;

/// The transform between steps and logarithms and the pixels of a chart.
pub(super) struct Axes {
    /// The canvas' size.
    pub(super) size: [f64; 2],
    /// Where the lines are.
    pub(super) plot: Rect,
    /// The decimal logarithm at the bottom.
    pub(super) low: f64,
    /// The same at the top.
    pub(super) high: f64,
    /// The last step.
    pub(super) last: f64,
    /// Logarithms with the numbers that stand beside them.
    ticks: Vec<(f64, String)>,
    /// Steps with the numbers that stand below them.
    pub(super) across: Vec<(f64, String)>,
    /// Whether these have lines of the grid as well.
    pub(super) is_crossed: bool,
    /// Whether lines are broken where they have no logarithm.
    pub(super) leaves_gaps: bool,
    /// A part of the canvas that something else lies over.
    pub(super) keep_clear: Option<Rect>,
}

/// The height that lines have above `below` pixels for something else; none on a
/// canvas that is too small.
pub(super) fn room([width, height]: [f64; 2], below: f64) -> Option<f64> {
    let tall = height - TOP - BOTTOM - below;
    (tall >= LEAST[1] && width >= LEFT + RIGHT[0] + LEAST[0]).then_some(tall)
}

impl Axes {
    /// The axes of a scene; none on a canvas that is too small.
    #[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
    pub(super) fn of(painter: &mut dyn Painter, scene: &ChartScene<'_>) -> Option<Self> {
        let tall = room(scene.size, 0.0)?;
        let (low, high) = range(scene);
        let ticks = ticks(has_fine_ticks(scene), low, high, tall);
        let names = Self::room_for_names(painter, scene);
        let last = scene.steps.max(1) as f64;
        let mut axes = Self::fit(painter, scene.size, tall, names, (low, high), ticks, last)?;
        let most = if axes.plot.width < 160.0 { 3 } else { 5 };
        let steps = linear_ticks(0.0, last, most).into_iter().filter(|step| step.fract() == 0.0);
        axes.across = steps.map(|step| (step, tick(step))).collect();
        axes.leaves_gaps = scene.quantity.leaves_gaps();
        Some(axes)
    }

    /// Axes from 0 to `last` along the bottom, `tall` pixels high, beside numbers at
    /// the left and names at the right; none where that leaves too little.
    pub(super) fn fit(
        painter: &mut dyn Painter,
        size: [f64; 2],
        tall: f64,
        names: f64,
        (low, high): (f64, f64),
        ticks: Vec<(f64, String)>,
        last: f64,
    ) -> Option<Self> {
        let style = TextStyle::plain(12.0, Color::hex(0));
        let widths = ticks.iter().map(|(_, label)| painter.text_width(label, &style));
        let left = widths.fold(LEFT, |most, width| most.max(width + GAP + 4.0));
        // Names may take a third of a narrow chart.
        let most = RIGHT[1].min(0.36 * size[0]).max(RIGHT[0]);
        let wide = size[0] - left - names.clamp(RIGHT[0], most);
        let plot = Rect { left, top: TOP, width: wide, height: tall };
        let (across, is_crossed, leaves_gaps, keep_clear) = (Vec::new(), false, false, None);
        (wide >= LEAST[0]).then_some(Self {
            size,
            plot,
            low,
            high,
            last,
            ticks,
            across,
            is_crossed,
            leaves_gaps,
            keep_clear,
        })
    }

    pub(super) fn x(&self, step: f64) -> f64 {
        self.plot.left + step / self.last * self.plot.width
    }

    /// The y of a logarithm; what lies beyond the axis is at its end.
    pub(super) fn y(&self, log: f64) -> f64 {
        let log = log.clamp(self.low, self.high);
        self.plot.top + (self.high - log) / (self.high - self.low) * self.plot.height
    }

    /// Draws grid and numbers, and `word` at the end of the bottom's, but for what
    /// `cover` would lie over.
    pub(super) fn draw_grid(
        &self,
        painter: &mut dyn Painter,
        palette: &Palette,
        word: &str,
        cover: Option<Rect>,
    ) {
        let numbers = self.numbers(painter, word, cover);
        let [width, height] = self.size;
        let area = Rect { left: 0.0, top: 0.0, width, height };
        let root = PlotBackend { painter, area }.into_drawing_area();
        let plot = self.plot;
        let pixels = (
            grains(plot.left)..grains(plot.right()),
            // Upwards: the axis' low end lies at the bottom.
            grains(plot.bottom())..grains(plot.top),
        );
        let spec = Cartesian2d::new(0.0..self.last, self.low..self.high, pixels);
        // The backend cannot fail (its error type has no value), so neither can this.
        let _ = self.draw_on(&root.apply_coord_spec(spec), palette, &numbers);
    }

    fn draw_on(&self, area: &Area<'_>, palette: &Palette, numbers: &[Number]) -> Drawn {
        #[expect(clippy::cast_sign_loss, reason = "a width")]
        let hairline = rgba(palette.line).stroke_width(grains(1.0) as u32);
        for (log, _) in &self.ticks {
            area.draw(&PathElement::new([(0.0, *log), (self.last, *log)], hairline))?;
        }
        for (step, _) in self.across.iter().filter(|_| self.is_crossed) {
            area.draw(&PathElement::new([(*step, self.low), (*step, self.high)], hairline))?;
        }
        // Numbers stand at pixels; the area's own coordinates are steps and logarithms.
        let root = area.strip_coord_spec();
        for Number { text, at: [x, y], h, v } in numbers {
            let style = words(palette.ink_3, *h, *v);
            root.draw(&TextElement::new(text.as_str(), (grains(*x), grains(*y)), style))?;
        }
        Ok(())
    }

    /// The words along both axes.
    fn numbers(&self, painter: &mut dyn Painter, word: &str, cover: Option<Rect>) -> Vec<Number> {
        let mut numbers = Vec::new();
        for (log, label) in &self.ticks {
            let at = [self.plot.left - GAP, self.y(*log)];
            numbers.push(Number { text: label.clone(), at, h: HPos::Right, v: VPos::Center });
        }
        let below = self.size[1] - BOTTOM + 17.0;
        for (step, label) in &self.across {
            let at = [self.x(*step), below];
            numbers.push(Number { text: label.clone(), at, h: HPos::Center, v: VPos::Bottom });
        }
        let (text, at) = (word.to_owned(), [self.size[0], below]);
        numbers.push(Number { text, at, h: HPos::Right, v: VPos::Bottom });
        let style = TextStyle::plain(12.0, Color::hex(0));
        numbers.retain(|number| {
            let width = painter.text_width(&number.text, &style);
            let is_under = cover.is_some_and(|cover| number.meets(&cover, width));
            !is_under
        });
        numbers
    }
}

/// A word along an axis.
struct Number {
    text: String,
    at: [f64; 2],
    h: HPos,
    v: VPos,
}

impl Number {
    fn meets(&self, cover: &Rect, width: f64) -> bool {
        let [x, y] = self.at;
        let left = if matches!(self.h, HPos::Right) { x - width } else { x - 0.5 * width };
        let top = if matches!(self.v, VPos::Center) { y - 7.0 } else { y - 10.0 };
        left < cover.right()
            && cover.left < left + width
            && top < cover.bottom()
            && cover.top < top + 14.0
    }
}

/// Whether the lines often stay within a decade or two: so does a loss that is not
/// measured from its minimum.
fn has_fine_ticks(scene: &ChartScene<'_>) -> bool {
    let is_narrow = matches!(scene.quantity, Quantity::LearningRate | Quantity::Sharpness);
    is_narrow || scene.held_out.is_some()
}

/// The logarithms that the axis spans.
fn range(scene: &ChartScene<'_>) -> (f64, f64) {
    let ghost = scene.ghost.map(|(ghost, _)| ghost);
    let largest = scene.edge.and_then(|(lines, _)| lines.largest.as_ref());
    let averages = scene.lines.iter().filter_map(|line| line.average);
    let series = scene.lines.iter().map(|line| line.series).chain(averages);
    let held_out = scene.held_out.map(|(series, _)| series);
    let series = series.chain(ghost).chain(largest).chain(held_out);
    let all = series
        .filter_map(super::super::series::Series::range)
        .reduce(|(low, high), (l, h)| (low.min(l), high.max(h)));
    let (mut low, mut high) = all.unwrap_or((FLOOR, 0.0));
    let edge = scene.edge.and_then(|(lines, _)| lines.edge.as_ref()?.0.range());
    if let Some((least, most)) = edge {
        low = low.min(least).max(least - AROUND_EDGE);
        high = high.max(most).min(most + AROUND_EDGE);
    }
    let mut floor = FLOOR;
    let stop = scene.stop.map(|(value, _)| log10(value));
    if let Some(stop) = stop.filter(|stop| *stop <= high && *stop >= low.max(FLOOR) - BELOW_LINES) {
        // A little below: a line on the axis would not be seen.
        (low, floor) = (low.min(stop - 0.1), floor.min(stop - 0.1));
    }
    if has_fine_ticks(scene) {
        if high - low < FEW_DECADES {
            return around(low, high);
        }
        let high = libm::ceil(high - 1e-9);
        return (libm::floor(low.max(high + floor) + 1e-9), high);
    }
    let high = libm::ceil(high - 1e-9);
    let low = libm::floor(low.max(floor.min(high - 4.0)) + 1e-9);
    (low.min(high - 1.0), high)
}

/// From the next tick below to the next above: 1, 2 or 5 times a power of ten.
fn around(low: f64, high: f64) -> (f64, f64) {
    // A line on the edge would look cut.
    const AIR: f64 = 0.04;
    let (low, high) = (low - AIR, high + AIR);
    let marks = [0.0, libm::log10(2.0), libm::log10(5.0), 1.0];
    let (floor, ceiling) = (libm::floor(low), libm::floor(high));
    let below = marks.into_iter().rev().map(|mark| floor + mark).find(|mark| *mark <= low);
    let above = marks.into_iter().map(|mark| ceiling + mark).find(|mark| *mark >= high);
    (below.unwrap_or(floor), above.unwrap_or(ceiling + 1.0))
}

fn ticks(is_fine: bool, low: f64, high: f64, height: f64) -> Vec<(f64, String)> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
    let most = (height / 26.0).clamp(2.0, 6.0) as usize;
    if is_fine && high - low < FEW_DECADES + 1.0 {
        let fine = fine_ticks(low, high, height);
        if !fine.is_empty() {
            return fine;
        }
    }
    // On a very low chart even two may not stand one above the other.
    let least = LINE * (high - low) / height;
    let mut exponents = decade_ticks(low, high, most);
    exponents.dedup_by(|next, last| f64::from(*next) - f64::from(*last) < least);
    let decade = |exponent| (f64::from(exponent), format!("10{}", raised(exponent)));
    exponents.into_iter().map(decade).collect()
}

/// Powers of ten first, then what fits between them.
fn fine_ticks(low: f64, high: f64, height: f64) -> Vec<(f64, String)> {
    let per_decade = height / (high - low);
    let all = log_ticks(libm::pow(10.0, low), libm::pow(10.0, high));
    let mut ticks: Vec<(f64, String)> = Vec::new();
    for wanted in [1, 5, 2] {
        for (value, _) in all.iter().filter(|(_, digit)| *digit == wanted) {
            let log = libm::log10(*value);
            let is_apart = |(at, _): &(f64, String)| (log - at).abs() * per_decade >= TICKS_APART;
            if ticks.iter().all(is_apart) {
                ticks.push((log.clamp(low, high), tick(*value)));
            }
        }
    }
    ticks
}

#[expect(clippy::cast_possible_truncation, reason = "pixels of a canvas")]
fn grains(pixels: f64) -> i32 {
    libm::round(pixels * GRAIN) as i32
}

fn rgba(color: Color) -> RGBAColor {
    let [r, g, b] = color.rgb;
    RGBAColor(r, g, b, color.alpha)
}

/// Type by its family's name as it stands; `into_font` would fold its case, and
/// the tables for that are larger than this chart.
fn words(color: Color, h: HPos, v: VPos) -> Style<'static> {
    let font = FontDesc::new(FontFamily::Name("page"), 12.0 * GRAIN, FontStyle::Normal);
    font.color(&rgba(color)).pos(Pos::new(h, v))
}
