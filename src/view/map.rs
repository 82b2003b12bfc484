//! The loss map: heat, contours and their labels over one window.

use super::contour::Contours;
use super::field::{Field, Refinement};
use super::heat;
use super::labels::{self, Label, Room};
use super::levels::Levels;
use super::marker::draw_dots;
use super::painter::{Align, Color, Outline, Painter, Rect, Stroke, TextStyle};
use super::palette::{Palette, RunLook};
use super::ramp::Ramp;
use super::run::{GHOST_DASH, PATH_WIDTHS, path_strokes};
use super::viewport::Viewport;
use crate::descent::loss::Loss;

/// A loss sampled over a viewport, with its contour lines.
pub struct LossMap {
    field: Field,
    levels: Levels,
    contours: Contours,
    /// Width and height in device pixels.
    size: [usize; 2],
}

/// CSS pixels between samples: contours are exact to a small part of it, and
/// between samples the colours are interpolated.
const SAMPLE: f64 = 1.6;

impl LossMap {
    /// Samples `loss`, whose infimum is `lowest`, over `viewport` for a screen of
    /// `ratio` device pixels a CSS pixel. None without a pixel.
    #[must_use]
    pub fn of(loss: &dyn Loss, lowest: f64, viewport: &Viewport, ratio: f64) -> Option<Self> {
        let (size, step) = sampling(viewport, ratio)?;
        Some(Self::of_field(Field::sample(loss, lowest, viewport.window, size, step), size))
    }

    /// Begins a map, which is made between frames, of a loss with this infimum whose values
    /// cost so many exponentials; what `before` has of the same loss is taken over. None without a
    /// pixel.
    #[must_use]
    pub fn begin(
        of: (f64, usize),
        viewport: &Viewport,
        ratio: f64,
        before: Option<&Refinement>,
    ) -> Option<Refinement> {
        let sampling = sampling(viewport, ratio)?;
        Some(Refinement::begin(of, viewport, sampling, before))
    }

    /// The finest map that there is of one in the making; none before the first.
    #[must_use]
    pub fn of_refinement(refinement: &Refinement) -> Option<Self> {
        Some(Self::of_field(refinement.field()?, refinement.size()))
    }

    fn of_field(field: Field, size: [usize; 2]) -> Self {
        let levels = Levels::across(field.range(), field.extent());
        let contours = Contours::trace(&field, &levels.log_losses());
        Self { field, levels, contours, size }
    }

    /// The heat map as RGBA bytes, row by row from the top, and its width in
    /// device pixels.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a screen's pixels")]
    pub fn image(&self, ramp: &Ramp) -> (Vec<u8>, u32) {
        let [width, height] = self.size;
        let mut pixels = vec![0; 4 * width * height];
        let colors = heat::Palette::new(ramp, self.field.range(), self.levels.spacing);
        heat::paint(&self.field, &colors, width, &mut pixels);
        (pixels, width as u32)
    }

    /// J − inf J at the dark and the light end of the ramp.
    #[must_use]
    pub fn ramp_ends(&self) -> [f64; 2] {
        let range = self.field.range();
        [range.low, range.high].map(|decade| libm::pow(10.0, decade))
    }

    /// Draws the contour lines, and their labels but for places in `keep_clear`;
    /// over `ground`, the heat map or something else.
    pub fn draw_contours(
        &self,
        painter: &mut dyn Painter,
        viewport: &Viewport,
        ground: &Ground<'_>,
        labelling: Option<&Labelling<'_>>,
    ) {
        let scale = self.pixels_per_sample(viewport);
        painter.clip(viewport.plot);
        for (index, level) in self.levels.list.iter().enumerate() {
            let outline = self.outline(index, viewport.plot, scale);
            let width = if level.is_major { 1.1 } else { 0.8 };
            let color = match ground {
                Ground::Heat(ramp) => {
                    let share = self.field.range().share(level.log_loss);
                    let rgb = ramp.contour_color(share, level.is_major);
                    Color { rgb, alpha: if level.is_major { 0.85 } else { 0.7 } }
                }
                Ground::Other(palette) => {
                    palette.map_ink.with_alpha(if level.is_major { 0.55 } else { 0.35 })
                }
            };
            painter.stroke(&outline, &[Stroke::solid(color, width)]);
        }
        if let Some(labelling) = labelling {
            for label in self.labels(viewport, labelling, scale) {
                self.draw_label(painter, viewport.plot, ground, &label);
            }
        }
        painter.unclip();
    }

    #[expect(clippy::cast_precision_loss, reason = "a screen's pixels")]
    fn pixels_per_sample(&self, viewport: &Viewport) -> f64 {
        self.field.step() as f64 * viewport.plot.width / self.size[0] as f64
    }

    fn outline(&self, level: usize, plot: Rect, scale: f64) -> Outline {
        let mut outline = Outline::default();
        for run in self.contours.runs().filter(|run| run.level == level) {
            let (points, _) = run.points.as_chunks::<2>();
            let place = |[x, y]: [f32; 2]| {
                [plot.left + f64::from(x) * scale, plot.top + f64::from(y) * scale]
            };
            let mut places = points.iter().copied().map(place);
            let Some(first) = places.next() else { continue };
            outline.move_to(first);
            for point in places {
                outline.line_to(point);
            }
            if run.is_closed {
                outline.line_to(first);
            }
        }
        outline
    }

    #[expect(clippy::cast_possible_truncation, reason = "places of labels need no more")]
    fn labels(&self, viewport: &Viewport, labelling: &Labelling<'_>, scale: f64) -> Vec<Label> {
        let plot = viewport.plot;
        let within = |[x, y]: [f64; 2]| [(x - plot.left) as f32, (y - plot.top) as f32];
        let keep_clear: Vec<[f32; 4]> = labelling
            .keep_clear
            .iter()
            .map(|rect| {
                let [left, top] = within([rect.left, rect.top]);
                let [right, bottom] = within([rect.right(), rect.bottom()]);
                [left, top, right, bottom]
            })
            .collect();
        let room = Room {
            size: [plot.width as f32, plot.height as f32],
            scale: scale as f32,
            anchor: labelling.anchor.map(|point| within(viewport.to_pixel(point))),
            keep_clear: &keep_clear,
        };
        labels::place(&self.contours, &self.levels.list, &room)
    }

    fn draw_label(
        &self,
        painter: &mut dyn Painter,
        plot: Rect,
        ground: &Ground<'_>,
        label: &Label,
    ) {
        let level = &self.levels.list[label.level];
        let opaque = |rgb| Color { rgb, alpha: 1.0 };
        let (ink, halo) = match ground {
            Ground::Heat(ramp) => {
                let colors = ramp.label_colors(self.field.range().share(level.log_loss));
                (opaque(colors.ink), (opaque(colors.halo), 5.0))
            }
            Ground::Other(palette) => (palette.map_ink, (palette.map_halo, 3.0)),
        };
        let style = TextStyle {
            halo: Some(halo),
            middle: true,
            angle: f64::from(label.angle),
            ..TextStyle::plain(11.0, ink).aligned(Align::Center)
        };
        let at = [plot.left + f64::from(label.x), plot.top + f64::from(label.y)];
        painter.text(&level.label, at, &style);
    }
}

/// The picture of a viewport in device pixels, and how far apart its samples are; none
/// without a pixel.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a screen's pixels")]
fn sampling(viewport: &Viewport, ratio: f64) -> Option<([usize; 2], usize)> {
    let side = |length: f64| libm::round(length * ratio).max(0.0) as usize;
    let size = [side(viewport.plot.width), side(viewport.plot.height)];
    let step = (libm::round(SAMPLE * ratio) as usize).max(1);
    (!size.contains(&0)).then_some((size, step))
}

/// What lies under the contours, which decides their colours.
#[derive(Clone, Copy)]
pub enum Ground<'a> {
    /// The heat map in the colours of this ramp.
    Heat(&'a Ramp),
    /// Something else; the palette's ink shows on it.
    Other(&'a Palette),
}

/// Where labels of contours may stand.
#[derive(Clone, Copy, Debug)]
pub struct Labelling<'a> {
    /// The minimum from which the labels go out in a row.
    pub anchor: Option<[f64; 2]>,
    /// Parts of the canvas that stay free of labels, in CSS pixels.
    pub keep_clear: &'a [Rect],
}

/// Fills a small canvas with the ramp from dark to light.
pub fn draw_ramp(painter: &mut dyn Painter, ramp: &Ramp, [width, height]: [f64; 2]) {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "pixels")]
    let columns = width.max(1.0) as u32;
    for column in 0..columns {
        let rgb = ramp.color_at((f64::from(column) + 0.5) / f64::from(columns));
        // To the end, under those to come: no seam can show between two.
        let (left, right) = (f64::from(column), width);
        let corners = [[left, 0.0], [right, 0.0], [right, height], [left, height]];
        painter.fill(&Outline::line(&corners), Color { rgb, alpha: 1.0 });
    }
}

/// What a line of the legend is a sample of.
#[derive(Clone, Copy, Debug)]
pub enum LegendLine<'a> {
    /// A run.
    Run(&'a RunLook),
    /// The run under the previous rate.
    Ghost,
}

/// Draws the short sample of a line, 34 × 14 pixels, for the legend.
pub fn draw_legend_line(painter: &mut dyn Painter, kind: LegendLine<'_>, palette: &Palette) {
    let line = Outline::line(&[[2.0, 7.0], [32.0, 7.0]]);
    match kind {
        LegendLine::Ghost => {
            let stroke = Stroke { color: palette.ink_2, width: 1.8, dash: GHOST_DASH };
            painter.stroke(&line, &[stroke]);
        }
        LegendLine::Run(look) => {
            painter.stroke(&line, &path_strokes(look, PATH_WIDTHS[0]));
            draw_dots(painter, look, &[[17.0, 7.0]]);
        }
    }
}
