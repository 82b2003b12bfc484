//! All samples, drawn once and kept.

use super::super::painter::{Outline, Painter, Rect};
use super::look::{Kind, Look};
use super::{DataStage, class, has_classes, is_drawable, place};

/// Of more samples than this only where they are is drawn, and how dense.
const MOST: usize = 3000;
/// The side of a cell in which they are counted, in pixels.
const CELL: f64 = 3.0;
/// How dark a cell is with this many samples, and with more.
const SHADES: [(u32, f64); 4] = [(1, 0.35), (2, 0.55), (5, 0.75), (u32::MAX, 1.0)];

/// The samples, and which of them look otherwise.
pub struct SamplesScene<'a> {
    /// Where and on what.
    pub stage: DataStage<'a>,
    /// The rows that J is about, rising; none for all. The others are held out.
    pub trained: Option<&'a [usize]>,
    /// A sample that is drawn elsewhere, since it moves.
    pub left_out: Option<usize>,
}

/// Draws every sample over axes that were drawn before.
pub fn draw_samples(painter: &mut dyn Painter, scene: &SamplesScene<'_>) {
    let DataStage { viewport, palette, samples } = scene.stage;
    if samples.len() > MOST {
        draw_density(painter, scene);
        return;
    }
    let mut is_held_out = vec![scene.trained.is_some(); samples.len()];
    for &row in scene.trained.unwrap_or(&[]) {
        if let Some(is_out) = is_held_out.get_mut(row) {
            *is_out = false;
        }
    }
    let kinds: &[Kind] =
        if has_classes(samples) { &[Kind::Class(0), Kind::Class(1)] } else { &[Kind::Number] };
    for &kind in kinds {
        for is_out in [false, true] {
            let is_it = |&sample: &usize| {
                is_held_out[sample] == is_out
                    && scene.left_out != Some(sample)
                    && (kind == Kind::Number || kind == Kind::Class(class(samples, sample)))
            };
            let at = (0..samples.len()).filter(is_it);
            let at = at.map(|sample| viewport.to_pixel(place(samples, sample)));
            let at: Vec<[f64; 2]> = at.filter(|at| is_drawable(*at, viewport.plot)).collect();
            let look = if is_out { Look::HeldOut(kind) } else { Look::Usual(kind) };
            look.draw(painter, palette, &at);
        }
    }
}

/// Draws how many samples lie in each small cell of the plot.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within the plot")]
fn draw_density(painter: &mut dyn Painter, scene: &SamplesScene<'_>) {
    let DataStage { viewport, palette, samples } = scene.stage;
    let plot = viewport.plot;
    let columns = (plot.width / CELL) as usize + 1;
    let rows = (plot.height / CELL) as usize + 1;
    let colors = if has_classes(samples) { &palette.classes[..] } else { &[palette.ink_2] };
    let mut counts = vec![[0_u32; 2]; columns * rows];
    for sample in 0..samples.len() {
        let [x, y] = viewport.to_pixel(place(samples, sample));
        if plot.contains([x, y]) && scene.left_out != Some(sample) {
            let [column, row] = [(x - plot.left) / CELL, (y - plot.top) / CELL];
            let kind = class(samples, sample).min(colors.len() - 1);
            counts[row as usize * columns + column as usize][kind] += 1;
        }
    }
    for (kind, color) in colors.iter().enumerate() {
        let mut least = 0;
        for (most, alpha) in SHADES {
            // In a cell of both classes stands the more frequent one.
            let is_it = |[a, b]: &[u32; 2]| {
                let (own, other) = if kind == 0 { (a, b) } else { (b, a) };
                *own > least && *own <= most && (own > other || (own == other && kind == 0))
            };
            let cells = counts.iter().enumerate().filter(|(_, count)| is_it(count));
            let squares = cells.map(|(cell, _)| cell_at(plot, cell % columns, cell / columns));
            let outline = outline_of(squares);
            if !outline.points.is_empty() {
                painter.fill(&outline, color.with_alpha(alpha));
            }
            least = most;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "cells of a plot")]
fn cell_at(plot: Rect, column: usize, row: usize) -> Rect {
    let (left, top) = (plot.left + CELL * column as f64, plot.top + CELL * row as f64);
    Rect { left, top, width: CELL, height: CELL }
}

fn outline_of(squares: impl Iterator<Item = Rect>) -> Outline {
    let mut outline = Outline::default();
    for square in squares {
        outline.move_to([square.left, square.top]);
        outline.line_to([square.right(), square.top]);
        outline.line_to([square.right(), square.bottom()]);
        outline.line_to([square.left, square.bottom()]);
    }
    outline
}
