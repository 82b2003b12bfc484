//! The spectrum under the slider: what every rate of it does, over the same x as
//! the slider's thumb.

mod columns;
mod curve;
mod strip;
mod texture;

pub use columns::{place_of_x, place_rates};
pub(super) use strip::draw_word;
pub(super) use texture::draw_texture;

use super::painter::{Outline, Painter, Rect, TextStyle};
use super::rate_scale::{RateScene, SIDE};
use crate::scenario::Spectrum;
use columns::{Column, Zone, columns, zones};

/// The rows of the panel with the curve.
const PANEL: [f64; 2] = [52.0, 128.0];
/// The rows of the strip.
const STRIP: [f64; 2] = [130.0, 154.0];

/// What the spectrum shows.
#[derive(Clone, Copy)]
pub struct SpectrumScene<'a> {
    /// The fates, as far as they are made.
    pub spectrum: &'a Spectrum,
    /// The most steps a run takes: the top of the curve.
    pub steps: usize,
    /// The step at which the present run settles in a minimum, if it does.
    pub settles: Option<usize>,
    /// The place that the pointer or the focus is on, and what to say of it.
    pub pointed: Option<(usize, &'a str)>,
    /// The share that is made, if it is worth showing.
    pub progress: Option<f64>,
}

/// The spectrum ready to be drawn.
struct Picture<'a> {
    scene: &'a RateScene<'a>,
    spectrum: SpectrumScene<'a>,
    columns: Vec<Option<Column>>,
    zones: Vec<Zone>,
}

impl Picture<'_> {
    /// The left edge of a column.
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    fn x(&self, column: usize) -> f64 {
        let width = self.scene.width - 2.0 * SIDE;
        SIDE + width * column as f64 / self.columns.len().max(1) as f64
    }

    /// The part of some rows that some columns take.
    fn rect(&self, from: usize, to: usize, [top, bottom]: [f64; 2]) -> Rect {
        let left = self.x(from);
        Rect { left, top, width: self.x(to) - left, height: bottom - top }
    }
}

/// Draws panel and strip.
pub(super) fn draw_spectrum(painter: &mut dyn Painter, scene: &RateScene<'_>) {
    let Some(spectrum) = scene.spectrum else {
        draw_secret(painter, scene);
        return;
    };
    let columns = columns(spectrum.spectrum);
    let zones = zones(&columns);
    let picture = Picture { scene, spectrum, columns, zones };
    draw_pending(painter, &picture);
    curve::draw_panel(painter, &picture);
    strip::draw_strip(painter, &picture);
    curve::draw_cursor(painter, &picture);
    if let Some((place, words)) = spectrum.pointed {
        curve::draw_pointed(painter, &picture, place, words);
    }
    if let Some(progress) = spectrum.progress {
        let track = Rect {
            left: SIDE,
            top: STRIP[1],
            width: (scene.width - 2.0 * SIDE) * progress,
            height: 2.0,
        };
        painter.fill(&rectangle(track), scene.palette.ink_2);
    }
}

/// A plain ground where nothing is computed yet: none of the outcomes looks like it.
fn draw_pending(painter: &mut dyn Painter, picture: &Picture<'_>) {
    let mut area = Outline::default();
    let mut from = 0;
    for stretch in picture.columns.chunk_by(|a, b| a.is_some() == b.is_some()) {
        let to = from + stretch.len();
        if stretch[0].is_none() {
            area.starts.push(area.points.len());
            area.points.extend(rectangle(picture.rect(from, to, STRIP)).points);
        }
        from = to;
    }
    if !area.points.is_empty() {
        painter.fill(&area, picture.scene.palette.line.with_alpha(0.5));
    }
}

/// In its place while a prediction is waited for.
fn draw_secret(painter: &mut dyn Painter, scene: &RateScene<'_>) {
    let width = scene.width - 2.0 * SIDE;
    let rows = [PANEL[0], STRIP[1]];
    let area = Rect { left: SIDE, top: rows[0], width, height: rows[1] - rows[0] };
    painter.fill(&rectangle(area), scene.palette.line.with_alpha(0.5));
    let style = TextStyle {
        middle: true,
        ..TextStyle::plain(13.0, scene.palette.ink_3).aligned(super::painter::Align::Center)
    };
    let middle = [0.5 * scene.width, 0.5 * (rows[0] + rows[1])];
    painter.text(scene.text.spectrum_hidden, middle, &style);
}

/// The outline of a rectangle.
#[inline(never)]
pub(super) fn rectangle(rect: Rect) -> Outline {
    let Rect { left, top, .. } = rect;
    let (right, bottom) = (rect.right(), rect.bottom());
    Outline::line(&[[left, top], [right, top], [right, bottom], [left, bottom]])
}
