//! Arrows from the puck.

use super::painter::{Align, Color, Outline, Painter, Rect, Stroke, TextStyle, write_parts};
use super::palette::{Palette, WHITE};
use super::track::Track;
use super::viewport::Viewport;
use crate::descent::Trajectory;

/// An arrow must reach so much farther than the puck to be worth drawing.
pub(super) const BEYOND_PUCK: f64 = 9.0;
/// A tip farther away is cut, in its direction: canvases lose precision there.
const FARTHEST: f64 = 4000.0;
/// The length of a head.
pub(super) const HEAD: f64 = 8.5;
/// The dark of arrows over the map.
pub(super) const DARK: Color = Color::hex(0x0015_181E);

/// Where an arrow begins, which way it points, and where it ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arrow {
    pub(super) from: [f64; 2],
    pub(super) tip: [f64; 2],
    /// A vector of length 1.
    pub(super) toward: [f64; 2],
}

impl Arrow {
    /// The arrow that goes by so many pixels; none that would end on a puck of
    /// `radius` or close to it.
    pub(super) fn of(from: [f64; 2], [dx, dy]: [f64; 2], radius: f64) -> Option<Self> {
        let length = (dx * dx + dy * dy).sqrt();
        if !(length > radius + BEYOND_PUCK && length.is_finite()) {
            return None;
        }
        let (ux, uy) = (dx / length, dy / length);
        let reach = length.min(FARTHEST);
        let tip = [from[0] + ux * reach, from[1] + uy * reach];
        Some(Self { from, tip, toward: [ux, uy] })
    }

    /// The point so far before the tip and so far to its side.
    pub(super) fn at(&self, back: f64, aside: f64) -> [f64; 2] {
        let ([x, y], [ux, uy]) = (self.tip, self.toward);
        [x - ux * back - uy * aside, y - uy * back + ux * aside]
    }

    /// The corners of the head, `rim` larger on every side.
    pub(super) fn head(&self, rim: f64) -> Outline {
        let side = 0.55 * HEAD;
        let back = HEAD + rim;
        let tip = self.at(-rim, 0.0);
        Outline::line(&[tip, self.at(back, side), self.at(back, -side), tip])
    }

    /// The line up to the head.
    pub(super) fn shaft(&self) -> Outline {
        Outline::line(&[self.from, self.at(0.8 * HEAD, 0.0)])
    }
}

/// How words stand beside arrows.
pub(super) fn label_style(palette: &Palette) -> TextStyle {
    TextStyle {
        math: true,
        halo: Some((palette.map_halo, 4.0)),
        ..TextStyle::plain(15.0, palette.map_ink)
    }
}

/// Draws an arrow dark on white.
fn draw_arrow(painter: &mut dyn Painter, arrow: &Arrow) {
    let shaft = arrow.shaft();
    painter.stroke(&shaft, &[Stroke::solid(WHITE, 5.0)]);
    let rim = 1.7;
    let casing = arrow.head(rim);
    painter.stroke(&casing, &[Stroke::solid(WHITE, 2.0 * rim)]);
    painter.fill(&casing, WHITE);
    painter.stroke(&shaft, &[Stroke::solid(DARK, 2.2)]);
    painter.fill(&arrow.head(0.0), DARK);
}

/// Draws the arrow from a puck of `radius` to the point after `step`. With a
/// `palette` it says what the arrow is.
pub(super) fn draw_next_step(
    painter: &mut dyn Painter,
    viewport: &Viewport,
    (track, step): (&Track<'_>, usize),
    ([x, y], radius): ([f64; 2], f64),
    palette: Option<&Palette>,
) {
    if step >= track.trajectory.steps() {
        return;
    }
    let [to_x, to_y] = viewport.to_pixel(track.at(step + 1));
    let Some(arrow) = Arrow::of([x, y], [to_x - x, to_y - y], radius) else { return };
    draw_arrow(painter, &arrow);
    let Some(palette) = palette else { return };
    let plot = viewport.plot;
    let (width, height) = (plot.width - 60.0, plot.height - 32.0);
    let inner = Rect { top: plot.top + 15.0, width, height, ..plot };
    let tip = arrow.tip;
    if inner.contains(tip) {
        let y = if arrow.toward[1] < 0.0 { tip[1] - 2.0 } else { tip[1] + 12.0 };
        let label = if follows_gradient(track.trajectory, step) { "−η∇J" } else { "Δθ" };
        let parts = [(label, label_style(palette), 0.0)];
        write_parts(painter, &parts, [tip[0] + 11.0, y], Align::Left);
    }
}

/// Whether the step from `step` to the next is −η∇J, but for rounding: the rule
/// adds nothing, and neither noise nor clipping comes between.
fn follows_gradient(trajectory: &Trajectory, step: usize) -> bool {
    let rate = trajectory.learning_rates()[step];
    let Some(gradient) = trajectory.gradient(step) else { return false };
    let (here, next) = (trajectory.point(step), trajectory.point(step + 1));
    here.iter().zip(next).zip(gradient).all(|((from, to), slope)| {
        let moved = rate * slope;
        let rounding = 4.0 * f64::EPSILON * (from.abs() + to.abs() + moved.abs());
        (to - (from - moved)).abs() <= rounding
    })
}
