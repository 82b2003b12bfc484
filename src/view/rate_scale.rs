//! The ruler around the learning-rate slider: numbers and ticks above its track,
//! the previous rate and those of other runs on it, 'best' and 'limit' hanging
//! below.

use super::marker::draw_on_page;
use super::painter::{Align, Outline, Painter, Stroke, TextStyle, shortened, write_parts};
use super::palette::{Palette, RunLook};
use super::ticks::log_ticks;
use crate::text::{Text, figure, tick};

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
    /// Why there is no limit, or beside the limit why there is no best rate.
    pub silence: Option<&'a str>,
}

/// A rate that theory marks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark<'a> {
    /// The rate.
    pub rate: f64,
    /// Its formula in parts; `true` for an index.
    pub formula: &'a [(&'static str, bool)],
}

impl RateScene<'_> {
    /// The x of a rate, which may lie outside the scale.
    #[must_use]
    pub fn x(&self, rate: f64) -> f64 {
        SIDE + position(self.rates, rate) * (self.width - 2.0 * SIDE)
    }
}

/// The place of a rate on its logarithmic slider, 0 to 1 within its range.
#[must_use]
pub fn position([low, high]: [f64; 2], rate: f64) -> f64 {
    libm::log(rate / low) / libm::log(high / low)
}

/// Draws the ruler.
pub fn draw_rate_scale(painter: &mut dyn Painter, scene: &RateScene<'_>) {
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
        let x = scene.x(*rate).clamp(SIDE, scene.width - SIDE);
        if x.is_finite() && !is_under_thumb(scene, x) {
            draw_on_page(painter, look, &[[x, TRACK]], 5.0, scene.palette.background);
        }
    }
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
        let left = (x - 0.5 * width).clamp(SIDE - 8.0, scene.width - SIDE + 8.0 - width);
        if is_named && left > taken + 8.0 {
            painter.text(&label, [left, 16.0], &style);
            taken = left + width;
        }
    }
    painter.stroke(&lines, &[Stroke::solid(scene.palette.line_2, 1.0)]);
}

/// A mark under the track: its line, its name and value, its formula.
struct Flag<'a> {
    rate: f64,
    name: &'a str,
    formula: &'a [(&'static str, bool)],
    is_limit: bool,
}

/// The baselines of the words under the track.
const ROWS: [f64; 3] = [65.0, 83.0, 103.0];

fn draw_flags(painter: &mut dyn Painter, scene: &RateScene<'_>) {
    let Some(Mark { rate, formula }) = scene.limit else {
        if let Some(silence) = scene.silence {
            write_silence(painter, scene, silence, [ROWS[0], ROWS[1]]);
        }
        return;
    };
    let limit = Flag { rate, name: scene.text.limit, formula, is_limit: true };
    let Some(Mark { rate, formula }) = scene.best else {
        draw_limit_alone(painter, scene, &limit);
        return;
    };
    let best = Flag { rate, name: scene.text.best, formula, is_limit: false };
    let (x, limit_x) = (mark_x(scene, &best), mark_x(scene, &limit));
    let [width, limit_width] = [&best, &limit].map(|flag| flag_width(painter, scene, flag));
    let rows = |is_low| if is_low { [ROWS[2], f64::NAN] } else { [ROWS[0], ROWS[1]] };
    // The limit is never below the best rate. Words stand on the outer sides of
    // the two lines; those that would run out of the scale, into each other or
    // through a line have a row of their own.
    let turns = x - 7.0 - width < 0.0;
    let best_is_low = turns && x + 14.0 + width > limit_x;
    let (left, right) = draw_flag(painter, scene, &best, rows(best_is_low), turns);
    let (from, to) = (limit_x + 8.0, limit_x + 8.0 + limit_width);
    let fits = to < scene.width && (best_is_low || from >= right || to <= left);
    draw_flag(painter, scene, &limit, rows(!fits), fits);
}

/// Draws the limit, and beside it or below it why there is no best rate.
fn draw_limit_alone(painter: &mut dyn Painter, scene: &RateScene<'_>, limit: &Flag<'_>) {
    let room = scene.width - 2.0 * SIDE;
    let quiet = quiet(scene);
    let width = scene.silence.map_or(0.0, |silence| painter.text_width(silence, &quiet));
    // What takes two rows leaves one for the limit.
    let rows = [ROWS[0], if width > room { f64::NAN } else { ROWS[1] }];
    let (left, right) = draw_flag(painter, scene, limit, rows, true);
    let Some(silence) = scene.silence else { return };
    if width > room {
        write_silence(painter, scene, silence, [ROWS[1], ROWS[2]]);
    } else if left > SIDE + width + 12.0 {
        painter.text(silence, [SIDE, ROWS[0]], &quiet);
    } else if right + 12.0 + width < scene.width {
        painter.text(silence, [right + 12.0, ROWS[0]], &quiet);
    } else {
        painter.text(silence, [SIDE, ROWS[2]], &quiet);
    }
}

fn quiet(scene: &RateScene<'_>) -> TextStyle {
    TextStyle::plain(12.0, scene.palette.ink_3)
}

/// Writes why theory is silent in one row, or in two where one is too short.
fn write_silence(painter: &mut dyn Painter, scene: &RateScene<'_>, silence: &str, rows: [f64; 2]) {
    let (room, style) = (scene.width - 2.0 * SIDE, quiet(scene));
    if painter.text_width(silence, &style) <= room {
        painter.text(silence, [SIDE, rows[0]], &style);
        return;
    }
    // At a space or, as Chinese has none, after any character.
    let ends = |is_end: fn(char) -> bool| {
        silence.char_indices().filter(move |(_, c)| is_end(*c)).map(|(at, _)| at)
    };
    let mut fitting = |at: &usize| painter.text_width(&silence[..*at], &style) <= room;
    let end = ends(|c| c == ' ').filter(&mut fitting).last();
    let end = end.or_else(|| ends(|_| true).filter(&mut fitting).last()).unwrap_or(0);
    let (first, rest) = silence.split_at(end);
    if !first.is_empty() {
        painter.text(first, [SIDE, rows[0]], &style);
    }
    let rest = shortened(painter, rest.trim_start(), &style, room);
    painter.text(&rest, [SIDE, rows[1]], &style);
}

/// Where the line of a mark stands: on whole pixels, at the end of the scale for a
/// rate beyond it.
fn mark_x(scene: &RateScene<'_>, flag: &Flag<'_>) -> f64 {
    libm::round(scene.x(flag.rate).clamp(SIDE, scene.width - SIDE) - 0.5) + 0.5
}

fn name_and_value(scene: &RateScene<'_>, flag: &Flag<'_>) -> [(String, TextStyle); 2] {
    let palette = scene.palette;
    let color = if flag.is_limit { palette.danger } else { palette.ink };
    let x = scene.x(flag.rate);
    let number = figure(flag.rate, 3);
    // A mark outside the scale is an arrow at its end.
    let value = if x > scene.width - SIDE + 0.5 {
        format!("{number} →")
    } else if x < SIDE - 0.5 {
        format!("← {number}")
    } else {
        number
    };
    let bold = TextStyle { bold: true, ..TextStyle::plain(12.0, color) };
    [(format!("{} ", flag.name), TextStyle::plain(12.0, palette.ink_2)), (value, bold)]
}

fn formula_parts<'a>(scene: &RateScene<'_>, flag: &Flag<'a>) -> Vec<(&'a str, TextStyle, f64)> {
    let part = |(text, is_index): &(&'static str, bool)| {
        let (size, shift) = if *is_index { (10.0, 3.0) } else { (12.0, 0.0) };
        (*text, TextStyle::plain(size, scene.palette.ink_3), shift)
    };
    flag.formula.iter().map(part).collect()
}

fn flag_width(painter: &mut dyn Painter, scene: &RateScene<'_>, flag: &Flag<'_>) -> f64 {
    let mut width_of = |parts: &[(&str, TextStyle, f64)]| -> f64 {
        parts.iter().map(|(text, style, _)| painter.text_width(text, style)).sum()
    };
    let [(name, plain), (value, bold)] = name_and_value(scene, flag);
    let first = width_of(&[(&name, plain, 0.0), (&value, bold, 0.0)]);
    first.max(width_of(&formula_parts(scene, flag)))
}

/// Draws one flag with its words on the right or the left of its line, on the
/// other side where there is no room; a second row that is not a number is left
/// out. Returns where the words begin and end.
fn draw_flag(
    painter: &mut dyn Painter,
    scene: &RateScene<'_>,
    flag: &Flag<'_>,
    rows: [f64; 2],
    to_the_right: bool,
) -> (f64, f64) {
    let color = if flag.is_limit { scene.palette.danger } else { scene.palette.ink };
    let (exact, x) = (scene.x(flag.rate), mark_x(scene, flag));
    let width = flag_width(painter, scene, flag);
    let rightwards =
        if to_the_right { x + 8.0 + width < scene.width } else { x - 7.0 - width < 0.0 };
    if (exact - x).abs() < 1.0 {
        let foot = if rows[1].is_nan() { rows[0] + 4.0 } else { rows[1] + 5.0 };
        let line = Outline::line(&[[x, 47.0], [x, foot]]);
        painter.stroke(&line, &[Stroke::solid(color, 1.5)]);
    }
    let (align, at) = if rightwards { (Align::Left, x + 8.0) } else { (Align::Right, x - 7.0) };
    let [(name, plain), (value, bold)] = name_and_value(scene, flag);
    write_parts(painter, &[(&name, plain, 0.0), (&value, bold, 0.0)], [at, rows[0]], align);
    if rows[1].is_finite() {
        write_parts(painter, &formula_parts(scene, flag), [at, rows[1]], align);
    }
    if rightwards { (at, at + width) } else { (at - width, at) }
}
