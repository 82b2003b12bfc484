//! What pictures are drawn with: a surface that strokes, fills and writes. The
//! page gives a canvas, tests a recorder.

/// An opaque or translucent colour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Color {
    /// Red, green, blue.
    pub rgb: [u8; 3],
    /// 0 transparent, 1 opaque.
    pub alpha: f64,
}

impl Color {
    /// An opaque colour from `0xRRGGBB`.
    #[must_use]
    pub const fn hex(hex: u32) -> Self {
        let [_, r, g, b] = hex.to_be_bytes();
        Self { rgb: [r, g, b], alpha: 1.0 }
    }

    /// The same with another alpha.
    #[must_use]
    pub const fn with_alpha(self, alpha: f64) -> Self {
        Self { alpha, ..self }
    }
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width in CSS pixels.
    pub width: f64,
    /// Lengths of dashes and gaps in CSS pixels; empty for a solid line.
    pub dash: &'static [f64],
}

impl Stroke {
    /// A solid line.
    #[must_use]
    pub const fn solid(color: Color, width: f64) -> Self {
        Self { color, width, dash: &[] }
    }
}

/// Polylines that are stroked or filled together, in CSS pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// All points, one polyline after the other.
    pub points: Vec<[f64; 2]>,
    /// Where each polyline begins in `points`.
    pub starts: Vec<usize>,
}

impl Outline {
    /// One polyline.
    #[must_use]
    pub fn line(points: &[[f64; 2]]) -> Self {
        Self { points: points.to_vec(), starts: vec![0] }
    }

    /// Begins a new polyline at `point`.
    pub fn move_to(&mut self, point: [f64; 2]) {
        self.starts.push(self.points.len());
        self.points.push(point);
    }

    /// Goes on to `point`.
    pub fn line_to(&mut self, point: [f64; 2]) {
        self.points.push(point);
    }

    /// The polylines one by one.
    pub fn polylines(&self) -> impl Iterator<Item = &[[f64; 2]]> {
        let ends = self.starts.iter().skip(1).copied().chain([self.points.len()]);
        self.starts.iter().zip(ends).map(|(&start, end)| &self.points[start..end])
    }
}

/// Where a text stands in relation to its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Left,
    /// Its middle is there.
    Center,
    /// It ends there.
    Right,
}

/// How a text is written; the point is on its baseline unless `middle`.
#[derive(Clone, Copy, Debug)]
pub struct TextStyle {
    /// Font size in CSS pixels.
    pub size: f64,
    /// Semibold.
    pub bold: bool,
    /// A letter of mathematics, in the italics of the serif stack.
    pub math: bool,
    /// Its colour.
    pub color: Color,
    /// A rim of this colour and width around the letters.
    pub halo: Option<(Color, f64)>,
    /// Horizontal alignment.
    pub align: Align,
    /// Whether the point is at half the height of the letters.
    pub middle: bool,
    /// Turned by this angle in radians, clockwise.
    pub angle: f64,
}

impl TextStyle {
    /// Plain left-aligned text on its baseline.
    #[must_use]
    pub const fn plain(size: f64, color: Color) -> Self {
        Self {
            size,
            bold: false,
            math: false,
            color,
            halo: None,
            align: Align::Left,
            middle: false,
            angle: 0.0,
        }
    }

    /// The same, aligned otherwise.
    #[must_use]
    pub const fn aligned(self, align: Align) -> Self {
        Self { align, ..self }
    }
}

/// A rectangle in CSS pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub left: f64,
    /// The top edge.
    pub top: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

impl Rect {
    /// The right edge.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.left + self.width
    }

    /// The bottom edge.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.top + self.height
    }

    /// Whether a point lies in it.
    #[must_use]
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        x >= self.left && x <= self.right() && y >= self.top && y <= self.bottom()
    }
}

/// A surface to draw on, measured in CSS pixels from its top left corner.
pub trait Painter {
    /// Draws a line once for each stroke, the first undermost.
    fn stroke(&mut self, outline: &Outline, strokes: &[Stroke]);
    /// Fills the area within closed polylines.
    fn fill(&mut self, outline: &Outline, color: Color);
    /// Fills discs of one size.
    fn discs(&mut self, centers: &[[f64; 2]], radius: f64, color: Color);
    /// Strokes circles of one size.
    fn rings(&mut self, centers: &[[f64; 2]], radius: f64, stroke: &Stroke);
    /// Strokes a circle.
    fn ring(&mut self, center: [f64; 2], radius: f64, stroke: &Stroke) {
        self.rings(&[center], radius, stroke);
    }
    /// Writes a text.
    fn text(&mut self, text: &str, at: [f64; 2], style: &TextStyle);
    /// The width a text would have.
    fn text_width(&mut self, text: &str, style: &TextStyle) -> f64;
    /// Draws only within `rect` until [`Painter::unclip`].
    fn clip(&mut self, rect: Rect);
    /// Ends the last [`Painter::clip`].
    fn unclip(&mut self);
}

/// Writes parts of different styles one after the other, aligned as a whole by
/// `align`; each part has a downward shift. Returns the width.
pub(super) fn write_parts(
    painter: &mut dyn Painter,
    parts: &[(&str, TextStyle, f64)],
    [x, y]: [f64; 2],
    align: Align,
) -> f64 {
    let widths: Vec<f64> =
        parts.iter().map(|(text, style, _)| painter.text_width(text, style)).collect();
    let width: f64 = widths.iter().sum();
    let mut left = match align {
        Align::Left => x,
        Align::Center => x - 0.5 * width,
        Align::Right => x - width,
    };
    for ((text, style, shift), part) in parts.iter().zip(widths) {
        painter.text(text, [left, y + shift], &style.aligned(Align::Left));
        left += part;
    }
    width
}

/// `text`, or as much of its beginning as fits into `room` with an ellipsis.
pub(super) fn shortened(
    painter: &mut dyn Painter,
    text: &str,
    style: &TextStyle,
    room: f64,
) -> String {
    let mut shown = text.to_owned();
    let mut kept = text.trim_end();
    while painter.text_width(&shown, style) > room && !kept.is_empty() {
        let end = kept.char_indices().next_back().map_or(0, |(at, _)| at);
        kept = kept[..end].trim_end();
        shown = format!("{kept}…");
    }
    shown
}
