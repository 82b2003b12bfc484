//! Norms of weights, gradient and update by layer, and the band in which updates are
//! healthy.

use super::super::marker::Marker;
use super::super::painter::{Align, Color, Outline, Painter, Stroke, TextStyle};
use super::panels::{GAP, LogAxis, Panels, draw_caption, font};
use super::{LayersScene, has_place};
use crate::descent::{HEALTHY_RATIOS, LayerFigures, Outcome};

/// Names at the ends of lines stand so far apart.
const NAMES_APART: f64 = 14.0;

/// What one line shows, and how.
struct Line<'a> {
    figure: fn(&LayerFigures) -> f64,
    name: &'a str,
    color: Color,
    text: Color,
    width: f64,
    dash: &'static [f64],
    /// A ring where there is none.
    marker: Option<Marker>,
}

/// The end of a line from the top, its name and colour.
type Name<'a> = (f64, &'a str, Color);

fn lines<'a>(scene: &LayersScene<'a>) -> [Line<'a>; 3] {
    let (palette, look, words) = (scene.palette, scene.look, scene.words);
    [
        Line {
            figure: |layer| layer.weights,
            name: words.weights,
            color: palette.ink_3,
            text: palette.ink_2,
            width: 1.5,
            dash: &[],
            marker: None,
        },
        Line {
            figure: |layer| layer.update,
            name: words.update,
            color: palette.ink,
            text: palette.ink,
            width: 1.5,
            dash: &[4.0, 4.0],
            marker: Some(Marker::TriangleUp),
        },
        Line {
            figure: |layer| layer.gradient,
            name: words.gradient,
            color: look.line,
            text: look.text,
            width: 2.2,
            dash: &[],
            marker: Some(look.marker),
        },
    ]
}

/// Draws the panel.
pub(super) fn draw(painter: &mut dyn Painter, scene: &LayersScene<'_>, panels: &Panels) {
    let axis = LogAxis::of(panels.norms, scene.span.norms);
    draw_caption(painter, scene, panels.norms, scene.words.norms);
    axis.draw_grid(painter, scene.palette, scene.is_compact, 34.0);
    draw_band(painter, scene, panels, &axis);
    let limit = draw_limits(painter, scene, panels, &axis);
    for (look, figures) in scene.others {
        let points = points(panels, &axis, figures, |layer| layer.gradient);
        let stroke = Stroke { color: look.line.with_alpha(0.55), width: 1.3, dash: look.dash };
        stroke_lines(painter, &points, &stroke);
        let ends: Vec<_> = points.iter().flatten().copied().step_by(4).collect();
        look.marker.fill(painter, &ends, 0.7 * panels.radius(), 0.0, look.line.with_alpha(0.7));
    }
    let limit = limit.map(|y| (y, scene.words.limit, scene.palette.ink_2));
    let mut names: Vec<Name<'_>> = limit.into_iter().collect();
    let (mut below, mut above) = (0.0, 0.0);
    for line in &lines(scene) {
        let is_update = line.name == scene.words.update;
        if is_update && !scene.has_step {
            continue;
        }
        let points = points(panels, &axis, scene.figures, line.figure);
        draw_line(painter, scene, panels, line, &points);
        if let Some(end) = points.last().and_then(|piece| piece.last()) {
            // There are at most four: put in by height.
            let place = names.partition_point(|(y, ..)| *y <= end[1]);
            names.insert(place, (end[1], line.name, line.text));
        }
        let value = |layer: &LayerFigures| (line.figure)(layer);
        let zero = format!("{}: 0", line.name);
        let y = axis.plot.bottom() - 7.0 - below;
        let is_low = |layer: &LayerFigures| value(layer) == 0.0;
        below += mark_layers(painter, scene, panels, line, [y, -1.0], &zero, is_low);
        let lost = format!("{}: {}", line.name, scene.words.overflow);
        let y = axis.plot.top + 7.0 + above;
        let is_lost = |layer: &LayerFigures| !value(layer).is_finite();
        above += mark_layers(painter, scene, panels, line, [y, 1.0], &lost, is_lost);
    }
    draw_names(painter, scene, panels, names);
}

/// Points in pieces, broken where a layer has no place on the axis.
fn points(
    panels: &Panels,
    axis: &LogAxis,
    figures: &[LayerFigures],
    figure: fn(&LayerFigures) -> f64,
) -> Vec<Vec<[f64; 2]>> {
    let mut pieces: Vec<Vec<[f64; 2]>> = vec![Vec::new()];
    // Of another run no more than has a place here.
    for (layer, figures) in figures.iter().enumerate().take(panels.layers) {
        let value = figure(figures);
        match pieces.last_mut() {
            Some(piece) if has_place(value) => piece.push([panels.x(layer), axis.y(value)]),
            Some(piece) if !piece.is_empty() => pieces.push(Vec::new()),
            _ => {}
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn stroke_lines(painter: &mut dyn Painter, pieces: &[Vec<[f64; 2]>], stroke: &Stroke) {
    let mut outline = Outline::default();
    for piece in pieces {
        outline.starts.push(outline.points.len());
        outline.points.extend(piece);
    }
    if !outline.points.is_empty() {
        painter.stroke(&outline, &[*stroke]);
    }
}

fn draw_line(
    painter: &mut dyn Painter,
    scene: &LayersScene<'_>,
    panels: &Panels,
    line: &Line<'_>,
    pieces: &[Vec<[f64; 2]>],
) {
    let stroke = Stroke { color: line.color, width: line.width, dash: line.dash };
    stroke_lines(painter, pieces, &stroke);
    let all: Vec<[f64; 2]> = pieces.iter().flatten().copied().collect();
    let (radius, background) = (panels.radius(), scene.palette.background);
    if let Some(marker) = line.marker {
        if radius > 2.2 {
            marker.fill(painter, &all, radius, 1.2, background);
        }
        marker.fill(painter, &all, radius, 0.0, line.color);
    } else {
        painter.discs(&all, radius, background);
        painter.rings(&all, radius, &Stroke::solid(line.color, 1.4));
    }
}

/// A bar where the weights of each layer may be no longer; returns the y of the last one,
/// if there is any on the axis.
fn draw_limits(
    painter: &mut dyn Painter,
    scene: &LayersScene<'_>,
    panels: &Panels,
    axis: &LogAxis,
) -> Option<f64> {
    let half = (0.5 * panels.each() - 1.0).max(1.0);
    let [low, high] = [axis.low, axis.high].map(|decade| libm::pow(10.0, decade));
    let on_axis = |limit: &f64| (low..=high).contains(limit);
    let mut bars = Outline::default();
    for (layer, limit) in scene.limits.iter().enumerate().take(panels.layers) {
        if on_axis(limit) {
            let (x, y) = (panels.x(layer), axis.y(*limit));
            bars.move_to([x - half, y]);
            bars.line_to([x + half, y]);
        }
    }
    let last = bars.points.last().map(|point| point[1])?;
    painter.stroke(&bars, &[Stroke { color: scene.palette.ink_2, width: 1.6, dash: &[3.0, 2.0] }]);
    Some(last)
}

/// The band a hundredth to a ten-thousandth of the weights.
fn draw_band(painter: &mut dyn Painter, scene: &LayersScene<'_>, panels: &Panels, axis: &LogAxis) {
    let look = scene.palette.outcome(Outcome::Converges);
    let half = 0.5 * panels.each();
    let [low, high] = HEALTHY_RATIOS;
    let mut label = None;
    for piece in points(panels, axis, scene.figures, |layer| layer.weights) {
        // The axis may not reach so far down; `y` stays on it.
        let shift = |ratio: f64| {
            let log = libm::log10(ratio);
            move |y: f64| y - log / (axis.high - axis.low) * axis.plot.height
        };
        let (upper, lower) = (shift(high), shift(low));
        let (Some(first), Some(last)) = (piece.first(), piece.last()) else { continue };
        let mut along = vec![[first[0] - half, first[1]]];
        along.extend(&piece);
        along.push([last[0] + half, last[1]]);
        let bottom = axis.plot.bottom();
        let top = along.iter().map(|[x, y]| [*x, upper(*y).min(bottom)]);
        let under = along.iter().rev().map(|[x, y]| [*x, lower(*y).min(bottom)]);
        let outline = Outline { points: top.chain(under).collect(), starts: vec![0] };
        painter.fill(&outline, look.fill.with_alpha(0.22));
        if label.is_none() {
            label = name_of_band(painter, scene, panels, axis, &|y| [upper(y), lower(y)], &piece);
        }
    }
    let style = TextStyle {
        middle: true,
        halo: Some((scene.palette.background.with_alpha(0.8), 3.0)),
        ..TextStyle::plain(font(scene.is_compact), look.text)
    };
    if let Some(at) = label {
        painter.text(scene.words.band, at, &style);
    }
}

/// Where the band's name covers the fewest marks; none where it does not fit into it.
fn name_of_band(
    painter: &mut dyn Painter,
    scene: &LayersScene<'_>,
    panels: &Panels,
    axis: &LogAxis,
    band: &dyn Fn(f64) -> [f64; 2],
    weights: &[[f64; 2]],
) -> Option<[f64; 2]> {
    let style = TextStyle::plain(font(scene.is_compact), scene.palette.ink);
    let wide = painter.text_width(scene.words.band, &style);
    let (left, right) = (axis.plot.left + 6.0, axis.plot.right() - wide - 6.0);
    let mut best: Option<(usize, [f64; 2])> = None;
    for x in [left, 0.5 * (left + right), right] {
        // The weights above the middle of the name say where the band is.
        let is_left = |at: &&[f64; 2]| at[0] <= x + 0.5 * wide;
        let Some([_, y]) = weights.iter().rev().find(is_left).or(weights.first()) else { continue };
        let [top, bottom] = band(*y);
        for part in [0.5, 0.25, 0.75] {
            let y = top + part * (bottom - top);
            if y - 8.0 < top || y + 8.0 > bottom.min(axis.plot.bottom()) {
                continue;
            }
            let covers = |[a, b]: [f64; 2]| {
                a > x - 6.0 && a < x + wide + 6.0 && b > y - 12.0 && b < y + 12.0
            };
            let covered = |layer: usize| {
                let figures = &scene.figures[layer];
                let marks = [figures.gradient, figures.update].into_iter();
                let marks = marks.filter(|value| has_place(*value));
                marks.filter(|value| covers([panels.x(layer), axis.y(*value)])).count()
            };
            let count = (0..scene.figures.len()).map(covered).sum();
            if best.is_none_or(|(least, _)| count < least) {
                best = Some((count, [x, y]));
            }
        }
    }
    best.map(|(_, at)| at)
}

/// Marks the layers whose number has no place on the axis by a bar at its end, with words;
/// returns the height that takes, 0 where there are none.
fn mark_layers(
    painter: &mut dyn Painter,
    scene: &LayersScene<'_>,
    panels: &Panels,
    line: &Line<'_>,
    [y, down]: [f64; 2],
    words: &str,
    is_it: impl Fn(&LayerFigures) -> bool,
) -> f64 {
    let half = 0.5 * panels.each().min(14.0) - 0.5;
    let mut bars = Outline::default();
    for (layer, _) in scene.figures.iter().enumerate().filter(|(_, layer)| is_it(layer)) {
        let x = panels.x(layer);
        bars.move_to([x - half, y]);
        bars.line_to([x + half, y]);
    }
    let (Some(first), Some(last)) = (bars.points.first(), bars.points.last()) else { return 0.0 };
    let style = TextStyle {
        middle: true,
        halo: Some((scene.palette.background, 3.0)),
        ..TextStyle::plain(font(scene.is_compact), line.text).aligned(Align::Center)
    };
    let wide = painter.text_width(words, &style);
    let plot = panels.norms;
    let (from, to) = (plot.left + 0.5 * wide, plot.right() - 0.5 * wide);
    let x = (0.5 * (first[0] + last[0])).max(from).min(to.max(from));
    painter.stroke(&bars, &[Stroke::solid(line.color, 3.0)]);
    painter.text(words, [x, y + 11.0 * down], &style);
    25.0
}

/// The names at the right ends of the lines, apart from each other.
fn draw_names(
    painter: &mut dyn Painter,
    scene: &LayersScene<'_>,
    panels: &Panels,
    names: Vec<Name<'_>>,
) {
    let plot = panels.norms;
    let (top, bottom) = (plot.top + 5.0, plot.bottom() - 3.0);
    let mut least = top;
    #[expect(clippy::cast_precision_loss, reason = "four names")]
    let room = |place: usize| bottom - (names.len() - 1 - place) as f64 * NAMES_APART;
    let rooms: Vec<f64> = (0..names.len()).map(room).collect();
    for ((y, name, color), room) in names.into_iter().zip(rooms) {
        let y = y.max(least).min(room);
        least = y + NAMES_APART;
        let style = TextStyle { middle: true, ..TextStyle::plain(font(scene.is_compact), color) };
        painter.text(name, [plot.right() + GAP, y], &style);
    }
}
