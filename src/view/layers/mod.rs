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
    /// Whether a step leaves, so that there are updates.
    pub has_step: bool,
    /// The other runs that are shown, whose gradients stand faintly behind.
    pub others: &'a [(&'a RunLook, &'a [LayerFigures])],
    /// What the axes span.
    pub span: LayersSpan,
    /// How much of its way back the gradient has gone, while it is on its way.
    pub pulse: Option<f64>,
    /// The layer that is looked at.
    pub focused: Option<usize>,
    /// The words.
    pub words: &'a LayersWords<'a>,
    /// Whether there is little room.
    pub is_compact: bool,
}

/// The words of the picture.
pub struct LayersWords<'a> {
    /// ‖W‖.
    pub weights: &'a str,
    /// ‖∂J/∂W‖.
    pub gradient: &'a str,
    /// ‖ΔW‖.
    pub update: &'a str,
    /// The three together.
    pub norms: &'a str,
    /// The band of healthy updates.
    pub band: &'a str,
    /// ‖ΔW‖ over ‖W‖.
    pub ratio: &'a str,
    /// The standard deviation of what a layer hands on.
    pub spread: &'a str,
    /// What idle units are called; none where the activation has none.
    pub idle: Option<&'a str>,
    /// The way of the gradient.
    pub backward: &'a str,
    /// The axis below.
    pub layer: &'a str,
    /// Its ends.
    pub ends: [&'a str; 2],
    /// A number that has left all bounds.
    pub overflow: &'a str,
    /// No step leaves any more.
    pub no_step: &'a str,
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
