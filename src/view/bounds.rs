//! The boundary of what a constrained run's parameters may be, on the map.

use super::painter::{Painter, Stroke};
use super::palette::{CASING, RunLook, WHITE};
use super::path::cut_line;
use super::viewport::Viewport;
use crate::descent::Plane;
use crate::descent::constraint::{FeasibleSet, Region};

/// The corners of a polygon that stands for a smooth boundary.
const CORNERS: u32 = 256;
/// The width of the line.
const WIDTH: f64 = 1.8;

/// Lines in the map's coordinates.
pub type Lines = Vec<Vec<[f64; 2]>>;

/// The boundary of `set` in the part of the map around `window` (`[x0, x1, y0, y1]`).
///
/// With one parameter it is two upright lines, with two a square or a circle. Of more
/// parameters it is where the plane of the map leaves the set: a closed convex polygon
/// around the end of the run, `theta`, which has d numbers. Nothing where that is not in
/// the set, and where no boundary is near the window.
#[must_use]
pub fn feasible_boundary(
    set: &FeasibleSet<'_>,
    plane: Option<&Plane>,
    theta: &[f64],
    window: [f64; 4],
) -> Lines {
    let wide = widened(window);
    if let Some(plane) = plane {
        if !theta.iter().all(|v| v.is_finite()) || !set.contains(theta) {
            return Lines::new();
        }
        let inside = plane.coordinates(theta);
        return closed(match set.region() {
            Region::Box(bound) => box_on_plane(set, plane, bound, wide),
            Region::Ball(bound) => {
                balls_on_plane(&Quadratic::of_blocks(set, plane), bound, inside, wide)
            }
        });
    }
    match set.region() {
        Region::Box(bound) | Region::Ball(bound) if theta.len() == 1 => {
            let [_, _, low, high] = wide;
            [-bound, bound].map(|x| vec![[x, low], [x, high]]).to_vec()
        }
        Region::Box(c) => closed(vec![[-c, -c], [c, -c], [c, c], [-c, c]]),
        Region::Ball(c) => closed(directions().map(|[cos, sin]| [c * cos, c * sin]).collect()),
    }
}

/// Draws the boundary in the run's colour and dash.
pub(super) fn draw_bounds(
    painter: &mut dyn Painter,
    viewport: &Viewport,
    look: &RunLook,
    lines: &[Vec<[f64; 2]>],
) {
    for line in lines {
        let pixels: Vec<[f64; 2]> = line.iter().map(|point| viewport.to_pixel(*point)).collect();
        if !pixels.as_flattened().iter().all(|side| side.is_finite()) {
            continue;
        }
        let strokes = [
            Stroke::solid(CASING.with_alpha(0.6), WIDTH + 2.8),
            Stroke::solid(WHITE, WIDTH + 1.4),
            Stroke { color: look.map, width: WIDTH, dash: look.dash },
        ];
        painter.stroke(&cut_line(&pixels), &strokes);
    }
}

/// A window three times as wide and high: what a line does outside the map is not seen.
fn widened([x0, x1, y0, y1]: [f64; 4]) -> [f64; 4] {
    let (width, height) = (x1 - x0, y1 - y0);
    [x0 - width, x1 + width, y0 - height, y1 + height]
}

/// A polygon that ends where it begins; nothing without three corners.
fn closed(mut corners: Vec<[f64; 2]>) -> Lines {
    match corners.first().copied() {
        Some(first) if corners.len() > 2 => {
            corners.push(first);
            vec![corners]
        }
        _ => Lines::new(),
    }
}

fn directions() -> impl Iterator<Item = [f64; 2]> {
    (0..CORNERS).map(|index| {
        let angle = core::f64::consts::TAU * f64::from(index) / f64::from(CORNERS);
        [libm::cos(angle), libm::sin(angle)]
    })
}

/// The window without the half-planes that a bound on a parameter forbids (Sutherland and
/// Hodgman 1974).
fn box_on_plane(
    set: &FeasibleSet<'_>,
    plane: &Plane,
    bound: f64,
    [x0, x1, y0, y1]: [f64; 4],
) -> Vec<[f64; 2]> {
    let mut polygon = vec![[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
    let (origin, [u, v]) = (plane.origin(), plane.axes());
    for index in set.blocks(origin.len()).flatten() {
        for sign in [1.0, -1.0] {
            // Positive where the parameter is allowed.
            let room =
                |[a, b]: [f64; 2]| bound - sign * (origin[index] + a * u[index] + b * v[index]);
            if polygon.iter().all(|corner| room(*corner) >= 0.0) {
                continue;
            }
            let next = polygon.iter().cycle().skip(1);
            let mut kept = Vec::with_capacity(polygon.len() + 1);
            for (from, to) in polygon.iter().zip(next) {
                let [here, there] = [room(*from), room(*to)];
                if here >= 0.0 {
                    kept.push(*from);
                }
                if (here >= 0.0) != (there >= 0.0) {
                    let part = here / (here - there);
                    kept.push([0, 1].map(|axis| from[axis] + part * (to[axis] - from[axis])));
                }
            }
            polygon = kept;
        }
    }
    polygon
}

/// ‖o + a·u + b·v‖² of a block of parameters as a polynomial of a and b.
struct Quadratic {
    constant: f64,
    linear: [f64; 2],
    square: [f64; 3],
}

impl Quadratic {
    fn of_blocks(set: &FeasibleSet<'_>, plane: &Plane) -> Vec<Self> {
        let (origin, [u, v]) = (plane.origin(), plane.axes());
        let of_block = |block: core::ops::Range<usize>| {
            let [o, u, v] = [origin, u, v].map(|vector| &vector[block.clone()]);
            let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
            Self {
                constant: dot(o, o),
                linear: [dot(o, u), dot(o, v)],
                square: [dot(u, u), dot(u, v), dot(v, v)],
            }
        };
        set.blocks(origin.len()).map(of_block).collect()
    }

    /// How far from a point with value at most `limit` along a direction it stays so.
    fn reach(&self, limit: f64, [a, b]: [f64; 2], [cos, sin]: [f64; 2]) -> f64 {
        let [uu, uv, vv] = self.square;
        let [ou, ov] = self.linear;
        let here =
            self.constant + 2.0 * (a * ou + b * ov) + a * a * uu + 2.0 * a * b * uv + b * b * vv;
        let rise = cos * (ou + a * uu + b * uv) + sin * (ov + a * uv + b * vv);
        let curve = cos * cos * uu + 2.0 * cos * sin * uv + sin * sin * vv;
        let root = (rise * rise + curve * (limit - here)).max(0.0).sqrt();
        if curve > 0.0 { ((root - rise) / curve).max(0.0) } else { f64::INFINITY }
    }
}

/// The points around `inside` up to which every block is within its ball.
fn balls_on_plane(
    blocks: &[Quadratic],
    bound: f64,
    inside: [f64; 2],
    [x0, x1, y0, y1]: [f64; 4],
) -> Vec<[f64; 2]> {
    let around = |centre: [f64; 2]| {
        let side = |low: f64, high: f64, at: f64| (high - at).abs().max((at - low).abs());
        let far = 2.0 * libm::hypot(side(x0, x1, centre[0]), side(y0, y1, centre[1]));
        let reach = move |direction: [f64; 2]| {
            let reach = |block: &Quadratic| block.reach(bound * bound, centre, direction);
            let length = blocks.iter().map(reach).fold(far, f64::min);
            [0, 1].map(|axis| centre[axis] + length * direction[axis])
        };
        directions().map(reach).collect::<Vec<_>>()
    };
    // From a point on the boundary half of the directions lead nowhere: the middle of what
    // is seen from there is inside.
    let seen = around(inside);
    let sum = seen.iter().fold([0.0; 2], |sum, point| [sum[0] + point[0], sum[1] + point[1]]);
    around(sum.map(|side| side / f64::from(CORNERS)))
}
