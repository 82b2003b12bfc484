//! The gradient on its way back, as a stream that is as wide as it is large: one that
//! vanishes thins out, one that explodes swells.

use super::super::painter::{Align, Color, Outline, Painter, Stroke, TextStyle};
use super::super::palette::RunLook;
use super::panels::{GAP, Panels, font};
use super::{LayersScene, has_place};
use crate::descent::LayerFigures;

/// Over so many decades it thins out, or doubles its width.
const DECADES: f64 = 6.0;
/// Half its width at the last layer, as a share of the room it has.
const HALF: f64 = 0.26;
/// The thinnest thread, in pixels.
const THREAD: f64 = 0.7;
/// What trails behind the pulse: how far, in widths of a layer or at least in pixels, and
/// how bright.
const TRAIL: [(f64, f64); 3] = [(0.66, 0.22), (0.33, 0.4), (0.0, 1.0)];

/// Half the width of the stream at each layer, for a gradient so many times that of the
/// last layer; 0 where none arrives, none where it has left all bounds.
fn half_widths(figures: &[LayerFigures], room: f64) -> Vec<Option<f64>> {
    let last = figures.iter().rev().map(|layer| layer.gradient).find(|g| has_place(*g));
    let half = |gradient: f64| {
        if !gradient.is_finite() {
            return None;
        }
        let decades = libm::log10(gradient / last.unwrap_or(1.0));
        let share = (1.0 + decades / DECADES).clamp(0.0, 1.8);
        Some(if gradient > 0.0 { (HALF * room * share).max(THREAD) } else { 0.0 })
    };
    figures.iter().map(|layer| half(layer.gradient)).collect()
}

/// Draws the stream and the layers on it.
pub(super) fn draw(painter: &mut dyn Painter, scene: &LayersScene<'_>, panels: &Panels) {
    let (plot, palette) = (panels.flow, scene.palette);
    let y = plot.top + 0.5 * plot.height;
    let halves = half_widths(scene.figures, plot.height);
    let color = scene.look.line;
    draw_stream(painter, panels, &halves, y, color.with_alpha(0.26));
    let radius = panels.radius().min(2.6);
    let (mut reached, mut cut, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for (layer, half) in halves.iter().enumerate() {
        let at = [panels.x(layer), y];
        match half {
            Some(half) if *half > 0.0 => reached.push(at),
            Some(_) => cut.push(at),
            None => lost.push(at),
        }
    }
    painter.discs(&reached, radius, color);
    painter.rings(&cut, radius, &Stroke::solid(palette.line_2, 1.2));
    painter.discs(&lost, radius + 1.0, palette.danger);
    let style = TextStyle {
        middle: true,
        ..TextStyle::plain(font(scene.is_compact), palette.ink_2).aligned(Align::Left)
    };
    let words = scene.words.backward;
    let at = plot.right() + GAP;
    if at + painter.text_width(words, &style) <= scene.size[0] {
        painter.text(words, [at, y], &style);
    }
}

/// The stream between neighbours that both have a width.
fn draw_stream(
    painter: &mut dyn Painter,
    panels: &Panels,
    halves: &[Option<f64>],
    y: f64,
    color: Color,
) {
    let (mut upper, mut lower) = (Vec::new(), Vec::new());
    let reach = 0.5 * panels.each();
    let mut outline = Outline::default();
    let mut flush = |upper: &mut Vec<[f64; 2]>, lower: &mut Vec<[f64; 2]>| {
        if !upper.is_empty() {
            outline.starts.push(outline.points.len());
            outline.points.append(upper);
            outline.points.extend(lower.drain(..).rev());
        }
    };
    for (layer, half) in halves.iter().enumerate() {
        let Some(half) = half.filter(|half| *half > 0.0) else {
            flush(&mut upper, &mut lower);
            continue;
        };
        let x = panels.x(layer);
        let mut put = |x: f64| {
            upper.push([x, y - half]);
            lower.push([x, y + half]);
        };
        if layer == 0 {
            put(x - reach);
        }
        put(x);
        if layer + 1 == halves.len() {
            put(x + reach);
        }
    }
    flush(&mut upper, &mut lower);
    if !outline.points.is_empty() {
        painter.fill(&outline, color);
    }
}

/// Draws the pulse at a part of its way from the last layer to the first, as large as the
/// stream of [`super::draw_layers`] is wide there. It moves with every frame, and so has a
/// canvas of its own, of the same size.
pub fn draw_pulse(
    painter: &mut dyn Painter,
    look: &RunLook,
    figures: &[LayerFigures],
    panels: &Panels,
    part: f64,
) {
    if panels.layers == 0 || figures.len() != panels.layers {
        return;
    }
    let (y, color) = (panels.flow.top + 0.5 * panels.flow.height, look.line);
    let halves = half_widths(figures, panels.flow.height);
    let (first, last) = (panels.x(0), panels.x(halves.len() - 1));
    let full = HALF * panels.flow.height;
    for (behind, brightness) in TRAIL {
        let behind = behind * panels.each().max(14.0);
        let x = (last - part.clamp(0.0, 1.0) * (last - first) + behind).min(last);
        let half = half_at(panels, &halves, x);
        if half <= 0.0 {
            continue;
        }
        // What has all but vanished is dim as well as small.
        let strength = (0.35 + 0.65 * half / full).min(1.0);
        painter.discs(&[[x, y]], half + 1.6, color.with_alpha(brightness * strength));
    }
}

/// Half the width of the stream between two layers.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few layers")]
fn half_at(panels: &Panels, halves: &[Option<f64>], x: f64) -> f64 {
    let place = ((x - panels.x(0)) / panels.each()).max(0.0);
    let layer = (place as usize).min(halves.len() - 1);
    let half = |layer: usize| halves.get(layer).copied().flatten().unwrap_or(0.0);
    let (here, next) = (half(layer), half(layer + 1));
    let part = place - libm::floor(place);
    if part > 0.0 { here + part * (next - here) } else { here }
}
