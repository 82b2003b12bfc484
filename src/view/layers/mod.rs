//! The layers of a network at one step: norms, the length of steps, what the units do, and
//! the gradient on its way back.

mod flow;
mod norms;
mod panels;
mod ratios;
mod span;
mod units;

use super::painter::{Outline, Painter, Rect};
use super::palette::{Palette, RunLook};
use crate::descent::LayerFigures;
use crate::text::LayersText;
pub use flow::draw_pulse;
pub use panels::Panels;
pub use span::LayersSpan;

/// What the picture of the layers shows.
pub struct LayersScene<'a> {
    /// The canvas in CSS pixels.
    pub size: [f64; 2],
    /// The colours.
    pub palette: &'a Palette,
    /// What tells the selected run from others.
    pub look: &'a RunLook,
    /// Its layers, the one at the input first.
    pub figures: &'a [LayerFigures],
    /// The largest ‖W‖ that its constraint allows in each layer; empty without one.
    pub limits: &'a [f64],
    /// Whether a step leaves, so that there are updates.
    pub has_step: bool,
    /// The other runs that are shown, whose gradients stand faintly behind.
    pub others: &'a [(&'a RunLook, &'a [LayerFigures])],
    /// What the axes span.
    pub span: LayersSpan,
    /// The layer that is looked at.
    pub focused: Option<usize>,
    /// The words.
    pub words: &'a LayersText,
    /// What idle units are called; none where the activation has none.
    pub idle: Option<&'a str>,
    /// Whether there is little room.
    pub is_compact: bool,
}

/// Draws the layers; returns where, for what points at them. None on a canvas that is too
/// small, or without layers.
pub fn draw_layers(painter: &mut dyn Painter, scene: &LayersScene<'_>) -> Option<Panels> {
    let panels = Panels::of(painter, scene)?;
    if let Some(layer) = scene.focused.filter(|layer| *layer < scene.figures.len()) {
        let column = panels.column(layer);
        painter.fill(&around(column), scene.palette.ink.with_alpha(0.08));
    }
    flow::draw(painter, scene, &panels);
    norms::draw(painter, scene, &panels);
    ratios::draw(painter, scene, &panels);
    units::draw(painter, scene, &panels);
    panels.draw_numbers(painter, scene);
    Some(panels)
}

/// The outline of a rectangle.
fn around(rect: Rect) -> Outline {
    let (left, right, top, bottom) = (rect.left, rect.right(), rect.top, rect.bottom());
    Outline::line(&[[left, top], [right, top], [right, bottom], [left, bottom]])
}

/// Whether a number has a place on a logarithmic axis.
fn has_place(value: f64) -> bool {
    value > 0.0 && value.is_finite()
}
