//! plotters drawing on a [`Painter`].
//!
//! plotters places everything on whole pixels; here a pixel is cut into
//! [`GRAIN`] parts, so that curves are as smooth as the map's lines at any device
//! pixel ratio, and charts are tested with the same recorder as maps.

use core::convert::Infallible;

use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingErrorKind, FontStyle,
};

use super::painter::{Align, Color, Outline, Painter, Rect, Stroke, TextStyle};

/// Parts of a CSS pixel.
pub(super) const GRAIN: f64 = 16.0;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A part of a painter's surface as a plotters backend.
pub(super) struct PlotBackend<'a> {
    pub(super) painter: &'a mut dyn Painter,
    pub(super) area: Rect,
}

impl PlotBackend<'_> {
    fn place(&self, (x, y): BackendCoord) -> [f64; 2] {
        [self.area.left + f64::from(x) / GRAIN, self.area.top + f64::from(y) / GRAIN]
    }

    fn outline(&self, path: impl IntoIterator<Item = BackendCoord>) -> Outline {
        let points = path.into_iter().map(|point| self.place(point)).collect();
        Outline { points, starts: vec![0] }
    }
}

fn color(color: BackendColor) -> Color {
    let (r, g, b) = color.rgb;
    Color { rgb: [r, g, b], alpha: color.alpha }
}

fn stroke<S: BackendStyle>(style: &S) -> Stroke {
    Stroke::solid(color(style.color()), f64::from(style.stroke_width()) / GRAIN)
}

impl DrawingBackend for PlotBackend<'_> {
    type ErrorType = Infallible;

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a canvas' size")]
    fn get_size(&self) -> (u32, u32) {
        ((self.area.width * GRAIN) as u32, (self.area.height * GRAIN) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, point: BackendCoord, pixel: BackendColor) -> Drawn {
        let at = self.place(point);
        self.painter.discs(&[at], 0.5, color(pixel));
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, s: &S) -> Drawn {
        self.draw_path([a, b], s)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        if fill { self.fill_polygon(corners, style) } else { self.draw_path(corners, style) }
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let outline = self.outline(path);
        self.painter.stroke(&outline, &[stroke(style)]);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        let (at, radius) = (self.place(center), f64::from(radius) / GRAIN);
        if fill {
            self.painter.discs(&[at], radius, color(style.color()));
        } else {
            self.painter.ring(at, radius, &stroke(style));
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let outline = self.outline(path);
        self.painter.fill(&outline, color(style.color()));
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let anchor = style.anchor();
        let size = style.size() / GRAIN;
        let text_style = TextStyle {
            bold: matches!(style.style(), FontStyle::Bold),
            align: match anchor.h_pos {
                HPos::Left => Align::Left,
                HPos::Center => Align::Center,
                HPos::Right => Align::Right,
            },
            middle: matches!(anchor.v_pos, VPos::Center),
            ..TextStyle::plain(size, color(style.color()))
        };
        let [x, y] = self.place(at);
        // Bottom is the baseline here; no text of the charts hangs from its top.
        let y = if matches!(anchor.v_pos, VPos::Top) { y + 0.8 * size } else { y };
        self.painter.text(text, [x, y], &text_style);
        Ok(())
    }
}
