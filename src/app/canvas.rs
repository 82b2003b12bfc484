//! Canvases as surfaces to draw on.

use std::fmt::Write as _;

use wasm_bindgen::{Clamped, JsCast};
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement, ImageData};

use super::dom;
use crate::view::{Align, Color, Outline, Painter, Rect, Stroke, TextStyle};

/// The page's letters, as in the style sheet.
const FONT: &str = "-apple-system,BlinkMacSystemFont,\"Segoe UI\",Roboto,\"Noto Sans\",\"PingFang SC\",\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif";
/// The letters of mathematics.
const MATH_FONT: &str = "\"STIX Two Text\",Cambria,Georgia,\"DejaVu Serif\",serif";

/// The tracking of large numbers in the style sheet, in em.
const HERO_TRACKING: f64 = -0.025;

/// A canvas whose bitmap follows its size on the page and the device's pixels.
pub(super) struct Canvas {
    element: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    size: [f64; 2],
    ratio: f64,
}

impl Canvas {
    pub(super) fn of(id: &str) -> Self {
        Self::on(dom::element(id))
    }

    /// A canvas that is not in the skeleton.
    pub(super) fn on(element: HtmlCanvasElement) -> Self {
        let context = element.get_context("2d").ok().flatten();
        let context = context.and_then(|context| context.dyn_into().ok());
        let context = context.expect("a canvas draws in two dimensions");
        Self { element, context, size: [0.0; 2], ratio: 1.0 }
    }

    /// The element.
    pub(super) fn element(&self) -> &HtmlCanvasElement {
        &self.element
    }

    /// Shows it, or does not.
    pub(super) fn set_hidden(&self, is_hidden: bool) {
        self.element.set_hidden(is_hidden);
    }

    /// Reads the size on the page, in CSS pixels; the bitmap is made to fit at
    /// the next [`Canvas::clear`].
    pub(super) fn measure(&mut self) -> [f64; 2] {
        let ratio = dom::window().device_pixel_ratio();
        self.ratio = if ratio > 0.0 { ratio } else { 1.0 };
        self.size =
            [f64::from(self.element.client_width()), f64::from(self.element.client_height())];
        self.size
    }

    /// Takes a size that does not depend on the page's layout.
    pub(super) fn measure_as(&mut self, size: [f64; 2]) {
        self.measure();
        self.size = size;
    }

    /// The size in CSS pixels.
    pub(super) fn size(&self) -> [f64; 2] {
        self.size
    }

    /// Device pixels a CSS pixel.
    pub(super) fn ratio(&self) -> f64 {
        self.ratio
    }

    /// An empty surface.
    pub(super) fn clear(&mut self) -> CanvasPainter<'_> {
        let device = self.size.map(|side| device_pixels(side, self.ratio));
        if [self.element.width(), self.element.height()] != device {
            self.element.set_width(device[0]);
            self.element.set_height(device[1]);
        }
        let painter = self.painter();
        painter.context.clear_rect(0.0, 0.0, self.size[0], self.size[1]);
        painter
    }

    /// The surface with what is drawn on it.
    pub(super) fn painter(&self) -> CanvasPainter<'_> {
        let context = &self.context;
        // Fails only for numbers that are not finite.
        let _ = context.set_transform(self.ratio, 0.0, 0.0, self.ratio, 0.0, 0.0);
        context.set_line_join("round");
        context.set_line_cap("round");
        CanvasPainter { context, is_dashed: true, font: None }
    }

    /// The width of a large number in the page's letters, in units of its font
    /// size. Asking the style for that size instead would lay out the page anew
    /// in the middle of a frame.
    pub(super) fn width_in_em(&self, text: &str) -> f64 {
        self.context.set_font(&format!("100px {FONT}"));
        let width = self.context.measure_text(text).map_or(0.0, |metrics| metrics.width());
        #[expect(clippy::cast_precision_loss, reason = "a few characters")]
        let characters = text.chars().count() as f64;
        width / 100.0 + HERO_TRACKING * characters
    }

    /// Puts an image of device pixels with its corner at a CSS pixel.
    pub(super) fn put_image(&self, pixels: &[u8], width: u32, [left, top]: [f64; 2]) {
        let image = ImageData::new_with_u8_clamped_array(Clamped(pixels), width);
        let Ok(image) = image else { return };
        let at = |v: f64| libm::round(v * self.ratio);
        let _ = self.context.put_image_data(&image, at(left), at(top));
    }
}

/// Whole device pixels of a length in CSS pixels.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "sizes on a screen")]
pub(super) fn device_pixels(length: f64, ratio: f64) -> u32 {
    libm::round(length * ratio).clamp(0.0, 16_384.0) as u32
}

/// A canvas while it is drawn on.
pub(super) struct CanvasPainter<'a> {
    context: &'a CanvasRenderingContext2d,
    is_dashed: bool,
    /// The font that is set: size, weight, slant. To set it again is dear.
    font: Option<(u64, bool, bool)>,
}

fn css(color: Color) -> String {
    let [r, g, b] = color.rgb;
    let mut text = String::with_capacity(24);
    // Writing into a string cannot fail.
    let _ = if color.alpha >= 1.0 {
        write!(text, "rgb({r},{g},{b})")
    } else {
        write!(text, "rgba({r},{g},{b},{})", color.alpha)
    };
    text
}

impl CanvasPainter<'_> {
    fn trace(&self, outline: &Outline) {
        self.context.begin_path();
        for line in outline.polylines() {
            if let [first, rest @ ..] = line {
                self.context.move_to(first[0], first[1]);
                for point in rest {
                    self.context.line_to(point[0], point[1]);
                }
            }
        }
    }

    fn set_stroke(&mut self, stroke: &Stroke) {
        self.context.set_stroke_style_str(&css(stroke.color));
        self.context.set_line_width(stroke.width);
        if self.is_dashed || !stroke.dash.is_empty() {
            let dash = js_sys::Array::new();
            for length in stroke.dash {
                dash.push(&(*length).into());
            }
            let _ = self.context.set_line_dash(&dash);
            self.is_dashed = !stroke.dash.is_empty();
        }
    }

    fn set_font(&mut self, style: &TextStyle) {
        let font = (style.size.to_bits(), style.bold, style.math);
        if self.font.replace(font) == Some(font) {
            return;
        }
        let (slant, family) = if style.math { ("italic ", MATH_FONT) } else { ("", FONT) };
        let weight = if style.bold { "600 " } else { "" };
        self.context.set_font(&format!("{slant}{weight}{}px {family}", style.size));
    }

    fn circles(&self, centers: &[[f64; 2]], radius: f64) {
        self.context.begin_path();
        for [x, y] in centers {
            self.context.move_to(x + radius, *y);
            // Fails only for a negative radius.
            let _ = self.context.arc(*x, *y, radius.max(0.0), 0.0, core::f64::consts::TAU);
        }
    }
}

impl Painter for CanvasPainter<'_> {
    fn stroke(&mut self, outline: &Outline, strokes: &[Stroke]) {
        if outline.points.is_empty() {
            return;
        }
        self.trace(outline);
        for stroke in strokes {
            self.set_stroke(stroke);
            self.context.stroke();
        }
    }

    fn fill(&mut self, outline: &Outline, color: Color) {
        self.trace(outline);
        self.context.set_fill_style_str(&css(color));
        self.context.fill();
    }

    fn discs(&mut self, centers: &[[f64; 2]], radius: f64, color: Color) {
        if centers.is_empty() {
            return;
        }
        self.circles(centers, radius);
        self.context.set_fill_style_str(&css(color));
        self.context.fill();
    }

    fn rings(&mut self, centers: &[[f64; 2]], radius: f64, stroke: &Stroke) {
        if centers.is_empty() {
            return;
        }
        self.circles(centers, radius);
        self.set_stroke(stroke);
        self.context.stroke();
    }

    fn text(&mut self, text: &str, [x, y]: [f64; 2], style: &TextStyle) {
        self.set_font(style);
        let context = self.context;
        context.set_text_align(match style.align {
            Align::Left => "left",
            Align::Center => "center",
            Align::Right => "right",
        });
        context.set_text_baseline(if style.middle { "middle" } else { "alphabetic" });
        let is_turned = style.angle != 0.0;
        let [x, y] = if is_turned {
            context.save();
            let _ = context.translate(x, y).and_then(|()| context.rotate(style.angle));
            [0.0, 0.0]
        } else {
            [x, y]
        };
        if let Some((color, width)) = style.halo {
            self.set_stroke(&Stroke::solid(color, width));
            let _ = self.context.stroke_text(text, x, y);
        }
        self.context.set_fill_style_str(&css(style.color));
        let _ = self.context.fill_text(text, x, y);
        if is_turned {
            self.context.restore();
        }
    }

    fn text_width(&mut self, text: &str, style: &TextStyle) -> f64 {
        self.set_font(style);
        self.context.measure_text(text).map_or(0.0, |metrics| metrics.width())
    }

    fn clip(&mut self, rect: Rect) {
        self.context.save();
        self.context.begin_path();
        self.context.rect(rect.left, rect.top, rect.width, rect.height);
        self.context.clip();
    }

    fn unclip(&mut self) {
        self.context.restore();
        // The context has forgotten what was set since `clip`.
        self.is_dashed = true;
        self.font = None;
    }
}
