//! The runs on the map: ghost, paths, dots, start, the arrows of the next steps,
//! the pucks.

use super::arrow::draw_next_step;
use super::ball::draw_ball;
use super::bounds::draw_bounds;
use super::marker::{PUCK_RADIUS, draw_dots, draw_lettered_puck, draw_puck};
use super::mean_path::draw_mean_path;
use super::off_map::{draw_edge_arrow, off_map};
use super::painter::{Align, Color, Outline, Painter, Rect, Stroke, TextStyle};
use super::palette::{CASING, Palette, RunLook, WHITE};
use super::path::PixelPath;
use super::track::{Track, map_point};
use super::vectors::{VectorScene, Vectors, draw_vectors};
use super::viewport::Viewport;
use crate::descent::{Average, Plane, Spread, Trajectory};

/// Everything the picture of the runs depends on.
pub struct RunsScene<'a> {
    /// Where parameter space lies on the canvas.
    pub viewport: Viewport,
    /// The colours.
    pub palette: &'a Palette,
    /// The plane that the map shows of more than two parameters.
    pub plane: Option<&'a Plane>,
    /// The runs, the first undermost; none where all are hidden.
    pub runs: &'a [RunOnMap<'a>],
    /// Which of `runs` is drawn over the others and says what its next step is.
    pub selected: usize,
    /// The selected run under the previous rate.
    pub ghost: Option<&'a PixelPath>,
    /// The point all runs start from.
    pub start: [f64; 2],
    /// The playhead; between whole steps the pucks slide.
    pub playhead: f64,
    /// The word at the start's handle; empty where there is no room.
    pub start_label: &'a str,
    /// Whether the start can be taken and moved.
    pub has_handle: bool,
    /// What the ellipse of the selected run's noise is called; empty where there is no room.
    pub ball_label: &'a str,
    /// What covers parts of the map: its legend and buttons.
    pub keep_clear: &'a [Rect],
    /// What makes up the selected run's next step, to be drawn instead of its arrow.
    pub vectors: Option<&'a Vectors>,
}

/// One of the runs.
pub struct RunOnMap<'a> {
    /// What tells it from the others.
    pub look: &'a RunLook,
    /// The run.
    pub track: Track<'a>,
    /// Its points in pixels.
    pub path: &'a PixelPath,
    /// Whether the steps to come are worth a hint; a diverging run's are not.
    pub shows_future: bool,
    /// The mean of its last points, where that is asked for.
    pub average: Option<&'a Average>,
    /// How far it strays, where noise keeps it from its minimum.
    pub spread: Option<&'a Spread>,
    /// The boundary of where its parameters may be, in the map's coordinates; empty where
    /// they are free.
    pub bounds: &'a [Vec<[f64; 2]>],
}

const START_RADIUS: f64 = 10.0;
const DOTS_APART: f64 = 8.0;
pub(super) const GHOST_DASH: &[f64] = &[1.0, 4.0];
/// The width of a single run's path, and of one among several.
pub(super) const PATH_WIDTHS: [f64; 2] = [2.6, 2.4];

/// The three strokes of a path on the map: a dark rim, a light rim, the colour.
#[must_use]
pub(super) fn path_strokes(look: &RunLook, width: f64) -> [Stroke; 3] {
    [
        Stroke::solid(CASING.with_alpha(0.72), width + 3.6),
        Stroke::solid(WHITE, width + 1.7),
        Stroke::solid(look.map, width),
    ]
}

/// The dotted strokes of the ghost.
#[must_use]
fn ghost_strokes() -> [Stroke; 2] {
    [
        Stroke { color: CASING.with_alpha(0.45), width: 3.2, dash: GHOST_DASH },
        Stroke { color: WHITE.with_alpha(0.95), width: 1.8, dash: GHOST_DASH },
    ]
}

/// The step whose point the puck stands on: the last finite one up to the playhead.
#[must_use]
pub fn standing_step(trajectory: &Trajectory, playhead: f64) -> usize {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to T")]
    let step = (playhead.max(0.0) as usize).min(trajectory.steps());
    (0..=step)
        .rev()
        .find(|t| map_point(None, trajectory, *t).iter().all(|v| v.is_finite()))
        .unwrap_or(0)
}

/// A run with the place of its puck.
struct Standing<'a> {
    run: &'a RunOnMap<'a>,
    step: usize,
    puck: [f64; 2],
    radius: f64,
    is_selected: bool,
}

impl<'a> Standing<'a> {
    fn of(scene: &RunsScene<'a>, run: &'a RunOnMap<'a>, is_selected: bool) -> Self {
        let step = standing_step(run.track.trajectory, scene.playhead);
        let puck = puck_at(scene, &run.track, step);
        let scale = if scene.runs.len() > 1 { run.look.marker.puck_scale() } else { 1.0 };
        Self { run, step, puck, radius: PUCK_RADIUS * scale, is_selected }
    }
}

/// Draws the runs over the finished map.
pub fn draw_runs(painter: &mut dyn Painter, scene: &RunsScene<'_>) {
    let viewport = &scene.viewport;
    let is_one = scene.runs.len() == 1;
    let mut standing: Vec<_> = (scene.runs.iter().enumerate())
        .map(|(index, run)| Standing::of(scene, run, index == scene.selected))
        .collect();
    if scene.selected < standing.len() {
        let selected = standing.remove(scene.selected);
        standing.push(selected);
    }
    painter.clip(viewport.plot);
    for Standing { run, .. } in &standing {
        draw_bounds(painter, viewport, run.look, run.bounds);
    }
    if let Some(ghost) = scene.ghost {
        painter.stroke(&ghost.until(usize::MAX), &ghost_strokes());
    }
    for standing in &standing {
        draw_path(painter, scene, standing);
    }
    for standing in &standing {
        draw_told(painter, scene, standing);
    }
    draw_start(painter, scene);
    for standing in standing.iter().filter(|standing| viewport.plot.contains(standing.puck)) {
        draw_arrows(painter, scene, standing);
        let &Standing { run, puck, radius, .. } = standing;
        // A letter would be cut at the edge.
        let [near, far] = [-6.0, 6.0].map(|by| [puck[0] + by, puck[1] + by]);
        if !is_one && viewport.plot.contains(near) && viewport.plot.contains(far) {
            draw_lettered_puck(painter, run.look, puck, radius);
        } else {
            draw_puck(painter, run.look, puck, radius);
        }
    }
    painter.unclip();
    for Standing { run, .. } in &standing {
        if let Some(off) = off_map(viewport, &run.track, scene.playhead) {
            draw_edge_arrow(painter, viewport, run.look, &off, !is_one);
        }
    }
}

/// Draws where a run has been, and faintly where it will go.
fn draw_path(painter: &mut dyn Painter, scene: &RunsScene<'_>, standing: &Standing<'_>) {
    let &Standing { run, step, puck, .. } = standing;
    if run.shows_future {
        painter.stroke(&run.path.after(step), &[Stroke::solid(scene.palette.future, 1.4)]);
    }
    let width = PATH_WIDTHS[usize::from(scene.runs.len() > 1)];
    painter.stroke(&run.path.walked(step, puck), &path_strokes(run.look, width));
    let dots = run.path.dots(step, DOTS_APART, &scene.viewport);
    draw_dots(painter, run.look, &dots);
}

/// Draws what is told of a run besides its points: how far it strays, their average.
fn draw_told(painter: &mut dyn Painter, scene: &RunsScene<'_>, standing: &Standing<'_>) {
    let &Standing { run, step, is_selected, .. } = standing;
    if let Some(spread) = run.spread {
        let label = if is_selected { scene.ball_label } else { "" };
        let dots = if label.is_empty() {
            Vec::new()
        } else {
            run.path.dots(step, DOTS_APART, &scene.viewport)
        };
        let around = |[x, y]: [f64; 2]| {
            let side = 2.0 * (PUCK_RADIUS + 4.0);
            Rect { left: x - 0.5 * side, top: y - 0.5 * side, width: side, height: side }
        };
        let start = scene.viewport.to_pixel(scene.start);
        let mut taken = vec![around(standing.puck), around(start)];
        taken.extend_from_slice(scene.keep_clear);
        let label = (label, &taken[..], &dots[..]);
        draw_ball(painter, &scene.viewport, (scene.palette, run.look), spread, label);
    }
    if let Some(average) = run.average {
        let colors = (scene.palette, run.look);
        draw_mean_path(painter, &scene.viewport, colors, scene.plane, (average, step));
    }
}

/// Draws the arrow of the next step, or what makes it up.
fn draw_arrows(painter: &mut dyn Painter, scene: &RunsScene<'_>, standing: &Standing<'_>) {
    let &Standing { run, step, puck, radius, is_selected } = standing;
    let (viewport, palette) = (&scene.viewport, scene.palette);
    if let Some(vectors) = scene.vectors.filter(|_| is_selected) {
        let is_curve = run.track.trajectory.dimension() == 1;
        let scene = VectorScene { viewport, palette, vectors, puck: (puck, radius), is_curve };
        draw_vectors(painter, &scene);
        return;
    }
    let palette = is_selected.then_some(palette);
    draw_next_step(painter, viewport, (&run.track, step), (puck, radius), palette);
}

/// The puck's pixel, between two steps while it slides.
fn puck_at(scene: &RunsScene<'_>, track: &Track<'_>, step: usize) -> [f64; 2] {
    let here = scene.viewport.to_pixel(track.at(step));
    let part = scene.playhead - libm::floor(scene.playhead);
    if part == 0.0 || step >= track.trajectory.steps() {
        return here;
    }
    let next = scene.viewport.to_pixel(track.at(step + 1));
    let slid = [here[0] + part * (next[0] - here[0]), here[1] + part * (next[1] - here[1])];
    if slid.iter().all(|v| v.is_finite()) { slid } else { here }
}

/// The handle by which the start is dragged: a disc with four arrows; without them where
/// it cannot be.
fn draw_start(painter: &mut dyn Painter, scene: &RunsScene<'_>) {
    let [x, y] = scene.viewport.to_pixel(scene.start);
    let Rect { left, top, width, height } = scene.viewport.plot;
    let reach = 2.0 * START_RADIUS;
    let (width, height) = (width + 2.0 * reach, height + 2.0 * reach);
    if !(Rect { left: left - reach, top: top - reach, width, height }).contains([x, y]) {
        return;
    }
    let dark = Color::hex(0x0015_181E);
    let radius = if scene.has_handle { START_RADIUS } else { 0.5 * START_RADIUS };
    painter.discs(&[[x, y]], radius, WHITE);
    painter.ring([x, y], radius, &Stroke::solid(dark, 1.5));
    let (reach, head) = (0.55 * START_RADIUS, 0.22 * START_RADIUS);
    let mut cross = Outline::default();
    for [a, b] in [[1.0, 0.0], [-1.0, 0.0], [0.0, 1.0], [0.0, -1.0]] {
        let tip = [x + a * reach, y + b * reach];
        let back = reach - head;
        cross.move_to([x + 0.3 * a * reach, y + 0.3 * b * reach]);
        cross.line_to(tip);
        cross.move_to([x + a * back - b * head, y + b * back - a * head]);
        cross.line_to(tip);
        cross.line_to([x + a * back + b * head, y + b * back + a * head]);
    }
    if scene.has_handle {
        painter.stroke(&cross, &[Stroke::solid(dark, 1.4)]);
    }
    if !scene.start_label.is_empty() && scene.viewport.plot.contains([x, y]) {
        let style = TextStyle {
            halo: Some((scene.palette.map_halo, 3.0)),
            ..TextStyle::plain(12.0, scene.palette.map_ink).aligned(Align::Center)
        };
        let half = 0.5 * painter.text_width(scene.start_label, &style) + 3.0;
        let x = x.max(left + half).min(scene.viewport.plot.right() - half);
        // Below the handle where there is no room above it.
        let above = y - START_RADIUS - 8.0;
        let below = y + START_RADIUS + 17.0;
        let line = if above > scene.viewport.plot.top + 12.0 { above } else { below };
        painter.text(scene.start_label, [x, line], &style);
    }
}
