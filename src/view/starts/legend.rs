//! What goes with the map of starts: the numbers of minima, the samples of the
//! legend, the scale of steps.

use super::super::painter::{Align, Outline, Painter, Rect, TextStyle};
use super::super::palette::{CASING, WHITE};
use super::super::spectrum::draw_texture;
use super::super::viewport::Viewport;
use super::look::{Fortune, SHADES, StartsColors};
use crate::descent::Outcome;

/// The radius of the disc that bears a minimum's number.
const DISC: f64 = 8.0;

/// Marks each minimum with its number, in a disc of the colour of its basin.
pub fn draw_basins(
    painter: &mut dyn Painter,
    viewport: &Viewport,
    minima: &[[f64; 2]],
    colors: &StartsColors,
) {
    for (place, minimum) in minima.iter().enumerate() {
        let center = viewport.to_pixel(*minimum);
        if viewport.plot.contains(center) {
            let [color, _] = colors.sample(Fortune::Minimum(place));
            painter.discs(&[center], DISC + 3.0, CASING.with_alpha(0.75));
            painter.discs(&[center], DISC + 1.6, WHITE);
            painter.discs(&[center], DISC, color);
            draw_number(painter, place, center);
        }
    }
}

fn draw_number(painter: &mut dyn Painter, place: usize, [x, y]: [f64; 2]) {
    let style = TextStyle {
        bold: true,
        middle: true,
        halo: Some((WHITE.with_alpha(0.8), 2.5)),
        ..TextStyle::plain(11.0, CASING).aligned(Align::Center)
    };
    painter.text(&(place + 1).to_string(), [x, y + 0.5], &style);
}

/// Draws the sample of a fortune for the legend over `rect`: its colour, its texture,
/// and with `is_numbered` the number of a minimum.
pub fn draw_fortune(
    painter: &mut dyn Painter,
    rect: Rect,
    fortune: Fortune,
    is_numbered: bool,
    colors: &StartsColors,
) {
    let [fill, mark] = colors.sample(fortune);
    let Rect { left, top, .. } = rect;
    let corners =
        [[left, top], [rect.right(), top], [rect.right(), rect.bottom()], [left, rect.bottom()]];
    painter.fill(&Outline::line(&corners), fill);
    let outcome = match fortune {
        Fortune::Minimum(place) => {
            if is_numbered {
                draw_number(painter, place, [left + 0.5 * rect.width, top + 0.5 * rect.height]);
            }
            return;
        }
        Fortune::AnyMinimum => {
            // Some of the colours, side by side.
            let width = rect.width / 5.0;
            for place in 0..5_u8 {
                let left = left + width * f64::from(place);
                let part = Rect { left, width, ..rect };
                draw_fortune(painter, part, Fortune::Minimum(place.into()), false, colors);
            }
            return;
        }
        Fortune::OtherMinimum => return,
        Fortune::Diverges => Outcome::Diverges,
        Fortune::Stalls => Outcome::Stalls,
        Fortune::GoesOn => Outcome::Crawls,
    };
    draw_texture(painter, outcome, rect, mark);
}

/// Fills a small canvas with the shades from the fewest steps to the most.
pub fn draw_steps_scale(
    painter: &mut dyn Painter,
    colors: &StartsColors,
    [width, height]: [f64; 2],
) {
    #[expect(clippy::cast_precision_loss, reason = "at most 32")]
    let edge = |shade: usize| width * shade as f64 / SHADES as f64;
    for shade in 0..SHADES {
        // To the end, under those to come: no seam can show between two.
        let left = edge(shade);
        let corners = [[left, 0.0], [width, 0.0], [width, height], [left, height]];
        painter.fill(&Outline::line(&corners), colors.on_scale(shade));
    }
}
