//! What the marks mean.

use super::super::painter::{Outline, Painter, Rect, TextStyle};
use super::super::palette::Palette;
use super::super::viewport::Viewport;
use super::look::{Kind, Look};
use super::residuals::draw_residual;
use super::{Samples, place};

/// The height of a row, the width of its mark, the room around all.
const ROW: f64 = 20.0;
const MARK: f64 = 20.0;
const AROUND: f64 = 6.0;
/// From the edges of the plot.
const AWAY: f64 = 8.0;

/// A mark with its meaning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum KeyEntry<'a> {
    /// Samples in the mini-batch.
    Batch(&'a str),
    /// Samples that are held out.
    HeldOut(&'a str),
    /// A class and its name.
    Class(usize, &'a str),
    /// Samples above the plane over two features.
    Above(&'a str),
    /// Samples below it.
    Below(&'a str),
}

/// The meanings and where they may stand.
pub struct KeyScene<'a> {
    /// The transform between data and pixels.
    pub viewport: Viewport,
    /// The colours.
    pub palette: &'a Palette,
    /// The samples, which it keeps clear of where it can.
    pub samples: &'a Samples,
    /// The rows.
    pub entries: &'a [KeyEntry<'a>],
}

/// Draws the key in the corner of the plot with the fewest samples: below at the
/// right, above at the left, below at the left.
pub fn draw_key(painter: &mut dyn Painter, scene: &KeyScene<'_>) {
    let KeyScene { viewport, palette, samples, entries } = *scene;
    let style = TextStyle { middle: true, ..TextStyle::plain(12.0, palette.ink_2) };
    let widths = entries.iter().map(|entry| painter.text_width(words(entry), &style));
    let width = widths.fold(0.0, f64::max) + MARK + 2.0 * AROUND;
    #[expect(clippy::cast_precision_loss, reason = "a few rows")]
    let height = ROW * entries.len() as f64 + 2.0 * AROUND - 4.0;
    let plot = viewport.plot;
    if entries.is_empty() || width + 2.0 * AWAY > plot.width || height + 2.0 * AWAY > plot.height {
        return;
    }
    let (right, bottom) = (plot.right() - AWAY - width, plot.bottom() - AWAY - height);
    let (left, top) = (plot.left + AWAY, plot.top + AWAY + 28.0);
    let corner = |[left, top]: [f64; 2]| Rect { left, top, width, height };
    let corners = [[right, bottom], [left, top], [left, bottom]].map(corner);
    let count = |corner: &Rect| {
        let at = |row: usize| viewport.to_pixel(place(samples, row));
        // Of very many a part says where they are.
        let stride = samples.len() / 1000 + 1;
        (0..samples.len()).step_by(stride).filter(|row| corner.contains(at(*row))).count()
    };
    let mut best = (usize::MAX, corners[0]);
    for corner in corners {
        let taken = count(&corner);
        if taken < best.0 {
            best = (taken, corner);
        }
    }
    let frame = best.1;
    let rim = [
        [frame.left, frame.top],
        [frame.right(), frame.top],
        [frame.right(), frame.bottom()],
        [frame.left, frame.bottom()],
    ];
    painter.fill(&Outline::line(&rim), palette.background.with_alpha(0.88));
    let mut y = frame.top + AROUND - 2.0 + 0.5 * ROW;
    for entry in entries {
        let at = [frame.left + AROUND + 6.0, y];
        match entry {
            KeyEntry::Above(_) => draw_residual(painter, palette, at, 6.0, true),
            KeyEntry::Below(_) => draw_residual(painter, palette, at, 6.0, false),
            _ => look(entry, samples).draw(painter, palette, &[at]),
        }
        painter.text(words(entry), [frame.left + AROUND + MARK, y], &style);
        y += ROW;
    }
}

fn words<'a>(entry: &KeyEntry<'a>) -> &'a str {
    match entry {
        KeyEntry::Batch(words)
        | KeyEntry::HeldOut(words)
        | KeyEntry::Class(_, words)
        | KeyEntry::Above(words)
        | KeyEntry::Below(words) => words,
    }
}

fn look(entry: &KeyEntry<'_>, samples: &Samples) -> Look {
    let kind = if super::has_classes(samples) { Kind::Class(0) } else { Kind::Number };
    match entry {
        KeyEntry::Batch(_) => Look::InBatch(kind),
        KeyEntry::HeldOut(_) => Look::HeldOut(kind),
        KeyEntry::Class(class, _) => Look::Usual(Kind::Class(*class)),
        KeyEntry::Above(_) | KeyEntry::Below(_) => Look::Usual(kind),
    }
}
