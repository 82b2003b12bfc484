//! The panel above the strip: the curve of steps to settle, the cursor of the
//! present rate, and the place that is pointed at.

use super::columns::{Column, Height, Zone, place_of_x};
use super::texture::draw_texture;
use super::{PANEL, Picture, STRIP, rectangle};
use crate::descent::Outcome;
use crate::text::count;
use crate::view::painter::{Align, Outline, Painter, Rect, Stroke, TextStyle};
use crate::view::rate_scale::SIDE;

/// The curve's highest place: more steps than the run has.
const HIGHEST: f64 = PANEL[0] + 8.0;
/// Its lowest: settled at once.
const LOWEST: f64 = PANEL[1] - 5.0;
/// The thumb ends here.
const UNDER_THUMB: f64 = 48.0;

/// Draws each zone: its ground, the curve through it and what lies under it.
pub(super) fn draw_panel(painter: &mut dyn Painter, picture: &Picture<'_>) {
    for (index, zone) in picture.zones.iter().enumerate() {
        let look = picture.scene.palette.outcome(zone.outcome);
        let mut rect = picture.rect(zone.from, zone.to, PANEL);
        if index > 0 && rect.width > 4.0 {
            // A gap of two pixels on the border to the zone before.
            (rect.left, rect.width) = (rect.left + 1.0, rect.width - 1.0);
        }
        if index + 1 < picture.zones.len() && rect.width > 4.0 {
            rect.width -= 1.0;
        }
        painter.fill(&rectangle(rect), look.fill.with_alpha(0.14));
        if zone.outcome == Outcome::Diverges {
            draw_texture(painter, zone.outcome, rect, look.fill.with_alpha(0.42));
        }
        draw_curve(painter, picture, *zone);
    }
}

fn draw_curve(painter: &mut dyn Painter, picture: &Picture<'_>, zone: Zone) {
    let look = picture.scene.palette.outcome(zone.outcome);
    let points: Vec<[f64; 2]> = (zone.from..zone.to)
        .filter_map(|at| {
            let y = curve_y(picture, picture.columns[at].as_ref()?)?;
            Some([0.5 * (picture.x(at) + picture.x(at + 1)), y])
        })
        .collect();
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return };
    if points.len() == 1 && !picture.spectrum.spectrum.is_done() {
        // A rate between others that are not known yet.
        painter.discs(&points, 1.5, look.text);
        return;
    }
    let mut ground = points.clone();
    ground.extend([[last[0], PANEL[1]], [first[0], PANEL[1]]]);
    painter.fill(&Outline::line(&ground), look.fill.with_alpha(0.38));
    painter.stroke(&Outline::line(&points), &[Stroke::solid(look.text, 2.0)]);
}

fn curve_y(picture: &Picture<'_>, column: &Column) -> Option<f64> {
    column.height.map(|height| height_y(picture, height))
}

/// The y of so many steps to settle, on a logarithmic scale from half the fewest of
/// all rates to the most that the run takes.
#[expect(clippy::cast_precision_loss, reason = "at most 1,000,000 steps")]
fn height_y(picture: &Picture<'_>, height: Height) -> f64 {
    let Height::Steps(steps) = height else { return HIGHEST };
    let fewest = picture.columns.iter().flatten().filter_map(|column| match column.height {
        Some(Height::Steps(steps)) => Some(steps),
        _ => None,
    });
    let fewest = fewest.min().unwrap_or(0).min(steps) as f64;
    let low = (0.5 * fewest).max(1.0);
    let most = (picture.spectrum.steps as f64).max(low * 2.0);
    let share = libm::log((steps as f64).max(low) / low) / libm::log(most / low);
    LOWEST - share.min(1.0) * (LOWEST - HIGHEST)
}

/// The y of the curve at an x, where it has one.
fn height_at(picture: &Picture<'_>, x: f64) -> Option<f64> {
    let places = picture.columns.len();
    let place = place_of_x(x - SIDE, picture.scene.width - 2.0 * SIDE, places);
    curve_y(picture, picture.columns.get(place)?.as_ref()?)
}

/// Draws the line from the thumb to the strip, with the steps where it meets the
/// curve.
pub(super) fn draw_cursor(painter: &mut dyn Painter, picture: &Picture<'_>) {
    let (scene, palette) = (picture.scene, picture.scene.palette);
    let x = scene.x_within(scene.rate);
    let line = Outline::line(&[[x, UNDER_THUMB], [x, STRIP[0] - 2.0]]);
    painter
        .stroke(&line, &[Stroke::solid(palette.background, 5.0), Stroke::solid(palette.ink, 2.0)]);
    let notch = [[x - 4.5, STRIP[0] - 4.0], [x + 4.5, STRIP[0] - 4.0], [x, STRIP[0] + 3.0]];
    painter.fill(&Outline::line(&notch), palette.ink);
    let Some(steps) = picture.spectrum.settles else { return };
    let y = height_y(picture, Height::Steps(steps));
    painter.discs(&[[x, y]], 5.0, palette.background);
    painter.ring([x, y], 5.0, &Stroke::solid(palette.ink, 2.0));
    if picture.spectrum.pointed.is_some() {
        return;
    }
    let words = (scene.text.steps_counted)(&count(steps));
    let style = TextStyle {
        bold: true,
        halo: Some((palette.background.with_alpha(0.85), 4.0)),
        ..TextStyle::plain(12.0, palette.ink)
    };
    let width = painter.text_width(&words, &style);
    let is_left = x - 12.0 - width > SIDE + 4.0;
    let (align, left) = if is_left { (Align::Right, x - 10.0) } else { (Align::Left, x + 10.0) };
    // Above the curve, unless it is higher on that side or that would leave the panel.
    let beside = if is_left { x - 0.5 * width } else { x + 0.5 * width };
    let is_higher = height_at(picture, beside).is_some_and(|other| other < y - 3.0);
    let has_room_below = y + 20.0 < PANEL[1] - 3.0;
    let is_above = y - 10.0 > PANEL[0] + 12.0 && !(is_higher && has_room_below);
    let baseline = if is_above { y - 10.0 } else { y + 20.0 };
    painter.text(&words, [left, baseline], &style.aligned(align));
}

/// Draws a fainter line at the place that is pointed at, and says what happens
/// there.
pub(super) fn draw_pointed(
    painter: &mut dyn Painter,
    picture: &Picture<'_>,
    place: usize,
    words: &str,
) {
    let (scene, palette) = (picture.scene, picture.scene.palette);
    let x = 0.5 * (picture.x(place) + picture.x(place + 1));
    let line = Outline::line(&[[x, PANEL[0]], [x, STRIP[1]]]);
    let dashed = Stroke { color: palette.ink, width: 1.25, dash: &[3.0, 3.0] };
    painter.stroke(&line, &[Stroke::solid(palette.background.with_alpha(0.7), 3.0), dashed]);
    let style = TextStyle { middle: true, ..TextStyle::plain(12.0, palette.ink) };
    let width = painter.text_width(words, &style) + 14.0;
    let (right, left) = (x + 8.0, x - 8.0 - width);
    let fits = right + width <= scene.width;
    // Where neither side has room, over the line.
    let left = if fits { right } else { left.max(2.0).min(scene.width - width - 2.0) };
    let plate = Rect { left, top: PANEL[0] + 26.0, width, height: 24.0 };
    painter.fill(&rectangle(plate), palette.surface);
    let mut rim = rectangle(plate);
    rim.points.push(rim.points[0]);
    painter.stroke(&rim, &[Stroke::solid(palette.line_2, 1.0)]);
    painter.text(words, [left + 7.0, plate.top + 12.5], &style);
}
