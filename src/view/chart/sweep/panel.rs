//! The axes of the sweep, and where its rows stand.

use super::SweepScene;
use crate::text::{raised, tick};
use crate::view::chart::Label;
use crate::view::chart::axes::{Axes, room};
use crate::view::chart::labels::{Name, room_for};
use crate::view::painter::{Painter, Rect, TextStyle};
use crate::view::rate_scale::position;
use crate::view::series::log10;
use crate::view::spectrum::rectangle;
use crate::view::ticks::{decade_ticks, log_ticks};

/// What is smaller than this power of ten is little more than rounding.
const FLOOR: f64 = -12.0;
/// From one number along the bottom to the next.
const APART: f64 = 8.0;
/// Numbers on the vertical axis stand at least so far apart.
const TICKS_APART: f64 = 15.0;
/// From the plot to the rows, and from row to row.
const GAPS: [f64; 2] = [8.0, 1.0];
/// A row is so high at most and, if there is room, at least.
const ROW: [f64; 2] = [6.0, 16.0];
/// The rows' share of the height.
const ROWS: f64 = 0.36;
/// What is left for the curves at least.
const LEAST: f64 = 30.0;

/// The sweep laid out.
pub(super) struct Panel<'a> {
    pub(super) scene: &'a SweepScene<'a>,
    pub(super) axes: Axes,
    /// The height of a row.
    pub(super) row: f64,
    /// What stands at the ends of the curves.
    pub(super) names: Vec<Name<'a>>,
}

impl<'a> Panel<'a> {
    /// None on a canvas that is too small.
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    pub(super) fn of(painter: &mut dyn Painter, scene: &'a SweepScene<'a>) -> Option<Self> {
        let whole = room(scene.size, 0.0)?;
        let count = scene.lines.len() as f64;
        let share = (ROWS * whole / count.max(1.0)).clamp(ROW[0], ROW[1]);
        let most = (whole - LEAST - GAPS[0]) / count.max(1.0) - GAPS[1];
        let row = libm::floor(share.min(most)).max(2.0);
        let below = if count > 0.0 { GAPS[0] + count * (row + GAPS[1]) } else { 0.0 };
        let tall = room(scene.size, below)?;
        let mut names = Vec::new();
        for (index, line) in scene.lines.iter().enumerate() {
            let mut name = Name::of(painter, Label::Name(line.name), line.look.text, true);
            name.is_kept = scene.selected == Some(index);
            names.push(name);
        }
        let clear = scene.keep_clear.map_or(0.0, |clear| scene.size[0] - clear.left);
        let right = room_for(&names).max(clear);
        // Without a loss there is nothing to number.
        let (span, ticks) = match span(scene) {
            Some((span, is_floored)) => (span, ticks(span, is_floored, tall)),
            None => ((FLOOR, 0.0), Vec::new()),
        };
        let places = scene.lines.first().map_or(0, |line| line.spectrum.places().len());
        let last = places.saturating_sub(1).max(1) as f64;
        let axes = Axes::fit(painter, scene.size, tall, right, span, ticks, last)?;
        let mut panel = Self { scene, axes, row, names };
        panel.axes.across = panel.rates_below(painter);
        panel.axes.is_crossed = true;
        panel.axes.keep_clear = scene.keep_clear;
        Some(panel)
    }

    /// The place of a rate, with its fraction.
    pub(super) fn place_of(&self, rate: f64) -> f64 {
        position(self.scene.rates, rate) * self.axes.last
    }

    /// The x of a rate; none beside the axis.
    pub(super) fn x_of(&self, rate: f64) -> Option<f64> {
        let place = self.place_of(rate);
        (-1e-6..=self.axes.last + 1e-6).contains(&place).then(|| self.axes.x(place))
    }

    /// The top of a run's row.
    #[expect(clippy::cast_precision_loss, reason = "eight at most")]
    pub(super) fn row_top(&self, index: usize) -> f64 {
        self.axes.plot.bottom() + GAPS[0] + index as f64 * (self.row + GAPS[1])
    }

    /// Where the rows end.
    pub(super) fn foot(&self) -> f64 {
        match self.scene.lines.len() {
            0 => self.axes.plot.bottom(),
            count => self.row_top(count - 1) + self.row,
        }
    }

    /// The numbers along the bottom, as on the ruler of the slider: no two over each
    /// other, none over the word at the end.
    fn rates_below(&self, painter: &mut dyn Painter) -> Vec<(f64, String)> {
        let [low, high] = self.scene.rates;
        let per_decade = self.axes.plot.width / libm::log10(high / low);
        let style = TextStyle::plain(12.0, self.scene.palette.ink_3);
        let word = painter.text_width(self.scene.text.rate_axis, &style);
        let mut taken: Vec<[f64; 2]> = vec![[self.scene.size[0] - word, f64::INFINITY]];
        let mut numbers: Vec<(f64, String)> = Vec::new();
        for digits in [&[1][..], &[2, 5]] {
            let is_named = digits == [1] || per_decade > 110.0;
            for (rate, digit) in log_ticks(low, high) {
                if !digits.contains(&digit) || !is_named {
                    continue;
                }
                let (place, label) = (self.place_of(rate), tick(rate));
                let half = 0.5 * painter.text_width(&label, &style);
                let x = self.axes.x(place);
                let [left, right] = [x - half, x + half];
                if taken.iter().all(|other| right + APART < other[0] || other[1] + APART < left) {
                    taken.push([left, right]);
                    numbers.push((place, label));
                }
            }
        }
        numbers
    }

    /// Draws how much is made.
    pub(super) fn draw_progress(&self, painter: &mut dyn Painter) {
        let Some(progress) = self.scene.progress else { return };
        let Rect { left, width, .. } = self.axes.plot;
        let track = Rect { left, top: self.foot() + 1.0, width: width * progress, height: 2.0 };
        painter.fill(&rectangle(track), self.scene.palette.ink_2);
    }
}

/// The logarithms that the losses span, and whether some lie below them; none where
/// there is no loss.
fn span(scene: &SweepScene<'_>) -> Option<((f64, f64), bool)> {
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for line in scene.lines {
        let made = line.spectrum.places().iter();
        let own = line.loss.map(|loss| loss - scene.lowest);
        for loss in made.filter_map(|p| super::SweepLine::loss_at(p, scene.lowest)).chain(own) {
            low = low.min(log10(loss));
            high = high.max(log10(loss));
        }
    }
    if low > high {
        return None;
    }
    let is_floored = low < FLOOR;
    let high = libm::ceil(high.max(FLOOR + 1.0) - 1e-9);
    let low = libm::floor(low.max(FLOOR) + 1e-9);
    Some(((low.min(high - 1.0), high), is_floored))
}

/// Powers of ten; the last stands for what is less as well.
fn ticks((low, high): (f64, f64), is_floored: bool, height: f64) -> Vec<(f64, String)> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
    let most = (height / 26.0).clamp(2.0, 6.0) as usize;
    let power = |exponent: i32| format!("10{}", raised(exponent));
    let mut ticks: Vec<(f64, String)> = Vec::new();
    if is_floored {
        #[expect(clippy::cast_possible_truncation, reason = "a power of ten")]
        ticks.push((low, format!("≤{}", power(low as i32))));
    }
    for exponent in decade_ticks(low, high, most) {
        let log = f64::from(exponent);
        let is_apart =
            |(other, _): &(f64, String)| (log - other) * height >= TICKS_APART * (high - low);
        if ticks.last().is_none_or(is_apart) {
            ticks.push((log, power(exponent)));
        }
    }
    ticks
}
