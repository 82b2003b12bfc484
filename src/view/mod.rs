//! What is drawn: the loss map, the run on it, the loss chart, the ruler of the
//! learning rate. Pictures are drawn on any [`Painter`], so all of this runs and
//! is tested without a screen.

mod axes;
mod chart;
mod contour;
mod field;
mod heat;
mod labels;
mod levels;
mod logarithm;
mod map;
mod painter;
mod palette;
mod path;
mod plot_backend;
mod ramp;
mod rate_scale;
mod run;
mod series;
mod theme;
mod ticks;
mod viewport;

pub use axes::{curve_window, draw_axes, draw_curve, draw_minima};
pub use chart::{ChartScene, draw_chart};
pub use contour::Contours;
pub use field::{Field, Range};
pub use heat::{Palette as HeatPalette, paint as paint_heat};
pub use levels::{Level, Levels, Spacing};
pub use map::{Labelling, LossMap, draw_legend_line, draw_ramp};
pub use painter::{Align, Color, Outline, Painter, Rect, Stroke, TextStyle};
pub use palette::Palette;
pub use path::{PixelPath, map_point, map_points};
pub use ramp::Ramp;
pub use rate_scale::{RateScene, SIDE, draw_rate_scale, position};
pub use run::{OffMap, RunScene, draw_run, off_map, standing_step};
pub use series::{Series, log10};
pub use theme::Theme;
pub use ticks::{decade_ticks, linear_ticks, log_ticks};
pub use viewport::{Viewport, window_around};
