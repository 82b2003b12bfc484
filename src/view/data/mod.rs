//! The data beside the map: the samples, and what the runs say of them at the
//! playhead.
//!
//! The first two columns are where a sample stands: feature and number, feature and class,
//! or two features; a third column holds the class or the number. The picture has two layers, samples
//! with their axes below and what changes with every step above.

mod axes;
mod boundary;
mod fit;
mod key;
mod look;
mod pick;
mod residuals;
mod scatter;
mod sketch;
mod window;

use super::painter::Rect;
use super::palette::Palette;
use super::viewport::Viewport;
use crate::descent::data::Samples;

pub use axes::{data_plot, draw_data_axes};
pub use boundary::{SHADE, shade};
pub use fit::{FitLine, FitScene, draw_fit, earlier_steps};
pub use key::{KeyEntry, KeyScene, draw_key};
pub use pick::{nearest_sample, neighbour};
pub use scatter::{SamplesScene, draw_samples};
pub use sketch::{Sketch, Sketching};
pub use window::{data_window, widened};

/// What a model says of features under some parameters: ŷ, or the probability of
/// the class 1.
pub type Predict<'a> = &'a dyn Fn(&[f64], &[f64]) -> f64;

/// Whether the target is a class.
#[must_use]
pub fn has_classes(samples: &Samples) -> bool {
    samples.has_classes()
}

/// Whether two features span the picture; else the target stands above the one feature.
#[must_use]
pub fn is_plane(samples: &Samples) -> bool {
    samples.features() > 1
}

/// Where a sample stands.
pub(super) fn place(samples: &Samples, sample: usize) -> [f64; 2] {
    [samples.column(0)[sample], samples.column(1)[sample]]
}

/// The class of a sample, as an index.
fn class(samples: &Samples, sample: usize) -> usize {
    usize::from(samples.target()[sample] > 0.5)
}

/// A pixel near enough to draw; canvases lose precision far away.
fn is_drawable([x, y]: [f64; 2], plot: Rect) -> bool {
    const BEYOND: f64 = 20.0;
    (plot.left - BEYOND..=plot.right() + BEYOND).contains(&x)
        && (plot.top - BEYOND..=plot.bottom() + BEYOND).contains(&y)
}

/// Where samples are drawn, and in which colours.
#[derive(Clone, Copy)]
pub struct DataStage<'a> {
    /// The transform between data and pixels.
    pub viewport: Viewport,
    /// The colours.
    pub palette: &'a Palette,
    /// The samples.
    pub samples: &'a Samples,
}
