//! What the runs say of the data at the playhead: lines or boundaries, the
//! residuals of the mini-batch, the sample that is looked at.

use super::super::painter::{Outline, Painter, Stroke};
use super::super::palette::RunLook;
use super::super::path::append_line;
use super::super::run::{PATH_WIDTHS, path_strokes};
use super::super::viewport::Viewport;
use super::boundary::{boundary, level_line};
use super::look::{BATCH_RADIUS, Kind, Look};
use super::residuals::{draw_plane, middle};
use super::{DataStage, Predict, Sketch, class, has_classes, is_drawable, is_plane, place};

/// Pixels between the points of a curve.
const STRIDE: f64 = 4.0;
/// Residuals of more samples than this would hide the samples.
const MOST_STICKS: usize = 80;
/// More marks than this are not lit up one by one.
const MOST_LIT: usize = 3000;

/// What changes with every step.
pub struct FitScene<'a> {
    /// Where and on what.
    pub stage: DataStage<'a>,
    /// What the model says.
    pub predict: Predict<'a>,
    /// The runs, the first undermost.
    pub lines: &'a [FitLine<'a>],
    /// Which of `lines` has its residuals shown.
    pub selected: usize,
    /// The rows of the mini-batch; none where every step takes all of them.
    pub batch: Option<&'a [usize]>,
    /// The rows that J is about; none for all.
    pub trained: Option<&'a [usize]>,
    /// The sample that is looked at.
    pub focused: Option<usize>,
    /// Whether it is being moved; then it is drawn here.
    pub is_held: bool,
}

/// What a run says.
pub struct FitLine<'a> {
    /// What tells it from the others.
    pub look: &'a RunLook,
    /// The parameters at the playhead.
    pub theta: Vec<f64>,
    /// Those of earlier steps, the earliest first.
    pub earlier: Vec<Vec<f64>>,
    /// What it says, where that is too dear to be asked for at every place; then none of
    /// the parameters are asked.
    pub sketch: Option<Sketch>,
}

/// The six earlier steps whose lines are shown behind that of `step`: close to each
/// other at the start, where lines turn fast.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "at most 1,000,000 steps"
)]
pub fn earlier_steps(step: usize) -> Vec<usize> {
    let part = |k: u32| libm::pow(f64::from(k) / 9.0, 2.2);
    let mut steps: Vec<usize> =
        (3..9).map(|k| libm::round(part(k) * step as f64) as usize).collect();
    steps.dedup();
    steps.retain(|earlier| *earlier < step);
    steps
}

/// Draws over the samples what belongs to the playhead.
pub fn draw_fit(painter: &mut dyn Painter, scene: &FitScene<'_>) {
    let DataStage { viewport, samples, .. } = scene.stage;
    if !(viewport.plot.width >= 2.0 && viewport.plot.height >= 2.0) {
        return;
    }
    let has_classes = has_classes(samples);
    let is_plane = is_plane(samples);
    // Of a plane over two features one level line stands for all.
    let level = if is_plane && !has_classes { middle(samples) } else { 0.0 };
    let shape = |theta: &[f64]| match (is_plane, has_classes) {
        (true, true) => boundary(&viewport, theta, scene.predict),
        (true, false) => level_line(&viewport, theta, scene.predict, level),
        (false, _) => curve(&viewport, theta, scene.predict),
    };
    painter.clip(viewport.plot);
    for line in scene.lines {
        for (age, theta) in (3_u8..).zip(&line.earlier) {
            let outline = shape(theta);
            let color = line.look.line.with_alpha(0.16 + 0.05 * f64::from(age));
            stroke(painter, &outline, &[Stroke::solid(color, 1.2)]);
        }
    }
    if let Some(line) = scene.lines.get(scene.selected).filter(|_| !has_classes) {
        if is_plane {
            draw_plane(painter, scene, line);
        } else {
            draw_sticks(painter, scene, line);
        }
    }
    let width = PATH_WIDTHS[usize::from(scene.lines.len() > 1)];
    let order = (0..scene.lines.len()).filter(|at| *at != scene.selected);
    for at in order.chain([scene.selected]) {
        if let Some(line) = scene.lines.get(at) {
            let outline = line.sketch.as_ref().map_or_else(|| shape(&line.theta), Sketch::outline);
            stroke(painter, &outline, &path_strokes(line.look, width));
        }
    }
    painter.unclip();
    draw_batch(painter, scene);
    draw_focus(painter, scene);
}

fn stroke(painter: &mut dyn Painter, outline: &Outline, strokes: &[Stroke]) {
    if !outline.points.is_empty() {
        painter.stroke(outline, strokes);
    }
}

/// ŷ over the plot's width, in pieces where it is not a number.
fn curve(viewport: &Viewport, theta: &[f64], predict: Predict<'_>) -> Outline {
    let plot = viewport.plot;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
    let pieces = (plot.width / STRIDE).clamp(1.0, 1000.0) as u32;
    let mut outline = Outline::default();
    let mut piece: Vec<[f64; 2]> = Vec::new();
    for at in 0..=pieces {
        let pixel = plot.left + plot.width * f64::from(at) / f64::from(pieces);
        let [x, _] = viewport.to_point([pixel, plot.top]);
        let [_, y] = viewport.to_pixel([x, predict(theta, &[x])]);
        if y.is_finite() {
            piece.push([pixel, y]);
        } else {
            append_line(&mut outline, &piece);
            piece.clear();
        }
    }
    append_line(&mut outline, &piece);
    outline
}

/// The rows of the mini-batch, or all that J is about; none where there are too many
/// to show a residual each.
fn lit(scene: &FitScene<'_>) -> Vec<usize> {
    let rows = scene.batch.or(scene.trained);
    let count = rows.map_or(scene.stage.samples.len(), <[usize]>::len);
    match rows {
        _ if count > MOST_STICKS => Vec::new(),
        Some(rows) => rows.to_vec(),
        None => (0..count).collect(),
    }
}

fn draw_sticks(painter: &mut dyn Painter, scene: &FitScene<'_>, line: &FitLine<'_>) {
    let DataStage { viewport, palette, samples } = scene.stage;
    let mut rows = lit(scene);
    // What is looked at shows its residual in any case.
    rows.extend(scene.focused);
    let mut sticks = Outline::default();
    for row in rows.into_iter().filter(|row| *row < samples.len()) {
        let [x, y] = place(samples, row);
        let from = viewport.to_pixel([x, y]);
        let said = match &line.sketch {
            Some(sketch) => sketch.of(x),
            None => (scene.predict)(&line.theta, &[x]),
        };
        let to = viewport.to_pixel([x, said]);
        if is_drawable(from, viewport.plot) && to[1].is_finite() {
            append_line(&mut sticks, &[from, to]);
        }
    }
    stroke(painter, &sticks, &[Stroke::solid(palette.ink_2, 1.2)]);
}

fn pixels(scene: &FitScene<'_>, is_it: impl Fn(usize) -> bool) -> Vec<[f64; 2]> {
    let DataStage { viewport, samples, .. } = scene.stage;
    let rows = scene.batch.unwrap_or(&[]).iter().copied();
    let rows = rows.filter(|row| *row < samples.len() && is_it(*row));
    let at = rows.map(|row| viewport.to_pixel(place(samples, row)));
    at.filter(|at| is_drawable(*at, viewport.plot)).collect()
}

fn draw_batch(painter: &mut dyn Painter, scene: &FitScene<'_>) {
    let DataStage { palette, samples, .. } = scene.stage;
    if scene.batch.is_none_or(|batch| batch.len() > MOST_LIT) {
        return;
    }
    if has_classes(samples) {
        for class_of in 0..2 {
            let at = pixels(scene, |row| class(samples, row) == class_of);
            Look::InBatch(Kind::Class(class_of)).draw(painter, palette, &at);
        }
    } else {
        Look::InBatch(Kind::Number).draw(painter, palette, &pixels(scene, |_| true));
    }
}

/// A ring around the sample that is looked at, two while it is moved.
fn draw_focus(painter: &mut dyn Painter, scene: &FitScene<'_>) {
    let DataStage { viewport, palette, samples } = scene.stage;
    let Some(row) = scene.focused.filter(|row| *row < samples.len()) else { return };
    let at = viewport.to_pixel(place(samples, row));
    if !is_drawable(at, viewport.plot) {
        return;
    }
    let is_in_batch = scene.batch.is_some_and(|batch| batch.contains(&row));
    if scene.is_held && !is_in_batch {
        let kind =
            if has_classes(samples) { Kind::Class(class(samples, row)) } else { Kind::Number };
        let is_held_out = scene.trained.is_some_and(|rows| rows.binary_search(&row).is_err());
        let look = if is_held_out { Look::HeldOut(kind) } else { Look::Usual(kind) };
        look.draw(painter, palette, &[at]);
    }
    let radius = BATCH_RADIUS + 4.0;
    painter.ring(at, radius, &Stroke::solid(palette.background, 4.0));
    painter.ring(at, radius, &Stroke::solid(palette.ink, 2.0));
    if scene.is_held {
        painter.ring(at, radius + 5.0, &Stroke::solid(palette.background, 3.4));
        painter.ring(at, radius + 5.0, &Stroke::solid(palette.ink, 1.4));
    }
}
