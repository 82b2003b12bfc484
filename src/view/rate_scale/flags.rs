//! The rates that theory marks, hanging under the strip: their line, name, value
//! and formula.

use super::{Mark, RateScene, SIDE};
use crate::text::figure;
use crate::view::painter::{Align, Outline, Painter, Stroke, TextStyle, shortened, write_parts};

/// A mark under the track: its line, its name and value, its formula.
struct Flag<'a> {
    rate: f64,
    /// The end of a band, or the rate again.
    until: f64,
    name: &'a str,
    formula: &'a [(&'static str, bool)],
    is_limit: bool,
    /// The limit at the minimum, where it differs and there is room for its words.
    at_minimum: Option<f64>,
}

/// Where the lines of the marks begin: under the strip.
const TOP: f64 = 155.0;
/// A rate so many times beyond the slider's end is off it: its number says nothing.
const FAR: f64 = 100.0;
/// Two limits that differ by less than this share are one.
const ALIKE: f64 = 0.05;
/// The baselines of the words under the strip.
const ROWS: [f64; 2] = [172.0, 188.0];

/// Draws 'best' and 'limit', or says why they are missing.
pub(super) fn draw_flags(painter: &mut dyn Painter, scene: &RateScene<'_>) {
    let Some(Mark { rate, until, formula }) = scene.limit else {
        match (scene.silence, scene.fastest) {
            (silence, Some(rates)) => draw_fastest(painter, scene, rates, silence),
            (Some(silence), None) => write_silence(painter, scene, silence, ROWS),
            (None, None) => {}
        }
        return;
    };
    let text = scene.text;
    let names =
        if scene.are_local { [text.best_here, text.limit_here] } else { [text.best, text.limit] };
    let at_minimum = at_minimum(scene, rate);
    let mut limit = Flag { rate, until, name: names[1], formula, is_limit: true, at_minimum };
    if !has_room(painter, scene, &limit) {
        limit.at_minimum = None;
    }
    let Some(Mark { rate, until, formula }) = scene.best else {
        draw_limit_alone(painter, scene, &limit);
        return;
    };
    let best = Flag { rate, until, name: names[0], formula, is_limit: false, at_minimum: None };
    draw_band(painter, scene, &best);
    let (x, limit_x) = (mark_x(scene, &best), mark_x(scene, &limit));
    let [width, limit_width] = [&best, &limit].map(|flag| flag_width(painter, scene, flag));
    // The limit is never below the best rate. Words stand on the outer sides of
    // the two lines; where they would run out of the scale, into each other or
    // through a line, each has a row of its own and its formula is left out.
    let turns = x - 7.0 - width < 0.0;
    let best_is_low = turns && x + 14.0 + width > limit_x;
    let (left, right) = if turns { (x + 8.0, x + 8.0 + width) } else { (x - 7.0 - width, x - 7.0) };
    let (from, to) = (limit_x + 8.0, limit_x + 8.0 + limit_width);
    let fits = to < scene.width && (best_is_low || from >= right || to <= left);
    let alone = |row: f64| [row, f64::NAN];
    let rows = match (best_is_low, fits) {
        (true, _) => [alone(ROWS[1]), alone(ROWS[0])],
        (false, true) => [ROWS, ROWS],
        (false, false) => [alone(ROWS[0]), alone(ROWS[1])],
    };
    draw_flag(painter, scene, &best, rows[0], turns);
    draw_flag(painter, scene, &limit, rows[1], fits);
}

/// Where theory marks nothing: a bracket over the rates that were the fastest when
/// they were tried, and why theory is silent.
fn draw_fastest(
    painter: &mut dyn Painter,
    scene: &RateScene<'_>,
    rates: [f64; 2],
    silence: Option<&str>,
) {
    let [low, high] = rates.map(|rate| scene.x_within(rate));
    let bracket = [[low, TOP], [low, TOP + 5.0], [high, TOP + 5.0], [high, TOP]];
    painter.stroke(&Outline::line(&bracket), &[Stroke::solid(scene.palette.ink_2, 1.5)]);
    let words = (scene.text.fastest_between)(&figure(rates[0], 2), &figure(rates[1], 2));
    let style = TextStyle::plain(12.0, scene.palette.ink_2);
    let width = painter.text_width(&words, &style);
    let left = low.min(scene.width - SIDE - width).max(SIDE);
    painter.text(&words, [left, ROWS[0] + 3.0], &style);
    if let Some(silence) = silence {
        let silence = shortened(painter, silence, &quiet(scene), scene.width - 2.0 * SIDE);
        painter.text(&silence, [SIDE, ROWS[1] + 3.0], &quiet(scene));
    }
}

/// Draws the limit, and beside it or below it why there is no best rate.
fn draw_limit_alone(painter: &mut dyn Painter, scene: &RateScene<'_>, limit: &Flag<'_>) {
    let room = scene.width - 2.0 * SIDE;
    let quiet = quiet(scene);
    let silence = scene.silence.map(|silence| shortened(painter, silence, &quiet, room));
    let width = silence.as_deref().map_or(0.0, |silence| painter.text_width(silence, &quiet));
    let (x, own) = (mark_x(scene, limit), flag_width(painter, scene, limit));
    let (left, right) =
        if x + 8.0 + own < scene.width { (x + 8.0, x + 8.0 + own) } else { (x - 7.0 - own, x) };
    let (is_before, is_after) =
        (left > SIDE + width + 12.0, right + 12.0 + width < scene.width - SIDE);
    // What needs a row of its own leaves one for the limit.
    let is_beside = silence.is_none() || is_before || is_after;
    draw_flag(painter, scene, limit, if is_beside { ROWS } else { [ROWS[0], f64::NAN] }, true);
    let Some(silence) = silence else { return };
    let at = match (is_before, is_after) {
        (true, _) => [SIDE, ROWS[0]],
        (_, true) => [right + 12.0, ROWS[0]],
        _ => [SIDE, ROWS[1]],
    };
    painter.text(&silence, at, &quiet);
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
    libm::round(scene.x_within(flag.rate) - 0.5) + 0.5
}

/// The limit at the minimum, where it differs from that at the current point.
fn at_minimum(scene: &RateScene<'_>, here: f64) -> Option<f64> {
    let limit = scene.limit_at_minimum.filter(|_| scene.are_local)?;
    ((limit / here - 1.0).abs() > ALIKE).then_some(limit)
}

/// Whether the words of a flag fit on one side of its line.
fn has_room(painter: &mut dyn Painter, scene: &RateScene<'_>, flag: &Flag<'_>) -> bool {
    let (x, width) = (mark_x(scene, flag), flag_width(painter, scene, flag));
    x + 8.0 + width < scene.width || x - 7.0 - width > 0.0
}

/// Draws a bar over the rates of a band.
fn draw_band(painter: &mut dyn Painter, scene: &RateScene<'_>, flag: &Flag<'_>) {
    if flag.until <= flag.rate {
        return;
    }
    let [low, high] = [flag.rate, flag.until].map(|rate| scene.x_within(rate));
    let bar = Outline::line(&[[low, TOP + 1.5], [high, TOP + 1.5]]);
    painter.stroke(&bar, &[Stroke::solid(scene.palette.ink, 3.0)]);
}

fn name_and_value(scene: &RateScene<'_>, flag: &Flag<'_>) -> [(String, TextStyle); 2] {
    let palette = scene.palette;
    let color = if flag.is_limit { palette.danger } else { palette.ink };
    let x = scene.x(flag.rate);
    let number = if flag.until > flag.rate {
        format!("{}–{}", figure(flag.rate, 2), figure(flag.until, 2))
    } else {
        figure(flag.rate, 3)
    };
    let number = match flag.at_minimum {
        Some(limit) => (scene.text.limit_at_minimum)(&number, &figure(limit, 3)),
        None => number,
    };
    let [low, high] = scene.rates;
    let is_far = flag.rate > FAR * high || flag.rate * FAR < low;
    let number = if is_far { scene.text.off_slider.to_owned() } else { number };
    // A mark outside the scale is an arrow at its end.
    let value = if x > scene.width - SIDE + 0.5 {
        format!("{number} →")
    } else if x < SIDE - 0.5 && flag.until <= flag.rate {
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
/// out.
fn draw_flag(
    painter: &mut dyn Painter,
    scene: &RateScene<'_>,
    flag: &Flag<'_>,
    rows: [f64; 2],
    to_the_right: bool,
) {
    let color = if flag.is_limit { scene.palette.danger } else { scene.palette.ink };
    let (exact, x) = (scene.x(flag.rate), mark_x(scene, flag));
    let width = flag_width(painter, scene, flag);
    let rightwards =
        if to_the_right { x + 8.0 + width < scene.width } else { x - 7.0 - width < 0.0 };
    if (exact - x).abs() < 1.0 {
        let foot = if rows[1].is_nan() { rows[0] + 4.0 } else { rows[1] + 5.0 };
        let line = Outline::line(&[[x, TOP], [x, foot]]);
        painter.stroke(&line, &[Stroke::solid(color, 1.5)]);
    }
    let (align, at) = if rightwards { (Align::Left, x + 8.0) } else { (Align::Right, x - 7.0) };
    let [(name, plain), (value, bold)] = name_and_value(scene, flag);
    write_parts(painter, &[(&name, plain, 0.0), (&value, bold, 0.0)], [at, rows[0]], align);
    if rows[1].is_finite() {
        write_parts(painter, &formula_parts(scene, flag), [at, rows[1]], align);
    }
}
