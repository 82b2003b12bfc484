//! What is drawn: the loss map, the runs on it, their chart, the ruler of the
//! learning rate. Pictures are drawn on any [`Painter`], so all of this runs and
//! is tested without a screen.

mod arrow;
mod axes;
mod ball;
mod bounds;
mod chart;
mod contour;
mod data;
mod edge;
mod field;
mod glyph;
mod heat;
mod labels;
mod layers;
mod levels;
mod logarithm;
mod map;
mod marker;
mod mean_path;
mod off_map;
mod painter;
mod palette;
mod path;
mod plot_backend;
mod quantity;
mod ramp;
mod rate_scale;
mod run;
mod series;
mod slice;
mod sparkline;
mod spectrum;
mod starts;
mod theme;
mod ticks;
mod track;
mod vectors;
mod viewport;

pub use axes::{AxisNames, curve_window, draw_axes, draw_curve, draw_ground, draw_minima};
pub use bounds::{Lines, feasible_boundary};
pub use chart::{
    ChartLine, ChartScene, Label, SweepLine, SweepScene, draw_chart, draw_sweep, step_at,
};
pub use contour::Contours;
pub use data::{
    DataStage, FitLine, FitScene, KeyEntry, KeyScene, Predict, SHADE, SamplesScene, Sketch,
    Sketching, data_plot, data_window, draw_data_axes, draw_fit, draw_key, draw_samples,
    earlier_steps, has_classes, is_plane, nearest_sample, neighbour, shade, widened,
};
pub use edge::EdgeLines;
pub use field::{Field, Range, Refinement};
pub use heat::{Palette as HeatPalette, paint as paint_heat};
pub use layers::{LayersScene, LayersSpan, Panels as LayerPanels, draw_layers, draw_pulse};
pub use levels::{Level, Levels, Spacing};
pub use map::{Ground, Labelling, LegendLine, LossMap, draw_legend_line, draw_ramp};
pub use marker::Marker;
pub use off_map::{OffMap, off_map};
pub use painter::{Align, Color, Outline, Painter, Rect, Stroke, TextStyle};
pub use palette::{OutcomeLook, Palette, RunLook};
pub use path::PixelPath;
pub use quantity::{Quantity, Recorded};
pub use ramp::Ramp;
pub use rate_scale::{Mark, RateScene, SIDE, draw_rate_scale, position};
pub use run::{RunOnMap, RunsScene, draw_runs, standing_step};
pub use series::{Series, log10};
pub use slice::SliceView;
pub use sparkline::draw_sparkline;
pub use spectrum::{SpectrumScene, place_of_x, place_rates};
pub use starts::{
    Fortune, StartsCensus, StartsColors, draw_basins, draw_fortune, draw_steps_scale, starts_image,
};
pub use theme::Theme;
pub use ticks::{decade_ticks, linear_ticks, log_ticks};
pub use track::{Track, add_points, map_point, map_points};
pub use vectors::Vectors;
pub use viewport::{Viewport, window_around};
