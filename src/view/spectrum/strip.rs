//! The strip: the outcome at every rate.

use super::columns::{Column, Zone};
use super::texture::draw_texture;
use super::{Picture, STRIP, rectangle};
use crate::descent::Outcome;
use crate::text::Text;
use crate::view::glyph::draw_glyph;
use crate::view::painter::{Align, Outline, Painter, Rect, TextStyle};
use crate::view::palette::Palette;

/// Zones at least so wide have a gap to the next.
const GAPS_FROM: f64 = 8.0;
/// A glyph needs so much room.
const GLYPH: f64 = 14.0;
/// In a strip lower than this it is a blot.
const LEAST_GLYPH: f64 = 10.0;

/// Draws the outcomes column by column, and their words.
pub(super) fn draw_strip(painter: &mut dyn Painter, picture: &Picture<'_>) {
    draw_outcomes(painter, picture);
    let palette = picture.scene.palette;
    let faint = palette.on_outcome.with_alpha(0.24);
    for zone in &picture.zones {
        draw_texture(painter, zone.outcome, picture.rect(zone.from, zone.to, STRIP), faint);
    }
    for pair in picture.zones.windows(2) {
        let wide = |zone: &Zone| picture.x(zone.to) - picture.x(zone.from) >= GAPS_FROM;
        if pair[0].to == pair[1].from && wide(&pair[0]) && wide(&pair[1]) {
            let x = picture.x(pair[1].from);
            let [top, bottom] = STRIP;
            let gap = Rect { left: x - 1.0, top, width: 2.0, height: bottom - top };
            painter.fill(&rectangle(gap), palette.background);
        }
    }
    for zone in &picture.zones {
        let rect = picture.rect(zone.from, zone.to, STRIP);
        draw_word(painter, palette, picture.scene.text, zone.outcome, rect);
    }
}

/// Fills each column; where seeds disagree, each outcome takes its share of the
/// height, the calm ones above the wild ones.
fn draw_outcomes(painter: &mut dyn Painter, picture: &Picture<'_>) {
    let [top, bottom] = STRIP;
    for outcome in Outcome::ALL {
        let mut area = Outline::default();
        let mut from = 0;
        while from < picture.columns.len() {
            let Some(counts) = picture.columns[from].map(|column| column.counts) else {
                from += 1;
                continue;
            };
            let is_same = |other: &&Option<Column>| other.is_some_and(|o| o.counts == counts);
            let same = picture.columns[from..].iter().take_while(is_same);
            let to = from + same.count();
            let before: usize = counts[..outcome as usize].iter().sum();
            let own = counts[outcome as usize];
            if own > 0 {
                let at = |count: usize| top + (bottom - top) * share(count, &counts);
                let rect = picture.rect(from, to, [at(before), at(before + own)]);
                area.starts.push(area.points.len());
                area.points.extend(rectangle(rect).points);
            }
            from = to;
        }
        if !area.points.is_empty() {
            painter.fill(&area, picture.scene.palette.outcome(outcome).fill);
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "sixteen at most")]
fn share(count: usize, counts: &[usize; 6]) -> f64 {
    count as f64 / counts.iter().sum::<usize>().max(1) as f64
}

/// Writes the word of an outcome in the middle of its part of a strip, on a plain
/// ground; its glyph where the word has no room.
pub(in crate::view) fn draw_word(
    painter: &mut dyn Painter,
    palette: &Palette,
    text: &Text,
    outcome: Outcome,
    rect: Rect,
) {
    let word = (text.outcome)(outcome);
    let middle = [rect.left + 0.5 * rect.width, rect.top + 0.5 * rect.height];
    let size = if rect.height < 20.0 { 11.0 } else { 12.0 };
    let style = TextStyle {
        bold: true,
        middle: true,
        ..TextStyle::plain(size, palette.on_outcome).aligned(Align::Center)
    };
    let width = painter.text_width(word, &style);
    let fits = rect.height >= size + 4.0 && width + 8.0 <= rect.width;
    let glyph = rect.height.min(GLYPH);
    let room = if fits { width } else { glyph };
    if room + 2.0 > rect.width || rect.height < LEAST_GLYPH {
        return;
    }
    let height = rect.height.min(18.0);
    let plate = Rect {
        left: middle[0] - 0.5 * room - 3.0,
        top: middle[1] - 0.5 * height,
        width: room + 6.0,
        height,
    };
    let plate =
        Rect { left: plate.left.max(rect.left), width: plate.width.min(rect.width), ..plate };
    painter.fill(&rectangle(plate), palette.outcome(outcome).fill);
    if fits {
        painter.text(word, middle, &style);
    } else {
        draw_glyph(painter, outcome, middle, glyph, palette.on_outcome);
    }
}
