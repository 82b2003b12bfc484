//! How samples are told apart: by class, by whether they are held out or in the
//! batch; never by colour alone.

use super::super::marker::Marker;
use super::super::painter::{Color, Painter, Stroke};
use super::super::palette::Palette;

/// The radius of a sample, and of one in the mini-batch.
pub(super) const RADIUS: f64 = 4.0;
pub(super) const BATCH_RADIUS: f64 = 5.5;

/// The shapes of the classes; a number to be found has none and is the first.
const SHAPES: [Marker; 2] = [Marker::Circle, Marker::TriangleUp];

/// How a sample is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Look {
    /// Hollow.
    Usual(Kind),
    /// Hollow, and a square: learnt nothing from.
    HeldOut(Kind),
    /// Filled and larger.
    InBatch(Kind),
}

/// What kind of sample it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    /// It has a number.
    Number,
    /// It has a class.
    Class(usize),
}

impl Kind {
    fn color(self, palette: &Palette) -> Option<Color> {
        match self {
            Self::Number => None,
            Self::Class(class) => Some(palette.classes[class]),
        }
    }

    fn shape(self) -> Marker {
        match self {
            Self::Number => SHAPES[0],
            Self::Class(class) => SHAPES[class],
        }
    }
}

impl Look {
    /// Draws samples of this look, all at once.
    pub(super) fn draw(self, painter: &mut dyn Painter, palette: &Palette, at: &[[f64; 2]]) {
        if at.is_empty() {
            return;
        }
        let ground = palette.background;
        match self {
            Self::Usual(kind) => {
                let stroke = Stroke::solid(kind.color(palette).unwrap_or(palette.line_2), 1.5);
                draw_hollow(painter, kind.shape(), at, ground, &stroke);
            }
            Self::HeldOut(kind) => {
                let color = kind.color(palette).unwrap_or(palette.ink_3);
                draw_hollow(painter, Marker::Square, at, ground, &Stroke::solid(color, 1.5));
                if kind != Kind::Number {
                    kind.shape().fill(painter, at, 2.0, 0.0, color);
                }
            }
            Self::InBatch(kind) => {
                let color = kind.color(palette).unwrap_or(palette.ink);
                let shape = kind.shape();
                shape.fill(painter, at, BATCH_RADIUS, 1.5, ground);
                if kind != Kind::Number {
                    // Classes keep their colour; what is dark is in the batch.
                    shape.fill(painter, at, BATCH_RADIUS, 0.8, palette.ink);
                }
                shape.fill(painter, at, BATCH_RADIUS, -0.8, color);
                if kind == Kind::Number {
                    shape.fill(painter, at, BATCH_RADIUS, 0.0, color);
                }
            }
        }
    }
}

fn draw_hollow(
    painter: &mut dyn Painter,
    shape: Marker,
    at: &[[f64; 2]],
    ground: Color,
    stroke: &Stroke,
) {
    shape.fill(painter, at, RADIUS, 0.0, ground);
    let outline = shape.outline(at, RADIUS);
    if outline.points.is_empty() {
        painter.rings(at, RADIUS, stroke);
    } else {
        painter.stroke(&outline, &[*stroke]);
    }
}
