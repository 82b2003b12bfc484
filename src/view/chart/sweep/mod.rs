//! The sweep: the final loss of every run over the learning rate, and under it what
//! becomes of each: the spectrum grown to a panel.

mod curves;
mod panel;
mod rows;

use super::Label;
use super::readout::{Readout, Row};
use crate::scenario::{Place, Spectrum};
use crate::text::{Text, figure};
use crate::view::painter::{Align, Painter, Rect, TextStyle};
use crate::view::palette::{Palette, RunLook};
use crate::view::series::log10;
use panel::Panel;

/// Everything the sweep depends on.
pub struct SweepScene<'a> {
    /// The canvas' size in CSS pixels.
    pub size: [f64; 2],
    /// The colours.
    pub palette: &'a Palette,
    /// The words.
    pub text: &'a Text,
    /// The smallest and largest rate.
    pub rates: [f64; 2],
    /// The runs.
    pub lines: &'a [SweepLine<'a>],
    /// Which of `lines` is drawn over the others, if one of them is.
    pub selected: Option<usize>,
    /// inf J.
    pub lowest: f64,
    /// The place of the spectra that is looked at, and what its rate is called.
    pub pointed: Option<(usize, &'a str)>,
    /// The share that is made, if it is worth showing.
    pub progress: Option<f64>,
    /// A part of the canvas that a control lies over.
    pub keep_clear: Option<Rect>,
}

/// What is shown of a run.
pub struct SweepLine<'a> {
    /// What tells it from the others.
    pub look: &'a RunLook,
    /// What stands at the end of its line.
    pub name: &'a str,
    /// What becomes of it, at the same rates for all, from the smallest to the largest.
    pub spectrum: &'a Spectrum,
    /// Its own rate.
    pub rate: f64,
    /// Its loss at the end under that rate; none where it diverges.
    pub loss: Option<f64>,
}

impl SweepLine<'_> {
    /// The final loss above `lowest` at a place; none where the run diverges: that is
    /// no number, however far it came.
    fn loss_at(place: &Place, lowest: f64) -> Option<f64> {
        let fate = place.fates.first().filter(|fate| !fate.outcome.diverges())?;
        Some(fate.final_loss - lowest).filter(|loss| loss.is_finite())
    }
}

/// Draws the sweep. Returns the part of the canvas that its axes span, for
/// [`super::step_at`]: its steps are the places of the spectra. Nothing is drawn on a
/// canvas too small for it, and that part is empty.
pub fn draw_sweep(painter: &mut dyn Painter, scene: &SweepScene<'_>) -> Rect {
    let Some(mut panel) = Panel::of(painter, scene) else { return Rect::default() };
    let readout = panel.readout(painter);
    let cover = readout.as_ref().map(|readout| readout.place);
    panel.axes.draw_grid(painter, scene.palette, scene.text.rate_axis, cover);
    panel.draw_rows(painter);
    let ends = panel.draw_curves(painter);
    panel.draw_own_rates(painter);
    let mut names = Vec::new();
    for (mut name, end) in core::mem::take(&mut panel.names).into_iter().zip(ends) {
        if let Some(end) = end {
            name.end = end;
            names.push(name);
        }
    }
    let is_done = scene.lines.iter().all(|line| line.spectrum.is_done());
    if names.is_empty() && is_done && !scene.lines.is_empty() {
        panel.write_silence(painter);
    }
    let mut taken: Vec<Rect> = cover.into_iter().collect();
    panel.axes.write_names(painter, names, scene.palette.background, &mut taken);
    panel.draw_progress(painter);
    if let Some(readout) = readout {
        readout.draw(painter, scene.palette);
    }
    panel.axes.plot
}

impl<'a> Panel<'a> {
    /// What is said of the place that is looked at.
    fn readout(&self, painter: &mut dyn Painter) -> Option<Readout<'a>> {
        let scene = self.scene;
        let (place, rate) = scene.pointed?;
        #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
        let x = self.axes.x(place as f64);
        let mut rows = Vec::new();
        for line in scene.lines {
            let Some(found) = line.spectrum.places().get(place) else { continue };
            let loss = SweepLine::loss_at(found, scene.lowest);
            let outcome = found.fates.first().map(|fate| (scene.text.outcome)(fate.outcome));
            let value = match (outcome, loss) {
                (Some(word), Some(loss)) => format!("{word} {}", figure(loss, 3)),
                (Some(word), None) => word.to_owned(),
                (None, _) => "…".to_owned(),
            };
            let marker = loss.map(|loss| [x, self.axes.y(log10(loss))]);
            rows.push(Row { look: line.look, label: Label::Name(line.name), value, marker });
        }
        let title = format!("{} {rate}", scene.text.rate_axis);
        let rule = [[x, self.axes.plot.top], [x, self.foot()]];
        self.axes.readout_of(painter, scene.palette, rule, title, rows)
    }

    /// Says that there is no rate at which any run has a loss at its end.
    fn write_silence(&self, painter: &mut dyn Painter) {
        let (scene, plot) = (self.scene, self.axes.plot);
        let words = scene.text.diverges_everywhere;
        let style = TextStyle {
            middle: true,
            halo: Some((scene.palette.background, 4.0)),
            ..TextStyle::plain(13.0, scene.palette.ink_2).aligned(Align::Center)
        };
        let middle = [plot.left + 0.5 * plot.width, plot.top + 0.5 * plot.height];
        let words = crate::view::painter::shortened(painter, words, &style, plot.width);
        painter.text(&words, middle, &style);
    }
}
