//! The run on the map: ghost, path, dots, start, the next step's arrow, the puck.

use super::painter::{Align, Color, Outline, Painter, Rect, Stroke, TextStyle, write_parts};
use super::palette::{CASING, Palette, RUN, WHITE};
use super::path::{PixelPath, map_point};
use super::viewport::Viewport;
use crate::descent::Trajectory;
use crate::text::Side;

/// Everything the picture of a run depends on.
pub struct RunScene<'a> {
    /// Where parameter space lies on the canvas.
    pub viewport: Viewport,
    /// The colours.
    pub palette: &'a Palette,
    /// The run.
    pub trajectory: &'a Trajectory,
    /// The run's points in pixels.
    pub path: &'a PixelPath,
    /// The run under the previous rate.
    pub ghost: Option<&'a PixelPath>,
    /// The playhead; between whole steps the puck slides.
    pub playhead: f64,
    /// Whether the steps to come are worth a hint; a diverging run's are not.
    pub shows_future: bool,
    /// The word at the start's handle; empty where there is no room.
    pub start_label: &'a str,
}

/// Where a run stands that has left the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OffMap {
    /// The place on the edge of the map.
    pub at: [f64; 2],
    /// Beyond which edge.
    pub side: Side,
    /// How far beyond, in the units of that axis.
    pub distance: f64,
}

const START_RADIUS: f64 = 10.0;
const PUCK_RADIUS: f64 = 9.5;
const DOT_RADIUS: f64 = 3.9;
const DOTS_APART: f64 = 8.0;
const PATH_WIDTH: f64 = 2.6;
pub(super) const GHOST_DASH: &[f64] = &[1.0, 4.0];

/// The three strokes of a path on the map: a dark rim, a light rim, the colour.
#[must_use]
pub(super) fn path_strokes() -> [Stroke; 3] {
    [
        Stroke::solid(CASING.with_alpha(0.72), PATH_WIDTH + 3.6),
        Stroke::solid(WHITE, PATH_WIDTH + 1.7),
        Stroke::solid(RUN, PATH_WIDTH),
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
    (0..=step).rev().find(|t| map_point(trajectory, *t).iter().all(|v| v.is_finite())).unwrap_or(0)
}

/// Where the run is off the map at the playhead; none while it is on it.
#[must_use]
pub fn off_map(viewport: &Viewport, trajectory: &Trajectory, playhead: f64) -> Option<OffMap> {
    let point = map_point(trajectory, standing_step(trajectory, playhead));
    let [x, y] = viewport.to_pixel(point);
    let plot = viewport.plot;
    // A finite point may lie beyond all pixels; that is off the map, too.
    if plot.contains([x, y]) || x.is_nan() || y.is_nan() {
        return None;
    }
    let sides = [
        (plot.top - y, Side::Above, point[1] - viewport.window[3]),
        (y - plot.bottom(), Side::Below, viewport.window[2] - point[1]),
        (plot.left - x, Side::Left, viewport.window[0] - point[0]),
        (x - plot.right(), Side::Right, point[0] - viewport.window[1]),
    ];
    let (_, side, distance) =
        sides.into_iter().fold(sides[0], |most, next| if next.0 > most.0 { next } else { most });
    let at = [x.clamp(plot.left, plot.right()), y.clamp(plot.top, plot.bottom())];
    Some(OffMap { at, side, distance })
}

/// Draws the run over the finished map.
pub fn draw_run(painter: &mut dyn Painter, scene: &RunScene<'_>) {
    let RunScene { viewport, palette, trajectory, path, .. } = *scene;
    let step = standing_step(trajectory, scene.playhead);
    painter.clip(viewport.plot);
    if let Some(ghost) = scene.ghost {
        painter.stroke(&ghost.until(usize::MAX), &ghost_strokes());
    }
    if scene.shows_future {
        painter.stroke(&path.after(step), &[Stroke::solid(palette.future, 1.4)]);
    }
    let puck = puck_at(scene, step);
    painter.stroke(&path.walked(step, puck), &path_strokes());
    let dots = path.dots(step, DOTS_APART, &viewport);
    draw_dots(painter, &dots);
    draw_start(painter, scene);
    if viewport.plot.contains(puck) {
        draw_arrow(painter, scene, step, puck);
        painter.discs(&[puck], PUCK_RADIUS + 2.0, CASING.with_alpha(0.85));
        painter.discs(&[puck], PUCK_RADIUS + 0.8, WHITE);
        painter.discs(&[puck], PUCK_RADIUS - 1.7, RUN);
    }
    painter.unclip();
    if let Some(off) = off_map(&viewport, trajectory, scene.playhead) {
        draw_edge_arrow(painter, &off);
    }
}

/// Draws the dots of steps.
pub(super) fn draw_dots(painter: &mut dyn Painter, dots: &[[f64; 2]]) {
    painter.discs(dots, DOT_RADIUS + 1.6, CASING.with_alpha(0.8));
    painter.discs(dots, DOT_RADIUS + 0.7, WHITE);
    painter.discs(dots, DOT_RADIUS - 0.8, RUN);
}

/// The puck's pixel, between two steps while it slides.
fn puck_at(scene: &RunScene<'_>, step: usize) -> [f64; 2] {
    let here = scene.viewport.to_pixel(map_point(scene.trajectory, step));
    let part = scene.playhead - libm::floor(scene.playhead);
    if part == 0.0 || step >= scene.trajectory.steps() {
        return here;
    }
    let next = scene.viewport.to_pixel(map_point(scene.trajectory, step + 1));
    let slid = [here[0] + part * (next[0] - here[0]), here[1] + part * (next[1] - here[1])];
    if slid.iter().all(|v| v.is_finite()) { slid } else { here }
}

/// The handle by which the start is dragged: a disc with four arrows.
fn draw_start(painter: &mut dyn Painter, scene: &RunScene<'_>) {
    let [x, y] = scene.viewport.to_pixel(map_point(scene.trajectory, 0));
    let Rect { left, top, width, height } = scene.viewport.plot;
    let reach = 2.0 * START_RADIUS;
    let (width, height) = (width + 2.0 * reach, height + 2.0 * reach);
    if !(Rect { left: left - reach, top: top - reach, width, height }).contains([x, y]) {
        return;
    }
    let dark = Color::hex(0x0015_181E);
    painter.discs(&[[x, y]], START_RADIUS, WHITE);
    painter.ring([x, y], START_RADIUS, &Stroke::solid(dark, 1.5));
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
    painter.stroke(&cross, &[Stroke::solid(dark, 1.4)]);
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

/// The arrow of the next step, −η∇J, if it is longer than the puck.
fn draw_arrow(painter: &mut dyn Painter, scene: &RunScene<'_>, step: usize, from: [f64; 2]) {
    if step >= scene.trajectory.steps() {
        return;
    }
    let tip = scene.viewport.to_pixel(map_point(scene.trajectory, step + 1));
    let (dx, dy) = (tip[0] - from[0], tip[1] - from[1]);
    let length = (dx * dx + dy * dy).sqrt();
    if !(length > PUCK_RADIUS + 9.0 && length.is_finite()) {
        return;
    }
    let (ux, uy) = (dx / length, dy / length);
    // A tip far outside is cut, in its direction: canvases lose precision there.
    let reach = length.min(4000.0);
    let tip = [from[0] + ux * reach, from[1] + uy * reach];
    let dark = Color::hex(0x0015_181E);
    arrow(painter, from, tip, [ux, uy], WHITE, 5.0, 1.7);
    arrow(painter, from, tip, [ux, uy], dark, 2.2, 0.0);
    let style = TextStyle {
        math: true,
        halo: Some((scene.palette.map_halo, 4.0)),
        ..TextStyle::plain(15.0, scene.palette.map_ink)
    };
    let plot = scene.viewport.plot;
    let (width, height) = (plot.width - 60.0, plot.height - 32.0);
    let inner = Rect { top: plot.top + 15.0, width, height, ..plot };
    if inner.contains(tip) {
        let y = if uy < 0.0 { tip[1] - 2.0 } else { tip[1] + 12.0 };
        write_parts(painter, &[("−η∇J", style, 0.0)], [tip[0] + 11.0, y], Align::Left);
    }
}

fn arrow(
    painter: &mut dyn Painter,
    from: [f64; 2],
    tip: [f64; 2],
    [ux, uy]: [f64; 2],
    color: Color,
    width: f64,
    rim: f64,
) {
    let head = 8.5;
    let side = 0.55 * head;
    let neck = [tip[0] - ux * head * 0.8, tip[1] - uy * head * 0.8];
    painter.stroke(&Outline::line(&[from, neck]), &[Stroke::solid(color, width)]);
    let back = [tip[0] - ux * (head + rim), tip[1] - uy * (head + rim)];
    let corners = [
        [tip[0] + ux * rim, tip[1] + uy * rim],
        [back[0] - uy * side, back[1] + ux * side],
        [back[0] + uy * side, back[1] - ux * side],
        [tip[0] + ux * rim, tip[1] + uy * rim],
    ];
    let outline = Outline::line(&corners);
    if rim > 0.0 {
        painter.stroke(&outline, &[Stroke::solid(color, 2.0 * rim)]);
    }
    painter.fill(&outline, color);
}

/// The arrow at the edge of the map behind which the run is.
fn draw_edge_arrow(painter: &mut dyn Painter, off: &OffMap) {
    let [ox, oy] = match off.side {
        Side::Above => [0.0, -1.0],
        Side::Below => [0.0, 1.0],
        Side::Left => [-1.0, 0.0],
        Side::Right => [1.0, 0.0],
    };
    let place = |along: f64, across: f64| {
        [off.at[0] - ox * along - oy * across, off.at[1] - oy * along + ox * across]
    };
    let corners =
        [place(5.0, 0.0), place(25.0, 13.0), place(19.4, 0.0), place(25.0, -13.0), place(5.0, 0.0)];
    let outline = Outline::line(&corners);
    let rims = [Stroke::solid(CASING.with_alpha(0.8), 5.0), Stroke::solid(WHITE, 2.6)];
    painter.stroke(&outline, &rims);
    painter.fill(&outline, RUN);
}
