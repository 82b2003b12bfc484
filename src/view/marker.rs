//! Markers: eight shapes that are told apart without colour.

use super::painter::{Align, Color, Outline, Painter, TextStyle};
use super::palette::{CASING, RunLook, WHITE};

/// The shape of a run's steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A disc.
    Circle,
    /// A square on its side.
    Square,
    /// A triangle on its side.
    TriangleUp,
    /// A square on its corner.
    Diamond,
    /// A triangle on its corner.
    TriangleDown,
    /// Two upright bars.
    Plus,
    /// A star of five points.
    Star,
    /// Two slanting bars.
    Cross,
}

/// How a marker is drawn: a rim outside its radius or, if negative, inside it, and
/// its colour. Undermost first.
type Rim = (f64, Color);

impl Marker {
    /// How many times as large the puck of this shape is among others, so that
    /// there is room for its letter.
    #[must_use]
    pub(super) fn puck_scale(self) -> f64 {
        match self {
            Self::Circle | Self::Square | Self::Diamond => 1.15,
            Self::Plus | Self::Cross => 1.35,
            Self::TriangleUp | Self::TriangleDown | Self::Star => 1.5,
        }
    }

    /// How far below the centre the middle of a letter stands.
    #[must_use]
    pub(super) fn letter_shift(self) -> f64 {
        match self {
            Self::TriangleUp => 2.0,
            Self::TriangleDown => -2.0,
            _ => 0.5,
        }
    }

    /// The corners around the origin of a marker of `radius` that is `grown` by a
    /// rim; none of a disc. Shapes of one radius cover about the same area.
    fn corners(self, radius: f64, grown: f64) -> Vec<[f64; 2]> {
        let r = radius + grown;
        match self {
            Self::Circle => Vec::new(),
            Self::Square => vec![
                [-0.9 * r, -0.9 * r],
                [0.9 * r, -0.9 * r],
                [0.9 * r, 0.9 * r],
                [-0.9 * r, 0.9 * r],
            ],
            Self::TriangleUp => vec![[0.0, -1.2 * r], [1.13 * r, 0.8 * r], [-1.13 * r, 0.8 * r]],
            Self::TriangleDown => vec![[0.0, 1.2 * r], [-1.13 * r, -0.8 * r], [1.13 * r, -0.8 * r]],
            Self::Diamond => {
                vec![[0.0, -1.25 * r], [1.25 * r, 0.0], [0.0, 1.25 * r], [-1.25 * r, 0.0]]
            }
            Self::Plus => bars(1.2 * r, 0.42 * radius + 0.9 * grown),
            Self::Cross => {
                let turn = core::f64::consts::FRAC_1_SQRT_2;
                let bars = bars(1.2 * r, 0.42 * radius + 0.9 * grown);
                bars.into_iter().map(|[x, y]| [turn * (x - y), turn * (x + y)]).collect()
            }
            Self::Star => star(1.25 * radius + 1.3 * grown, 0.62 * radius + 0.95 * grown),
        }
    }

    /// The closed outlines of markers of one size; none of discs.
    pub(super) fn outline(self, centers: &[[f64; 2]], radius: f64) -> Outline {
        let corners = self.corners(radius, 0.0);
        let mut outline = Outline::default();
        let Some(first) = corners.first().copied() else { return outline };
        for [x, y] in centers {
            outline.starts.push(outline.points.len());
            let closed = corners.iter().chain([&first]);
            outline.points.extend(closed.map(|[a, b]| [x + a, y + b]));
        }
        outline
    }

    /// Fills markers of one size, all at once.
    pub fn fill(
        self,
        painter: &mut dyn Painter,
        centers: &[[f64; 2]],
        radius: f64,
        grown: f64,
        color: Color,
    ) {
        let corners = self.corners(radius, grown);
        if corners.is_empty() {
            painter.discs(centers, radius + grown, color);
            return;
        }
        let mut outline = Outline::default();
        outline.points.reserve(centers.len() * corners.len());
        for [x, y] in centers {
            outline.starts.push(outline.points.len());
            outline.points.extend(corners.iter().map(|[a, b]| [x + a, y + b]));
        }
        if !centers.is_empty() {
            painter.fill(&outline, color);
        }
    }
}

/// Two crossed bars of half a length `reach` and half a width `half`.
fn bars(reach: f64, half: f64) -> Vec<[f64; 2]> {
    let quarter = [[half, -reach], [half, -half], [reach, -half]];
    // Each quarter is the one before turned to the right.
    let turns: [fn([f64; 2]) -> [f64; 2]; 4] =
        [|[x, y]| [x, y], |[x, y]| [-y, x], |[x, y]| [-x, -y], |[x, y]| [y, -x]];
    turns.into_iter().flat_map(|turn| quarter.map(turn)).collect()
}

fn star(outer: f64, inner: f64) -> Vec<[f64; 2]> {
    let corner = |index: u32| {
        let angle = f64::from(index) * core::f64::consts::PI / 5.0;
        let reach = if index.is_multiple_of(2) { outer } else { inner };
        [reach * libm::sin(angle), -reach * libm::cos(angle)]
    };
    (0..10).map(corner).collect()
}

/// Draws markers over the map: a dark rim, a light rim, the run's colour.
fn draw_cased(
    painter: &mut dyn Painter,
    look: &RunLook,
    centers: &[[f64; 2]],
    radius: f64,
    rims: [Rim; 3],
) {
    for (grown, color) in rims {
        look.marker.fill(painter, centers, radius, grown, color);
    }
}

/// The radius of a single run's puck.
pub(super) const PUCK_RADIUS: f64 = 9.5;
/// The radius of the dot of a step.
pub(super) const DOT_RADIUS: f64 = 3.9;

/// Draws the dots of steps on the map.
pub(super) fn draw_dots(painter: &mut dyn Painter, look: &RunLook, centers: &[[f64; 2]]) {
    let rims = [(1.6, CASING.with_alpha(0.8)), (0.7, WHITE), (-0.8, look.map)];
    draw_cased(painter, look, centers, DOT_RADIUS, rims);
}

/// Draws the puck of a run on the map.
pub(super) fn draw_puck(painter: &mut dyn Painter, look: &RunLook, center: [f64; 2], radius: f64) {
    let rims = [(2.0, CASING.with_alpha(0.85)), (0.8, WHITE), (-1.7, look.map)];
    draw_cased(painter, look, &[center], radius, rims);
}

/// Draws the puck of one run among several, with its letter.
pub(super) fn draw_lettered_puck(
    painter: &mut dyn Painter,
    look: &RunLook,
    [x, y]: [f64; 2],
    radius: f64,
) {
    draw_puck(painter, look, [x, y], radius);
    let style = TextStyle {
        bold: true,
        middle: true,
        ..TextStyle::plain(11.0, look.ink).aligned(Align::Center)
    };
    painter.text(look.letter, [x, y + look.marker.letter_shift()], &style);
}

/// Draws markers on the page, over a rim of the page's `background`.
pub(super) fn draw_on_page(
    painter: &mut dyn Painter,
    look: &RunLook,
    centers: &[[f64; 2]],
    radius: f64,
    background: Color,
) {
    look.marker.fill(painter, centers, radius, 2.0, background);
    look.marker.fill(painter, centers, radius, 0.0, look.line);
}
