//! What makes up the next step: gradient, momentum and the step itself as arrows
//! from the puck.

use super::arrow::{Arrow, DARK, HEAD, label_style};
use super::painter::{Outline, Painter, Rect, Stroke};
use super::palette::{Palette, WHITE};
use super::viewport::Viewport;

/// The vectors at a run's puck, in units of the parameters; of a loss with one
/// parameter only the first component counts. One that is not finite has no arrow.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Vectors {
    /// ∇J; its arrow is −∇J and points downhill.
    pub gradient: [f64; 2],
    /// m, the direction that the rule has gathered, of the gradient's sign; its
    /// arrow is −m. None where the rule keeps none.
    pub momentum: Option<[f64; 2]>,
    /// Δθ, to the map's scale; none after the last step.
    pub step: Option<[f64; 2]>,
    /// The row of a sample and its own gradient, of the same sign and scale as the
    /// others; none while no sample is looked at.
    pub sample: Option<(usize, [f64; 2])>,
    /// Whether `gradient` is that of a mini-batch.
    pub is_batch: bool,
}

/// The longer of the arrows of gradient and momentum, in pixels: they are no
/// lengths on the map.
const LONGEST: f64 = 90.0;
/// Labels stand at least so far apart.
const APART: f64 = 16.0;

/// How far arrows that would lie on each other are apart.
const ASIDE: f64 = 7.5;

/// How an arrow is told from the others without its colour.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A thin line, an open head.
    Gradient,
    /// A dashed line, a hollow head.
    Momentum,
    /// A double line, a filled head.
    Step,
    /// A dotted line, an open head: of this sample alone.
    Sample(usize),
}

/// Where and on what the arrows are drawn.
pub(super) struct VectorScene<'a> {
    pub(super) viewport: &'a Viewport,
    pub(super) palette: &'a Palette,
    pub(super) vectors: &'a Vectors,
    /// The puck and its radius.
    pub(super) puck: ([f64; 2], f64),
    /// Whether the map is the curve of a loss with one parameter.
    pub(super) is_curve: bool,
}

/// Draws the arrows that reach beyond the puck.
pub(super) fn draw_vectors(painter: &mut dyn Painter, scene: &VectorScene<'_>) {
    let arrows = arrows(scene);
    for (kind, arrow) in &arrows {
        draw_shaft(painter, *kind, arrow);
    }
    // On top of all shafts: arrows of plain descent lie on each other.
    for (kind, arrow) in &arrows {
        draw_head(painter, *kind, arrow);
    }
    let mut taken = Vec::new();
    for at in 0..arrows.len() {
        write_label(painter, scene, &arrows, at, &mut taken);
    }
}

fn arrows(scene: &VectorScene<'_>) -> Vec<(Kind, Arrow)> {
    let [width, height] = scene.viewport.pixel_size();
    let to_pixels = |[x, y]: [f64; 2]| [x / width, if scene.is_curve { 0.0 } else { -y / height }];
    let downhill = |[x, y]: [f64; 2]| to_pixels([-x, -y]);
    let length = |[x, y]: [f64; 2]| libm::hypot(x, y);
    let Vectors { gradient, momentum, step, sample, .. } = *scene.vectors;
    let (gradient, momentum) = (downhill(gradient), momentum.map(downhill));
    let (row, sample) = (sample.map_or(0, |(row, _)| row), sample.map(|(_, own)| downhill(own)));
    let finite = |v: f64| if v.is_finite() { v } else { 0.0 };
    let reach = |v: Option<[f64; 2]>| v.map_or(0.0, |v| finite(length(v)));
    let longest = finite(length(gradient)).max(reach(momentum)).max(reach(sample));
    let scaled = |[x, y]: [f64; 2]| [x / longest * LONGEST, y / longest * LONGEST];
    let (from, radius) = scene.puck;
    let all = [
        (Kind::Gradient, Some(scaled(gradient))),
        (Kind::Momentum, momentum.map(scaled)),
        (Kind::Step, step.map(to_pixels)),
        (Kind::Sample(row), sample.map(scaled)),
    ];
    let arrow = |(kind, by): (Kind, Option<[f64; 2]>)| Some((kind, Arrow::of(from, by?, radius)?));
    let mut arrows: Vec<(Kind, Arrow)> = all.into_iter().filter_map(arrow).collect();
    set_apart(&mut arrows);
    arrows
}

/// Moves arrows that lie on others aside: all of a loss with one parameter do, and
/// those of plain descent. The step stays, as it ends where the run will be.
fn set_apart(arrows: &mut [(Kind, Arrow)]) {
    let directions: Vec<[f64; 2]> = arrows.iter().map(|(_, arrow)| arrow.toward).collect();
    for (at, (kind, arrow)) in arrows.iter_mut().enumerate() {
        let [ux, uy] = directions[at];
        let is_alike = |[vx, vy]: &[f64; 2]| ux * vx + uy * vy > 0.97;
        let aside = match kind {
            Kind::Gradient => ASIDE,
            Kind::Momentum | Kind::Sample(_) => -ASIDE,
            Kind::Step => 0.0,
        };
        // Each is like itself.
        if directions.iter().filter(|other| is_alike(other)).count() > 1 {
            let aside = [-uy * aside, ux * aside];
            for point in [&mut arrow.from, &mut arrow.tip] {
                *point = [point[0] + aside[0], point[1] + aside[1]];
            }
        }
    }
}

fn draw_shaft(painter: &mut dyn Painter, kind: Kind, arrow: &Arrow) {
    let (casing, line) = match kind {
        Kind::Gradient => (4.2, Stroke::solid(DARK, 1.8)),
        Kind::Momentum => (4.6, Stroke { color: DARK, width: 2.2, dash: &[5.0, 5.0] }),
        Kind::Step => (7.6, Stroke::solid(DARK, 5.4)),
        Kind::Sample(_) => (5.4, Stroke { color: DARK, width: 2.6, dash: &[0.5, 5.0] }),
    };
    let shaft = arrow.shaft();
    painter.stroke(&shaft, &[Stroke::solid(WHITE, casing), line]);
    if kind == Kind::Step {
        painter.stroke(&shaft, &[Stroke::solid(WHITE, 2.2)]);
    }
}

fn draw_head(painter: &mut dyn Painter, kind: Kind, arrow: &Arrow) {
    let side = 0.6 * HEAD;
    match kind {
        Kind::Gradient | Kind::Sample(_) => {
            let [left, right] = [side, -side].map(|side| arrow.at(HEAD, side));
            let head = Outline::line(&[left, arrow.tip, right]);
            let stem = Outline::line(&[arrow.at(HEAD, 0.0), arrow.tip]);
            for stroke in [Stroke::solid(WHITE, 4.8), Stroke::solid(DARK, 1.8)] {
                painter.stroke(&head, &[stroke]);
                painter.stroke(&stem, &[stroke]);
            }
        }
        Kind::Momentum => {
            let head = arrow.head(0.8);
            painter.stroke(&head, &[Stroke::solid(WHITE, 4.8), Stroke::solid(DARK, 1.8)]);
            painter.fill(&head, WHITE);
        }
        Kind::Step => {
            let [left, right] = [side, -side].map(|side| arrow.at(1.2 * HEAD, 1.4 * side));
            let head = Outline::line(&[arrow.tip, left, right, arrow.tip]);
            painter.stroke(&head, &[Stroke::solid(WHITE, 3.4)]);
            painter.fill(&head, DARK);
        }
    }
}

/// Writes what an arrow is beside its tip, or, where that is not on the map,
/// where it leaves it: beside puck and labels, and beside all arrows if it can.
fn write_label(
    painter: &mut dyn Painter,
    scene: &VectorScene<'_>,
    arrows: &[(Kind, Arrow)],
    at: usize,
    taken: &mut Vec<Rect>,
) {
    let (kind, arrow) = &arrows[at];
    let label = &match kind {
        // A mini-batch's gradient is g, since ∇J is that of all samples.
        Kind::Gradient if scene.vectors.is_batch => "−g".to_owned(),
        Kind::Gradient => "−∇J".to_owned(),
        Kind::Momentum => "−m".to_owned(),
        Kind::Step => "Δθ".to_owned(),
        Kind::Sample(row) => format!("−∇J{}", lowered(*row + 1)),
    };
    let style = label_style(scene.palette);
    let size = [painter.text_width(label, &style), style.size];
    let plot = scene.viewport.plot;
    let ([x, y], radius) = scene.puck;
    let clear = radius + 4.0;
    let puck = Rect { left: x - clear, top: y - clear, width: 2.0 * clear, height: 2.0 * clear };
    let is_apart = |place: &Rect| {
        let gap = APART - size[1];
        !meets(place, &puck, 0.0) && !taken.iter().any(|other| meets(place, other, gap))
    };
    let is_clear = |place: &Rect| {
        let points = arrows.iter().flat_map(|(_, arrow)| along(arrow, plot));
        let near = Rect {
            left: place.left - 3.0,
            top: place.top - 3.0,
            width: place.width + 6.0,
            height: place.height + 6.0,
        };
        points.into_iter().all(|point| !near.contains(point))
    };
    let places: Vec<Rect> =
        places(within(arrow, plot), arrow.toward, size, plot).filter(is_apart).collect();
    let place = places.iter().find(|place| is_clear(place)).or(places.first());
    if let Some(place) = place {
        painter.text(label, [place.left, place.top + 0.75 * size[1]], &style);
        taken.push(*place);
    }
}

/// A number in lowered digits, as an index.
fn lowered(number: usize) -> String {
    let lower = |c: char| char::from_u32(0x2080 + c.to_digit(10).unwrap_or(0)).unwrap_or(c);
    number.to_string().chars().map(lower).collect()
}

/// Places for a label around a tip, the best first: aside, ahead, and so on
/// farther and farther out. None where the map is too small.
fn places(
    [x, y]: [f64; 2],
    [ux, uy]: [f64; 2],
    [width, height]: [f64; 2],
    plot: Rect,
) -> impl Iterator<Item = Rect> {
    let [left, top] = [plot.left + 4.0, plot.top + 4.0];
    let [right, bottom] = [plot.right() - 4.0 - width, plot.bottom() - 4.0 - height];
    let rings = if right < left || bottom < top { 0 } else { 5_u8 };
    (0..rings).flat_map(move |ring| {
        [1.0, -1.0, 0.0, 1.8, -1.8, 2.5, -2.5].into_iter().map(move |turn| {
            let (sin, cos) = (libm::sin(turn), libm::cos(turn));
            let [dx, dy] = [ux * cos - uy * sin, ux * sin + uy * cos];
            let reach = 8.0 + APART * f64::from(ring);
            let middle = [x + dx * (reach + 0.5 * width), y + dy * (reach + 0.5 * height)];
            let left = (middle[0] - 0.5 * width).min(right).max(left);
            let top = (middle[1] - 0.5 * height).min(bottom).max(top);
            Rect { left, top, width, height }
        })
    })
}

/// Points of an arrow on the map, a few pixels apart.
fn along(arrow: &Arrow, plot: Rect) -> Vec<[f64; 2]> {
    const PIECES: u32 = 40;
    let ([x, y], [to_x, to_y]) = (arrow.from, within(arrow, plot));
    let part = |k: u32| f64::from(k) / f64::from(PIECES);
    (0..=PIECES).map(|k| [x + part(k) * (to_x - x), y + part(k) * (to_y - y)]).collect()
}

/// The tip of an arrow, or the last point of it within `plot`.
fn within(arrow: &Arrow, plot: Rect) -> [f64; 2] {
    let ([x, y], [to_x, to_y]) = (arrow.from, arrow.tip);
    let share = |from: f64, to: f64, low: f64, high: f64| {
        if to > high {
            (high - from) / (to - from)
        } else if to < low {
            (low - from) / (to - from)
        } else {
            1.0
        }
    };
    let part = share(x, to_x, plot.left, plot.right()).min(share(y, to_y, plot.top, plot.bottom()));
    let part = part.clamp(0.0, 1.0);
    [x + part * (to_x - x), y + part * (to_y - y)]
}

/// Whether two rectangles are nearer to each other than `gap`.
fn meets(one: &Rect, other: &Rect, gap: f64) -> bool {
    one.left < other.right() + gap
        && other.left < one.right() + gap
        && one.top < other.bottom() + gap
        && other.top < one.bottom() + gap
}
