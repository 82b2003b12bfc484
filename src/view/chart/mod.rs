//! The chart: a quantity of each run over its steps on a logarithmic axis.

mod axes;
mod epochs;
mod labels;
mod lines;
mod readout;
mod stop;
mod sweep;

use super::edge::EdgeLines;
use super::painter::{Painter, Rect};
use super::palette::{Palette, RunLook};
use super::quantity::Quantity;
use super::series::Series;
use crate::descent::Epochs;
use axes::Axes;
pub use sweep::{SweepLine, SweepScene, draw_sweep};

/// Everything the chart depends on.
pub struct ChartScene<'a> {
    /// The canvas' size in CSS pixels.
    pub size: [f64; 2],
    /// The colours.
    pub palette: &'a Palette,
    /// What is shown.
    pub quantity: Quantity,
    /// The runs.
    pub lines: &'a [ChartLine<'a>],
    /// Which of `lines` is drawn over the others.
    pub selected: usize,
    /// The selected run under the previous rate, and what stands at the end of its
    /// line.
    pub ghost: Option<(&'a Series, &'a str)>,
    /// What the selected run's sharpness is compared with, where that is shown, and
    /// the name of its edge.
    pub edge: Option<(&'a EdgeLines, &'a str)>,
    /// Which steps complete an epoch, and its word, where steps take a part of the samples.
    pub epochs: Option<(&'a Epochs, &'a str)>,
    /// The selected run's loss over samples held out, where there are any, and the name of
    /// its line.
    pub held_out: Option<(&'a Series, &'a str)>,
    /// The threshold of a stop rule about this quantity, and its name.
    pub stop: Option<(f64, &'a str)>,
    /// The last step of the axis.
    pub steps: usize,
    /// The playhead.
    pub step: usize,
    /// The step under the pointer.
    pub pointed: Option<usize>,
    /// The word at the end of the step axis.
    pub step_word: &'a str,
}

/// The line of a run.
pub struct ChartLine<'a> {
    /// What tells it from the others.
    pub look: &'a RunLook,
    /// The quantity over the run's steps.
    pub series: &'a Series,
    /// The loss of the average of its last points, where that is shown.
    pub average: Option<&'a Series>,
    /// What stands at its end.
    pub label: Label<'a>,
    /// The quantity at the playhead; none, or not a finite number, where the run
    /// has none.
    pub value: Option<f64>,
    /// The same under the pointer.
    pub pointed: Option<f64>,
    /// The same at its last step, where a stop rule ended it.
    pub stopped: Option<f64>,
}

/// What a line is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label<'a> {
    /// A learning rate, as in η 0.085.
    Rate(&'a str),
    /// A name.
    Name(&'a str),
    /// λ_max.
    Largest,
}

/// Draws the chart. Returns the part of the canvas that the axes span, for
/// [`step_at`]: how wide it is depends on the names beside it. Nothing is drawn
/// on a canvas too small for it, and that part is empty.
pub fn draw_chart(painter: &mut dyn Painter, scene: &ChartScene<'_>) -> Rect {
    let Some(axes) = Axes::of(painter, scene) else { return Rect::default() };
    let readout = axes.readout(painter, scene);
    axes.draw_ghost(painter, scene);
    let cover = readout.as_ref().map(|readout| readout.place);
    axes.draw_grid(painter, scene.palette, scene.step_word, cover);
    let mut taken: Vec<Rect> = readout.iter().map(|readout| readout.place).collect();
    axes.draw_epochs(painter, scene, &mut taken);
    axes.draw_edge(painter, scene);
    axes.draw_held_out(painter, scene);
    axes.draw_stop(painter, scene);
    axes.draw_lines(painter, scene);
    axes.draw_stopped(painter, scene);
    axes.draw_names(painter, scene, &mut taken);
    axes.name_stop(painter, scene, &mut taken);
    if let [line] = scene.lines {
        axes.draw_value(painter, scene, line, &taken);
    }
    if let Some(readout) = readout {
        readout.draw(painter, scene.palette);
    }
    axes.plot
}

/// How far beside the axis a pointer may be and still mean its end.
const BESIDE: f64 = 8.0;

/// The step at `x` on an axis over `plot` that ends with step `steps`; none beside
/// the axis. The inverse of where [`draw_chart`] draws that step, if `plot` is what
/// it returned.
#[must_use]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "at most 1,000,000 steps"
)]
pub fn step_at(plot: Rect, steps: usize, x: f64) -> Option<usize> {
    let is_on_axis = plot.width > 0.0 && x >= plot.left - BESIDE && x <= plot.right() + BESIDE;
    let share = ((x - plot.left) / plot.width).clamp(0.0, 1.0);
    // An axis is one step long at least.
    let step = libm::round(share * steps.max(1) as f64) as usize;
    is_on_axis.then_some(step.min(steps))
}
